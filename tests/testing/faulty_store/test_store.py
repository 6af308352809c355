"""A faulty store fails at the call that it was armed for, and is otherwise the inner one."""

import copy
import inspect
from datetime import UTC, datetime, timedelta

import pytest

from phananh import Desk, MemoryStore, StoreError
from phananh.errors import InputError
from phananh.stores import SqliteStore
from phananh.stores.base import Query, Store
from phananh.testing.clock import ManualClock
from phananh.testing.faulty_store import METHODS, Fault, FaultPlan, FaultyStore
from phananh.testing.sample_events import START, change, completed, received
from tests.desk import people as p

FIRST = received("HB-1")
SECOND = change(completed("HB-1", 2), after=(FIRST,), command="c2")
NOW = datetime(2026, 3, 4, tzinfo=UTC)
HOUR = timedelta(hours=1)


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
    store.list_calendars()
    entry = store.scan()[0]
    lease = store.claim("mail", NOW, NOW + HOUR)
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
        assert len(store.calls) == call
        (fault,) = store.fired
        assert fault == Fault(call=call, method=store.calls[-1], when="before")
    store = FaultyStore(make_inner(), fail_at=len(METHODS) + 1)
    call_everything(store)
    assert (store.fired, {*store.calls}) == ((), METHODS)


def test_nothing_is_done_by_a_call_that_fails_before() -> None:
    """Before the call is done nothing is recorded; the next call works."""
    store = FaultyStore(make_inner(), fail_at=1)
    with pytest.raises(StoreError, match=r"^while recording: "):
        store.commit([SECOND])
    assert len(store.inner.load("HB-1")) == 1
    store.commit([SECOND])
    assert len(store.load("HB-1")) == 2


def test_a_lost_reply_is_of_a_call_that_was_done() -> None:
    """After the call the change is recorded, and the caller gets an error."""
    store = FaultyStore(make_inner(), fail_at=1, when="after")
    with pytest.raises(StoreError, match="lost the reply of a call that was done"):
        store.commit([SECOND])
    assert len(store.inner.load("HB-1")) == 2


def test_a_late_call_is_done_after_its_delay() -> None:
    """A late call takes its time, by the clock of the test, and is answered."""
    clock = ManualClock(NOW)
    store = FaultyStore(make_inner(), fail_at=2, when="late", delay=HOUR, sleep=clock.advance)
    assert store.load("HB-1")
    assert clock() == NOW
    assert store.load("HB-1")
    assert clock() == NOW + HOUR
    assert [fault.when for fault in store.fired] == ["late"]


def test_a_late_call_sleeps_by_itself() -> None:
    """Without another way to wait a late call sleeps; no time at all is fine too."""
    store = FaultyStore(make_inner(), fail_at=1, when="late", delay=timedelta())
    assert len(store.load("HB-1")) == 1


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_persistent_fault_stays_until_it_is_disarmed(when: str) -> None:
    """From that call on nothing is done any more, until the store is disarmed."""
    store = FaultyStore(make_inner())
    store.arm(2, when, persistent=True)  # type: ignore[arg-type]  # one of the two
    assert store.load("HB-1")
    with pytest.raises(StoreError):
        store.commit([SECOND])
    done = len(store.inner.load("HB-1"))
    assert done == (1 if when == "before" else 2)
    for _ in range(3):
        with pytest.raises(StoreError, match="before it was done"):
            store.load("HB-1")
    assert [fault.call for fault in store.fired] == [2, 3, 4, 5]
    assert store.disarm()
    assert len(store.load("HB-1")) == done
    assert not FaultyStore(make_inner()).disarm()


def test_only_the_named_methods_are_counted() -> None:
    """Calls of other methods neither count nor fail."""
    store = FaultyStore(make_inner(), fail_at=1, methods=["commit"])
    assert store.load("HB-1")
    assert store.calls == ()
    with pytest.raises(StoreError):
        store.commit([SECOND])
    assert store.calls == ("commit",)


@pytest.mark.parametrize("fail_at", [0, -1, True, "1"])
def test_numbers_of_calls_begin_at_one(fail_at: int) -> None:
    """What is no number of a call is refused, and so are other words."""
    with pytest.raises(InputError, match="fail_at"):
        FaultyStore(fail_at=fail_at)
    with pytest.raises(InputError, match="when"):
        FaultyStore(fail_at=1, when="sometimes")  # type: ignore[arg-type]  # what is refused
    with pytest.raises(InputError, match=r"methods.*comit.*commit"):
        FaultyStore(methods=["comit"])
    with pytest.raises(InputError, match="when: 'sometimes' is unknown"):
        FaultyStore(when="sometimes")  # type: ignore[arg-type]  # what is refused
    with pytest.raises(InputError, match=r"inner: 'cases\.db' is not a store; give a store"):
        FaultyStore("cases.db")  # type: ignore[arg-type]  # what is refused


def test_it_prints_which_call_fails() -> None:
    """The repr of a store names the inner one, the call that fails, and how many were made."""
    store = FaultyStore(make_inner(), methods="load")
    assert repr(store) == "<FaultyStore on MemoryStore: no call fails, 0 calls made>"
    store.arm(2, "after")
    store.load("HB-1")
    assert repr(store) == "<FaultyStore on MemoryStore: call 2 fails (after), 1 calls made>"
    store.arm(1, persistent=True)
    assert "call 1 and all after it fails (before)" in repr(store)


def test_the_rest_is_that_of_the_inner_store(tmp_path: object) -> None:
    """A desk works on a faulty store, which offers all that the inner one does."""
    with SqliteStore(f"{tmp_path}/cases.db") as inner:
        store = FaultyStore(inner)
        desk = Desk(store=store, clock=p.Hand())
        case = p.with_officer(desk)
        assert store.capabilities == inner.capabilities
        assert store.find_unlisted(p.MORNING) is not None
        assert desk.get(case.id) == case
    store.close()


def test_a_plan_fails_whatever_is_called() -> None:
    """A plan counts the calls of anything, a driver too, and raises what it is told to."""
    plan = FaultPlan(make_error=lambda name, when: OSError(f"{name} {when}"))
    plan.arm(2, "after")
    done: list[int] = []
    plan.call("write", lambda: done.append(1))
    with pytest.raises(OSError, match="write after"):
        plan.call("write", lambda: done.append(2))
    assert done == [1, 2]


def test_copy_of_a_store_works() -> None:
    """A store can be copied, and the copy passes on to the same inner store."""
    store = copy.copy(FaultyStore(make_inner()))
    assert len(store.load("HB-1")) == 1
    assert not hasattr(store, "no_such_thing")
