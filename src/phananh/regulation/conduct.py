"""Art. 8.1.c2: the accused never handle their own case, and their unit is notified.

Who is told of an accused: the unit that the accused belongs to, by the leadership of the centre
(the row `notify_unit` of lifecycle.py). What it is told never names the sender (R40).

Ids compare after NFC and case folding. A colleague of the accused may handle the case; only
about publishing it nobody of the accused's unit decides.
"""

from datetime import datetime

from phananh.regulation.case import Case
from phananh.regulation.guards import Facts, guard, not_blank
from phananh.regulation.publication import find_sender_fields
from phananh.regulation.rules import Rules
from phananh.regulation.values.acts import (
    SYSTEM_TRIGGERS,
    Act,
    Escalate,
    NotifyUnit,
    Reassign,
    RequestVerification,
)
from phananh.regulation.values.cleaning import is_same_id
from phananh.regulation.values.request import Kind, Role


def is_accused(case: Case, person: str | None) -> bool:
    """Return whether the person with this id is accused in the case."""
    return any(is_same_id(accused.id, person) for accused in case.accused)


def is_unit_accused(case: Case, unit: str | None) -> bool:
    """Return whether somebody of this unit is accused in the case."""
    return any(is_same_id(accused.unit, unit) for accused in case.accused)


def _find_nominee(act: Act) -> str | None:
    """Return the id of whoever is to handle the case by this act."""
    if isinstance(act, Escalate | Reassign):
        return act.to.id
    return act.focal if isinstance(act, RequestVerification) else None


@guard("accused", "8.1.c2")
def actor_not_accused(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to any act of the accused; the system is nobody, whatever id an accused is given."""
    if not case.accused or act.trigger in SYSTEM_TRIGGERS:
        return None
    return {} if is_accused(case, act.by.id) else None


@guard("accused_named", "8.1.c2", needs_act=True)
def nominee_not_accused(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to giving the case to the accused."""
    return {} if case.accused and is_accused(case, _find_nominee(act)) else None


@guard("accused_unit", "8.1.c2")
def unit_not_accused(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to anybody of the accused's unit deciding about publication."""
    return {} if case.accused and is_unit_accused(case, act.by.unit) else None


@guard("not_head", "8.1.c2")
def by_head_of_holder(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to the head of another unit naming the person."""
    if act.by.role is not Role.AGENCY_HEAD:
        return None
    return None if case.holder and is_same_id(act.by.unit, case.holder.unit) else {}


@guard("head_not_accused", "8.1.c2")
def head_may_be_accused(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to the leadership naming the person where nobody of the unit is accused (R33).

    A case does not know who heads a unit; an accused of that unit may be the head.
    """
    if act.by.role is not Role.LEADERSHIP:
        return None
    return None if case.holder and is_unit_accused(case, case.holder.unit) else {}


@guard("other_unit", "8.1.c2", needs_act=True)
def to_same_unit(case: Case, act: Reassign, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to a person of another unit: 9.2 counts from the officer's hand-over."""
    if act.to.unit is None:
        return None
    return None if case.holder and is_same_id(act.to.unit, case.holder.unit) else {}


@guard("same_person", "8.1.c2", needs_act=True)
def to_another_person(case: Case, act: Reassign, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to naming whoever has the case already."""
    return {} if case.holder and is_same_id(act.to.id, case.holder.id) else None


@guard("not_conduct", "8.1.c2")
def about_conduct(case: Case, _act: object, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to telling a unit of anything but a report on conduct."""
    return None if case.kind is Kind.CONDUCT else {}


@guard("not_their_unit", "8.1.c2", needs_act=True)
def to_unit_of_accused(case: Case, act: NotifyUnit, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to telling a unit none of whose staff is accused."""
    return None if is_unit_accused(case, act.unit) else {}


@guard("names_sender", "8.1.c2", needs_act=True)
def sender_not_named(case: Case, act: NotifyUnit, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to telling the accused's unit who complained (reading R40)."""
    return find_sender_fields(case, act.text or "")


EVERY_ACT = (actor_not_accused, nominee_not_accused)
REASSIGNMENT = (by_head_of_holder, head_may_be_accused, to_same_unit, to_another_person)
NOTIFICATION = (about_conduct, to_unit_of_accused, not_blank("text", "8.1.c2"), sender_not_named)
