"""A sound store in a file that many processes share: what is written is what changed in memory."""

# ruff: noqa: D102  # the methods are the store's

import copy
import fcntl
import os
import pickle
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from phananh.errors import CorruptError, StoreError
from phananh.regulation.events import Event
from phananh.stores.base import (
    CalendarUse,
    Capability,
    Change,
    CommandRecord,
    FeedEntry,
    Lease,
    Page,
    Query,
)
from phananh.stores.memory import MemoryStore
from phananh.stores.waiting import count_wait, time_left

TABLES = ("_histories", "_rows", "_records", "_codes", "_leases")
Delta = dict[str, Any]


def _try_lock(file: IO[str]) -> bool:
    with suppress(BlockingIOError):
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


class JournalStore(MemoryStore):
    """Histories in memory, and in a file that is read on before each call; one writes at a time."""

    capabilities: frozenset[Capability] = frozenset({"durable", "multi_process", "lists"})
    timeout = 20.0

    def __init__(self, path: Path) -> None:
        """Read the file, or begin with an empty one."""
        super().__init__()
        self.path, self._offset, self.failures = path, 0, 0
        self._process = os.getpid()
        path.touch()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Wait until no other thread or process reads or writes, and read what they wrote."""
        self._begin_in_child()
        with self._lock, self._open_lock() as file:
            self._wait_for(file)
            try:
                self._catch_up()
                yield
            finally:
                fcntl.flock(file, fcntl.LOCK_UN)  # a child may hold a copy of the file

    def _wait_for(self, file: IO[str]) -> None:
        """Lock the file, or say after some seconds that others have it."""
        with count_wait():
            deadline = time.monotonic() + time_left(self.timeout)
            while not _try_lock(file):
                if time.monotonic() >= deadline:
                    seconds = f"{self.timeout:g}"
                    where = str(self.path)
                    raise StoreError(doing="recording", where=where, code="busy", seconds=seconds)
                time.sleep(0.0002)

    def _open_lock(self) -> IO[str]:
        try:
            return self.path.with_suffix(".lock").open("w")
        except OSError as error:
            problem = f"no lock: {error}"
            raise StoreError(doing="opening", where=str(self.path), problem=problem) from error

    def _begin_in_child(self) -> None:
        """Make the lock anew after a fork, and read the file from its start."""
        if self._process != os.getpid():
            self._process, self._offset = os.getpid(), 0
            MemoryStore.__init__(self)

    def _catch_up(self) -> None:
        with self.path.open("rb") as file:
            file.seek(self._offset)
            while (size := file.read(8)) and len(data := file.read(int(size))) == int(size):
                self._take_in(pickle.loads(data))
                self._offset = file.tell()

    def _take_in(self, delta: Delta) -> None:
        for name in TABLES:
            getattr(self, name).update(delta[name])
        self._feed.extend(delta["_feed"])

    def _write(self, work: Callable[[], Any]) -> Any:
        with self._turn():
            before = self._copy_state()
            answer = work()
            self._record_delta(before)
            return answer

    def _record_delta(self, before: Delta) -> None:
        try:
            self._append(self._find_delta(before))
        except OSError as error:
            self._restore(before)
            self._fail(error)

    def _fail(self, error: OSError) -> None:
        raise StoreError(doing="recording", where=str(self.path), problem=str(error)) from error

    def _copy_state(self) -> Delta:
        return {name: copy.copy(getattr(self, name)) for name in (*TABLES, "_feed")}

    def _restore(self, state: Delta) -> None:
        for name, value in state.items():
            setattr(self, name, value)

    def _find_delta(self, before: Delta) -> Delta:
        delta: Delta = {"_feed": self._feed[len(before["_feed"]) :]}
        for name in TABLES:
            now, old = getattr(self, name), before[name]
            delta[name] = {key: value for key, value in now.items() if old.get(key) is not value}
        return delta

    def _append(self, delta: Delta) -> None:
        if self.failures:
            self.failures -= 1
            raise OSError(28, "No space left on device")
        data = pickle.dumps(delta)
        with self.path.open("r+b", buffering=0) as file:
            file.truncate(self._offset)  # what a writer left that failed or was killed
            file.seek(self._offset)
            written = file.write(b"%8d" % len(data) + data)
            if written < len(data) + 8:
                raise OSError(28, "No space left on device")
            self._offset = file.tell()

    def commit(self, changes: Sequence[Change], /) -> None:
        self._write(lambda: MemoryStore.commit(self, changes))

    def erase(self, case: str, *, at: datetime) -> None:
        self._write(lambda: MemoryStore.erase(self, case, at=at))

    def claim(
        self, consumer: str, /, now: datetime, until: datetime, *, start: str | None = None
    ) -> Lease | None:
        claim = MemoryStore.claim
        lease: Lease | None = self._write(lambda: claim(self, consumer, now, until, start=start))
        return lease

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        advance = MemoryStore.advance
        renewed: Lease = self._write(lambda: advance(self, lease, position, until=until))
        return renewed

    def release(self, lease: Lease, /) -> None:
        self._write(lambda: MemoryStore.release(self, lease))

    def load(self, case: str, /) -> tuple[Event, ...]:
        with self._turn():
            history = super().load(case)
            self._check_whole(case, history)
            return history

    def _check_whole(self, case: str, history: Sequence[Event]) -> None:
        length = self._rows[case].version if case in self._rows else 0
        versions = [event.n for event in history]
        for n in range(1, length + 1):
            if n not in versions:
                raise CorruptError(doing="loading", problem="lost", case=case, version=n)

    def find_command(self, command: str, /) -> CommandRecord | None:
        with self._turn():
            return super().find_command(command)

    def find(self, query: Query, /) -> Page:
        with self._turn():
            return super().find(query)

    def count(self, query: Query, /, *, limit: int = 1000) -> int:
        with self._turn():
            return super().count(query, limit=limit)

    def list_calendars(self) -> tuple[CalendarUse, ...]:
        with self._turn():
            return super().list_calendars()

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        with self._turn():
            first = int(after) if after and after.isdigit() else 0
            for end, (case, n) in enumerate(self._feed[first : first + limit], first):
                if all(event.n != n for event in self._histories[case]):
                    limit = self._end_page(case, n, end - first, end + 1)
                    break
            return tuple(self._read_entries(after, limit))

    def _read_entries(self, after: str | None, limit: int) -> Iterator[FeedEntry]:
        whole = {
            case: {event.n: event for event in history} for case, history in self._histories.items()
        }
        kept, self._histories = (
            self._histories,
            {
                case: tuple(events.get(n, events[max(events)]) for n in range(1, max(events) + 1))
                for case, events in whole.items()
            },
        )
        try:
            yield from super().scan(after, limit=limit)
        finally:
            self._histories = kept

    def _end_page(self, case: str, n: int, before: int, position: int) -> int:
        """Return how many entries come before damage, or say where it stands if there is none."""
        if not before:
            facts = {"case": case, "version": n, "position": str(position)}
            raise CorruptError(doing="scanning", problem="lost", **facts)
        return before
