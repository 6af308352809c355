"""Working time: from an instant and a budget to the instant it is used up (Art. 3.2, 9).

`add` gives the earliest instant by which the budget has been worked, so a budget that ends
with a session is due at its closing, not at the next opening. `subtract` gives the latest.

A calendar is a value: equal by its fields, and safe to share between threads. It loads years
when you ask for them and replaces its table by one assignment.
"""

from bisect import bisect_left
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import attrs

from phananh.worktime.calendar import working_days
from phananh.worktime.calendar.build import build_years
from phananh.worktime.calendar.closings import find_next_closing, find_previous_closing
from phananh.worktime.calendar.day_rules import DayInfo, Unsettled
from phananh.worktime.calendar.table import SLOTS, ZERO, Table
from phananh.worktime.calendar.time_left import describe_time_left
from phananh.worktime.calendar.value import CalendarValue
from phananh.worktime.calendar.years import in_zone_of
from phananh.worktime.instants import require_aware, require_timedelta
from phananh.worktime.span import Allotment, Span, make_spans
from phananh.worktime.validators import require_date

if TYPE_CHECKING:
    from phananh.worktime.explain.explanation import Explanation
    from phananh.worktime.explain.gaps import Gap

_BEYOND = timedelta(days=400_000)  # more than is covered, because `-timedelta.max` overflows


