"""The report of a failing test: in what cases differ, their histories, and why limits end."""

from tests.testing.plugin.conftest import Project

pytest_plugins = ["pytester"]

FAILING = """
import attrs
import pytest
from phananh import Desk, Sender
from phananh.regulation.case import fold
from phananh.stores import SqliteStore
from phananh.testing import FaultyStore, a_case, a_desk

OTHER = Sender(name="Bùi Thị Mây", phone="0218 383 1022")

def test_cases(phananh_desk, phananh_clock):
    case = a_case("escalated", desk=phananh_desk)
    phananh_clock.to_due(case, plus="1us")
    phananh_desk.sweep()
    assert phananh_desk.get(case.id) == case

def test_histories(phananh_desk):
    case = a_case("answered", desk=phananh_desk)
    assert phananh_desk.history(case)[:1] == phananh_desk.history(case)

def test_events(phananh_desk):
    case = a_case("escalated", holder="leadership", desk=phananh_desk)
    one, other = phananh_desk.history(case)
    assert one == attrs.evolve(one, content="other")

def test_other_values(phananh_desk):
    assert [1] == [2]

def test_case_of_another_desk():
    assert a_case() == a_case(sender=OTHER)

def test_passing(phananh_desk):
    case = a_case("escalated", desk=phananh_desk)
    with pytest.raises(AssertionError):
        assert case == a_case("answered", desk=phananh_desk)
"""

EXPLAINED = """
import pytest
from phananh import MemoryStore
from phananh.stores import SqliteStore
from phananh.testing import FaultyStore, a_case, a_desk

class Broken(MemoryStore):
    is_broken = False

    def load(self, case, /):
        if self.is_broken:
            raise OSError("the disk is gone")
        return super().load(case)

def make_used_store():
    store = MemoryStore()
    a_case("escalated", store=store)
    return store

def test_rescheduled(phananh_desk):
    a_case("pending_verification", rescheduled=True, desk=phananh_desk)
    raise AssertionError("as the test wants")

@pytest.mark.phananh(store=make_used_store)
def test_nothing_recorded(phananh_desk):
    a_case(desk=phananh_desk)
    raise AssertionError("as the test wants")

@pytest.mark.phananh(store=Broken)
def test_broken_store(phananh_desk, phananh_store):
    case = a_case("escalated", desk=phananh_desk)
    phananh_store.is_broken = True
    assert case == a_case("answered")

@pytest.mark.phananh(store=FaultyStore)
def test_faulty_store(phananh_desk, phananh_store):
    a_case("escalated", desk=phananh_desk)
    phananh_store.arm(1, persistent=True)
    raise AssertionError("as the test wants")

def test_passing(phananh_desk):
    a_case("escalated", desk=phananh_desk)
"""


def test_comparison_is_shown_as_a_table(project: Project) -> None:
    """Of two cases the fields that differ stand side by side, and their history below."""
    result = project.run(FAILING, "-k", "test_cases")
    result.stdout.fnmatch_lines(
        [
            "E * assert Case HB-* version 3, overdue with officer == Case HB-* version 2, *",
            "E * left  * right",
            "E * state * overdue * escalated",
            "*phananh: what was compared*",
            "state * overdue * escalated",
            "clock * - * 2 2025-04-21 16:00:00+07:00*",
            "history of HB-*",
            "n  at * event * by * state * holder * due",
            "2 * Escalated * officer CB-MAU * 2025-04-21 16:00:00+07:00",
            "3  2025-04-21 16:00:00+07:00 * Lapsed * overdue *",
        ]
    )
    assert "why each limit ends" not in result.stdout.str()


def test_histories_and_events_are_shown(project: Project) -> None:
    """Two histories differ in their events, and two events in their fields."""
    result = project.run_here(FAILING, "-k", "test_histories or test_events")
    result.stdout.fnmatch_lines(
        [
            "E * 1 events == 2 events",
            "E * [[]1[]]  -  * Answered HB-*/2",
            "1 * Received *",
            "2 * Answered *",
            "E * Received HB-*/1 == Received HB-*/1",
            "E * content * (personal, not shown) * (personal, not shown)",
        ]
    )


def test_nothing_personal_is_shown(project: Project) -> None:
    """Contents and senders are never shown in a table, only that they differ."""
    result = project.run_here(FAILING, "-k", "test_case_of_another_desk")
    result.stdout.fnmatch_lines(["sender  *(personal, not shown)*(personal, not shown)"])
    assert "Mây" not in result.stdout.str()


def test_other_comparisons_are_left_to_pytest(project: Project) -> None:
    """Other values are shown as pytest does, and a passing test has no section."""
    result = project.run_here(FAILING, "-k", "test_other_values or test_passing")
    result.assert_outcomes(passed=1, failed=1)
    assert "phananh: " not in result.stdout.str()
    result.stdout.fnmatch_lines(["*At index 0 diff: 1 != 2*"])


def test_each_due_time_is_explained(project: Project) -> None:
    """With the option a failing test says why each limit, and the time moved to, is when it is."""
    result = project.run(EXPLAINED, "--phananh-explain")
    result.assert_outcomes(passed=1, failed=4)
    result.stdout.fnmatch_lines(
        [
            "*test_rescheduled*",
            "*phananh: why each limit ends when it does*",
            "case HB-*, limit of version 2",
            "*5 working hours*",
            "Due: Monday 2025-04-21 16:00*",
            "case HB-*, limit of version 3",
            "*8 working hours*",
            "Due: Tuesday 2025-04-22 09:00*",
            "Moved to Wednesday 2025-04-23 09:00 (Art. 9(3)).",
            "*test_nothing_recorded*",
            "no limit of any case began",
            "*test_broken_store*",
            "*assert Case HB-* escalated *== Case HB-* answered",
            "the cases cannot be read: OSError('the disk is gone')",
            "*test_faulty_store*",
            "Due: Monday 2025-04-21 16:00*",
        ]
    )


OWN_DESKS = """
import pytest
from phananh import MemoryStore
from phananh.testing import a_case, a_desk

class NoFeed(MemoryStore):
    def scan(self, after=None, *, limit=500):
        raise NotImplementedError("soon")

@pytest.fixture(scope="module")
def office():
    return a_desk()

@pytest.fixture
def other():
    return a_desk(store=NoFeed())

def test_first(office):
    case = a_case("escalated", desk=office)
    assert case == a_case("answered", desk=office)

def test_second(office):
    a_case("escalated", holder="leadership", desk=office)
    raise AssertionError("as the test wants")

def test_other(other):
    a_case("escalated", desk=other)
    raise AssertionError("as the test wants")
"""


def test_desks_of_other_fixtures_are_looked_at(project: Project) -> None:
    """A desk of any fixture is explained, of a longer one what this test recorded."""
    result = project.run_here(OWN_DESKS, "--phananh-explain")
    result.assert_outcomes(failed=3)
    result.stdout.fnmatch_lines(
        [
            "*test_first*",
            "2 * Escalated * officer CB-MAU *",
            "case HB-*, limit of version 2",
            "*test_second*",
            "*phananh: why each limit ends when it does*",
            "no limit of any case began",
            "*test_other*",
            "the cases cannot be read: NotImplementedError('soon')",
        ]
    )
