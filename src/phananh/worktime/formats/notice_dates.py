"""What a notice must say before it can be written: a file has a date for each thing it tells."""

from phananh.errors import InputError
from phananh.worktime.days.notices import Notice


def check_dates(notice: Notice, file_format: str) -> None:
    """Refuse a notice of which a date is not known, though the file would have to say it.

    Raises:
        InputError: it is official without a date of issue, or nobody knows when it became known.
    """
    if notice.issued is None:
        if notice.status == "official":
            refuse(notice, "no_issue_date", file_format)
    elif notice.known_on is None:
        refuse(notice, "no_known_on", file_format)


def refuse(notice: Notice, code: str, file_format: str) -> None:
    """Raise `InputError` for what a file of a format cannot hold of a notice."""
    raise InputError(code=code, field="notices", document=notice.document, format=file_format)
