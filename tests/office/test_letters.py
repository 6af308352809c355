"""Letters say what was recorded, in the form of Decree 30/2020, and only what is for their reader.

Art. 7, 8.1.c1, 8.1.c2, 9.3, 10.2.a.
"""

import pickle
import re
import sys
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any

import attrs
import pytest
from docx import Document as Word

from phananh import (
    HOA_BINH_2019,
    Accused,
    Assignee,
    Case,
    Desk,
    InputError,
    Person,
    RefusedError,
    Sender,
    vietnam_calendar,
)
from phananh.messages.labels import WORDS
from phananh.office import Letter, Letterhead, Letters
from phananh.regulation import acts as a
from phananh.rules import Document
from phananh.worktime import NoticeDay
from tests.desk import people as p

HEAD = Letterhead(
    body="Trung tâm Mẫu",
    parent="Văn phòng Mẫu",
    place="Hòa Bình",
    symbol="TTM",
    signer_title="KT. Giám đốc\nPhó Giám đốc",
    signer="Người Ký Mẫu",
    phone="02183.1022",
    web="mau.example.vn",
)
NAMES = {"U-1": "Phòng Mẫu", "U-2": "Sở Mẫu", "OF-1": "Công Chức Mẫu", "CB-1": "Cán Bộ Mẫu"}
LEADER = Person(id="LD-1", role="leadership")
BARE = Sender(name="Công ty Mẫu")
HOSTILE = '<b>&\x07{{ body }} "x"\n\n- dòng hai'


@pytest.fixture
def letters(hand: p.Hand) -> Letters:
    """Return the letters of a sample office."""
    return Letters(desk=Desk(clock=hand), letterhead=HEAD, names=NAMES.get)


def with_conduct(desk: Desk, text: str | None = None) -> Case:
    """Return a report on conduct of which the unit was told."""
    case = p.a_case(desk, kind="conduct", accused=p.ACCUSED)
    return desk.notify_unit(case, unit="U-1", text=text, by=LEADER)


def refused(desk: Desk) -> Case:
    """Return a case that was refused, of a sender who is a company and cannot be reached."""
    case = p.a_case(desk, kind="complaint", sender=BARE)
    where = "Gửi đơn đến Ban Tiếp công dân mẫu."
    return desk.reject(
        case, reasons=("complaint_or_denunciation", "no_contact"), guidance=where, by=p.OPERATOR
    )


def answered(desk: Desk, **more: object) -> Case:
    """Return an answered case."""
    return desk.answer(
        p.a_case(desk, **more),
        text="Trả ngày 05/3.\nTại quầy 5.",
        documents=["TB 12"],
        by=p.OPERATOR,
    )


def rescheduled(desk: Desk, hand: p.Hand) -> Case:
    """Return a case of which the agency named another time."""
    later, why = hand.at + 60 * p.HOUR, "phải đo lại."
    return desk.reschedule(p.with_agency(desk, hand), to=later, reason=why, by=p.AGENCY)


