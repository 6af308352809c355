"""What twins switch off in stores: each class lacks one defence, and `on` puts it into a world."""

# ruff: noqa: D102  # each class says what it does wrong; the methods are the store's

import threading
from collections.abc import Callable, Sequence
from contextlib import nullcontext, suppress
from datetime import datetime, timedelta
from typing import Any

import attrs

from phananh.errors import ConflictError, CorruptError, StoreError
from phananh.regulation.values.events import Event
from phananh.stores import SqliteStore
from phananh.stores.base import Change, CommandRecord, FeedEntry, Lease, Page, Query, Store
from phananh.stores.memory import MemoryStore
from tests.adversarial.meeting import Wrapped
from tests.adversarial.rows import Off
from tests.adversarial.world import World


def on(kind: type[Store], words: str) -> Off:
    """Return the defence that a store of this kind lacks."""

    def change(world: World) -> None:
        world.store = kind()

    return Off(words, change)


class ChecksTooEarly(MemoryStore):
    """Checks the version, lets a rival check it too, and then records."""

    def __init__(self) -> None:  # noqa: D107  # the barrier of the rivals
        super().__init__()
        self.rivals = threading.Barrier(2)

    def commit(self, changes: Sequence[Change], /) -> None:
        self._check_versions(changes)
        if threading.current_thread() is not threading.main_thread():
            with suppress(threading.BrokenBarrierError):
                self.rivals.wait(0.5)
        for change in changes:
            self._record(change)


class ForgetsCommands(MemoryStore):
    """Keeps no command ids."""

    def _new_records(self, changes: Sequence[Change]) -> dict[str, CommandRecord]:
        return {}


class LeasesToEverybody(MemoryStore):
    """Gives a lease to whoever asks."""

    def claim(
        self, consumer: str, /, now: datetime, until: datetime, *, start: str | None = None
    ) -> Lease | None:
        self._leases.pop(consumer, None)
        return super().claim(consumer, now, until, start=start)


class TakesAnyContent(MemoryStore):
    """Takes whatever a command says for what it said before."""

    def find_command(self, command: str, /) -> CommandRecord | None:
        found = super().find_command(command)
        return found and attrs.evolve(found, is_erased=True)


class FillsGaps(MemoryStore):
    """Gives an event its place in the feed before it is recorded, behind a later one."""

    def _record(self, change: Change) -> None:
        last = self._feed[-1:]
        del self._feed[-1:]
        super()._record(change)
        self._feed += last


def record_apart(world: World) -> None:
    """Record at once what belongs to a transaction of the application."""
    world.store = SqliteStore(world.folder / "cases.db")
    world.transact_on = nullcontext


class SaysItIsDone(Wrapped):
    """Takes an act for recorded before it is: a failure of the disk goes unseen."""

    def commit(self, changes: Sequence[Change], /) -> None:
        with suppress(StoreError):
            self.store.commit(changes)


class BusyIsConflict(Wrapped):
    """Takes a lock that others hold for a conflict."""

    def commit(self, changes: Sequence[Change], /) -> None:
        try:
            self.store.commit(changes)
        except StoreError:
            raise ConflictError(case=changes[0].case, expected=changes[0].expected) from None


class WritesLater(Wrapped):
    """Keeps what was recorded, and writes it with the next act, or when it is closed."""

    def __init__(self, store: Any) -> None:  # noqa: D107  # nothing is kept yet
        super().__init__(store)
        self.kept: tuple[Change, ...] = ()

    def commit(self, changes: Sequence[Change], /) -> None:
        if self.kept:
            self.store.commit(self.kept)
        self.kept = tuple(changes)

    def close(self) -> None:
        self.store.commit(self.kept)
        self.store.close()


class SkipsDamage(SqliteStore):
    """Reads past what it cannot read."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        try:
            return super().load(case)
        except CorruptError:
            return ()


class SparesTexts(MemoryStore):
    """Erases the sender, and forgets what was said later."""

    def erase(self, case: str, *, at: datetime) -> None:
        before = self._histories[case]
        super().erase(case, at=at)
        self._histories[case] = (self._histories[case][0], *before[1:])


def wrapped(kind: type[Wrapped], words: str, *, is_file: bool = False) -> Off:
    """Return the defence that a store lacks which something is put around."""

    def change(world: World) -> None:
        open_file = world.open_file
        world.wrap = kind
        world.store = SqliteStore(world.folder / "twin.db") if is_file else world.store
        world.open_file = lambda *args, **more: kind(open_file(*args, **more))

    return Off(words, change)


def on_file(kind: type[SqliteStore], words: str) -> Off:
    """Return the defence that a store in a file lacks."""

    def change(world: World) -> None:
        world.store = kind(world.folder / "twin.db")

    return Off(words, change)


def opened(open_file: Callable[..., Store], words: str) -> Off:
    """Return the defence that is missing where a file is opened so."""

    def change(world: World) -> None:
        world.open_file = open_file

    return Off(words, change)


def replaced(where: Any, name: str, value: Any, words: str) -> Off:
    """Return the defence that is missing where this value stands in the place of ours."""
    return Off(words, lambda world: world.patch.setattr(where, name, value))


class FindsEarly(MemoryStore):
    """Lists what is due now among what was due before now."""

    def find(self, query: Query, /) -> Page:
        later = query.due_before and query.due_before + timedelta(microseconds=1)
        return super().find(attrs.evolve(query, due_before=later))


class FeedByTime(MemoryStore):
    """Puts the feed in the order of the times of the events, the last recorded first."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        found = super().scan(after, limit=limit)[::-1]
        return tuple(sorted(found, key=lambda entry: entry.event.at))
