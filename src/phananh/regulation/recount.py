"""What a changed calendar makes of a stored deadline (R15, Art. 9).

No deadline moves by itself. `recount` only says when it would be due, because of which days, and
by which documents, and the guards in deadline_move.py say whether it may move.

A day is explained by a notice, a public day or an override of today's calendar, or by a decision
that changed the hours from a date on, or by hours that were taken out of it. That the day is
ordinary does not explain it. Days are compared with the former calendar, that of the stored
deadline. If it is missing, they are compared with the stored spans.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import attrs

from phananh.errors import CoverageError
from phananh.plain_value import Value
from phananh.regulation.deadline import (
    Deadline,
    Recount,
    compute_due,
    compute_late_after,
    lay_out,
)
from phananh.regulation.guards import Rules
from phananh.worktime import Notice, Span, Timetable, WorkCalendar
from phananh.worktime.algebra import CombinedTimetable
from phananh.worktime.calendar.day_rules import BY_THE_WEEK, CombinedDayRules, DayInfo
from phananh.worktime.instants import to_instant
from phananh.worktime.timetable import Hours

_DAY = timedelta(days=1)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class ChangedDay(Value):
    """A date that counts differently than when the deadline was set.

    `kind` is off, worked or hours. `document` explains it, with its date of issue and the day it
    was `known`. `missing` is the notice that it followed then, if today's calendar lacks that.
    """

    day: date
    kind: str
    is_explained: bool
    document: str = ""
    issued: date | None = None
    known: date | None = None
    missing: str = ""


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class _Change(Value):
    """A deadline on two calendars. `former` is None if the old one is missing."""

    old: Deadline
    due: datetime
    calendar: WorkCalendar
    former: WorkCalendar | None
    notices: dict[str, Notice]

    def find_dates(self) -> set[date]:
        """Return the dates that count differently, from the start to the later due time."""
        start, end = self.old.start, max(self.old.due, self.due)
        if self.former is not None:
            return _find_dates(
                self.calendar, self.former.spans(start, end), self.calendar.spans(start, end)
            )
        return _find_dates(
            self.calendar, self.old.spans, self.calendar.spans(start, self.old.due)
        ) | set(self._find_moved_later())

    def _find_moved_later(self) -> Iterator[date]:
        """Yield dates after the old due time that a notice moved since the deadline was set."""
        first, day = (self.calendar.local(t).date() for t in (self.old.start, self.old.due))
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

    def explain(self, day: date) -> ChangedDay:
        """Return what today's calendar says about a changed date, and whether that explains it."""
        info, missing = self.calendar.day(day), self._find_missing_notice(day)
        if not is_dated(info):
            decision = self._find_decision(day)
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

    def _find_missing_notice(self, day: date) -> str:
        if self.former is None:
            return ""
        source = self.former.day(day).source
        return "" if source in self.notices or source not in list_notices(self.former) else source

    def _find_decision(self, day: date) -> str | None:
        """Return the decision behind new hours of an ordinary day, "" if unnamed, None if none."""
        if self.former is not None and is_dated(self.former.day(day)):
            return None  # hours explain only a day that was ordinary then
        hours: tuple[Hours, ...] = getattr(self.calendar.timetable, "hours", ())
        former = getattr(self.former.timetable, "hours", ()) if self.former else ()
        for each in hours:
            begun = each.effective_from
            if begun is None or not each.is_in_force(day):
                continue
            if (self.former and each not in former) or self._is_changed_by(begun, day):
                return each.source
        return "" if self._is_of_other_office(day) or self._is_cut(day) else None

    def _is_cut(self, day: date) -> bool:
        """Return whether hours were taken out of that day, such as a meeting or a power cut."""
        day_rules, zone = self.calendar.day_rules, self.calendar.tzinfo
        begin, end = (to_instant(each, timedelta(), zone) for each in (day, day + _DAY))
        return (
            isinstance(day_rules, CombinedDayRules)
            and day_rules.find_removal(begin.astimezone(UTC), end.astimezone(UTC)) is not None
        )

    def _is_changed_by(self, begun: date, day: date) -> bool:
        """Return whether hours that began after the start differ from those of that day."""
        made = self.calendar.timetable
        if not self.calendar.local(self.old.start).date() < begun <= day:
            return False
        assert isinstance(made, Timetable)  # the caller has its hours
        former = made.sessions_on(begun - _DAY, day.weekday())
        return former != made.sessions_on(day) and bool(former) == self._is_worked_before(day)

    def _is_of_other_office(self, day: date) -> bool:
        """Return whether the holder simply has the hours of another office today."""
        if self.old.calendar == self.calendar.name:
            return False
        return self.former is not None or (
            self._is_worked_before(day) and bool(self.calendar.day(day).sessions)
        )

    def _is_worked_before(self, day: date) -> bool:
        return any(self.calendar.local(span.start).date() == day for span in self.old.spans)


