"""Who is accused after the hand-over, who then has the case, and which unit is told (8.1.c2)."""

import attrs
import pytest

from phananh.regulation import acts as a
from phananh.regulation.cautions import find_cautions
from phananh.regulation.request import Accused, Assignee, Person
from tests.regulation import cast
from tests.regulation.positions import POSITIONS

TELL = a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.HEALTH)
ACCUSE_OFFICER = a.Complete(
    by=cast.OPERATOR, accused=[Accused(id=cast.OFFICER.id.upper(), unit=cast.HEALTH)]
)


def cautions(case) -> tuple[str, ...]:
    """Return the cautions of a case as of its last event."""
    return find_cautions(case, cast.context(case.updated_at))


@pytest.mark.parametrize("place", [place for place in POSITIONS if "/" in place][1:])
def test_accused_are_added_after_the_hand_over(place):
    """R39: in every open state; those known stay, each once, and nobody is taken back."""
    case = POSITIONS[place]()
    known, other = case.accused, Accused(id=None, unit=cast.LAND)
    spelt = Accused(id=cast.SPELT, unit=cast.HEALTH.upper())
    for given in ([other], [other, other], [spelt, other] if known else [other]):
        act = a.Complete(by=cast.OPERATOR, accused=given)
        added = cast.record(case, act)
        assert added.accused == cast.record(added, act).accused == (*known, other)
    assert cast.record(case, a.Complete(by=cast.OPERATOR, accused=[])).accused == known


def test_accused_are_replaced_before_the_hand_over_only():
    """R39: the receipt's list is put right while nobody acted on it; not after an opinion."""
    empty = a.Complete(by=cast.OPERATOR, accused=[])
    assert cast.record(cast.received_case(), empty).accused == ()
    case = cast.record(cast.at_leadership(), cast.OPINION)
    assert cast.record(case, empty).accused == (cast.CULPRIT,)


def test_a_holder_who_becomes_accused_cannot_go_on():
    """8.1.c2, R39: the case stays, each of their acts is refused, and another is to be named."""
    case = cast.record(cast.at_officer(), ACCUSE_OFFICER)
    assert case.holder.id == cast.OFFICER.id
    assert "holder_accused" in cautions(case)
    for act in (cast.ANSWER, cast.verification_request(case), a.Note(by=cast.OFFICER, text="x")):
        assert cast.refuse_citing(case, act) == [("accused", "8.1.c2")]
    other = cast.record(case, a.Reassign(by=cast.LEADERSHIP, to=Assignee(id="cb-2")))
    assert "holder_accused" not in cautions(other)
    assert cast.is_recorded(other, attrs.evolve(cast.ANSWER, by=Person(id="cb-2", role="officer")))


def test_whom_a_completion_accuses_is_not_asked():
    """8.1.c2: an operator may record that they are accused themselves; then they are out."""
    act = a.Complete(by=cast.OPERATOR, accused=[Accused(id=cast.OPERATOR.id, unit="VNPT")])
    case = cast.record(cast.received_case(), act)
    assert cast.refuse(case, a.Answer(by=cast.OPERATOR, text="Xong")) == ["accused"]


def test_the_accused_comes_first_then_the_person_then_the_rest():
    """Reasons come in one order: the accused, holder and role, what the row asks."""
    act = a.Reschedule(by=Person(id=cast.SPELT, role="officer"), to=cast.MONDAY, reason=" ")
    assert cast.refuse(cast.at_agency(), act) == ["accused", "wrong_role", "not_later", "blank"]
    late = cast.lapsed_case(cast.at_officer())
    found = cast.refuse(late, act)
    assert found[:3] == ["accused", "wrong_holder", "wrong_role"]


def test_a_holder_without_a_unit_has_no_head():
    """8.1.c2: where nobody heads the holder, the leadership names another person."""
    alone = Person(id="cb-9", role="officer")
    case = cast.record(cast.received_case("information"), a.Escalate(by=cast.OPERATOR, to=alone))
    to = Assignee(id="cb-2")
    assert cast.record(case, a.Reassign(by=cast.LEADERSHIP, to=to)).holder.id == "cb-2"
    assert cast.refuse(case, a.Reassign(by=cast.HEAD, to=to)) == ["not_head"]


@pytest.mark.parametrize("place", ["answered", "closed"])
def test_a_unit_is_told_after_the_answer_too(place):
    """8.1.c2, R36: the duty is done late, and no longer owed."""
    case = POSITIONS[place]()
    assert "unit_not_told" in cautions(case)
    told = cast.record(case, TELL)
    assert (told.state, told.units_told) == (case.state, (cast.HEALTH,))
    assert "unit_not_told" not in cautions(told)


def test_the_unit_that_a_case_is_about_is_told():
    """8.1.c2: where nobody is named, of a report on conduct; the duty is owed to it then."""
    case = cast.at_officer("conduct", accused=(), about_unit=cast.LAND)
    assert "unit_not_told" in cautions(case)
    assert cast.refuse_citing(case, TELL) == [("not_their_unit", "8.1.c2")]
    told = cast.record(case, attrs.evolve(TELL, unit=cast.LAND.upper()))
    assert "unit_not_told" not in cautions(told)


def test_a_unit_is_told_where_somebody_is_accused():
    """8.1.c2: whatever the kind; of nobody's conduct no unit is told."""
    rule = cast.at_officer("regulation", accused=(Accused(unit=cast.HEALTH),))
    assert "unit_not_told" in cautions(rule)
    assert cast.is_recorded(rule, TELL)
    nobody = cast.at_officer("regulation", about_unit=cast.HEALTH)
    assert cast.refuse(nobody, TELL) == ["not_conduct"]
    assert "unit_not_told" not in cautions(nobody)


def test_a_unit_never_learns_who_complained():
    """R40: a text that names the sender is refused, and cites the reading."""
    act = attrs.evolve(TELL, text="Bà Bùi Thị Mây phản ánh")
    (reason,) = cast.decide_on(cast.answered_case(), act).reasons
    assert (reason.code, reason.article.id, reason.reading) == ("names_sender", "8.1.c2", "R40")
