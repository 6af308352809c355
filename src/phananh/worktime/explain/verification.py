"""Counting an explanation again, and finding the place where it is wrong (Art. 9).

Rule 1: no table, no search: the sessions of each date are laid on the clock, in order, until
the budget is used up. Rule 2: where one edit would make everything after it look wrong, the
reading with the fewest faults is told: a start, or a budget, that the steps do not bear out.
"""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import TYPE_CHECKING, Any

from phananh.errors import CoverageError, short_repr
from phananh.worktime.explain.differences import differences
from phananh.worktime.explain.explanation import Explanation, steps_of
from phananh.worktime.localtime import to_instant
from phananh.worktime.session import DAY
from phananh.worktime.span import Span

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar

_ZERO = timedelta()
_FORM = 'written as no explanation writes it: "2026-03-04T09:00:00+07:00"'
_Found = tuple[list[str], Explanation | None]


def compared(explanation: Explanation, calendar: "WorkCalendar") -> list[str]:
    """Return what is wrong with an explanation, the words and days behind it included."""
    problems, counted = read(explanation.as_dict(), calendar, explanation.start.tzinfo)
    if problems or counted is None:
        return problems
    pairs = zip(explanation.steps, counted.steps, strict=True)
    return [f"step {n}, day: not what the calendar says" for n, (a, b) in enumerate(pairs, 1)
            if a != b]  # fmt: skip


def read(data: object, calendar: "WorkCalendar", zone: tzinfo | None) -> _Found:
    """Return what is wrong with plain data, and the explanation as it is counted."""
    if not isinstance(data, Mapping):
        return ["explanation: not an object"], None
    found: list[_Found] = []
    for start, budget in _readings(data):
        for place in _zones(start, calendar, zone):
            found.append(_against(data, calendar, _written_in(place, start), budget))
            if not found[-1][0]:
                return found[-1]
    return min(found, key=_faults) if found else ([*_unread(data)], None)


def _written_in(zone: tzinfo, t: datetime) -> datetime:
    """Return an instant in a zone, as it was written, though the clocks there skip its time."""
    for fold in (0, 1):
        local = t.replace(tzinfo=zone, fold=fold)
        if local.utcoffset() == t.utcoffset():
            return local
    return t.astimezone(zone)


def _faults(found: _Found) -> int:
    """Return how many faults there are; those within one gap are one."""
    return len({(n, "") if ", gap." not in each else (0, each.split(".")[0])
                for n, each in enumerate(found[0])})  # fmt: skip


def _against(
    data: Mapping[str, Any], calendar: "WorkCalendar", start: datetime, budget: timedelta
) -> _Found:
    place = "start"
    try:
        calendar.local(start)
        place = "budget_us"
        counted = recounted(calendar, start, budget)
    except CoverageError as error:
        return [f"{place}: {error}"], None
    problems = differences(data, counted.as_dict())
    given = _instant(data.get("start"))
    if given is None or start.astimezone(UTC) != given.astimezone(UTC):
        # counted from where the steps begin: no gap is known before it
        problems = [each for each in problems if not each.startswith(("start", "step 1, gap"))]
        problems.insert(0, f"start: the steps do not follow from {short_repr(data.get('start'))}")
    return problems, counted


def recounted(calendar: "WorkCalendar", start: datetime, budget: timedelta) -> Explanation:
    """Return the explanation of a budget from `start`, counted without the tables.

    Raises:
        CoverageError: it begins or ends outside the days that the calendar covers.
    """
    spans = tuple(_spans(calendar, start, budget))
    due = spans[-1].end if spans else start
    return Explanation(
        start=start,
        budget=budget,
        due=due,
        provisional=calendar.provisional(start, due),
        steps=tuple(steps_of(calendar, start, budget, spans)),
        on=calendar,
    )


def _spans(calendar: "WorkCalendar", start: datetime, left: timedelta) -> list[Span]:
    joined: list[tuple[datetime, datetime]] = []
    openings = _openings(calendar, start)
    while left > _ZERO:  # and never one opening more: it may have been the last there is
        opening, closing = next(openings)
        end = closing if closing - opening <= left else opening + left
        left -= end - opening
        if joined and joined[-1][1] == opening:
            opening = joined.pop()[0]
        joined.append((opening, end))
    return [Span(a.astimezone(start.tzinfo), b.astimezone(start.tzinfo)) for a, b in joined]


def _openings(calendar: "WorkCalendar", start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Yield what is open from `start` on, in UTC; a night ends before the next day's hours."""
    last, today = start.astimezone(UTC), calendar.local(start).date()
    day = max(today - DAY, calendar.first_day)
    while True:
        for part in calendar.day(day).sessions:
            opening = max(last, to_instant(day, part.open, calendar.tzinfo))
            closing = to_instant(day, part.close, calendar.tzinfo)
            if opening < closing:
                yield opening, closing
                last = closing
        day += DAY


def _unread(data: Mapping[str, Any]) -> Iterator[str]:
    if _instant(data.get("start")) is None:
        yield f"start: {_FORM}"
    if _budget(data.get("budget_us")) is None:
        yield "budget_us: not a number of whole microseconds, 0 or more"


def _readings(data: Mapping[str, Any]) -> Iterator[tuple[datetime, timedelta]]:
    """Yield start and budget as they are written, then as the steps have them."""
    steps = data.get("steps")
    steps = [s for s in steps if isinstance(s, Mapping)] if isinstance(steps, list) else []
    worked = [_budget(step.get("worked_us")) for step in steps]
    first = _instant(steps[0].get("from")) if steps else None
    known = None not in worked and (worked or data.get("due") == data.get("start"))
    total = sum(filter(None, worked), _ZERO) if known else None
    for start in (_instant(data.get("start")), first):
        for budget in (_budget(data.get("budget_us")), total):
            if start is not None and budget is not None:
                yield start, budget


def _instant(text: object) -> datetime | None:
    try:
        found = datetime.fromisoformat(text) if isinstance(text, str) else None
    except ValueError:
        return None
    if found is None or found.utcoffset() is None or found.isoformat() != text:
        return None
    return found if date.min.year < found.year < date.max.year else None


def _budget(value: object) -> timedelta | None:
    try:
        return timedelta(microseconds=value) if type(value) is int and value >= 0 else None
    except OverflowError:
        return None


def _zones(start: datetime, calendar: "WorkCalendar", zone: tzinfo | None) -> Iterator[tzinfo]:
    if zone is not None:
        yield zone
        return
    yield start.tzinfo or UTC
    if start.astimezone(calendar.tzinfo).utcoffset() == start.utcoffset():
        yield calendar.tzinfo
