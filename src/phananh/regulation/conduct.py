"""Art. 8.1.c2: the accused do not handle their own case, and their unit is notified.

The leadership of the centre notifies the unit that an accused belongs to. If no person is named,
it notifies the unit that the case is about. It can do so after the answer too (the row
`notify_unit` of lifecycle.py). The notification must not name the sender (R40). A unit that was
notified can report what it did, although it does not read the case.

Once a case was handed on, accused are added but not removed (R39). A holder who has become one of
them still has the case but cannot act on it, so another person is named.

Ids compare after NFC and case folding. A colleague of the accused may handle the case, but no
person of the accused's unit may decide about publishing it.
"""

from datetime import datetime

from phananh.errors import InputError
from phananh.regulation.access import (
    OF_AGENCY,
    OF_THE_CENTRE,
    is_accused,
    is_of_accused_unit,
    is_unit_accused,
)
from phananh.regulation.acts import (
    SYSTEM_TRIGGERS,
    Act,
    Escalate,
    LiftLapse,
    NotifyUnit,
    Reassign,
    RequestVerification,
)
from phananh.regulation.case import Case
from phananh.regulation.cleaning import fold_id, is_same_id
from phananh.regulation.context import HeadLookup
from phananh.regulation.guards import Facts, Guard, Rules, cite_reassignment, guard, not_blank
from phananh.regulation.intake import within_scope
from phananh.regulation.request import Accused, Holder, Kind, Role, State

MOST_ACCUSED = 1_000
"""The most people accused in one case: each act and each text is compared with all of them."""


def find_replaced(case: Case, act: Act) -> Holder | None:
    """Return whom the person named by a `Reassign` replaces: the holder, or who gets it back.

    While an agency has the case, that is the officer who asked, if the unit named is theirs. Where
    the agency is their own unit, it is the officer if they are accused and the focal point is not.
    """
    holder, officer = case.holder, case.officer
    if holder is None or officer is None:
        return holder
    unit = act.to.unit if isinstance(act, Reassign) else act.by.unit
    is_back = is_same_id(unit, officer.unit) and (
        not is_same_id(unit, holder.unit)
        or (is_accused(case, officer.id) and not is_accused(case, holder.id))
    )
    return officer if is_back else holder


def accused_are_replaced(case: Case) -> bool:
    """Return whether a new list of accused replaces the former one, as before a hand-over (R39)."""
    return case.officer is None and case.state is State.RECEIVED


def merge_accused(case: Case, given: tuple[Accused, ...] | None) -> tuple[Accused, ...] | None:
    """Return the accused after a completion by an operator (R39).

    After the hand-over, or the answer, new ones are added to the known ones. Before it the new list
    replaces the former one. None means no change.

    Raises:
        InputError: they are more than `MOST_ACCUSED`. Who has the case, gets it back, or acted on
            it can still be added alone, once.
    """
    if given is None or accused_are_replaced(case):
        return given
    known = {(fold_id(each.id or ""), fold_id(each.unit)) for each in case.accused}
    new = tuple(
        dict.fromkeys(e for e in given if (fold_id(e.id or ""), fold_id(e.unit)) not in known)
    )
    merged = (*case.accused, *new)
    is_staff_alone = len(new) == 1 and any(
        is_same_id(key, new[0].id) and not is_accused(case, key)
        for key in (*(key for key, _ in case.staff), case.officer.id if case.officer else None)
    )
    if len(merged) > MOST_ACCUSED and not is_staff_alone:
        raise InputError(
            field="accused", code="too_many_accused", count=len(merged), most=MOST_ACCUSED
        )
    return merged


def _find_nominee(act: Act) -> str | None:
    """Return the id of the person who gets the case by this act, or None."""
    focal = act.focal if isinstance(act, RequestVerification) else None
    return act.to.id if isinstance(act, Escalate | Reassign) else focal


