"""Who a person is to a case, and what they may read of it (Art. 3.4, 8.1.c2, reading R40).

A case is read by whoever works on it, and by its sender: any operator, the leadership of the
centre, the holder, the officer or provider who waits for an agency or was the last to have it,
the head of a unit that had it, and the citizen who sent it, by id or tracking code. Nobody else
reads it, and no accused does, in whatever role.

The unit of the accused does not learn who complained (R40). A person of it who works on the case
reads the rest, but neither who sent it nor what the sender wrote, as nothing can tell which words
give a sender away. A colleague of the accused may handle the case (8.1.c2). What they need for it
the centre writes, in a note or in the notice to the unit. If only the unit of an accused is known,
anybody there may be the accused, so the same holds. So it does for the unit that a report on
conduct is about, and for one that was notified.

Whoever has the tracking code acts as the sender (R48), so it is shown to the sender, and to the
operators, who tell it to callers. Every refusal is the same one: a reason of its own would tell an
accused that there is a case about them.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, Final

from phananh.articles import Article
from phananh.errors import Refusal, RefusedError
from phananh.regulation.cleaning import fold_id, is_same_id
from phananh.regulation.request import Accused, Holder, Kind, Person, Role, require_person

if TYPE_CHECKING:
    from phananh.regulation.case import Case as Case
else:
    Case = Any  # a case asks here what to show

OF_AGENCY = frozenset({Role.AGENCY, Role.AGENCY_HEAD})
_IN_PERSON = frozenset({Role.OFFICER, Role.PROVIDER})
OF_THE_CENTRE = frozenset({Role.OPERATOR, Role.LEADERSHIP})
# What was reported as conduct may turn out to be the others (R56).
ON_CONDUCT = frozenset({Kind.CONDUCT, Kind.COMPLAINT, Kind.DENUNCIATION})
_NOT_A_READER: Final = Refusal(code="not_a_reader", article=Article("3.4"), reading="R40")


def is_accused(case: Case, person: str | None) -> bool:
    """Return whether the person with this id is accused in the case."""
    return bool(case.accused) and any(is_same_id(each.id, person) for each in case.accused)


def leave_out_accused(holder: Holder, accused: Iterable[Accused]) -> Holder:
    """Return a holder, or their unit alone if they are accused: it has the case then (R51)."""
    unit = next((each.unit for each in accused if is_same_id(each.id, holder.id)), None)
    return Holder(role=holder.role, unit=holder.unit or unit) if unit else holder


def is_unit_accused(case: Case, unit: str | None) -> bool:
    """Return whether a person of this unit is accused.

    An accused who had the case, or acted on it, for another unit than was named is of that, too.
    """
    return any(is_same_id(accused.unit, unit) for accused in case.accused) or bool(
        list_accused_of(case, unit)
    )


def list_accused_of(case: Case, unit: str | None) -> list[str]:
    """Return the ids of the accused who are of this unit, or had the case for it."""
    theirs = {fold_id(key) for key, of in case.staff if key and is_same_id(of, unit)}
    return list(
        dict.fromkeys(
            each.id
            for each in case.accused
            if each.id and (is_same_id(each.unit, unit) or fold_id(each.id) in theirs)
        )
    )


def is_of_accused_unit(case: Case, person: Person) -> bool:
    """Return whether `person` is of the accused's unit, or of the one that a report is about.

    Somebody who had the case, or acted on it, is of the unit that was named then, too: an accused
    may have been named with another one, and a reader with none.
    """
    known = (
        unit
        for key, unit in case.staff
        if person.role not in OF_THE_CENTRE and is_same_id(key, person.id)  # it works for no unit
    )
    return any(_is_theirs(case, unit) for unit in {person.unit, *known})


def _is_theirs(case: Case, unit: str | None) -> bool:
    """Return whether a unit is that of the accused, was notified, or is what a report is about."""
    # What a report on conduct said is not for them either once it is put among another kind, or
    # is about another unit, too.
    kinds = {case.kind, *(each[3] for each in case.figures if each[0] == "kind")}
    units = (case.about_unit, *(each[3] for each in case.figures if each[0] == "about"))
    is_about = bool(kinds & ON_CONDUCT) and any(is_same_id(each, unit) for each in units)
    return (
        is_about
        or is_unit_accused(case, unit)
        or any(is_same_id(told, unit) for told in case.units_told)
    )


def may_read_outcome(case: Case, unit: str, by: Person) -> bool:
    """Return whether `by` may read what a unit did about its staff: the centre, and that unit."""
    is_centre = by.role in OF_THE_CENTRE and not is_of_accused_unit(case, by)
    return is_centre or is_same_id(unit, by.unit)


def find_sender(case: Case) -> Person:
    """Return the sender as a person. If their id is not known, they name the case by its code."""
    return Person(
        id=case.sender_id if isinstance(case.sender_id, str) else case.id, role=Role.CITIZEN
    )


def is_holder(case: Case, person: Person) -> bool:
    """Return whether `person` holds the case: by id, an agency by unit, others by role.

    The head of an agency's unit acts for it.
    """
    holder, role = case.holder, person.role
    if holder is not None and holder.role is Role.AGENCY:
        return role in OF_AGENCY and is_same_id(holder.unit, person.unit)
    return (
        holder is not None
        and holder.role is role
        and (role not in _IN_PERSON or is_same_id(holder.id, person.id))
    )


def is_holder_accused(case: Case) -> bool:
    """Return whether another must be named: the holder is accused, or nobody, as who asked is.

    While an agency has the case, the same holds for the officer who gets it back. The leadership
    holds a case by its role, so another of them goes on with it (8.1.c2, 8.3).
    """
    holder, officer = case.holder, case.officer
    return (
        holder is not None
        and holder.role is not Role.LEADERSHIP
        and (
            is_accused(case, holder.id)
            or (holder.role is Role.OFFICER and holder.id is None)
            or (holder.role is Role.AGENCY and officer is not None and is_accused(case, officer.id))
        )
    )


def _had_it_last(case: Case, person: Person) -> bool:
    """Return whether an officer or provider waits for an agency, or was the last to have it."""
    had = case.officer if case.holder is None or case.holder.role is Role.AGENCY else None
    return had is not None and had.role is person.role and is_same_id(had.id, person.id)


def find_read_refusals(case: Case, by: Person, *, by_code: bool = False) -> tuple[Refusal, ...]:
    """Return why a person may not read a case (Art. 3.4, 10.1.dd), empty if they may.

    `by_code` means that they named it by its tracking code, so they sent it (R48).
    """
    require_person(by)
    is_head = by.role is Role.AGENCY_HEAD and any(
        is_same_id(by.unit, unit) for unit in case.handled_by
    )
    may = (
        by.role in OF_THE_CENTRE
        or is_head
        or is_holder(case, by)
        or _had_it_last(case, by)
        or (by.role is Role.CITIZEN and (by_code or is_same_id(case.sender_id, by.id)))
    )
    return () if may and not is_accused(case, by.id) else (_NOT_A_READER,)


def require_reader(case: Case, by: Person, *, by_code: bool = False) -> None:
    """Raise RefusedError unless `by` may read the case."""
    if refusals := find_read_refusals(case, by, by_code=by_code):
        article = _NOT_A_READER.article
        raise RefusedError(article=article, case=case.id, trigger="read", refusals=refusals)


def list_hidden(case: Case, by: Person) -> Iterator[str]:
    """Yield the keys of a case's plain data that are not for this reader."""
    if by.role is not Role.OPERATOR:
        yield "accused" if by.role is Role.CITIZEN else "code"
    if is_of_accused_unit(case, by):
        yield from ("sender", "sender_id", "code", "content")
