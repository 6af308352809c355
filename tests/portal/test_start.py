"""The one command of the portal: its sample cases, its accounts, and its server."""

import runpy
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from phananh import Desk, open_store

uvicorn = pytest.importorskip("uvicorn")
samples = pytest.importorskip("examples.portal.samples")
accounts = pytest.importorskip("examples.portal.accounts")
database = pytest.importorskip("examples.portal.database")


def test_the_command_starts_a_server_with_samples(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """`python -m examples.portal` serves the portal with a month of samples, recorded once."""
    asked: list[Any] = []
    monkeypatch.setattr(uvicorn, "run", lambda *words, **named: asked.append((words, named)))
    monkeypatch.setattr(samples, "record_samples", partial(samples.record_samples, count=5))
    monkeypatch.setenv("PHANANH_DB", str(tmp_path / "portal.db"))
    for _ in range(2):
        runpy.run_module("examples.portal", run_name="__main__")
    told = {"factory": True, "port": 8000, "server_header": False}
    assert asked == [(("examples.portal.app:make_app",), told)] * 2
    assert "mat-khau-mau" in capsys.readouterr().err
    with open_store(tmp_path / "portal.db") as store:
        assert Desk(store=store).count() == 5
    engine = database.open_engine(str(tmp_path / "portal.db"))
    assert database.fetch(engine, database.sql.text("pragma secure_delete")) == [(1,)]
    made = accounts.read_accounts(engine)
    assert {each.role for each in made.values()} == {*accounts.ROLES}
    assert {each.state for each in made.values()} == {"sample"}