CASES: dict[str, Callable[[Desk, p.Hand], Case]] = {
    "receipt": lambda desk, _: p.a_case(desk),
    "missing": lambda desk, _: p.a_case(desk, sender=Sender()),
    "refusal": lambda desk, _: refused(desk),
    "appointment": p.with_agency,
    "reschedule": rescheduled,
    "answer": lambda desk, _: answered(desk),
    "unit_notice": lambda desk, _: with_conduct(desk, "Đòi thêm giấy tờ."),
    "reminder": p.with_agency,
}
SAID = {
    "receipt": ("khoản 1 Điều 7", "Ông/Bà Người gửi mẫu", "Mã tra cứu: ", "qua điện thoại"),
    "missing": ("điểm a khoản 2 Điều 10", "- Thiếu họ tên", "(điểm c Điều 6)", "Kính gửi: Ông/Bà"),
    "refusal": (
        "khoản 2 Điều 7", "điểm b khoản 1 Điều 1", "điểm c Điều 6", "Ban Tiếp công dân mẫu",
        "Kính gửi: Công ty Mẫu", "Quý đơn vị",
    ),
    "appointment": ("điểm c (thứ nhất) khoản 1 Điều 8", "Sở Mẫu", "10 giờ 00 phút ngày 06/3/2026"),
    "reschedule": (
        "khoản 3 Điều 9", "phải đo lại.", "xin lỗi", "10 giờ 00 phút ngày 06/3/2026",
        "20 giờ 00 phút ngày 06/3/2026", "Sở Mẫu chưa", "chỉ được thực hiện một lần.",
    ),
    "answer": ("điểm a khoản 1 Điều 8", "Trả ngày 05/3.", "Tại quầy 5.", "- TB 12.", p.SAID),
    "unit_notice": (
        "điểm c (thứ hai) khoản 1 Điều 8", "Kính gửi: Phòng Mẫu", "Cán Bộ Mẫu",
        "Đòi thêm giấy tờ.", "công chức, viên chức khác", "yêu cầu Phòng Mẫu:",
    ),
    "reminder": (
        "khoản 2 Điều 9", "Kính gửi: Sở Mẫu", "hết lúc 08 giờ 00 phút ngày 05/3", "còn 8 giờ",
    ),
}  # fmt: skip
FORM = (
    "VĂN PHÒNG MẪU", "TRUNG TÂM MẪU", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc", "Số: 7/TTM", "Hòa Bình, ngày 04 tháng 3 năm 2026", "V/v ",
    "Nơi nhận:", "- Như trên;", "KT. GIÁM ĐỐC", "Người Ký Mẫu", "2370/QĐ-UBND", "Thêm lời.",
)  # fmt: skip


def flat(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())


def in_both(letters: Letters, kind: Any, case: Case | str) -> str:
    """Return the text of a letter in both languages, on one line."""
    return " ".join(flat(letters.write(kind, case, lang=each).text) for each in ("vi", "en"))


def words_of(letter: Letter) -> dict[str, str]:
    """Return the words of each form of a letter."""
    blocks = [*Word(BytesIO(letter.docx())).iter_inner_content()]
    cells = [cell for block in blocks if hasattr(block, "rows") for cell in block._cells]
    lines = [getattr(each, "text", "") for each in (*blocks, *cells)]
    page = re.sub("<style>.*?</style>|<[^>]*>", " ", letter.html, flags=re.DOTALL)
    return {"text": flat(letter.text), "html": flat(page), "docx": flat(" ".join(lines))}


def test_each_letter_in_each_form(letters: Letters, hand: p.Hand):
    """Each kind has its clause, its words and all parts of the form, as text, HTML and DOCX."""
    assert CASES.keys() == SAID.keys() == WORDS["letter"].keys()
    for kind, make in CASES.items():
        case = make(letters.desk, hand)
        letter = letters.write(kind, case, number="7", note="Thêm lời.")
        assert case.id in letter.subject
        for form, words in words_of(letter).items():
            assert [each for each in (*SAID[kind], *FORM) if each not in words] == [], (
                kind,
                form,
                words,
            )
            assert not re.search(r"[{%]|None|\(\)| ,| \.(?! )", words), (kind, form, words)


def test_english_letters(letters: Letters, hand: p.Hand):
    """Each kind is there in English, whose frame has no word of Vietnamese of its own."""
    for kind, make in CASES.items():
        for form, said in words_of(
            letters.write(kind, make(letters.desk, hand), lang="en")
        ).items():
            assert "Under Art." in said or "of Art." in said or "limit under Art." in said, said
            assert re.search("Hòa Bình, 4 Mar 2026", said), (kind, form)
            assert "Kính gửi" not in said, (kind, form)
            assert "Nơi nhận" not in said, (kind, form)


def test_a_letter_is_in_the_language_of_its_case(letters: Letters):
    """To its sender, as they wrote: the office reads Vietnamese, and `lang` decides if given."""
    case = letters.desk.receive(
        kind="information", channel="portal", content="?", sender=p.SENDER, language="en",
        by=p.OPERATOR,
    )  # fmt: skip
    assert "To: " in letters.write("receipt", case).text
    assert "Kính gửi" in letters.write("receipt", case, lang="vi").text
    assert "Kính gửi" in letters.write("reminder", case).text


