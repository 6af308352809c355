"""The outcomes typed by hand from the Articles, against what the code answers (Art. 7-10, 16)."""

from importlib.resources import files

import pytest

from phananh.articles import CLAUSES
from phananh.regulation.acts import ACTS, SYSTEM_TRIGGERS, Lapse
from phananh.regulation.decide import list_triggers
from phananh.regulation.request import Role, State
from phananh.regulation.rules import HOA_BINH_2019
from tests.regulation import cast
from tests.regulation.lawtable import ROLES, law, position_of
from tests.regulation.positions import POSITIONS, answers, expected_end, right_person

CELLS = [(place, trigger) for place, lines in law().items() for trigger in lines]


def test_the_table_is_whole():
    """The typed table has every position, every act but the receipt, and every role."""
    assert law().keys() == POSITIONS.keys()
    assert {*ROLES} == {role.value for role in Role}
    for lines in law().values():
        assert lines.keys() == ACTS.keys() - {"receive"}
    assert len(CELLS) * len(ROLES) == 12 * 17 * 9


@pytest.mark.parametrize("place", POSITIONS)
def test_the_stories_lead_there(place):
    """Each position of the table is reached by a story of ordinary acts."""
    assert position_of(POSITIONS[place]()) == place


@pytest.mark.parametrize(("place", "trigger"), CELLS, ids=lambda part: part)
def test_outcome(place, trigger):
    """The code answers each act at each position, for each role, as the Articles do."""
    letters, followed = answers(place, trigger)
    line = law()[place][trigger]
    assert letters == line.letters
    assert followed == ({expected_end(place, line)} if "R" in letters.values() else set())


@pytest.mark.parametrize(
    ("early", "late"),
    [("escalated/officer", "overdue/officer"), ("pending_verification/agency", "overdue/agency")],
)
@pytest.mark.parametrize("role", ROLES)
def test_after_the_due_instant(early, late, role):
    """Once the clock has run out, a case is judged as overdue although nobody swept it."""
    case = POSITIONS[early]()
    at = case.due + cast.US
    for trigger, line in law()[late].items():
        if trigger in SYSTEM_TRIGGERS:
            continue
        act = cast.well_formed_act(trigger, right_person(role, case), case, at)
        decision = cast.decide_on(case, act, at=at)
        assert cast.letter_of(decision) == line.letters[role], trigger
        if line.letters[role] == "R":
            assert next(type(event).__name__ for event in decision.events) == "Lapsed"
            assert len(decision.events) == 2


@pytest.mark.parametrize("early", ["escalated/officer", "pending_verification/agency"])
def test_a_lapse_is_the_clocks(early):
    """Only the clock records a lapse, only after the due instant, dated at it (9.1, 9.2)."""
    case = POSITIONS[early]()
    assert cast.refuse(case, Lapse(), at=case.due) == ["not_due"]
    for person in cast.PEOPLE[:-1]:
        assert cast.refuse(case, Lapse(by=person), at=case.due + cast.US) == ["wrong_role"]
    late = cast.record(case, Lapse(), at=case.due + cast.DAY)
    assert (late.state, late.updated_at) == (State.OVERDUE, case.due)


@pytest.mark.parametrize("place", POSITIONS)
def test_possible_steps_are_named(place):
    """Available triggers are the acts that somebody can do from there, or might some day."""
    case, lines = POSITIONS[place](), law()[place]
    named = set(list_triggers(case, HOA_BINH_2019))
    for trigger, line in lines.items():
        if trigger in SYSTEM_TRIGGERS:
            assert trigger not in named
        elif "R" in line.letters.values():
            assert trigger in named
        if set(line.letters.values()) == {"N"}:
            assert trigger not in named


def test_the_clauses_are_real():
    """Every clause that the typed table cites is in the registry, or a reading or an article."""
    text = files("phananh.testing.invariants").joinpath("decision_2370.txt").read_text("utf-8")
    typed = [line.split()[11].rstrip(",") for line in text.splitlines() if line[:1].isalpha()]
    cited = {clause for each in typed for clause in each.split(",")}
    articles = {place.split(".")[0] for place in CLAUSES}
    known = {c for c in cited if c in CLAUSES or c in articles or c.startswith("R")}
    assert {c for c in cited - known if not any(p.startswith(c + ".") for p in CLAUSES)} == set()
