"""Who proposes to commend the sender (Art. 16.1, second paragraph)."""

from phananh.regulation import acts as a
from phananh.regulation.request import Person
from tests.regulation import cast

PROPOSE = a.Commend(by=cast.LEADERSHIP, text="Đề nghị khen")


def test_the_head_of_the_unit_proposes():
    """16.1.p2: the head of each unit that handled the case, and then not the leadership."""
    case = cast.answered_case()
    assert cast.is_recorded(case, a.Commend(by=cast.HEAD, text="Đề nghị khen"))
    assert cast.refuse_citing(case, PROPOSE) == [("unit_proposes", "16.1.p2")]
    other = Person(id="tt-2", role="agency_head", unit=cast.LAND)
    assert cast.refuse(case, a.Commend(by=other, text="x")) == ["not_handling_unit"]


def test_where_no_unit_handled_it_the_leadership_proposes():
    """16.1.p2: of what the operator answered, with the leadership's opinion or without."""
    answer = a.Answer(by=cast.OPERATOR, text="Đã rõ")
    for case in (cast.received_case(), cast.record(cast.at_leadership(), cast.OPINION)):
        case = cast.record(case, answer)
        assert cast.is_recorded(case, PROPOSE)
        assert cast.refuse(case, a.Commend(by=cast.HEAD, text="x")) == ["not_handling_unit"]


def test_proposals_are_counted():
    """16.1.p2: a case says how often somebody proposed to commend its sender."""
    case = cast.answered_case()
    assert case.commended == 0
    case = cast.record(case, a.Commend(by=cast.HEAD, text="Đề nghị khen"))
    assert case.commended == 1
    assert cast.record(case, a.Commend(by=cast.HEAD, text="Đề nghị khen")).commended == 2
