"""The plugin of pytest: a desk, a store and a clock for each test."""

import pytest

pytest_plugins = ["pytester"]
OPTIONS = ("-p", "no:cacheprovider", "-p", "phananh.testing.plugin")
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
    case = a_case("escalated", desk=phananh_desk)
    assert case.deadline.calendar == "VP"
    assert type(phananh_desk.store) is OwnStore


def test_store_was_closed(phananh_desk):
    assert OwnStore.closed == 1
"""


def test_fixtures_follow_the_marker(pytester: pytest.Pytester) -> None:
    """The nearest marker says when the clock begins, and under which rules and hours."""
    pytester.makepyfile(USED)
    pytester.runpytest_inprocess("--strict-markers", *OPTIONS).assert_outcomes(passed=3)


def test_wrong_marker_stops_the_run(pytester: pytest.Pytester) -> None:
    """A marker that says what there is not is a usage error before any test runs."""
    wrong = {
        "hour='VP'": "*the marker phananh: *'hour'*; it is phananh(at=*",
        "'2025-04-21'": "*the marker phananh: *positional*",
        "at='soon'": "*the marker phananh: at: 'soon' is not an instant in ISO 8601*",
        "rules=()": "*the marker phananh: rules: *",
    }
    for marker, message in wrong.items():
        test = f"import pytest\n\n@pytest.mark.phananh({marker})\ndef test_it():\n    pass\n"
        pytester.makepyfile(test)
        result = pytester.runpytest_inprocess(*OPTIONS)
        assert result.ret == pytest.ExitCode.USAGE_ERROR
        result.stderr.fnmatch_lines([message])
