"""Notices in a file: TOML, or iCalendar by its name (.ics) or its first line."""

from collections.abc import Iterator
from contextlib import contextmanager

import attrs

from phananh.cli.errors import CommandError
from phananh.cli.options.hours import is_ical, text_of
from phananh.worktime import Notice
from phananh.worktime.formats.toml_notices import notices_from_toml


@attrs.frozen(kw_only=True)
class Read:
    """What a file of notices holds; `ignored` and `withdrawn` count events of iCalendar."""

    notices: tuple[Notice, ...]
    ignored: int = 0
    withdrawn: int = 0


def notices_in(path: str) -> tuple[Notice, ...]:
    """Return the notices of a file that holds nothing else."""
    text = text_of(path)
    if is_ical(path, text):
        return _ical(path, text).notices
    return notices_from_toml(text, where=path)


def read(path: str) -> Read:
    """Return the notices of a file that holds nothing else, and what else it says of them."""
    text = text_of(path)
    if is_ical(path, text):
        return _ical(path, text)
    return Read(notices=notices_from_toml(text, where=path))


def _ical(path: str, text: str) -> Read:
    with _extra():
        from phananh.worktime.formats.ical_reader import feed_from_ical

        feed = feed_from_ical(text, where=path)
    return Read(notices=feed.notices, ignored=feed.ignored, withdrawn=len(feed.withdrawn))


@contextmanager
def _extra() -> Iterator[None]:
    """Turn the want of the library into a fault that names the extra."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != "icalendar":
            raise
        problem = 'iCalendar files need the extra "ical"; in a clone: pip install ".[ical]"'
        raise CommandError(problem) from None
