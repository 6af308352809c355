"""The pages of the portal on FastAPI: signing in, grey buttons, due times, two who act at once."""

import html
import re
from collections.abc import Callable
from typing import Any

import pytest

from phananh import Person, StoreError
from phananh.errors import Refusal
from phananh.testing.clock import ManualClock
from tests.portal.visitor import CONTACT, HIDDEN, Visitor, app, clock, visit

__all__ = ["app", "clock", "visit"]


def reason(code: str, **facts: object) -> str:
    """Return a reason in the words of the page."""
    return Refusal(code=code, article=None, facts=facts).text("vi")


def test_a_button_is_grey_with_its_reason_and_article(visit: Callable[[str], Visitor]) -> None:
    """What is missing is told beside the grey button, and the button is blue when it is there."""
    operator = visit("dien-thoai-vien")
    case = operator.take()
    grey = operator.grey(case)
    assert {*grey} == {"escalate"}
    assert reason("no_contact") in grey["escalate"]
    assert "điểm c Điều 6" in grey["escalate"]
    assert operator.send(f"/case/{case}/complete", **CONTACT).status_code == 200
    assert operator.grey(case) == {}
    seen = operator.client.get(f"/case/{case}/note")
    refused = operator.send(f"/case/{case}/close", page=seen, version="2")
    assert refused.status_code == 409
    assert "kết thúc" in html.unescape(refused.text)
    assert operator.client.get(f"/case/{case}/close").status_code == 404


def test_a_due_time_is_explained_and_runs_out_by_itself(
    visit: Callable[[str], Visitor], clock: ManualClock
) -> None:
    """Due on the make-up Saturday, which the page explains; late a microsecond after it."""
    operator, officer = visit("dien-thoai-vien"), visit("mot-cua")
    case = operator.take(**CONTACT)
    operator.send(f"/case/{case}/escalate", to="mot-cua")
    page = officer.read(f"/case/{case}")
    assert "10:00 26/04/2025" in page
    assert "Thứ Bảy 26/04 làm bù cho thứ Sáu 02/05" in page
    clock.set("2025-04-26 10:00")
    assert "state overdue" not in officer.read(f"/case/{case}")
    clock.advance("1us")
    assert "state overdue" in officer.read(f"/case/{case}")
    assert officer.send(f"/case/{case}/answer", text="Trả lời mẫu").status_code == 200
    assert "có lần trễ hạn" in officer.read(f"/case/{case}")


def test_two_people_act_at_once(visit: Callable[[str], Visitor]) -> None:
    """The second gets a 409 with what the first recorded and the text; sent again, it counts."""
    operator, officer = visit("dien-thoai-vien"), visit("mot-cua")
    case = operator.take(**CONTACT)
    operator.send(f"/case/{case}/escalate", to="mot-cua")
    form = f"/case/{case}/answer"
    seen = officer.client.get(form)
    operator.send(f"/case/{case}/note", text="Ghi chú mẫu")
    told = officer.send(form, page=seen, text="Trả lời mẫu của tôi")
    assert told.status_code == 409
    assert "Điện thoại viên mẫu ghi chú" in html.unescape(told.text)
    assert "Trả lời mẫu của tôi" in told.text
    assert "đã trả lời" not in officer.read(f"/case/{case}")
    assert officer.send(form, page=told, text="Trả lời mẫu của tôi").status_code == 200
    assert "đã trả lời" in officer.read(f"/case/{case}")


def test_a_click_that_is_sent_twice_counts_once(app: Any, visit: Callable[[str], Visitor]) -> None:
    """The same form twice gives one note and the same page, and takes no id of others."""
    operator = visit("dien-thoai-vien")
    case = operator.take(click="c-1")
    seen = operator.client.get(f"/case/{case}/note")
    for _ in range(2):
        sent = operator.send(f"/case/{case}/note", page=seen, text="Ghi chú mẫu", click="c-2")
        assert sent.status_code == 200
    assert operator.read(f"/case/{case}").count("ghi chú (") == 1
    desk, by = app.state.desk.desk, Person(id="dtv-2", role="operator")
    for click in ("c-1", "c-2"):  # such as an import has for its lines
        desk.receive(kind="information", channel="phone", content="Khác", by=by, command_id=click)


@pytest.mark.parametrize(
    ("trigger", "typed", "words"),
    [
        ("reject", {"reasons": "unclear", "guidance": " "}, reason("blank", field="guidance")),
        ("answer", {"text": "x" * 20_001}, "20001"),
        ("escalate", {"to": "nobody"}, "Person"),
        ("answer", {"text": "Trả lời mẫu", "version": "x"}, "Expected"),
    ],
)
def test_what_is_wrong_is_told_on_the_form(
    visit: Callable[[str], Visitor], trigger: str, typed: dict[str, str], words: str
) -> None:
    """A form that the desk refuses comes back with the reason, and records nothing."""
    operator = visit("dien-thoai-vien")
    case = operator.take(**CONTACT)
    told = operator.send(f"/case/{case}/{trigger}", **typed)
    assert told.status_code in (400, 403, 422)
    assert words in html.unescape(told.text)
    assert "đã tiếp nhận" in operator.read(f"/case/{case}")


