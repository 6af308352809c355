"""The contract of a store, run against the template."""

from typing import Any
from uuid import uuid4

from phananh.testing.conformance import StoreConformance

from .store import JsonlStore


class TestJsonlStore(StoreConformance):
    """Everything that the store declares."""

    def make_store(self) -> JsonlStore:
        """Return a store in a new folder."""
        return JsonlStore(self.folder / str(uuid4()))

    def connect(self, store: Any) -> JsonlStore:
        """Return another handle on the folder."""
        return JsonlStore(store.folder)

    def reopen(self, store: Any) -> JsonlStore:
        """Close the store, and open its folder again."""
        store.close()
        return JsonlStore(store.folder)

    def stored_bytes(self, store: Any) -> bytes:
        """Return the bytes of all its files."""
        return b"".join(path.read_bytes() for path in store.folder.iterdir())
