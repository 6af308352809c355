"""Defects of stores in a transaction of the application."""

# each class says what it does wrong; the methods are the store's

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from phananh.errors import DuplicateError, PhanAnhError, StoreError
from phananh.stores.base import Change, FeedEntry, Store
from tests.testing.broken_stores.hurt.journal import TABLES
from tests.testing.broken_stores.hurt.seeded import found_by_suite
from tests.testing.broken_stores.hurt.suite import BoundJournal, TransactionSuite


@found_by_suite("test_others_see_nothing_before_the_end")
class ShowsItBeforeTheEnd(TransactionSuite):
    """Records at once, and takes it back if the application undoes its work."""

    @contextmanager
    def transaction(self, store: Any) -> Iterator[Store]:
        """Lend the store itself."""
        size = store.path.stat().st_size
        try:
            yield store
        except BaseException:
            with store.path.open("r+b") as file:
                file.truncate(size)
            raise


@found_by_suite("test_rolls_back_with_the_application", "B40")
class CommitsTheApplicationsWork(TransactionSuite):
    """Keeps what it recorded, whatever the application does."""

    @contextmanager
    def transaction(self, store: Any) -> Iterator[Store]:
        """Lend the store itself."""
        yield store


class _CommitsToRead(BoundJournal):
    """Ends the transaction that it reads in."""

    def __init__(self, store: Any) -> None:
        """Remember whose transaction it is, and how it began."""
        super().__init__(store)
        self.store, self.begin = store, store._copy_state()

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        for name in (*TABLES, "_feed"):
            setattr(self.store, name, getattr(self, name).copy())
        self.store._record_delta(self.begin)
        self.begin = self.store._copy_state()
        return super().scan(after, limit=limit)


@found_by_suite("test_no_call_ends_the_transaction")
class CommitsToRead(TransactionSuite):
    """Keeps what the application recorded, once the feed is read in its transaction."""

    bound_kind = _CommitsToRead


class _KeepsHalf(BoundJournal):
    """Writes the events before the engine refuses the change."""

    def commit(self, changes: Sequence[Change], /) -> None:
        try:
            super().commit(changes)
        except StoreError:
            for change in changes:
                self._histories[change.case] = change.events
            raise


@found_by_suite("test_failed_change_leaves_nothing_in_the_transaction")
class KeepsHalfOfAFailedChange(TransactionSuite):
    """Leaves the events of a change that failed to be committed with the rest."""

    bound_kind = _KeepsHalf


class _KeepsTheCommand(BoundJournal):
    """Writes the command before the engine refuses the change."""

    def commit(self, changes: Sequence[Change], /) -> None:
        try:
            super().commit(changes)
        except StoreError:
            self._records.update(self._new_records(changes))
            raise


@found_by_suite("test_failed_change_leaves_nothing_in_the_transaction")
class KeepsTheCommandOfAFailedChange(TransactionSuite):
    """Takes a change that failed for done when it is asked again."""

    bound_kind = _KeepsTheCommand


class _UndoesAll(BoundJournal):
    """Rolls the application's transaction back when an act is refused."""

    def commit(self, changes: Sequence[Change], /) -> None:
        try:
            super().commit(changes)
        except PhanAnhError as error:
            if self.undoes(error):
                self.__dict__.update({name: dict(self.begin[name]) for name in TABLES})
                self._feed = list(self.begin["_feed"])
            raise

    def __init__(self, store: Any) -> None:
        """Remember how it began."""
        super().__init__(store)
        self.begin = store._copy_state()

    def undoes(self, error: PhanAnhError) -> bool:
        """Tell whether an error ends the transaction."""
        return True


@found_by_suite("test_conflict_leaves_the_application_its_work")
class UndoesAllAtAConflict(TransactionSuite):
    """Loses what the application recorded before a conflict."""

    bound_kind = _UndoesAll


class _UndoesAtADuplicate(_UndoesAll):
    """Rolls back for a duplicate only."""

    def undoes(self, error: PhanAnhError) -> bool:
        return isinstance(error, DuplicateError)


@found_by_suite("test_known_command_leaves_the_application_its_work")
class UndoesAllAtADuplicate(TransactionSuite):
    """Loses what the application recorded before a retry that was known."""

    bound_kind = _UndoesAtADuplicate
