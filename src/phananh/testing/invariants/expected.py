"""The numbers of a regulation, typed apart from the rules that are checked against it."""

from collections.abc import Mapping
from datetime import timedelta
from functools import cached_property
from typing import Any, Literal

import attrs

from phananh.errors import InputTypeError, short_repr
from phananh.regulation.deadline import Budget, check_budget
from phananh.regulation.request import Role
from phananh.regulation.rules import Rules
from phananh.testing.invariants.outcomes import NEW, Outcome, Outcomes, read_decision

_HANDLERS = frozenset({Role.OFFICER, Role.AGENCY, Role.PROVIDER, Role.LEADERSHIP})
_MAY_BE_BUDGET = attrs.validators.optional(check_budget)


def _as_in_rules(name: str, default: Any) -> Any:
    """Return a field with a default of its own, whose values are those of the rules' field."""
    own = attrs.fields_dict(Rules)[name]
    return attrs.field(default=default, validator=own.validator, converter=own.converter)


def _check_outcomes(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    tables = value.values() if isinstance(value, Mapping) else [value]
    lines = [line for each in tables if isinstance(each, Mapping) for line in each.values()]
    is_whole = all(isinstance(each, Mapping) for each in tables)
    if value is not None and not (is_whole and all(isinstance(line, Outcome) for line in lines)):
        raise InputTypeError(field=field.name, code="not_outcomes", value=short_repr(value))


@attrs.frozen(kw_only=True)
class Expected:
    """The numbers, readings and outcomes that rules must have.

    By default they are those of Decision 2370: 5 working hours (9.1), 8 (9.2), rescheduled once
    (9.3), under the default readings. If you check rules of your own, type here what their text
    says. `Expected.of(rules)` takes numbers and readings from the rules themselves: then only
    what the rules do with them is checked.

    Args:
        officer_limit, agency_limit, provider_limit, leadership_limit, reply_limit: working time,
            or a `Term`. None is no limit.
        reschedules: how often a case may be rescheduled.
        outcomes: which role may do what in which position, typed by hand. None leaves V34 out.

    Raises:
        InputError: a field has a value that rules cannot have.
    """

    officer_limit: Budget = attrs.field(default=timedelta(hours=5), validator=check_budget)
    agency_limit: Budget = attrs.field(default=timedelta(hours=8), validator=check_budget)
    provider_limit: Budget | None = attrs.field(default=None, validator=_MAY_BE_BUDGET)
    leadership_limit: Budget | None = attrs.field(default=None, validator=_MAY_BE_BUDGET)
    reply_limit: Budget | None = attrs.field(default=None, validator=_MAY_BE_BUDGET)
    reschedules: int = _as_in_rules("reschedules", 1)
    first_appointment_counts: bool = _as_in_rules("first_appointment_counts", default=False)
    reschedule_moves_due: bool = _as_in_rules("reschedule_moves_due", default=True)
    reschedule_after_due: bool = _as_in_rules("reschedule_after_due", default=False)
    reassign_restarts_clock: bool = _as_in_rules("reassign_restarts_clock", default=False)
    asked_again: Literal["continues", "fresh"] = _as_in_rules("asked_again", "continues")
    late_after: Literal["due", "next_opening"] = _as_in_rules("late_after", "due")
    overdue_stages: frozenset[Role] = _as_in_rules("overdue_stages", _HANDLERS)
    contact_gate: bool = _as_in_rules("contact_gate", default=True)
    contact_required: frozenset[str] = _as_in_rules(
        "contact_required", frozenset({"name", "reply"})
    )
    notice_reaches_back: bool = _as_in_rules("notice_reaches_back", default=False)
    outcomes: Outcomes | None = attrs.field(
        factory=read_decision, repr=False, validator=_check_outcomes
    )

    @classmethod
    def of(cls, rules: Rules, *, outcomes: Outcomes | None = None) -> "Expected":
        """Return the numbers and readings of the rules themselves.

        Raises:
            InputTypeError: `rules` are no `Rules`.
        """
        if not isinstance(rules, Rules):
            raise InputTypeError(field="rules", code="not_rules", value=short_repr(rules))
        names = {field.name for field in attrs.fields(cls) if field.init} - {"outcomes"}
        given = {name: getattr(rules, name) for name in names}
        limits = {name: limit and limit.budget for name, limit in given.items() if "_limit" in name}
        return cls(**given | limits, outcomes=outcomes)

    def limit(self, role: Role) -> Budget | None:
        """Return the limit that starts when a case comes to `role`."""
        return {
            Role.OFFICER: self.officer_limit,
            Role.AGENCY: self.agency_limit,
            Role.PROVIDER: self.provider_limit,
            Role.LEADERSHIP: self.leadership_limit,
        }.get(role)

    @property
    def no_reschedule(self) -> bool:
        """Whether no case may be rescheduled, as R5 and R32 are read."""
        return self.reschedules <= self.first_appointment_counts

    @cached_property
    def _typed(self) -> Outcomes:
        """The typed lines, those of a reading in place of the others if it is the one."""
        found: dict[str, dict[str, Outcome]] = {}
        for name, lines in sorted(
            (self.outcomes or {}).items(), key=lambda each: " if " in each[0]
        ):
            position, _, reading = name.partition(" if ")
            if not reading or getattr(self, reading):
                found[position] = {**found.get(position, {}), **lines}
        return found

    def find_outcome(self, position: str, trigger: str) -> Outcome | None:
        """Return the line of the typed table for an act at a position under these readings."""
        return self._typed.get(position, {}).get(trigger)

    def list_positions(self) -> list[str]:
        """Return the typed positions that some case must come to under these readings."""
        return [position for position in self.outcomes or () if self._comes_to(position)]

    def _comes_to(self, position: str) -> bool:
        state, _, holder = position.partition("/")
        if state != "overdue" or " if " in position:
            return state != NEW and " if " not in position
        late = {role for role in self.overdue_stages if self.limit(role) is not None}
        is_late_officer = Role.AGENCY in late and holder == Role.OFFICER  # has the findings
        return holder in late or is_late_officer


def require_expected(value: object) -> Expected:
    """Return what is expected, by default of Decision 2370.

    Raises:
        InputTypeError: it is something else, such as the rules themselves.
    """
    if value is None or isinstance(value, Expected):
        return value or Expected()
    form, given = "Expected(...), or Expected.of(rules)", type(value).__name__
    raise InputTypeError(
        field="expected", code="not_of_type", value=given, kind="Expected", form=form
    )
