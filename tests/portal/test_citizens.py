"""What citizens see of the portal: the form, the code, a case of their own, and what is public."""

import html
import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from phananh import Accused, Person
from tests.portal.visitor import CONTACT, Visitor, app, clock, visit

__all__ = ["app", "clock", "visit"]

Visit = Callable[[str], Visitor]
CODE = re.compile(r'class="code">([\w-]+)<')
OPERATOR = Person(id="dtv-2", role="operator")


@pytest.fixture
def desk(app: Any) -> Any:
    """Return the desk behind the portal."""
    return app.state.desk.desk


def take_call(desk: Any) -> Any:
    """Return a case that an operator wrote down."""
    return desk.receive(kind="regulation", channel="phone", content="Câu hỏi mẫu", by=OPERATOR)


def test_the_form_says_what_is_missing_and_why(desk: Any, visit: Visit) -> None:
    """Nothing typed is lost, and nothing is recorded until the sender wants it sent like this."""
    citizen, content = visit("cong-dan"), "Hồ sơ mẫu bị chậm"
    told = citizen.send("/send", content=content)
    words = ("Loại nội dung", "Thiếu họ tên", "điểm c Điều 6", content)
    assert (told.status_code, [each for each in words if each not in told.text]) == (422, [])
    assert 'name="anyway"' not in told.text  # what has no kind cannot be sent
    told = citizen.send("/send", kind="complaint", content=content)
    assert "điểm b khoản 1 Điều 1" in told.text.partition('id="missing"')[2]
    typed = {"token": citizen.token(), "kind": "conduct", "content": content, **CONTACT}
    told = citizen.client.post("/send", data=typed, headers={"HX-Request": "true"})
    assert ((told.status_code, "<li>" in told.text), desk.count()) == ((200, False), 0)
    form = citizen.client.get("/send")
    for _ in range(2):  # a second click
        told = citizen.send("/send", page=form, kind="conduct", content=content, anyway="1")
        assert told.url.path == f"/my/{desk.find().rows[0].case}/receipt"
    assert (desk.count(), len(CODE.findall(citizen.read(f"{told.url.path}?lang=en")))) == (1, 1)
    assert f'href="{told.url.path}"' in citizen.read("/track")


def test_a_code_leads_to_its_case_alone(desk: Any, visit: Visit) -> None:
    """Whoever has the code of a call reads it and acts, and no address has it; no id helps."""
    citizen, stranger, call = visit("cong-dan"), visit("cong-dan"), take_call(desk)
    found = citizen.send("/track", code=f" {call.code.lower()} ")
    assert (found.status_code, found.url.path) == (200, f"/my/{call.id}")
    assert citizen.send(f"/my/{call.id}", trigger="complete", **CONTACT).status_code == 200
    assert CONTACT["sender.phone"] in citizen.read(f"/my/{call.id}")
    sent = {"file": ("Ảnh mẫu.exe", b"\x89PNG\r\n\x1a\n", "image/png")}
    form = {"data": {"token": citizen.token()}, "files": sent}
    page = citizen.client.post(f"/case/{call.id}/files", **form).text
    (file,) = re.findall(r'href="(.+)">Ảnh mẫu.png</a>', page)
    wrong = [stranger.send("/track", code=each) for each in (call.id, "Z" * 20, "mẫu")]
    assert {each.status_code for each in wrong} == {404}
    for path in (f"/my/{call.id}", f"/my/{call.id}/receipt", file):
        assert stranger.client.get(path).status_code == 404
    citizen.send("/", "/sign-out")
    assert citizen.client.get(f"/my/{call.id}").status_code == 404


def test_a_code_acts_for_the_sender_in_any_browser(desk: Any, visit: Visit) -> None:
    """R48: what was sent by the form is completed, rated or taken back from another browser.

    Of an erased case nothing is left that names its sender, such as by another case of theirs.
    """
    key, other = visit("cong-dan").take(anyway="1"), visit("cong-dan")
    sender = desk.get(key).sender_id.encode()
    other.send("/track", code=desk.get(key).code)
    for trigger, typed in (("complete", CONTACT), ("note", {"text": "Ý mẫu"}), ("withdraw", {})):
        assert other.send(f"/my/{key}", trigger=trigger, **typed).status_code == 200, trigger
    desk.erase(key, by=OPERATOR, ground="mẫu")
    kept = Path(os.environ["PHANANH_DB"]).read_bytes()
    assert (desk.get(key).is_withdrawn, sender in kept) == (True, False)


