"""The dates that a notice needs before it can be written to a file."""

from phananh.errors import InputError
from phananh.worktime.days.notices import Notice


def check_dates(notice: Notice, file_format: str) -> None:
    """Refuse a notice without a date that the file has to say.

    Raises:
        InputError: it is official without a date of issue, or `known_on` is None.
    """
    if notice.issued is None:
        if notice.status == "official":
            refuse(notice, "no_issue_date", file_format)
    elif notice.known_on is None:
        refuse(notice, "no_known_on", file_format)


def refuse(notice: Notice, code: str, file_format: str) -> None:
    """Raise `InputError` for a part of a notice that a file of this format cannot hold."""
    raise InputError(code=code, field="notices", document=notice.document, format=file_format)
