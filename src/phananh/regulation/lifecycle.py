"""Who holds a case and what they may do with it: Art. 7-8, as one table.

Rule 1: every step is a transition of LIFECYCLE. It alone decides which steps exist, and a guard
        only says why one may not be taken now.
Rule 2: this file knows no clock, no store and no calendar.
Rule 3: a transition cites its clause, and a clause that moves a case has a transition.

Read a row as: by this act, from these states to that one, if these roles hold the case, and if one
of those roles acts. `SAME_STATE` means that the state stays. A role in `by_holder` acts only if it
holds the case. Which row an act means, and every reason against it, is below the table. Then comes
the lifecycle as one `transitions.Machine`, with an arrow for each state of a row, and as the
read-only table that is run. The machine is a notation, a second opinion and the source of diagrams,
and it does not hold a case. The table is compiled from `machine.events`, so the two cannot drift
apart. A test compares them for every state, trigger, role and flag.

CONTRIBUTING.md lists what else a new step needs. See other files for when it is due (deadline.py),
moving it once (reschedule.py) or by a changed calendar (deadline_move.py), and the accused
(conduct.py).
Two guards come before each row: the actor is not accused, and neither is the person whom the act
names (8.1.c2). The picture in docs/reference/lifecycle.md is drawn from LIFECYCLE.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from enum import Enum
from functools import lru_cache
from itertools import combinations
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import attrs
from attrs.validators import optional

from phananh.articles import Article
from phananh.errors import InputError, Refusal, short_repr
from phananh.plain_data import show_fields
from phananh.regulation import events as e, recorders as record
from phananh.regulation.access import is_accused, is_holder
from phananh.regulation.acts import ACTS, Act, Escalate, Receive, RequestVerification
from phananh.regulation.case import Case
from phananh.regulation.conduct import (
    EVERY_ACT,
    NOTIFICATION,
    REASSIGNMENT,
    by_notified_unit,
    unit_not_accused,
)
from phananh.regulation.deadline import is_late
from phananh.regulation.deadline_move import DEADLINE_MOVE
from phananh.regulation.guards import (
    IS_FUNCTION,
    Cite,
    Facts,
    Guard,
    Rules,
    cite_findings,
    cite_lapse,
    cite_limit,
    cite_reassignment,
    cite_result,
    guard,
    make_items_check,
    make_kind_check,
    not_blank,
)
from phananh.regulation.intake import HAND_OVER, REJECTION, found_in_scope, within_scope
from phananh.regulation.publication import COMMENDATION, PUBLICATION
from phananh.regulation.receipt import (
    COMPLETION,
    LIFTING,
    NOTING,
    RATING,
    REOPENING,
    WITHDRAWAL,
    adds_accused,
    by_another_unit,
    has_room,
    has_room_for_return,
    has_room_to_reassign,
)
from phananh.regulation.request import Holder, Kind, Person, Role, State
from phananh.regulation.reschedule import RESCHEDULE

if TYPE_CHECKING:
    from transitions import Machine


class _SameState(Enum):
    SAME_STATE = "="


SAME_STATE = _SameState.SAME_STATE
ANYBODY: frozenset[Role] = frozenset()
_MAY_BE_ROLE = optional(make_kind_check(Role, form="Role.OFFICER"))
_ARE_ROLES = make_items_check(frozenset, Role)
_ARE_ARTICLES = make_items_check(tuple, Article)
_IS_ARTICLE = make_kind_check(Article, form='Article("8.1.a")')


@attrs.frozen(kw_only=True, eq=False)
class Transition:
    """A row of the lifecycle: trigger, states, roles, guards, event and clause.

    `holders` distinguishes alternatives of one state and trigger by the case's holder (empty: any
    holder), and `target` by the act's target. Both are data, so that two rows that could both
    match are found when the table is compiled. `new_holder` is the role that holds the case
    afterwards, or None if that does not change or the case has no holder then. It is for readers
    and the drawn table. `make_event` decides what is recorded, and a test compares the two.
    `article` is the clause, unless `cite` finds one of the `others` in the case. `requires` is a
    field of the case: while it is empty or 0, the case has no such step.

    Example:
        >>> row = next(row for row in HOA_BINH_2019.lifecycle if row.trigger == "reject")
        >>> print(*row.sources, row.dest, *row.roles, row.article)
        received rejected operator 7.2
    """

    trigger: str = attrs.field(validator=make_kind_check(str, form='"answer"'))
    sources: tuple[State, ...] = attrs.field(validator=make_items_check(tuple, State))
    dest: State | _SameState = attrs.field(
        validator=make_kind_check(State, _SameState, form="State.ANSWERED, SAME_STATE")
    )
    holders: frozenset[Role] = attrs.field(default=ANYBODY, validator=_ARE_ROLES)
    target: Role | None = attrs.field(default=None, validator=_MAY_BE_ROLE)
    new_holder: Role | None = attrs.field(default=None, validator=_MAY_BE_ROLE)
    roles: frozenset[Role] = attrs.field(validator=_ARE_ROLES)
    by_holder: frozenset[Role] = attrs.field(validator=_ARE_ROLES)
    guards: tuple[Guard, ...] = attrs.field(default=(), validator=make_items_check(tuple, Guard))
    make_event: record.Recorder = attrs.field(validator=IS_FUNCTION)
    article: Article = attrs.field(validator=_IS_ARTICLE)
    others: tuple[Article, ...] = attrs.field(default=(), validator=_ARE_ARTICLES)
    cite: Cite | None = attrs.field(default=None, validator=optional(IS_FUNCTION))
    requires: str | None = attrs.field(
        default=None, validator=optional(make_kind_check(str, form='"published"'))
    )

    __repr__ = show_fields

    def article_for(self, case: Case) -> Article:
        """Return the clause that is the ground of this step in this case."""
        return (self.cite(case) if self.cite else None) or self.article


# What each target is for (Art. 8.1.b, 8.2.a, 8.3, reading R26).
KINDS_FOR_TARGET: dict[Role, frozenset[Kind]] = {
    Role.OFFICER: frozenset({Kind.INFORMATION, Kind.REGULATION, Kind.CONDUCT, Kind.PROPOSAL}),
    Role.PROVIDER: frozenset({Kind.SERVICE}),
    Role.LEADERSHIP: frozenset(
        {Kind.INFORMATION, Kind.REGULATION, Kind.CONDUCT, Kind.PROPOSAL, Kind.SERVICE}
    ),
}


def _make_target_guard(article: str) -> Guard:
    @guard("unfit_target", article, needs_act=True)
    def fits(case: Case, act: Escalate, at: datetime, rules: Rules) -> Facts | None:
        if (
            case.kind in KINDS_FOR_TARGET[act.to.role]
            or within_scope.check(case, act, at, rules) is not None
        ):
            return None
        return {"role": act.to.role.value}

    return fits


@guard("past_appointment", "8.1.c1", needs_act=True)
def appointment_in_future(
    _case: Case, act: RequestVerification, at: datetime, _rules: Rules
) -> Facts | None:
    """Object to an appointment that is not after now."""
    return None if act.appointment > at else {}


@guard("not_due", "9.2", cite=cite_limit)
def limit_ran_out(case: Case, _act: object, at: datetime, _rules: Rules) -> Facts | None:
    """Object to a lapse if no limit has run out."""
    limit = case.clock
    return None if limit is not None and is_late(at, late_after=limit.late_after) else {}


_S, _R = State, Role
_WHY_BACK = not_blank("text", "10.1.b", reading="R53")
_OPEN = (_S.RECEIVED, _S.ESCALATED, _S.PENDING_VERIFICATION, _S.OVERDUE)
_DONE = (_S.ANSWERED, _S.CLOSED)


def _read_roles(words: str) -> frozenset[Role]:
    return frozenset(Role(word) for word in words.split())


def _make(
    trigger: str,
    sources: tuple[State, ...] | State,
    dest: State | _SameState,
    roles: str,
    article: str,
    make_event: record.Recorder,
    *guards: Guard,
    holders: str = "",
    target: Role | None = None,
    new_holder: Role | None = None,
    by_holder: str | None = None,
    cite: Cite | None = None,
    requires: str | None = None,
) -> Transition:
    """Return a transition. Roles and clauses are words, and a misspelt one fails at import.

    All of its roles act as the holder, unless `by_holder` says which of them do.
    """
    first, *others = map(Article, article.split())
    return Transition(
        trigger=trigger,
        sources=(sources,) if isinstance(sources, State) else sources,
        dest=dest,
        holders=_read_roles(holders),
        target=target,
        new_holder=new_holder,
        roles=_read_roles(roles),
        by_holder=_read_roles(roles if by_holder is None else by_holder),
        guards=guards,
        make_event=make_event,
        article=first,
        others=tuple(others),
        cite=cite,
        requires=requires,
    )


_OPERATORS = Holder(role=Role.OPERATOR)
_ANSWER = record.make_recorder(e.Answered, holder=None)
# One step per block, read far more often than edited. The formatter would hide that.
# fmt: off
LIFECYCLE: tuple[Transition, ...] = (
    _make("complete", _OPEN, SAME_STATE, "operator citizen", "10.2.a", record.complete,
         *COMPLETION, by_holder=""),
    _make("complete", _DONE, SAME_STATE, "operator leadership", "10.2.a", record.complete,
         by_another_unit, adds_accused, by_holder=""),
    _make("note", _OPEN, SAME_STATE, "operator citizen officer provider leadership agency",
         "10.2.a 8.1.c1 8.2.b 8.3", record.note, *NOTING, by_holder="officer provider agency"),
    _make("reject", _S.RECEIVED, _S.REJECTED, "operator", "7.2", record.reject,
         *REJECTION),
    _make("answer", _S.RECEIVED, _S.ANSWERED, "operator", "8.1.a", _ANSWER,
         found_in_scope, not_blank("text", "8.1.a")),
    _make("escalate", _S.RECEIVED, _S.ESCALATED, "operator", "8.1.b", record.escalate,
         *HAND_OVER, _make_target_guard("8.1.b"), target=_R.OFFICER, new_holder=_R.OFFICER),
    _make("escalate", _S.RECEIVED, _S.ESCALATED, "operator", "8.2.a", record.escalate,
         *HAND_OVER, _make_target_guard("8.2.a"), target=_R.PROVIDER, new_holder=_R.PROVIDER),
    _make("escalate", _S.RECEIVED, _S.ESCALATED, "operator", "8.3", record.escalate,
         *HAND_OVER, _make_target_guard("8.3"), target=_R.LEADERSHIP, new_holder=_R.LEADERSHIP),
    _make("advise", (_S.ESCALATED, _S.OVERDUE), _S.RECEIVED, "leadership", "8.3",
         record.make_recorder(e.Advised, holder=_OPERATORS),
         not_blank("text", "8.3"), holders="leadership", new_holder=_R.OPERATOR),
    _make("answer", (_S.ESCALATED, _S.OVERDUE), _S.ANSWERED, "officer", "8.1.b 8.1.c1",
         _ANSWER, not_blank("text", "8.1.b", cite=cite_findings), holders="officer",
         cite=cite_findings),
    _make("answer", (_S.ESCALATED, _S.OVERDUE), _S.ANSWERED, "provider", "8.2.b", _ANSWER,
         not_blank("text", "8.2.b"), holders="provider"),
    _make("request_verification", (_S.ESCALATED, _S.OVERDUE), _S.PENDING_VERIFICATION, "officer",
         "8.1.c1", record.request_verification, within_scope, appointment_in_future,
         has_room_for_return,
         holders="officer", new_holder=_R.AGENCY),
    _make("report_findings", _S.PENDING_VERIFICATION, _S.ESCALATED, "agency agency_head",
         "8.1.c1", record.report_findings, not_blank("text", "8.1.c1"), holders="agency",
         new_holder=_R.OFFICER),
    _make("report_findings", _S.OVERDUE, _S.OVERDUE, "agency agency_head", "8.1.c1",
         record.report_findings, not_blank("text", "8.1.c1"), holders="agency",
         new_holder=_R.OFFICER),
    _make("send_back", (_S.ESCALATED, _S.OVERDUE), _S.RECEIVED, "officer provider", "10.1.b",
         record.send_back, _WHY_BACK, has_room_for_return, holders="officer provider",
         new_holder=_R.OPERATOR),
    _make("send_back", _S.PENDING_VERIFICATION, _S.ESCALATED, "agency agency_head", "10.1.b",
         record.send_back, _WHY_BACK, holders="agency", new_holder=_R.OFFICER),
    _make("send_back", _S.OVERDUE, _S.OVERDUE, "agency agency_head", "10.1.b",
         record.send_back, _WHY_BACK, holders="agency", new_holder=_R.OFFICER),
    _make("withdraw", _OPEN, _S.CLOSED, "citizen", "3.1",
         record.make_recorder(e.Withdrawn, holder=None), *WITHDRAWAL,
         by_holder=""),
    _make("reopen", (_S.REJECTED, _S.CLOSED), _S.RECEIVED, "leadership", "7.2",
         record.make_recorder(e.Reopened, holder=_OPERATORS), *REOPENING,
         new_holder=_R.OPERATOR, by_holder=""),
    _make("lift_lapse", tuple(each for each in _S if each is not _S.OVERDUE), SAME_STATE,
         "leadership", "9.2 9.1", record.lift_lapse, *LIFTING, by_holder="", cite=cite_lapse),
    _make("lift_lapse", _S.OVERDUE, _S.PENDING_VERIFICATION, "leadership", "9.2 9.1",
         record.lift_lapse, *LIFTING, holders="agency", by_holder="", cite=cite_lapse),
    _make("lift_lapse", _S.OVERDUE, _S.ESCALATED, "leadership", "9.2 9.1", record.lift_lapse,
         *LIFTING, holders="officer provider leadership", by_holder="", cite=cite_lapse),
    _make("reschedule", (_S.PENDING_VERIFICATION, _S.OVERDUE), SAME_STATE, "agency agency_head",
         "9.3", record.reschedule, *RESCHEDULE, holders="agency"),
    _make("move_deadline", (_S.ESCALATED, _S.PENDING_VERIFICATION, _S.OVERDUE), SAME_STATE,
         "system",
         "9.1 9.2", record.move_deadline, *DEADLINE_MOVE, by_holder="", cite=cite_limit),
    _make("lapse", (_S.ESCALATED, _S.PENDING_VERIFICATION, _S.OVERDUE), _S.OVERDUE, "system",
         "9.2 9.1", record.lapse, limit_ran_out, by_holder="", cite=cite_limit),
    _make("reassign", (_S.ESCALATED, _S.PENDING_VERIFICATION, _S.OVERDUE), SAME_STATE,
         "agency_head leadership", "8.1.c2 11.1.a", record.reassign, *REASSIGNMENT,
         has_room_to_reassign, holders="officer provider agency", by_holder="",
         cite=cite_reassignment),
    _make("notify_unit", (*_OPEN, *_DONE), SAME_STATE, "leadership", "8.1.c2",
         record.make_recorder(e.UnitNotified), *NOTIFICATION, by_holder=""),
    _make("report_outcome", (*_OPEN, *_DONE), SAME_STATE, "agency agency_head", "8.1.c2",
         record.report_outcome, by_notified_unit, has_room, not_blank("text", "8.1.c2"),
         by_holder="", requires="units_told"),
    _make("close", _S.ANSWERED, _S.CLOSED, "operator officer", "8.1.a 8.1.b 8.1.c1 8.2.b",
         record.make_recorder(e.Closed), by_holder="", cite=cite_result),
    _make("close", _S.REJECTED, _S.CLOSED, "operator officer", "7.2",
         record.make_recorder(e.Closed), by_holder=""),
    _make("publish", _DONE, SAME_STATE, "operator leadership", "10.2.b",
         record.make_recorder(e.Published), unit_not_accused, within_scope, *PUBLICATION,
         by_holder=""),
    _make("unpublish", _DONE, SAME_STATE, "operator leadership", "2.2",
         record.make_recorder(e.PublicationWithdrawn), unit_not_accused,
         not_blank("text", "2.2"), by_holder="", requires="published"),
    _make("commend", _DONE, SAME_STATE, "agency_head leadership", "16.1.p2",
         record.make_recorder(e.Commended), *COMMENDATION, has_room, by_holder=""),
    _make("rate", _DONE, SAME_STATE, "citizen", "10.2.c",
         record.make_recorder(e.Rated), *RATING, by_holder=""),
)
# fmt: on


def is_match(transition: Transition, case: Case, act: Act) -> bool:
    """Return whether `transition` fits the case's holder and the act's target."""
    return is_for_holder(transition, case) and (
        transition.target is None
        or (isinstance(act, Escalate) and act.to.role is transition.target)
    )


def choose_transition(
    transitions: tuple[Transition, ...], case: Case, act: Act
) -> tuple[Transition, list[Refusal]]:
    """Return the transition that the act means, else the nearest and the refusal of its holder."""
    for each in transitions:
        if is_match(each, case, act):
            return each, []
    needed = sorted({role.value for each in transitions for role in each.holders})
    facts = {"holder": case.holder.role.value if case.holder else "-", "needed": "|".join(needed)}
    # The transition for this person's role, so that the reasons are about them.
    nearest = next((each for each in transitions if act.by.role in each.roles), transitions[0])
    return nearest, [Refusal(code="wrong_holder", article=nearest.article_for(case), facts=facts)]


def find_refusals(
    transition: Transition,
    case: Case,
    act: Act,
    at: datetime,
    rules: Rules,
    *,
    wrong: Sequence[Refusal] = (),
    with_payload: bool = True,
) -> list[Refusal]:
    """Return every reason of `transition` against `act`.

    The guards on accused come first, then holder and role, then the transition's own guards.
    `wrong` is what `choose_transition` found about the holder. Without `with_payload`, guards on
    the content of the act are skipped. A guard that compares a text with personal data is asked
    only if nothing else objects, because its answer would help to guess who complained.
    """
    by = act.by
    found: list[Refusal] = []
    first, own, last = _sort_guards(rules.guards, transition.guards, with_payload)
    # If no person is accused, the Decision's own guards cannot object.
    if case.accused or rules.guards is not EVERY_ACT:
        found += _ask(first, case, act, at, rules, with_payload=with_payload)
    found += wrong
    if by.role not in transition.roles:
        article = transition.article_for(case)
        found.append(Refusal(code="wrong_role", article=article, facts={"role": by.role.value}))
    elif by.role in transition.by_holder and not is_holder(case, by):
        article, facts = transition.article_for(case), _name_holder(case, by)
        found.append(Refusal(code="not_the_holder", article=article, facts=facts))
    found += _ask(own, case, act, at, rules, with_payload=with_payload)
    is_clear = last and not found
    return _ask(last, case, act, at, rules, with_payload=with_payload) if is_clear else found


def _name_holder(case: Case, by: Person) -> dict[str, str]:
    """Return whom the case lies with: the role and the unit, and the id unless it is accused.

    The accused get the role alone.
    """
    holder = case.holder
    if holder is None:
        return {}
    known = None if is_accused(case, holder.id) or holder.role is Role.AGENCY else holder.id
    unit = f"({holder.unit})" if holder.unit else None
    named = "" if is_accused(case, by.id) else " ".join(filter(None, (known, unit)))
    return ({"named": named} if named else {}) | {"holder": holder.role.value}


@lru_cache(maxsize=1024)  # there are as many as a table has rows
def _sort_guards(
    every_act: tuple[Guard, ...],
    own: tuple[Guard, ...],
    with_payload: bool,  # noqa: FBT001  # a keyword takes a cache longer
) -> tuple[tuple[Guard, ...], tuple[Guard, ...], tuple[Guard, ...]]:
    """Return the guards of every act, a row's own, and last of both those that compare texts."""
    first, own_first = (
        tuple(g for g in each if not g.compares and (with_payload or not g.needs_act))
        for each in (every_act, own)
    )
    return first, own_first, tuple(g for g in (*every_act, *own) if g.compares and with_payload)


