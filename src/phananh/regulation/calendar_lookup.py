"""Which hours count for whom: the centre and an agency may keep different ones (Art. 3.2, R18)."""

from collections.abc import Callable, Mapping

import attrs

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.regulation.values.cleaning import clean_id, fold_id
from phananh.regulation.values.request import Role
from phananh.worktime import WorkCalendar, vietnam_calendar

# role, unit -> the calendar by which that holder's time is counted
CalendarLookup = Callable[[Role, str | None], WorkCalendar]
# a role, or a role and one unit of it
Actor = Role | tuple[Role, str]
CalendarChoice = (
    WorkCalendar | Mapping[Role, WorkCalendar] | Mapping[Actor, WorkCalendar] | CalendarLookup
)


@attrs.frozen
class OneCalendar:
    """The same hours for everybody."""

    calendar: WorkCalendar

    def __call__(self, role: Role, unit: str | None) -> WorkCalendar:
        """Return the calendar; a role that there is none of is an InputError."""
        if type(role) is not Role:
            _parse_role(role, role)
        return self.calendar

    @property
    def calendars(self) -> tuple[WorkCalendar, ...]:
        """Every calendar that is kept by somebody."""
        return (self.calendar,)


@attrs.frozen
class CalendarsByActor:
    """Hours by role, and by role and unit: a unit's own go first, however it is spelt."""

    roles: Mapping[Role, WorkCalendar]
    units: Mapping[tuple[Role, str], WorkCalendar]

    def __call__(self, role: Role, unit: str | None) -> WorkCalendar:
        """Return the unit's calendar, else the role's.

        Raises:
            InputError: nobody said which hours they keep.
        """
        own = self.units.get((role, fold_id(unit))) if unit and self.units else None
        calendar = own or self.roles.get(role)
        if calendar is not None:
            return calendar
        raise InputError(
            field="calendar",
            code="no_hours_for_unit" if unit else "no_hours_for_role",
            role=_parse_role(role, role).value,
            unit=short_repr(unit),
            known=tuple(sorted({*self.roles, *(role for role, _ in self.units)})),
        )

    @property
    def calendars(self) -> tuple[WorkCalendar, ...]:
        """Every calendar that is kept by somebody, each once."""
        return tuple(dict.fromkeys((*self.roles.values(), *self.units.values())))


@attrs.frozen
class OwnFunction:
    """A function of the caller's own, held to its word."""

    function: CalendarLookup

    def __call__(self, role: Role, unit: str | None) -> WorkCalendar:
        """Return what the function gives.

        Raises:
            InputTypeError: that is no calendar.
        """
        calendar: object = self.function(role, unit)
        if isinstance(calendar, WorkCalendar):
            return calendar
        raise InputTypeError(
            field="calendar", code="not_a_calendar_from_function", value=short_repr(calendar),
            role=role.value, unit=short_repr(unit),
        )  # fmt: skip

    @property
    def calendars(self) -> tuple[WorkCalendar, ...]:
        """Every calendar that the function names itself; a plain one names none."""
        return tuple(getattr(self.function, "calendars", ()))


def make_lookup(value: CalendarChoice | None) -> CalendarLookup:
    """Return the function role, unit -> calendar, however the hours are given.

    One calendar serves everybody. A mapping names roles, or pairs of a role and a unit, which
    go first; whom it does not name is an InputError when their time is first counted. None is
    preset A.
    """
    if value is None:
        value = vietnam_calendar("A")
    if isinstance(value, WorkCalendar):
        return OneCalendar(value)
    if isinstance(value, Mapping):
        return _sort_by_actor(value)
    if isinstance(value, OneCalendar | CalendarsByActor | OwnFunction):
        return value
    if not callable(value):
        raise InputTypeError(
            field="calendar", code="not_a_calendar_choice", value=short_repr(value)
        )
    return OwnFunction(value)


def list_calendars(hours: CalendarLookup) -> tuple[WorkCalendar, ...]:
    """Return the calendars that hours can name; a function of the caller's own names none."""
    return getattr(hours, "calendars", ())


def _sort_by_actor(
    given: Mapping[Role, WorkCalendar] | Mapping[Actor, WorkCalendar],
) -> CalendarsByActor:
    roles: dict[Role, WorkCalendar] = {}
    units: dict[tuple[Role, str], WorkCalendar] = {}
    for actor, calendar in given.items():
        if not isinstance(calendar, WorkCalendar):
            raise InputTypeError(
                field="calendar",
                code="not_a_calendar_of_actor",
                value=short_repr(calendar),
                actor=short_repr(actor),
            )
        role, unit = actor if isinstance(actor, tuple) and len(actor) == 2 else (actor, None)
        if unit is None:
            roles[_parse_role(role, actor)] = calendar
            continue
        key = (_parse_role(role, actor), fold_id(clean_id(unit, field="calendar")))
        if key in units:
            raise InputError(field="calendar", code="actor_named_twice", value=short_repr(actor))
        units[key] = calendar
    return CalendarsByActor(roles, units)


def _parse_role(value: object, actor: object) -> Role:
    if isinstance(value, str) and value in tuple(Role):
        return Role(value)
    known = tuple(each.value for each in Role)
    raise InputError(field="calendar", code="not_a_role", value=short_repr(actor), known=known)
