"""The calls that a test makes on the stores under test, the last of which prove the error."""

import unittest
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any, TypeVar, cast

from phananh.stores.base import IndexRow, Store
from phananh.testing.contract.harness.hooks import StoredEvent, StoreHooks
from phananh.testing.contract.harness.shortening import describe_call, shorten

WRITES = ("commit", "erase", "claim", "advance", "release")
CALLS = (*WRITES, "load", "find", "find_command", "count", "scan", "list_calendars")
SHOWN = 3
_REMEMBERED = 60
Suite = TypeVar("Suite", bound=StoreHooks)


class CallLog:
    """The last calls of a test, by all its handles and threads.

    It needs no lock, which a child made by fork would inherit: a deque is safe among threads.
    """

    def __init__(self) -> None:
        """Begin without any."""
        self._calls: deque[tuple[str, str]] = deque(maxlen=_REMEMBERED)

    def add(self, method: str, said: str) -> None:
        """Add a call that has ended."""
        self._calls.append((method, said))

    def last_calls(self) -> tuple[str, ...]:
        """Return the last calls, with the last one that wrote among them."""
        calls = list(self._calls.copy())
        shown = calls[-SHOWN:]
        written = [call for call in calls if call[0] in WRITES]
        if written and not any(method in WRITES for method, _ in shown):
            shown = [written[-1], *shown]
        return tuple(said for _, said in shown)


class _RecordedStore:
    """A store that records its calls. For `isinstance` it is the inner store."""

    def __init__(self, store: Store, log: CallLog) -> None:
        self._recorded, self._log = store, log

    @property  # type: ignore[misc]  # as proxies do
    def __class__(self) -> Any:
        return type(self._recorded)

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._recorded, name)
        return _record_call(name, value, self._log) if name in CALLS else value

    def __repr__(self) -> str:
        return repr(self._recorded)

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *raised: object) -> None:
        self._recorded.close()


def _record_call(name: str, method: Callable[..., Any], log: CallLog) -> Callable[..., Any]:
    @wraps(method)
    def call(*args: Any, **options: Any) -> Any:
        asked = describe_call(name, args, options)
        try:
            answer = method(*args, **options)
        except BaseException as error:
            said = " ".join(f"{type(error).__name__}: {error}".split())
            log.add(name, f"{asked} raised {said[:300]}")
            raise
        log.add(name, f"{asked} returned {shorten(answer)}")
        return answer

    return call


def record(store: Store, log: CallLog) -> Store:
    """Return the store, its calls recorded."""
    is_recorded = type(store) is _RecordedStore
    return store if is_recorded else cast("Store", _RecordedStore(store, log))


def unwrap(store: Store) -> Store:
    """Return the store that is recorded."""
    return store._recorded if type(store) is _RecordedStore else store


def record_suite(suite: type[Suite]) -> type[Suite]:
    """Return the suite with every store that it makes recorded. Its tests have a `log`."""
    base: Any = suite

    class Recorded(base):  # type: ignore[misc]  # of any suite
        def setup_method(self) -> None:
            self.log = CallLog()
            super().setup_method()

        def make_store(self) -> Store:
            return record(super().make_store(), self.log)

        @contextmanager
        def transaction(self, store: Store) -> Iterator[Store]:
            with super().transaction(unwrap(store)) as bound:
                yield record(bound, self.log)

        def store_old(self, store: Store, events: Sequence[StoredEvent], row: IndexRow) -> Store:
            return record(super().store_old(unwrap(store), events, row), self.log)

    for name in ("connect", "reopen", "impatient", "hole", "back_up"):
        setattr(Recorded, name, _record_hook(suite, name))
    for name in ("read_rows", "stored_bytes", "fail_next"):
        setattr(Recorded, name, _unwrap_hook(suite, name))
    Recorded.__name__ = Recorded.__qualname__ = suite.__name__
    Recorded.__module__ = suite.__module__
    return cast("type[Suite]", Recorded)


def _record_hook(suite: type[StoreHooks], name: str) -> Callable[..., Store]:
    hook = getattr(suite, name)

    def call(self: Any, store: Store, *args: object) -> Store:
        opened = hook(self, unwrap(store), *args)
        return store if opened is unwrap(store) else record(opened, self.log)

    return call


def _unwrap_hook(suite: type[StoreHooks], name: str) -> Callable[..., Any]:
    hook = getattr(suite, name)

    def call(self: Any, store: Store) -> Any:
        return hook(self, unwrap(store))

    return call


def call_recorded(test: Any, call: Callable[[], object]) -> None:
    """Make a call that runs a test, and add the last calls of its stores to what it raises.

    A suite that records already is left as it is.
    """
    __tracebackhide__ = True  # by pytest
    if hasattr(test, "log"):
        call()
        return
    with _recording(test) as log:
        try:
            call()
        except unittest.SkipTest:
            raise
        except Exception as error:
            for n, said in enumerate(log.last_calls(), 1):
                error.add_note(f"call {n}    {said}")
            raise


@contextmanager
def _recording(test: Any) -> Iterator[CallLog]:
    """Let a test record the stores that it makes, while the block runs."""
    suite = type(test)
    test.__class__, test.log = _find_recorded(suite), CallLog()
    try:
        yield test.log
    finally:
        test.__class__ = suite
        del test.log


def _find_recorded(suite: type[Suite]) -> type[Suite]:
    """Return the suite that records, which is made once for each."""
    if "_recorded" not in vars(suite):
        suite._recorded = record_suite(suite)  # type: ignore[attr-defined]  # of this very class
    return cast("type[Suite]", vars(suite)["_recorded"])
