"""Each seeded defect of a store is found by the test that is named for it."""

import json
import sys
import unittest
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from phananh.errors import PhanAnhError
from phananh.regulation.events import Event
from phananh.stores import MemoryStore, codec
from phananh.stores.base import Capability, Change, Lease, Store
from phananh.stores.conflicts import check_one_change
from phananh.stores.sql import rows as stored
from phananh.stores.sql import store
from phananh.stores.sql.dialects.sqlite import tables
from phananh.stores.sql.rows import read_event
from phananh.testing.conformance import ContractError, StoreConformance, contract_tests
from tests.stores.sqlite.damaged import check_damage_is_seen, make_cases
from tests.stores.sqlite.test_store import TestSqliteStore as SqliteSuite
from tests.testing.broken_stores import BROKEN


def run(name: str, make: Any, suite: type[StoreConformance] = StoreConformance) -> None:
    """Run one test of the suite, as pytest would."""
    hooks: dict[str, Any] = {"make_store": lambda _: make()}
    if hasattr(make, "stored_bytes"):
        hooks["stored_bytes"] = lambda _, store: store.stored_bytes()
    if hasattr(make, "connect"):
        hooks["connect"] = lambda _, store: store.connect()
    run_suite(type("Suite", (suite,), hooks)(), name)


def run_suite(test: StoreConformance, name: str) -> None:
    """Run one test of a suite that makes its own stores."""
    test.setup_method()
    try:
        getattr(test, name)()
    finally:
        test.teardown_method()


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.__name__)
def test_defect_is_found_by_the_named_test(broken: type[MemoryStore]) -> None:
    """The named test fails on the broken store, and passes on the sound one."""
    name = BROKEN[broken]
    run(name, getattr(broken, "sound", MemoryStore))
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # so that a race is lost, if it can be
    try:
        with pytest.raises((ContractError, PhanAnhError, ValueError, IndexError)):
            run(name, broken)
    finally:
        sys.setswitchinterval(interval)


