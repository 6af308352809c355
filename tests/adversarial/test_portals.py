"""Rows of the list that the example portal answers: markup, odd input, and nobody named."""

from typing import Any

import pytest

from tests.portal.test_api import client, headers, program
from tests.portal.visitor import app, clock, template

__all__ = ["app", "client", "clock", "program", "template"]

SECRETS = ("Bimat", "0977", "bimat")
SCRIPT = "<script>alert(1)</script> bimat"
SENDER = {"name": "Bimat Kin", "phone": "0977 000 499"}
CALL = {"kind": "information", "channel": "phone", "content": SCRIPT, "sender": SENDER}


def test_lists_of_the_portal_name_nobody(client: Any) -> None:
    """Rows 10, 132 and 134: a list is JSON without markup, name, number or content."""
    case = client.post("/api/cases", json=CALL, headers=headers("k-1"))
    assert case.headers["content-type"] == "application/json"
    found = client.get("/api/cases")
    shown = f"{found.text} {dict(found.headers)}"
    assert [one for one in (*SECRETS, "<script>") if one in shown] == []


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param({"content": "bimat\0"}, id="1"),
        pytest.param({"content": "bimat " * 50_000}, id="5"),
        pytest.param({"sender": {"name": "Bimat\r\nBcc: x"}}, id="28"),
        pytest.param({"content": "x" * 20_000 + " bimat"}, id="4"),
    ],
)
def test_what_the_portal_refuses_is_not_shown(client: Any, wrong: dict[str, Any]) -> None:
    """What is refused at the door is 422 with its field, is not shown, and records nothing."""
    found = client.post("/api/cases", json={**CALL, **wrong}, headers=headers("k-1"))
    assert found.status_code == 422
    assert found.json()["field"] in ("content", "sender.name")
    assert [one for one in SECRETS if one in found.text] == []
    assert client.get("/api/cases").json()["rows"] == []


@pytest.mark.parametrize("key", ["HB-2603-ZZZZZZZZZZ", "..%2Fx", "%2e%2e", "' or 1=1"])
def test_an_unknown_case_is_not_found(client: Any, key: str) -> None:
    """Rows 22, 23 and 135: an unknown id, a path and SQL are 404 alike."""
    assert client.get(f"/api/cases/{key}").status_code == 404
