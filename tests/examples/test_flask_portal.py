"""The portal on Flask: signing in, grey buttons, due times, two who act at once."""

import html
import re
import runpy
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from phananh import Accused, Desk, MemoryStore, Person, Sender
from phananh.errors import Refusal
from phananh.stores import SqliteStore
from phananh.testing.clock import ManualClock

flask = pytest.importorskip("flask")
app = pytest.importorskip("examples.flask_portal.app")

CALL = {"kind": "information", "content": "Câu hỏi mẫu"}
KNOWN = {**CALL, "name": "Người gửi mẫu", "phone": "0218 383 1022"}
HIDDEN = re.compile(r'name="(token|version|click)" value="([^"]*)"')


class Browser:
    """Somebody with a browser: what they fill in is sent with the hidden fields of the form."""

    def __init__(self, client: Any) -> None:
        """Open an empty browser."""
        self.client = client

    def send(self, path: str, *, page: Any = None, at: str = "", **typed: str) -> Any:
        """Fill in the form of a page that leads to a path, and send it."""
        found = page or self.client.get(at or path)
        form = found.text.partition(f'action="{path}"')[2] or found.text
        hidden = dict(HIDDEN.findall(form.partition("</form>")[0]))
        return self.client.post(path, data={**hidden, **typed})

    def act(self, case: str, trigger: str, *, page: Any = None, **typed: str) -> Any:
        """Fill in and send the form of an act on the page of a case."""
        return self.send(f"/case/{case}/{trigger}", page=page, at=f"/case/{case}", **typed)

    def take(self, **typed: str) -> str:
        """Write a call down, and return the id of its case."""
        return str(self.send("/new", at="/", **typed).location.rpartition("/")[2])

    def read(self, path: str) -> str:
        """Return the text of a page."""
        found = self.client.get(path)
        assert found.status_code == 200
        return html.unescape(found.text)


@pytest.fixture
def clock() -> ManualClock:
    """Return a clock that stands on a Friday afternoon before a make-up Saturday."""
    return ManualClock("2025-04-25 15:00")


@pytest.fixture
def desk(clock: ManualClock) -> Desk:
    """Return a desk in memory, by that clock."""
    return Desk(store=MemoryStore(), clock=clock)


@pytest.fixture
def visit(desk: Desk) -> Callable[[str], Browser]:
    """Return what gives a browser in which an account is signed in."""
    made = app.make_app(desk, secret="a secret of the tests")  # noqa: S106 - signs nothing of value

    def enter(name: str) -> Browser:
        browser = Browser(made.test_client())
        if name:
            browser.send("/sign-in", name=name, password="mat-khau-mau")  # noqa: S106 - a sample
        return browser

    return enter


def reason(code: str, **facts: object) -> str:
    """Return a reason in the words of the page."""
    return Refusal(code=code, article=None, facts=facts).text("vi")


def test_a_form_of_another_site_is_refused(visit: Callable[[str], Browser], desk: Desk) -> None:
    """Without the token of the session nothing is recorded."""
    operator = visit("dien-thoai-vien")
    for token in ({}, {"token": "x"}, {"token": "đ"}):
        assert operator.client.post("/new", data={**CALL, **token}).status_code == 403
    assert desk.count() == 0


def test_a_button_is_grey_with_its_reason(visit: Callable[[str], Browser]) -> None:
    """What is missing is told beside the grey button, with its article."""
    operator = visit("dien-thoai-vien")
    page = operator.read(f"/case/{operator.take(**CALL)}")
    assert re.findall(r'disabled aria-describedby="why-(\w+)"', page) == ["escalate"]
    assert reason("no_contact") in page
    assert "điểm c Điều 6" in page
    beside = page.partition('id="why-escalate"')[2].partition("</form>")[0]
    assert "Bước này theo điểm b khoản 1 Điều 8" in beside
    page = operator.read(f"/case/{operator.take(**KNOWN)}")
    assert re.findall(r'disabled aria-describedby="why-(\w+)"', page) == []
    forms = re.findall(r'action="/case/[\w-]+/(\w+)"', page)
    assert forms == ["complete", "note", "reject", "answer", "escalate"]


