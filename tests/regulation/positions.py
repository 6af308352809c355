"""The positions of the typed table, each reached by a story, and who is right in them (Art. 8)."""

import attrs

from phananh.regulation.acts import Close
from phananh.regulation.case import Case
from phananh.regulation.request import Person
from phananh.regulation.rules import HOA_BINH_2019, Rules
from tests.regulation import cast
from tests.regulation.lawtable import ROLES, Line, law

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
    case, letters, followed = POSITIONS[place](), {}, set()
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
