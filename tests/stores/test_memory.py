"""The store in memory passes the whole contract but what needs a disk."""

from phananh.stores import MemoryStore
from phananh.stores.base import Store
from phananh.testing.conformance import StoreConformance


class TestMemoryStore(StoreConformance):
    """The whole suite, on the store that is read before writing another."""

    capabilities = frozenset({"lists"})

    def make_store(self) -> Store:
        """Return a new store."""
        return MemoryStore()
