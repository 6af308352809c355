"""A calendar as a value: its fields, equality, operators and repr, without methods on time.

Two calendars are equal by what they are made of, not by the years they have loaded. `|`, `&`
and `-` give a calendar if one of the two is a calendar (see `timetables/algebra.py`).
"""

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import Any, ClassVar, Self

import attrs

from phananh.plain_data import rebuild
from phananh.worktime.calendar.as_of import view_as_of, with_notices
from phananh.worktime.calendar.combined import CombinedDayRules
from phananh.worktime.calendar.coverage import coverages_of, first_known_day, list_calendars
from phananh.worktime.calendar.day_rules import DayRules
from phananh.worktime.calendar.years import Years
from phananh.worktime.days.conflicts import Contradiction, find_contradictions
from phananh.worktime.days.notices import Notice, NoticeDay, last_settled_day, sort_overrides
from phananh.worktime.days.vietnam import VIETNAM_DAYS, PublicDays, require_public_days
from phananh.worktime.timetables.algebra import OPS, CombinedTimetable, Operand, is_operand
from phananh.worktime.timetables.timetable import Timetable
from phananh.worktime.validators import check_date, check_flag, check_name, tuple_of


def last_known_day(calendar: "CalendarValue") -> date:
    """Return the last day that a calendar's notices cover, the default of `known_through`."""
    own = last_settled_day(calendar.notices) or date.min
    parts = coverages_of(calendar.timetable, calendar.days)
    return max(own, min(part.known_through for part in parts))


def _notices(given: Iterable[Notice]) -> tuple[Notice, ...]:
    return tuple_of(Notice, "notices", given)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CalendarValue(Operand):
    """The fields of a `WorkCalendar`, where the arguments are described."""

    has_own_days: ClassVar[bool] = True

    timetable: Timetable | CombinedTimetable
    name: str = attrs.field(default="work", validator=check_name)
    zone: str = "Asia/Ho_Chi_Minh"
    days: PublicDays | None = attrs.field(default=VIETNAM_DAYS, converter=require_public_days)
    notices: tuple[Notice, ...] = attrs.field(default=(), converter=_notices)
    overrides: tuple[NoticeDay, ...] = attrs.field(default=(), converter=sort_overrides)
    known_from: date = attrs.field(
        default=attrs.Factory(lambda c: first_known_day(c.timetable, c.days), takes_self=True),
        validator=check_date,
    )
    known_through: date = attrs.field(
        default=attrs.Factory(last_known_day, takes_self=True), validator=check_date
    )
    strict: bool = attrs.field(default=False, validator=check_flag)
    expected: bool = attrs.field(default=False, validator=check_flag)
    _years: Years = attrs.field(init=False)
    _version: str = attrs.field(init=False, default="")

    @property
    def first_day(self) -> date:
        """The first day that the calendar covers. Earlier ones raise CoverageError."""
        return max(part.first_day for part in coverages_of(self.timetable, self.days))

    @property
    def last_day(self) -> date:
        """The last day that the calendar covers. Later ones raise CoverageError."""
        return min(part.last_day for part in coverages_of(self.timetable, self.days))

    @property
    def day_rules(self) -> DayRules | CombinedDayRules:
        """What each date is, by the calendar's sources in their order of precedence."""
        return self._years.day_rules

    @property
    def tzinfo(self) -> tzinfo:
        """The zone of the office's clock."""
        return self._years.zone

    def local(self, t: datetime) -> datetime:
        """Return an instant on the office's clock."""
        return self._years.local(t)

    @property
    def contradictions(self) -> tuple[Contradiction, ...]:
        """The days on which its notices disagree. The notice issued last counts."""
        return find_contradictions((*(self.days.notices if self.days else ()), *self.notices))

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
            from phananh.worktime.calendar.version import digest

            object.__setattr__(self, "_version", digest(self))
        return self._version

    @property
    def assumptions(self) -> tuple[str, ...]:
        """What a deadline assumes, because the Regulation does not name the hours (Art. 9)."""
        return (f"hours: {self.timetable.source_en}",) if self.timetable.source_en else ()

    def as_of(self, day: date) -> Self:
        """Return the calendar as it was known on a day: without the notices known later.

        Its deadlines are those that an office could promise on that day.

        Raises:
            InputError: the public days have no history for that day.
        """
        return view_as_of(self, day)

    def with_notices(self, notices: Iterable[Notice]) -> Self:
        """Return the calendar with more notices, with `known_through` as far as they settle it.

        Raises:
            InputError: a notice contradicts another of the same date of issue.
            InputTypeError: it is not a list of notices.
        """
        return with_notices(self, notices)

    def key(self) -> tuple[object, ...]:
        """Return a key of the calendar: two calendars with equal keys are equal."""
        hours = (self.timetable.key(), self.source, self.source_en, self.assumed)
        named = (
            self.name,
            self.zone,
            self.known_from,
            self.known_through,
            self.strict,
            self.expected,
        )
        notices = tuple(sorted(set(self.notices), key=repr))  # their order does not matter
        return (*named, *hours, self.days, self.overrides, notices)

    def __rsub__(self, other: Any) -> Any:
        """Return a calendar that is open if the other is and this one is not."""
        return (
            self._combine("difference", other, self)
            if isinstance(other, Operand)
            else NotImplemented
        )

    def __eq__(self, other: object) -> bool:
        """Compare the fields of the calendars, not the years they have loaded."""
        return self.key() == other.key() if isinstance(other, CalendarValue) else NotImplemented

    def __hash__(self) -> int:
        """Hash some fields of the calendar."""
        return hash((self.name, self.zone, self.known_through, self.overrides))

    def __repr__(self) -> str:
        """Return the calendar as code, which you can run after `import datetime`."""
        shown = (
            f"{field.name}={value!r}"
            for field in attrs.fields(type(self))
            if field.init and (value := getattr(self, field.name)) != self._default(field)
        )
        return f"WorkCalendar({', '.join(shown)})"

    def _default(self, field: "attrs.Attribute[Any]") -> Any:
        make = getattr(field.default, "factory", None)
        return field.default if make is None else make(self)

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle the fields of the calendar. The copy loads its own years."""
        names = (field.name for field in attrs.fields(type(self)) if field.init)
        return rebuild, (type(self), {name: getattr(self, name) for name in names})

    @staticmethod
    def _combine(op: str, one: Any, other: Any) -> Any:
        """Return two values under an operation, if at least one is a calendar."""
        if not (is_operand(one) and is_operand(other)):
            return NotImplemented
        if isinstance(one, CalendarValue) and isinstance(other, CalendarValue):
            return one._join(op, other)
        calendar = one if isinstance(one, CalendarValue) else other
        parts = [each.timetable if each is calendar else each for each in (one, other)]
        return attrs.evolve(calendar, timetable=CombinedTimetable(op, parts))

    def _part(self) -> Any:
        """Return the calendar as a part: its own parts, if it adds no notices or overrides."""
        adds = self.notices or self.overrides
        return self.timetable if list_calendars(self.timetable) and not adds else self

    def _join(self, op: str, other: "CalendarValue") -> Self:
        """Return two calendars under an operation. Each uses its own days, the name has both."""
        both = (self, other)
        parts = [each._part() for each in both]
        return attrs.evolve(
            self,
            timetable=CombinedTimetable(op, parts),
            name=f"{self.name} {OPS[op]} {other.name}",
            days=None,
            notices=(),
            overrides=(),
            known_from=max(self.known_from, other.known_from),
            known_through=min(self.known_through, other.known_through),
            strict=self.strict or other.strict,
            expected=False,
        )
