"""Working time: from an instant and a budget to the instant it is used up (Art. 3.2, 9).

`add` gives the earliest instant by which the budget has been worked, so a budget that ends
with a session is due at its closing, not at the next opening. `subtract` gives the latest.

A calendar is a value: equal by its fields, and safe to share between threads. How it is fast:
sessions are kept in a table (`table.py`) that is searched, not walked. Years are added to it when
an instant or a budget first needs them, and the table is replaced by one assignment. So two
threads may build the same years, neither sees a half, and the order in which years were asked for
changes no answer. Each method first tries the table as it is, for datetimes on the office's own
clock, and falls back to the slow path, which converts, checks and loads.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self, TypeVar

import attrs

from phananh.errors import (
    CoverageError,
    InputError,
    InputTypeError,
    NoWorkingTimeError,
    check_language,
    short_repr,
)
from phananh.plain_data import rebuild
from phananh.plain_value import make_unchecked
from phananh.worktime.algebra import (
    OPS,
    CombinedTimetable,
    Operand,
    Spans,
    is_operand,
    list_calendars,
)
from phananh.worktime.calendar.day_rules import (
    CombinedDayRules,
    DayInfo,
    DayRules,
    Opening,
    Unsettled,
    build_day_rules,
)
from phananh.worktime.calendar.table import COLD, SLOT_HOURS, SLOTS, ZERO, Table, extend
from phananh.worktime.days.notices import (
    Contradiction,
    Notice,
    NoticeDay,
    Ruling,
    find_contradictions,
    last_settled_day,
    notices_by_year,
    notices_known_on,
    sort_overrides,
)
from phananh.worktime.days.vietnam import VIETNAM_DAYS, VietnamDays
from phananh.worktime.durations import due_text, time_left_text
from phananh.worktime.instants import load_zone, require_aware, require_timedelta, to_instant
from phananh.worktime.session import DAY, format_sessions
from phananh.worktime.span import Allotment, Span, make_spans, time_between
from phananh.worktime.timetable import Timetable
from phananh.worktime.validators import (
    check_date,
    check_flag,
    check_kind,
    check_name,
    require_date,
    tuple_of,
)

if TYPE_CHECKING:
    from phananh.worktime.explain.explanation import Explanation


Moment = TypeVar("Moment", date, datetime)
_BEYOND = timedelta(days=400_000)  # more than is covered, because `-timedelta.max` overflows
_NEAR, _MONTH = date(2024, 1, 1), timedelta(days=31)
_FORMAT = 2
_FIRST_YEAR, _YEARS_BEYOND = 2013, 5


class _Unlimited(NamedTuple):
    """The days covered without public days or parts that limit them."""

    # Before 1900 clocks showed local mean time, and no zone has rules known after 2199.
    first_day: date = date(1900, 1, 1)
    last_day: date = date(2199, 12, 31)
    known_from: date = date(1900, 1, 1)
    known_through: date = date(2199, 12, 31)


def _coverages(timetable: Timetable | CombinedTimetable, days: VietnamDays | None) -> list[Any]:
    """Return what limits a calendar's days: its parts, if these are calendars, or its country."""
    return list_calendars(timetable) or [days or _Unlimited()]


def _notices(given: Iterable[Notice]) -> tuple[Notice, ...]:
    return tuple_of(Notice, "notices", given)


def _public_days(given: VietnamDays | None) -> VietnamDays | None:
    check_kind(VietnamDays | None, "days", [given], code="no_public_days")
    return given


