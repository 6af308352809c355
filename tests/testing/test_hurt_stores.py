"""Each store that breaks when it is hurt or shared is found by the test that is named for it."""

from pathlib import Path
from pickle import UnpicklingError

import pytest

from phananh.errors import PhanAnhError
from phananh.stores.base import FeedEntry
from phananh.testing.conformance import ContractError, contract_tests
from phananh.testing.contract import processes
from phananh.testing.contract.accidents import failures
from phananh.testing.contract.harness.full_disk import FullDisk
from tests.testing.broken_stores import list_faults
from tests.testing.broken_stores.elsewhere import ALL_NUMBERS, ELSEWHERE
from tests.testing.broken_stores.hurt import HURT, list_hurt
from tests.testing.broken_stores.hurt.journal import JournalStore
from tests.testing.broken_stores.hurt.seeded import HurtStore
from tests.testing.broken_stores.hurt.suite import FailsOnce, JournalSuite, TransactionSuite
from tests.testing.broken_stores.hurt.summed import SummedSuite
from tests.testing.contract.harness.run import run_test

WRONG = (
    ContractError,
    PhanAnhError,
    OSError,
    NotImplementedError,
    UnpicklingError,
    ValueError,
)
ROOT = Path(__file__).parents[2]
PROVED = {hurt.test for hurt in HURT}


@pytest.mark.parametrize("hurt", HURT, ids=lambda hurt: hurt.name)
def test_defect_is_found_by_the_named_test(
    hurt: HurtStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The named test fails on the broken store."""
    monkeypatch.setattr(processes, "FORK_PATIENCE", 2.0)  # what hangs is seen soon
    assert hurt.sentence.endswith(".")
    with pytest.raises(WRONG):
        run_test(hurt.suite, hurt.test)


@pytest.mark.parametrize(
    "suite", [JournalSuite, FailsOnce, TransactionSuite], ids=lambda suite: suite.__name__
)
@pytest.mark.parametrize("name", sorted(PROVED - {"test_rows_can_be_read_with_sql"}))
def test_sound_store_passes_what_finds_defects(suite: type[JournalSuite], name: str) -> None:
    """Each of these tests passes on the store that the broken ones derive from."""
    if suite is JournalSuite and "transaction" in name:
        pytest.skip("declared by the third suite only")
    run_test(suite, name)


@pytest.mark.parametrize("name", sorted({each.test for each in HURT if each.sound is SummedSuite}))
def test_store_with_sums_passes_what_finds_the_lack_of_them(name: str) -> None:
    """Each of these tests passes on the store that compares its sums."""
    run_test(SummedSuite, name)


@pytest.mark.parametrize("name", ["WritesTheRowFirst", "WritesTheRowLast"])
def test_one_full_disk_does_not_find_what_is_written_in_two_files(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the room that the test class leaves, and no more, both writes fail or neither."""
    (hurt,) = (each for each in HURT if each.name == name)
    monkeypatch.setattr(failures, "list_full_disks", lambda: iter([FullDisk()]))
    run_test(hurt.suite, hurt.test)


class LateFeed(JournalStore):
    """Shows the last commit a little later than `load` does, and in no other order."""

    shown = 0

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        """Hold back what came since the last call."""
        found = super().scan(after, limit=limit)
        shown, self.shown = self.shown, len(self._feed)
        return tuple(entry for entry in found if int(entry.position) <= shown)


class LateSuite(JournalSuite):
    """The journal with a late feed."""

    kind = LateFeed


@pytest.mark.parametrize(
    "name",
    [
        "test_feed_shows_nothing_behind_a_position_of_processes",
        "test_store_goes_on_after_a_failed_write",
        "test_acknowledged_acts_survive_a_kill",
        "test_consumer_goes_on_in_a_copy",
    ],
)
def test_feed_may_be_late(name: str) -> None:
    """A feed that shows a commit later than `load` does is no defect."""
    assert name in contract_tests()
    run_test(LateSuite, name)


def test_every_number_is_a_store_or_explained() -> None:
    """Each of B1 to B42 is a broken store, or is explained with a test that exists."""
    stores = {n for each in (*list_faults(), *list_hurt()) for n in each.numbers}
    explained = {each.number for each in ELSEWHERE}
    assert stores | explained == {*ALL_NUMBERS}
    assert not stores & explained
    for path, name in (test.split("::") for each in ELSEWHERE for test in each.tests):
        assert f"\ndef {name}(" in (ROOT / path).read_text(encoding="utf-8")
