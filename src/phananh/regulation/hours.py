"""Which hours count for whom: the centre and an agency may keep different ones (Art. 3.2, R18)."""

from collections.abc import Callable, Mapping

from phananh.errors import InputError, InputTypeError, shown
from phananh.regulation.request import Role
from phananh.worktime import WorkCalendar, vietnam_calendar

# role, unit -> the calendar by which that holder's time is counted
Hours = Callable[[Role, str | None], WorkCalendar]


def as_hours(value: WorkCalendar | Mapping[Role, WorkCalendar] | Hours | None) -> Hours:
    """Return the function role, unit -> calendar, however the hours are given.

    One calendar serves everybody; a mapping names roles, and a role it does not name is an
    InputError when its time is first counted; None is preset A.
    """
    if value is None:
        value = vietnam_calendar("A")
    if isinstance(value, WorkCalendar):
        calendar = value
        return lambda _role, _unit: calendar
    if isinstance(value, Mapping):
        return _by_role(value)
    if not callable(value):
        raise InputTypeError(
            field="calendar",
            problem=f"no hours: {shown(value)}",
            way_out="give a WorkCalendar, a mapping of roles, or a function of role and unit",
        )
    return value


def _by_role(calendars: Mapping[Role, WorkCalendar]) -> Hours:
    def hours(role: Role, _unit: str | None) -> WorkCalendar:
        if role not in calendars:
            raise InputError(
                field="calendar",
                problem=f"no hours for {role.value}",
                way_out=f"add them to the mapping, which has {', '.join(sorted(calendars))}",
            )
        return calendars[role]

    return hours
