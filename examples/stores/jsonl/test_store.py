"""The contract of a store, run against the template."""

import shutil
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any
from uuid import uuid4

from phananh.stores import IndexRow
from phananh.testing import StoreConformance

from .lines import read_line, write_line, write_row
from .store import JsonlStore


class TestJsonlStore(StoreConformance):
    """Everything that the store declares, and everything that can be done to its files."""

    def make_store(self) -> JsonlStore:
        """Return a store in a new folder."""
        return JsonlStore(self.folder / str(uuid4()))

    def connect(self, store: Any) -> JsonlStore:
        """Return another handle on the folder."""
        return JsonlStore(store.folder)

    def impatient(self, store: Any) -> JsonlStore:
        """Return another handle, which waits shortly for the lock."""
        return JsonlStore(store.folder, timeout=0.3)

    def reopen(self, store: Any) -> JsonlStore:
        """Close the store, and open its folder again."""
        store.close()
        return JsonlStore(store.folder)

    def stored_bytes(self, store: Any) -> bytes:
        """Return the bytes of all its files."""
        return b"".join(path.read_bytes() for path in store.folder.iterdir())

    def fail_next(self, store: Any) -> AbstractContextManager[object]:
        """Leave room for the beginning of a line."""
        return self.full_disk(store.folder / "log.jsonl", room=20)

    def hole(self, store: Any, case: str, version: int) -> JsonlStore:
        """Change a byte of what the line of an event says."""
        log = store.folder / "log.jsonl"
        first, *lines = log.read_bytes().splitlines(keepends=True)
        for i, line in enumerate(lines):
            head, _ = read_line(line[:-1])
            if head is not None and (head["case"], head["version"]) == (case, version):
                lines[i] = line.replace(b'"event":', b'"avent":')
        log.write_bytes(first + b"".join(lines))
        return self.reopen(store)

    def spoil(self, store: Any, old: str, new: str) -> JsonlStore:
        """Replace a text in the lines of the log."""
        log = store.folder / "log.jsonl"
        log.write_bytes(log.read_bytes().replace(old.encode(), new.encode()))
        return self.reopen(store)

    def back_up(self, store: Any) -> JsonlStore:
        """Copy the folder."""
        return JsonlStore(shutil.copytree(store.folder, self.folder / str(uuid4())))

    def store_old(self, store: Any, events: Sequence[Any], row: IndexRow) -> JsonlStore:
        """Write the lines of a history as they stand in an old log."""
        with (store.folder / "log.jsonl").open("ab") as log:
            for n, each in enumerate(events, 1):
                left = len(events) - n
                head = {"n": n, "more": left, "case": each.case, "version": each.version}
                body: dict[str, Any] = {"type": each.kind, "event": each.body}
                body |= {"personal": each.personal, "salt": each.salt.hex(), "commands": {}}
                log.write(write_line(head, body | {"row": None if left else write_row(row)}))
        return self.reopen(store)
