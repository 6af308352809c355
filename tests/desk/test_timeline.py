"""What happened, in words: names in place of ids, and the texts for one reader (3.4, R40)."""

import re
from typing import Any

import attrs
import pytest

from phananh import Accused, Assignee, Case, Desk, Person, RefusedError, Sender
from phananh.regulation import acts as a, timeline
from tests.desk import people as p

NEAR = Person(id="OP-7", role="operator", unit="u-7")  # of the accused's unit
WROTE = ("câu hỏi mẫu", "câu thêm", "ý thêm")  # by the citizen
ANSWERED = ("trả lời mẫu", "mẫu.pdf", "lý do mẫu", "đăng mẫu")
INSIDE = ("ghi chú mẫu", "ý kiến mẫu", "kết quả mẫu", "trả lại mẫu")  # among the staff
NAMING = "đã gọi 0218 383 1022"


def live_through(desk: Desk, hand: p.Hand) -> Case:
    """Return an answered case with a text of each kind."""
    case = p.a_case(desk, channel="portal", by=p.CITIZEN, kind="conduct", content=WROTE[0],
                    accused=[Accused(id="CB-7", unit="U-7")])  # fmt: skip
    later = hand.at + 50 * p.HOUR
    said: tuple[a.Act, ...] = (
        a.Complete(content=WROTE[1], by=p.CITIZEN),
        a.Note(text=WROTE[2], by=p.CITIZEN),
        a.Note(text=INSIDE[0], by=p.OPERATOR),
        a.Note(text=NAMING, by=p.OPERATOR),
        a.Escalate(to=p.LEADER, by=p.OPERATOR),
        a.Advise(text=INSIDE[1], within_competence=True, by=p.LEADER),
        a.Escalate(to=p.OFFICER, by=p.OPERATOR),
        a.RequestVerification(agency="U-2", appointment=later, by=p.OFFICER),
        a.Reschedule(to=later + p.HOUR, reason=ANSWERED[2], by=p.AGENCY),
        a.ReportFindings(text=INSIDE[2], by=p.AGENCY),
        a.SendBack(text=INSIDE[3], by=p.OFFICER),
        a.Answer(text=ANSWERED[0], documents=[ANSWERED[1]], by=p.OPERATOR),
        a.Publish(text=ANSWERED[3], by=p.OPERATOR),
    )
    for act in said:
        hand.at += p.MICROSECOND
        case = desk.do(case, act)
    return case


@pytest.mark.parametrize(
    ("reader", "texts"),
    [
        (None, ()),
        (p.OPERATOR, (*WROTE, *ANSWERED, *INSIDE, NAMING)),
        (p.LEADER, (*WROTE, *ANSWERED, *INSIDE, NAMING)),
        (p.CITIZEN, (*WROTE, *ANSWERED)),
        (NEAR, (*ANSWERED, *INSIDE[1:])),  # the operator may have noted what the sender said
    ],
)
def test_each_reader_gets_the_texts_for_them(reader: Person | None, texts: tuple[str, ...]) -> None:
    """Staff read all, the citizen what they wrote and were told, the accused's unit no sender."""
    hand = p.Hand()
    desk = Desk(clock=hand)
    case = live_through(desk, hand)
    told = desk.timeline(case, lang="vi", for_=reader)
    assert len(told) == case.version
    everything = "\n".join(told)
    assert re.findall(r"\)[^;, \n]", everything) == []  # nothing else parts text and clause
    for text in (*WROTE, *ANSWERED, *INSIDE, NAMING):
        assert (text in everything) is (text in texts), text
    for secret in (p.SENDER.name, p.SENDER.email, case.code, p.CITIZEN.id, "CB-7"):
        assert str(secret) not in everything


