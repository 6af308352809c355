"""A store with an n-th call that fails: before it is done, or after it.

A disk fills up, a server dies, a reply is lost on its way. Here you can test your application's
reaction without a disk or a server: the fault comes at exactly the call that you name.
"""

from collections.abc import Callable, Collection
from functools import partial
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal, TypeVar

import attrs

from phananh.errors import InputError, StoreError, short_repr
from phananh.stores.base import Store
from phananh.stores.memory import MemoryStore

T = TypeVar("T")
When = Literal["before", "after"]
WHENS: tuple[When, ...] = ("before", "after")
DOING = {
    "load": "loading",
    "commit": "recording",
    "load_many": "loading",
    "find_command": "finding_command",
    "find": "finding",
    "count": "finding",
    "count_by": "finding",
    "iter_figures": "finding",
    "iter_texts": "finding",
    "list_calendars": "finding",
    "scan": "scanning",
    "claim": "claiming",
    "advance": "claiming",
    "release": "claiming",
    "erase": "erasing",
}
METHODS = frozenset(DOING)
if TYPE_CHECKING:  # the methods that `__getattr__` passes on
    _Passing = MemoryStore
else:
    _Passing = object


@attrs.frozen(kw_only=True)
class Fault:
    """A fault that happened: the number of the call, of which method, and how it failed."""

    call: int
    method: str
    when: When


def make_store_error(method: str, when: When) -> StoreError:
    """Return the error of a call that failed before it was done, or lost its reply."""
    return StoreError(doing=DOING.get(method, method), code=f"fault_{when}")


@attrs.define(kw_only=True)
class FaultPlan:
    """Counts calls, and makes those fail that it was armed for.

    It works for anything that is called, such as the driver of a database. `calls` are the names
    of the calls so far, and `fired` are the faults that happened, since it was armed. `make_error`
    takes the name of the call and `when`, and returns the exception to raise.
    """

    make_error: Callable[[str, When], BaseException] = make_store_error
    fail_at: int | None = None
    when: When = "before"
    persistent: bool = False
    calls: list[str] = attrs.field(factory=list)
    fired: list[Fault] = attrs.field(factory=list)
    _lock: Any = attrs.field(factory=Lock, init=False, repr=False)

    def arm(self, fail_at: int, when: When = "before", *, persistent: bool = False) -> None:
        """Let the call with this number fail. The next one is 1.

        Args:
            fail_at: the number of the call.
            when: "before" it is done, or "after" it, so that its reply is lost.
            persistent: whether every later call fails too, before it is done, as after a crash.

        Raises:
            InputError: no number of a call, or another `when`.
        """
        if type(fail_at) is not int or fail_at < 1:
            raise InputError(field="fail_at", code="not_a_call", value=short_repr(fail_at))
        if when not in WHENS:
            raise InputError(
                field="when", code="unknown_value", value=short_repr(when), known=WHENS
            )
        self.calls, self.fired = [], []
        self.fail_at, self.when, self.persistent = fail_at, when, persistent

    def disarm(self) -> bool:
        """Let no call fail any more, as if the disk were back, and return whether one did."""
        self.fail_at = None
        return bool(self.fired)

    def call(self, name: str, function: Callable[[], T]) -> T:
        """Call a function, unless this is the call that fails."""
        fault = self._count(name)
        if fault is None:
            return function()
        if fault.when == "after":
            function()
        raise self.make_error(name, fault.when)

    def _count(self, name: str) -> Fault | None:
        """Count a call, and return the fault that is to happen in it."""
        with self._lock:
            self.calls.append(name)
            number = len(self.calls)
            is_first = number == self.fail_at
            is_later = self.persistent and self.fail_at is not None and number > self.fail_at
            if not (is_first or is_later):
                return None
            when = self.when if is_first else "before"
            self.fired.append(Fault(call=number, method=name, when=when))
            return self.fired[-1]


class FaultyStore(_Passing):
    """A store that passes every call on to another one, except the call that fails.

    Args:
        inner: the store that keeps the histories, a new `MemoryStore` by default. Use it to set up
            data before the fault, and to look at the result after it.
        fail_at: the number of the call that fails, from 1 on, or None until you `arm` it.
        when: "before" the call is done, or "after" it, so that its reply is lost.
        methods: the names of the methods with counted calls, by default all but `close`.
        persistent: whether every call after that one fails too, until `disarm`.

    Raises:
        InputError: no number of a call, another `when`, or a method that no store has.

    Example:
        >>> desk = a_desk(store=FaultyStore(fail_at=1, when="after", methods=["commit"]))
        >>> a_case(desk=desk)
        Traceback (most recent call last):
        phananh.errors.StoreError: while recording: the test lost the reply of a call that was done
        >>> desk.count()
        1
    """

    def __init__(
        self,
        inner: Store | None = None,
        *,
        fail_at: int | None = None,
        when: When = "before",
        methods: Collection[str] = METHODS,
        persistent: bool = False,
    ) -> None:
        """Pass on to `inner`."""
        self.inner: Store = MemoryStore() if inner is None else inner
        self.plan, self._methods = FaultPlan(), frozenset(methods)
        if wrong := sorted(self._methods - METHODS):
            raise InputError(
                field="methods", code="unknown_value", value=wrong[0], known=tuple(DOING)
            )
        if fail_at is not None:
            self.arm(fail_at, when, persistent=persistent)

    def __getattr__(self, name: str) -> Any:
        """Return a member of the inner store: a method of the contract is counted, and may fail."""
        if name == "inner":  # a copy that is not set up yet
            raise AttributeError(name)
        found = getattr(self.inner, name)
        if name not in self._methods:
            return found
        return lambda *args, **options: self.plan.call(name, partial(found, *args, **options))

    @property
    def fired(self) -> tuple[Fault, ...]:
        """The faults that happened since the store was armed."""
        return tuple(self.plan.fired)

    def arm(self, fail_at: int, when: When = "before", *, persistent: bool = False) -> None:
        """Let the call with this number fail. The next one is 1."""
        self.plan.arm(fail_at, when, persistent=persistent)

    def disarm(self) -> bool:
        """Let no call fail any more, and return whether one did."""
        return self.plan.disarm()
