"""Somebody with a browser in front of the portal on FastAPI, and a clock that a test moves."""

import html
import re
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import attrs
import pytest

from phananh.testing.clock import ManualClock

pytest.importorskip("httpx2")
testclient = pytest.importorskip("fastapi.testclient")
portal = pytest.importorskip("examples.portal.app")

from tests.portal.test_api import SECRET, sign_in  # noqa: E402 - needs fastapi

CITIZEN = "cong-dan"  # of whom there is no account
FRIDAY = "2025-04-25 15:00"
HIDDEN = re.compile(r'name="(token|version|click)" value="([^"]*)"')
GREY = re.compile(r'disabled aria-describedby="why-(\w+)".*?</li>', re.DOTALL)
CONTACT = {"sender.name": "Người gửi mẫu", "sender.phone": "0218 383 1022"}


@attrs.define
class Visitor:
    """Somebody with a browser: what they fill in is sent with the hidden fields of the page."""

    client: Any
    is_citizen: bool = False

    def send(self, form_at: str, action: str = "", *, page: Any = None, **typed: str) -> Any:
        """Open a form, or use one that is open, fill it in and send it."""
        found = page or self.client.get(form_at)
        hidden = dict(HIDDEN.findall(found.text))
        return self.client.post(action or form_at, data={**hidden, **typed})

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
        assert sent.status_code == 201, sent.text
        found = re.search(r"/(?:case|my)/([\w-]+)", sent.text)
        assert found is not None
        return found[1]


@pytest.fixture
def clock() -> ManualClock:
    """Return a clock that stands on a Friday afternoon before a make-up Saturday."""
    return ManualClock(FRIDAY)


@pytest.fixture
def app(tmp_path: Any, monkeypatch: pytest.MonkeyPatch, clock: ManualClock) -> Iterator[Any]:
    """Return the portal on a file of its own, by that clock."""
    monkeypatch.setenv("PHANANH_DB", str(tmp_path / "cases.db"))
    monkeypatch.setenv("PORTAL_SECRET", SECRET)
    made = portal.make_app(clock)
    with testclient.TestClient(made):
        yield made


@pytest.fixture
def visit(app: Any) -> Iterator[Callable[[str], Visitor]]:
    """Return what gives a browser in which an account is signed in, or a citizen's."""
    with ExitStack() as opened:

        def enter(name: str) -> Visitor:
            client = testclient.TestClient(app)
            opened.callback(client.close)
            if name == CITIZEN:
                return Visitor(client, is_citizen=True)
            assert sign_in(client, name).status_code == 200
            return Visitor(client)

        yield enter