def test_the_accused_unit_reads_what_operators_noted_while_it_holds_the_case() -> None:
    """A colleague who handles the case reads no request, and no text that names the sender."""
    desk = Desk(clock=p.Hand())
    case = p.a_case(desk, kind="conduct", accused=p.ACCUSED)
    near = attrs.evolve(p.OPERATOR, unit=p.OFFICER.unit)
    for text, by in (
        (NAMING, p.OPERATOR), ("Thái độ", p.OPERATOR), ("Kể thêm", p.LEADER), ("bà Thử", near)
    ):  # fmt: skip
        case = desk.note(case.id, text=text, by=by)
    for reader in (attrs.evolve(near, id="OP-5"), p.OFFICER):  # "bà Thử" may be a guess
        held = "\n".join(desk.timeline(case, for_=reader))
        assert [x in held for x in (p.SAID, NAMING, "Thái độ", "Thử")] == [
            False,
            False,
            True,
            False,
        ]
        case = case if case.officer else desk.escalate(case.id, to=p.OFFICER, by=p.OPERATOR)
    answered = desk.answer(case, text=f"Kính gửi: {NAMING}", by=p.OFFICER)
    for reader, is_told in ((p.OFFICER, True), (near, False), (p.OPERATOR, True)):
        told = "".join(desk.timeline(answered, for_=reader))
        assert ("Kính gửi" in told, "Thái độ" in told) == (is_told, reader is p.OPERATOR)
        assert ("Kể thêm" in told) == (reader is p.OPERATOR)


def test_a_colleague_cannot_note_names_to_see_which_is_left_out() -> None:
    """R40: right and wrong guesses are shown; none of those that were noted before is."""
    desk = Desk(clock=p.Hand())
    case = desk.note(p.with_officer(desk, kind="conduct"), text=f"{NAMING} hôm qua", by=p.OFFICER)
    case = desk.note(case, text="Đã gọi bà Khác hôm qua", by=p.OFFICER)
    case = desk.complete(case, accused=p.ACCUSED, by=p.OPERATOR)
    for reader in (p.OFFICER, attrs.evolve(p.OPERATOR, unit=p.OFFICER.unit)):
        for guess in (NAMING, "đã gọi 0218 383 1023"):
            case = desk.note(case, text=guess, by=reader)
            told = "".join(desk.timeline(case, for_=reader))
            assert (guess in told, "hôm qua" in told) == (True, False)
        case = desk.send_back(case, text="x", by=reader) if reader is p.OFFICER else case


def test_what_one_accused_unit_wrote_is_not_for_another() -> None:
    """R40: who has the case reads what colleagues wrote, who may have named the sender."""
    desk = Desk(clock=p.Hand())
    accused = (*p.ACCUSED, Accused(id="dm-9", unit=p.AGENCY.unit))
    case = desk.escalate(
        p.a_case(desk, kind="conduct", accused=accused), to=p.OFFICER, by=p.OPERATOR
    )
    case = desk.note(case, text="Đã gọi bà Khác", by=p.OFFICER)
    case = desk.request_verification(
        case, agency=str(p.AGENCY.unit), appointment=desk.now() + p.HOUR, by=p.OFFICER
    )
    case = desk.reassign(
        desk.report_findings(case, text=NAMING, by=p.AGENCY),
        to=Assignee(id="OF-8"),
        by=Person(id="HD-1", role="agency_head", unit=p.OFFICER.unit),
    )
    told = "".join(desk.timeline(case, for_=attrs.evolve(p.OFFICER, id="OF-8")))
    assert ("bà Khác" in told, NAMING in told) == (True, False)


def test_documents_that_name_the_sender_are_left_out_for_their_unit() -> None:
    """R40: who became the sender after a lapse was lifted is not named in its sentence either."""
    hand = p.Hand()
    desk = Desk(clock=hand)
    case = p.with_officer(desk, kind="conduct")
    assert case.due is not None
    hand.at = case.due + p.HOUR
    case = desk.lift_lapse(case, text="x", documents=["Đơn của Tạ Thị Kín.pdf"], by=p.LEADER)
    case = desk.complete(case, accused=p.ACCUSED, by=p.OPERATOR)
    assert "Kín" in "".join(desk.timeline(case, for_=p.OFFICER))
    case = desk.complete(case, sender=Sender(name="Tạ Thị Kín"), by=p.OPERATOR)
    assert "Kín" not in "".join(desk.timeline(case, for_=p.OFFICER))
    for reader in (p.LEADER, p.CITIZEN):
        assert "Tạ Thị Kín.pdf" in "".join(desk.timeline(str(case.code), for_=reader))


def test_nothing_is_compared_with_a_sender_who_was_erased() -> None:
    """R40: what names them, such as why it was opened again, is not for the accused's unit."""
    desk = Desk(clock=p.Hand())
    case = p.a_case(desk, kind="conduct", accused=p.ACCUSED)
    desk.reject(case, reasons=["unclear"], guidance="x", by=p.OPERATOR)
    desk.erase(case.id, by=p.OPERATOR, ground="x")
    desk.reopen(case.id, text=NAMING, by=p.LEADER)
    near = attrs.evolve(p.OPERATOR, unit=p.ACCUSED[0].unit)
    assert NAMING in "".join(desk.timeline(case.id, for_=p.OPERATOR))
    assert NAMING not in "".join(desk.timeline(case.id, for_=near))


