"""What is handed on, what is only refused, and who judges it (Art. 1.1.b, 3.5, 6, 7.2)."""

import attrs
import pytest

from phananh.messages.labels import WORDS
from phananh.regulation import acts as a
from phananh.regulation.decide import NotAllowed, list_allowed
from phananh.regulation.intake import INTAKE, REQUIREMENTS
from phananh.regulation.request import Accused, Erased, Sender
from tests.regulation import cast

TARGETS = {"information": cast.OFFICER, "service": cast.PROVIDER, "conduct": cast.LEADERSHIP}


def test_what_lacks_contact_is_not_handed_on():
    """3.5, 6.c, R42: to nobody, whatever the kind; the operator still answers on the spot."""
    for kind, to in TARGETS.items():
        for sender, lacking in [
            (Sender(), ["no_name", "no_contact"]),
            (Sender(name="Mây", phone="12"), ["no_contact"]),
            (Sender(email="may@vidu.vn"), ["no_name"]),
            (Sender(name="Mây", address="Tổ 5"), []),
        ]:
            case = cast.received_case(kind, sender=sender)
            act = a.Escalate(by=cast.OPERATOR, to=to)
            buttons = list_allowed(case, cast.OPERATOR, cast.context(case.updated_at))
            assert [reason.code for reason in buttons["escalate"]] == lacking
            if not lacking:
                assert cast.is_recorded(case, act)
                return
            assert cast.refuse_citing(case, act) == [(code, "6.c") for code in lacking]
            assert {reason.reading for reason in cast.decide_on(case, act).reasons} == {"R42"}
            assert cast.is_recorded(case, act, rules=cast.read(contact_gate=False))
            assert cast.is_recorded(case, a.Answer(by=cast.OPERATOR, text="Lệ phí 8.000 đồng"))
            assert cast.is_recorded(
                cast.record(case, a.Complete(by=cast.CITIZEN, sender=cast.SENDER)), act
            )


def test_a_content_that_was_erased_was_there():
    """What is erased is not missing, so the request does not lack it."""
    erased = attrs.evolve(cast.received_case(), content=Erased(length=3, digest="0" * 32))
    assert cast.unmet_codes(erased) == []


@pytest.mark.parametrize("kind", ["complaint", "denunciation"])
def test_a_complaint_is_rejected_completed_or_noted(kind):
    """1.1.b: every other act for which there is a step cites that clause, and is not named."""
    case = cast.received_case(kind, accused=(Accused(unit=cast.HEALTH),))
    for by in (cast.OPERATOR, cast.LEADERSHIP):
        allowed = list_allowed(case, by, cast.context(case.updated_at))
        refused = {act for act, why in allowed.items() if ("complaint" in {r.code for r in why})}
        assert refused == {"answer", "escalate", "lift_lapse", "notify_unit"}
    decision = cast.decide_on(case, a.Close(by=cast.OPERATOR))
    assert isinstance(decision, NotAllowed)
    assert decision.allowed == ("complete", "note", "reject", "withdraw")
    assert cast.is_recorded(case, a.Note(by=cast.CITIZEN, text="Gửi kèm đơn"))


def test_a_number_that_is_no_contact_of_a_person():
    """3.5, 6.c: digits that no number has, a hotline, and what only looks like an address."""
    usable = [
        {"phone": text}
        for text in (
            "ĐT: 0912 345 678 Zalo", "0912345678 - 0987654321", "0218 3852 123 máy lẻ 12",
            "+84 (218) 385-2123", "0084912345678", "84912345678", "3 852 123", "may@vidu.vn",
        )
    ]  # fmt: skip
    usable += [{"email": text} for text in ("may@vidu.vn.", "mail: may@vidu.vn", "Zalo 0912345678")]
    unusable = [
        {"phone": text}
        for text in ("1234567", "12345678", "9" * 8, "1" * 16, "19001022", "1800 6922", "1022")
    ]
    unusable += [{"email": text} for text in ("may@vidu", "@vidu.vn", "không có")]
    unusable += [
        {"address": text} for text in ("-", ".", "Không có", "không rõ", "Chưa rõ", "chưa có")
    ]
    for given in usable:
        assert cast.unmet_codes(cast.received_case(sender=Sender(name="Mây", **given))) == []
    for given in unusable:
        case = cast.received_case(sender=Sender(name="Mây", **given))
        assert cast.unmet_codes(case) == ["no_contact"], given


@pytest.mark.parametrize("blank", [None, "", " ", "\u200b", "\u3164", "không biết", "Chưa rõ"])
def test_a_name_or_an_address_that_shows_nothing_is_not_given(blank):
    """3.5, 6.c: what nobody can see is no name, and no address to reply to."""
    assert cast.unmet_codes(cast.received_case(sender=Sender(name=blank, address="Tổ 5"))) == [
        "no_name"
    ]
    assert cast.unmet_codes(cast.received_case(sender=Sender(name="Mây", address=blank))) == [
        "no_contact"
    ]


def test_a_requirement_as_data_says_what_to_do_in_both_languages():
    """7.2: code, clause and words in both languages; in one language its words once more."""
    row = REQUIREMENTS["unclear"]
    plain = row.as_dict()
    assert [*plain] == ["code", "article", "vi", "en", "guidance"]
    assert (plain["vi"], plain["en"]) == (row.text("vi"), row.text())
    assert (row.text("vi"), row.text()) == WORDS["reason"]["unclear"]
    assert plain["guidance"] == {"vi": row.guidance("vi"), "en": row.guidance()}
    for lang in ("vi", "en"):
        own = row.as_dict(lang)
        assert (own["text"], own["guidance_text"]) == (row.text(lang), row.guidance(lang))


@pytest.mark.parametrize(
    ("sender", "required", "facts"),
    [
        (Sender(name="Mây"), "name reply", {}),
        (Sender(name="Mây", phone=" "), "name reply", {}),
        (Sender(name="Mây", phone="4471"), "name reply", {"field": "phone"}),
        (Sender(name="Mây", phone="4471", email="may"), "name reply", {"field": "phone|email"}),
        (Sender(phone="0912345678", email="may"), "phone email", {"lacks": "email"}),
        (Sender(phone="0912345678"), "reply address", {"lacks": "address"}),
        (Sender(phone="4471"), "phone email", {"lacks": "email|phone"}),
        (Sender(phone="0912345678"), "name address", {"lacks": "address"}),
    ],
)
def test_a_contact_that_cannot_be_used_is_named(sender, required, facts):
    """6.c: what was given and cannot be used is not said to be missing, and is not repeated."""
    rules = cast.read(contact_required={*required.split()})
    case, act = cast.received_case("information", sender=sender), a.Escalate
    *_, reason = cast.decide_on(case, act(by=cast.OPERATOR, to=cast.OFFICER), rules=rules).reasons
    assert (reason.code, dict(reason.facts)) == ("no_contact", facts)
    assert ("không dùng được" in reason.text("vi")) == ("field" in facts)
    assert ("để trả lời" in reason.text("vi")) == ("lacks" not in facts)
    assert "4471" not in reason.text("vi")


def test_who_judges_a_requirement():
    """6.b: the operator judges these themselves; 8.3: the leadership; the rest is computed."""
    assert {each.code for each in INTAKE if each.judged} == {"outside_article_4", "unclear"}
    uncomputed = {each.code for each in INTAKE if each.unmet is None}
    assert uncomputed == {"outside_article_4", "out_of_competence"}
