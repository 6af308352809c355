"""Each seeded defect of a store is found by the test that is named for it."""

import sys
import unittest
from typing import Any

import pytest

from phananh.errors import PhanAnhError
from phananh.stores import MemoryStore, sql
from phananh.testing.broken import BROKEN
from phananh.testing.conformance import BrokenPromise, StoreConformance, promises
from tests.stores.test_sqlite import TestSqliteStore as SqliteSuite


def run(name: str, make: Any, suite: type[StoreConformance] = StoreConformance) -> None:
    """Run one test of the suite, as pytest would."""
    test = type("Suite", (suite,), {"make_store": lambda _: make()})()
    test.setup_method()
    try:
        getattr(test, name)()
    finally:
        test.teardown_method()


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.__name__)
def test_defect_is_found_by_the_named_test(broken: type[MemoryStore]) -> None:
    """The named test fails on the broken store, and passes on the sound one."""
    name = BROKEN[broken]
    run(name, MemoryStore)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # so that a race is lost, if it can be
    try:
        with pytest.raises((BrokenPromise, PhanAnhError, ValueError)):
            run(name, broken)
    finally:
        sys.setswitchinterval(interval)


def test_marking_is_not_erasing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A SQLite store that marks what is personal leaves its bytes, and the suite sees it."""
    marks = """update phananh_personal set data = cast(data as blob)
    where position in (select position from phananh_event where case_id = ?)"""
    monkeypatch.setattr(sql, "ERASE", marks)

    class Suite(SqliteSuite):
        synchronous = "NORMAL"

    test = Suite()
    test.setup_method()
    try:
        with pytest.raises(BrokenPromise, match="still there"):
            test.test_erased_bytes_are_gone()
    finally:
        test.teardown_method()


def test_known_gap_is_skipped_until_it_is_closed() -> None:
    """A gap that is listed is skipped while it is open, and fails when it is closed."""
    broken = next(b for b, test in BROKEN.items() if test == "test_every_filter_holds")
    gaps = {"known_gaps": {"test_every_filter_holds": "kind, until 2.0"}}
    open_gap = type("OpenGap", (StoreConformance,), gaps)
    with pytest.raises(unittest.SkipTest, match="until 2"):
        run("test_every_filter_holds", broken, open_gap)
    with pytest.raises(BrokenPromise, match="remove it"):
        run("test_every_filter_holds", MemoryStore, open_gap)


def test_unknown_gap_is_refused() -> None:
    """A gap that names no test is refused when the class is made."""
    with pytest.raises(TypeError, match="no test test_nothing"):
        type("Suite", (StoreConformance,), {"known_gaps": {"test_nothing": "?"}})


def test_suite_has_its_tests() -> None:
    """The suite holds what it held: a test that is lost would pass for every store."""
    assert len(promises()) == 63
    for name in promises():
        doc = getattr(StoreConformance, name).__doc__
        assert (doc or "").strip().endswith(".")
