"""Calendars that never open, or never again: refused by name, so that no search runs for ever."""

from datetime import date

from phananh.errors import NoWorkingTimeError
from phananh.worktime.book import Book
from phananh.worktime.composed import CombinedBook, opens
from phananh.worktime.session import DAY
from phananh.worktime.timetable import Hours

# No public closure is as long, so hours that recur over so many days of a year do open.
_LONGER_THAN_ANY_CLOSURE = 60


def refuse_closed_for_ever(book: Book | CombinedBook, first: date, last: date) -> None:
    """Raise `NoWorkingTimeError` if no date from `first` to `last` has a session."""
    if isinstance(book, CombinedBook):
        if not opens(book, first, last):
            raise NoWorkingTimeError(problem=f"nothing is left of {book.made!r}: it never opens")
        return
    if any(_surely_opens(part) for part in book.timetable.hours):
        return
    own = (*book.overrides, *book.ruled)
    if any(first <= day <= last and book.sessions(day) for day in own):
        return
    if any(part.sessions for part in book.timetable.hours):
        days = (first + DAY * n for n in range((last - first).days + 1))
        if any(book.sessions(day) for day in days):
            return
    raise NoWorkingTimeError(problem="the calendar never opens")


def _surely_opens(part: Hours) -> bool:
    if not part.sessions or not part.days or part.effective_from or part.effective_to:
        return False
    year = (date(2023, 1, 1) + DAY * n for n in range(365))
    return sum(part.in_force(day) for day in year) >= _LONGER_THAN_ANY_CLOSURE


def refuse_ended(book: Book | CombinedBook, towards: int, name: str) -> None:
    """Raise `NoWorkingTimeError` if the timetable itself stops in that direction of time."""
    if isinstance(book, CombinedBook):
        return
    bounds = [
        p.effective_to if towards > 0 else p.effective_from
        for p in book.timetable.hours
        if p.sessions and p.days
    ]
    ends = [bound for bound in bounds if bound is not None]
    if len(ends) < len(bounds):
        return
    when = f"after {max(ends)}" if towards > 0 and ends else f"before {min(ends)}" if ends else ""
    raise NoWorkingTimeError(problem=f"calendar {name} has no working time left {when}".rstrip())
