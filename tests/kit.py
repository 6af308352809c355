"""What the tests of the test kit try, and what they catch: `python -m tests.kit [OPTION...]`.

The tests of the kit are run by pytest, and everything in the table but the lengths of the lists
comes from the reports of that run. Options are those of pytest. The exit code is pytest's, or 1
if something that is listed was not tried or not caught.
"""

import sys
from collections.abc import Iterable, Sequence
from typing import Any

import attrs
import pytest

from phananh.testing import INVARIANTS
from phananh.testing.conformance import contract_tests
from tests.robustness import count_rows
from tests.testing.broken_stores import list_faults
from tests.testing.broken_stores.elsewhere import ALL_NUMBERS
from tests.testing.broken_stores.hurt import list_hurt
from tests.testing.invariants.mutants import MUTANTS

MEMORY, SQLITE = "tests/stores/test_memory.py", "tests/stores/sqlite/test_store.py"
ROWS = "tests/adversarial/test_rows.py"
TESTS = ("tests/testing", MEMORY, SQLITE, ROWS)
OPTIONS = ("-q", "-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder")
EXPLORED = "tests/testing/exploration/test_explore.py"
NAMED = "test_defect_is_found_by_the_named_test"
CAUGHT = "passed"


class Results:
    """A plugin of pytest that keeps how each test ended, how long it took and what it told."""

    def __init__(self) -> None:
        """Begin with no test."""
        self.outcomes: dict[str, str] = {}
        self.made_ready: dict[str, float] = {}
        self.told: dict[str, Any] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Take in the end of a test, or of what is made before it or put away after it."""
        if report.when == "call" or report.outcome != CAUGHT:
            self.outcomes[report.nodeid] = report.outcome
        if report.when == "setup":
            self.made_ready[report.nodeid] = report.duration
        self.told.update(report.user_properties)

    def list_outcomes(self, tests: Iterable[str]) -> list[str]:
        """Return how each test ended, "not tried" for one that was not run."""
        return [self.outcomes.get(test, "not tried") for test in tests]

    def find_seconds(self, file: str) -> float:
        """Return the seconds that the slowest fixture of a file took."""
        return max((s for test, s in self.made_ready.items() if test.startswith(file)), default=0)


@attrs.frozen(kw_only=True)
class Line:
    """A line of the table: things that are listed, and the test of each."""

    what: str
    tests: dict[str, str]
    may_skip: bool = False

    def find_left(self, results: Results) -> list[str]:
        """Return what was not caught, with how its test ended."""
        good = {CAUGHT, "skipped"} if self.may_skip else {CAUGHT}
        ended = zip(self.tests, results.list_outcomes(self.tests.values()), strict=True)
        return [f"{name}: {outcome}" for name, outcome in ended if outcome not in good]

    def text(self, results: Results) -> str:
        """Return the line: how many there are, and how their tests ended."""
        ended = results.list_outcomes(self.tests.values())
        skipped = f", {ended.count('skipped')} not offered" if self.may_skip else ""
        return format_line(self.what, f"{ended.count(CAUGHT)} of {len(ended)}{skipped}")


def format_line(what: str, count: object) -> str:
    """Return a line of the table."""
    return f"{what:<48} {count}"


def make_lines() -> tuple[Line, ...]:
    """Return what is listed, and the test of each."""
    broken, hurt, mutants = _name_tests()
    promises = contract_tests()
    return (
        _make_promises("memory store", promises, f"{MEMORY}::TestMemoryStore"),
        _make_promises("SQLite store", promises, f"{SQLITE}::TestSqliteStore"),
        Line(what="broken stores caught", tests=broken),
        Line(what="stores that break when hurt or shared, caught", tests=hurt),
        Line(what="mistakes in rules caught", tests=mutants),
    )


def _name_tests() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    file = "tests/testing/test_{}_stores.py::" + NAMED + "[{}]"
    broken = [each.store.__name__ for each in list_faults()]
    hurt = [each.name for each in list_hurt()]
    caught = "tests/testing/invariants/test_mutants.py::test_a_mutant_is_caught_by_its_invariant"
    return (
        {name: file.format("broken", name) for name in broken},
        {name: file.format("hurt", name) for name in hurt},
        {each.name: f"{caught}[{each.name}]" for each in MUTANTS},
    )


def _make_promises(store: str, promises: Iterable[str], suite: str) -> Line:
    tests = {name: f"{suite}::{name}" for name in promises}
    return Line(what=f"promises of the contract kept by the {store}", tests=tests, may_skip=True)


def list_counts(results: Results) -> list[str]:
    """Return the lines of what was walked, played and drawn in this run."""
    numbers = {n for each in list_faults() for n in each.numbers}
    numbers |= {n for each in list_hurt() for n in each.numbers}
    explored = results.told.get("explored", {"states": "not tried", "acts": "not tried"})
    rows = [outcome for test, outcome in results.outcomes.items() if test.startswith(ROWS)]
    return [
        format_line(
            "of B1 to B42 there are broken stores of", f"{len(numbers)} of {len(ALL_NUMBERS)}"
        ),
        format_line("invariants", len(INVARIANTS)),
        format_line("states that the built-in rules lead to", explored["states"]),
        format_line("acts tried in them", explored["acts"]),
        format_line("seconds that took", f"{results.find_seconds(EXPLORED):.1f}"),
        *(format_line(name, n) for name, n in results.told.items() if name.startswith("histories")),
        format_line("odd input and bad luck", count_rows().text()),
        format_line("tests of it", f"{rows.count(CAUGHT)} of {len(rows)}"),
        "what the machine reached:",
        *(format_line(f"  {name}", n) for name, n in _list_reached(results)),
    ]


def _list_reached(results: Results) -> list[tuple[str, int]]:
    return sorted(results.told.get("reached", {"not tried": 0}).items())


def main(options: Sequence[str]) -> int:
    """Run the tests, print the table, and return how it ended."""
    results = Results()
    code = int(pytest.main([*OPTIONS, *TESTS, *options], plugins=[results]))
    lines = make_lines()
    print("\nThe test kit\n")
    print("\n".join([*(line.text(results) for line in lines), *list_counts(results)]))
    left = [f"{line.what}: {each}" for line in lines for each in line.find_left(results)]
    if left:
        print("\nNot caught or not tried:", *left, sep="\n  ")
    return code or int(bool(left))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
