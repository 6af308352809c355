"""The numbers of a regulation, typed apart from the rules that are checked against it."""

from datetime import timedelta
from typing import Literal

import attrs

from phananh.errors import InputTypeError, short_repr
from phananh.regulation.rules import Rules
from phananh.regulation.values.budget import Budget
from phananh.regulation.values.request import Role
from phananh.testing.invariants.outcomes import Outcomes, read_decision

_HANDLERS = frozenset({Role.OFFICER, Role.AGENCY, Role.PROVIDER, Role.LEADERSHIP})


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
    """

    officer_limit: Budget = timedelta(hours=5)
    agency_limit: Budget = timedelta(hours=8)
    provider_limit: Budget | None = None
    leadership_limit: Budget | None = None
    reply_limit: Budget | None = None
    reschedules: int = 1
    first_appointment_counts: bool = False
    reschedule_moves_due: bool = True
    reschedule_after_due: bool = False
    reassign_restarts_clock: bool = False
    asked_again: Literal["continues", "fresh"] = "continues"
    late_after: Literal["due", "next_opening"] = "due"
    overdue_stages: frozenset[Role] = _HANDLERS
    contact_gate: bool = True
    outcomes: Outcomes | None = attrs.field(factory=read_decision, repr=False)

    @classmethod
    def of(cls, rules: Rules, *, outcomes: Outcomes | None = None) -> "Expected":
        """Return the numbers and readings of the rules themselves.

        Raises:
            InputTypeError: `rules` are no `Rules`.
        """
        if not isinstance(rules, Rules):
            raise InputTypeError(field="rules", code="not_rules", value=short_repr(rules))
        names = {field.name for field in attrs.fields(cls)} - {"outcomes"}
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
