"""What is completed and noted while a case is open, by whom, and what then stays (Art. 10.2.a)."""

import attrs
import pytest

from phananh.regulation import acts as a
from phananh.regulation.cautions import find_cautions
from phananh.regulation.decide import list_allowed, list_triggers
from phananh.regulation.request import Holder, Person, Role, Sender, State
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


@pytest.mark.parametrize("place", OPEN)
def test_the_sender_withdraws_an_open_case(place):
    """R54: it closes without an answer, and is not rated, published, commended or reopened."""
    case = POSITIONS[place]()
    act = a.Withdraw(by=cast.CITIZEN, text="Đã được giải quyết")
    gone = cast.record(case, act)
    assert (gone.state, gone.holder, gone.due, gone.is_withdrawn) == (
        State.CLOSED,
        None,
        None,
        True,
    )
    assert all(each.replaced_at for each in gone.appointments)
    stranger = attrs.evolve(act, by=Person(id="cd-2", role="citizen"))
    assert cast.refuse_citing(case, stranger) == [("not_the_sender", "3.1")]
    assert cast.refuse(case, attrs.evolve(act, text=" ")) == ["blank"]
    for after, code in {
        a.Rate(by=cast.CITIZEN, score=5): "withdrawn",
        a.Publish(by=cast.OPERATOR, text="Mẫu"): "not_answered",
        a.Commend(by=cast.LEADERSHIP, text="Mẫu"): "not_answered",
        a.Reopen(by=cast.LEADERSHIP, text="Mẫu"): "not_rejected",
    }.items():
        assert code in cast.refuse(gone, after)


def test_a_withdrawn_report_on_conduct_leaves_the_unit_to_be_told():
    """R54, R36: the caution stays until the unit was notified, which is still possible."""
    gone = cast.record(cast.received_case(), a.Withdraw(by=cast.CITIZEN))
    context = cast.context(gone.updated_at, cast.read(valid_until=None))
    assert find_cautions(gone, context) == ("unit_not_told",)
    told = cast.record(gone, a.NotifyUnit(by=cast.LEADERSHIP, unit=cast.HEALTH))
    assert find_cautions(told, context) == ()


def test_a_wrong_refusal_is_reopened():
    """R55: from refused, and closed after that, by the leadership; the ground is taken back."""
    reopen = a.Reopen(by=cast.LEADERSHIP, text="Đúng là phản ánh")
    refused = cast.rejected_case()
    closed = cast.record(refused, a.Close(by=cast.OPERATOR))
    for case in (refused, closed):
        back = cast.record(case, reopen)
        assert (back.state, back.holder) == (State.RECEIVED, Holder(role=Role.OPERATOR))
        assert (back.reasons, back.result_article, back.is_open) == ((), None, True)
        assert cast.refuse_citing(case, attrs.evolve(reopen, text=" ")) == [("blank", "7.2")]
        assert cast.refuse(case, attrs.evolve(reopen, by=cast.OPERATOR)) == ["wrong_role"]
    assert cast.refuse(POSITIONS["closed"](), reopen) == ["not_rejected"]
    rated = cast.record(closed, a.Rate(by=cast.CITIZEN, score=1))
    assert (rated.rating, cast.record(rated, reopen).rating) == (1, None)
    assert "unit_not_told" not in find_cautions(closed, cast.context(closed.updated_at))
    assert "not_answered" in cast.refuse(closed, a.Publish(by=cast.OPERATOR, text="Mẫu"))


def test_a_complaint_that_is_found_later_is_answered_with_guidance():
    """R56: the operator puts the kind right, and five steps are out, which no list names."""
    found = a.Complete(by=cast.OPERATOR, kind="denunciation")
    case = cast.record(cast.at_officer(), found)
    assert cast.refuse(case, attrs.evolve(found, kind="proposal")) == ["handed_on"]
    assert cast.refuse(cast.at_officer(), attrs.evolve(found, by=cast.CITIZEN)) == [
        "operator_only", "handed_on",
    ]  # fmt: skip
    out = ("request_verification", "notify_unit")
    allowed = list_allowed(case, cast.OFFICER, cast.context(case.updated_at))
    assert {t for t, why in allowed.items() if "complaint" in {r.code for r in why}} == {*out}
    assert not {*out} & {*list_triggers(case, cast.HOA_BINH_2019)}
    answered = cast.record(case, cast.ANSWER)
    for act in (a.Publish(by=cast.OPERATOR, text="x"), a.Rate(by=cast.CITIZEN, score=1)):
        assert "complaint" in cast.refuse(answered, act)
    back = cast.record(case, a.SendBack(by=cast.OFFICER, text="Là tố cáo"))
    assert cast.is_recorded(back, a.Answer(by=cast.OPERATOR, text="Gửi nơi có thẩm quyền"))
    assert cast.refuse(back, a.Escalate(by=cast.OPERATOR, to=cast.OFFICER)) == ["complaint"]
