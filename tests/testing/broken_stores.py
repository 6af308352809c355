"""Stores with one fault each, of every kind, and what the suite must say of it."""

# ruff: noqa: D102  # each class says what it does wrong; the methods are the store's

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import attrs

from phananh.errors import ConflictError, StoreError
from phananh.regulation.cleaning import fold_marks
from phananh.regulation.events import Event
from phananh.stores.base import FeedEntry, Lease, Page, Query
from phananh.stores.memory import MemoryStore
from phananh.testing.conformance import StoreConformance
from tests.testing.file_store import FileStore, FileSuite, record_by_parts

BROKEN: list[tuple[type[StoreConformance], str, str]] = []
RACE = "test_one_of_racing_changes_is_recorded"


def found(said: str, test: str = "") -> Callable[[type[MemoryStore]], type[MemoryStore]]:
    """Enter the store below, with a part of what the suite must say of it.

    A test is named if others find the store too, and take longer.
    """

    def add(store: type[MemoryStore]) -> type[MemoryStore]:
        if issubclass(store, FileStore):
            suite: Any = type(store.__name__, (FileSuite,), {"kind": store})
        else:
            hooks = {"make_store": lambda _self: store()}
            suite = type(store.__name__, (StoreConformance,), hooks)
        BROKEN.append((suite, said, test))
        return store

    return add


@found("scan(")
class FeedByTime(MemoryStore):
    """Shows the events of the feed in the order of their time."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        whole = sorted(super().scan(limit=10**6), key=lambda entry: entry.event.at)
        first = int(after or 0)
        return tuple(
            attrs.evolve(each, position=str(n))
            for n, each in enumerate(whole[first : first + limit], first + 1)
        )


@found("ConflictError")
class LastWriteWins(MemoryStore):
    """Puts what was decided on an old version in the place of what came since."""

    def _check_versions(self, changes: Any) -> None:
        for change in changes:
            self._histories[change.case] = self._histories.get(change.case, ())[: change.expected]


@found("'HB-0' came")
class HalfAList(MemoryStore):
    """Records the changes of a list one by one, up to the one that is refused."""

    def commit(self, changes: Any, /) -> None:
        for each in changes:
            super().commit([each])


@found("DuplicateError")
class CommandsTwice(MemoryStore):
    """Records a command again that it has recorded."""

    def _new_records(self, changes: Any) -> Any:
        for change in changes:
            for command in change.commands:
                self._records.pop(command.id, None)
        return super()._new_records(changes)


@found("the number of items")
class CutAtAHundred(MemoryStore):
    """Reads a hundred events of a case."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        return super().load(case)[:100]


@found("Query(")
class SkipsEqualKeys(MemoryStore):
    """Begins a page behind all rows of the last one's time."""

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        if query.after is None or not page.rows:
            return page
        last = datetime.fromisoformat(query.after.split("|")[1])
        return attrs.evolve(
            page, rows=tuple(row for row in page.rows if (row.due or row.received_at) != last)
        )


@found("erased")
class ErasesItsCacheLater(MemoryStore):
    """Keeps a copy of what was loaded, which an erasure does not reach."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._loaded: dict[tuple[str, int], tuple[Event, ...]] = {}

    def load(self, case: str, /) -> tuple[Event, ...]:
        history = super().load(case)
        return self._loaded.setdefault((case, len(history)), history)


@found("'Nguyễn Thị Bí Mật' is still there")
class SearchesWhatWasErased(MemoryStore):
    """Keeps the texts that were searched, in lower case and without marks."""

    def iter_texts(self) -> Iterator[tuple[str, str]]:
        seen = dict.fromkeys((case, fold_marks(text)) for case, text in super().iter_texts())
        self._seen = {**getattr(self, "_seen", {}), **seen}
        return iter(sorted(self._seen, key=lambda each: each[0], reverse=True))


@found("a position back")
class PositionsGoBack(MemoryStore):
    """Takes any position for the next."""

    def advance(self, lease: Lease, position: str, /, *, until: Any = None) -> Lease:
        with self._lock:
            self._leases[lease.consumer] = attrs.evolve(self._require_lease(lease), position=None)
            return super().advance(lease, position, until=until)


@found("a store wraps what it does not expect")
class RaisesItsOwnError(MemoryStore):
    """Raises what a dictionary raises."""

    def commit(self, changes: Any, /) -> None:
        try:
            super().commit(changes)
        except ConflictError as error:
            raise KeyError(error.case) from error


@found("`content`")
class CutsTexts(MemoryStore):
    """Cuts a text at 255 characters."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        return tuple(_cut(event) for event in super().load(case))