def test_receipt_has_the_code_and_the_address(letters: Letters):
    """The receipt tells the tracking code, and names the sender's address of e-mail."""
    case = p.a_case(letters.desk)
    letter = letters.write("receipt", case)
    assert case.code in letter.text
    assert p.SAID not in letter.text
    assert (letter.to, letter.email) == ("Ông/Bà Người gửi mẫu", "mau@example.vn")
    assert case.code not in repr(letter)
    assert letters.write("refusal", refused(letters.desk)).email is None
    later = letters.write("receipt", refused(letters.desk)).text
    assert [part in later for part in ("xử lý", "bổ sung", "xem được")] == [False, False, True]
    assert pickle.loads(pickle.dumps(letter)) == letter


def test_what_is_missing(letters: Letters):
    """Only what can be added is asked for; what is unclear is said in the operator's words."""
    desk = letters.desk
    assert "Thiếu họ tên" in letters.write("missing", p.a_case(desk, sender=Sender())).text
    assert "Ông/Bà" not in letters.write("missing", p.a_case(desk, sender=BARE)).text
    clear = p.a_case(desk)
    assert "Nêu rõ thủ tục." in letters.write("missing", clear, note="Nêu rõ thủ tục.").text
    for case, note in ((clear, ""), (answered(desk), "Nêu rõ thủ tục.")):
        with pytest.raises(InputError, match="needs no letter of this kind"):
            letters.write("missing", case, note=note)


def test_a_complaint_is_promised_nothing(letters: Letters, hand: p.Hand):
    """1.1.b, R56: no unit is asked to act, and a receipt says only that something came in."""
    for kind in CASES.keys() - {"receipt", "refusal", "answer"}:
        case = CASES[kind](letters.desk, hand)
        letters.desk.complete(case, kind="denunciation", by=p.OPERATOR)
        with pytest.raises(InputError, match="outside the Regulation, and gets no"):
            letters.write(kind, case.id)
        said = in_both(letters, "receipt", case.id)
        assert said.count(f"{case.code}. ") == 2
        assert not re.search("tiếp nhận|xử lý|trả lời|Quy chế|tố cáo|your request|Art|answ", said)


def test_a_refusal_names_the_contact_that_is_missing(letters: Letters):
    """R11: a sender whose phone is known is not told that nothing was given to reply to."""
    rules = attrs.evolve(HOA_BINH_2019, contact_required={"address"})
    strict = attrs.evolve(letters, desk=Desk(rules=rules))
    case = p.a_case(strict.desk)
    strict.desk.reject(case, reasons=["no_contact"], guidance="x", by=p.OPERATOR)
    assert (
        "Thiếu địa chỉ liên hệ dùng được (điểm c Điều 6)" in strict.write("refusal", case.id).text
    )


def test_no_refusal_is_written_once_it_was_taken_back(letters: Letters):
    """R55: a case that was reopened is not refused any more, but as out of competence (8.3)."""
    desk = letters.desk
    case = desk.reject(p.a_case(desk), reasons=["unclear"], guidance="x", by=p.OPERATOR)
    assert letters.write("refusal", case).to
    desk.reopen(case, text="x", by=LEADER)
    with pytest.raises(InputError, match="has nothing to write"):
        letters.write("refusal", case.id)
    desk.escalate(case.id, to=LEADER, by=p.OPERATOR)
    desk.advise(case.id, text="x", within_competence=False, by=LEADER)
    desk.reject(case.id, reasons=["out_of_competence"], guidance="x", by=p.OPERATOR)
    assert "Căn cứ khoản 3 Điều 8" in letters.write("refusal", case.id).text
    first = next(each for each in desk.history(case) if type(each).__name__ == "Rejected")
    with pytest.raises(InputError, match="has nothing to write"):
        letters.write("refusal", case.id, event=first)


