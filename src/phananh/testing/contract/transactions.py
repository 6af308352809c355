"""Contract: what is recorded in a transaction of the application is kept or undone with it."""

from contextlib import suppress

from phananh.errors import ConflictError
from phananh.testing.contract.base import (
    ContractTests,
    check,
    expect_error,
    read_capabilities,
    snapshot,
)
from phananh.testing.contract.consumers import claim
from phananh.testing.sample_events import change, received


class UndoError(Exception):
    """Raised by a test inside the application's transaction, to roll it back."""


class TransactionTests(ContractTests):
    """The transactions of an application."""

    def test_rolls_back_with_the_application(self) -> None:
        """What was recorded in the application's transaction is gone when that is undone."""
        self.skip_unless_declared("external_transaction")
        store = self.new_store(change(received("HB-1")))
        before = snapshot(store, "HB-1", "HB-2")
        try:
            with self.transaction(store) as bound:
                bound.commit([change(received("HB-2"), command="c")])
                check(len(bound.load("HB-2")) == 1, "not seen inside the transaction")
                raise UndoError
        except UndoError:
            check(snapshot(store, "HB-1", "HB-2") == before, "it committed by itself")
            check(store.find_command("c") is None, "the command was recorded")

    def test_commits_with_the_application(self) -> None:
        """What was recorded in the application's transaction is there when that is kept."""
        self.skip_unless_declared("external_transaction")
        store = self.new_store()
        with self.transaction(store) as bound:
            bound.commit([change(received("HB-1"))])
        check(len(store.load("HB-1")) == 1, "it was not kept")

    def test_conflict_leaves_the_application_its_work(self) -> None:
        """After a conflict in the application's transaction the rest of it can still be kept."""
        self.skip_unless_declared("external_transaction")
        store = self.new_store(change(received("HB-1")))
        with self.transaction(store) as bound:
            bound.commit([change(received("HB-2"))])
            rivals = [change(received(case)) for case in ("HB-3", "HB-1")]
            lists = "lists" in read_capabilities(store)
            expect_error(ConflictError, bound, *rivals if lists else rivals[1:])
            bound.commit([change(received("HB-4"))])
        found = [case for case in ("HB-2", "HB-3", "HB-4") if store.load(case)]
        check(found == ["HB-2", "HB-4"], f"kept were {found}")

    def test_position_of_a_consumer_joins_the_transaction(self) -> None:
        """What a handler writes and the position are recorded together, or neither is."""
        self.skip_unless_declared("external_transaction")
        store = self.new_store(change(received("HB-1")), change(received("HB-2")))
        positions = [entry.position for entry in store.scan()]
        lease = claim(store)
        with suppress(UndoError), self.transaction(store) as bound:
            bound.advance(lease, positions[1])
            raise UndoError
        with self.transaction(store) as bound:
            lease = bound.advance(lease, positions[0])
        store.release(lease)
        found = claim(store).position
        check(found == positions[0], f"the position is {found}, not {positions[0]}")
