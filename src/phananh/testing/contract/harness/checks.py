"""A check of the contract raises by a function: `assert` vanishes under -O."""

from collections.abc import Callable, Sequence
from typing import Any

from phananh.errors import InputError, PhanAnhError
from phananh.stores.base import Change, Query, Store


class ContractError(AssertionError):
    """A store breaks its contract. The message says where and how."""


def check(ok: object, message: str) -> None:
    """Raise `ContractError` with `message` unless `ok`."""
    __tracebackhide__ = True  # by pytest
    if not ok:
        raise ContractError(message)


def check_is(wanted: object, found: object, what: str) -> None:
    """Raise `ContractError` unless what was found is what was wanted. The message gives both."""
    __tracebackhide__ = True  # by pytest
    check(found == wanted, f"{what}: {wanted!r} was wanted, and {found!r} came")


def record_apart(store: Store, changes: Sequence[Change], what: str) -> None:
    """Record changes that differ in what careless stores take for the same, one by one."""
    __tracebackhide__ = True  # by pytest
    before: list[str] = []
    for change in changes:
        try:
            store.commit([change])
        except PhanAnhError as error:
            said = f"{change.case!r} is refused beside {before}, and differs in {what}: {error!r}"
            raise ContractError(said) from error
        before.append(change.case)


def expect_input_error(call: Callable[[], object], message: str) -> None:
    """Call, and fail with `message` unless it raises an InputError."""
    __tracebackhide__ = True  # by pytest
    try:
        call()
    except InputError:
        return
    raise ContractError(message)


def expect_error(kind: type[PhanAnhError], store: Store, *changes: Change) -> Any:
    """Commit, and return the error of exactly this kind that it raises."""
    __tracebackhide__ = True  # by pytest
    try:
        store.commit(list(changes))
    except PhanAnhError as error:
        check(type(error) is kind, f"raised {error!r}, not {kind.__name__}")
        return error
    raise ContractError(f"recorded what should be a {kind.__name__}")


def check_absent(store: Store, case: str, message: str) -> None:
    """Check that a case has no events, which is an empty tuple and not None."""
    __tracebackhide__ = True  # by pytest
    found: object = store.load(case)
    is_tuple = isinstance(found, tuple)
    check(is_tuple, f"load({case!r}) returned {found!r}; a case without events is ()")
    check(found == (), message)


def snapshot(store: Store, *cases: str) -> tuple[object, ...]:
    """Return all that a store shows, to compare before and after."""
    histories = tuple(store.load(case) for case in cases)
    return histories, store.find(Query(limit=1000)), store.scan(limit=1000)