@guard("accused", "8.1.c2")
def actor_not_accused(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to any act of the accused. The system is not a person, whatever ids they have."""
    return {} if act.trigger not in SYSTEM_TRIGGERS and is_accused(case, act.by.id) else None


@guard("accused_named", "8.1.c2", needs_act=True)
def nominee_not_accused(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to giving the case to the accused. They do not learn who else is accused."""
    named, by = _find_nominee(act), act.by.id
    is_told = is_same_id(named, by) or not is_accused(case, by)
    return {} if is_told and is_accused(case, named) else None


@guard("accused_unit", "8.1.c2", reading="R16")
def unit_not_accused(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object if a person of the accused's unit decides about publication."""
    # Others are refused anyway, and are told no more.
    is_centre = act.by.role in OF_THE_CENTRE and not is_accused(case, act.by.id)
    is_theirs = is_unit_accused(case, act.by.unit)
    return {} if is_theirs or (is_centre and is_of_accused_unit(case, act.by)) else None


@guard("not_head", "8.1.c2", cite=cite_reassignment)
def by_head_of_holder(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object if the head of another unit names the person."""
    replaced = find_replaced(case, act)
    is_own = replaced is not None and is_same_id(act.by.unit, replaced.unit)
    return {} if act.by.role is Role.AGENCY_HEAD and not is_own else None


def may_head_be_accused(
    case: Case, unit: str | None, at: datetime, head_of: HeadLookup | None
) -> bool:
    """Return whether the head of a unit is accused, or may be.

    A case does not know who heads a unit. Where `head_of` does not either, an accused of that unit
    may be the head, and so may one who had the case, or acted on it, for it. A holder without a
    unit has no head.
    """
    head = head_of(unit, at) if unit and head_of else None
    if head is None:
        return is_unit_accused(case, unit)
    of_unit = (each for each in case.accused if is_same_id(each.unit, unit))
    return is_accused(case, head) or any(each.id is None for each in of_unit)


def make_head_guard(head_of: HeadLookup | None) -> Guard:
    """Return the guard that objects if the leadership names the person in place of a head (R33).

    A unit of which the directory knows no head cannot name one, so the leadership does.
    """

    @guard("head_not_accused", "8.1.c2", is_private=True, cite=cite_reassignment, reading="R33")
    def head_may_be_accused(case: Case, act: Act, at: datetime, _rules: Rules) -> Facts | None:
        replaced = find_replaced(case, act)
        units = [
            each.unit
            # As long as they name nobody, it may also be who gets the case back from an agency.
            for each in (replaced, None if isinstance(act, Reassign) else case.officer)
            if each and each.unit
        ]
        if act.by.role is not Role.LEADERSHIP or replaced is None or replaced.unit is None:
            return None
        return (
            None
            if any(
                (head_of and head_of(unit, at) is None)
                or may_head_be_accused(case, unit, at, head_of)
                for unit in units
            )
            else {}
        )

    return head_may_be_accused


head_may_be_accused = make_head_guard(None)


@guard("other_unit", "8.1.c2", needs_act=True, is_private=True, cite=cite_reassignment)
def to_same_unit(case: Case, act: Reassign, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to a person of another unit: 9.2 counts from the officer's hand-over.

    A holder without a unit is replaced by a person of any.
    """
    replaced = find_replaced(case, act)
    known = (act.to.unit, replaced.unit if replaced else None)
    return None if None in known or is_same_id(*known) else {}


@guard("same_person", "8.1.c2", needs_act=True, is_private=True, cite=cite_reassignment)
def to_another_person(case: Case, act: Reassign, _at: datetime, _rules: Rules) -> Facts | None:
    """Object if the person named has the case already, or gets it back already."""
    replaced = find_replaced(case, act)
    return {} if replaced and is_same_id(act.to.id, replaced.id) else None


@guard("not_conduct", "8.1.c2")
def about_conduct(case: Case, _act: object, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to a notification if the case is not about conduct."""
    return None if case.kind is Kind.CONDUCT or case.accused else {}


@guard("not_their_unit", "8.1.c2", needs_act=True, is_private=True)
def to_unit_of_accused(case: Case, act: NotifyUnit, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to a unit that the case is not about, and that no accused belongs to."""
    is_theirs = is_unit_accused(case, act.unit) or is_same_id(case.about_unit, act.unit)
    return None if is_theirs else {}


@guard("accused_unit", "8.1.c2", needs_act=True, is_private=True, reading="R40")
def text_of_another_unit(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object to a text by a person of the accused's unit, who could try who complained (R40)."""
    says = act.by.role is Role.LEADERSHIP and _find_text(act)
    return {} if says and is_of_accused_unit(case, act.by) else None


def _find_text(act: Act) -> str:
    """Return what the unit of an accused reads of an act: a text, or documents by name."""
    told = act.documents if isinstance(act, LiftLapse) else (getattr(act, "text", None) or "",)
    return "; ".join(told)


@guard("names_sender", "8.1.c2", needs_act=True, compares=True, reading="R40")
def sender_not_named(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object if the text names the sender to the accused's unit (reading R40)."""
    from phananh.regulation.personal_data import find_shown  # slow to load

    return {} if find_shown(case, _find_text(act)) else None


@guard("not_notified", "8.1.c2", is_private=True)
def by_notified_unit(case: Case, act: Act, _at: datetime, _rules: Rules) -> Facts | None:
    """Object if the unit was not notified. Other roles are refused anyway, and told no more."""
    is_told = any(is_same_id(act.by.unit, unit) for unit in case.units_told)
    return None if is_told or act.by.role not in OF_AGENCY else {}


EVERY_ACT = (actor_not_accused, nominee_not_accused)
REASSIGNMENT = (by_head_of_holder, head_may_be_accused, to_same_unit, to_another_person)
NOTIFICATION = (
    text_of_another_unit,
    within_scope,
    about_conduct,
    to_unit_of_accused,
    not_blank("text", "8.1.c2"),
    sender_not_named,
)
