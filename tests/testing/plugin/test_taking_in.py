"""The plugin costs nothing before it is taken in, and hides no line from coverage."""

import json
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from tests.testing.plugin.conftest import Project

pytest_plugins = ["pytester"]

BEFORE = """
import sys
loaded = [name for name in sys.modules if name.split(".")[0] == "phananh"]
"""
LOOK = """
import sys
import conftest

def test_nothing_was_loaded():
    assert conftest.loaded == []
    assert not hasattr(conftest, "pytest_plugins") or "phananh.testing.plugin" in sys.modules
    assert hasattr(conftest, "pytest_plugins") or "phananh" not in sys.modules
    assert "hypothesis" not in sys.modules
"""


@pytest.mark.parametrize("is_taken_in", [True, False])
def test_nothing_is_imported_before(project: Project, *, is_taken_in: bool) -> None:
    """Until the conftest takes the plugin in no module of phananh is loaded, and no Hypothesis."""
    project.write_conftest(BEFORE, is_taken_in=is_taken_in)
    options = ("-p", "no:hypothesispytest", "-p", "no:xdist")
    project.run(LOOK, *options).assert_outcomes(passed=1)


def test_there_is_no_entry_point() -> None:
    """No entry point of pytest leads to phananh."""
    assert not [each for each in entry_points(group="pytest11") if "phananh" in each.value]


def test_plugin_may_be_imported_before(project: Project) -> None:
    """A conftest that imports from the plugin first gets no warning of pytest."""
    project.write_conftest("from phananh.testing.plugin import SECTIONS\n")
    project.run("def test(phananh_desk):\n    pass\n").assert_outcomes(passed=1)


def read_import_line(project: Project, *options: str) -> bool:
    """Run a test under coverage; return whether an import line of the package counts as run."""
    test = "def test(phananh_desk):\n    assert phananh_desk.count() == 0\n"
    report = "--cov-report=json:cov.json"
    project.run(test, "--cov=phananh.regulation", report, *options).assert_outcomes(passed=1)
    found = json.loads(Path("cov.json").read_text(encoding="utf-8"))["files"]
    (rules,) = (lines for path, lines in found.items() if path.endswith("regulation/rules.py"))
    return bool(rules["executed_lines"])


def test_import_lines_are_measured(project: Project) -> None:
    """Taken in by the conftest, lines that run at import count; loaded earlier, they are lost."""
    pytest.importorskip("pytest_cov", reason="pytest-cov is not installed")
    assert read_import_line(project)
    project.write_conftest("", is_taken_in=False)
    assert not read_import_line(project, "-p", "phananh.testing.plugin", "-W", "default")
