"""A scenario is tried with a fault at each of its calls, and what it breaks is found."""

from contextlib import suppress

import pytest

from phananh import Desk, MemoryStore, StoreError
from phananh.errors import InputError
from phananh.stores.base import Query
from phananh.testing.faulty_store import FaultyStore, at_each_call
from phananh.testing.sample_events import change, received
from tests.desk import people as p

OPENED: list[MemoryStore] = []


class CountedStore(MemoryStore):
    """A store that is counted when it is made, and when it is closed."""

    def __init__(self) -> None:
        """Count."""
        super().__init__()
        OPENED.append(self)

    def close(self) -> None:
        """Count down."""
        OPENED.remove(self)


def take_by_phone(store: FaultyStore) -> None:
    """Take a case as an honest portal does: try again, with the same command id."""
    desk = Desk(store=store, clock=p.Hand())
    with suppress(StoreError):
        p.a_case(desk, command_id="c1")
    store.disarm()
    p.a_case(desk, command_id="c1")
    if (found := store.inner.count(Query())) != 1:
        raise AssertionError(f"{found} cases of one call")


def take_without_an_id(store: FaultyStore) -> None:
    """Take a case, and try again without a command id: a lost reply makes two cases."""
    desk = Desk(store=store, clock=p.Hand())
    try:
        p.a_case(desk)
    except StoreError:
        store.disarm()
        p.a_case(desk)
    if (found := store.inner.count(Query())) != 1:
        raise AssertionError(f"{found} cases of one call")


def test_each_call_fails_once_in_each_way() -> None:
    """A receipt makes two calls; each fails before and after, for a moment and for good."""
    fired = at_each_call(take_by_phone, make_store=CountedStore)
    assert [(f.when, f.persistent, f.call, f.method) for f in fired] == [
        (when, persistent, call, method)
        for when in ("before", "after")
        for persistent in (False, True)
        for call, method in ((1, "find_command"), (2, "commit"))
    ]
    assert OPENED == []


def test_broken_scenario_is_found_at_its_call() -> None:
    """A retry without a command id doubles the case where the reply was lost; a note says so."""
    with pytest.raises(AssertionError, match="2 cases of one call") as caught:
        at_each_call(take_without_an_id, make_store=CountedStore)
    assert caught.value.__notes__ == [
        "in the run with Fault(call=1, method='commit', when='after', persistent=False)"
    ]
    assert OPENED == []
    assert at_each_call(take_without_an_id, whens=["before"]) != ()


def test_methods_and_ways_can_be_chosen() -> None:
    """Only the calls of the methods named fail, in the ways named."""
    fired = at_each_call(take_by_phone, whens=["after"], methods=["commit"])
    assert [(f.method, f.when) for f in fired] == [("commit", "after")] * 2


def test_scenario_without_calls_is_refused() -> None:
    """A scenario that tries nothing is an error and no success; so is one without an end."""
    with pytest.raises(InputError, match="so nothing was tried"):
        at_each_call(lambda store: store.inner.load("HB-1"))

    def load_often(store: FaultyStore) -> None:
        for _ in range(5):
            with suppress(StoreError):
                store.load("HB-1")

    with pytest.raises(InputError, match="more than 4 times"):
        at_each_call(load_often, most=4)
    assert len(at_each_call(load_often, most=5)) == 20


def test_error_of_a_run_without_a_fault_has_no_note() -> None:
    """A scenario that fails by itself is not blamed on a fault."""

    def fail(store: FaultyStore) -> None:
        store.inner.commit([change(received("HB-1"))])
        raise KeyError("by itself")

    with pytest.raises(KeyError) as caught:
        at_each_call(fail)
    assert not getattr(caught.value, "__notes__", [])
