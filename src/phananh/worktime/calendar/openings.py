"""Opening and closing of every session of a book, as instants."""

from collections.abc import Iterator
from datetime import date, datetime, time, tzinfo

from phananh.worktime.calendar.day_rules import Book
from phananh.worktime.localtime import to_instant, wall_is_exact

Rows = tuple[tuple[datetime, datetime], ...]


def book_rows(
    book: Book, zone: tzinfo, first: date, last: date
) -> Iterator[tuple[datetime, datetime]]:
    """Return opening and closing of every session that begins from `first` to `last`, in order."""
    for ordinal in range(first.toordinal(), last.toordinal() + 1):
        day = date.fromordinal(ordinal)
        found = book.sessions(day)
        if found and wall_is_exact(zone, day.year):
            midnight = datetime.combine(day, time.min, zone)
            for part in found:
                yield midnight + part.open, midnight + part.close
        else:
            for part in found:
                yield to_instant(day, part.open, zone), to_instant(day, part.close, zone)