def test_nobody_is_told_a_time_once_they_have_the_answer(letters: Letters, hand: p.Hand):
    """8.1.c1: a letter that waited for its server promises no later answer."""
    case = letters.desk.report_findings(p.with_agency(letters.desk, hand), text="x", by=p.AGENCY)
    assert "đã hẹn" not in letters.write("appointment", case).text
    letters.desk.answer(case, text="x", by=p.OFFICER)
    with pytest.raises(InputError, match="needs no letter of this kind"):
        letters.write("appointment", case.id)


def test_notice_never_names_the_sender(letters: Letters):
    """The unit reads neither the sender nor the content, and who came to be known is not named."""
    desk = letters.desk
    case = with_conduct(desk)
    for lang in ("vi", "en"):
        for said in words_of(letters.write("unit_notice", case, lang=lang)).values():
            shown = ("Người gửi", "0218 383", "mau@", p.SAID, case.code, "điện thoại viên")
            assert [each for each in shown if each in said] == []
    for note in ("Theo lời bà Người gửi mẫu.", "Gọi 02183831022."):
        with pytest.raises(RefusedError, match="sender"):
            letters.write("unit_notice", case, note=note)
    told = with_conduct(desk, "Ông Trần Văn Thử bị gây khó.")
    desk.complete(told.id, sender=Sender(name="Trần Văn Thử"), by=p.OPERATOR)
    typed = p.a_case(
        desk, kind="conduct", accused=[Accused(id="Ai đó, bà Người gửi mẫu", unit="U-1")]
    )
    for case in (told, desk.notify_unit(typed, unit="U-1", by=LEADER)):
        with pytest.raises(RefusedError, match="sender"):
            letters.write("unit_notice", case)


def test_notice_names_the_accused_of_that_unit_only(letters: Letters):
    """Who of another unit is accused is not told to this one."""
    case = p.a_case(
        letters.desk,
        kind="conduct",
        accused=[*p.ACCUSED, Accused(id="CB-2", unit="U-2"), Accused(unit="U-1")],
    )
    first = letters.desk.notify_unit(case, unit="U-1", by=LEADER)
    event = letters.desk.history(first)[-1]
    letters.desk.notify_unit(first, unit="U-2", by=LEADER)
    assert "CB-2" in letters.write("unit_notice", case.id).text
    said = letters.write("unit_notice", case.id, event=event).text
    assert ("Cán Bộ Mẫu" in said, "CB-2" in said) == (True, False)


def test_reminders(letters: Letters, hand: p.Hand):
    """A reminder tells the holder the limit, or that it has run out, and nothing of the sender."""
    desk = letters.desk
    case = p.with_officer(desk)
    said = flat(letters.write("reminder", case).text)
    assert re.search(r"Công Chức Mẫu \(Phòng Mẫu\).*khoản 1 Điều 9", said)
    assert "Người gửi" not in said
    hand.at += timedelta(days=2)
    # Nobody is late by the hours of a day that is off by now.
    letters = attrs.evolve(
        letters,
        desk=desk.with_calendars(
            attrs.evolve(vietnam_calendar("A"), overrides=[NoticeDay(date(2026, 3, 5), "off")])
        ),
    )
    assert "đã hết lúc 15 giờ 00 phút ngày 04/3/2026 (quá 3 giờ" in flat(
        letters.write("reminder", case).text
    )
    waiting = letters.write("reminder", p.a_case(desk))
    assert waiting.to == "Điện thoại viên"
    assert "khoản 4 Điều 3" in waiting.text
    desk.complete(case.id, accused=[Accused(id="OF-1", unit="U-1")], by=p.OPERATOR)
    moved = p.with_agency(desk, hand)
    hand.at += p.HOUR / 2
    head = Person(id="HD-2", role="agency_head", unit="U-2")
    desk.reassign(moved, to=Assignee(id="AG-2"), by=head)
    desk.reschedule(moved.id, to=moved.due + p.HOUR, reason="x", by=p.AGENCY)
    said = flat(letters.write("reminder", moved.id).text)
    assert re.search("từ 08 giờ 00 phút ngày 06/3/2026.*khoản 3 Điều 9", said)
    unnamed = flat(letters.write("reminder", case).text)
    assert "đề nghị Phòng Mẫu phân công người khác khẩn trương xử lý" in unnamed