def test_marking_is_not_erasing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A SQLite store that marks what is personal leaves its bytes, and the suite sees it."""
    marks = """update phananh_personal set data = cast(data as blob)
    where position in (select position from phananh_event where case_id = ?)"""
    monkeypatch.setattr(tables, "ERASE", marks)

    class Suite(SqliteSuite):
        synchronous = "NORMAL"

    with pytest.raises(ContractError, match="still there"):
        run_suite(Suite(), "test_erased_bytes_are_gone")


class RecordsApart:
    """A bound store that keeps positions for a connection of its own."""

    def __init__(self, bound: Any) -> None:
        """Keep what is asked."""
        self.bound = bound
        self.asked: list[tuple[Any, ...]] = []

    def advance(self, lease: Lease, position: str, /) -> Lease:
        """Keep it for later."""
        self.asked.append((lease, position))
        return lease


def test_a_position_apart_from_the_transaction_is_found() -> None:
    """A store that records a position though the application rolled back fails the suite."""

    class Suite(SqliteSuite):
        synchronous = "NORMAL"

        @contextmanager
        def transaction(self, store: Store) -> Iterator[Any]:
            apart = RecordsApart(store)
            try:
                yield apart
            finally:
                for each in apart.asked:
                    store.advance(*each)

    with pytest.raises((ContractError, PhanAnhError)):
        run_suite(Suite(), "test_position_of_a_consumer_joins_the_transaction")


class _Anything(int):
    """A checksum that equals every other."""

    def __ne__(self, other: object) -> bool:
        return False

    __hash__ = int.__hash__


def _trust_everything(*_values: object) -> int:
    return _Anything()


def _read_without_looking(case: str, rows: list[Any]) -> tuple[Event, ...]:
    return tuple(stored.read_event(case, *row[:-1]) for row in rows)


def _take_lost_for_erased(case: str, n: int, *values: Any) -> Event:
    return read_event(case, n, *values[:-1], n)


def _read_without_salt(text: str, _salt: bytes, _marks: object) -> dict[str, Any]:
    return dict(json.loads(text))


@pytest.mark.parametrize(
    ("place", "name", "defect", "unseen"),
    [
        (stored, "event_checksum", _trust_everything, "a body is changed"),
        (stored, "event_checksum", _trust_everything, "a time is changed"),
        (store, "read_history", _read_without_looking, "the last event is lost"),
        (store, "read_history", _read_without_looking, "the row is behind"),
        (stored, "read_event", _take_lost_for_erased, "a text is lost"),
        (stored, "read_event", _take_lost_for_erased, "a text reads as erased"),
        (codec, "read_private", _read_without_salt, "a text is changed"),
    ],
)
def test_unseen_damage_is_found_by_its_test(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, place: Any, name: str, defect: Any, unseen: str
) -> None:
    """A SQLite store that does not look at what it reads fails the test of that damage."""
    with make_cases(tmp_path / "sound.db") as sound:
        check_damage_is_seen(sound, unseen)
    monkeypatch.setattr(place, name, defect)
    with (
        make_cases(tmp_path / "broken.db") as broken,
        pytest.raises(pytest.fail.Exception, match="DID NOT RAISE"),
    ):
        check_damage_is_seen(broken, unseen)


def test_known_gap_is_skipped_until_it_is_closed() -> None:
    """A gap that is listed is skipped while it is open, and fails when it is closed."""
    broken = next(b for b, test in BROKEN.items() if test == "test_every_filter_holds")
    gaps = {"known_gaps": {"test_every_filter_holds": "kind, until 2.0"}}
    open_gap = type("OpenGap", (StoreConformance,), gaps)
    with pytest.raises(unittest.SkipTest, match="until 2"):
        run("test_every_filter_holds", broken, open_gap)
    with pytest.raises(ContractError, match="remove it"):
        run("test_every_filter_holds", MemoryStore, open_gap)


def test_unknown_gap_is_refused() -> None:
    """A gap that names no test is refused when the class is made."""
    with pytest.raises(TypeError, match="no test test_nothing"):
        type("Suite", (StoreConformance,), {"known_gaps": {"test_nothing": "?"}})


class Durable(MemoryStore):
    """Says that it is durable, and is not."""

    capabilities: frozenset[Capability] = frozenset({"durable"})


class Shared(MemoryStore):
    """Says that other processes may write, and they cannot."""

    capabilities: frozenset[Capability] = frozenset({"multi_process", "external_transaction"})


def test_what_the_store_declares_is_tested() -> None:
    """A store that declares a capability is tested for it, whatever the test class leaves out."""
    with pytest.raises(unittest.SkipTest, match="not offered: durable"):
        run("test_everything_survives_reopening", MemoryStore)
    hooks = {"reopen": lambda _self, _store: Durable()}
    forgetful = type("Forgetful", (StoreConformance,), hooks)
    with pytest.raises(ContractError, match="something was lost"):
        run("test_everything_survives_reopening", Durable, forgetful)
    with pytest.raises(ContractError, match="the lease was lost"):
        run("test_lease_survives_reopening", Durable, forgetful)


@pytest.mark.parametrize(
    ("store", "name", "missing"),
    [
        (Durable, "test_everything_survives_reopening", r"def reopen\(self, store\)` in Suite"),
        (Shared, "test_one_of_two_reschedules_wins", r"def connect\(self, store\)` in Suite"),
        (Shared, "test_commits_with_the_application", r"def transaction\(self, store\)` in Suite"),
    ],
)
def test_missing_hook_says_what_to_write(store: Any, name: str, missing: str) -> None:
    """A capability whose hook is missing fails, and the message is the line to write."""
    with pytest.raises(NotImplementedError, match=missing):
        run(name, store)


def test_missing_store_says_what_to_write() -> None:
    """A suite without `make_store` says so, with the line to write."""
    test = type("OurSuite", (StoreConformance,), {})()
    test.setup_method()
    with pytest.raises(NotImplementedError, match=r"write `def make_store\(self\)` in OurSuite"):
        test.test_unknown_case_is_empty()


def test_contradiction_of_store_and_test_class_is_found() -> None:
    """A class that names other capabilities than the store declares fails, and says both."""
    suite = type("Suite", (StoreConformance,), {"capabilities": frozenset({"sql_reports"})})
    both = r"the store declares \['durable'\], Suite.capabilities says \['sql_reports'\]"
    for name in ("test_declares_what_it_is_tested_for", "test_everything_survives_reopening"):
        with pytest.raises(ContractError, match=both):
            run(name, Durable, suite)


def test_unknown_capability_is_refused() -> None:
    """A capability that does not exist is refused, in a store and in a test class."""
    with pytest.raises(TypeError, match="no such capability: durabel; there are durable, ext"):
        type("Suite", (StoreConformance,), {"capabilities": frozenset({"durabel"})})
    broken = type("Listed", (MemoryStore,), {"capabilities": ["durable"]})
    with pytest.raises(ContractError, match=r"`capabilities` of Listed is .* not a frozenset"):
        run("test_declares_what_it_is_tested_for", broken)


class OneAtATime(MemoryStore):
    """Takes one change a commit, and says so."""

    capabilities: frozenset[Capability] = frozenset()

    def commit(self, changes: Sequence[Change], /) -> None:
        """Record a change."""
        check_one_change(changes)
        super().commit(changes)


def test_lists_are_not_asked_of_a_store_that_takes_none() -> None:
    """A store without `lists` passes all tests but those that need more than one change."""
    skipped = set()
    for name in contract_tests():
        try:
            run(name, OneAtATime)
        except unittest.SkipTest as skip:
            skipped.add((name, str(skip)))
    needed = {name for name, why in skipped if why == "not offered: lists"}
    assert len(needed) == 25, needed


def test_a_class_asks_a_store_once_what_it_declares() -> None:
    """Making a store may be slow, so a class of tests makes one to ask it, and no more."""
    made: list[MemoryStore] = []

    class Suite(StoreConformance):
        def make_store(self) -> MemoryStore:
            made.append(MemoryStore())
            return made[-1]

    class Sub(Suite):
        pass

    for suite, wanted in ((Suite, 1), (Suite, 1), (Sub, 2)):
        suite().read_declared()
        assert len(made) == wanted


def test_suite_has_its_tests() -> None:
    """The suite holds what it held: a test that is lost would pass for every store."""
    assert len(contract_tests()) == 272
    for name in contract_tests():
        doc = getattr(StoreConformance, name).__doc__
        assert (doc or "").strip().endswith(".")
