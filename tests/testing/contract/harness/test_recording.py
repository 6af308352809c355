"""A failing test of the contract shows the calls that it made, and stays out of other tests."""

import subprocess
import sys
import unittest
from typing import Any

import attrs
import pytest

from phananh.stores import MemoryStore
from phananh.stores.base import Page, Query, Store
from phananh.testing.conform.runner import list_tests
from phananh.testing.conformance import ContractError, StoreConformance, contract_tests
from phananh.testing.contract.locking import check_row_is_fold
from phananh.testing.sample_events import change, received
from tests.testing.conform.stores import Broken, GapSuite
from tests.testing.contract.harness.run import make_suite, run_test

SECOND = "test_refuses_a_second_beginning"


class CutsMicroseconds(MemoryStore):
    """Finds rows without the last digits of a time."""

    def find(self, query: Query, /) -> Page:
        """Cut them."""
        page = super().find(query)
        rows = [attrs.evolve(r, since=r.since.replace(microsecond=0)) for r in page.rows]
        return attrs.evolve(page, rows=tuple(rows))


class OwnTests(StoreConformance):
    """A suite with a test of its own, which looks at the store that it made."""

    def make_store(self) -> Store:
        """Return a broken store."""
        return Broken()

    def test_ours(self) -> None:
        """The store is what was made, and takes what is set in it."""
        store: Any = self.new_store()
        store.mark = "ours"
        assert type(store) is Broken
        assert vars(store)["mark"] == "ours"
        raise ZeroDivisionError


def test_failing_test_shows_its_calls() -> None:
    """As `conform` does, the error has the last calls, for pytest to print."""
    with pytest.raises(ContractError, match="recorded what should be") as caught:
        run_test(make_suite(Broken), SECOND)
    said = "commit([<HB-1 on version 0: [Received]>]) returned None"
    assert caught.value.__notes__ == [f"call 1    {said}", f"call 2    {said}"]


def test_own_tests_get_the_store_as_it_is() -> None:
    """A test that the author wrote is not recorded, also after one that is."""
    test = OwnTests()
    for name, error in ((SECOND, ContractError), ("test_ours", ZeroDivisionError)):
        test.setup_method()
        with pytest.raises(error) as caught:
            getattr(test, name)()
        test.teardown_method()
        assert type(test) is OwnTests
        assert hasattr(caught.value, "__notes__") == (name == SECOND)


def test_skipped_test_shows_no_calls() -> None:
    """What is not offered has no calls to show."""
    with pytest.raises(unittest.SkipTest) as caught:
        run_test(make_suite(MemoryStore), "test_everything_survives_reopening")
    assert not hasattr(caught.value, "__notes__")


def test_row_that_differs_names_the_field() -> None:
    """The field is named in which the row is not what the events add up to, and both values."""
    store = CutsMicroseconds()
    store.commit([change(received("HB-1"))])
    wanted = "the row of HB-1, of what its 1 events add up to, field `since`: stored .*123456"
    with pytest.raises(ContractError, match=wanted):
        check_row_is_fold(store, "HB-1")


def test_telling_tests_come_first() -> None:
    """What is simple is asked before what depends on it, by pytest and by the command."""
    names = contract_tests()
    first, later = names.index(SECOND), names.index("test_code_of_a_refused_change_is_free")
    assert first < later < names.index("test_any_query_finds_what_memory_finds")
    assert names[0] == "test_returns_what_was_committed_in_order"
    assert set(names) == {name for name in dir(StoreConformance) if name.startswith("test_")}
    assert len(set(names)) == len(names)


def test_order_is_that_of_pytest() -> None:
    """The command runs tests in the order in which pytest runs them, those of a subclass too."""
    file = "tests/testing/conform/stores.py"
    call = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"]
    run = subprocess.run(
        [*call, f"{file}::GapSuite", "-o", "python_classes=GapSuite"],
        capture_output=True,
        text=True,
        check=False,
    )
    found = [line.rpartition("::")[2] for line in run.stdout.splitlines() if "::" in line]
    assert tuple(found) == list_tests(GapSuite)
