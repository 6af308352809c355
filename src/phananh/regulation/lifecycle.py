"""Who holds a case and what they may do with it: Art. 7-8, as one table.

Rule 1: every step is a row of LIFECYCLE. Nothing else decides that a step exists;
        a guard only says why it may not be taken now.
Rule 2: this file knows no clock, no store and no calendar.
Rule 3: a row cites the clause it comes from, and a clause that moves a case has a row.

Read a row as: on this act, from here, while it lies with these, to there; these people may.
`KEPT` is a state that stays. `holds` says that the actor must be who the case lies with.
Elsewhere: when it is due (deadline.py), moving it once (reschedule.py), by a
changed calendar (moving.py), the accused
(conduct.py). Two guards stand before every row: the actor, and whoever the act names, is
not accused (8.1.c2). The picture in docs/reference/lifecycle.md is drawn from LIFECYCLE.
"""

from datetime import datetime
from enum import Enum

import attrs

from phananh.articles import Article
from phananh.regulation import recorders as rec
from phananh.regulation.case import Case
from phananh.regulation.commendation import COMMENDATION
from phananh.regulation.conduct import (
    REASSIGNMENT,
    about_conduct,
    unit_of_accused,
)
from phananh.regulation.deadline import is_late
from phananh.regulation.deadline_move import MOVING
from phananh.regulation.guards import Facts, Guard, guard, says
from phananh.regulation.intake import REJECTION, within_scope
from phananh.regulation.publication import PUBLICATION, sender_unnamed
from phananh.regulation.receipt import COMPLETION, RATING
from phananh.regulation.reschedule import ONCE
from phananh.regulation.rules import Rules
from phananh.regulation.values.acts import Escalate, RequestVerification
from phananh.regulation.values.request import Kind, Role, State


class _Kept(Enum):
    KEPT = "="


KEPT = _Kept.KEPT
ANYBODY: frozenset[Role] = frozenset()


@attrs.frozen(kw_only=True, eq=False)
class Row:
    """One step: trigger, states, holders, target, roles, guards, what is recorded, clause.

    `holders` tells alternatives of one state and trigger apart (empty: whoever holds it);
    `target` those of one act. Both are data, so that two rows that could both pass are found
    when the table is compiled. `to` is the role that holds the case afterwards, None where
    it stays or nobody does.
    """

    trigger: str
    sources: tuple[State, ...]
    dest: State | _Kept
    holders: frozenset[Role] = ANYBODY
    target: Role | None = None
    to: Role | None = None
    who: frozenset[Role]
    holds: bool = True
    guards: tuple[Guard, ...] = ()
    records: rec.Recorder
    article: Article


# What each target is for (Art. 8.1.b, 8.2.a, 8.3, reading R26).
FITS: dict[Role, frozenset[Kind]] = {
    Role.OFFICER: frozenset({Kind.INFORMATION, Kind.REGULATION, Kind.CONDUCT, Kind.PROPOSAL}),
    Role.PROVIDER: frozenset({Kind.SERVICE}),
    Role.LEADERSHIP: frozenset(
        {Kind.INFORMATION, Kind.REGULATION, Kind.CONDUCT, Kind.PROPOSAL, Kind.SERVICE}
    ),
}


def _fits(article: str) -> Guard:
    @guard("unfit_target", article, needs_act=True)
    def fits(case: Case, act: Escalate, _at: datetime, rules: Rules) -> Facts | None:
        if case.kind in FITS[act.to.role] or within_scope.check(case, act, _at, rules) is not None:
            return None
        return {"role": act.to.role.value}

    return fits


@guard("past_appointment", "8.1.c1", needs_act=True)
def in_the_future(
    _case: Case, act: RequestVerification, at: datetime, _rules: Rules
) -> Facts | None:
    """Object to an appointment that is not after now."""
    return None if act.appointment > at else {}


@guard("not_due", "9.2")
def ran_out(case: Case, _act: object, at: datetime, _rules: Rules) -> Facts | None:
    """Object to a lapse while no clock has run out."""
    clock = case.clock
    return None if clock is not None and is_late(at, late_after=clock.late_after) else {}


_S, _R = State, Role
_OPEN = (_S.RECEIVED, _S.ESCALATED, _S.PENDING_VERIFICATION, _S.OVERDUE)
_DONE = (_S.ANSWERED, _S.CLOSED)


def _row(
    trigger: str,
    sources: tuple[State, ...] | State,
    dest: State | _Kept,
    who: str,
    article: str,
    records: rec.Recorder,
    *guards: Guard,
    holders: str = "",
    target: Role | None = None,
    to: Role | None = None,
    holds: bool = True,
) -> Row:
    """Return a row; roles are written as words, so that a misspelt one fails at import."""
    return Row(
        trigger=trigger,
        sources=(sources,) if isinstance(sources, State) else sources,
        dest=dest,
        holders=frozenset(Role(word) for word in holders.split()),
        target=target,
        to=to,
        who=frozenset(Role(word) for word in who.split()),
        holds=holds,
        guards=guards,
        records=records,
        article=Article(article),
    )