def _ask(
    guards: tuple[Guard, ...],
    case: Case,
    act: Act,
    at: datetime,
    rules: Rules,
    *,
    with_payload: bool,
) -> list[Refusal]:
    """Return the refusals of those guards that object. An accused is not told what is private."""
    found: list[Refusal] = []
    is_kept_from = case.accused and is_accused(case, act.by.id)
    for each in guards:
        if not (is_kept_from and each.is_private):
            try:
                facts = each.check(case, act, at, rules)
            except Exception as error:
                each.explain_failure(error, act, with_payload=with_payload)
                raise
            if facts is not None:
                found.append(each.make_refusal(case, facts))
    return found


def is_for_holder(transition: Transition, case: Case) -> bool:
    """Return whether `transition` is for the role that holds the case."""
    return not transition.holders or (
        case.holder is not None and case.holder.role in transition.holders
    )


Table = Mapping[State, Mapping[str, tuple[Transition, ...]]]


def make_machine(transitions: Sequence[Transition] = LIFECYCLE) -> "Machine":
    """Return a new machine of these: plain states, no model, no automatic triggers.

    Conditions take `case`, `act`, `at` and `rules` by keyword, and return a bool.
    """
    from transitions import Machine  # loaded only when needed

    made = Machine(
        model=None,
        states=[state.value for state in State],
        initial=State.RECEIVED.value,
        auto_transitions=False,
    )
    for transition in transitions:
        for source in transition.sources:
            made.add_transition(
                transition.trigger,
                str(source.value),
                None if transition.dest is SAME_STATE else str(transition.dest.value),
                conditions=[_make_condition(transition)],
            )
    return made


