"""The application on Flask: grey buttons, two who act at once, and an accused who signs in."""

import html
import re
from pathlib import Path
from typing import Any

import pytest

from phananh import Accused, Desk, MemoryStore, Person, Sender
from phananh.testing.clock import ManualClock

pytest.importorskip("flask")
app = pytest.importorskip("examples.flask_portal.app")

CALL = {"kind": "information", "channel": "phone", "content": "<script>Câu hỏi mẫu"}
KNOWN = {**CALL, "sender.name": "Người gửi mẫu", "sender.phone": "0218 383 1022"}
HIDDEN = re.compile(r'name="(token|version|click)" value="([^"]*)"')


@pytest.fixture
def desk() -> Desk:
    """Return a desk in memory, whose clock stands."""
    return Desk(store=MemoryStore(), clock=ManualClock("2025-04-25 15:00"))


def visit(desk: Desk, name: str) -> Any:
    """Return a browser in which somebody is signed in."""
    client = app.make_app(desk).test_client()
    token = dict(HIDDEN.findall(client.get("/").text))["token"]
    assert client.post("/sign-in", data={"token": token, "user": name}).status_code == 302
    return client


def send(client: Any, path: str, page: Any = None, **typed: str) -> Any:
    """Fill in the form that leads to a path, on an open page or a new one, and send it."""
    found = page or client.get(path.rpartition("/")[0] or "/")
    form = found.text.partition(f'action="{path}"')[2].partition("</form>")[0]
    return client.post(path, data={**dict(HIDDEN.findall(form)), **typed})


def test_nothing_is_done_without_a_token_or_a_role(desk: Desk) -> None:
    """A form of another site, and a call that an officer writes down, record nothing."""
    operator = visit(desk, "dien-thoai-vien")
    for token in ({}, {"token": "đ"}):
        assert operator.post("/receive", data={**CALL, **token}).status_code == 403
    officer = visit(desk, "mot-cua")
    token = dict(HIDDEN.findall(officer.get("/").text))
    assert officer.post("/receive", data={**CALL, **token}).status_code == 403
    assert (app.make_app(desk).test_client().get("/").status_code, desk.count()) == (401, 0)


def test_a_button_is_grey_with_its_reason(desk: Desk) -> None:
    """What is missing is beside the grey button, with its article, and markup is text."""
    operator = visit(desk, "dien-thoai-vien")
    for call, grey in ((CALL, 1), (KNOWN, 0)):
        page = operator.get(send(operator, "/receive", **call).location)
        assert page.text.count("<button disabled>") == grey
        assert ("điểm c Điều 6" in page.text, "<script" in page.text) == (bool(grey), False)
        assert page.headers["Cache-Control"] == "no-store"
        assert "default-src 'none'" in page.headers["Content-Security-Policy"]


def test_two_people_act_at_once(desk: Desk) -> None:
    """The second gets a 409 with the text; sent again, it counts once."""
    operator, officer = visit(desk, "dien-thoai-vien"), visit(desk, "mot-cua")
    case = send(operator, "/receive", **KNOWN).location
    send(operator, f"{case}/escalate", to="mot-cua")
    assert case in officer.get("/").text
    seen = officer.get(case)
    send(operator, f"{case}/note", text="Ghi chú mẫu")
    found = send(officer, f"{case}/answer", seen, text="Trả lời mẫu")
    assert found.status_code == 409
    assert "Trả lời mẫu</textarea>" in found.text
    for version in ("x", "9" * 5_000, "1"):
        assert send(officer, f"{case}/answer", found, text="x", version=version).status_code in (
            409,
            422,
        )
    for _ in range(2):
        assert send(officer, f"{case}/answer", found, text="Trả lời mẫu").location == case
    assert desk.get(case.removeprefix("/case/")).version == 4


def test_the_store_is_that_of_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `flask --app` makes it, the application opens the file that PHANANH_DB names."""
    monkeypatch.setenv("PHANANH_DB", str(tmp_path / "portal.db"))
    with app.make_app().config["DESK"].store:
        assert (tmp_path / "portal.db").exists()


def accuse(desk: Desk, accused: Person, *, is_passed_on: bool) -> str:
    """Return a report on conduct, of which this person is accused."""
    by = Person(id="dtv-2", role="operator")
    case = desk.receive(
        kind="conduct", channel="phone", content="Hồ sơ bị chậm", by=by,
        sender=Sender(name="Người gửi mẫu", phone="0218 383 1022"),
    )  # fmt: skip
    if is_passed_on:
        case = desk.escalate(case, to=app.PEOPLE["mot-cua"], by=by)
    their = Accused(id=accused.id, unit=accused.unit or "TT-MAU")
    return desk.complete(case, accused=[their], by=by).id


def look_everywhere(client: Any, case: str) -> dict[str, tuple[int, str]]:
    """Return what each route but the sign-in answers of a case, with a word in place of its id."""
    token = dict(HIDDEN.findall(client.get("/").text))["token"]
    form = {"token": token, "click": "c", "version": "1", "text": "Người gửi mẫu"}
    found = {}
    for rule in client.application.url_map.iter_rules():
        if rule.endpoint not in ("static", "pages.sign_in"):
            path = rule.rule.replace("<key>", case).replace("<trigger>", "answer")
            for told in (client.get(path), client.post(path, data=form)):
                text = re.sub(r'name="click" value="\w+"', "", html.unescape(told.text))
                key = f"{told.request.method} {path}".replace(case, "-")
                found[key] = told.status_code, text.replace(case, "-")
    return found


def test_an_accused_finds_no_trace(desk: Desk) -> None:
    """On every page and form, by its code too, the case is as one that there is not."""
    for name, person in app.PEOPLE.items():
        client = visit(desk, name)
        nothing = look_everywhere(client, "HB-2504-2222222222")
        for is_passed_on in (False, True):
            case = accuse(desk, person, is_passed_on=is_passed_on)
            before = desk.history(case)
            assert look_everywhere(client, case) == nothing
            assert (client.get(f"/case/{desk.get(case).code}").status_code, desk.history(case)) == (
                404,
                before,
            )


def test_a_colleague_of_the_accused_does_not_learn_who_complained(desk: Desk) -> None:
    """Whoever holds the case reads neither what was sent nor who sent it."""
    case = accuse(desk, Person(id="cb-2", role="officer", unit="MC-MAU"), is_passed_on=True)
    officer = visit(desk, "mot-cua")
    assert "Hồ sơ bị chậm" not in officer.get(f"/case/{case}").text
    assert "0218" not in str(look_everywhere(officer, case))
    case = accuse(desk, Person(id="cb-2", role="officer", unit="MC-MAU"), is_passed_on=False)
    form = visit(desk, "dien-thoai-vien").get(f"/case/{case}").text
    assert re.findall(r'name="accused.id" value="([^"]*)"', form) == ["cb-2", ""]