def test_two_people_act_at_once(visit: Callable[[str], Browser], desk: Desk) -> None:
    """The second gets a 409 with what the first recorded and the text; sent again, it counts."""
    operator, officer = visit("dien-thoai-vien"), visit("mot-cua")
    case = operator.take(**KNOWN, click="c-1")
    operator.act(case, "escalate", to="mot-cua")
    seen = officer.client.get(f"/case/{case}")
    operator.act(case, "note", text="Ghi chú mẫu")
    told = officer.act(case, "answer", page=seen, text="Trả lời mẫu")
    assert told.status_code == 409
    assert "điện thoại viên dien-thoai-vien ghi chú" in html.unescape(told.text)
    assert "Trả lời mẫu</textarea>" in told.text
    assert desk.get(case).state == "escalated"
    for _ in range(2):  # a second click is the same click
        sent = officer.act(case, "answer", page=told, text="Trả lời mẫu", click="c-2")
        assert sent.status_code == 302
    assert (desk.get(case).state, desk.get(case).version) == ("answered", 4)
    for click in ("c-1", "c-2"):  # such as an import has for its lines
        desk.receive(kind="information", channel="phone", content="Khác",
                     by=Person(id="dtv-2", role="operator"), command_id=click)  # fmt: skip


@pytest.mark.parametrize(
    ("trigger", "typed", "status"),
    [
        ("answer", {"text": " "}, 403),
        ("answer", {"text": "x", "version": "x"}, 422),
        ("answer", {"text": "x", "version": "9" * 5_000}, 409),
        ("escalate", {"to": "nobody"}, 422),
        ("close", {"version": "1"}, 409),
        ("publish", {"text": "x", "version": "1"}, 409),
        ("lapse", {}, 422),
    ],
)
def test_what_is_wrong_is_told(
    visit: Callable[[str], Browser], desk: Desk, trigger: str, typed: dict[str, str], status: int
) -> None:
    """A form that the desk refuses comes back with its status, and records nothing."""
    operator = visit("dien-thoai-vien")
    case = operator.take(**KNOWN)
    assert operator.act(case, trigger, **typed).status_code == status
    assert desk.get(case).version == 1


def test_only_operators_take_calls(visit: Callable[[str], Browser], desk: Desk) -> None:
    """An officer has no form for a call, and no way around it."""
    officer = visit("mot-cua")
    assert "Ghi cuộc gọi" not in officer.read("/")
    assert officer.send("/new", at="/", **CALL).status_code == 403
    assert desk.count() == 0


def test_the_command_starts_a_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """`python -m examples.flask_portal` serves the portal on port 5000, over a file."""
    asked: list[dict[str, object]] = []
    monkeypatch.setattr(flask.Flask, "run", lambda _app, **named: asked.append(named))
    monkeypatch.setenv("PHANANH_DB", str(tmp_path / "portal.db"))
    runpy.run_module("examples.flask_portal", run_name="__main__")
    assert asked == [{"port": 5000}]
    assert (tmp_path / "portal.db").exists()


def test_neither_a_hidden_nor_a_damaged_case_shortens_the_list(tmp_path: Path) -> None:
    """The page is filled with what can be read, and one damaged history takes down nothing."""
    desk, by = Desk(store=SqliteStore(tmp_path / "cases.db")), Person(id="dtv-2", role="operator")
    app_over = app.make_app(desk, secret="a secret of the tests")  # noqa: S106 - as above
    for _ in range(51):
        taken = desk.receive(kind="information", channel="phone", content="Câu hỏi mẫu", by=by)
    accuse(desk, app.PEOPLE["dien-thoai-vien"])
    with sqlite3.connect(tmp_path / "cases.db") as database:
        database.execute("update phananh_event set crc = crc + 1 where case_id = ?", (taken.id,))
    operator = Browser(app_over.test_client())
    operator.send("/sign-in", name="dien-thoai-vien", password="mat-khau-mau")  # noqa: S106 - a sample
    assert operator.read("/").count('href="/case/') == 50
    assert operator.client.get(f"/case/{taken.id}").status_code == 404


