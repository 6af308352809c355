"""The call that fails, and how. It works for anything that is called, such as a driver."""

import time
from collections.abc import Callable
from datetime import timedelta
from threading import Lock
from typing import Any, Literal, TypeVar

import attrs

from phananh.errors import InputError, StoreError, short_repr
from phananh.testing.arguments import require_call

T = TypeVar("T")
When = Literal["before", "after", "late"]
WHENS: tuple[When, ...] = ("before", "after", "late")
DOING = {
    "load": "loading",
    "commit": "recording",
    "find_command": "finding_command",
    "find": "finding",
    "count": "finding",
    "list_calendars": "finding",
    "scan": "scanning",
    "claim": "claiming",
    "advance": "claiming",
    "release": "claiming",
    "erase": "erasing",
}
METHODS = frozenset(DOING)


@attrs.frozen(kw_only=True)
class Fault:
    """A fault that happened: the number of the call, of which method, and how it failed."""

    call: int
    method: str
    when: When
    persistent: bool = False


def make_store_error(method: str, when: When) -> StoreError:
    """Return the error of a call that failed before it was done, or lost its reply."""
    code = "fault_after" if when == "after" else "fault_before"
    return StoreError(doing=DOING.get(method, method), code=code)


def check_when(when: object) -> None:
    """Refuse a value that is no way to fail."""
    if when not in WHENS:
        raise InputError(field="when", code="unknown_value", value=short_repr(when), known=WHENS)


@attrs.define(kw_only=True)
class FaultPlan:
    """Counts calls, and makes those fail that it was armed for.

    It works for anything that is called, such as the driver of a database. `calls` are the names
    of the calls so far, and `fired` are the faults that happened, since it was armed.

    Args:
        make_error: takes the name of the call and `when`, and returns the exception to raise.
        sleep: how a late call waits. `clock.advance` of a `ManualClock` takes no time.
    """

    make_error: Callable[[str, When], BaseException] = make_store_error
    sleep: Callable[[timedelta], object] = lambda span: time.sleep(span.total_seconds())
    fail_at: int | None = None
    when: When = "before"
    persistent: bool = False
    delay: timedelta = timedelta()
    calls: list[str] = attrs.field(factory=list)
    fired: list[Fault] = attrs.field(factory=list)
    _lock: Any = attrs.field(factory=Lock, init=False, repr=False)

    def arm(
        self,
        fail_at: int,
        when: When = "before",
        *,
        persistent: bool = False,
        delay: timedelta = timedelta(seconds=1),
    ) -> None:
        """Let the call with this number fail. The next one is 1.

        Args:
            fail_at: the number of the call.
            when: "before" it is done, "after" it, so that its reply is lost, or "late": it is done
                and answered, after `delay`.
            persistent: whether every later call fails too. Only "before" is done to those, as
                after a crash.
            delay: how long a late call takes.

        Raises:
            InputError: no number of a call, or another `when`.
        """
        require_call(fail_at, field="fail_at")
        check_when(when)
        self.calls, self.fired = [], []
        self.fail_at, self.when, self.persistent, self.delay = fail_at, when, persistent, delay

    def disarm(self) -> bool:
        """Let no call fail any more, as if the disk were back, and return whether one did."""
        self.fail_at = None
        return bool(self.fired)

    def call(self, name: str, function: Callable[[], T]) -> T:
        """Call a function, unless this is the call that fails."""
        fault = self._count(name)
        if fault is None:
            return function()
        if fault.when == "before":
            raise self.make_error(name, fault.when)
        if fault.when == "late":
            self.sleep(self.delay)
            return function()
        function()
        raise self.make_error(name, fault.when)

    def _count(self, name: str) -> Fault | None:
        """Count a call, and return the fault that is to happen in it."""
        with self._lock:
            self.calls.append(name)
            if self.fail_at is None or len(self.calls) < self.fail_at:
                return None
            is_first = len(self.calls) == self.fail_at
            if not (is_first or self.persistent):
                return None
            when = self.when if is_first or self.when == "late" else "before"
            fault = Fault(call=len(self.calls), method=name, when=when, persistent=self.persistent)
            self.fired.append(fault)
            return fault
