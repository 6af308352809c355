"""The portal on Django migrates, passes its own tests and sweeps, on a file and on a server."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.page_console import SOURCES

pytest.importorskip("django")
FOLDER = Path(__file__).parents[2] / "examples" / "django_portal"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return a database for the project: a file, or one of a durable server of the test's own."""
    if request.param == "sqlite":
        return str(tmp_path / "portal.db")
    dsn: str = request.getfixturevalue("own_postgres").dsn()
    return dsn


def environment(database: str) -> dict[str, str]:
    """Return the variables of a process of the project."""
    return {**os.environ, "PYTHONPATH": SOURCES, "PYTHONUTF8": "1", "PORTAL_DATABASE": database}


def manage(database: str, *words: str) -> str:
    """Run `manage.py`, and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-W", "error", str(FOLDER / "manage.py"), *words],
        env=environment(database),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_a_project_migrates_tests_and_sweeps(database: str) -> None:
    """`migrate` is all that is needed; nothing is left to migrate; the project's tests pass."""
    assert "Applying phananh.0001_tables... OK" in manage(database, "migrate")
    assert "No changes detected" in manage(database, "makemigrations", "--check")
    assert "no issues" in manage(database, "check", "--fail-level", "WARNING")
    assert manage(database, "test", "hotline", "--noinput").splitlines()[-2] == "OK"
    assert "0" in manage(database, "phananh_sweep")