def accuse(desk: Desk, accused: Person, holder: str | None = None) -> str:
    """Return a report on conduct that lies with an officer, of which this person is accused."""
    by = Person(id="dtv-2", role="operator")
    case = desk.receive(
        kind="conduct", channel="phone", content="Hồ sơ bị chậm", by=by,
        sender=Sender(name="Người gửi mẫu", phone="0218 383 1022"),
    )  # fmt: skip
    if holder:
        case = desk.escalate(case, to=app.PEOPLE[holder], by=by)
    their = Accused(id=accused.id, unit=accused.unit or "TT-MAU")
    return desk.complete(case, accused=[their], by=by).id


def look_everywhere(browser: Browser, case: str) -> dict[str, tuple[int, str]]:
    """Return what each route but the sign-in answers of a case, with a word in place of its id."""
    made = browser.client.application
    token = HIDDEN.search(browser.client.get("/").text)
    form = {"token": token and token[2], "version": "1", "click": "c", "text": "Người gửi mẫu"}
    found = {}
    for rule in made.url_map.iter_rules():
        if rule.endpoint in ("sign_in", "sign_out", "static"):
            continue
        for trigger in ("answer", "note"):
            path = rule.rule.replace("<key>", case).replace("<trigger>", trigger)
            for told in (browser.client.get(path), browser.client.post(path, data=form)):
                text = re.sub(r'name="click" value="[\w-]+"', "", html.unescape(told.text))
                key = f"{told.request.method} {path}".replace(case, "THE-CASE")
                found[key] = told.status_code, text.replace(case, "THE-CASE")
    return found


def test_an_accused_finds_no_trace(visit: Callable[[str], Browser], desk: Desk) -> None:
    """On every page, list and form, by its code too, the case is as one that there is not."""
    for name in ("mot-cua", "dien-thoai-vien"):
        browser = visit(name)
        nothing = look_everywhere(browser, "HB-2504-2222222222")
        for holder in (None, "mot-cua"):
            case = accuse(desk, app.PEOPLE[name], holder)
            before = desk.history(case)
            found = look_everywhere(browser, case)
            assert found == nothing
            found.pop("GET /")  # the list, which has cases of other accused
            assert not any(each in str(found) for each in ("0218", "Hồ sơ bị chậm"))
            odd = [case + "%0A", case + "%00", "HB-0", desk.get(case).code]
            assert len({browser.client.get(f"/case/{each}").text for each in odd}) == 1
            assert desk.history(case) == before


def test_a_form_sends_the_known_accused_along(visit: Callable[[str], Browser], desk: Desk) -> None:
    """Who adds one more on the page loses none, though a list before the hand-over is a new one."""
    case = accuse(desk, app.PEOPLE["mot-cua"])
    page = visit("dien-thoai-vien").read(f"/case/{case}")
    found = [
        re.findall(rf'name="accused.{each}"[^>]* value="([^"]*)"', page) for each in ("id", "unit")
    ]
    their = desk.get(case).accused[0]
    assert found == [[their.id, ""], [their.unit, ""]]


def test_a_colleague_of_the_accused_does_not_learn_who_complained(
    visit: Callable[[str], Browser], desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever holds the case reads what was sent, and other people of the unit nothing."""
    known = visit("mot-cua")  # whose browser stays signed in
    case = accuse(desk, Person(id="cb-2", role="officer", unit="MC-MAU"), "mot-cua")
    page = known.read(f"/case/{case}")
    assert "Hồ sơ bị chậm" in page
    assert "0218" not in str(look_everywhere(known, case))
    other = Person(id="cb-3", role="officer", unit="MC-MAU")
    monkeypatch.setitem(app.PEOPLE, "mot-cua", other)
    assert look_everywhere(known, case) == look_everywhere(known, "HB-2504-2222222222")
