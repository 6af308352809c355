"""A faulty store fails at the call that it was armed for, and is otherwise the inner one."""

import inspect
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from phananh import MemoryStore, StoreError
from phananh.errors import InputError
from phananh.stores import SqliteStore
from phananh.stores.base import Query, Store
from phananh.testing.faulty_store import METHODS, WHENS, Fault, FaultPlan, FaultyStore
from phananh.testing.sample_events import START, change, completed, received

FIRST = received("HB-1")
SECOND = change(completed("HB-1", 2), after=(FIRST,), command="c2")
NOW = datetime(2026, 3, 4, tzinfo=UTC)


def make_inner() -> MemoryStore:
    """Return a store of one case with one event."""
    store = MemoryStore()
    store.commit([change(FIRST)])
    return store


def call_everything(store: Store) -> None:
    """Call each method of the contract once, `advance` and `release` with a lease."""
    store.load("HB-1")
    store.commit([SECOND])
    store.find_command("c2")
    store.find(Query())
    store.count(Query())
    store.count_by(Query(), "state")
    store.load_many(["HB-1"])
    store.iter_figures(START, START)
    store.iter_texts()
    store.list_calendars()
    entry = store.scan()[0]
    lease = store.claim("mail", NOW, NOW + timedelta(hours=1))
    assert lease is not None
    store.release(store.advance(lease, entry.position))
    store.erase("HB-1", at=START)


def test_every_method_of_the_contract_can_fail() -> None:
    """The methods that can fail are those of the contract but `close`, and each does."""
    contract = {name for name, _ in inspect.getmembers(Store, inspect.isfunction) if name[0] != "_"}
    assert contract - {"close"} == METHODS
    for call in range(1, len(METHODS) + 1):
        store = FaultyStore(make_inner(), fail_at=call)
        with pytest.raises(StoreError, match="made the call fail before it was done"):
            call_everything(store)
        assert store.fired == (Fault(call=call, method=store.plan.calls[-1], when="before"),)
    store = FaultyStore(make_inner(), fail_at=len(METHODS) + 1)
    call_everything(store)
    assert not store.fired
    assert set(store.plan.calls) == set(METHODS)


@pytest.mark.parametrize("when", WHENS)
def test_call_fails_before_or_after_it_is_done(when: str) -> None:
    """Before it nothing is recorded, after it the reply is lost. A persistent fault stays."""
    store = FaultyStore(make_inner(), methods=["commit"])
    store.arm(1, when, persistent=True)  # type: ignore[arg-type]  # one of the two
    assert store.load("HB-1")
    with pytest.raises(StoreError, match="lost the reply" if when == "after" else "before it was"):
        store.commit([SECOND])
    assert len(store.inner.load("HB-1")) == (1 if when == "before" else 2)
    with pytest.raises(StoreError, match="before it was done"):
        store.commit([SECOND])
    assert [fault.call for fault in store.fired] == [1, 2]
    assert store.disarm()
    assert len(store.load("HB-1")) == (1 if when == "before" else 2)


def test_what_cannot_fail_is_refused() -> None:
    """No number of a call, another way to fail, or a method that no store has."""
    for wrong in ({"fail_at": 0}, {"fail_at": 1, "when": "late"}, {"methods": ["comit"]}):
        with pytest.raises(InputError):
            FaultyStore(**wrong)


def test_rest_is_that_of_the_inner_store(tmp_path: Path) -> None:
    """Members beside the contract are those of the inner store, and the driver's calls can fail."""
    with SqliteStore(tmp_path / "cases.db") as inner:
        store = FaultyStore(inner)
        assert (store.path, store.capabilities) == (inner.path, inner.capabilities)
    plan = FaultPlan(make_error=lambda name, when: OSError(f"{name} {when}"))
    plan.arm(2, "after")
    assert plan.call("execute", lambda: 7) == 7
    with pytest.raises(OSError, match="commit after"):
        plan.call("commit", lambda: 8)
