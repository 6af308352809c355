"""The contract of a store as tests, to run against your own.

    class TestOurStore(StoreConformance):
        known_gaps = {"test_resumes_after_reopening": "positions are lost until 2.0"}

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

from phananh.testing.contract.accidents.copies import CopyTests, OldHistoryTests
from phananh.testing.contract.accidents.damage import DamageTests
from phananh.testing.contract.accidents.failures import FailureTests
from phananh.testing.contract.accidents.kills import KillTests
from phananh.testing.contract.accidents.spoiled import SpoiledTests
from phananh.testing.contract.accidents.torn_lists import TornListTests
from phananh.testing.contract.base import ContractError, check
from phananh.testing.contract.beginnings import BeginningTests
from phananh.testing.contract.calendar_use import CalendarUseTests
from phananh.testing.contract.codes import CodeTests
from phananh.testing.contract.consumers import ConsumerTests
from phananh.testing.contract.counting import CountTests
from phananh.testing.contract.durability import DurabilityTests
from phananh.testing.contract.erased_cases import ErasedCaseTests
from phananh.testing.contract.erasure import ErasureTests
from phananh.testing.contract.feed import FeedTests
from phananh.testing.contract.filters import FilterTests
from phananh.testing.contract.freshness import FreshnessTests
from phananh.testing.contract.going_on import GoingOnTests
from phananh.testing.contract.harness.full_disk import full_disk
from phananh.testing.contract.harness.hooks import StoredEvent, StoreHooks
from phananh.testing.contract.harness.order import list_test_names
from phananh.testing.contract.held_calls import HeldCallTests
from phananh.testing.contract.history import HistoryTests
from phananh.testing.contract.idempotency import IdempotencyTests
from phananh.testing.contract.lists import ListTests
from phananh.testing.contract.locking import LockingTests
from phananh.testing.contract.names import NameTests
from phananh.testing.contract.orders import OrderTests
from phananh.testing.contract.processes import ProcessTests
from phananh.testing.contract.quantities.long_lists import LongListTests
from phananh.testing.contract.quantities.models import ModelTests
from phananh.testing.contract.quantities.pages import PageTests
from phananh.testing.contract.quantities.sizes import SizeTests
from phananh.testing.contract.queries import QueryTests
from phananh.testing.contract.transactions import TransactionTests
from phananh.testing.contract.waits import WaitTests

__all__ = [
    "ContractError",
    "StoreConformance",
    "StoreHooks",
    "StoredEvent",
    "check",
    "contract_tests",
    "full_disk",
]


# The last base comes first in a run: a test that tells the cause, then those that depend on it.
class StoreConformance(
    TornListTests,
    KillTests,
    OldHistoryTests,
    CopyTests,
    SpoiledTests,
    DamageTests,
    FailureTests,
    ProcessTests,
    WaitTests,
    HeldCallTests,
    GoingOnTests,
    ModelTests,
    LongListTests,
    SizeTests,
    PageTests,
    TransactionTests,
    ListTests,
    FreshnessTests,
    DurabilityTests,
    ErasedCaseTests,
    ErasureTests,
    BeginningTests,
    ConsumerTests,
    FeedTests,
    CalendarUseTests,
    FilterTests,
    CountTests,
    OrderTests,
    QueryTests,
    NameTests,
    IdempotencyTests,
    CodeTests,
    LockingTests,
    HistoryTests,
):
    """The whole contract. Override `make_store`, and what your declared capabilities need."""


def contract_tests() -> tuple[str, ...]:
    """Return the names of all tests of the suite, in order."""
    return list_test_names(StoreConformance)
