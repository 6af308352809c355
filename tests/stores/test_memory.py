"""The store in memory passes the whole contract but what needs a disk."""

from phananh.stores import MemoryStore
from phananh.stores.base import Store
from phananh.testing.conformance import StoreConformance
from phananh.testing.sample_events import change, received


class TestMemoryStore(StoreConformance):
    """The whole suite, on the store that is read before writing another."""

    capabilities = frozenset({"lists"})

    def make_store(self) -> Store:
        """Return a new store."""
        return MemoryStore()

    def test_texts_of_an_event_are_apart(self) -> None:
        """What a citizen wrote, and who they are, are words with one space between them."""
        store, event = MemoryStore(), received("HB-1")
        store.commit([change(event)])
        assert event.sender is not None
        ((_, text),) = store.iter_texts()
        assert text.startswith(f"{event.content} {event.sender.name} ")
