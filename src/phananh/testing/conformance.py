"""The promises of a store as tests, to run against one's own.

    class TestOurStore(StoreConformance):
        known_gaps = {"test_resumes_after_reopening": "positions are lost until 2.0"}

        def make_store(self):
            return OurStore(self.folder / f"{uuid4()}.db")

        def reopen(self, store):
            store.close()
            return OurStore(store.path)

pytest collects it as any class. `self.folder` is a folder of the test's own, a `pathlib.Path`,
removed after it. What the store declares in its `capabilities` is tested; a test of what it does
not declare is skipped. A known gap is skipped too, until it is closed: then its test fails until
the line is removed.
"""

from phananh.testing.contract.base import BrokenPromise, check
from phananh.testing.contract.exclusive import ExclusivePromises
from phananh.testing.contract.finding import FindingPromises
from phananh.testing.contract.history import HistoryPromises
from phananh.testing.contract.idempotent import IdempotentPromises
from phananh.testing.contract.lasting import LastingPromises
from phananh.testing.contract.ordered import OrderedPromises

__all__ = ["BrokenPromise", "StoreConformance", "check", "promises"]


class StoreConformance(
    HistoryPromises,
    ExclusivePromises,
    IdempotentPromises,
    FindingPromises,
    OrderedPromises,
    LastingPromises,
):
    """Every promise; override `make_store`, and what the declared capabilities ask for."""


def promises() -> tuple[str, ...]:
    """Return the names of all tests of the suite, in order."""
    return tuple(sorted(name for name in dir(StoreConformance) if name.startswith("test_")))