@pytest.mark.parametrize(("hours", "told"), [(30, "sớm hơn.*an earlier"), (50, "giữ.*the same")])
def test_an_earlier_time_is_no_delay(letters: Letters, hand: p.Hand, hours: int, told: str):
    """9.3: nobody apologises if the agency names an earlier time or the same, nor tells another."""
    case = p.with_agency(letters.desk, hand)
    letters.desk.reschedule(case, to=hand.at + hours * p.HOUR, reason="đã đo xong", by=p.AGENCY)
    said = in_both(letters, "reschedule", case.id)
    assert re.search(told, said)
    assert not re.search("xin lỗi|chậm trễ|chưa xử lý|thông cảm|apolog|later|delay|not fin", said)
    with pytest.raises(InputError, match="needs no letter of this kind"):
        letters.write("appointment", case.id)


def test_another_appointment_tells_the_time_before(letters: Letters, hand: p.Hand):
    """8.1.c1, R58: the sender learns what it replaces, with an apology if it is later.

    What a refusal ended is not replaced, nor what had been replaced before that (R55).
    """
    for hours, sorry, instead in ((60, True, True), (50, False, False), (40, False, True)):
        ask = a.RequestVerification(
            agency="U-3", appointment=hand.at + hours * p.HOUR, by=p.OFFICER
        )
        case = letters.desk.do(
            letters.desk.report_findings(
                p.with_agency(letters.desk, hand), text="x", by=p.AGENCY
            ).id,
            ask,
        )
        said = in_both(letters, "appointment", case.id)
        assert (
            "đã hẹn trả lời chậm nhất lúc 10 giờ 00 phút ngày 06/3/2026. Nội dung" in said,
            "You were to have an answer by 2026-03-06 10:00. Your request still" in said,
            "xin lỗi" in said, "We apologise" in said, "thay cho thời gian" in said,
            ":00 instead" in said,
        ) == (True, True, sorry, sorry, instead, instead)  # fmt: skip
    hand.at += 41 * p.HOUR
    with pytest.raises(InputError, match="needs no letter of this kind"):  # it has passed
        letters.write("appointment", case.id)
    for act in (
        a.ReportFindings(text="x", by=attrs.evolve(p.AGENCY, unit="U-3")),
        a.SendBack(text="x", by=p.OFFICER),
        a.Reject(reasons=["unclear"], guidance="x", by=p.OPERATOR),
        a.Reopen(text="x", by=LEADER),
        a.Escalate(to=p.OFFICER, by=p.OPERATOR),
        attrs.evolve(ask, appointment=hand.at + 60 * p.HOUR),
    ):
        letters.desk.do(case.id, act)
    assert "thay cho thời gian" not in in_both(letters, "appointment", case.id)


def test_a_letter_says_what_the_rules_of_its_case_say(letters: Letters, hand: p.Hand):
    """R47: it cites the document of its clause, and "only once" is not true of all rules (9.3)."""
    own = Document(number="1/QĐ-MAU", clauses={"2": ("Tiếp nhận", "Receipt")})
    more = {"document": own, "receipt_article": own.article("2"), "reschedules": 2}
    desk = Desk(rules=attrs.evolve(HOA_BINH_2019, name="MAU", **more), clock=hand)
    receipt, moved = (
        in_both(attrs.evolve(letters, desk=desk), kind, rescheduled(desk, hand))
        for kind in ("receipt", "reschedule")
    )
    assert "Căn cứ Điều 2 văn bản số 1/QĐ-MAU (sau đây gọi là Quy chế), Trung tâm" in receipt
    assert "Under Art. 2 of 1/QĐ-MAU (the Regulation), Trung tâm" in receipt
    assert not re.search(r"2370|Điều 3|Art\. 3", receipt)
    assert "khoản 3 Điều 9 Quy chế hoạt động" in moved  # the step is the Decision's
    assert not re.search("một lần|only once", moved)


