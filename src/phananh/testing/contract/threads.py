"""Calls that run at the same moment, a thread each. An endless one is reported."""

import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import FrameType
from typing import Any

from phananh.testing.contract.checks import ContractError, check, find_outcome

OURS = str(Path(__file__).parents[1])  # phananh/testing
LONGEST = 40.0  # seconds that threads have
_SWITCH = 1e-6  # seconds
_PAUSE = 0.0005  # seconds between two reads, so that they spread over what is written


def describe_place(frame: FrameType | None) -> str:
    """Return the place of a thread: the store's method that a test called, and the line in it."""
    inner = frame
    while frame is not None and not frame.f_code.co_filename.startswith(OURS):
        inner, frame = frame, frame.f_back
    if inner is None:
        return "a place that is not known"
    code = inner.f_code
    return f"{code.co_qualname} ({Path(code.co_filename).name}:{inner.f_lineno})"


class Call(threading.Thread):
    """A call in a thread of its own, whose result or error is its `outcome`."""

    def __init__(self, call: Callable[[], object], start: threading.Barrier | None = None) -> None:
        """Begin at once, or when as many others have come to the barrier."""
        super().__init__(daemon=True)
        self._call, self._start, self.outcome = call, start, None
        self.start()

    def run(self) -> None:
        """Call."""
        if self._start is not None:
            self._start.wait()
        try:
            self.outcome = self._call()
        except BaseException as error:  # noqa: BLE001  # it is the outcome, and is looked at
            self.outcome = error

    def finish(self, *, within: float = LONGEST) -> Any:
        """Wait for the end of the call, and return its result or its error."""
        self.join(within)
        if self.is_alive():
            place = describe_place(sys._current_frames().get(self.ident or 0))
            raise ContractError(f"a call is not done after {within:g} seconds: {place}")
        return self.outcome


def run_together(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run the calls at the same moment, a thread each, and return results and errors in order.

    Threads take turns after microseconds, so that a race is lost, if it can be.

    Raises:
        ContractError: some did not end. Their threads are left alone.
    """
    interval, start = sys.getswitchinterval(), threading.Barrier(len(calls))
    sys.setswitchinterval(_SWITCH)
    try:
        threads = [Call(call, start) for call in calls]
        return [thread.finish() for thread in threads]
    finally:
        sys.setswitchinterval(interval)


def run_beside(writers: Sequence[Callable[[], object]], read: Callable[[], object]) -> None:
    """Run the writers, and read beside them again and again until they are done, and once more.

    Raises:
        ContractError: with the exception of a writer or the reader.
    """
    done = threading.Semaphore(0)

    def write(writer: Callable[[], object]) -> object:
        found = find_outcome(writer)
        done.release()
        return found

    def read_on() -> None:
        left = len(writers)
        while left:
            left -= done.acquire(timeout=_PAUSE)
            read()

    calls = [*(lambda each=each: write(each) for each in writers), read_on]  # type: ignore[misc]  # a default argument
    wrong = [repr(each) for each in run_together(calls) if isinstance(each, BaseException)]
    check(not wrong, "; ".join(wrong))


def repeat_for(seconds: float, attempt: Callable[[int], object]) -> int:
    """Make attempts, numbered from 0, for that long, and return how many there were."""
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        attempt(number)
        number += 1
    return number
