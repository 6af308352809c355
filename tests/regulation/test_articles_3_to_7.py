"""Articles 3 to 7 in order, a test for each clause that says something about a case."""

from datetime import datetime

import attrs
import pytest

from phananh.articles import Article
from phananh.regulation import acts as a
from phananh.regulation.cautions import find_cautions
from phananh.regulation.intake import REQUIREMENTS, find_unmet
from phananh.regulation.receipt import find_receipt_refusals
from phananh.regulation.request import Person, Role, Sender, State
from phananh.regulation.rules import HOA_BINH_2019
from tests.regulation import cast


@pytest.mark.parametrize("content", ["", " ", "?", "Xin hỏi lệ phí"])
def test_3_1_everything_is_received(content):
    """3.1: whatever was written, even nothing, and by whomever, is received."""
    act = a.Receive(by=cast.CITIZEN, kind="denunciation", channel="email", content=content)
    assert find_receipt_refusals(act, rules=HOA_BINH_2019) == ()
    assert (
        cast.received_case("denunciation", content=content, sender=Sender()).state is State.RECEIVED
    )


def test_3_2_at_any_hour():
    """3.2: received at any hour of a Sunday; the officer's hours begin on Monday morning."""
    for hour in range(24):
        sunday = datetime(2026, 3, 1, hour, 30, tzinfo=cast.VIETNAM)
        case = cast.at_officer(at=sunday)
        assert case.received_at == sunday
        assert f"{case.deadline.spans[0].start:%d.%m %H:%M}" == "02.03 07:30"
        assert f"{case.due:%d.%m %H:%M}" == "02.03 14:30"


def test_3_5_only_what_meets_article_6():
    """3.5: what does not meet Article 6 is listed on the case, every point of it."""
    lacking = {"content": " ", "sender": Sender(), "language": "en"}
    case = cast.received_case("complaint", **lacking)
    assert [row.article.id for row in find_unmet(case, rules=HOA_BINH_2019)] == [
        "1.1.b",
        "6.b",
        "6.a",
        "6.c",
        "6.c",
    ]
    asked = cast.received_case("information", **lacking)
    assert "incomplete" in find_cautions(asked, cast.context(asked.updated_at))


@pytest.mark.parametrize("kind", ["information", "conduct", "regulation", "proposal"])
def test_4_what_is_asked(kind):
    """4.1, 4.2, 4.3: information, reports on rules and conduct, and proposals are taken."""
    assert cast.unmet_codes(cast.received_case(kind)) == []
    assert cast.at_officer(kind).state is State.ESCALATED


@pytest.mark.parametrize(
    ("channel", "by", "taken"),
    [
        ("phone", cast.OPERATOR, []),
        ("phone", cast.CITIZEN, ["phone_by_operator"]),
        ("portal", cast.CITIZEN, []),
        ("email", cast.CITIZEN, []),
        ("message", cast.CITIZEN, []),
        ("email", cast.OPERATOR, []),
        ("portal", cast.OFFICER, ["wrong_role"]),
        ("phone", cast.CLOCK, ["wrong_role"]),
    ],
)
def test_5_where_it_is_sent(channel, by, taken):
    """5.1, 5.2: by telephone to the operator; in writing, which may come by itself."""
    act = a.Receive(by=by, kind="information", channel=channel, content="Lệ phí bao nhiêu?")
    assert [reason.code for reason in find_receipt_refusals(act, rules=HOA_BINH_2019)] == taken


def test_6_a_in_vietnamese():
    """6.a: what is not in Vietnamese may be refused, which the operator judges."""
    for language in ("fr", "vi-VN", "vi"):
        case = cast.received_case(language=language)
        assert cast.is_recorded(case, cast.reject("not_vietnamese"))


def test_6_a_the_language_is_put_right():
    """6.a, 10.2.a: a wrong tag of the portal is the operator's to put right, and nobody else's."""
    case = cast.received_case(language="en")
    assert cast.unmet_codes(case) == ["not_vietnamese"]
    right = a.Complete(by=cast.OPERATOR, language="vi")
    assert cast.unmet_codes(cast.record(case, right)) == []
    assert cast.refuse(case, attrs.evolve(right, by=cast.CITIZEN)) == ["operator_only"]


def test_6_b_clear_and_within_article_4():
    """6.b: unclear, or outside Article 4, is the operator's judgement."""
    for reason in ("unclear", "outside_article_4"):
        assert REQUIREMENTS[reason].article == Article("6.b")
        assert cast.record(cast.received_case(), cast.reject(reason)).state is State.REJECTED


def test_6_c_with_a_name_and_a_way_to_reply():
    """6.c: a missing name or contact is listed, until it is completed."""
    case = cast.received_case(sender=Sender(name="Mây"))
    assert cast.unmet_codes(case) == ["no_contact"]
    case = cast.record(case, a.Complete(by=cast.CITIZEN, sender=Sender(phone="+84 218 3831022")))
    assert case.sender == Sender(name="Mây", phone="+84 218 3831022")
    assert cast.unmet_codes(case) == []
    assert cast.refuse(case, cast.reject("no_contact")) == ["no_ground"]


def test_7_1_the_operator_records():
    """7.1: what comes in lies with the operators, any of them."""
    case = cast.received_case()
    assert (case.holder.role, case.holder.id, case.due) == (Role.OPERATOR, None, None)
    another = Person(id="dtv-2", role="operator")
    assert cast.is_recorded(case, a.Answer(by=another, text="Đã rõ"))


def test_7_2_every_reason_and_where_to_go():
    """7.2: every computed reason is told besides those given, once each; and guidance."""
    case = cast.received_case("complaint", sender=Sender())
    reasons = cast.record(case, cast.reject("unclear", "no_name", "no_name")).reasons
    assert reasons == ("unclear", "no_name", "complaint_or_denunciation", "no_contact")
    bare = a.Reject(by=cast.OPERATOR, reasons=[], guidance="\u200b")
    assert cast.refuse_citing(case, bare) == [("no_reasons", "7.2"), ("blank", "7.2")]


def test_7_2_every_false_reason_is_named():
    """7.2: each reason that does not hold is named, and cites its own clause."""
    reasons = ("complaint_or_denunciation", "unclear", "not_vietnamese", "no_name", "no_contact")
    assert cast.refuse_citing(cast.received_case(), cast.reject(*reasons)) == [
        ("no_ground", "1.1.b"), ("no_ground", "6.c"), ("no_ground", "6.c"),
    ]  # fmt: skip