def find_changed_days(
    old: Deadline, new: Deadline, *, calendar: WorkCalendar, former: WorkCalendar | None
) -> tuple[ChangedDay, ...]:
    """Return the dates that count differently up to the later of the two due times, in order."""
    change = _Change(
        old=old, due=new.due, calendar=calendar, former=former, notices=list_notices(calendar)
    )
    try:
        dates = change.find_dates()
    except CoverageError:  # the former calendar does not reach so far
        change = attrs.evolve(change, former=None)
        dates = change.find_dates()
    # If only the last instant in time moved (R14), that day opens, or no longer does.
    last = calendar.local(min(old.late_after, new.late_after)).date()
    return tuple(change.explain(day) for day in sorted(dates) or [last])


def is_dated(info: DayInfo) -> bool:
    """Return whether a notice, a public day or an override is about the date."""
    return info.reason_code not in BY_THE_WEEK


def list_notices(calendar: WorkCalendar) -> dict[str, Notice]:
    """Return every notice of a calendar, by its number, with those of its parts."""
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
    before, after = ({(span.start, span.end) for span in spans} for spans in (was, now))
    return {calendar.office_day(start).date for start, _ in before ^ after}


def recount(
    old: Deadline,
    *,
    calendar: WorkCalendar,
    rules: Rules,
    find_former: Callable[[], WorkCalendar | None] = lambda: None,
) -> Recount | None:
    """Return what `calendar` makes of the deadline, or None if it stays the same.

    Args:
        old: the deadline as it is stored.
        calendar: that of today.
        rules: the regulation's numbers and readings.
        find_former: returns the calendar of the stored deadline, or None. It is only called if
            the deadline moves.

    Raises:
        CoverageError: the new due time lies outside the days that the calendar covers.
    """
    if calendar.version == old.version:
        return None
    due = compute_due(old.budget, old.start, calendar)  # the spans wait for a move
    until = compute_late_after(due, calendar=calendar, rules=rules)
    if due == old.due and until == old.late_after:
        return None
    new = attrs.evolve(old, late_after=until, **lay_out(old.budget, old.start, calendar))
    days = find_changed_days(old, new, calendar=calendar, former=find_former())
    # The day in which the earlier one runs out. A term in days runs out at the end of one.
    end = min(old.late_after, new.late_after) - timedelta.resolution
    near = calendar.local(end).date()
    did_it = [each for each in days if each.day <= near] or days
    issued = [day.issued for day in did_it]
    return Recount(
        deadline=new,
        days=tuple(each.day for each in days),
        notices=tuple(dict.fromkeys(day.document for day in days if day.document)),
        issued=None if None in issued else max(filter(None, issued)),
        cause=_find_cause(days, earlier=new.late_after < old.late_after),
        known=max((day.known for day in days if day.known), default=None),
        unexplained=tuple(each.day for each in days if not each.is_explained),
        missing=tuple(dict.fromkeys(day.missing for day in days if day.missing)),
    )


def _find_cause(days: tuple[ChangedDay, ...], *, earlier: bool) -> str:
    kinds = {day.kind for day in days}
    if not all(day.is_explained for day in days):
        return "unexplained"
    if "off" in kinds and not earlier:  # a day off only makes an end later
        return "day_off"
    return "worked_day" if earlier and "worked" in kinds else "other_hours"
