"""The application on Django migrates, loads its samples, passes its own tests and sweeps."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.page_console import SOURCES

pytest.importorskip("django")
COMMANDS = """
from django.core.management import call_command
for words in (
    "migrate", "makemigrations --check", "loaddata samples", "check --fail-level WARNING",
    "phananh_sweep", "test --noinput",
):
    call_command(*words.split())
"""
FOLDER = Path(__file__).parents[2] / "examples" / "django_portal"


def test_a_project_migrates_tests_and_sweeps(tmp_path: Path) -> None:
    """The commands of its README run on a new file, and nothing is left to migrate or to mend."""
    own = {"PYTHONPATH": SOURCES, "PYTHONUTF8": "1", "PORTAL_DATABASE": str(tmp_path / "own.db")}
    done = subprocess.run(
        [sys.executable, "-W", "error", "manage.py", "shell", "-c", COMMANDS],
        env={**os.environ, **own},
        cwd=FOLDER,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "No changes detected" in done.stdout
    assert "no issues" in done.stdout
    assert re.search(r"Ran [1-9]", done.stderr)