def test_a_long_history_is_compared_as_far_as_a_second_lasts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """What comes after it is not shown to the accused's unit, and to others as ever."""
    hand = p.Hand()
    desk = Desk(clock=hand)
    case = live_through(desk, hand)
    monkeypatch.setattr(timeline, "_MOST_COMPARED", 1_500)
    for reader, count in ((NEAR, 2), (p.LEADER, len(INSIDE))):
        assert (
            sum(text in "".join(desk.timeline(case, lang="vi", for_=reader)) for text in INSIDE)
            == count
        )


def test_who_may_not_read_the_case_gets_nothing() -> None:
    """An accused and a stranger are refused, and the tracking code makes a citizen the sender."""
    desk = Desk(clock=p.Hand())
    case = p.a_case(desk, kind="conduct", accused=p.ACCUSED)
    for who in (attrs.evolve(p.OPERATOR, id="cb-1"), p.OFFICER, p.CITIZEN):
        with pytest.raises(RefusedError) as caught:
            desk.timeline(case.id, for_=who)
        assert caught.value.refusals == desk.may_read(case.id, who) != ()
    assert p.SAID in desk.timeline(str(case.code), for_=p.CITIZEN)[0]


def test_what_a_unit_did_is_for_the_centre_and_that_unit() -> None:
    """8.1.c2: another unit, an officer and the sender read that it reported, and no text of it."""
    desk = Desk(clock=p.Hand())
    about = [Accused(id="CB-7", unit="U-7"), Accused(unit="U-8")]
    case = p.a_case(desk, channel="portal", by=p.CITIZEN, kind="conduct", accused=about)
    case = desk.escalate(case, to=p.OFFICER, by=p.OPERATOR)
    case = desk.notify_unit(case, unit="u-7", by=p.LEADER)
    agency = Person(id="AG-7", role="agency", unit="U-7")
    case = desk.report_outcome(case, text="bà Mẫu gọi 0218 383 1022, đã nhắc nhở", by=agency)
    readers = (p.OPERATOR, p.LEADER, NEAR, attrs.evolve(NEAR, unit="U-8"), p.OFFICER, p.CITIZEN)
    told = [desk.timeline(case, for_=each)[-1] for each in readers]
    assert ["nhắc nhở" in each for each in told] == [True, True, True, False, False, False]
    assert all("reported what U-7 did about its staff" in each for each in told)
    assert desk.may_read(case, agency) != ()


@pytest.mark.parametrize("is_function", [False, True])
def test_names_stand_in_place_of_ids(is_function: bool) -> None:  # noqa: FBT001
    """People and units have their display names, however their ids are spelt."""
    hand = p.Hand()
    desk = Desk(clock=hand)
    case = live_through(desk, hand)
    known = {"op-1": "Lê Thị Mẫu", "OF-1": "Trần Văn Mẫu", "u-2": "Sở Mẫu (số 2)", "U-7": "Phòng 7"}
    asked: list[str] = []

    def find(key: str) -> str | None:
        asked.append(key)
        return {k.casefold(): name for k, name in known.items()}.get(key.casefold())

    names: Any = find if is_function else known
    told = "\n".join(desk.timeline(case, names=names))
    assert told == "\n".join(desk.timeline(case, names={**known, "conduct": "Sai"}))
    for key, name in known.items():
        assert name in told
        assert key.casefold() not in told.casefold()
    assert "LD-1" in told  # nobody's name is known
    assert p.CITIZEN.id not in asked
    assert "CB-7" not in asked


def test_an_answer_in_the_minute_of_its_limit_is_told_to_the_second() -> None:
    """R46: in time or late, the words say which of the two came first, also once it was given."""
    for step in (-10, 10):
        hand = p.Hand(p.MORNING + p.HOUR / 240)
        desk = Desk(clock=hand)
        case = p.with_officer(desk)
        assert case.due is not None
        hand.at = case.due + step * p.HOUR / 3600
        case = desk.answer(case, text="x", by=p.OFFICER)
        told = "\n".join(desk.timeline(case))
        assert case.is_late == (step > 0)
        assert f"due {case.deadlines[0][1].due:%Y-%m-%d %H:%M:%S}" in told
        assert f"{hand.at:%Y-%m-%d %H:%M:%S}: one-stop officer" in told