def _cut(event: Any) -> Event:
    content = getattr(event, "content", None)
    cut: Event = attrs.evolve(event, content=content[:255]) if isinstance(content, str) else event
    return cut


@found("`at`")
class RoundsInstants(MemoryStore):
    """Keeps instants to the millisecond."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        return tuple(
            attrs.evolve(
                event, at=event.at.replace(microsecond=event.at.microsecond // 1000 * 1000)
            )
            for event in super().load(case)
        )


@found("count(")
class CountsWhatItCounted(MemoryStore):
    """Counts once, and remembers it."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._counted: dict[str, int] = {}

    def count(self, query: Query, /, *, limit: int = 1000) -> int:
        return self._counted.setdefault(repr((query, limit)), super().count(query, limit=limit))


@found("late=True")
class ForgetsAFilter(MemoryStore):
    """Does not filter by `late`."""

    def find(self, query: Query, /) -> Page:
        return super().find(attrs.evolve(query, late=None))


@found("claim(")
class TwoWorkers(MemoryStore):
    """Gives a consumer to whoever asks for it."""

    def claim(self, consumer: str, /, now: Any, until: Any, *, start: Any = None) -> Lease | None:
        if consumer in self._leases:
            self._leases[consumer] = attrs.evolve(self._leases[consumer], until=now)
        return super().claim(consumer, now, until, start=start)


@found("hb 1")
class IdsWithoutCapitals(MemoryStore):
    """Finds a case by its id in any letters."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        names = {name.lower(): name for name in self._histories}
        return super().load(names.get(case.lower(), case))


@found("says '")
class TellsTheCode(MemoryStore):
    """Says in a refusal what the tracking code was."""

    def _new_codes(self, changes: Any) -> Any:
        for each in changes:
            if self._codes.get(each.row.code, each.case) != each.case:
                raise StoreError(doing="recording", problem=f"{each.row.code} is taken")
        return super()._new_codes(changes)


@found("not a tuple")
class GivesItsList(MemoryStore):
    """Gives out the list of rows that it keeps."""

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        return attrs.evolve(page, rows=list(page.rows))


@found("one is recorded", RACE)
class LooksThenRecords(MemoryStore):
    """Compares the versions, lets other threads run, and records."""

    def _check_versions(self, changes: Any) -> None:
        super()._check_versions(changes)
        self._lock.release()
        time.sleep(0.0005)
        self._lock.acquire()


@found("of two processes", "test_one_of_racing_processes_wins")
class LocksThreadsOnly(FileStore):
    """Has a lock that another process does not see."""

    _mine = threading.RLock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        with self._mine:
            self.catch_up()
            time.sleep(0.002)
            yield


@found("acknowledged before a kill", "test_acknowledged_acts_survive_a_kill")
class WritesInClose(FileStore):
    """Keeps what is recorded in memory until it is closed."""

    capabilities = frozenset({"durable", "lists"})

    def append(self, data: bytes) -> None:
        self._waiting = [*getattr(self, "_waiting", []), data]

    def close(self) -> None:
        for data in getattr(self, "_waiting", []):
            super().append(data)
        self._waiting = []


@found("a killed process", "test_act_of_a_killed_process_is_whole_or_absent")
class WritesAListInSteps(FileStore):
    """Writes the first change of a list, and after a while the others."""

    def commit(self, changes: Any, /) -> None:
        with self.turn():
            self._new_records(changes)
            self._check_versions(changes)
            self._new_codes(changes)
        record_by_parts(self, changes)


@found("a failed act is there", "test_failed_act_is_an_error_and_whole_or_absent")
class KeepsWhatWasLost(FileStore):
    """Holds in memory what is not in the file."""

    def undo(self, before: dict[str, Any]) -> None:
        """Change nothing back."""


@found("whose version", "test_lost_event_is_a_corrupt_error")
class ReadsWhatIsLeft(FileStore):
    """Returns a history with a hole."""

    def check_whole(self, case: str, history: tuple[Event, ...]) -> None:
        """Look at nothing."""


@found("is not done after", "test_wait_for_others_ends")
class WaitsForEver(FileStore):
    """Waits until the lock is free."""

    def lock(self, file: Any) -> None:
        self.timeout = 20.0
        super().lock(file)
