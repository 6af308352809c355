"""Which transition an act means, and every reason against it (Art. 8).

This file does not know the compiled table, because both the compiler and `decide` use it.
"""

from collections.abc import Sequence
from datetime import datetime

from phananh.errors import Refusal
from phananh.regulation.case import Case
from phananh.regulation.conduct import EVERY_ACT, is_accused
from phananh.regulation.guards import Guard
from phananh.regulation.lifecycle import Transition
from phananh.regulation.rules import Rules
from phananh.regulation.values.acts import Act, Escalate
from phananh.regulation.values.cleaning import is_same_id
from phananh.regulation.values.request import Person, Role

_IN_PERSON = frozenset({Role.OFFICER, Role.PROVIDER})


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
    the content of the act are skipped.
    """
    by = act.by
    found: list[Refusal] = []
    # If no person is accused, the Decision's own guards cannot object.
    if case.accused or rules.guards is not EVERY_ACT:
        found += _ask(rules.guards, case, act, at, rules, with_payload=with_payload)
    found += wrong
    if by.role not in transition.roles:
        article = transition.article_for(case)
        found.append(Refusal(code="wrong_role", article=article, facts={"role": by.role.value}))
    elif by.role in transition.by_holder and not is_holder(case, by):
        article, facts = transition.article_for(case), _name_holder(case)
        found.append(Refusal(code="not_the_holder", article=article, facts=facts))
    found += _ask(transition.guards, case, act, at, rules, with_payload=with_payload)
    return found


def _name_holder(case: Case) -> dict[str, str]:
    """Return whom the case lies with: the role and the unit, and the id unless it is accused."""
    holder = case.holder
    if holder is None:
        return {}
    known = None if is_accused(case, holder.id) or holder.role is Role.AGENCY else holder.id
    unit = f"({holder.unit})" if holder.unit else None
    named = " ".join(filter(None, (known, unit)))
    return {"named": named, "holder": holder.role.value} if named else {"holder": holder.role.value}


def _ask(
    guards: tuple[Guard, ...],
    case: Case,
    act: Act,
    at: datetime,
    rules: Rules,
    *,
    with_payload: bool,
) -> list[Refusal]:
    """Return the refusals of those guards that object."""
    found = []
    for guard in guards:
        if with_payload or not guard.needs_act:
            try:
                facts = guard.check(case, act, at, rules)
            except Exception as error:
                guard.explain_failure(error, act, with_payload=with_payload)
                raise
            if facts is not None:
                found.append(guard.make_refusal(case, facts))
    return found


def is_holder(case: Case, person: Person) -> bool:
    """Return whether `person` holds the case: by id, an agency by unit, others by role."""
    holder, role = case.holder, person.role
    if holder is None or holder.role is not role:
        return False
    if role is Role.AGENCY:
        return is_same_id(holder.unit, person.unit)
    return role not in _IN_PERSON or is_same_id(holder.id, person.id)


def is_for_holder(transition: Transition, case: Case) -> bool:
    """Return whether `transition` is for the role that holds the case."""
    return not transition.holders or (
        case.holder is not None and case.holder.role in transition.holders
    )