# One step a block, read far more often than edited; the formatter would stand it on its head.
# fmt: off
LIFECYCLE: tuple[Row, ...] = (
    _row("complete", _S.RECEIVED, KEPT, "operator citizen", "10.2.a", rec.completed,
         *COMPLETION, holds=False),
    _row("reject", _S.RECEIVED, _S.REJECTED, "operator", "7.2", rec.rejected,
         *REJECTION),
    _row("answer", _S.RECEIVED, _S.ANSWERED, "operator", "8.1.a", rec.answered,
         within_scope, says("text", "8.1.a")),
    _row("escalate", _S.RECEIVED, _S.ESCALATED, "operator", "8.1.b", rec.escalated,
         within_scope, _fits("8.1.b"), target=_R.OFFICER, to=_R.OFFICER),
    _row("escalate", _S.RECEIVED, _S.ESCALATED, "operator", "8.2.a", rec.escalated,
         within_scope, _fits("8.2.a"), target=_R.PROVIDER, to=_R.PROVIDER),
    _row("escalate", _S.RECEIVED, _S.ESCALATED, "operator", "8.3", rec.escalated,
         within_scope, _fits("8.3"), target=_R.LEADERSHIP, to=_R.LEADERSHIP),
    _row("advise", (_S.ESCALATED, _S.OVERDUE), _S.RECEIVED, "leadership", "8.3", rec.advised,
         says("text", "8.3"), holders="leadership", to=_R.OPERATOR),
    _row("answer", _S.ESCALATED, _S.ANSWERED, "officer", "8.1.b", rec.answered,
         says("text", "8.1.b"), holders="officer"),
    _row("answer", _S.OVERDUE, _S.ANSWERED, "officer", "8.1.c1", rec.answered,
         says("text", "8.1.c1"), holders="officer"),
    _row("answer", (_S.ESCALATED, _S.OVERDUE), _S.ANSWERED, "provider", "8.2.b", rec.answered,
         says("text", "8.2.b"), holders="provider"),
    _row("request_verification", (_S.ESCALATED, _S.OVERDUE), _S.PENDING_VERIFICATION, "officer",
         "8.1.c1", rec.verification_requested, in_the_future, holders="officer", to=_R.AGENCY),
    _row("report_findings", _S.PENDING_VERIFICATION, _S.ESCALATED, "agency", "8.1.c1",
         rec.findings_reported, says("text", "8.1.c1"), holders="agency", to=_R.OFFICER),
    _row("report_findings", _S.OVERDUE, _S.OVERDUE, "agency", "8.1.c1",
         rec.findings_reported, says("text", "8.1.c1"), holders="agency", to=_R.OFFICER),
    _row("reschedule", (_S.PENDING_VERIFICATION, _S.OVERDUE), KEPT, "agency", "9.3",
         rec.rescheduled, *ONCE, holders="agency"),
    _row("move_deadline", (_S.ESCALATED, _S.PENDING_VERIFICATION, _S.OVERDUE), KEPT, "system",
         "9.1", rec.deadline_moved, *MOVING, holds=False),
    _row("lapse", (_S.ESCALATED, _S.PENDING_VERIFICATION, _S.OVERDUE), _S.OVERDUE, "system",
         "9.2", rec.lapsed, ran_out, holds=False),
    _row("reassign", (_S.ESCALATED, _S.PENDING_VERIFICATION, _S.OVERDUE), KEPT,
         "agency_head leadership", "8.1.c2", rec.reassigned, *REASSIGNMENT,
         holders="officer provider agency", holds=False),
    _row("notify_unit", _OPEN, KEPT, "leadership", "8.1.c2", rec.unit_notified,
         about_conduct, unit_of_accused, says("text", "8.1.c2"), sender_unnamed, holds=False),
    _row("close", _S.ANSWERED, _S.CLOSED, "operator officer", "8.1.a", rec.closed, holds=False),
    _row("close", _S.REJECTED, _S.CLOSED, "operator officer", "7.2", rec.closed, holds=False),
    _row("publish", _DONE, KEPT, "operator leadership", "10.2.b", rec.published,
         within_scope, *PUBLICATION, holds=False),
    _row("commend", _DONE, KEPT, "agency_head", "16.1.p2", rec.commended,
         *COMMENDATION, holds=False),
    _row("rate", _DONE, KEPT, "citizen", "10.2.c", rec.rated, *RATING, holds=False),
)
# fmt: on
