"""The list of stores that are hurt, which fills as their files are read."""

from collections.abc import Callable
from typing import TypeVar

import attrs

from phananh.stores.memory import MemoryStore
from phananh.testing.conformance import StoreConformance
from tests.testing.broken_stores.hurt.suite import JournalSuite

Broken = TypeVar("Broken", bound=MemoryStore)


@attrs.frozen(kw_only=True)
class HurtStore:
    """A fault: the suite with the store that has it, a sound one, and the test that finds it."""

    name: str
    sentence: str
    test: str
    suite: type[StoreConformance]
    sound: type[StoreConformance]
    numbers: tuple[str, ...] = ()


HURT: list[HurtStore] = []
Suite = TypeVar("Suite", bound=StoreConformance)


def found_in(
    test: str, *numbers: str, suite: type[StoreConformance] = JournalSuite
) -> Callable[[type[Broken]], type[Broken]]:
    """Enter the store below under the test that must find it, run by a suite."""

    def add(store: type[Broken]) -> type[Broken]:
        broken = type(store.__name__, (suite,), {"kind": store})
        _add(store, test, numbers, broken, suite)
        return store

    return add


def found_by_suite(test: str, *numbers: str) -> Callable[[type[Suite]], type[Suite]]:
    """Enter the suite below, whose hooks are the fault, under the test that must find it."""

    def add(suite: type[Suite]) -> type[Suite]:
        sound = next(base for base in suite.__mro__[1:] if not base.__name__.startswith("_"))
        _add(suite, test, numbers, suite, sound)
        return suite

    return add


def _add(
    kind: type,
    test: str,
    numbers: tuple[str, ...],
    broken: type[StoreConformance],
    sound: type[StoreConformance],
) -> None:
    sentence = " ".join((kind.__doc__ or "").split())
    HURT.append(
        HurtStore(
            name=kind.__name__,
            sentence=sentence,
            test=test,
            suite=broken,
            sound=sound,
            numbers=numbers,
        )
    )


def list_hurt() -> tuple[HurtStore, ...]:
    """Return all of them, in the order of the files."""
    return tuple(HURT)
