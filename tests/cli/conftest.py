"""What tests of the command line share: a text in a file, and the cases of a log in a database."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.cli.log import LOG, text
from tests.cli.terminal import run


@pytest.fixture
def file(tmp_path: Path) -> Callable[..., str]:
    """Return what writes a text to a file, and returns its path."""

    def write(content: str, name: str = "own.toml") -> str:
        path = tmp_path / name
        path.write_text(content, encoding="utf-8")
        return str(path)

    return write


@pytest.fixture
def keep(tmp_path: Path) -> Callable[..., str]:
    """Return what replays a log into a database, and returns its path."""

    def replay(log: Any, *options: str, name: str = "office.db") -> str:
        path = str(tmp_path / name)
        done = run("replay", "-", "--log-name", "day", "--db", path, *options, given=text(log))
        assert done.exit_code == 0, done.stderr
        return path

    return replay


@pytest.fixture
def db(keep: Callable[..., str]) -> str:
    """Return a database with two cases: one lies with an officer until 16:00, one is answered."""
    return keep(LOG)
