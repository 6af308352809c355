"""The fixtures and the marker: a desk, a store and a clock for each test."""

import pytest

from tests.testing.plugin.conftest import Project

pytest_plugins = ["pytester"]

USED = """
import pytest
from phananh import HOA_BINH_2019, MemoryStore
from phananh.testing import ManualClock, a_case
import attrs

OWN = attrs.evolve(HOA_BINH_2019, name="OWN", reschedules=2)
pytestmark = pytest.mark.phananh(at="2025-04-22 08:00", rules=OWN)


class OwnStore(MemoryStore):
    closed = 0

    def close(self):
        OwnStore.closed += 1


def test_module_says_when(phananh_desk, phananh_clock, phananh_store):
    assert phananh_desk.now().isoformat() == "2025-04-22T08:00:00+07:00"
    assert phananh_desk.rules == (OWN,)
    assert phananh_desk.store is phananh_store and type(phananh_store) is MemoryStore
    assert phananh_desk.clock is phananh_clock and type(phananh_clock) is ManualClock
    a_case(desk=phananh_desk)


@pytest.mark.phananh(at="2025-04-23 08:00", hours="VP", store=OwnStore)
def test_function_goes_first(phananh_desk):
    assert phananh_desk.count() == 0
    assert phananh_desk.now().day == 23
    assert phananh_desk.rules == (OWN,)
    case = a_case("escalated", desk=phananh_desk)
    assert case.deadline.calendar == "VP"
    assert type(phananh_desk.store) is OwnStore


def test_store_was_closed(phananh_desk):
    assert OwnStore.closed == 1
"""

OVERRIDDEN = """
import pytest
from phananh.stores import SqliteStore

@pytest.fixture
def phananh_store(tmp_path):
    with SqliteStore(tmp_path / "cases.db") as store:
        yield store

def test_store_is_mine(phananh_desk):
    assert type(phananh_desk.store) is SqliteStore
"""


def test_fixtures_follow_the_marker(project: Project) -> None:
    """The nearest marker says when the clock begins, and under which rules and hours."""
    project.run(USED, "--strict-markers").assert_outcomes(passed=3)


def test_fixtures_work_in_several_processes(project: Project) -> None:
    """Under xdist each test has its own desk too, and a failing one its sections."""
    test = USED + "\n\ndef test_fails(phananh_desk):\n    case = a_case(desk=phananh_desk)\n"
    test += "    assert a_case(desk=phananh_desk) == case\n"
    result = project.run(test, "-n", "1", "--phananh-explain")
    result.assert_outcomes(passed=3, failed=1)
    result.stdout.fnmatch_lines(
        ["*phananh: what was compared*", "*phananh: why each limit ends when it does*"]
    )


def test_store_can_be_overridden(project: Project) -> None:
    """A fixture of that name in the project goes before the plugin's."""
    project.run_here(OVERRIDDEN).assert_outcomes(passed=1)


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        ("hour='VP'", "*test_project.py::test_marked: the marker phananh: it has no hour; it takes "
         "at, rules, hours, store"),
        ("'2025-04-21'", "*it has no a value without a name*"),
        ("at='soon'", "*the marker phananh: at: 'soon' is not an instant in ISO 8601*"),
        ("store=7", "*the marker phananh: store: it cannot be called; give a class*"),
        ("hours='ZZ'", "*the marker phananh: hours: 'ZZ' is unknown; *"),
        ("hours=7", "*the marker phananh: calendar: 7 *"),
        ("rules=()", "*the marker phananh: rules: *"),
    ],
)  # fmt: skip
def test_wrong_marker_stops_the_run(project: Project, marker: str, message: str) -> None:
    """A marker that says what there is not is a usage error before any test runs."""
    test = f"import pytest\n\n@pytest.mark.phananh({marker})\ndef test_marked():\n    pass\n"
    result = project.run_here(test)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines([message])


def test_marker_and_option_are_listed(project: Project) -> None:
    """`--markers` and `--help` name what the plugin adds."""
    project.run_here("", "--markers").stdout.fnmatch_lines(["@pytest.mark.phananh(at=*store=...*"])
    project.run_here("", "--help").stdout.fnmatch_lines(["*--phananh-explain*"])
