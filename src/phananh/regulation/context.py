"""The context of a decision: instant, rules, and the calendar of each holder (Art. 3.2, R18)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import attrs

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.plain_value import Value
from phananh.regulation.cleaning import clean_id, fold_id, to_vietnam_time
from phananh.regulation.deadline import Budget, Deadline, Limit, lay_limit
from phananh.regulation.request import Holder, Role
from phananh.worktime import WorkCalendar
from phananh.worktime.instants import require_aware

if TYPE_CHECKING:
    from phananh.regulation.rules import Rules

# role, unit -> the calendar by which that holder's time is counted
CalendarLookup = Callable[[Role, str | None], WorkCalendar]
# unit, moment -> the id of its head then, or None if none is known
HeadLookup = Callable[[str, datetime], str | None]
# a role, or a role and one unit of it
Actor = Role | tuple[Role, str]
CalendarChoice = (
    WorkCalendar | Mapping[Role, WorkCalendar] | Mapping[Actor, WorkCalendar] | CalendarLookup
)


@attrs.frozen(eq=False, repr=False, slots=False)
class CalendarsByActor(Value):
    """Hours by role, and by role and unit: a unit's own come first, however it is spelt."""

    roles: Mapping[Role, WorkCalendar]
    units: Mapping[tuple[Role, str], WorkCalendar]

    def __call__(self, role: Role, unit: str | None) -> WorkCalendar:
        """Return the unit's calendar, else the role's.

        Raises:
            InputError: neither the unit nor the role has hours.
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
        """Every calendar in use, each once."""
        return tuple(dict.fromkeys((*self.roles.values(), *self.units.values())))


def make_lookup(value: CalendarChoice | None) -> CalendarLookup:
    """Return the function role, unit -> calendar, however the hours are given.

    One calendar is for every holder. The keys of a mapping are roles, or pairs of a role and a
    unit, which come first. A holder that is not in it is an InputError when their time is first
    counted. None means preset A.
    """
    if value is None:
        from phananh.worktime import vietnam_calendar  # with every other preset

        value = vietnam_calendar("A")
    if isinstance(value, WorkCalendar):
        return CalendarsByActor(dict.fromkeys(Role, value), {})
    if isinstance(value, Mapping):
        return _sort_by_actor(value)
    if not callable(value):
        raise InputTypeError(
            field="calendar", code="not_a_calendar_choice", value=short_repr(value)
        )
    return value


def list_calendars(hours: CalendarLookup) -> tuple[WorkCalendar, ...]:
    """Return the calendars of a lookup: of your own function, those in its `calendars`, if any."""
    return tuple(getattr(hours, "calendars", ()))


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


def _parse_role(value: Any, actor: object) -> Role:
    if value in tuple(Role):
        return Role(value)
    raise InputError(
        field="calendar",
        code="not_a_role",
        value=short_repr(actor),
        known=tuple(each.value for each in Role),
    )


def _on_one_clock(at: datetime) -> datetime:
    """Return the instant on the clock in Vietnam, because clock changes of a zone may mislead."""
    return to_vietnam_time(require_aware(at, "at"))


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)  # quicker to make
class DecisionContext(Value):
    """When an act is decided, under which rules, and which calendar counts for which holder.

    `named_by_code`: the person who acts named the case by its tracking code (R48). `recorded_at`
    is when the act is entered, by the clock of the desk (R49). `head_of` knows who heads a unit, if
    the desk has a directory (R33).
    """

    at: datetime = attrs.field(converter=_on_one_clock)
    rules: Rules
    calendar_for: CalendarLookup
    named_by_code: bool = False
    recorded_at: datetime | None = None
    head_of: HeadLookup | None = None

    def start_limit(self, limit: Limit | None, holder: Holder) -> Deadline | None:
        """Return the deadline that starts now for `holder`, or None without a limit."""
        return self.lay_limit(limit.budget, limit.article.id, holder) if limit else None

    def lay_limit(
        self, budget: Budget, article: str, holder: Holder, *, continues: Budget | None = None
    ) -> Deadline:
        """Return the deadline of a budget that starts now, or `continues` a limit (R10, R41)."""
        return lay_limit(
            budget,
            article=article,
            at=self.at,
            calendar=self.calendar_for(holder.role, holder.unit),
            rules=self.rules,
            continues=continues,
        )
