"""A calendar as a value: equal by what it is made of, written out, pasted back, pickled."""

from typing import TYPE_CHECKING, Any

from phananh.worktime.timetables.algebra import Operand

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from phananh.worktime.calendar.work_calendar import WorkCalendar
    from phananh.worktime.days.conflicts import Contradiction
    from phananh.worktime.days.notices import Notice, NoticeDay
    from phananh.worktime.days.vietnam import PublicDays
    from phananh.worktime.timetables.algebra import CombinedTimetable
    from phananh.worktime.timetables.timetable import Timetable


class CalendarValue(Operand):
    """What makes a `WorkCalendar` a value; which years it has loaded is no part of it."""

    __slots__ = ()

    if TYPE_CHECKING:  # the fields of the calendar
        timetable: Timetable | CombinedTimetable
        name: str
        zone: str
        days: PublicDays | None
        notices: tuple[Notice, ...]
        overrides: tuple[NoticeDay, ...]
        known_through: date
        strict: bool
        expected: bool

    def key(self) -> tuple[object, ...]:
        """Return what the calendar is made of: equal keys, equal calendars."""
        made = self.timetable
        hours = (made.key(), made.source, made.source_en, made.assumed)
        named = (self.name, self.zone, self.known_through, self.strict, self.expected)
        notices = tuple(sorted(set(self.notices), key=repr))  # their order means nothing
        return (*named, *hours, self.days, self.overrides, notices)

    def as_of(self, day: "date") -> "WorkCalendar":
        """Return the calendar as it was known on a day: without the notices known later.

        What it then said of a deadline is what could be promised on that day.

        Raises:
            InputError: nobody can say what was known on that day.
        """
        from phananh.worktime.calendar.as_of import as_known_on

        return as_known_on(self, day)  # type: ignore[arg-type]  # the only value of this kind

    def with_notices(self, notices: "Iterable[Notice]") -> "WorkCalendar":
        """Return the calendar with more notices, and known as far as they settle it."""
        from phananh.worktime.calendar.as_of import with_notices

        return with_notices(self, notices)  # type: ignore[arg-type]  # as above

    @property
    def contradictions(self) -> "tuple[Contradiction, ...]":
        """Where its notices disagree, and which of them holds: the last issued."""
        from phananh.worktime.days.conflicts import contradictions

        return contradictions((*(self.days.notices if self.days else ()), *self.notices))

    @property
    def source(self) -> str:
        """What the hours rest on, in Vietnamese."""
        return self.timetable.source

    @property
    def source_en(self) -> str:
        """What the hours rest on, in English."""
        return self.timetable.source_en

    @property
    def assumed(self) -> bool:
        """Whether the hours are assumed: no document is known to set them."""
        return self.timetable.assumed

    def __eq__(self, other: object) -> bool:
        """Compare what the calendars are made of, not which years they have loaded."""
        if not isinstance(other, CalendarValue):
            return NotImplemented
        return self.key() == other.key()

    def __hash__(self) -> int:
        """Hash what the calendar is made of."""
        return hash((self.name, self.zone, self.known_through, self.overrides))

    def __repr__(self) -> str:
        """Return what can be pasted back, after `import datetime`."""
        given = (
            f"{field.name}={value!r}"
            for field in type(self).__attrs_attrs__  # type: ignore[attr-defined]
            if field.init and (value := getattr(self, field.name)) != self._default(field)
        )
        return f"WorkCalendar({', '.join(given)})"

    def _default(self, field: Any) -> Any:
        made = getattr(field.default, "factory", None)
        return field.default if made is None else made(self)

    def _given(self) -> dict[str, Any]:
        return {f.name: getattr(self, f.name) for f in type(self).__attrs_attrs__ if f.init}  # type: ignore[attr-defined]

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle what the calendar is made of; the copy loads its own years."""
        return _rebuilt, (self._given(),)


def _rebuilt(parts: dict[str, Any]) -> "WorkCalendar":
    from phananh.worktime.calendar.work_calendar import WorkCalendar

    return WorkCalendar(**parts)
