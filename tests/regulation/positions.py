"""The table typed from the Articles, as the test kit lends it: position, act, role -> letter."""

from collections.abc import Iterator
from functools import cache

import attrs

from phananh.regulation import events as e
from phananh.regulation.acts import Close
from phananh.regulation.case import Case
from phananh.regulation.request import Person, Role
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.testing.invariants import NEW, ROLES, Outcome, read_decision
from tests.regulation import cast

Line = Outcome
TRIGGERS = {
    e.Completed: "complete", e.Noted: "note", e.Rejected: "reject", e.Answered: "answer",
    e.Escalated: "escalate", e.Advised: "advise", e.Reassigned: "reassign", e.Closed: "close",
    e.VerificationRequested: "request_verification", e.FindingsReported: "report_findings",
    e.Rescheduled: "reschedule", e.DeadlineMoved: "move_deadline", e.Lapsed: "lapse",
    e.SentBack: "send_back", e.Withdrawn: "withdraw", e.Reopened: "reopen",
    e.LapseLifted: "lift_lapse", e.UnitNotified: "notify_unit", e.Published: "publish",
    e.OutcomeReported: "report_outcome", e.PublicationWithdrawn: "unpublish",
    e.Commended: "commend", e.Rated: "rate",
}  # fmt: skip
__all__ = ["ROLES", "TRIGGERS", "Line", "law", "position_of"]


def position_of(case) -> str:
    """Return how a table names where a case lies: `escalated/officer`, `answered`."""
    return f"{case.state.value}/{case.holder.role.value}" if case.holder else case.state.value


def law() -> dict[str, dict[str, Line]]:
    """Return the positions of cases under the default readings."""
    return {
        place: lines
        for place, lines in read_decision().items()
        if place != NEW and " if " not in place
    }


BUDGET = cast.limit(4, "8.3")
LIMITED = cast.read(provider_limit=BUDGET, leadership_limit=BUDGET)

POSITIONS = {
    "received/operator": cast.received_case,
    "rejected": cast.rejected_case,
    "escalated/officer": cast.at_officer,
    "escalated/provider": cast.at_provider,
    "escalated/leadership": cast.at_leadership,
    "pending_verification/agency": cast.at_agency,
    "overdue/officer": lambda: cast.lapsed_case(cast.at_officer()),
    "overdue/agency": lambda: cast.lapsed_case(cast.at_agency()),
    "overdue/provider": lambda: cast.lapsed_case(cast.at_provider(rules=LIMITED), rules=LIMITED),
    "overdue/leadership": lambda: cast.lapsed_case(
        cast.at_leadership(rules=LIMITED), rules=LIMITED
    ),
    "answered": cast.answered_case,
    "closed": lambda: cast.record(cast.answered_case(), Close(by=cast.OPERATOR)),
}


def make_whole(place: str) -> Case:
    """Return the case at a place with what rows require: its units were told, it is public."""
    case = POSITIONS[place]()
    own = case.holder.unit if case.holder else None
    return attrs.evolve(case, units_told=(cast.HEALTH, own or cast.HEALTH), published=1)


def right_person(role: str, case: Case) -> Person:
    """Return the right person of a role: of the holder's unit, where the role has one."""
    person = next(p for p in cast.PEOPLE if p.role.value == role)
    holder = case.holder
    if role == "agency_head" and holder and holder.unit:
        return attrs.evolve(person, unit=holder.unit)
    return person


def answers(
    place: str, trigger: str, *, rules: Rules = HOA_BINH_2019
) -> tuple[dict[str, str], set[str]]:
    """Return what the code answers each role: letters, and the states that followed."""
    case, letters, followed = make_whole(place), {}, set()
    at = case.updated_at + cast.MINUTE
    for role in ROLES:
        act = cast.well_formed_act(trigger, right_person(role, case), case, at)
        decision = cast.decide_on(case, act, at=at, rules=rules)
        letters[role] = cast.letter_of(decision)
        if letters[role] == "R":
            assert len(decision.events) == 1
            followed.add(decision.case.state.value)
    return letters, followed


def expected_end(place: str, line: Line) -> str:
    """Return the state that a line of the typed table leads to."""
    return place.split("/")[0] if line.leads_to == "=" else line.leads_to


def differences(rules: Rules = HOA_BINH_2019) -> list[str]:
    """Return every line of the typed table to which the code answers otherwise."""
    found = []
    for place, lines in law().items():
        for trigger, line in lines.items():
            letters, followed = answers(place, trigger, rules=rules)
            if letters != line.letters or not followed <= {expected_end(place, line)}:
                found.append(f"{place} {trigger}")
    return found


COLLEAGUE = Person(id="dong-nghiep", role="operator", unit=cast.HEALTH)


@cache
def person(role: str, flag: str, who: str | None, unit: str | None) -> Person:
    """Return somebody of a role: right, accused, or a stranger of another unit."""
    usual = next(p for p in cast.PEOPLE if p.role.value == role)
    unit = unit if role in ("agency", "agency_head") and unit else usual.unit
    if flag == "right":
        return Person(id=who or usual.id, role=role, unit=unit)
    if flag == "accused":
        return Person(id=cast.SPELT, role=role, unit=unit)
    return Person(id="nguoi-la", role=role, unit="don-vi-khac")


def people(case: Case) -> Iterator[tuple[bool, Person]]:
    """Yield the right, the accused and the strange person of each role; the flag says right."""
    holder = case.holder
    for role in (r.value for r in Role):
        own = holder is not None and holder.role.value == role
        who = holder.id if own and role in ("officer", "provider") else None
        for flag in ("right", "accused", "stranger"):
            yield flag == "right", person(role, flag, who, holder.unit if holder else None)
    yield False, COLLEAGUE
