"""The contract of a store as tests, to run against your own.

    class TestOurStore(StoreConformance):
        known_gaps = {"test_position_never_goes_back": "positions are lost until 2.0"}

        def make_store(self):
            return OurStore(self.folder / f"{uuid4()}.db")

        def reopen(self, store):
            store.close()
            return OurStore(store.path)

pytest collects it as any class. `self.folder` is a folder of the test's own, a `pathlib.Path`,
removed after it. The `capabilities` that the store declares are tested. A test of another
capability is skipped. So is a test that needs a hook which the class does not write, such as
`fail_next(store)`. See `StoreHooks`.

A known gap covers any error of the store, and its test is skipped until the gap is closed: then the
test fails until the line is removed. A test that is not done after `time_limit` seconds fails.
"""

from phananh.testing.contract import accidents, lessons, races, walks
from phananh.testing.contract.accidents import full_disk
from phananh.testing.contract.checks import ContractError, check
from phananh.testing.contract.suite import StoredEvent, StoreHooks

__all__ = [
    "ContractError",
    "StoreConformance",
    "StoreHooks",
    "StoredEvent",
    "check",
    "full_disk",
]


# The last base comes first in a run: a test that tells the cause, then those that depend on it.
class StoreConformance(
    accidents.CopyTests,
    accidents.SpoiledTests,
    accidents.DamageTests,
    accidents.FailureTests,
    races.WaitTests,
    races.ProcessTests,
    races.TransactionTests,
    races.RaceTests,
    walks.GrowthTests,
    walks.WalkTests,
    lessons.ErasureTests,
    lessons.ConsumerTests,
    lessons.QueryTests,
    lessons.ConflictTests,
    lessons.ValueTests,
):
    """The whole contract. Override `make_store`, and what your declared capabilities need.

    Example:
        >>> class TestOurStore(StoreConformance):  # in a file of yours that pytest runs
        ...     def make_store(self):
        ...         return MemoryStore()
    """

    full_disk = staticmethod(full_disk)
