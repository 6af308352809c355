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
        """Return the calendar."""
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
        role = _parse_role(role, role)
        named = sorted({*self.roles, *(role for role, _ in self.units)})
        raise InputError(
            field="calendar",
            problem=f"no hours for {role.value}" + (f" of {short_repr(unit)}" if unit else ""),
            way_out=f"add them to the mapping, which has {', '.join(named)}",
        )

    @property
    def calendars(self) -> tuple[WorkCalendar, ...]:
        """Every calendar that is kept by somebody, each once."""
        return tuple(dict.fromkeys((*self.roles.values(), *self.units.values())))


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
    if not callable(value):
        raise InputTypeError(
            field="calendar",
            problem=f"no hours: {short_repr(value)}",
            way_out="give a WorkCalendar, a mapping of roles, or a function of role and unit",
        )
    return value


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
                problem=f"{short_repr(actor)}: no calendar: {short_repr(calendar)}",
                way_out="give a WorkCalendar for each",
            )
        role, unit = actor if isinstance(actor, tuple) and len(actor) == 2 else (actor, None)
        if unit is None:
            roles[_parse_role(role, actor)] = calendar
            continue
        key = (_parse_role(role, actor), fold_id(clean_id(unit, field="calendar")))
        if key in units:
            raise InputError(
                field="calendar",
                problem=f"{short_repr(actor)} is named twice",
                way_out="name it once",
            )
        units[key] = calendar
    return CalendarsByActor(roles, units)


def _parse_role(value: object, actor: object) -> Role:
    if isinstance(value, str) and value in tuple(Role):
        return Role(value)
    raise InputError(
        field="calendar",
        problem=f"no role: {short_repr(actor)}",
        way_out=f"a role, or a pair of role and unit; roles are {', '.join(Role)}",
    )