@attrs.frozen(kw_only=True, eq=False, repr=False)
class WorkCalendar(CalendarValue):
    """An office's working time.

    Args:
        timetable: the weekly sessions, or several combined.
        name: the name of the calendar in deadlines.
        zone: IANA name of the office's zone.
        days: the country's public days, or None for a calendar without any.
        notices: documents that move days, besides those of `days`.
        overrides: the office's own days, which come before all other sources.
        known_from: first day the notices cover. It defaults to that of `days`.
        known_through: last day the notices cover. It defaults to that of `days` and `notices`.
        strict: raise `CoverageError` instead of flagging a deadline as provisional.
        expected: apply notices that are only expected. Deadlines across them stay provisional.

    Raises:
        NoWorkingTimeError: the calendar has no working time.
        InputError: two notices of one date of issue contradict each other, or a day of theirs,
            an override or `known_through` lies outside the days covered.
    """

    def __attrs_post_init__(self) -> None:
        """Settle the notices and refuse a calendar without working time."""
        object.__setattr__(self, "_years", build_years(self))

    def add(self, t: datetime, w: timedelta) -> datetime:
        """Return the earliest instant by which `w` has been worked from `t` (Art. 9).

        Zero returns `t` itself, and a negative budget is subtracted. The result is in the zone of
        `t`. `timedelta(days=5)` is 120 working hours. For 5 working days: `Term.working_days(5)`.

        Raises:
            InputError: `t` has no offset.
            InputTypeError: `w` is not a timedelta.
            CoverageError: outside the days covered, or, if strict, beyond the notices.
            NoWorkingTimeError: the hours end before `w` is worked.
        """
        bases, ends, index, first, here, _ = self._years.hot
        try:
            if (
                t.tzinfo is here
                and type(t) is datetime
                and (type(w) is timedelta and w > ZERO)
                and (slot := t.toordinal() * SLOTS + t.hour // 2 - first) >= 0
            ):
                k = index[slot]
                p, end = t - bases[k], ends[k]
                while p > end:  # `t` is in a later session, or in the gap before it
                    k += 1
                    p, end = (q if (q := t - bases[k]) > end else end), ends[k]
                if (p := p + w) > end:
                    near = k + 1 if p <= ends[k + 1] else k + 2
                    k = near if p <= ends[near] else bisect_left(ends, p)
                return bases[k] + p
        except (LookupError, OverflowError, AttributeError):
            pass  # not an aware datetime, or a year not loaded yet
        return self._move(t, require_timedelta(w))

    def subtract(self, t: datetime, w: timedelta) -> datetime:
        """Return the latest instant from which `w` is worked until `t`. It raises as `add` does."""
        hot = self._years.hot
        here, table = hot[4], hot[5]
        try:
            if (
                table
                and t.tzinfo is here
                and type(t) is datetime
                and type(w) is timedelta
                and w > ZERO
            ):
                p = table.position(t) - w
                if p >= table.floor and len(table.bases) > 1:
                    return table.latest(p)
        except (LookupError, OverflowError, AttributeError):
            pass
        return self._move(t, -min(require_timedelta(w), _BEYOND))

    def between(self, a: datetime, b: datetime) -> timedelta:
        """Return the working time from `a` to `b`, negative if `b` is earlier.

        It raises InputError for an instant without offset, and CoverageError for one not covered.
        """
        hot = self._years.hot
        here, table = hot[4], hot[5]
        try:
            if table and a.tzinfo is b.tzinfo is here and type(a) is type(b) is datetime:
                return table.position(b) - table.position(a)
        except (LookupError, AttributeError):
            pass
        x, y, table = self._years.locate_both(a, b)
        return table.position(y) - table.position(x)

    def is_open(self, t: datetime) -> bool:
        """Return whether `t` lies in a session. A closing instant does not."""
        hot = self._years.hot
        here, table = hot[4], hot[5]
        try:
            if table and t.tzinfo is here and type(t) is datetime:
                return table.is_open(t)
        except (LookupError, AttributeError):
            pass
        x, table = self._years.locate(t)
        return table.is_open(x)

    def next_opening(self, t: datetime) -> datetime:
        """Return `t` if open, else the next opening (Art. 3.2). It raises as `add` does."""
        t = require_aware(t)
        if self.is_open(t):
            return t
        x, table = self._years.locate(t)
        while (k := table.find(x) + 1) > len(table.bases) - 1:
            table = self._years.grow(table, 1, x)
            x = x.astimezone(table.zone)
        return in_zone_of(table.start(k), t)

    def next_closing(self, t: datetime) -> datetime:
        """Return when the session that is open at `t` ends, or, if closed, the next one.

        Sessions that touch are one. It raises as `add` does.
        """
        t = require_aware(t)
        return find_next_closing(self._years, t, self.next_opening(t))

    def previous_closing(self, t: datetime) -> datetime:
        """Return the last closing at or before `t`. It raises as `add` does."""
        return find_previous_closing(self._years, t)

    def why_closed(self, t: datetime) -> "Gap | None":
        """Return why it is closed at `t` in both languages, or None if open (Art. 3.2)."""
        from phananh.worktime.explain.closed import explain_closed

        return explain_closed(self, t)

    def working_days_between(self, a: date, b: date) -> int:
        """Return how many working days follow `a` up to and with `b`, negative if `b` is earlier.

        It counts days with a session, and is additive like `between`. It raises as `day` does.
        """
        return working_days.count_working_days(self, a, b)

    def add_working_days(self, t: working_days.Moment, n: int) -> working_days.Moment:
        """Return the same clock time `n` working days later, or a date if `t` is a date.

        Zero returns `t`, and a negative `n` goes back. To end at 24:00 or at closing, use a
        `Term`. It raises as `add` does.
        """
        return working_days.move_working_days(self, t, n)

    def working_day_of_month(self, year: int, month: int, n: int) -> date:
        """Return the n-th working day of a month, or from its end: -1 is the last.

        It raises InputError if the month has no such day, and else as `add` does.
        """
        return working_days.find_working_day_of_month(self, year, month, n)

    def allot(self, t: datetime, w: timedelta) -> Allotment:
        """Return when `w` is used up from `t`, by which spans (Art. 9). It raises as `add` does."""
        due = self.add(t, w)
        if not (type(t) is datetime and type(w) is timedelta):
            t, w = require_aware(t), require_timedelta(w)
        first, last = (t, due) if w >= ZERO else (due, t)
        near = self._loaded_table(first, last)
        if near:
            spans = make_spans(near.worked_between(first, last))
            rules = self._years.day_rules
            settled = rules.first_settled <= first.toordinal()
            early = settled and last.toordinal() < rules.first_unsettled
        else:
            spans, early = self.spans(first, last), False
        return Allotment(
            start=t,
            budget=w,
            due=due,
            spans=spans,
            provisional=not early and self._find_unsettled(first, last) is not None,
            calendar=self.name,
            version=self._version or self.version,
        )

    def spans(self, a: datetime, b: datetime) -> tuple[Span, ...]:
        """Return the working time from `a` to `b` as spans, in order, in the zone of `a`.

        They are half-open, and there are none if `b` is not later. It raises as `between` does.
        """
        near = self._loaded_table(a, b)
        if near:
            return make_spans(near.worked_between(a, b))
        x, y, table = self._years.locate_both(a, b)
        worked = table.worked_between(x, y)
        return tuple(Span(in_zone_of(start, a), in_zone_of(end, a)) for start, end in worked)

    def remaining(self, now: datetime, due: datetime) -> timedelta:
        """Return the working time from `now` to `due`, which is zero from `due` on."""
        return max(ZERO, self.between(require_aware(now, "now"), require_aware(due, "due")))

    def overrun(self, now: datetime, due: datetime) -> timedelta:
        """Return the working time from `due` to `now`, which is zero until `due`."""
        return max(ZERO, self.between(require_aware(due, "due"), require_aware(now, "now")))

    def time_left_text(
        self, now: datetime, due: datetime, lang: str = "en", *, fine: bool = True
    ) -> str:
        """Return in words what is left or over, such as `3 working hours left`, in `vi` or `en`.

        If all days of the timetable are equally long, there are days, with their length. Else
        there are hours only. Without `fine` there are no seconds.
        """
        return describe_time_left(self, now, due, lang, fine=fine)

    def provisional(self, start: datetime, due: datetime) -> bool:
        """Return whether a later notice may move this deadline.

        One may beyond the days that the notices cover, and across a day of an expected notice.
        """
        return self._find_unsettled(start, due) is not None

    def check_settled(self, start: datetime, due: datetime) -> None:
        """Refuse, if strict, a due time that a later notice may move.

        Raises:
            CoverageError: strict, and beyond the notices or outside the days covered.
        """
        found = self._find_unsettled(start, due) if self.strict else None
        if found:
            raise self._years.unsettled_error(found)

    def doubtful_day(self, start: datetime, due: datetime) -> date | None:
        """Return the day that makes a deadline provisional, or None."""
        found = self._find_unsettled(start, due)
        return found.day if found else None

    def day(self, day: date) -> DayInfo:
        """Return what a date is, its sessions and the reason, in both languages."""
        self._years.check_covered(require_date(day, "day"))
        return self._years.day_rules.info(day)

    def explain(self, start: datetime, budget: timedelta) -> "Explanation":
        """Return why a budget from `start` is due when it is, step by step (Art. 9).

        It raises as `add` does, and InputError for a negative budget.
        """
        from phananh.worktime.explain.explanation import explain_steps

        return explain_steps(self, start, budget)

    def _loaded_table(self, a: datetime, b: datetime) -> Table | None:
        """Return the table if it has both days and both are on the office's own clock."""
        here, table = self._years.hot[4:]
        if table is None or not type(a) is type(b) is datetime or not a.tzinfo is b.tzinfo is here:
            return None
        days = table.days
        return table if a.toordinal() in days and b.toordinal() in days else None

    def _move(self, t: datetime, w: timedelta) -> datetime:
        t = require_aware(t)
        due = self._years.move(t, w)
        if w:
            self.check_settled(t, due)
        return due

    def _find_unsettled(self, start: datetime, due: datetime) -> Unsettled | None:
        a, b = self._years.local(start, "start"), self._years.local(due, "due")
        if a == b and a.fold == b.fold:
            return None  # no time is to be worked, so no notice can move it
        return self._years.day_rules.find_unsettled(*sorted((a.date(), b.date())))