@attrs.frozen(kw_only=True)
class WorkCalendar(Operand):
    """An office's working time.

    `|`, `&` and `-` give a calendar if one of the two is a calendar (see `algebra.py`).

    Args:
        timetable: the weekly sessions, or several combined.
        name: the name of the calendar in deadlines.
        zone: IANA name of the office's zone.
        days: the public days of Vietnam, or None for a calendar without any.
        notices: documents that move days, besides those of `days`.
        overrides: the office's own days, which come before all other sources.
        known_from: first day the notices cover. It defaults to that of `days`.
        known_through: last day the notices cover. It defaults to that of `days` and `notices`.
        strict: raise `CoverageError` instead of flagging a deadline as provisional.
        expected: apply notices that are only expected. Deadlines across them stay provisional.

    Attributes:
        day_rules: what each date is, by the calendar's sources in their order of precedence.
        tzinfo: the zone of the office's clock.
        first_day: the first day that the calendar covers. Earlier ones raise CoverageError.
        last_day: the last day that the calendar covers. Later ones raise CoverageError.

    Raises:
        NoWorkingTimeError: the calendar has no working time.
        InputError: two notices of one date of issue contradict each other, or a day of theirs,
            an override or `known_through` lies outside the days covered.

    Example:
        >>> from phananh.worktime import Timetable
        >>> hours = Timetable.weekly("08:00-12:00, 13:00-17:00", source="mẫu")
        >>> office = WorkCalendar(timetable=hours, name="mau")
        >>> print(office.add(friday, timedelta(hours=5)))
        2025-04-26 11:00:00+07:00
        >>> print(office.between(friday, friday + timedelta(days=1)))
        8:00:00
    """

    has_own_days: ClassVar[bool] = True

    timetable: Timetable | CombinedTimetable
    name: str = attrs.field(default="work", validator=check_name)
    zone: str = "Asia/Ho_Chi_Minh"
    days: VietnamDays | None = attrs.field(default=VIETNAM_DAYS, converter=_public_days)
    notices: tuple[Notice, ...] = attrs.field(default=(), converter=_notices)
    overrides: tuple[NoticeDay, ...] = attrs.field(default=(), converter=sort_overrides)
    known_from: date = attrs.field(
        default=attrs.Factory(lambda calendar: calendar.first_known_day, takes_self=True),
        validator=check_date,
    )
    known_through: date = attrs.field(
        default=attrs.Factory(lambda calendar: calendar.last_known_day, takes_self=True),
        validator=check_date,
    )
    strict: bool = attrs.field(default=False, validator=check_flag)
    expected: bool = attrs.field(default=False, validator=check_flag)
    day_rules: DayRules | CombinedDayRules = attrs.field(init=False)
    tzinfo: "dt.tzinfo" = attrs.field(init=False)
    first_day: date = attrs.field(init=False)
    last_day: date = attrs.field(init=False)
    _table: Table = attrs.field(init=False, default=COLD)
    _arrays: tuple[Table, Any] | None = attrs.field(init=False, default=None)  # of `bulk`
    _version: str = attrs.field(init=False, default="")

    def __attrs_post_init__(self) -> None:
        """Settle the notices and refuse a calendar without working time."""
        check_kind(Timetable | CombinedTimetable, "timetable", [self.timetable])
        parts = _coverages(self.timetable, self.days)
        self._set(
            first_day=max(p.first_day for p in parts), last_day=min(p.last_day for p in parts)
        )
        settings = {
            "days": self.days,
            "notices": self._all_notices,
            "overrides": self.overrides,
            "known_from": self.known_from,
            "known_through": self.known_through,
            "expected": self.expected,
        }
        self._set(
            day_rules=build_day_rules(self.timetable, self.zone, settings, self.notices),
            tzinfo=load_zone(self.zone),
        )
        self._check_own_days()
        self._check_opens()

    def _set(self, **values: Any) -> None:
        for name, value in values.items():
            object.__setattr__(self, name, value)

    def _check_own_days(self) -> None:
        """Refuse own days outside those covered: a mistyped year must not be ignored."""
        first, last, hours = self.first_day, self.last_day, self.timetable
        if self.known_through > max(last, self.last_known_day):
            raise InputError(
                code="day_outside",
                field="known_through",
                day=self.known_through,
                first=first,
                last=last,
            )
        own = (*(hours.overrides if isinstance(hours, Timetable) else ()), *self.overrides)
        given: list[tuple[Iterable[NoticeDay], dict[str, str]]] = [
            (own, {"code": "day_outside", "field": "overrides"})
        ]
        for notice in self.notices:
            facts = {"code": "notice_day_outside", "field": "notices"}
            given.append((notice.days, {**facts, "document": notice.document}))
        for day, named in ((day, named) for days, named in given for day in days):
            if not first <= day.date <= last:
                raise InputError(day=day.date, first=first, last=last, **named)

    def _check_opens(self) -> None:
        """Refuse a calendar without any session, looking from near the present outwards."""
        first, last = ((day - _NEAR) // _MONTH for day in (self.first_day, self.last_day))
        for begin in (_NEAR + _MONTH * step for step in sorted(range(first, last + 1), key=abs)):
            days = max(begin, self.first_day), min(begin + _MONTH, self.last_day)
            if any(self.day_rules.openings(self.tzinfo, *days)):
                return
        if isinstance(self.timetable, CombinedTimetable):
            raise NoWorkingTimeError(code="nothing_left", op=self.timetable.op)
        raise NoWorkingTimeError(code="never_opens")

    @property
    def first_known_day(self) -> date:
        """The first day for which notices were looked up, the default of `known_from`."""
        found: date = max(part.known_from for part in _coverages(self.timetable, self.days))
        return found

    @property
    def last_known_day(self) -> date:
        """The last day that its notices cover, the default of `known_through`."""
        own = last_settled_day(self.notices) or date.min
        found: date = min(part.known_through for part in _coverages(self.timetable, self.days))
        return max(own, found)

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """The days on which its notices disagree. The notice issued last counts."""
        return find_contradictions(self._all_notices)

    @property
    def _all_notices(self) -> tuple[Notice, ...]:
        return (*(self.days.notices if self.days else ()), *self.notices)

    @property
    def source(self) -> str:
        """The document behind the hours, in Vietnamese."""
        return self.timetable.source

    @property
    def source_en(self) -> str:
        """The document behind the hours, in English."""
        return self.timetable.source_en

    @property
    def assumed(self) -> bool:
        """Whether the hours are assumed, because no known document sets them."""
        return self.timetable.assumed

    @property
    def version(self) -> str:
        """Twelve hex digits that change if, and only if, any session, day or notice does."""
        if not self._version:
            self._set(_version=_digest(self))
        return self._version

    def as_of(self, day: date) -> Self:
        """Return the calendar as it was known on a day: without the notices known later.

        Its deadlines are those that an office could promise on that day. A notice counts from the
        day it became known. The office's own overrides have no date and always count. If you need
        their history, write them as notices.

        Raises:
            InputError: no notice of the public days was known on that day.
        """
        notices = notices_known_on(self.notices, day)
        days = self.days.as_of(day) if self.days else None
        timetable: Any = _view_parts(self.timetable, day)
        known = min(part.known_through for part in _coverages(timetable, days))
        through = min(self.known_through, max(known, last_settled_day(notices) or date.min))
        return attrs.evolve(
            self, timetable=timetable, days=days, notices=notices, known_through=through
        )

    def with_notices(self, notices: Iterable[Notice]) -> Self:
        """Return the calendar with more notices, with `known_through` as far as they settle it.

        Raises:
            InputError: a notice contradicts another of the same date of issue.
            InputTypeError: it is not a list of notices.
        """
        more = _notices(notices)
        through = max(self.known_through, last_settled_day(more) or date.min)
        return attrs.evolve(self, notices=(*self.notices, *more), known_through=through)

    def key(self) -> tuple[object, ...]:
        """Return a key of the calendar: two calendars with equal keys are equal."""
        hours = (self.timetable.key(), self.source, self.source_en, self.assumed)
        known = (self.known_from, self.known_through, self.strict, self.expected)
        notices = tuple(sorted(set(self.notices), key=repr))  # their order does not matter
        return (self.name, self.zone, *known, *hours, self.days, self.overrides, notices)

    def __eq__(self, other: object) -> bool:
        """Compare the fields of the calendars, not the years they have loaded."""
        return self.key() == other.key() if isinstance(other, WorkCalendar) else NotImplemented

    def __hash__(self) -> int:
        """Hash the version, which equal calendars share."""
        return hash(self.version)

    def __repr__(self) -> str:
        """Return the calendar as code, which you can run after `import datetime`."""
        shown = (
            f"{field.name}={value!r}"
            for field in attrs.fields(type(self))
            if field.init and (value := getattr(self, field.name)) != self._default(field)
        )
        return f"WorkCalendar({', '.join(shown)})"

    def __str__(self) -> str:
        """Return name, version and how far its notices go, in one line."""
        return f"calendar {self.name}, version {self.version}, known through {self.known_through}"

    def _default(self, field: "attrs.Attribute[Any]") -> Any:
        make = getattr(field.default, "factory", None)
        return field.default if make is None else make(self)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the fields of the calendar. The copy loads its own years."""
        names = (field.name for field in attrs.fields(type(self)) if field.init)
        return rebuild, (type(self), {name: getattr(self, name) for name in names})

    def __rsub__(self, other: Any) -> Any:
        """Return a calendar that is open if the other is and this one is not."""
        return (
            self._combine("difference", other, self)
            if isinstance(other, Operand)
            else NotImplemented
        )

    @staticmethod
    def _combine(op: str, one: Any, other: Any) -> Any:
        """Return two values under an operation, if at least one is a calendar."""
        if not (is_operand(one) and is_operand(other)):
            return NotImplemented
        if isinstance(one, WorkCalendar) and isinstance(other, WorkCalendar):
            return one._join(op, other)
        calendar = one if isinstance(one, WorkCalendar) else other
        parts = [each.timetable if each is calendar else each for each in (one, other)]
        return attrs.evolve(calendar, timetable=CombinedTimetable(op, parts))

    def _part(self) -> Any:
        """Return the calendar as a part: its own parts, if it adds no notices or overrides."""
        adds = self.notices or self.overrides
        return self.timetable if list_calendars(self.timetable) and not adds else self

    def _join(self, op: str, other: "WorkCalendar") -> Self:
        """Return two calendars under an operation. Each uses its own days, the name has both."""
        return attrs.evolve(
            self,
            timetable=CombinedTimetable(op, [self._part(), other._part()]),
            name=f"{self.name} {OPS[op]} {other.name}",
            days=None,
            notices=(),
            overrides=(),
            known_from=max(self.known_from, other.known_from),
            known_through=min(self.known_through, other.known_through),
            strict=self.strict or other.strict,
            expected=False,
        )

    def add(self, start: datetime, budget: timedelta) -> datetime:
        """Return the earliest instant by which `budget` has been worked from `start` (Art. 9).

        Zero returns `start` itself, and a negative budget is subtracted. The result is in the
        zone of `start`. `timedelta(days=5)` is 120 working hours. For 5 working days:
        `Term.working_days(5)`.

        Raises:
            InputError: `start` has no offset.
            InputTypeError: `budget` is not a timedelta.
            CoverageError: outside the days covered, or, if strict, beyond the notices.
            NoWorkingTimeError: the hours end before the budget is worked.
        """
        table = self._table
        try:
            if (
                start.tzinfo is table.own_clock
                and type(start) is datetime
                and (type(budget) is timedelta and budget > ZERO)
                and (
                    slot := start.toordinal() * SLOTS + start.hour // SLOT_HOURS - table.first_slot
                )
                >= 0
            ):
                bases, ends, k = table.bases, table.ends, table.index[slot]
                p, end = start - bases[k], ends[k]
                while p > end:  # `start` is in a later session, or in the gap before it
                    k += 1
                    p, end = (q if (q := start - bases[k]) > end else end), ends[k]
                if (p := p + budget) > end:
                    near = k + 1 if p <= ends[k + 1] else k + 2
                    k = near if p <= ends[near] else bisect_left(ends, p)
                return bases[k] + p
        except (LookupError, OverflowError, AttributeError):
            pass  # not an aware datetime, or a year not loaded yet
        return self._move(start, require_timedelta(budget), "start")

    def subtract(self, end: datetime, budget: timedelta) -> datetime:
        """Return the latest instant from which `budget` is worked until `end`.

        It raises as `add` does.
        """
        table = self._table
        try:
            if (
                end.tzinfo is table.own_clock
                and type(end) is datetime
                and type(budget) is timedelta
                and budget > ZERO
            ):
                p = table.position(end) - budget
                if p >= table.floor:
                    return table.latest(p)
        except (LookupError, AttributeError):
            pass
        return self._move(end, -min(require_timedelta(budget), _BEYOND), "end")

    def between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from `start` to `end`, negative if `end` is earlier.

        It raises InputError for an instant without offset, and CoverageError for one not covered.
        """
        table = self._table
        try:
            if (
                start.tzinfo is end.tzinfo is table.own_clock
                and type(start) is type(end) is datetime
            ):
                return table.position(end) - table.position(start)
        except (LookupError, AttributeError):
            pass
        x, y, table = self.locate_both(start, end)
        return table.position(y) - table.position(x)

    def is_open(self, at: datetime) -> bool:
        """Return whether an instant lies in a session. A closing instant does not."""
        table = self._table
        try:
            if at.tzinfo is table.own_clock and type(at) is datetime:
                return table.is_open(at)
        except (LookupError, AttributeError):
            pass
        x, table = self._locate(at)
        return table.is_open(x)

    def next_opening(self, at: datetime) -> datetime:
        """Return `at` if open, else the next opening (Art. 3.2). It raises as `add` does."""
        at = require_aware(at, "at")
        if self.is_open(at):
            return at
        x, table = self._locate(at)
        while (k := table.find(x) + 1) == len(table.bases):
            table = self._grow(table, x, forward=True)
            x = x.astimezone(table.zone)
        return table.start(k).astimezone(at.tzinfo)

    def spans(self, start: datetime, end: datetime) -> tuple[Span, ...]:
        """Return the working time from `start` to `end` as spans, in order, in the zone of `start`.

        They are half-open, and there are none if `end` is not later. It raises as `between` does.
        """
        table = self._table
        try:
            if (
                start.tzinfo is end.tzinfo is table.own_clock
                and type(start) is type(end) is datetime
            ):
                worked = table.position(end) - table.position(start)
                return make_spans(table.use_up(worked, start))
        except (LookupError, AttributeError):
            pass
        x, y, table = self.locate_both(start, end)
        pairs = table.use_up(table.position(y) - table.position(x), x)
        return tuple(Span(*(each.astimezone(start.tzinfo) for each in pair)) for pair in pairs)

    def allot(self, start: datetime, budget: timedelta) -> Allotment:
        """Return when a budget is used up, and by which spans (Art. 9). It raises as `add` does."""
        table, rules = self._table, self.day_rules
        pairs: list[Opening] = []
        try:
            if start.tzinfo is table.own_clock and type(start) is datetime:
                pairs = table.use_up(budget, start) if type(budget) is timedelta else []
        except (LookupError, OverflowError, AttributeError):
            pass  # not an aware datetime, or a year not loaded yet
        due = pairs[-1][1] if pairs else self.add(start, budget)
        if not pairs:
            start, budget = require_aware(start, "start"), require_timedelta(budget)
        first, last = (start, due) if budget >= ZERO else (due, start)
        early = (
            pairs
            and rules.first_settled <= first.toordinal()
            and last.toordinal() < rules.first_unsettled
        )
        fields = {
            "start": start,
            "budget": budget,
            "due": due,
            "spans": make_spans(pairs) if pairs else self.spans(first, last),
            "provisional": not early and self._find_unsettled(first, last) is not None,
            "calendar": self.name,
            "version": self._version or self.version,
        }
        return make_unchecked(Allotment, fields)

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

        Without `fine` there are no seconds.
        """
        check_language(lang)
        at, end = require_aware(now, "now"), require_aware(due, "due")
        passing = time_between(at, end)
        if not passing:
            return due_text(lang)
        amount, side = abs(self.between(at, end)), "over" if passing.days < 0 else "left"
        return time_left_text(amount, lang, side=side, fine=fine)

    def explain(self, start: datetime, budget: timedelta) -> "Explanation":
        """Return why a budget from `start` is due when it is, step by step (Art. 9).

        It raises as `add` does, and InputError for a negative budget.
        """
        from phananh.worktime.explain.explanation import explain_steps

        return explain_steps(self, start, budget)

    def day(self, day: date) -> DayInfo:
        """Return what a date is, its sessions and the reason, in both languages."""
        self.check_covered(require_date(day, "day"))
        return self.day_rules.info(day)

    def office_day(self, at: datetime) -> DayInfo:
        """Return the office day of an instant: a night belongs to the day of its evening."""
        today = self.local(at).date()
        for day in (today, today - DAY):
            if day >= self.first_day:
                ends = (
                    (
                        to_instant(day, part.open, self.tzinfo),
                        to_instant(day, part.close, self.tzinfo),
                    )
                    for part in self.day_rules.sessions(day)
                )
                if any(opening <= at < closing for opening, closing in ends):
                    return self.day(day)
        return self.day(today)

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days follow `start` up to and with `end`.

        It is negative if `end` is earlier. It counts days with a session, even a short one, and is
        additive like `between`. It raises as `day` does.
        """
        for field, day in (("start", start), ("end", end)):
            self.check_covered(require_date(day, field))
        first, last = sorted((start, end))
        days = (first + DAY * n for n in range(1, (last - first).days + 1))
        count = sum(1 for day in days if self.day_rules.sessions(day))
        return count if first == start else -count

    def add_working_days(self, start: Moment, count: int) -> Moment:
        """Return the same clock time `count` working days later, or a date if `start` is a date.

        Zero returns `start`, and a negative count goes back. To end at 24:00 or at closing, use a
        `Term`. It raises as `add` does.
        """
        if type(count) is not int:
            shown = short_repr(count)
            raise InputTypeError(code="not_a_whole_number", field="count", value=shown)
        if not isinstance(start, datetime):
            self.check_covered(require_date(start, "start"))
            return self._step_settled(start, count)
        start = require_aware(start, "start")
        local = self.local(start)
        if not count:
            return start
        day = self._step_settled(local.date(), count)
        clock = datetime.combine(date.min, local.time()) - datetime.min  # noqa: DTZ901 - no instant
        return to_instant(day, clock, self.tzinfo).astimezone(start.tzinfo)

    def _step_settled(self, day: date, count: int) -> date:
        found = self.step_working_days(day, count)
        if count:
            self.check_days_settled(day + DAY if count == abs(count) else day - DAY, found)
        return found

    def step_working_days(self, day: date, count: int) -> date:
        """Return the working day so many after a date, before it if negative, or the date if zero.

        Raises:
            CoverageError: outside the days covered.
            NoWorkingTimeError: the hours end before.
        """
        step = DAY if count == abs(count) else -DAY
        for _ in range(abs(count)):
            day = self.find_working_day(day + step, step)
        return day

    def find_working_day(
        self, day: date, step: timedelta = DAY, code: str = "days_unknown"
    ) -> date:
        """Return the date itself, or the next in a direction of time on which a session begins.

        It raises as `step_working_days` does. `code` is the reason of a CoverageError.
        """
        while True:
            if not self.first_day <= day <= self.last_day:
                self._check_continues(forward=step == DAY)
                raise self.coverage_error(day, code)
            if self.day_rules.sessions(day):
                return day
            day += step

    def provisional(self, start: datetime, due: datetime) -> bool:
        """Return whether a later notice may move this deadline.

        One may beyond the days that the notices cover, and across a day of an expected notice.
        """
        return self._find_unsettled(start, due) is not None

    def doubtful_day(self, start: datetime, due: datetime) -> date | None:
        """Return the day that makes a deadline provisional, or None."""
        found = self._find_unsettled(start, due)
        return found.day if found else None

    def check_settled(self, start: datetime, due: datetime) -> None:
        """Refuse, if strict, a due time that a later notice may move.

        Raises:
            CoverageError: strict, and beyond the notices or outside the days covered.
        """
        self._refuse(self._find_unsettled(start, due) if self.strict else None)

    def check_days_settled(self, one: date, other: date) -> None:
        """Refuse, if strict, days from one to another, in any order, that a notice may move."""
        if self.strict:
            self._refuse(self.day_rules.find_unsettled(*sorted((one, other))))

    def _find_unsettled(self, start: datetime, due: datetime) -> Unsettled | None:
        a, b = self.local(start, "start"), self.local(due, "due")
        if a == b and a.fold == b.fold:
            return None  # no time is to be worked, so no notice can move it
        return self.day_rules.find_unsettled(*sorted((a.date(), b.date())))

    def _refuse(self, found: Unsettled | None) -> None:
        if found:
            raise self.unsettled_error(found)

    def unsettled_error(self, found: Unsettled) -> CoverageError:
        """Return the error of a strict calendar for a day that a notice may still move."""
        return CoverageError(
            calendar=self.name,
            day=found.day.isoformat(),
            first=max(self.first_day, self.known_from).isoformat(),
            last=self.known_through.isoformat(),
            code=found.code,
            document=found.document,
            through=self.known_through,
        )

    def check_covered(self, day: date) -> None:
        """Refuse a day outside the calendar."""
        if not self.first_day <= day <= self.last_day:
            raise self.coverage_error(day)

    def coverage_error(
        self, day: date | str, code: str = "days_unknown", **facts: object
    ) -> CoverageError:
        """Return the error for a day that is not covered, and why."""
        return CoverageError(
            calendar=self.name,
            day=str(day),
            first=self.first_day.isoformat(),
            last=self.last_day.isoformat(),
            code=code,
            **facts,
        )

    def local(self, at: datetime, field: str = "at") -> datetime:
        """Return an instant on the office's clock, if it is covered."""
        try:
            local = require_aware(at, field).astimezone(self.tzinfo)
        except OverflowError:
            raise self.coverage_error(f"{at.year:04d}") from None
        self.check_covered(local.date())
        return local

    def date_of(self, at: date, field: str = "start") -> date:
        """Return the date of an instant on the office's clock, or a date itself, if covered."""
        if isinstance(at, datetime):
            return self.local(at, field).date()
        if type(at) is not date:
            raise InputTypeError(code="not_a_start", field=field, value=short_repr(at))
        self.check_covered(at)
        return at

    def _move(self, at: datetime, budget: timedelta, field: str) -> datetime:
        """Return the instant at the end of a budget after `at`, or before it if negative."""
        at = require_aware(at, field)
        x, table = self._locate(at)
        if not budget:
            return at
        self._check_within_range(x, budget)
        forward = budget.days >= 0
        while True:
            p = table.position(x) + budget
            if p <= table.ends[-1] if forward else p >= table.floor:
                break
            table = self._grow(table, x, forward=forward)
            x = x.astimezone(table.zone)
        due = (table.earliest(p) if forward else table.latest(p)).astimezone(at.tzinfo)
        self.check_settled(at, due)
        return due

    def _check_within_range(self, x: datetime, budget: timedelta) -> None:
        """Refuse a budget longer than all covered time, before any year is loaded."""
        forward = budget.days >= 0
        day = self.last_day if forward else self.first_day
        room = to_instant(day, DAY if forward else ZERO, self.tzinfo) - x
        if budget > room if forward else budget < room:
            beyond, facts = day + (DAY if forward else -DAY), {"start": x.date()}
            raise self.coverage_error(beyond, "budget_beyond", budget=budget, **facts)

    def _locate(self, at: datetime, table: Table | None = None) -> tuple[datetime, Table]:
        """Return an instant in the zone of a table that has its day, and that table.

        The table has all that the given one has, which defaults to that of the loaded years.
        """
        local, table = self.local(at), table or self._table
        # Then a night, or a day of UTC, across New Year.
        for near in ((local,), (local - _MONTH, local + _MONTH)):
            if local.astimezone(table.zone).toordinal() not in table.days:
                years = [self._clip(day.year) for day in near] + list(table.years)
                table = self._load(range(min(years), max(years) + 1), table)
        return local.astimezone(table.zone), table

    def locate_both(self, start: datetime, end: datetime) -> tuple[datetime, datetime, Table]:
        """Return two instants in the zone of one table that has the days of both."""
        x, table = self._locate(require_aware(start, "start"))
        y, table = self._locate(require_aware(end, "end"), table)
        return x.astimezone(table.zone), y, table

    def _clip(self, year: int) -> int:
        return min(max(year, self.first_day.year), self.last_day.year)

    def _load(self, years: range, table: Table) -> Table:
        table = extend(
            table,
            self.day_rules,
            self.tzinfo,
            years,
            (self.first_day, self.last_day),
            strict=self.strict,
        )
        self._set(_table=table)
        return table

    def _grow(self, table: Table, x: datetime, *, forward: bool) -> Table:
        """Return a table of twice the years, which reaches further into the future or the past."""
        first, last, more = table.years[0], table.years[-1], len(table.years)
        low, high = (first, last + more) if forward else (first - more, last)
        years = range(self._clip(low), self._clip(high) + 1)
        if years == table.years:
            self._check_continues(forward=forward)
            beyond = self.last_day + DAY if forward else self.first_day - DAY
            raise self.coverage_error(beyond, "covered_until", start=x.date())
        return self._load(years, table)

    def _check_continues(self, *, forward: bool) -> None:
        """Raise `NoWorkingTimeError` if the hours end before the days covered do."""
        end = self.day_rules.find_last_date(forward=forward)
        if end is not None and (end < self.last_day if forward else end > self.first_day):
            raise NoWorkingTimeError(
                code="no_time_left_after" if forward else "no_time_left_before",
                calendar=self.name,
                day=end,
            )


def _view_parts(timetable: Any, day: date) -> Any:
    """Return the parts of a calendar, with each calendar in them as it was known on the day."""
    if isinstance(timetable, CombinedTimetable):
        return attrs.evolve(timetable, parts=tuple(_view_parts(p, day) for p in timetable.parts))
    return timetable.as_of(day) if timetable.has_own_days else timetable


# The version of a calendar: a short hash of what it answers from, stored with each deadline.
# Rule 1: it changes exactly when an answer or its reason could: with a session, a special day
# and what is known about it, a notice, an override, or a setting. It does not depend on the release
# of the package that predicts days, on the years that are loaded, on the order of notices, or on
# how a session is cut.
# Rule 2: a country's days are hashed from 2013, a year long before the first case, to five years
# after the last notice. A deadline beyond is counted again when it is verified.
# Twelve hex digits of SHA-256 over canonical JSON.
def _digest(calendar: "WorkCalendar") -> str:
    """Return the first twelve hex digits of the hash of a calendar's specification."""
    import hashlib
    import json

    text = json.dumps(
        _describe(calendar), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def _describe(calendar: "WorkCalendar") -> dict[str, object]:
    """Return the specification of a calendar as plain data."""
    rulings = {**calendar.day_rules.rulings, **calendar.day_rules.pending}
    # None if neither the calendar nor its country sets the first day with notices.
    known_from = calendar.days.known_from if calendar.days else None
    if calendar.known_from != calendar.first_known_day:
        known_from = calendar.known_from
    return {
        "format": _FORMAT,
        "zone": calendar.zone,
        "schedule": _timetable_data(calendar.timetable),
        "public_days": list(_public_days_data(calendar)),
        "notices": [_ruling_data(rulings[day]) for day in sorted(rulings)],
        "overrides": list(_days_data(calendar.overrides)),
        "known_from": str(known_from) if known_from else None,
        "known_through": str(calendar.known_through),
        "expected": calendar.expected,
    }


def _timetable_data(part: Any) -> object:
    """Return a timetable as plain data. A calendar in it is described in full."""
    if isinstance(part, CombinedTimetable):
        import json

        first = 1 if part.op == "difference" else 0
        parts = [_timetable_data(one) for one in part.parts]
        rest = {json.dumps(one, sort_keys=True): one for one in parts[first:]}
        return [part.op, *parts[:first], *(rest[text] for text in sorted(rest))]
    return part.key() if isinstance(part, Timetable | Spans) else _describe(part)


def _public_days_data(calendar: "WorkCalendar") -> Iterator[list[object]]:
    """Yield each public day of the years that are hashed, and the notice that fixed its date."""
    days = calendar.days
    if days is None:
        return
    fixed_by = notices_by_year(calendar._all_notices)
    last = min(calendar.known_through.year + _YEARS_BEYOND, days.last_day.year)
    for year in range(max(_FIRST_YEAR, days.first_day.year), last + 1):
        notice = fixed_by.get(year)
        by = [notice.document, str(notice.issued)] if notice else None
        for day, public in sorted(days.year(year).items()):
            other = str(public.swapped_with or "")
            names = (public.code, public.vi, public.en, public.source)
            fixed = by if public.yearly else None
            yield [str(day), public.kind, *names, other, public.floats, fixed]


def _ruling_data(ruling: Ruling) -> list[object]:
    [day], notice = _days_data([ruling.day]), ruling.notice
    return [*day, notice.document, str(notice.issued), notice.status]


def _days_data(days: Iterable[NoticeDay]) -> Iterable[list[object]]:
    return [
        [str(d.date), d.kind, format_sessions(d.sessions), str(d.swapped_with), d.note]
        for d in days
    ]
