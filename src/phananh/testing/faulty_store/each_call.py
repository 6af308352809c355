"""A scenario that is run with a fault at its first call, its second, and so on to its last."""

from collections.abc import Callable, Collection
from functools import partial

from phananh.errors import InputError
from phananh.stores.base import Store
from phananh.stores.memory import MemoryStore
from phananh.testing.faulty_store.plan import METHODS, Fault, When
from phananh.testing.faulty_store.store import FaultyStore


def at_each_call(
    scenario: Callable[[FaultyStore], object],
    *,
    make_store: Callable[[], Store] = MemoryStore,
    whens: Collection[When] = ("before", "after"),
    methods: Collection[str] = METHODS,
    most: int = 1000,
) -> tuple[Fault, ...]:
    """Run a scenario with a fault at its first call, its second, and so on.

    Each run has a new store. Each `when`, transient and persistent, has its own runs. When no fault
    happens any more, the scenario has made all its calls. A scenario sets up its data on
    `store.inner`, acts on `store`, calls `store.disarm()`, and checks `store.inner`.

    Args:
        scenario: takes the store, and raises if a promise is broken.
        make_store: returns a new, empty store, which is closed after its run.
        whens: how calls fail: "before", "after" or "late".
        methods: the names of the methods with calls that fail.
        most: how many calls a scenario may make.

    Raises:
        InputError: the scenario did not call the store, so no fault was tried. Or it made more than
            `most` calls.
        Exception: the exception of the scenario, with a note that names the call.
    """
    fired: list[Fault] = []
    for when in whens:
        for persistent in (False, True):
            call = 1
            make = partial(FaultyStore, when=when, methods=methods, persistent=persistent)
            while fault := _run_once(scenario, make(make_store(), fail_at=call)):
                if call > most:
                    raise InputError(field="scenario", code="too_many_calls", most=most)
                fired.append(fault)
                call += 1
    if not fired:
        raise InputError(field="scenario", code="no_calls")
    return tuple(fired)


def _run_once(scenario: Callable[[FaultyStore], object], store: FaultyStore) -> Fault | None:
    """Run a scenario once, and return the first fault that happened, or None."""
    try:
        scenario(store)
    except Exception as error:
        for fault in store.fired[:1]:
            error.add_note(f"in the run with {fault}")
        raise
    finally:
        store.inner.close()
    return store.fired[0] if store.fired else None
