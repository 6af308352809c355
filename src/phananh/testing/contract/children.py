"""A store in a process of its own: its calls are made there, and it can be stopped and killed.

The process is made by fork, so that its store need not be named or pickled. Arguments and answers
are pickled: events, changes and errors can be.
"""

import os
import pickle
import signal
import traceback
import warnings
from collections.abc import Callable
from functools import partial
from multiprocessing import Pipe, get_all_start_methods, get_context
from multiprocessing.connection import Connection
from typing import Any
from unittest import SkipTest

from phananh.errors import PhanAnhError
from phananh.stores.base import Store
from phananh.testing.contract.checks import ContractError


class ChildProcess:
    """A child that opens a store and makes calls on it, until it is killed.

    `call` makes a call there and waits for its answer. `start` and `finish` do that in two steps,
    so that several children run at once.
    """

    def __init__(self, opens: Callable[[], Store]) -> None:
        """Fork, and open the store in the child.

        Raises:
            ContractError: it cannot be opened there. The message has the child's traceback.
            SkipTest: this system has no fork.
        """
        if "fork" not in get_all_start_methods():
            raise SkipTest("not offered: other processes, as this system has no fork")
        self._pipe, theirs = Pipe()
        self._asked = "opening the store"
        ends = theirs, self._pipe, opens
        self._process = get_context("fork").Process(target=_serve, args=ends, daemon=True)
        with warnings.catch_warnings():  # that the process has threads, from Python 3.12 on
            warnings.simplefilter("ignore", DeprecationWarning)
            self._process.start()
        theirs.close()
        self.finish()

    def call(self, method: str, /, *args: Any, **options: Any) -> Any:
        """Make a call of the store, and return its result, or raise its error."""
        self.start(method, *args, **options)
        return self.finish()

    def start(self, method: str | Callable[[Any], object], /, *args: Any, **options: Any) -> None:
        """Ask for a call, and do not wait for it. A function gets the store."""
        self._asked = str(method)
        self._pipe.send((method, args, options))

    def is_done(self, *, within: float) -> bool:
        """Wait at most that many seconds, and return whether the last call was answered."""
        return self._pipe.poll(within)

    def finish(self) -> Any:
        """Wait for the answer to the last call, and return it, or raise the store's error."""
        try:
            is_error, answer = self._pipe.recv()
        except (EOFError, OSError):
            self.kill()
            ended = f"ended with {self._process.exitcode} in {self._asked}"
            raise ContractError(f"a child process {ended}") from None
        if is_error:
            raise answer
        return answer

    def stop(self) -> None:
        """Let the process stand still where it is, until it is killed."""
        os.kill(self._process.pid or 0, signal.SIGSTOP)

    def kill(self) -> None:
        """End the process now, without closing anything. Safe to repeat."""
        self._process.kill()
        self._process.join()
        self._pipe.close()


def _serve(pipe: Connection, theirs: Connection, opens: Callable[[], Store]) -> None:
    """Answer calls until the parent is gone. No code of the parent runs on in the child."""
    theirs.close()  # so that the end of the parent is seen
    opened: list[Store] = []
    try:
        _answer(pipe, lambda: opened.append(opens()))
        while True:
            method, args, options = pipe.recv()
            call = partial(method, opened[0]) if callable(method) else getattr(opened[0], method)
            _answer(pipe, partial(call, *args, **options))
    finally:
        os._exit(0)


def _answer(pipe: Connection, call: Callable[[], Any]) -> None:
    """Send the result of a call or its error, or one that says it if it cannot be pickled."""
    try:
        answer = pickle.dumps((False, call()))
    except BaseException as error:  # noqa: BLE001  # it is the answer
        said = ContractError(f"in a child process:\n{traceback.format_exc()}")
        answer = pickle.dumps((True, error if isinstance(error, PhanAnhError) else said))
    pipe.send_bytes(answer)
