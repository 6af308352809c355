"""The one command of the portal on FastAPI: its sample cases, its accounts, and its server."""

import json
import os
import runpy
from pathlib import Path
from typing import Any

import pytest

from phananh import Desk, open_store

uvicorn = pytest.importorskip("uvicorn")
accounts = pytest.importorskip("examples.fastapi_portal.accounts")
samples = pytest.importorskip("examples.fastapi_portal.samples")


def test_the_command_starts_a_server_with_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python -m examples.fastapi_portal` serves the portal, with a secret and three cases."""
    asked: list[Any] = []
    monkeypatch.setattr(uvicorn, "run", lambda *words, **named: asked.append((words, named)))
    monkeypatch.setenv("PHANANH_DB", str(tmp_path / "portal.db"))
    monkeypatch.setenv("PORTAL_SECRET", "x")
    monkeypatch.delenv("PORTAL_SECRET")  # what the command sets goes when the test ends
    for _ in range(2):
        runpy.run_module("examples.fastapi_portal", run_name="__main__")
    app = "examples.fastapi_portal.portal:make_app"
    assert asked == [((app,), {"factory": True, "port": 8000})] * 2
    assert len(os.environ["PORTAL_SECRET"]) >= 32
    with open_store(tmp_path / "portal.db") as store:
        assert Desk(store=store).count() == 3


def test_an_account_is_printed_as_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What the command for accounts prints is an entry of the file, whose password is right."""
    monkeypatch.setattr("getpass.getpass", lambda: "mật khẩu mẫu")
    accounts.main("mau", "officer", "MC-MAU")
    entry = json.loads(capsys.readouterr().out)
    (tmp_path / "accounts.json").write_text(json.dumps([entry]))
    made = accounts.read_accounts(tmp_path / "accounts.json")["mau"]
    assert (made.person.role, made.person.unit) == ("officer", "MC-MAU")
    assert "mật khẩu mẫu" not in json.dumps(entry, ensure_ascii=False)
    assert accounts.check_password(made, "mật khẩu mẫu")
    assert not accounts.check_password(made, "mật khẩu khác")
    assert not accounts.check_password(None, "mật khẩu mẫu")
