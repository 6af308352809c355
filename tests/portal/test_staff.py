"""The pages of the portal on FastAPI: signing in, grey buttons, due times, two who act at once."""

import html
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


def test_a_session_ends_with_the_sign_out(visit: Callable[[str], Visitor]) -> None:
    """After the sign-out the browser is asked to sign in again."""
    officer = visit("mot-cua")
    assert "Bộ phận một cửa mẫu" in officer.read("/")
    officer.send("/", "/sign-out")
    assert officer.client.get("/inbox", follow_redirects=False).status_code == 303


def test_a_form_of_another_site_is_refused(visit: Callable[[str], Visitor]) -> None:
    """Without the token of the session an act is a 403, and is not recorded."""
    operator = visit("dien-thoai-vien")
    case = operator.take()
    for token in ({}, {"token": "x"}, {"token": "đ"}):
        said = {"version": "1", "click": "c", "text": "Trả lời mẫu", **token}
        assert operator.client.post(f"/case/{case}/answer", data=said).status_code == 403
    assert "đã trả lời" not in operator.read(f"/case/{case}")


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
        ("answer", {"text": "Trả lời mẫu", "version": "x"}, "expected"),
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
