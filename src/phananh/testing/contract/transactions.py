"""Contract: an act in a transaction of the application is committed or rolled back with it."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from phananh.errors import ConflictError, DuplicateError, StoreError
from phananh.stores.base import Query
from phananh.testing.contract.checks import check, check_same, expect_refused
from phananh.testing.contract.children import ChildProcess
from phananh.testing.contract.consumers import claim
from phananh.testing.contract.suite import ContractTests
from phananh.testing.sample_events import START, change, completed, received

PATIENCE = 2.0  # seconds after which a reader is taken to wait for the transaction's end


class UndoError(Exception):
    """Raised by a test inside the application's transaction, to roll it back."""


def list_calls(position: str) -> dict[str, Callable[[Any], object]]:
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


class TransactionTests(ContractTests):
    """The transactions of an application."""

    def _new_bound(self, *changes: Any) -> Any:
        store = self.new_store(*changes)
        self.need(store, "external_transaction")
        return store

    def _read_all(self, store: Any) -> tuple[object, ...]:
        histories = [store.load(case) for case in ("HB-1", "HB-2", "HB-3")]
        rows = store.find(Query()).rows
        return histories, rows, store.scan(), store.find_command("c")

    def test_no_call_ends_the_transaction(self) -> None:
        """Whatever is called in the application's transaction, its rollback undoes all of it."""
        store = self._new_bound(change(received("HB-1")))
        before = self._read_all(store)
        for name, call in list_calls(store.scan()[0].position).items():
            with suppress(UndoError), self.transaction(store) as bound:
                bound.commit([change(received("HB-2"), command="c")])
                check(len(bound.load("HB-2")) == 1, "an act is not seen inside the transaction")
                call(bound)
                raise UndoError
            check(
                self._read_all(store) == before,
                f"{name} ended the transaction: what was recorded before it was kept",
            )

    def test_refusals_leave_the_application_its_work(self) -> None:
        """After a conflict, a duplicate or a failure the rest is committed, and no part of it."""
        known = change(received("HB-1", code_digest="same"), command="known")
        store = self._new_bound(known)
        rivals = [change(received("HB-3")), change(received("HB-1"))]
        wrong = (received("HB-4", code_digest="same"), completed("HB-4", 2))
        with self.transaction(store) as bound:
            bound.commit([change(received("HB-2"))])
            lists = "lists" in store.capabilities
            expect_refused(ConflictError, bound, *(rivals if lists else rivals[1:]))
            expect_refused(DuplicateError, bound, known)
            expect_refused(StoreError, bound, change(*wrong, command="c"))
            check_same((), bound.load("HB-4"), "a failed case before the transaction ends")
            bound.commit([change(received("HB-5"))])
        check_same(
            ["HB-2", "HB-5"],
            [case for case in ("HB-2", "HB-3", "HB-4", "HB-5") if store.load(case)],
            "the cases that the application committed",
        )
        check(store.find_command("c") is None, "the command of what failed was recorded")
        check_same(
            ["HB-1", "HB-2", "HB-5"],
            sorted(row.case for row in store.find(Query()).rows),
            "the cases of a list",
        )

    def test_position_of_a_consumer_joins_the_transaction(self) -> None:
        """The handler's own rows and the position are recorded together, or neither is."""
        store = self._new_bound(change(received("HB-1")), change(received("HB-2")))
        positions = [entry.position for entry in store.scan()]
        lease = claim(store)
        with suppress(UndoError), self.transaction(store) as bound:
            bound.advance(lease, positions[1])
            raise UndoError
        with self.transaction(store) as bound:
            lease = bound.advance(lease, positions[0])
        store.release(lease)
        check_same(positions[0], claim(store).position, "the position of the consumer")

    def test_others_see_nothing_before_the_end(self) -> None:
        """Until a transaction ends, another process reads no part of it, or waits for it."""
        store = self._new_bound(change(received("HB-1")))
        self.need(store, "multi_process")
        child = self.open_in_child(store)
        with self.transaction(store) as bound:
            bound.commit([change(received("HB-2"), command="c")])
            is_waiting = self._check_unseen(child)
        if is_waiting:
            child.finish()
        check(len(child.call("load", "HB-2")) == 1, "not seen after the transaction")
        check(child.call("find_command", "c") is not None, "its command is not seen after it")

    def _check_unseen(self, child: ChildProcess) -> bool:
        """Check that the child cannot read uncommitted work, and return whether a call waits."""
        for method, *args in (
            ("load", "HB-2"),
            ("find_command", "c"),
            ("find", Query()),
            ("scan",),
        ):
            child.start(method, *args)
            if not child.is_done(within=PATIENCE):
                return True
            with suppress(StoreError):  # a reader may be refused while another writes
                seen = repr(child.finish())
                check("HB-2" not in seen, f"{method} shows it before the transaction ends: {seen}")
        return False