def test_only_who_can_rate_is_invited_to(letters: Letters):
    """10.2.c: with an id or without, not a second time, nor after guidance on a complaint."""
    desk, found = letters.desk, p.with_officer(letters.desk)
    desk.complete(found, kind="complaint", by=p.OPERATOR)
    desk.answer(found.id, text="Gửi đơn đến Ban Tiếp công dân mẫu.", by=p.OFFICER)
    cases = [answered(desk, sender=Sender(name="Mẫu", id=each)) for each in (None, "CT-1")]
    assert all("có thể đánh giá" in letters.write("answer", each).text for each in cases)
    rated = [desk.rate(str(each.code), score=5, by=p.CITIZEN) for each in cases]
    said = " ".join(in_both(letters, "answer", case) for case in (found.id, *rated))
    assert not re.search("đánh giá|can rate", said)


def test_no_letter_without_its_event(letters: Letters, hand: p.Hand):
    """A case that has nothing to say gets no letter, nor does the event of another case or kind."""
    desk = letters.desk
    case, other = p.a_case(desk), answered(desk)
    last, untold = desk.history(other)[-1], CASES.keys() - {"receipt", "missing", "reminder"}
    for kind, about, event, problem in (
        *((each, case, None, "has nothing to write") for each in untold),
        ("answer", case, last, "has nothing to write"),
        ("receipt", case, last, "has nothing to write"),
        ("reminder", other, None, "needs no letter of this kind"),
        ("thanks", case, None, "'thanks' is unknown"),
    ):
        with pytest.raises(InputError, match=problem):
            letters.write(kind, about, event=event)  # type: ignore[arg-type]  # no such letter


def test_erased_case(letters: Letters):
    """An erased case has no letter, and the message says why in both languages."""
    case = p.a_case(letters.desk, accused=p.ACCUSED)
    letters.desk.notify_unit(case.id, unit="U-1", text="Thông báo mẫu", by=p.LEADER)
    case = letters.desk.answer(case.id, text="Trả lời mẫu", by=p.OPERATOR)
    letters.desk.erase(case, by=p.OPERATOR, ground="hết thời hạn lưu")
    for kind in ("receipt", "answer", "unit_notice"):
        with pytest.raises(InputError) as caught:
            letters.write(kind, case.id)
        assert case.id in caught.value.text("vi")
        assert "đã xóa" in caught.value.text("vi")


def test_hostile_text(letters: Letters):
    """What a sender wrote stays text: no markup, no template, nothing that Word cannot have."""
    case = p.a_case(
        letters.desk, content=HOSTILE, sender=Sender(name="<i>Mẫu</i>", email="mau@example.vn")
    )
    letter = letters.write("answer", letters.desk.answer(case, text="Đã rõ.", by=p.OPERATOR))
    assert "&lt;b&gt;&amp;{{ body }}" in letter.html
    assert "<i>" not in letter.html
    assert all('<b>&{{ body }} "x" - dòng hai' in words_of(letter)[x] for x in ("text", "docx"))


def test_letters_of_a_bare_office(letters: Letters):
    """What a letterhead leaves out leaves no gap behind."""
    bare = Letters(desk=letters.desk, letterhead=Letterhead(body="Trung tâm Mẫu", place="Mẫu"))
    for words in words_of(bare.write("missing", p.a_case(letters.desk, sender=Sender()))).values():
        assert "có thể bổ sung, nêu mã tra cứu đã" in words
        assert " | " not in words
    with pytest.raises(TypeError, match="body"):
        Letterhead(body=1, place="Mẫu")  # type: ignore[arg-type]  # no name


