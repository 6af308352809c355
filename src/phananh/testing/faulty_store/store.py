"""A store that passes every call on to another one, except the call that fails."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from phananh.errors import InputTypeError, short_repr
from phananh.regulation.events import Event
from phananh.stores.base import (
    CalendarUse,
    Capability,
    Change,
    CommandRecord,
    FeedEntry,
    Lease,
    Page,
    Query,
    Store,
)
from phananh.stores.memory import MemoryStore
from phananh.testing.arguments import list_names
from phananh.testing.faulty_store.plan import (
    DOING,
    METHODS,
    Fault,
    FaultPlan,
    T,
    When,
    check_when,
)


class FaultyStore:
    """A store that passes every call on to another one, except the call that fails.

    Args:
        inner: the store that keeps the histories, a new `MemoryStore` by default. Use it to set up
            data before the fault, and to look at the result after it.
        fail_at: the number of the call that fails, from 1 on, or None until you `arm` it.
        when: "before" the call is done, "after" it (its reply is lost), or "late".
        methods: the names of the methods with counted calls, by default all but `close`.
        persistent: whether every call after that one fails too, until `disarm`.
        delay: how long a late call takes.
        sleep: how it waits, `time.sleep` by default. `clock.advance` of a `ManualClock` takes no
            time.

    Raises:
        InputError: no number of a call, another `when`, or a method that no store has.
        InputTypeError: `inner` is no store.
    """

    def __init__(
        self,
        inner: Store | None = None,
        *,
        fail_at: int | None = None,
        when: When = "before",
        methods: Collection[str] = METHODS,
        persistent: bool = False,
        delay: timedelta = timedelta(seconds=1),
        sleep: Callable[[timedelta], object] | None = None,
    ) -> None:
        """Pass on to `inner`."""
        if inner is not None and not callable(getattr(inner, "commit", None)):
            raise InputTypeError(field="inner", code="not_a_store", value=short_repr(inner))
        check_when(when)
        self.inner: Store = MemoryStore() if inner is None else inner
        self.plan = FaultPlan() if sleep is None else FaultPlan(sleep=sleep)
        self._methods = frozenset(list_names(methods, known=tuple(DOING), field="methods"))
        if fail_at is not None:
            self.plan.arm(fail_at, when, persistent=persistent, delay=delay)

    def __repr__(self) -> str:
        """Return what it passes on to, and which call fails."""
        plan, fails = self.plan, "no call fails"
        if plan.fail_at is not None:
            later = " and all after it" if plan.persistent else ""
            fails = f"call {plan.fail_at}{later} fails ({plan.when})"
        made = f"{len(plan.calls)} calls made"
        return f"<FaultyStore on {type(self.inner).__name__}: {fails}, {made}>"

    def __getattr__(self, name: str) -> Any:
        """Return an attribute of the inner store beside the contract."""
        if name == "inner":  # a copy that is not set up yet
            raise AttributeError(name)
        return getattr(self.inner, name)

    @property
    def fired(self) -> tuple[Fault, ...]:
        """The faults that happened since the store was armed."""
        return tuple(self.plan.fired)

    @property
    def calls(self) -> tuple[str, ...]:
        """The methods that were called and counted, since the store was armed."""
        return tuple(self.plan.calls)

    def arm(
        self,
        fail_at: int,
        when: When = "before",
        *,
        persistent: bool = False,
        delay: timedelta = timedelta(seconds=1),
    ) -> None:
        """Let the call with this number fail. The next one is 1."""
        self.plan.arm(fail_at, when, persistent=persistent, delay=delay)

    def disarm(self) -> bool:
        """Let no call fail any more, and return whether one did."""
        return self.plan.disarm()

    def _call(self, method: str, function: Callable[[], T]) -> T:
        return self.plan.call(method, function) if method in self._methods else function()

    @property
    def capabilities(self) -> frozenset[Capability]:
        """The capabilities of the inner store."""
        return self.inner.capabilities

    def load(self, case: str, /) -> tuple[Event, ...]:
        """Load a case, unless this call fails."""
        return self._call("load", lambda: self.inner.load(case))

    def commit(self, changes: Sequence[Change], /) -> None:
        """Record changes, unless this call fails."""
        self._call("commit", lambda: self.inner.commit(changes))

    def find_command(self, command: str, /) -> CommandRecord | None:
        """Find a command, unless this call fails."""
        return self._call("find_command", lambda: self.inner.find_command(command))

    def find(self, query: Query, /) -> Page:
        """Find rows, unless this call fails."""
        return self._call("find", lambda: self.inner.find(query))

    def count(self, query: Query, /, *, limit: int = 1000) -> int:
        """Count rows, unless this call fails."""
        return self._call("count", lambda: self.inner.count(query, limit=limit))

    def list_calendars(self) -> tuple[CalendarUse, ...]:
        """List calendars, unless this call fails."""
        return self._call("list_calendars", self.inner.list_calendars)

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        """Read the feed, unless this call fails."""
        return self._call("scan", lambda: self.inner.scan(after, limit=limit))

    def claim(
        self, consumer: str, /, now: datetime, until: datetime, *, start: str | None = None
    ) -> Lease | None:
        """Claim a consumer, unless this call fails."""
        return self._call("claim", lambda: self.inner.claim(consumer, now, until, start=start))

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        """Record how far a consumer has come, unless this call fails."""
        return self._call("advance", lambda: self.inner.advance(lease, position, until=until))

    def release(self, lease: Lease, /) -> None:
        """End a lease, unless this call fails."""
        self._call("release", lambda: self.inner.release(lease))

    def erase(self, case: str, *, at: datetime) -> None:
        """Erase a case, unless this call fails."""
        self._call("erase", lambda: self.inner.erase(case, at=at))

    def close(self) -> None:
        """Close the inner store. This call does not fail."""
        self.inner.close()
