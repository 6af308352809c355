"""A driver whose n-th call fails: before it reached the database, after it, or from then on."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

import attrs
import pytest

When = Literal["before", "after", "from then on"]
WHENS: tuple[When, ...] = ("before", "after", "from then on")


@attrs.define
class Failure:
    """Which call fails, and whether it did; nothing fails until it is armed."""

    make_error: Callable[[], Exception]
    when: When = "before"
    calls_left: int | None = None
    has_fired: bool = False

    def arm(self, call: int, when: When) -> None:
        """Let the call with this number fail; the next is 1."""
        self.calls_left, self.when, self.has_fired = call, when, False

    def disarm(self) -> bool:
        """Let nothing fail any more; return whether something did."""
        self.calls_left = None
        return self.has_fired

    def call(self, function: Callable[..., Any], *args: Any, **more: Any) -> Any:
        """Call the driver, unless it is this call that fails."""
        if self.calls_left is None:
            return function(*args, **more)
        self.calls_left -= 1
        fails = self.calls_left == 0 or (self.when == "from then on" and self.calls_left < 0)
        self.has_fired = self.has_fired or fails
        if fails and self.when != "after":
            raise self.make_error()
        result = function(*args, **more)
        if fails:
            raise self.make_error()
        return result


def make_sqlite_error() -> sqlite3.OperationalError:
    """Return the error for a disk that cannot be written."""
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    return error


@contextmanager
def fail_in_sqlite(patch: pytest.MonkeyPatch) -> Iterator[Failure]:
    """Lend a failure of all SQLite connections that are opened meanwhile."""
    failure = Failure(make_sqlite_error)

    class Connection(sqlite3.Connection):
        """A connection whose statements may fail."""

        def execute(self, *args: Any) -> sqlite3.Cursor:
            """Run a statement."""
            return failure.call(super().execute, *args)

        def executemany(self, *args: Any) -> sqlite3.Cursor:
            """Run a statement for each row."""
            return failure.call(super().executemany, *args)

    connect = sqlite3.connect

    def connect_failing(*args: Any, **more: Any) -> sqlite3.Connection:
        return connect(*args, **{**more, "factory": Connection})

    with patch.context() as patched:
        patched.setattr(sqlite3, "connect", connect_failing)
        yield failure
