"""The table of `make kit` counts what the reports of a run say, and misses nothing listed."""

from types import SimpleNamespace
from typing import Any

import pytest

from phananh.testing import __all__ as names
from tests import kit
from tests.kit_pages import SHOWN


def report(test: str, outcome: str, when: str = "call", told: Any = ()) -> Any:
    """Return what a plugin is told of a test."""
    return SimpleNamespace(
        nodeid=test, outcome=outcome, when=when, duration=2.0, user_properties=list(told)
    )


@pytest.fixture
def results() -> kit.Results:
    """Return the results of a run of four tests."""
    found = kit.Results()
    for each in (
        report("a", "passed"),
        report("b", "failed"),
        report("b", "passed", "teardown"),
        report("c", "skipped", "setup"),
        report("d", "passed"),
        report("d", "failed", "teardown", [("reached", {"steps": 7})]),
    ):
        found.pytest_runtest_logreport(each)
    return found


def test_what_did_not_pass_is_left(results: kit.Results) -> None:
    """What failed, was skipped, broke afterwards or never ran is not caught."""
    line = kit.Line(what="stores", tests={name.upper(): name for name in "abcde"})
    assert line.find_left(results) == ["B: failed", "C: skipped", "D: failed", "E: not tried"]
    assert line.text(results).endswith(" 1 of 5")


def test_a_promise_may_not_be_offered(results: kit.Results) -> None:
    """A store may skip what it does not offer, and the line says how often it did."""
    line = kit.Line(what="promises", tests={"A": "a", "C": "c", "E": "e"}, may_skip=True)
    assert line.find_left(results) == ["E: not tried"]
    assert line.text(results).endswith(" 1 of 3, 1 not offered")


def test_a_run_without_tests_catches_nothing(monkeypatch: Any, capsys: Any) -> None:
    """If pytest ran nothing and said that all is well, the kit says what is missing and fails."""
    monkeypatch.setattr(pytest, "main", lambda *_, **__: 0)
    assert kit.main([]) == 1
    said = capsys.readouterr().out
    assert "broken stores caught: ConflictFirst: not tried" in said
    assert "seconds that took" in said


def test_what_tests_tell_is_in_the_table(results: kit.Results) -> None:
    """What a test told of itself is in the table of the run."""
    assert kit.format_line("  steps", 7) in kit.list_counts(results)


def test_each_public_name_is_on_one_page() -> None:
    """The page of the kit shows each public name, once."""
    shown = [name for page in SHOWN.values() for name in page]
    assert sorted(shown) == sorted(names)