def test_a_citizen_completes_takes_back_and_meets_another_change(desk: Any, visit: Visit) -> None:
    """What was typed comes back with what was recorded since, and only changes are recorded."""
    citizen = visit("cong-dan")
    key = citizen.take(**CONTACT)
    page, typed = citizen.client.get(f"/my/{key}"), normalize("NFD", "Thêm một ý mẫu")
    desk.note(key, text="Ghi chú mẫu", by=OPERATOR)
    told = citizen.send(f"/my/{key}", page=page, trigger="note", text=typed)
    assert told.status_code == 409
    told_of = told.text.partition('role="alert"')[2].partition("</div>")[0]
    assert ("ghi chú" in told_of, typed in told_of) == (True, True)
    assert citizen.send(f"/my/{key}", page=told, trigger="note", text=typed).status_code == 200
    assert "Thêm một ý mẫu" in citizen.read(f"/my/{key}")
    same = {"content": "Câu hỏi mẫu", **CONTACT}
    citizen.send(f"/my/{key}", trigger="complete", **{**same, "sender.email": "mau@vidu.vn"})
    (event,) = [e for e in desk.history(key) if type(e).__name__ == "Completed"]
    assert (event.content, event.sender.name, event.sender.email) == (None, None, "mau@vidu.vn")
    to = {"to.id": "co-quan", "to.role": "officer", "to.unit": "X"}
    # Who works where is not for citizens.
    assert "CQ-MAU" not in citizen.send(f"/my/{key}", trigger="escalate", **to).text
    assert citizen.send(f"/my/{key}", trigger="withdraw").status_code == 200
    assert desk.get(key).is_withdrawn


def test_an_answer_is_rated_once(desk: Any, visit: Visit) -> None:
    """The page shows the answer with its documents, and then thanks for the rating."""
    citizen, call = visit("cong-dan"), take_call(desk)
    desk.answer(call.id, text="Trả lời mẫu", documents=["Công văn mẫu"], by=OPERATOR)
    page = html.unescape(citizen.send("/track", code=call.code).text)
    assert page.index("Trả lời mẫu") < page.index("Công văn mẫu") < page.index("Diễn biến")
    assert citizen.send(f"/my/{call.id}", trigger="rate", score="4").status_code == 200
    assert "đã đánh giá: 4/5" in citizen.read(f"/my/{call.id}")


def test_what_is_public_is_found_without_marks(
    desk: Any, visit: Visit, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Published results are found until they are withdrawn or erased, or name an accused."""
    citizen, calls = visit("cong-dan"), [take_call(desk) for _ in range(4)]
    monkeypatch.setattr("examples.portal.citizens.PAGE", 2)
    for call in calls:
        desk.answer(call.id, text="Trả lời mẫu", by=OPERATOR)
        desk.publish(call.id, text="Đường <b> mot-cua đã sửa", by=OPERATOR)
    desk.publish(calls[0].id, text="Phí là mười đồng", by=OPERATOR)
    for words in ("phi la", normalize("NFD", "PHÍ"), calls[0].id):
        found = citizen.client.get("/results", params={"q": words}).text
        assert re.findall(r'<article class="card" id="([\w-]+)"', found) == [calls[0].id]
    assert "<b>" not in citizen.client.get("/results").text
    assert citizen.read("/results?page=2").count("<article") == 2
    desk.unpublish(calls[0].id, text="Lý do mẫu", by=Person(id="ld", role="leadership"))
    desk.erase(calls[1].id, by=OPERATOR, ground="mẫu")
    desk.complete(calls[3].id, accused=[Accused(id="mot-cua", unit="MC-MAU")], by=OPERATOR)
    found = re.findall(r'<article class="card" id="([\w-]+)"', citizen.read("/results"))
    assert found == [calls[2].id]
