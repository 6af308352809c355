"""Rows of the list that the example portal answers: markup, odd input, and nobody named."""

from collections.abc import Callable
from typing import Any

import pytest

from tests.portal.test_api import client, headers
from tests.portal.visitor import app, clock, template

__all__ = ["app", "client", "clock", "template"]

SECRETS = ("Bimat", "0977", "bimat")
SCRIPT = "<script>alert(1)</script> bimat"
CALL = {"kind": "information", "content": SCRIPT, "name": "Bimat Kin", "phone": "0977 000 499"}


def check_reads(read: Callable[[str], Any], case: str) -> None:
    """Check that every page that is read is JSON, and names nobody."""
    for path in ("/cases", f"/cases/{case}"):
        found = read(path)
        assert found.status_code == 200, path
        assert found.headers["content-type"].startswith("application/json"), path
        shown = f"{found.text} {dict(found.headers)}"
        assert [one for one in (*SECRETS, "<script>") if one in shown] == [], path


@pytest.mark.parametrize("row", [pytest.param(n, id=str(n)) for n in (10, 132, 134)])
def test_pages_of_the_portal_name_nobody(client: Any, row: int) -> None:
    """Lists and a case are JSON without markup, name, number or content."""
    case = client.post("/cases", json=CALL, headers=headers("k-1")).json()["case"]
    check_reads(lambda path: client.get(path, headers=headers()), case)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"content": "bimat\0"}, id="1"),
        pytest.param({"content": "bimat " * 50_000}, id="5"),
        pytest.param({"name": "Bimat\r\nBcc: x"}, id="28"),
        pytest.param({"content": "x" * 20_000 + " bimat"}, id="4"),
    ],
)
def test_what_the_portal_refuses_is_not_shown(client: Any, wrong: dict[str, str]) -> None:
    """What is refused at the door is 422 with its field, is not shown, and records nothing."""
    found = client.post("/cases", json={**CALL, **wrong}, headers=headers("k-1"))
    assert found.status_code == 422
    assert found.json()["field"] == next(iter(wrong))
    assert [one for one in SECRETS if one in found.text] == []
    assert client.get("/cases", headers=headers()).json()["rows"] == []


@pytest.mark.parametrize("key", ["HB-2603-ZZZZZZZZZZ", "..%2Fx", "%2e%2e", "' or 1=1"])
def test_an_unknown_case_is_not_found(client: Any, key: str) -> None:
    """Rows 22, 23 and 135: an unknown id, a path and SQL are 404 alike."""
    assert client.get(f"/cases/{key}", headers=headers()).status_code == 404
