"""A store in a process of its own: its calls are made there, and it can be killed.

The process is made by fork, so that its store need not be named or pickled. Arguments and answers
are pickled: events, changes and errors can be.
"""

import os
import pickle
import signal
import traceback
import warnings
from collections.abc import Callable, Sequence
from functools import partial
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from typing import Any
from unittest import SkipTest

from phananh.errors import PhanAnhError
from phananh.stores.base import Store
from phananh.testing.contract.harness.checks import ContractError
from phananh.testing.contract.harness.limits import make_limit_error, time_left


class ChildProcess:
    """A child that opens a store and makes calls on it, until it is killed.

    `store` makes a call there and waits for its answer. `start` and `finish` do that in two steps,
    so that several children run at once. In between the child `is_busy`.
    """

    def __init__(self, opens: Callable[[], Store]) -> None:
        """Fork, and open the store in the child.

        Raises:
            ContractError: it cannot be opened there. The message has the child's traceback.
            SkipTest: this system has no fork.
        """
        if not hasattr(os, "fork"):
            raise SkipTest("not offered: other processes, as this system has no fork")
        self._pipe, theirs = Pipe()
        self._asked, self.is_busy, self._ended = "opening the store", True, "died"
        self._pid: int | None = _fork()
        if self._pid == 0:
            self._pipe.close()  # so that the end of the parent is seen
            _serve_and_exit(theirs, opens)
        theirs.close()
        self.finish()

    @property
    def store(self) -> Any:
        """The store. A call on it is made in the child."""
        return _ChildStore(self)

    def start(self, method: str, /, *args: Any, **options: Any) -> None:
        """Ask for a call, and do not wait for it."""
        self._asked, self.is_busy = method, True
        self._pipe.send((method, args, options))

    def is_done(self, *, within: float) -> bool:
        """Wait at most that many seconds, and return whether the last call was answered."""
        return self._pipe.poll(min(within, time_left()))

    def finish(self) -> Any:
        """Wait for the answer to the last call, and return it, or raise the store's exception."""
        try:
            if not self._pipe.poll(time_left()):
                self.kill()
                raise make_limit_error(f"a child process is still in {self._asked}")
            is_error, answer = self._pipe.recv()
            self.is_busy = False
        except (EOFError, ConnectionError):
            self.kill()
            raise ContractError(f"a child process {self._ended} in {self._asked}") from None
        if is_error:
            raise answer
        return answer

    def kill(self) -> None:
        """End the process now, without closing anything. Safe to repeat."""
        if self._pid is None:
            return
        os.kill(self._pid, signal.SIGKILL)
        self._ended = _describe_end(os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1]))
        self._pid = None
        self._pipe.close()


def _describe_end(code: int) -> str:
    """Return in words how a process ended, by its exit code, which is minus a signal."""
    return f"died of {signal.Signals(-code).name}" if code < 0 else f"exited with {code}"


class _ChildStore:
    """The methods of the child's store, called over there."""

    def __init__(self, child: ChildProcess) -> None:
        self._child = child

    def __getattr__(self, method: str) -> Callable[..., Any]:
        return partial(self._call, method)

    def _call(self, method: str, /, *args: Any, **options: Any) -> Any:
        self._child.start(method, *args, **options)
        return self._child.finish()


def call_in_children(
    children: Sequence[ChildProcess], calls: Sequence[tuple[Any, ...]]
) -> list[Any]:
    """Make a call in each child, all at once, and return results and errors in order.

    A call is the name of a method and its arguments.
    """
    for child, call in zip(children, calls, strict=True):
        child.start(*call)
    return [_outcome(child) for child in children]


def _outcome(child: ChildProcess) -> Any:
    try:
        return child.finish()
    except ContractError:
        raise
    except Exception as error:  # noqa: BLE001  # it is the outcome, and is looked at
        return error


def _fork() -> int:
    with warnings.catch_warnings():  # that the process has threads, from Python 3.12 on
        warnings.simplefilter("ignore", DeprecationWarning)
        return os.fork()


def _serve_and_exit(pipe: Connection, opens: Callable[[], Store]) -> None:
    """Answer calls until the parent is gone. No code of the parent runs on in the child."""
    opened: list[Store] = []
    try:
        _answer(pipe, lambda: opened.append(opens()))
        while True:
            method, args, options = pipe.recv()
            _answer(pipe, lambda: getattr(opened[0], method)(*args, **options))  # noqa: B023  # called at once
    except (EOFError, OSError):
        pass
    finally:
        os._exit(0)


def _answer(pipe: Connection, call: Callable[[], Any]) -> None:
    try:
        answer = pickle.dumps((False, call()))
    except BaseException as error:  # noqa: BLE001  # it is the answer
        answer = _pickle_error(error)
    pipe.send_bytes(answer)


def _pickle_error(error: BaseException) -> bytes:
    """Return the error as bytes, or an error that says it where it cannot be pickled."""
    said = traceback.format_exc()
    try:
        if not isinstance(error, PhanAnhError):
            error.add_note(f"in a child process:\n{said}")
        answer = pickle.dumps((True, error))
        pickle.loads(answer)  # noqa: S301  # our own, just written
    except Exception:  # noqa: BLE001  # whatever an error of a driver may raise when it is copied
        return pickle.dumps((True, ContractError(f"in a child process:\n{said}")))
    return answer
