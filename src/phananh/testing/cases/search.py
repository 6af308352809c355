"""The shortest way from a case to the state a test wants, by acts that the rules allow.

This file does not know the lifecycle: an act of each kind is tried on each case that was reached,
the nearest first, and each that the Regulation allows leads on. So any `Rules` will do.
"""

from collections import deque
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

import attrs

from phananh.desk.desk import Desk
from phananh.errors import InputError, PhanAnhError
from phananh.regulation import acts as a
from phananh.regulation.case import Case
from phananh.regulation.decide import NotAllowed, Recorded, decide
from phananh.regulation.intake import EXCLUDED
from phananh.regulation.request import Person, Reason, Role, State
from phananh.testing.cases.people import AGENCY_UNIT, a_person

_APPOINTMENT = timedelta(days=14)
_PUT_OFF = timedelta(days=1)  # as little as rules of your own may allow
_BRIEF = timedelta(minutes=1)
_TARGETS = (Role.OFFICER, Role.PROVIDER, Role.LEADERSHIP)
Step = tuple[a.Act, datetime]


@attrs.frozen(kw_only=True)
class Wish:
    """The case that is wanted: its state, its holder, how late, how long before it is due."""

    state: State
    holder: Role | None = None
    late_by: timedelta | None = None
    due_in: timedelta | None = None
    rescheduled: bool = False

    def is_met(self, case: Case) -> bool:
        """Return whether a case is there."""
        return (
            case.state is self.state
            and (self.holder is None or _role_of(case) is self.holder)
            and (self.late_by is None or case.is_late)
            and (self.due_in is None or case.due is not None)
            and (not self.rescheduled or bool(case.reschedules))
        )


@attrs.frozen(kw_only=True)
class Reached:
    """A case that was reached, when, and by which acts."""

    case: Case
    at: datetime
    steps: tuple[Step, ...] = ()


def find_way(desk: Desk, start: Reached, wish: Wish, people: Mapping[Role, Person]) -> Reached:
    """Return the nearest case that is as wished.

    Raises:
        InputError: there is no such case. The message lists those there are.
    """
    queue, seen = deque([start]), {_key_of(start.case): start.case}
    failures: list[PhanAnhError] = []
    while queue:
        reached = queue.popleft()
        if wish.is_met(reached.case):
            return reached
        for step in _list_steps(reached, wish, people):
            after = _try_step(desk, reached, step, people, failures)
            if after and seen.setdefault(_key_of(after.case), after.case) is after.case:
                queue.append(after)
    raise _make_error(wish, [*seen.values()]) from (failures[0] if failures else None)


def _try_step(
    desk: Desk,
    reached: Reached,
    step: Step,
    people: Mapping[Role, Person],
    failures: list[PhanAnhError],
) -> Reached | None:
    """Return the case after an act, by a person who may do it, or None if no person may."""
    act, at = step
    for by in (act.by, *people.values()):
        asked = act if by is act.by else attrs.evolve(act, by=by)
        try:
            decision = decide(reached.case, asked, desk.context_of(reached.case, at))
        except PhanAnhError as error:  # such as a limit beyond the days that the calendar knows
            failures.append(error)
            return None
        if isinstance(decision, Recorded):
            return Reached(case=decision.case, at=at, steps=(*reached.steps, (asked, at)))
        if isinstance(decision, NotAllowed):
            return None
    return None


def _list_steps(reached: Reached, wish: Wish, people: Mapping[Role, Person]) -> Iterator[Step]:
    """Yield an act of each kind that can move a case, with when it is done."""
    case, at = reached.case, reached.at
    by = _act_as_holder(case, people)
    yield a.Answer(text="Trả lời mẫu", by=by), at
    for role in _TARGETS:
        yield a.Escalate(to=people[role], by=people[Role.OPERATOR]), at
    yield _make_verification_request(people[Role.AGENCY], by, at), at
    if wish.rescheduled:
        yield a.Reschedule(to=(case.due or at) + _PUT_OFF, reason="Lý do mẫu", by=by), at
    yield a.ReportFindings(text="Kết quả xác minh mẫu", by=by), at
    if case.clock is not None:
        yield a.Lapse(), max(at, case.clock.late_after + (wish.late_by or _BRIEF))
    for reason in sorted(Reason, key=lambda each: each is not _choose_reason(case)):
        yield a.Reject(reasons=[reason], guidance="Hướng dẫn mẫu", by=people[Role.OPERATOR]), at
    yield a.Close(by=people[Role.OPERATOR]), at
    yield a.Advise(text="Ý kiến mẫu", within_competence=True, by=people[Role.LEADERSHIP]), at


def _make_verification_request(agency: Person, by: Person, at: datetime) -> a.RequestVerification:
    return a.RequestVerification(
        agency=agency.unit or AGENCY_UNIT,
        focal=agency.id,
        appointment=at + _APPOINTMENT,
        by=by,
    )


def _choose_reason(case: Case) -> Reason:
    """Return the most likely reason. Under other rules others may be valid."""
    return Reason.COMPLAINT_OR_DENUNCIATION if case.kind in EXCLUDED else Reason.UNCLEAR


def _act_as_holder(case: Case, people: Mapping[Role, Person]) -> Person:
    """Return the holder of the case, or an operator if it has none."""
    holder = case.holder
    if holder is None or holder.role is Role.OPERATOR:
        return people[Role.OPERATOR]
    sample = people.get(holder.role) or a_person(holder.role)
    return Person(id=holder.id or sample.id, role=holder.role, unit=holder.unit or sample.unit)


def _role_of(case: Case) -> Role | None:
    return case.holder.role if case.holder else None


def _key_of(case: Case) -> tuple[object, ...]:
    """Return the differences between cases that matter to a wish and the way on."""
    holder, officer = _role_of(case), case.officer is None
    return case.state, holder, bool(case.reschedules), case.is_late, case.due is None, officer


def _make_error(wish: Wish, found: list[Case]) -> InputError:
    """Return the error that names the wish, and the possible ones."""
    asked = _describe(
        wish.state,
        wish.holder,
        late=wish.late_by is not None,
        due=wish.due_in is not None,
        rescheduled=wish.rescheduled,
    )
    return InputError(
        field="state",
        code="case_unreachable",
        asked=asked,
        kind=found[0].kind,
        rules=found[0].rules,
        known=_list_possible(found, wish),
    )


def _list_possible(found: list[Case], wish: Wish) -> tuple[str, ...]:
    """Return the possible wishes: of that state and holder, else of that state, else all."""
    near = [case for case in found if case.state is wish.state]
    closest = [case for case in near if wish.holder in (None, _role_of(case))]
    if closest:
        return tuple(dict.fromkeys(map(_describe_case, closest)))
    return tuple(dict.fromkeys(_describe(case.state, _role_of(case)) for case in near or found))


def _describe_case(case: Case) -> str:
    return _describe(
        case.state, _role_of(case), late=case.is_late, due=case.due is not None,
        rescheduled=bool(case.reschedules),
    )  # fmt: skip


def _describe(state: State, holder: Role | None, **flags: bool) -> str:
    """Return a place in slugs, such as `overdue/agency/late`."""
    named = (flag for flag, is_on in flags.items() if is_on)
    return "/".join([state, *([holder] if holder else []), *named])
