"""Contract: an act in a transaction of the application is committed or rolled back with it."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from phananh.errors import ConflictError, DuplicateError, StoreError
from phananh.stores.base import Query, Store
from phananh.testing.contract.base import (
    ContractTests,
    check,
    check_absent,
    expect_error,
    read_capabilities,
    snapshot,
)
from phananh.testing.contract.consumers import claim
from phananh.testing.contract.harness.children import ChildProcess
from phananh.testing.sample_events import START, change, completed, received

PATIENCE = 2.0  # seconds after which a reader is taken to wait for the transaction's end


def list_calls(position: str) -> dict[str, Callable[[Store], object]]:
    """Return calls of a store, by what a message calls them. The position is one of its feed."""
    return {
        "load": lambda bound: bound.load("HB-2"),
        "find_command": lambda bound: bound.find_command("c"),
        "find": lambda bound: bound.find(Query()),
        "count": lambda bound: bound.count(Query()),
        "list_calendars": lambda bound: bound.list_calendars(),
        "scan": lambda bound: bound.scan(),
        "commit": lambda bound: bound.commit([change(received("HB-3"))]),
        "claim": claim,
        "advance": lambda bound: bound.advance(claim(bound), position),
        "release": lambda bound: bound.release(claim(bound)),
        "erase": lambda bound: bound.erase("HB-2", at=START),
    }


class UndoError(Exception):
    """Raised by a test inside the application's transaction, to roll it back."""


class TransactionTests(ContractTests):
    """The transactions of an application."""

    def test_rolls_back_with_the_application(self) -> None:
        """An act in the application's transaction is gone after its rollback."""
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

    def test_no_call_ends_the_transaction(self) -> None:
        """Whatever is called in the application's transaction, its rollback undoes all of it."""
        self.skip_unless_declared("external_transaction")
        store = self.new_store(change(received("HB-1")))
        before = snapshot(store, "HB-1", "HB-2")
        for name, call in list_calls(store.scan()[0].position).items():
            with suppress(UndoError), self.transaction(store) as bound:
                bound.commit([change(received("HB-2"), command="c")])
                call(bound)
                raise UndoError
            kept = snapshot(store, "HB-1", "HB-2") != before or store.find_command("c") is not None
            check(not kept, f"{name} ended the transaction: what was recorded before it was kept")

    def test_commits_with_the_application(self) -> None:
        """An act in the application's transaction is there after its commit."""
        self.skip_unless_declared("external_transaction")
        store = self.new_store()
        with self.transaction(store) as bound:
            bound.commit([change(received("HB-1"))])
        check(len(store.load("HB-1")) == 1, "it was not kept")

    def test_conflict_leaves_the_application_its_work(self) -> None:
        """After a conflict the rest of the application's transaction can still be committed."""
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
        """The handler's own rows and the position are recorded together, or neither is."""
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

    def test_others_see_nothing_before_the_end(self) -> None:
        """Until a transaction ends, another process reads no part of it, or waits for it."""
        self.skip_unless_declared("external_transaction")
        self.skip_unless_declared("multi_process")
        store = self.new_store(change(received("HB-1")))
        child = self.open_in_child(store)
        with self.transaction(store) as bound:
            bound.commit([change(received("HB-2"), command="c")])
            self._check_unseen(child)
        if child.is_busy:
            child.finish()
        check(len(child.store.load("HB-2")) == 1, "not seen after the transaction")
        check(child.store.find_command("c") is not None, "its command is not seen after it")

    def _check_unseen(self, child: ChildProcess) -> None:
        """Check that the child cannot read uncommitted work, and end at a call that waits."""
        calls: dict[str, tuple[Any, ...]] = {
            "load": ("HB-2",),
            "find_command": ("c",),
            "find": (Query(),),
            "scan": (),
        }
        for method, args in calls.items():
            child.start(method, *args)
            if not child.is_done(within=PATIENCE):
                return
            with suppress(StoreError):  # a reader may be refused while another writes
                seen = repr(child.finish())
                check("HB-2" not in seen, f"{method} shows it before the transaction ends: {seen}")

    def test_failed_change_leaves_nothing_in_the_transaction(self) -> None:
        """A change that the engine refused leaves no event, row or command. The rest is kept."""
        self.skip_unless_declared("external_transaction")
        store = self.new_store(change(received("HB-1", code_digest="same")))
        wrong = (received("HB-3", code_digest="same"), completed("HB-3", 2))
        with self.transaction(store) as bound:
            bound.commit([change(received("HB-2"))])
            expect_error(StoreError, bound, change(*wrong, command="c"))
            check_absent(bound, "HB-3", "half of it is there before the transaction ends")
            bound.commit([change(received("HB-4"))])
        found = [case for case in ("HB-2", "HB-3", "HB-4") if store.load(case)]
        check(found == ["HB-2", "HB-4"], f"kept were {found}")
        check(store.find_command("c") is None, "the command of what failed was recorded")
        cases = [row.case for row in store.find(Query()).rows]
        check("HB-3" not in cases, f"listed are {cases}")

    def test_known_command_leaves_the_application_its_work(self) -> None:
        """After a DuplicateError the rest of the application's transaction is committed."""
        self.skip_unless_declared("external_transaction")
        known = change(received("HB-1"), command="c")
        store = self.new_store(known)
        with self.transaction(store) as bound:
            bound.commit([change(received("HB-2"))])
            expect_error(DuplicateError, bound, known)
        check(len(store.load("HB-2")) == 1, "what was recorded before it is gone")
        check(len(store.load("HB-1")) == 1, "the duplicate was recorded")
