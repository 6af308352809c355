"""Contract: a wait for others has a bound, and an erasure that had to wait has erased or says so.

All of it needs `impatient`, which opens a handle that waits shortly.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count
from unittest import SkipTest

from phananh.errors import ConflictError, PhanAnhError, StoreError
from phananh.stores.base import Store
from phananh.stores.waiting import share_wait
from phananh.testing.contract.base import ContractTests, check
from phananh.testing.contract.harness.steps import Call, HeldCall
from phananh.testing.contract.held_calls import act_again
from phananh.testing.sample_events import START, change, received

LONG = 5.0  # seconds in which a call has ended that waits 0.3 of them, on a busy machine too
MANY = 8  # calls that share one wait
MOST_BUSY = 2  # erasures that a reader is in the way of


class WaitTests(ContractTests):
    """Calls that another is in the way of, which stands still in the middle of its own."""

    def test_wait_for_others_ends(self) -> None:
        """If others block a commit longer than it may wait, it is a StoreError, no conflict."""
        store = self.new_store()
        with self._block(store, self.close_later(self.impatient(store))):
            pass  # it was checked there

    def test_calls_that_share_a_wait_wait_once(self) -> None:
        """Calls within `share_wait` wait together as long as one may, as a sweep needs it."""
        store = self.new_store()
        other = self.close_later(self.impatient(store))
        with self._block(store, other) as (step, seconds):
            calls = Call(partial(_call_often, other, step))
            limit = max(1.0, 3 * seconds)
            is_done = calls.is_done(within=limit)
            calls.finish()
            check(
                is_done,
                f"{MANY} calls in one share_wait are not done after {limit:.1f} s, and one waits "
                f"{seconds:.1f} s: wait no longer than waiting.time_left(timeout)",
            )

    @contextmanager
    def _block(self, store: Store, other: Store) -> Iterator[tuple[int, float]]:
        """Hold a commit of `store` where one of `other` has to wait for it.

        The block gets the number of the case, and the seconds that were waited.
        """
        reader = self.close_later(self.connect(store))
        for step in count(1):
            store.commit([change(received(f"HB-{step}"))])
            held = HeldCall(store, partial(act_again, store, "a", step), step)
            if not held.is_held:
                raise SkipTest("not offered: a commit that waits for another")
            try:
                begun = time.monotonic()
                if _is_blocked(held, reader, other, step):
                    yield step, time.monotonic() - begun
                    return
            finally:
                held.let_go()
                held.finish()

    def test_erasure_beside_a_reader_erases_or_says_so(self) -> None:
        """If a reader is in its way, an erasure is a StoreError, or the bytes are gone even so.

        An erasure that was refused is done again once the reader has ended.
        """
        store = self.new_store()
        self.stored_bytes(store)  # skips the test if it is not written
        other, busy = self.close_later(self.impatient(store)), 0
        for step in count(1):
            text = f"bi-mat-{step}-"
            store.commit([change(received(f"HB-{step}", content=text * 9))])
            held = HeldCall(store, partial(store.load, f"HB-{step}"), step)
            is_reading = held.is_held
            found = self._erase_beside(held, other, step)
            busy += found is not None
            other.erase(f"HB-{step}", at=START)
            is_left = text.encode() in self.stored_bytes(store)
            check(not is_left, "erased again, without a reader, and the bytes are still there")
            if busy == MOST_BUSY or not is_reading:
                return

    def _erase_beside(self, held: HeldCall, other: Store, step: int) -> object:
        """Erase beside a reader, and return the error. Without one the bytes are gone."""
        try:
            erasure = Call(partial(other.erase, f"HB-{step}", at=START))
            found = _finish_soon(erasure, held, "an erasure")
            is_left = found is None and f"bi-mat-{step}-".encode() in self.stored_bytes(other)
            check(not is_left, "beside a reader, erase says nothing and the bytes are still there")
            is_fine = found is None or isinstance(found, StoreError)
            check(is_fine, f"an erasure beside a reader is {found!r}, not a StoreError")
        finally:
            held.let_go()
            held.finish()
        return found


def _is_blocked(held: HeldCall, reader: Store, other: Store, step: int) -> bool:
    """Return whether a commit of `other` waits in vain, and check how that ends."""
    call = Call(partial(act_again, other, "b", step))
    found = _finish_soon(call, held, "a commit")
    if found is None or (type(found) is ConflictError and _has_two(reader, step)):
        return False
    is_busy = isinstance(found, StoreError)
    check(is_busy, f"a wait that took too long is {found!r}, not a StoreError that is busy")
    return True


def _finish_soon(call: Call, held: HeldCall, what: str) -> object:
    """Return the outcome of an impatient handle's call, which has to end though others block it."""
    is_done = call.is_done(within=LONG)
    if not is_done:
        held.let_go()
        call.is_done(within=LONG)  # so that no store is closed while a thread is inside it
    check(is_done, f"{what} waits over {LONG} s for others, by a handle that waits 0.3 s")
    return call.outcome


def _has_two(reader: Store, step: int) -> bool:
    """Return whether the act of the held call is there, so that a conflict with it is one."""
    load = Call(partial(reader.load, f"HB-{step}"))
    if not load.is_done(within=1.0):
        return False
    history = load.finish()
    return isinstance(history, tuple) and len(history) == 2


def _call_often(store: Store, step: int) -> None:
    with share_wait():
        for _ in range(MANY):
            with suppress(PhanAnhError):
                act_again(store, "b", step)
