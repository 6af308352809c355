"""A sound store in a file that many processes share, and its suite, for broken ones."""

import fcntl
import os
import pickle
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import IO, Any, ClassVar
from uuid import uuid4

from phananh.errors import CorruptError, StoreError
from phananh.regulation.events import Event
from phananh.stores.base import Capability, Change, Store
from phananh.stores.memory import MemoryStore
from phananh.testing.conformance import StoreConformance, full_disk

TABLES = ("_histories", "_rows", "_records", "_codes", "_leases")
READS = ("load", "find", "count", "find_command", "list_calendars", "scan")
WRITES = ("commit", "erase", "claim", "advance", "release")


class FileStore(MemoryStore):
    """What is in memory is the file, which is read on before each call. One process writes."""

    capabilities: frozenset[Capability] = frozenset({"durable", "multi_process", "lists"})
    timeout = 20.0

    def __init__(self, path: Path) -> None:
        """Read the file, or begin with an empty one."""
        super().__init__()
        self.path, self._end, self._process = path, 0, os.getpid()
        path.touch()

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Wait until no other thread or process calls, and read what they wrote."""
        if self._process != os.getpid():  # made by fork: a thread of the parent may have the lock
            self.__init__(self.path)  # type: ignore[misc]  # begins anew
        try:
            with self._lock, self.path.with_suffix(".lock").open("w") as file:
                self.lock(file)
                try:
                    self.catch_up()
                    yield
                finally:
                    fcntl.flock(file, fcntl.LOCK_UN)  # a child may hold a copy of the file
        except OSError as error:
            raise StoreError(doing="recording", where=str(self.path)) from error

    def lock(self, file: IO[str]) -> None:
        """Lock the file, or say after some seconds that others have it."""
        deadline = time.monotonic() + self.timeout
        while time.monotonic() < deadline:
            with suppress(BlockingIOError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            time.sleep(0.0002)
        raise StoreError(doing="recording", code="busy", seconds="20", where=str(self.path))

    def catch_up(self) -> None:
        """Take in the whole records behind the last that is known."""
        with self.path.open("rb") as file:
            file.seek(self._end)
            while (size := file.read(8)) and len(data := file.read(int(size))) == int(size):
                for name, change in pickle.loads(data).items():
                    getattr(self, name).extend(change) if name == "_feed" else getattr(
                        self, name
                    ).update(change)
                self._end = file.tell()

    def write(self, work: Callable[[], Any]) -> Any:
        """Do something in memory, and append to the file what it changed, or undo it."""
        with self.turn():
            before = {name: dict(getattr(self, name)) for name in TABLES}
            count = len(self._feed)
            answer = work()
            made: dict[str, Any] = {"_feed": self._feed[count:]}
            for name in TABLES:
                now = getattr(self, name).items()
                made[name] = {k: v for k, v in now if before[name].get(k) is not v}
            try:
                self.append(pickle.dumps(made))
            except OSError:
                del self._feed[count:]
                self.undo(before)
                raise
            return answer

    def undo(self, before: dict[str, Any]) -> None:
        """Put the memory back to what it was."""
        for name, value in before.items():
            setattr(self, name, value)

    def append(self, data: bytes) -> None:
        """Write a record behind the last whole one."""
        with self.path.open("r+b", buffering=0) as file:
            file.truncate(self._end)  # what a writer left that failed or was killed
            file.seek(self._end)
            if file.write(b"%8d" % len(data) + data) < len(data) + 8:
                raise OSError(28, "No space left on device")
            self._end = file.tell()

    def check_whole(self, case: str, history: tuple[Event, ...]) -> None:
        """Raise CorruptError unless a history is as long as its row says."""
        versions = [event.n for event in history]
        for n in range(1, (self._rows[case].version if case in self._rows else 0) + 1):
            if n not in versions:
                raise CorruptError(doing="loading", code="event_lost", case=case, version=n)


def _reading(name: str) -> Callable[..., Any]:
    def call(self: FileStore, *args: Any, **options: Any) -> Any:
        with self.turn():
            found = getattr(MemoryStore, name)(self, *args, **options)
            if name == "load":
                self.check_whole(args[0], found)
            return found

    return call


def _writing(name: str) -> Callable[..., Any]:
    def call(self: FileStore, *args: Any, **options: Any) -> Any:
        return self.write(lambda: getattr(MemoryStore, name)(self, *args, **options))

    return call


for _name in READS:
    setattr(FileStore, _name, _reading(_name))
for _name in WRITES:
    setattr(FileStore, _name, _writing(_name))


class FileSuite(StoreConformance):
    """The whole contract on files in the folder of the test."""

    kind: type[FileStore] = FileStore
    known_gaps: ClassVar = {
        "test_feed_goes_on_behind_a_lost_event": "the feed is that of the store in memory",
    }

    def make_store(self) -> Store:
        """Return a store in a new file."""
        return self.kind(self.folder / f"{uuid4().hex}.journal")

    def connect(self, store: Any) -> Store:
        """Return another handle on the file."""
        return self.kind(store.path)

    def impatient(self, store: Any) -> Store:
        """Return another handle, which waits shortly for the lock."""
        other = self.kind(store.path)
        other.timeout = 0.3
        return other

    def reopen(self, store: Any) -> Store:
        """Close the store and open it again."""
        store.close()
        return self.kind(store.path)

    def fail_next(self, store: Any) -> AbstractContextManager[object]:
        """Let the file grow by a torn record at most."""
        return full_disk(store.path, room=20)

    def hole(self, store: Any, case: str, version: int) -> Store:
        """Record a history without the event."""
        with store.turn():
            left = tuple(event for event in store._histories[case] if event.n != version)
            store.append(pickle.dumps({"_histories": {case: left}}))
        return self.kind(store.path)


def record_by_parts(store: FileStore, changes: list[Change]) -> None:
    """Record each change of a list for itself, with time between them."""
    for each in changes:
        store.write(lambda each=each: MemoryStore.commit(store, [each]))  # type: ignore[misc]  # a default argument
        time.sleep(0.02)
