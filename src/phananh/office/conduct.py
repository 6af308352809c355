"""Staff who were complained of, violations and commendations, as the histories have them.

Of staff who were complained of it says when their unit was told, and what it did then: whether it
named another person, or reported (Art. 8.1.c2). A violation is a limit that ran out by now, once,
with whose lateness it is: a person's, and their unit's from when they were accused (Art. 16.3,
R51). Commended are senders whom a unit proposed (Art. 16.1), and staff can be who answered and were
never late (Art. 16.2).

The register is for one person, and has what they may read. An accused finds nothing of their own
case in it, nor does anybody of their unit, nor a citizen. The Office of the People's Committee
reads no case (Art. 3.4), so the leadership makes the register that the Office gets.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from itertools import accumulate

import attrs

from phananh.desk.desk import Desk
from phananh.desk.lookup import iter_histories
from phananh.errors import CoverageError, InputError, NoWorkingTimeError
from phananh.office.report import find_missed
from phananh.plain_value import Value
from phananh.regulation.access import (
    find_read_refusals,
    is_accused,
    is_of_accused_unit,
    list_accused_of,
    may_read_outcome,
)
from phananh.regulation.case import Case, LapseRecord, fold
from phananh.regulation.cleaning import fold_id, is_same_id
from phananh.regulation.events import (
    Answered,
    Commended,
    Event,
    FindingsReported,
    OutcomeReported,
    Reassigned,
    UnitNotified,
)
from phananh.regulation.intake import EXCLUDED
from phananh.regulation.request import Kind, Person, Role
from phananh.stores.base import Query


@attrs.frozen(kw_only=True, eq=False, repr=False)
class StaffComplaint(Value):
    """A complaint of staff of a unit, and what the unit did about it (Art. 8.1.c2).

    `people` are the accused by id, none if only the unit is known. `told` is when the unit was
    notified, each time. `done` is what it did first since it was told last, "reassigned" (who was
    accused, or not known), "found" or "reported", and `done_at` when. `outcome` is the text that
    it reported last, None if it was erased, or if it is not for this reader.
    `remind_at` is when a reminder is due, None if the unit did something since or was never told.
    """

    case: str
    unit: str
    people: tuple[str, ...] = attrs.field(repr=False)
    told: tuple[datetime, ...]
    done: str | None
    done_at: datetime | None
    remind_at: datetime | None
    outcome: str | None = attrs.field(repr=False)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ConductRegister(Value):
    """Complaints of staff, violations by case, commended senders, and staff without any delay.

    `punctual` are the ids of those who answered and were never late, each with how many answers. A
    delay counts in what the reader may not read too.
    """

    complaints: tuple[StaffComplaint, ...]
    violations: tuple[tuple[str, LapseRecord], ...]
    commended: tuple[Commended, ...]
    punctual: tuple[tuple[str, int], ...]


def list_conduct(
    desk: Desk,
    *,
    for_: Person,
    since: datetime | None = None,
    before: datetime | None = None,
    remind_after: timedelta = timedelta(hours=8),
) -> ConductRegister:
    """Return the register of the cases received in a time, as `for_` may read it (Art. 16.1-3).

    A report on conduct without any unit has no line. A report counts it as `unit_not_told` (R36).
    `remind_after` is the working time that a unit has after it was told, by its own hours.

    Example:
        >>> accused = [Accused(id="CB-1", unit="MC-1")]
        >>> report = a_case(desk=desk, kind="conduct", accused=accused)
        >>> register = list_conduct(desk, for_=leadership)
        >>> [each.case == report.id for each in register.complaints]
        [True]
    """
    complaints, violations = list[StaffComplaint](), list[tuple[str, LapseRecord]]()
    commended, late = list[Commended](), set[str]()
    answers, spellings = Counter[str](), dict[str, str]()
    for stored, history in iter_histories(
        desk.store, Query(received_since=since, received_before=before)
    ):
        case = desk.as_of(stored)
        # Of what they may not read too: whoever was late there is not punctual.
        missed = find_missed(desk, case)
        lapses = [each for each in case.lapses if each.opened_by in missed]
        late |= {fold_id(each.holder) for each in lapses if each.holder}
        if (
            for_.role is Role.CITIZEN
            or is_of_accused_unit(case, for_)
            or find_read_refusals(case, for_)
        ):
            continue
        complaints += _list_complaints(desk, case, history, remind_after, for_)
        violations += [(case.id, each) for each in lapses]
        commended += [event for event in history if isinstance(event, Commended)]
        answers.update(
            spellings.setdefault(fold_id(str(event.by.id)), str(event.by.id))
            for event in history
            if isinstance(event, Answered)
        )
    punctual = tuple(each for each in answers.most_common() if fold_id(each[0]) not in late)
    return ConductRegister(
        complaints=tuple(complaints),
        violations=tuple(violations),
        commended=tuple(commended),
        punctual=punctual,
    )


def _list_complaints(
    desk: Desk, case: Case, history: tuple[Event, ...], remind_after: timedelta, for_: Person
) -> Iterator[StaffComplaint]:
    cases = list(
        accumulate(
            history[1:], lambda then, each: fold((each,), onto=then), initial=fold(history[:1])
        )
    )
    named = [*(each.unit for each in case.accused), *case.units_told]
    if case.about_unit and case.kind is Kind.CONDUCT and not any(each.id for each in case.accused):
        named.append(case.about_unit)
    for unit in {fold_id(each): each for each in named}.values():
        notices = [
            each
            for each in history
            if isinstance(each, UnitNotified) and is_same_id(each.unit, unit)
        ]
        if not notices and (case.kind in EXCLUDED or case.reasons):
            continue  # nobody is owed a notice
        since_told = history[notices[-1].n :] if notices else ()  # told again, it is to act again
        reactions = (
            (_name_reaction(cases[each.n - 2], each, unit), each.at) for each in since_told
        )
        done, done_at = next((each for each in reactions if each[0]), (None, None))
        remind_at = None
        if notices and done is None and case.kind not in EXCLUDED and not case.reasons:
            # Of a time before the calendar, or no hours.
            with suppress(CoverageError, NoWorkingTimeError, InputError):
                remind_at = desk.calendar(Role.AGENCY, unit).add(notices[-1].at, remind_after)
        outcomes = [
            each.text
            for each in (history[notices[0].n :] if notices else ())
            if isinstance(each, OutcomeReported)
            and is_same_id(each.unit, unit)
            and may_read_outcome(case, unit, for_)
        ]
        yield StaffComplaint(
            case=case.id,
            unit=unit,
            people=tuple(list_accused_of(case, unit)),
            told=tuple(each.at for each in notices),
            done=done,
            done_at=done_at,
            remind_at=remind_at,
            outcome=next((each for each in outcomes[-1:] if isinstance(each, str)), None),
        )


def _name_reaction(before: Case, event: Event, unit: str) -> str | None:
    """Return what an event says that the unit did, as `StaffComplaint.done` does, or None."""
    if isinstance(event, OutcomeReported):
        return "reported" if is_same_id(event.unit, unit) else None
    if isinstance(event, FindingsReported):
        return "found" if is_same_id(event.agency, unit) else None
    named = (event.officer or event.holder) if isinstance(event, Reassigned) else None
    return next(
        (
            "reassigned"
            for each in (before.holder, before.officer)  # who was accused may hold it no more
            if named and is_same_id(named.unit, unit)
            if each and is_same_id(each.unit, unit)
            if each.id is None or is_accused(before, each.id)
        ),
        None,
    )
