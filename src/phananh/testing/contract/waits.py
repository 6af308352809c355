"""Contract: a wait for others has a bound, and an erasure that had to wait has erased or says so.

All of it needs `impatient`, which opens a handle that waits shortly. The other is a process that
stands still wherever it was stopped, sometimes in the middle of a call.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from typing import Any

from phananh.errors import PhanAnhError, StoreError
from phananh.stores.base import Query, Store
from phananh.stores.waiting import share_wait
from phananh.testing.contract.calls import Handle
from phananh.testing.contract.checks import check, find_outcome
from phananh.testing.contract.suite import ContractTests
from phananh.testing.contract.threads import Call
from phananh.testing.sample_events import START, change, completed, received

LONG = 5.0  # seconds in which a call has ended that waits 0.3 of them, on a busy machine too
STOPS = 60  # times that the other is stopped, to find it in the middle of a call
MANY = 8  # calls that share one wait
MOST = 2  # stops at which calls were blocked


class WaitTests(ContractTests):
    """Calls that another is in the way of, which stands still in the middle of its own."""

    def _stop_often(self, store: Handle, task: Callable[[Store], object]) -> Iterator[int]:
        """Let a process do a task again and again, and stop it again and again.

        The block runs while it stands still. A lock of a process that is killed is free.
        """
        for n in range(STOPS):
            child = self.open_in_child(store)
            child.start(partial(_repeat, task))
            time.sleep(0.005 + n % 12 * 0.0007)
            child.stop()
            yield n
            child.go_on()
            self.kill(child)

    def _open_impatient(self, store: Handle) -> Handle:
        self.need(store, "multi_process", "multi_machine")
        return self.keep(self.impatient(store.inner))

    def _block(self, store: Handle, other: Handle) -> Iterator[float]:
        """Give the seconds that a commit of `other` waited in vain, at each stop where it did.

        The process that it waits for stands still while the block runs.
        """
        busy = 0
        for n in self._stop_often(store, _record_on):
            found, seconds = self._time(partial(other.commit, [change(received(f"N-{n}"))]))
            if found is not None:
                is_busy = isinstance(found, StoreError)
                check(is_busy, f"a wait that took too long is {found!r}, not a StoreError")
                busy += 1
                yield seconds
            if busy == MOST:
                return

    def test_wait_for_others_ends(self) -> None:
        """If others block a call longer than it may wait, it is a StoreError. Reads end too."""
        store = self.new_store(change(received("HB-1")))
        other = self._open_impatient(store)
        for _ in self._block(store, other):
            for read in (partial(other.load, "HB-1"), partial(other.find, Query()), other.scan):
                found, _ = self._time(read)
                is_right = isinstance(found, StoreError) or not isinstance(found, Exception)
                check(is_right, f"a read that waits for others is {found!r}, not a StoreError")

    def test_calls_that_share_a_wait_wait_once(self) -> None:
        """Calls within `share_wait` wait together as long as one may, as a sweep needs it."""
        store = self.new_store(change(received("HB-1")))
        other = self._open_impatient(store)
        for seconds in self._block(store, other):
            _, shared = self._time(partial(_call_often, other))
            said = f"{MANY} calls in one share_wait took {shared:.1f} s, and one {seconds:.1f} s"
            is_shared = shared < max(1.0, 3 * seconds)
            check(is_shared, f"{said}: wait no longer than waiting.time_left(timeout)")

    def _time(self, call: Callable[[], object]) -> tuple[Any, float]:
        """Return the outcome of an impatient handle's call, and the seconds that it took."""
        begun = time.monotonic()
        found = Call(call).finish(within=LONG)
        return found, time.monotonic() - begun

    def test_erasure_beside_a_reader_erases_or_says_so(self) -> None:
        """If a reader is in its way, an erasure is a StoreError, or the bytes are gone even so.

        An erasure that was refused is done again once the reader has ended.
        """
        store, refused = self.new_store(), []
        self.stored_bytes(store.inner)  # skips the test if it is not written
        other = self._open_impatient(store)
        store.commit([change(received("HB-0"), *(completed("HB-0", n) for n in range(2, 200)))])
        for n in self._stop_often(store, _read_on):
            case, text = f"HB-{n + 1}", f"bi-mat-{n}-"
            store.commit([change(received(case, content=text * 9))])
            found, _ = self._time(partial(other.erase, case, at=START))
            is_fine = found is None or isinstance(found, StoreError)
            check(is_fine, f"an erasure beside a reader is {found!r}, not a StoreError")
            is_left = text.encode() in self.stored_bytes(store.inner)
            said = "beside a reader, erase says nothing and the bytes are still there"
            check(found is not None or not is_left, said)
            refused += [] if found is None else [(case, text)]
            if n >= 15 or len(refused) == MOST:
                break
        for child in self._children:
            child.kill()
        for case, text in refused:
            other.erase(case, at=START)
            is_left = text.encode() in self.stored_bytes(store.inner)
            check(not is_left, "erased again, without a reader, and the bytes are still there")


def _repeat(task: Callable[[Store], object], store: Store) -> None:
    while True:
        find_outcome(partial(task, store))


def _record_on(store: Store) -> None:
    history = store.load("HB-1")
    store.commit([change(completed("HB-1", len(history) + 1, "dài " * 99), after=history)])


def _read_on(store: Store) -> None:
    store.load("HB-0")
    store.scan()


def _call_often(store: Store) -> None:
    with share_wait():
        for n in range(MANY):
            with suppress(PhanAnhError):
                store.commit([change(received(f"M-{time.monotonic_ns()}-{n}"))])
