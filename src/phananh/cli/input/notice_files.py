"""Notices in a file: TOML, or iCalendar by its name (.ics) or its first line."""

import attrs

from phananh.cli.errors import CommandError
from phananh.cli.input.files import is_ical, read_text
from phananh.worktime import Notice
from phananh.worktime.formats.toml_notices import notices_from_toml


@attrs.frozen(kw_only=True)
class NoticeFile:
    """The contents of a file of notices. `ignored` and `withdrawn` count iCalendar events."""

    notices: tuple[Notice, ...]
    ignored: int = 0
    withdrawn: int = 0


def read_notices(path: str) -> NoticeFile:
    """Return the notices of a file of notices, and the counts beside them."""
    text = read_text(path)
    if not is_ical(path, text):
        return NoticeFile(notices=notices_from_toml(text, where=path))
    try:
        from phananh.worktime.formats.ical_reader import feed_from_ical

        feed = feed_from_ical(text, where=path)
    except ModuleNotFoundError as error:
        if error.name != "icalendar":
            raise
        raise CommandError("ical_extra_missing") from None
    withdrawn = len(feed.withdrawn)
    return NoticeFile(notices=feed.notices, ignored=feed.ignored, withdrawn=withdrawn)
