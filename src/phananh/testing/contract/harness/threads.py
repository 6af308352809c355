"""Calls that run at the same moment, a thread each. An endless one is reported."""

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any

from phananh.testing.contract.harness.checks import check
from phananh.testing.contract.harness.limits import describe_thread, make_limit_error, time_left

SWITCH = 1e-6  # seconds
PAUSE = 0.0005  # seconds between two reads, so that they spread over what is written


def run_together(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run the calls at the same moment, a thread each, and return results and errors in order.

    Raises:
        ContractError: some did not end within the time limit. Their threads are left alone.
    """
    start = threading.Barrier(len(calls))
    outcomes: list[Any] = [None] * len(calls)

    def run(i: int, call: Callable[[], Any]) -> None:
        try:
            start.wait()
            outcomes[i] = call()
        except BaseException as error:  # noqa: BLE001  # it is the outcome, and is looked at
            outcomes[i] = error

    threads = [threading.Thread(target=run, args=pair, daemon=True) for pair in enumerate(calls)]
    with _quick_switches():
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(time_left())
    _check_ended(threads)
    return outcomes


def _check_ended(threads: Sequence[threading.Thread]) -> None:
    if running := [thread for thread in threads if thread.is_alive()]:
        places = ", ".join(sorted({describe_thread(thread) for thread in running}))
        raise make_limit_error(f"{len(running)} of {len(threads)} threads are still in {places}")


@contextmanager
def _quick_switches() -> Iterator[None]:
    """Let threads take turns after microseconds, so that a race is lost, if it can be."""
    interval = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH)
    try:
        yield
    finally:
        sys.setswitchinterval(interval)


def run_beside(writers: Sequence[Callable[[], None]], read: Callable[[], object]) -> int:
    """Run the writers, read beside them until they are done, and return the number of reads.

    A read that began when all writers were done is not counted, and there is always one.

    Raises:
        ContractError: with the exception of a writer or the reader.
    """
    finished: list[None] = []
    reader = _Reader(read, lambda: len(finished) == len(writers))

    def write_and_count(write: Callable[[], None]) -> None:
        try:
            write()
        finally:
            finished.append(None)

    calls: list[Callable[[], Any]] = [
        *(partial(write_and_count, write) for write in writers),
        reader.read_on,
    ]
    wrong = [outcome for outcome in run_together(calls) if outcome is not None]
    check(not wrong, "; ".join(repr(outcome) for outcome in wrong))
    return reader.count


class _Reader:
    """Reads again and again until all is written, and once more."""

    def __init__(self, read: Callable[[], object], is_finished: Callable[[], bool]) -> None:
        self._read, self._is_finished = read, is_finished
        self.count = 0

    def read_on(self) -> None:
        while not self._is_finished():
            self._read()
            self.count += 1
            time.sleep(PAUSE)
        self._read()


@contextmanager
def call_on(calls: Sequence[Callable[[], object]]) -> Iterator[None]:
    """Make each call again and again, a thread each, while the block runs.

    The block begins when each has been made once: what a store sets up at its first call is
    ready by then.

    Raises:
        ContractError: with the exception of a call, or as one does not end within the time limit.
    """
    callers = [_Caller(call) for call in calls]
    for caller in callers:
        caller.start()
    try:
        for caller in callers:
            caller.was_called.wait(time_left())
        yield
    finally:
        for caller in callers:
            caller.ended.set()
            caller.join(time_left())
    _check_ended(callers)
    wrong = [repr(caller.error) for caller in callers if caller.error is not None]
    check(not wrong, "; ".join(wrong))


class _Caller(threading.Thread):
    """Calls until it is asked to end, or until an error is raised."""

    def __init__(self, call: Callable[[], object]) -> None:
        super().__init__(daemon=True)
        self._call, self.was_called, self.ended = call, threading.Event(), threading.Event()
        self.error: BaseException | None = None

    def run(self) -> None:
        try:
            while not self.ended.is_set():
                self._call()
                self.was_called.set()
                time.sleep(PAUSE / 5)  # so that whoever waits for the end of a call goes on
        except BaseException as error:  # noqa: BLE001  # it is reported
            self.error = error
        finally:
            self.was_called.set()


def repeat_until_met(attempt: Callable[[int], int], *, wanted: int, what: str) -> None:
    """Repeat a race until its calls have met often enough. `attempt` gets its number.

    Raises:
        ContractError: it did not within the time limit.
    """
    met = number = 0
    while met < wanted:
        if time_left() <= 0:
            raise make_limit_error(f"{what} {met} times, {wanted} are needed")
        met += attempt(number)
        number += 1
