"""Somebody with a browser in front of the portal on FastAPI, and a clock that a test moves."""

import html
import json
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import attrs
import pytest

from phananh.testing.clock import ManualClock

pytest.importorskip("httpx2")
testclient = pytest.importorskip("fastapi.testclient")
portal = pytest.importorskip("examples.portal.app")

from argon2 import PasswordHasher, profiles  # noqa: E402 - comes with the portal

from examples.portal import accounts, database  # noqa: E402 - needs fastapi
from examples.portal.sign_in import digest  # noqa: E402

accounts.HASHER = PasswordHasher.from_parameters(profiles.CHEAPEST)  # as a test has no secrets
accounts.NOBODY = accounts.HASHER.hash("")
PASSWORD = "mat-khau-mau"  # noqa: S105 - of the accounts below
OTP_KEY = "A" * 32
PEOPLE = (
    ("dien-thoai-vien", "Điện thoại viên mẫu", "operator", None),
    ("mot-cua", "Bộ phận một cửa mẫu", "officer", "MC-MAU"),
    ("co-quan", "Cơ quan mẫu", "agency", "CQ-MAU"),
    ("co-quan-2", "Cơ quan mẫu, người thứ hai", "agency", "CQ-MAU"),
    ("thu-truong", "Thủ trưởng Cơ quan mẫu", "agency_head", "CQ-MAU"),
    ("nha-cung-cap", "Đơn vị cung cấp mẫu", "provider", "NCC-MAU"),
    ("lanh-dao", "Lãnh đạo Trung tâm mẫu", "leadership", None),
    ("lanh-dao-2", "Lãnh đạo mẫu, người thứ hai", "leadership", "TT-MAU"),
    ("van-phong", "Văn phòng mẫu", "office", None),
    ("quan-tri", "Quản trị mẫu", "administrator", None),
)
CITIZEN = "cong-dan"  # of whom there is no account
FRIDAY = "2025-04-25 15:00"
HIDDEN = re.compile(r'name="(token|version|click)" value="([^"]*)"')
GREY = re.compile(r'disabled aria-describedby="why-(\w+)".*?</li>', re.DOTALL)
CONTACT = {"sender.name": "Người gửi mẫu", "sender.phone": "0218 383 1022"}


def make_people(engine: Any) -> None:
    """Make the accounts of the tests, whose names are also the ids of the people."""
    for name, label, role, unit in PEOPLE:
        fields = {"name": name, "label": label, "role": role, "person_id": name, "unit": unit}
        fields["otp_key"] = OTP_KEY if role == "administrator" else None
        accounts.make_account(engine, PASSWORD, **fields, state="open")


def sign_in(client: Any, name: str, password: str = PASSWORD) -> Any:
    """Sign in by the form, as a browser does, and return what came back."""
    return Visitor(client).send("/sign-in", name=name, password=password)


def begin_session(client: Any, name: str) -> None:
    """Give a browser the session of an account, as after a sign-in, which takes far longer."""
    cookie = secrets.token_urlsafe(32)
    row = {"id": digest(cookie), "account": name, "ends_at": 2**31 - 1}
    content = {"content": json.dumps({"account": name})}
    database.record(client.app.state.engine, database.SESSIONS.insert().values(row | content))
    client.cookies.clear()
    client.cookies.set("portal", cookie, domain="testserver.local")


def list_routes() -> list[tuple[str, str]]:
    """Return the method and the address of every route of the portal."""
    parts = [("", part.router) for part in portal.PARTS] + [("/api", portal.api.router)]
    routes = [(start + route.path, route.methods) for start, part in parts for route in part.routes]
    return [(method, path) for path, methods in routes for method in sorted(methods)]


@attrs.define
class Visitor:
    """Somebody with a browser: what they fill in is sent with the hidden fields of the page."""

    client: Any
    is_citizen: bool = False

    def send(self, form_at: str, action: str = "", *, page: Any = None, **typed: str) -> Any:
        """Open a form, or use one that is open, fill it in and send it."""
        hidden = dict(HIDDEN.findall((page or self.client.get(form_at)).text))
        return self.client.post(action or form_at, data={**hidden, **typed})

    def token(self) -> str:
        """Return the token of the forms of this session."""
        return str(dict(HIDDEN.findall(self.client.get("/sign-in").text))["token"])

    def read(self, path: str) -> str:
        """Return the text of a page."""
        found = self.client.get(path)
        assert found.status_code == 200, found.status_code
        return html.unescape(found.text)

    def grey(self, case: str) -> dict[str, str]:
        """Return the buttons that are grey on the page of a case, with what stands beside them."""
        page = self.read(f"/case/{case}")
        return {row[1]: " ".join(row[0].split()) for row in GREY.finditer(page)}

    def take(self, **typed: str) -> str:
        """Send or write down a request, and return its id."""
        form = "/send" if self.is_citizen else "/new"
        sent = self.send(form, **{"kind": "information", "content": "Câu hỏi mẫu", **typed})
        assert sent.status_code == (200 if self.is_citizen else 201), sent.text
        found = re.search(r"/(?:case|my)/([\w-]+)", sent.text)
        assert found is not None
        return found[1]


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database with the accounts of the tests, to be copied."""
    path = tmp_path_factory.mktemp("portal") / "cases.db"
    engine = database.open_engine(str(path))
    make_people(engine)
    engine.dispose()
    return path


@pytest.fixture
def clock() -> ManualClock:
    """Return a clock that stands on a Friday afternoon before a make-up Saturday."""
    return ManualClock(FRIDAY)


@pytest.fixture
def app(
    template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: ManualClock
) -> Iterator[Any]:
    """Return the portal on a file of its own, by that clock."""
    monkeypatch.setenv("PHANANH_DB", str(shutil.copy(template, tmp_path)))
    made = portal.make_app(clock)
    with testclient.TestClient(made) as first:
        made.state.portal = first.portal
        yield made


@pytest.fixture
def visit(app: Any) -> Iterator[Callable[[str], Visitor]]:
    """Return what gives a browser in which an account is signed in, or a citizen's."""
    with ExitStack() as opened:

        def enter(name: str) -> Visitor:
            client = testclient.TestClient(app)
            client.portal = app.state.portal
            opened.callback(client.close)
            if name == CITIZEN:
                return Visitor(client, is_citizen=True)
            begin_session(client, name)
            return Visitor(client)

        yield enter