RECEIPT = "{% block subject %}x{% endblock %}{% block body %}Chào {{ sender }}!{% endblock %}"
WRONG = {
    "receipt.vi.jinja": {
        "{% block subject %}\n{{ sendr }}{% endblock %}{% block body %}{% endblock %}": (
            "receipt.vi.jinja:2: this letter has no sendr"
        ),
        "{% block subject %}": r"receipt.vi.jinja:1: Unexpected end",
        "{{ body|no_filter }}": r"receipt.vi.jinja:1: No filter named",
        "{% block subject %}x{% endblock %}": "the block body is missing",
    },
    "unit_notice.vi.jinja": {RECEIPT: "this letter has no sender"},
    "reciept.vi.jinja": {RECEIPT: "reciept.vi.jinja is unknown"},
    "answer.en.jinja": {"{{ code }}": "answer.en.jinja:1: this letter has no code"},
    "letter.html.jinja": {"{{ content }}": "letter.html.jinja:1: this letter has no content"},
    "letter.docx": {"no file of Word": r"letter\.docx: File is not a zip file"},
}


def test_own_templates(letters: Letters, tmp_path: Path):
    """A template of the office counts instead of ours, and only that one."""
    (tmp_path / "receipt.vi.jinja").write_text(f"\ufeff{RECEIPT}", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("no template", encoding="utf-8")
    own = Letters(desk=letters.desk, letterhead=HEAD, folder=tmp_path)
    case = p.a_case(letters.desk)
    assert "Chào Ông/Bà Người gửi mẫu!" in own.write("receipt", case).html
    assert "received your" in own.write("receipt", case, lang="en").text


def test_wrong_templates(letters: Letters, tmp_path: Path):
    """A wrong template is refused when it is loaded, by file, line and name, in both languages."""

    def load() -> Any:
        return Letters(desk=letters.desk, letterhead=HEAD, folder=tmp_path)

    for name, contents in WRONG.items():
        for content, problem in contents.items():
            (tmp_path / name).write_text(content, encoding="utf-8")
            with pytest.raises(InputError, match=problem) as caught:
                load()
            assert name in caught.value.text("vi")
        (tmp_path / name).unlink()
    (tmp_path / "receipt.vi.jinja").write_bytes("Chào ông".encode("utf-16"))
    with pytest.raises(InputError, match=r"receipt\.vi\.jinja: 'utf-8'"):
        load()
    with pytest.raises(InputError, match=r"^folder: .*none is no folder"):
        Letters(desk=letters.desk, letterhead=HEAD, folder=tmp_path / "none")


def test_wrong_value_when_written(letters: Letters, tmp_path: Path):
    """What only shows when a letter is written is an InputError too, by file."""
    (tmp_path / "receipt.vi.jinja").write_text(RECEIPT.replace("sender", "sender.age"))
    own = Letters(desk=letters.desk, letterhead=HEAD, folder=tmp_path)
    with pytest.raises(InputError, match=r"receipt.vi.jinja: .* no attribute 'age'"):
        own.write("receipt", p.a_case(letters.desk))


def test_without_the_extra(letters: Letters, monkeypatch: pytest.MonkeyPatch):
    """If a package of the extra is missing, the message says how it is installed."""
    for package in ("jinja2", "docxtpl"):
        with monkeypatch.context() as patch:
            patch.setitem(sys.modules, package, None)
            with pytest.raises(InputError, match='the extra "letters" is needed'):
                Letters(desk=letters.desk, letterhead=HEAD)


def test_own_word_file(letters: Letters, tmp_path: Path):
    """The office's own file of Word is filled in, and a name in it without a value is refused."""
    mine = Word()
    mine.add_paragraph("{{ subject }} | {{ signer }}")
    mine.save(str(tmp_path / "letter.docx"))
    own = Letters(desk=letters.desk, letterhead=HEAD, folder=tmp_path)
    made = Word(BytesIO(own.write("receipt", p.a_case(letters.desk)).docx()))
    assert made.paragraphs[-1].text.endswith("| Người Ký Mẫu")
    mine.add_paragraph("{{ content }}")
    mine.save(str(tmp_path / "letter.docx"))
    with pytest.raises(InputError, match=r"letter\.docx: this letter has no content"):
        Letters(desk=letters.desk, letterhead=HEAD, folder=tmp_path)
