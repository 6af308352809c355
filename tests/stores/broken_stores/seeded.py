"""The list of broken stores, which fills as their files are read."""

from collections.abc import Callable

from phananh.stores.memory import MemoryStore

BROKEN: dict[type[MemoryStore], str] = {}
"""Each broken store, and the name of the test that must fail on it."""


def found_by(test: str) -> Callable[[type[MemoryStore]], type[MemoryStore]]:
    """Enter the class below into BROKEN, under the test that must find it."""

    def add(store: type[MemoryStore]) -> type[MemoryStore]:
        BROKEN[store] = test
        return store

    return add
