"""A call that stands still at one of its steps, while others call: no race depends on luck.

A step is a place in the code of a store at which it begins a function, or calls one written in C,
for the first time. So a call that holds a lock can be held with it, and one that has read, and has
not yet written, can be held in between.
"""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from phananh.stores.base import Store
from phananh.testing.contract.harness.limits import (
    DEFAULT_LIMIT,
    describe_thread,
    make_limit_error,
    time_left,
)

_SHARED = "phananh.stores"  # a package whose modules have no more in common
_HARMLESS = (StopIteration, LookupError, AttributeError)  # that are raised where all is well
Place = tuple[object, int, str]  # the code, the line in it, and the event


def list_packages(store: Store) -> tuple[str, ...]:
    """Return the beginnings of the names of a store's modules, and of those it derives from."""
    found = set[str]()
    for each in store.__class__.__mro__[:-1]:
        package = each.__module__.rpartition(".")[0]
        found.add(f"{each.__module__ if package in ('', _SHARED) else package}.")
    return tuple(sorted(found - {"typing.", "abc."}))


def is_within(frame: FrameType, packages: tuple[str, ...]) -> bool:
    """Return whether code is of one of the packages."""
    return f"{frame.f_globals.get('__name__', '')}.".startswith(packages)


def _describe_line(frame: FrameType) -> str:
    code = frame.f_code
    return f"{code.co_qualname} ({Path(code.co_filename).name}:{frame.f_lineno})"


class Call(threading.Thread):
    """A call in a thread of its own, whose result or error is its `outcome`."""

    def __init__(self, call: Callable[[], object]) -> None:
        """Begin at once."""
        super().__init__(daemon=True)
        self._call, self._has_ended = call, threading.Event()
        self.outcome: object = None
        self.start()

    def run(self) -> None:
        """Call."""
        try:
            self.outcome = self._call()
        except BaseException as error:  # noqa: BLE001  # it is the outcome, and is looked at
            self.outcome = error
        finally:
            self._has_ended.set()

    def is_done(self, *, within: float) -> bool:
        """Wait at most that many seconds, and return whether the call has ended."""
        return self._has_ended.wait(min(within, time_left()))

    def finish(self) -> Any:
        """Wait for the end of the call, and return its result or its error."""
        if not self.is_done(within=time_left()):
            raise make_limit_error(f"a thread is still in {describe_thread(self)}")
        return self.outcome


class HeldCall(Call):
    """A call that stands still at a step, goes on to the next if it is told, or to its end.

    `step` is the number of the step at which it stands, or stood last, and `place` says where that
    is. `is_held` says whether it stands there: a call that has ended before does not.
    """

    def __init__(
        self,
        store: Store,
        call: Callable[[], object],
        first: int = 1,
        *,
        known: set[Place] | None = None,
        longest: float = DEFAULT_LIMIT,
    ) -> None:
        """Begin, and return when the call stands still at the step `first`, or has ended.

        Args:
            store: whose steps are counted.
            call: what to call.
            first: the step at which it stands first.
            known: steps at which it does not stand. Those at which it did are added.
            longest: after how many seconds it goes on by itself.
        """
        self._packages = list_packages(store)
        self._places = set[Place]() if known is None else known
        self._first, self._held_call, self._longest = first, call, longest
        self._stands, self._goes = threading.Semaphore(0), threading.Semaphore(0)
        self.is_held, self.step, self.place, self._is_free = True, 0, "", False
        super().__init__(self._call_held)
        self._wait_until_it_stands()

    def _wait_until_it_stands(self) -> None:
        if not self._stands.acquire(timeout=time_left()):
            self.let_go()
            raise make_limit_error(f"a thread is still in {describe_thread(self)}")

    def _call_held(self) -> object:
        sys.setprofile(self._look_at)
        try:
            return self._held_call()
        finally:
            sys.setprofile(None)
            self.is_held = False
            self._stands.release()

    def _look_at(self, frame: FrameType, event: str, _arg: object) -> None:
        if self._is_free or event not in {"call", "c_call"} or not is_within(frame, self._packages):
            return
        place = (frame.f_code, frame.f_lineno, event)
        if place not in self._places:
            self._places.add(place)
            self.step, self.place = len(self._places), _describe_line(frame)
            if self.step >= self._first:
                self._stands.release()
                self._goes.acquire(timeout=min(self._longest, time_left()))

    def go_on(self) -> bool:
        """Let the call go on to its next step, and return whether it stands there."""
        self._goes.release()
        self._wait_until_it_stands()
        return self.is_held

    def let_go(self) -> None:
        """Let the call go on to its end. Safe to repeat."""
        self._is_free = True
        self._goes.release()


class Killer:
    """Ends this process at a line behind the first error that is raised in the code of a store.

    The lines behind it are counted from 1, that of the error itself.
    """

    def __init__(self, store: Store, number: int) -> None:
        """Count the lines in the code of this store."""
        self._packages, self._number, self._count = list_packages(store), number, 0

    @contextmanager
    def watch(self) -> Iterator[None]:
        """End the process in the block, unless it has fewer lines."""
        sys.settrace(self._look_at)
        try:
            yield
        finally:
            sys.settrace(None)

    def _look_at(self, frame: FrameType, event: str, arg: Any) -> Any:
        if not is_within(frame, self._packages):
            return None
        is_error = event == "exception" and not issubclass(arg[0], _HARMLESS)
        if is_error or (self._count and event == "line"):
            self._count += 1
            if self._count == self._number:
                os.kill(os.getpid(), signal.SIGKILL)
        return self._look_at


def meet_at_each_step(
    store: Store,
    begin: Callable[[int], Callable[[], object]],
    other: Callable[[int], Callable[[], object]],
    compare: Callable[[int, list[object]], object],
    *,
    patience: float,
) -> None:
    """Hold a call at its first step while another is made, then at its second, and so on.

    If the other call has to wait for the first, that goes on by a step at a time until the other
    is done, or both are. `begin` and `other` return the calls for a number. `compare` gets it, and
    the results or errors of the two.

    Args:
        patience: how many seconds the other call has at a step.
    """
    step = 1
    while True:
        held = HeldCall(store, begin(step), step)
        try:
            if not held.is_held:
                return
            call = Call(other(step))
            while not call.is_done(within=patience) and held.go_on():
                pass
        finally:
            held.let_go()
        compare(step, [held.finish(), call.finish()])
        step = held.step + 1
