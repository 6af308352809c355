"""No test waits for ever: a call that exceeds the time limit is reported, with its place.

On the main thread of a POSIX system an alarm interrupts the test. Elsewhere the test runs in a
thread of its own, which is left alone if it does not end.
"""

import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any

from phananh.testing.contract.harness.checks import ContractError

DEFAULT_LIMIT = 60.0  # seconds
OURS = str(Path(__file__).parents[2])  # phananh/testing
GRACE = 1.0  # seconds by which the alarm is later than what waits in an orderly way
_limits: list[tuple[float, float]] = []  # of the tests that run: the limit, and when it ends


class TimeLimitError(ContractError):
    """Something was not done within the time limit."""


class TimeUpError(BaseException):
    """Raised by the alarm. An `except Exception` of a store cannot swallow it."""


def time_left() -> float:
    """Return how many seconds the running test may still wait."""
    if not _limits:
        return DEFAULT_LIMIT
    return max(0.0, _limits[-1][1] - time.monotonic())


def make_limit_error(what: str) -> TimeLimitError:
    """Return the error for something that was not done in time."""
    seconds = _limits[-1][0] if _limits else DEFAULT_LIMIT
    return TimeLimitError(
        f"not done after {seconds:g} seconds: {what}; if your store is only slow, give the test "
        "class a higher `time_limit`, in seconds"
    )


def describe_frame(frame: FrameType | None) -> str:
    """Return the place of a thread: the store's method that a test called, and the line in it."""
    inner = frame
    while frame is not None and not frame.f_code.co_filename.startswith(OURS):
        inner, frame = frame, frame.f_back
    if inner is None:
        return "a place that is not known"
    code = inner.f_code
    return f"{code.co_qualname} ({Path(code.co_filename).name}:{inner.f_lineno})"


def describe_thread(thread: threading.Thread) -> str:
    """Return the position of a thread that still runs."""
    return describe_frame(sys._current_frames().get(thread.ident or 0))


def run_limited(call: Callable[[], Any], seconds: float) -> Any:
    """Call, and return the result, or raise ContractError after that many seconds."""
    __tracebackhide__ = True  # by pytest
    _limits.append((seconds, time.monotonic() + seconds))
    is_main = threading.current_thread() is threading.main_thread()
    try:
        if hasattr(signal, "setitimer") and is_main:
            with _alarm(seconds + GRACE):
                return call()
        return _run_in_thread(call, seconds + GRACE)
    except TimeUpError as error:
        raise make_limit_error(str(error)) from None
    finally:
        _limits.pop()


@contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    def ring(_number: int, frame: FrameType | None) -> None:
        raise TimeUpError(describe_frame(frame))

    began = time.monotonic()
    handler = signal.signal(signal.SIGALRM, ring)
    # Once a second from then on: a store may catch what it does not expect, and wait again.
    left, interval = signal.setitimer(signal.ITIMER_REAL, seconds, 1.0)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, handler)
        if left:  # of somebody else, such as a plugin of pytest
            left = max(0.001, left - (time.monotonic() - began))
            signal.setitimer(signal.ITIMER_REAL, left, interval)


def _run_in_thread(call: Callable[[], Any], seconds: float) -> Any:
    outcome: list[tuple[Any, BaseException | None]] = []

    def run() -> None:
        try:
            outcome.append((call(), None))
        except BaseException as error:  # noqa: BLE001  # it is raised in the caller's thread
            outcome.append((None, error))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        raise TimeUpError(describe_thread(thread))
    result, error = outcome[0]
    if error is not None:
        raise error
    return result
