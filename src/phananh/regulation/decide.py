"""May this person do this now? The one place where an act on a case is decided (Art. 7-9).

Values in, values out: events if the answer is yes, and every reason if it is no. If the case's
limit has run out, the lapse comes first, in the same answer.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

import attrs

from phananh.errors import (
    InputError,
    InputTypeError,
    PhanAnhError,
    Refusal,
    RefusedError,
    StepNotAllowedError,
    short_repr,
)
from phananh.plain_value import Value, make_unchecked
from phananh.regulation.acts import SYSTEM_TRIGGERS, Act, Lapse, check_act
from phananh.regulation.case import Case, fold, show_unrecorded
from phananh.regulation.conduct import head_may_be_accused, make_head_guard
from phananh.regulation.context import DecisionContext
from phananh.regulation.deadline import is_late
from phananh.regulation.events import Event
from phananh.regulation.guards import Guard, cite_limit
from phananh.regulation.intake import EXCLUDED, found_in_scope, within_scope
from phananh.regulation.lifecycle import (
    KINDS_FOR_TARGET,
    SAME_STATE,
    Transition,
    choose_transition,
    find_refusals,
    find_rows,
    get_table,
    is_for_holder,
)
from phananh.regulation.receipt import WAIVED_BY_CODE
from phananh.regulation.recorders import lapse, make_header
from phananh.regulation.request import Person, Role, State
from phananh.regulation.rules import Rules

_LAPSE = Lapse()


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)  # quicker to make
class Recorded(Value):
    """The answer is yes. `events` follow, a lapse first if one was due. `case` is the result."""

    events: tuple[Event, ...]
    case: Case


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class NotAllowed(Value):
    """The answer is no: this state and trigger have no transition.

    `allowed` are the triggers that have one.
    """

    state: State
    holder: Role | None
    trigger: str
    allowed: tuple[str, ...]

    def as_error(self, case: str) -> StepNotAllowedError:
        """Return the error that says this about the case with this id."""
        return StepNotAllowedError(
            case=case,
            state=self.state.value,
            holder=self.holder.value if self.holder else None,
            trigger=self.trigger,
            allowed=self.allowed,
        )


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Refused(Value):
    """The answer is no: the step is not for this holder, role or person, or a guard objects."""

    trigger: str
    reasons: tuple[Refusal, ...]

    def as_error(self, case: str) -> RefusedError:
        """Return the error that lists every reason about the case with this id."""
        article = next((reason.article for reason in self.reasons if reason.article), None)
        return RefusedError(article=article, case=case, trigger=self.trigger, refusals=self.reasons)


Decision = Recorded | NotAllowed | Refused


def decide(case: Case, act: Act, context: DecisionContext) -> Decision:
    """Return what follows from `act` on `case` (Art. 11.1.b, 11.2.a), without any side effect.

    You can pass a case from `as_of`. It is decided on the case as it is stored.

    Raises:
        InputError: `context.at` lies before the last event of the case, or `act` is not an act.
            Or a guard or recorder of your own returned what is neither facts nor an event.
        CoverageError: a limit would run outside the days that the calendar covers.
    """
    check_act(act)
    at, rules, case = context.at, context.rules, case.stored or case
    if at < case.updated_at:
        facts = {"value": at.isoformat(), "case": case.id, "last": case.updated_at.isoformat()}
        raise InputError(field="at", code="before_last_event", **facts)
    before = () if act.trigger in SYSTEM_TRIGGERS else find_pending_lapse(case, context)
    if before:
        case = fold(before, onto=case)
    transitions = find_rows(case, act.trigger, rules)
    if not transitions:
        return NotAllowed(
            state=case.state,
            holder=(case.holder.role if case.holder else None),
            trigger=act.trigger,
            allowed=list_triggers(case, rules),
        )
    transition, reasons = _weigh(transitions, case, act, context)
    if reasons:
        return Refused(trigger=act.trigger, reasons=tuple(reasons))
    return _record(transition, case, act, context, before)


def _weigh(
    transitions: tuple[Transition, ...], case: Case, act: Act, context: DecisionContext
) -> tuple[Transition, list[Refusal]]:
    """Return the transition that the act means, and every reason against the act."""
    at, rules = context.at, context.rules
    if context.named_by_code or context.head_of is not None:
        transitions = _waive(transitions, context)
    transition, wrong = choose_transition(transitions, case, act)
    is_backdated = (
        rules.backdating == "refuse"
        and act.trigger not in SYSTEM_TRIGGERS
        and context.recorded_at is not None
        and at < context.recorded_at
    )
    if is_backdated:
        article = transition.article_for(case)
        wrong = [*wrong, Refusal(code="backdated", article=article, reading="R49")]
    return transition, find_refusals(transition, case, act, at, rules, wrong=wrong)


def would_refuse(case: Case, act: Act, context: DecisionContext) -> bool:
    """Return whether an act, of which the state of the case has a step, would be refused."""
    transitions = get_table(context.rules)[case.state][act.trigger]
    return bool(_weigh(transitions, case, act, context)[1])


def _record(
    transition: Transition,
    case: Case,
    act: Act,
    context: DecisionContext,
    before: tuple[Event, ...],
) -> Recorded:
    dest = case.state if transition.dest is SAME_STATE else transition.dest
    head, event = make_header(case, act, dest, transition.article_for(case), context), None
    try:
        event = transition.make_event(case, act, head, context)
        fields = {"events": (*before, event), "case": fold((event,), onto=case)}
        return make_unchecked(Recorded, fields)
    except Exception as error:
        _explain_failure(error, act, event)
        raise


def _explain_failure(error: Exception, act: Act, event: object) -> None:
    """Add to an error of a recorder of which act it is.

    Raises:
        InputTypeError: the recorder returned something other than an event.
    """
    if isinstance(error, KeyError) and error.args == (type(event),):  # it has no effect
        facts = {"step": act.trigger, "value": short_repr(event)}
        raise InputTypeError(field="make_event", code="no_event_returned", **facts) from error
    if not isinstance(error, PhanAnhError):
        error.add_note(f"in the recorder of {act.trigger}: it returns an event")


def _waive(transitions: tuple[Transition, ...], context: DecisionContext) -> tuple[Transition, ...]:
    """Return the transitions without the guards that a tracking code waives.

    If heads are known, the guard of R33 asks for them.
    """
    transitions = _drop_waived(transitions) if context.named_by_code else transitions
    if context.head_of is None:
        return transitions
    known = make_head_guard(context.head_of)
    return tuple(
        attrs.evolve(
            each, guards=tuple(known if g is head_may_be_accused else g for g in each.guards)
        )
        if head_may_be_accused in each.guards
        else each
        for each in transitions
    )


@lru_cache(maxsize=1024)  # there are as many as a table has cells
def _drop_waived(transitions: tuple[Transition, ...]) -> tuple[Transition, ...]:
    return tuple(
        attrs.evolve(each, guards=tuple(g for g in each.guards if g not in WAIVED_BY_CODE))
        for each in transitions
    )


def find_pending_lapse(case: Case, context: DecisionContext) -> tuple[Event, ...]:
    """Return the lapse that is due by `context.at` and not yet recorded: none or one.

    A lapse opens no limit, so there is no second one.
    """
    limit = case.clock
    if limit is None or not is_late(context.at, late_after=limit.late_after):
        return ()
    article = cite_limit(case)
    assert article is not None  # of the limit that runs
    return (
        lapse(case, _LAPSE, make_header(case, _LAPSE, State.OVERDUE, article, context), context),
    )


def as_of(case: Case, context: DecisionContext) -> Case:
    """Return the case as it is at `context.at`: with the lapse that is due, if any.

    An act on it is decided on the case as it is stored, without that lapse.
    """
    case = case.stored or case
    before = find_pending_lapse(case, context)
    return show_unrecorded(before, onto=case) if before else case


def list_triggers(case: Case, rules: Rules) -> tuple[str, ...]:
    """Return the triggers with a transition for the case's state and holder, for any person.

    Steps that are always refused for a complaint or a denunciation are left out (Art. 1.1.b).
    So are the lapse and the move of a deadline.
    """
    holder = case.holder
    # With a unit that has yet to name somebody, nobody takes the steps of the person (8.1.c2).
    is_unnamed = holder is not None and holder.role is Role.OFFICER and holder.id is None
    outside: set[Guard] = set()
    if case.kind in EXCLUDED:
        outside = {within_scope} if case.officer else {within_scope, found_in_scope}
    return tuple(
        trigger
        for trigger in get_table(rules)[case.state]
        if trigger not in SYSTEM_TRIGGERS
        and any(
            is_for_holder(transition, case)
            and outside.isdisjoint(transition.guards)
            and not (is_unnamed and transition.roles <= transition.by_holder)
            for transition in find_rows(case, trigger, rules)
        )
    )


class _ActorOnly(Act):
    """An act without payload: only the person who asks."""

    trigger = "asking"


def list_allowed(
    case: Case, by: Person, context: DecisionContext
) -> Mapping[str, tuple[Refusal, ...]]:
    """Return every trigger with the reasons why `by` may not do it now. If empty, they may.

    Reasons that depend on the content of the act (its text, its target) are left out.
    """
    case, rules = as_of(case, context), context.rules
    missing = Refusal(code="no_such_step", article=None, facts={"state": case.state.value})
    return {
        trigger: _find_fewest_refusals(transitions, case, _ActorOnly(by=by), context)
        if (transitions := find_rows(case, trigger, rules))
        else (missing,)
        for trigger in dict.fromkeys(each for cell in get_table(rules).values() for each in cell)
        if trigger not in SYSTEM_TRIGGERS
    }


def list_of_role(
    case: Case, by: Person, context: DecisionContext
) -> Iterator[tuple[Transition, tuple[Refusal, ...]]]:
    """Yield a row for each trigger that the state of a case has for a role, with the reasons.

    The reasons are those of `list_allowed`, which has the other triggers too. The case is one of
    `as_of`. Of several rows it is the one for its holder and its kind.
    """
    for trigger in get_table(context.rules)[case.state]:
        transitions = find_rows(case, trigger, context.rules)
        own = [each for each in transitions if by.role in each.roles]
        if own and trigger not in SYSTEM_TRIGGERS:
            fitting = (
                each
                for each in own
                if (each.target is None or case.kind in KINDS_FOR_TARGET.get(each.target, ()))
                and is_for_holder(each, case)
            )
            row = next(fitting, own[0])
            yield row, _find_fewest_refusals(transitions, case, _ActorOnly(by=by), context)


def _find_fewest_refusals(
    transitions: tuple[Transition, ...], case: Case, act: Act, context: DecisionContext
) -> tuple[Refusal, ...]:
    """Return the reasons of the transition with the fewest."""
    transitions = _waive(transitions, context)
    fitting, wrong = [each for each in transitions if is_for_holder(each, case)], list[Refusal]()
    if not fitting:
        nearest, wrong = choose_transition(transitions, case, act)
        fitting = [nearest]
    lists = [
        tuple(
            find_refusals(
                each, case, act, context.at, context.rules, wrong=wrong, with_payload=False
            )
        )
        for each in fitting
    ]
    return min(lists, key=len)