def test_a_store_that_fails_asks_for_the_same_click(
    app: Any, visit: Callable[[str], Visitor], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a 503 the form has the same name of the click and the text: sent again, it counts."""
    operator = visit("dien-thoai-vien")
    case = operator.take()
    form, text = f"/case/{case}/answer", "Trả lời mẫu"
    seen = operator.client.get(form)

    def fail(*_args: object, **_named: object) -> None:
        raise StoreError(doing="saving", where="a disk", code="disk_full", cause="full")

    with monkeypatch.context() as patched:
        patched.setattr(type(app.state.desk.desk.store), "commit", fail)
        told = operator.send(form, page=seen, text=text)
    assert (told.status_code, "a disk" in told.text, text in told.text) == (503, False, True)
    assert dict(HIDDEN.findall(told.text))["click"] == dict(HIDDEN.findall(seen.text))["click"]
    assert operator.send(form, page=told, text=text).status_code == 200
    assert "đã trả lời" in operator.read(f"/case/{case}")


def test_a_call_is_helped_by_the_catalogue_and_earlier_cases(
    visit: Callable[[str], Visitor],
) -> None:
    """Art. 12.2: procedures by what was typed and the caller's other cases, with nothing lost."""
    operator = visit("dien-thoai-vien")
    before = operator.take(content="Xin cấp lại giấy khai sinh bị mất", **CONTACT)
    typed = {"kind": "information", "content": "mất giấy khai sinh, xin cấp lại", **CONTACT}
    page = operator.send("/new", "/new/look", **typed)
    text = html.unescape(page.text)
    assert before in text
    assert typed["content"] in text
    (key, *_) = re.findall(r'name="procedure" id="([^"]*)"', text)
    token = dict(HIDDEN.findall(page.text))["token"]
    part = operator.client.post(
        "/new/look", data={**typed, "token": token, "procedure": key}, headers={"HX-Request": "1"}
    )
    assert f'value="{key}" checked' in part.text
    assert "<html" not in part.text
    assert "<html" in operator.send("/new", "/new/look", content="?", kind="").text
    case = operator.take(**{**typed, "procedure": key})
    assert key in operator.read(f"/case/{case}")
    related = operator.read(f"/case/{case}/related")
    assert (before in related, "cùng người gửi" in related) == (True, True)
    assert visit("mot-cua").client.get(f"/case/{case}/related").status_code == 403


def test_a_search_finds_what_a_person_may_read(visit: Callable[[str], Visitor]) -> None:
    """By words without marks, by a number, by id; never for who may not read it, nor in a link."""
    operator = visit("dien-thoai-vien")
    case = operator.take(content="Đường vào bản bị ngập", **CONTACT)
    for text in ("ban bi ngap", "0218-383-1022"):
        assert case in operator.send("/search", text=text).text
        assert case not in visit("mot-cua").send("/search", text=text).text
    assert operator.send("/search", text=case).url.path == f"/case/{case}"
    assert operator.send("/search", text="?!").status_code == 422
    assert 'method="post" action="/search"' in operator.read("/search")


def test_a_result_is_published_from_a_proposal(visit: Callable[[str], Visitor]) -> None:
    """Art. 2.2: the original and what was masked stand beside what is proposed."""
    operator, leader = visit("dien-thoai-vien"), visit("lanh-dao")
    case = operator.take(content="Tôi là Người gửi mẫu, hỏi về hồ sơ", **CONTACT)
    operator.send(f"/case/{case}/answer", text="Mời gọi 0912 345 678 hoặc đến quầy số 1.")
    form = f"/case/{case}/publish"
    assert f'href="{form}"' in operator.read("/publications").partition("Đã công khai")[0]
    page = operator.read(form)
    proposed = page.partition("<textarea")[2].partition("</textarea>")[0]
    assert "đến quầy số 1" in proposed
    assert not any(each in proposed for each in ("Người gửi mẫu", "0912 345 678"))
    assert "số: 0912 345 678" in page
    assert operator.send(form, text="Người gửi mẫu hỏi").status_code == 403
    assert operator.send(form, text="Đến quầy số 1").status_code == 200
    public = leader.read("/publications").partition("Đã công khai")
    assert (case in public[0], case in public[2]) == (False, True)


def test_letters_are_previewed_and_taken_along(visit: Callable[[str], Visitor]) -> None:
    """As a page without scripts, as text and for Word; the code is in no letter of an officer."""
    operator, officer = visit("dien-thoai-vien"), visit("mot-cua")
    case = operator.take(**CONTACT)
    operator.send(f"/case/{case}/escalate", to="mot-cua")
    officer.send(f"/case/{case}/answer", text="Trả lời mẫu")
    letters = f"/case/{case}/letters"
    for who, found in ((operator, {"receipt", "answer"}), (officer, {"answer"})):
        assert set(re.findall(r"letters/(\w+)\.docx", who.read(letters))) == found
    seen = officer.client.get(f"{letters}/answer.html")
    assert "sandbox" in seen.headers["content-security-policy"]
    assert "Trả lời mẫu" in officer.read(f"{letters}/answer.txt")
    assert officer.client.get(f"{letters}/answer.docx").content.startswith(b"PK")
    for name in ("receipt.txt", "answer.exe", "x.txt", "answer"):
        assert officer.client.get(f"{letters}/{name}").status_code == 404
