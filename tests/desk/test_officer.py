"""What an officer with the Regulation in hand asks of a desk."""

from datetime import timedelta

import pytest

from phananh import Accused, Desk, InputError, Person, RefusedError, Sender
from phananh.regulation.events import Rejected
from tests.desk import people as p


def test_a_refused_denunciation_is_not_published(desk: Desk) -> None:
    """A denunciation that was refused and closed stays unpublished (Art. 1.1.b)."""
    case = p.a_case(desk, kind="denunciation")
    desk.reject(
        case.id, reasons=["complaint_or_denunciation"], guidance="Gửi Ban Tiếp dân", by=p.OPERATOR
    )
    desk.close(case.id, by=p.OPERATOR)
    with pytest.raises(RefusedError) as caught:
        desk.publish(case.id, text="Đã có đơn", by=p.OPERATOR)
    assert str(caught.value.article) == "1.1.b"


def test_every_computed_reason_is_told(desk: Desk) -> None:
    """A refusal records, besides the reasons given, every one that can be computed (Art. 7.2)."""
    case = p.a_case(desk, kind="complaint", language="en", sender=Sender(name="Mẫu"))
    desk.reject(case, reasons=["unclear"], guidance="Gửi lại", by=p.OPERATOR)
    last = desk.history(case)[-1]
    assert isinstance(last, Rejected)
    assert last.reasons == ("unclear", "complaint_or_denunciation", "not_vietnamese", "no_contact")


def test_the_newest_promise_counts(desk: Desk, hand: p.Hand) -> None:
    """A missed appointment is pointed out though an earlier agency had promised later (R35)."""
    case = p.with_agency(desk, hand)
    assert case.due is not None
    desk.reschedule(case, to=case.due + timedelta(days=5), reason="chờ hồ sơ", by=p.AGENCY)
    desk.report_findings(case.id, text="Không thuộc đơn vị", by=p.AGENCY)
    soon = hand.at + p.HOUR
    again = desk.request_verification(case.id, agency="U-3", appointment=soon, by=p.OFFICER)
    assert "appointment_missed" not in desk.cautions(again, at=soon)
    assert "appointment_missed" in desk.cautions(again, at=soon + p.MICROSECOND)


@pytest.mark.parametrize("typed", ["Đ-1", "đ-1", "\u00d0-1", "\u00f0-1"])
def test_one_letter_two_codes(desk: Desk, typed: str) -> None:
    """The look-alike of Đ from old encodings does not let the accused pass (Art. 8.1.c2)."""
    case = p.a_case(desk, kind="conduct", accused=[Accused(id="Đ-1", unit="U-1")])
    with pytest.raises(RefusedError if typed in ("Đ-1", "đ-1") else InputError):
        desk.escalate(case, to=Person(id=typed, role="officer"), by=p.OPERATOR)


@pytest.mark.parametrize("typed", ["\u0421-1", "C\u0412-1", "\u03a9-1"])
def test_only_latin_ids(typed: str) -> None:
    """An id in another script, whole or in part, is refused with the letter's name."""
    with pytest.raises(InputError, match=r"U\+0"):
        Person(id=typed, role="officer")


def test_what_is_missing_stays_in_sight(desk: Desk) -> None:
    """A case without a way to reply is pointed out as long as it is open (Art. 6.c, R11)."""
    case = p.a_case(desk, sender=Sender(name="Mẫu", phone="12"))
    assert "incomplete" in desk.cautions(case)
    done = desk.answer(case, text="Đã niêm yết", by=p.OPERATOR)
    assert "incomplete" not in desk.cautions(done)