def _make_condition(transition: Transition) -> Callable[..., bool]:
    """Return the condition that the row's own selectors, people and guards say yes."""

    def may(*, case: Case, act: Act, at: datetime, rules: Rules) -> bool:
        return is_match(transition, case, act) and not find_refusals(
            transition, case, act, at, rules
        )

    may.__name__ = "_".join([transition.trigger, *(guard.code for guard in transition.guards)])
    may.row = transition  # type: ignore[attr-defined]  # from which the table is compiled
    return may


def get_table(rules: Rules) -> Table:
    """Return the compiled table of the rules' lifecycle. It is made once, at first use.

    Raises:
        InputError: a row is for no act, or two rows are for one act.
    """
    table: Table | None = rules._table
    if table is None:
        table = _compile_table(rules.lifecycle)
        object.__setattr__(rules, "_table", table)  # cached on this value for later acts
    return table


def find_rows(case: Case, trigger: str, rules: Rules) -> tuple[Transition, ...]:
    """Return the rows of a trigger that the case has in its state, none of what they require."""
    rows = get_table(rules)[case.state].get(trigger, ())
    for row in rows:
        if row.requires:
            return tuple(x for x in rows if not x.requires or getattr(case, x.requires))
    return rows


@lru_cache
def _compile_table(lifecycle: tuple[Transition, ...]) -> Table:
    """Return state -> trigger -> transitions, read-only."""
    cells: dict[State, dict[str, tuple[Transition, ...]]] = {state: {} for state in State}
    for trigger, event in make_machine(lifecycle).events.items():
        for source, arrows in event.transitions.items():
            own: Any = [arrow.conditions[0].func for arrow in arrows]
            found = tuple(each.row for each in own)
            _check_cell(found, source)
            cells[State(source)][trigger] = found
    return MappingProxyType({state: MappingProxyType(cell) for state, cell in cells.items()})


def _check_cell(transitions: tuple[Transition, ...], source: str) -> None:
    """Refuse a row for no act, or for the receipt, which makes a new case. And two for one act."""
    first, acts = transitions[0], tuple(each for each in ACTS if each != Receive.trigger)
    if first.trigger not in acts:
        facts = {"article": first.article, "step": short_repr(first.trigger), "known": acts}
        raise InputError(field="lifecycle", code="transition_of_no_act", **facts)
    for one, other in combinations(transitions, 2):
        same_target = one.target is other.target or None in (one.target, other.target)
        if same_target and (not (one.holders and other.holders) or one.holders & other.holders):
            facts = {"article": one.article, "step": one.trigger, "source": source}
            raise InputError(field="lifecycle", code="transition_overlap", **facts)
