"""A project of a user, with its own conftest and tests, and pytest run on it."""

from pathlib import Path

import pytest

import phananh

_OPTIONS = ("-W", "error", "-p", "no:cacheprovider")
TAKEN_IN = 'pytest_plugins = ["phananh.testing.plugin"]\n'


class Project:
    """A folder with a conftest that takes the plugin in, and tests."""

    def __init__(self, pytester: pytest.Pytester) -> None:
        """Take the plugin in."""
        self.pytester = pytester
        self.write_conftest("")

    def write_conftest(self, text: str, *, is_taken_in: bool = True) -> None:
        """Write the conftest, by default after the line that takes the plugin in."""
        self.pytester.makeconftest(text + (TAKEN_IN if is_taken_in else ""))

    def run(self, test: str, *options: str) -> pytest.RunResult:
        """Run pytest on a file of tests, in a process of its own; a warning is an error."""
        self.pytester.makepyfile(test_project=test)
        return self.pytester.runpytest_subprocess(*_OPTIONS, *options)

    def run_here(self, test: str, *options: str) -> pytest.RunResult:
        """Run pytest in this process, which is quicker, and where phananh is loaded already."""
        self.pytester.makepyfile(test_project=test)
        return self.pytester.runpytest_inprocess(*_OPTIONS, *options)


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> Project:
    """Return a project whose Python finds the phananh of this run, and no CI around it."""
    monkeypatch.setenv("PYTHONPATH", str(Path(phananh.__file__).resolve().parents[1]))
    for name in ("CI", "BUILD_NUMBER", "PYTEST_ADDOPTS"):
        monkeypatch.delenv(name, raising=False)
    return Project(pytester)
