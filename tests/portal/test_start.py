"""The one command of the portal on FastAPI: its sample cases, its accounts, and its server."""

import os
import runpy
from pathlib import Path
from typing import Any

import pytest

from phananh import Desk, open_store

uvicorn = pytest.importorskip("uvicorn")
accounts = pytest.importorskip("examples.portal.accounts")
samples = pytest.importorskip("examples.portal.samples")


def test_the_command_starts_a_server_with_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python -m examples.portal` serves the portal, with a secret and three cases."""
    asked: list[Any] = []
    monkeypatch.setattr(uvicorn, "run", lambda *words, **named: asked.append((words, named)))
    monkeypatch.setenv("PHANANH_DB", str(tmp_path / "portal.db"))
    monkeypatch.setenv("PORTAL_SECRET", "x")
    monkeypatch.delenv("PORTAL_SECRET")  # what the command sets goes when the test ends
    for _ in range(2):
        runpy.run_module("examples.portal", run_name="__main__")
    app = "examples.portal.app:make_app"
    assert asked == [((app,), {"factory": True, "port": 8000})] * 2
    assert len(os.environ["PORTAL_SECRET"]) >= 32
    with open_store(tmp_path / "portal.db") as store:
        assert Desk(store=store).count() == 3
