"""What is completed and noted while a case is open, by whom, and what then stays (Art. 10.2.a)."""

import attrs
import pytest

from phananh.regulation import acts as a
from phananh.regulation.request import Person, Sender
from tests.regulation import cast
from tests.regulation.positions import POSITIONS

OPEN = [place for place in POSITIONS if "/" in place]
NOTE = a.Note(by=cast.OPERATOR, text="Công dân gửi thêm ảnh")


def test_a_note_says_something_and_is_the_senders_own():
    """10.2.a: a blank note is refused, and so is that of another citizen."""
    case = cast.at_agency()
    assert cast.refuse_citing(case, attrs.evolve(NOTE, text="\u200b")) == [("blank", "10.2.a")]
    other = attrs.evolve(NOTE, by=Person(id="cd-2", role="citizen"))
    assert cast.refuse(case, other) == ["not_the_sender"]


@pytest.mark.parametrize("place", OPEN[1:])
def test_what_was_handed_on_stays(place):
    """10.2.a: contact, unit and language are completed later too; content and kind are not."""
    case = POSITIONS[place]()
    for given in ({"content": "Khác"}, {"kind": "proposal"}, {"content": "x", "kind": "conduct"}):
        act = a.Complete(by=cast.OPERATOR, sender=Sender(address="Tổ 5"), **given)
        assert cast.refuse_citing(case, act) == [("handed_on", "10.2.a")]
    later = a.Complete(
        by=cast.OPERATOR, sender=Sender(address="Tổ 5"), about_unit=cast.LAND, language="en"
    )
    done = cast.record(case, later)
    assert (done.sender.address, done.about_unit, done.language) == ("Tổ 5", cast.LAND, "en")
    assert (done.content, done.kind, done.clock) == (case.content, case.kind, case.clock)


def test_back_with_the_operator_content_changes_again():
    """8.3, 10.2.a: after the leadership's opinion the case is received, and may be recast."""
    case = cast.record(cast.at_leadership(), cast.OPINION)
    recast = a.Complete(by=cast.OPERATOR, kind="information", content="Lệ phí bao nhiêu?")
    assert cast.record(case, recast).content == "Lệ phí bao nhiêu?"


def test_what_rests_on_a_reading_names_it():
    """10.2.c, R48: that a case is rated once stands in no clause; the reading is named."""
    case = cast.record(cast.answered_case(), a.Rate(by=cast.CITIZEN, score=4))
    (reason,) = cast.decide_on(case, a.Rate(by=cast.CITIZEN, score=5)).reasons
    assert (reason.code, reason.article.id, reason.reading) == ("rated_before", "10.2.c", "R48")
    assert reason.as_dict()["reading"] == "R48"
    assert reason.text_with_article().endswith("(Art. 10(2)(c), reading R48)")
    assert reason.text_with_article("vi").endswith("(điểm c khoản 2 Điều 10, cách hiểu R48)")
