"""Which days a changed calendar counts otherwise, and what explains each of them (R15, Art. 3.2).

Rule 1: a day is explained by a notice, a public day or an override of today's calendar, or by a
decision that changed the hours from a date on, or by hours that were taken out of it; an ordinary
day explains nothing. Rule 2: where the calendar of the promise is at hand it is asked; else the
spans that were stored are.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs

from phananh.errors import CoverageError
from phananh.regulation.values.deadline import Deadline
from phananh.worktime import Notice, Span, Timetable, WorkCalendar
from phananh.worktime.calendar.combined import CombinedDayRules
from phananh.worktime.calendar.day_rules import BY_THE_WEEK, DayInfo
from phananh.worktime.localtime import to_instant
from phananh.worktime.timetables.algebra import CombinedTimetable

_DAY = timedelta(days=1)


@attrs.frozen(kw_only=True)
class ChangedDay:
    """A date that counts otherwise than when the deadline was told.

    `kind` is off, worked or hours; `document` explains it, with its date of issue and the day
    it was `known`; `missing` is the notice it followed then, which today's calendar lacks.
    """

    day: date
    kind: str
    is_explained: bool
    document: str = ""
    issued: date | None = None
    known: date | None = None
    missing: str = ""


@attrs.frozen(kw_only=True)
class _Change:
    """A deadline on two calendars; `before` is None where that of the promise is not at hand."""

    told: Deadline
    due: datetime
    calendar: WorkCalendar
    before: WorkCalendar | None
    notices: dict[str, Notice]

    def dates(self) -> set[date]:
        """Return the dates that count otherwise, from the start to the later due time."""
        start, end = self.told.start, max(self.told.due, self.due)
        if self.before is not None:
            was = self.before.spans(start, end)
            return _find_dates(self.calendar, was, self.calendar.spans(start, end))
        known = self.calendar.spans(start, self.told.due)
        return _find_dates(self.calendar, self.told.spans, known) | set(self._news())

    def _news(self) -> Iterator[date]:
        """Yield dates after the old due time that a notice moved since the promise."""
        first, day = (self.calendar.local(t).date() for t in (self.told.start, self.told.due))
        while day <= self.calendar.local(self.due).date():
            info = self.calendar.day(day)
            notice = self.notices.get(info.source) if is_dated(info) else None
            since = notice is not None and (notice.known_on is None or notice.known_on > first)
            if (
                since
                and info.reason_code != "holiday"
                and _is_other_than_weekly(self.calendar, info)
            ):
                yield day
            day += _DAY

    def explained(self, day: date) -> ChangedDay:
        """Return what today's calendar says of a changed date, and whether that explains it."""
        info, missing = self.calendar.day(day), self._missing(day)
        if not is_dated(info):
            decision = self._decision(day)
            return ChangedDay(
                day=day,
                kind="hours",
                is_explained=decision is not None,
                document=decision or "",
                missing=missing,
            )
        notice = self.notices.get(info.source)
        ruled = notice is not None or info.reason_code == "override"
        return ChangedDay(
            day=day,
            kind=info.kind,
            is_explained=ruled or not missing,
            document=info.source if ruled or not missing else "",
            issued=info.issued,
            known=notice.known_on if notice else None,
            missing="" if ruled else missing,
        )

    def _missing(self, day: date) -> str:
        if self.before is None:
            return ""
        source = self.before.day(day).source
        lacks = source in list_notices(self.before) and source not in self.notices
        return source if lacks else ""

    def _decision(self, day: date) -> str | None:
        """Return what set the hours of an ordinary day anew; "" if it has no name, else None."""
        if self.before is not None and is_dated(self.before.day(day)):
            return None  # hours explain what was ordinary then, and nothing else
        made = self.calendar.timetable
        hours = made.hours if isinstance(made, Timetable) else ()
        then = self.before.timetable if self.before else None
        former = then.hours if isinstance(then, Timetable) else ()
        for each in hours:
            begun = each.effective_from
            if begun is None or not each.in_force(day):
                continue
            if (self.before and each not in former) or self._turned(begun, day):
                return each.source
        return "" if self._other_office(day) or self._is_cut(day) else None

    def _is_cut(self, day: date) -> bool:
        """Return whether a meeting, or a power cut, was taken out of the hours of that day."""
        day_rules, zone = self.calendar.day_rules, self.calendar.tzinfo
        begin, end = (to_instant(each, timedelta(), zone) for each in (day, day + _DAY))
        return (
            isinstance(day_rules, CombinedDayRules)
            and day_rules.cut(begin.astimezone(UTC), end.astimezone(UTC)) is not None
        )

    def _turned(self, begun: date, day: date) -> bool:
        """Return whether hours that began after the promise differ from those of that day."""
        made = self.calendar.timetable
        if not self.calendar.local(self.told.start).date() < begun <= day:
            return False
        assert isinstance(made, Timetable)  # the caller has its hours
        former = made.sessions_on(begun - _DAY, day.weekday())
        return former != made.sessions_on(day) and bool(former) == self._was_worked(day)

    def _other_office(self, day: date) -> bool:
        """Return whether the holder simply keeps hours of another name now."""
        if self.told.calendar == self.calendar.name:
            return False
        if self.before is not None:
            return True
        return self._was_worked(day) and bool(self.calendar.day(day).sessions)

    def _was_worked(self, day: date) -> bool:
        return any(self.calendar.local(span.start).date() == day for span in self.told.spans)


def find_changed_days(
    told: Deadline, new: Deadline, *, calendar: WorkCalendar, before: WorkCalendar | None
) -> tuple[ChangedDay, ...]:
    """Return the dates that count otherwise up to the later of the two due times, in order."""
    notices = list_notices(calendar)
    change = _Change(told=told, due=new.due, calendar=calendar, before=before, notices=notices)
    try:
        dates = change.dates()
    except CoverageError:  # the calendar of the promise does not reach so far
        change = attrs.evolve(change, before=None)
        dates = change.dates()
    # Where only the last instant in time moved (R14), that day opens, or no longer does.
    last = calendar.local(min(told.late_after, new.late_after)).date()
    return tuple(change.explained(day) for day in sorted(dates) or [last])


def is_dated(info: DayInfo) -> bool:
    """Return whether a notice, a public day or an override speaks of the date."""
    return info.reason_code not in BY_THE_WEEK


def list_notices(calendar: WorkCalendar) -> dict[str, Notice]:
    """Return every notice a calendar knows, by its number, those of its parts included."""
    public = calendar.days.notices if calendar.days else ()
    found = {notice.document: notice for notice in (*public, *calendar.notices)}
    for part in _list_parts(calendar.timetable):
        found.update(list_notices(part))
    return found


def _list_parts(made: Any) -> Iterator[WorkCalendar]:
    if isinstance(made, CombinedTimetable):
        for part in made.parts:
            yield from _list_parts(part)
    elif isinstance(made, WorkCalendar):
        yield made


def _is_other_than_weekly(calendar: WorkCalendar, info: DayInfo) -> bool:
    made = calendar.timetable
    return not isinstance(made, Timetable) or made.sessions_on(info.date) != info.sessions


def _find_dates(calendar: WorkCalendar, was: Iterable[Span], now: Iterable[Span]) -> set[date]:
    from phananh.worktime.explain.text import office_day  # its words wait for a move to tell

    before, after = ({(span.start, span.end) for span in spans} for spans in (was, now))
    return {office_day(calendar, start).date for start, _ in before ^ after}
