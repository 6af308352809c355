"""The list of broken stores, which fills as their files are read."""

from collections.abc import Callable

import attrs

from phananh.stores.memory import MemoryStore

BROKEN: dict[type[MemoryStore], str] = {}
"""Each broken store, and the name of the test that must fail on it."""

_NUMBERS: dict[type[MemoryStore], tuple[str, ...]] = {}


@attrs.frozen(kw_only=True)
class Fault:
    """One fault of a store: the store that has it, the test that finds it, and its numbers.

    `numbers` are those of the faults B1 to B42, which stores in the field were seen to have;
    most of the others have none.
    """

    store: type[MemoryStore]
    test: str
    numbers: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """What the store does wrong."""
        return " ".join((self.store.__doc__ or "").split())


def found_by(test: str, *numbers: str) -> Callable[[type[MemoryStore]], type[MemoryStore]]:
    """Enter the class below into BROKEN, under the test that must find it."""

    def add(store: type[MemoryStore]) -> type[MemoryStore]:
        BROKEN[store] = test
        _NUMBERS[store] = numbers
        return store

    return add


def list_faults() -> tuple[Fault, ...]:
    """Return all faults that were seeded, in the order of the files."""
    return tuple(
        Fault(store=store, test=test, numbers=_NUMBERS[store]) for store, test in BROKEN.items()
    )
