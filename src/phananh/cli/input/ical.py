"""The extra that reads iCalendar, and what is said where it is missing."""

from collections.abc import Iterator
from contextlib import contextmanager

from phananh.cli.errors import CommandError


@contextmanager
def ical_extra() -> Iterator[None]:
    """Turn the want of the library into an error that names the extra."""
    try:
        yield
    except ModuleNotFoundError as error:
        if error.name != "icalendar":
            raise
        raise CommandError("ical_extra_missing") from None
