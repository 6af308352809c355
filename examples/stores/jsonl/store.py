"""Histories as JSON Lines in a folder, for several processes: a template of a store of your own.

    log.jsonl        an event a line, in the order of the feed; it only grows, but for erasures
    consumers.jsonl  the leases of consumers, written anew when one changes
    lock             held through each call

Rule 1: a call holds the lock from its first byte to its last, and first reads what others wrote.
Rule 2: what was acknowledged is on the disk; what follows the last whole commit was not: it is cut.
Rule 3: MemoryStore answers, and what it knows it has from lines that are in the log.
"""

import os
import secrets
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from errno import EDQUOT, ENOSPC
from io import FileIO
from pathlib import Path
from typing import Any, cast

import attrs

from phananh import MemoryStore, StoreError
from phananh.errors import CorruptError
from phananh.events import Event
from phananh.stores import Change, CommandRecord, FeedEntry, Lease, Page, Query

from .files import cut_file, lock_file, replace_file, write_durably
from .lines import (
    erase_line,
    read_event,
    read_leases,
    read_line,
    read_records,
    read_row,
    write_commit,
    write_leases,
)

_FORMAT = b'{"format":"phananh-jsonl-1","copy":"'
_FIRST = len(_FORMAT) + 35  # bytes of the first line; its `copy` is another after an erasure


class JsonlStore(MemoryStore):
    """Histories in a folder on a disk of this machine; threads and processes may share it."""

    capabilities: frozenset[Any] = frozenset({"durable", "multi_process", "lists"})

    def __init__(self, folder: str | Path, *, timeout: float = 5.0) -> None:
        """Open the folder, and make it if there is none.

        Args:
            folder: where the files are; only their owner may read a new one.
            timeout: how many seconds a call waits for others before it is a StoreError.
        """
        self.folder = Path(folder)
        self._timeout = timeout
        self._log, self._consumers = self.folder / "log.jsonl", self.folder / "consumers.jsonl"
        self._is_closed = False
        self._forget(b"")
        with self._turn("opening"):
            self._log.with_suffix(".part").unlink(missing_ok=True)  # left by an erasure, killed

    def _forget(self, first: bytes) -> None:
        """Know nothing of a log that begins with this line, so that it is read from there."""
        super().__init__()
        self._pid, self._first, self._end = os.getpid(), first, _FIRST

    @contextmanager
    def _turn(self, doing: str, **facts: Any) -> Iterator[FileIO]:
        """Hold the lock, know all that is in the log, and make one StoreError of any OSError."""
        wrong: dict[str, Any] = {"doing": doing, "where": str(self.folder), **facts}
        if self._is_closed:
            raise StoreError(code="store_closed", **wrong)
        try:
            if not self._first:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with lock_file(self.folder / "lock", self._timeout), self._open_log() as log:
                self._catch_up(log, wrong)
                yield log
        except OSError as error:
            raise StoreError(**_name_failure(error, self._timeout), **wrong) from error

    def _open_log(self) -> FileIO:
        if not self._first and not self._log.exists():  # later it is an error that it is gone
            replace_file(self._log, _new_first_line())
        return FileIO(self._log, "r+")

    def _catch_up(self, log: FileIO, wrong: dict[str, Any]) -> None:
        """Read what others wrote, and cut what one of them was killed over."""
        first, size = log.read(_FIRST), log.seek(0, os.SEEK_END)
        if not first.startswith(_FORMAT):
            raise StoreError(code="damaged_file", cause=self._log.name, **wrong)
        if (os.getpid(), first) != (self._pid, self._first) or size < self._end:
            self._forget(first)  # after a fork, an erasure by another, or a restored backup
        log.seek(self._end)
        data = log.read()
        if data:
            self._take_in(data)
            cut_file(log, self._end)  # and flush, as whoever wrote it was perhaps killed before

    def _take_in(self, data: bytes) -> None:
        """Fill the memory from the whole commits at the beginning of `data`."""
        try:
            self._apply_commits(data)
        except BaseException:  # an interrupt too: what was half taken in is read anew
            self._forget(self._first)
            raise

    def _apply_commits(self, data: bytes) -> None:
        lines: list[Any] = []
        size = 0
        for text in data.split(b"\n")[:-1]:
            head, body = read_line(text)
            size += len(text) + 1
            n = len(self._feed) + len(lines) + 1
            if head is None or head["n"] != n:  # it does not say whose it is
                raise _lost_line_error(self._log, n)
            lines.append((head, body))
            if not head["more"]:
                for line in lines:
                    self._apply(*line)
                self._end, size, lines = self._end + size, 0, []

    def _apply(self, head: dict[str, Any], body: dict[str, Any] | None) -> None:
        """Take in a line; a damaged one stands in the history as the error that it is."""
        case, event = head["case"], read_event(head, body)
        self._histories[case] = (*self._histories.get(case, ()), cast(Event, event))
        self._feed.append((case, head["version"]))
        self._records.update(cast(dict[str, CommandRecord], read_records(head, body, event)))
        if body is None:
            self._rows.pop(case, None)
            return
        row = read_row(body)
        if row is not None:
            self._rows[case] = row
            self._codes[row.code] = case

    def load(self, case: str, /) -> tuple[Event, ...]:
        """Return the history of a case."""
        with self._turn("loading"):
            history = super().load(case)
        _, error = _find_damage(history)
        if error is not None:
            raise error
        return history

    def commit(self, changes: Sequence[Change], /) -> None:
        """Record all the changes or none: what could not be written whole is cut again."""
        with self._turn("recording") as log:
            self._new_records(changes)  # first, because a retry breaks both keys
            self._check_versions(changes)
            self._new_codes(changes)
            data = write_commit(changes, len(self._feed) + 1)
            self._append(log, data)
            self._take_in(data)

    def _new_records(self, changes: Sequence[Change]) -> dict[str, CommandRecord]:
        for command in (each for change in changes for each in change.commands):
            self._find_record(command.id)  # one of a damaged line is no new one
        return super()._new_records(changes)

    def _append(self, log: FileIO, data: bytes) -> None:
        log.seek(self._end)
        try:
            write_durably(log, data)
        except BaseException:
            with suppress(OSError):  # if this fails too, the next call cuts it, or finds it whole
                cut_file(log, self._end)
            raise

    def find_command(self, command: str, /) -> CommandRecord | None:
        """Return what a command id led to."""
        with self._turn("finding_command"):
            return self._find_record(command)

    def _find_record(self, command: str) -> CommandRecord | None:
        """Return what is known of a command; one of a damaged line is the error that it is."""
        found: object = self._records.get(command)
        if isinstance(found, CorruptError):
            raise found.with_traceback(None)
        return cast(CommandRecord | None, found)

    def find(self, query: Query, /) -> Page:
        """Return a page of rows; the first names the cases whose row is damaged."""
        with self._turn("finding"):
            page = super().find(query)
            lost = () if query.after else sorted(self._histories.keys() - self._rows.keys())
        return attrs.evolve(page, damaged=tuple(lost))

    def count(self, query: Query, /, *, limit: int = 1000) -> int:
        """Return how many rows meet the query, up to `limit`."""
        with self._turn("finding"):
            return super().count(query, limit=limit)

    def count_by(self, query: Query, column: Any, /) -> dict[Any, int]:
        """Return how many rows meet the query, for each value of a column."""
        with self._turn("finding"):
            return super().count_by(query, column)

    def iter_figures(self, since: datetime, before: datetime, /) -> Iterator[Any]:
        """Yield the cases received before a moment that are open, or had an event since another."""
        with self._turn("finding"):
            found = [*super().iter_figures(since, before)]
        yield from found

    def iter_texts(self) -> Iterator[tuple[str, str]]:
        """Yield each text that came in of each case, the latest ids first."""
        with self._turn("finding"):
            found = [*super().iter_texts()]
        yield from found

    def load_many(self, cases: Collection[str], /) -> dict[str, tuple[Event, ...]]:
        """Return the history of each case, but for those unknown or damaged."""
        with self._turn("loading"):
            found = super().load_many(cases)
        return {case: each for case, each in found.items() if _find_damage(each)[1] is None}

    def list_calendars(self) -> tuple[Any, ...]:
        """Return which versions of calendars the running limits name."""
        with self._turn("finding"):
            return super().list_calendars()

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        """Return events in the order in which they were recorded, up to a damaged one."""
        with self._turn("scanning"):
            entries = super().scan(after, limit=limit)
        end, error = _find_damage([entry.event for entry in entries])
        if error is not None and end == 0:
            raise error
        return entries[:end]

    def claim(
        self, consumer: str, /, now: datetime, until: datetime, *, start: str | None = None
    ) -> Lease | None:
        """Return the lease of a consumer, or None while another holds it."""
        with self._turn("claiming"), self._stored_leases():
            return super().claim(consumer, now, until, start=start)

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        """Record how far a consumer has come, and renew its lease."""
        with self._turn("claiming"), self._stored_leases():
            return super().advance(lease, position, until=until)

    def release(self, lease: Lease, /) -> None:
        """End a lease, unless another claimed it since."""
        with self._turn("claiming"), self._stored_leases():
            super().release(lease)

    @contextmanager
    def _stored_leases(self) -> Iterator[None]:
        """Lend the leases as the disk has them, and write them if they change."""
        found = read_leases(self._consumers.read_bytes()) if self._consumers.exists() else {}
        if found is None:
            where = str(self._consumers)
            raise StoreError(doing="claiming", where=where, code="checksum_differs")
        self._leases, before = found, dict(found)
        yield
        if self._leases != before:
            replace_file(self._consumers, write_leases(self._leases.values()))

    def erase(self, case: str, *, at: datetime) -> None:
        """Write the log anew without what is personal of a case; the feed stays as it is."""
        with self._turn("erasing_case", case=case) as log:
            log.seek(_FIRST)
            old, when = log.read(), at.isoformat()
            new = b"\n".join(erase_line(line, case, when) for line in old.split(b"\n"))
            if new != old:
                log.close()  # Windows replaces no open file
                replace_file(self._log, _new_first_line() + new)

    def close(self) -> None:
        """Refuse further calls: between calls no file is open."""
        self._is_closed = True


def _new_first_line() -> bytes:
    return b'%s%s"}\n' % (_FORMAT, secrets.token_hex(16).encode())


def _name_failure(error: OSError, timeout: float) -> dict[str, Any]:
    """Return the code and facts of a StoreError."""
    if isinstance(error, TimeoutError):
        return {"code": "busy", "seconds": f"{timeout:g}"}
    is_full = error.errno in (ENOSPC, EDQUOT)
    return {"code": "disk_full" if is_full else "disk_failed", "cause": str(error)}


def _find_damage(events: Sequence[object]) -> tuple[int, CorruptError | None]:
    """Return how many events can be read, and the error that stands behind them."""
    for i, each in enumerate(events):
        if isinstance(each, CorruptError):
            return i, each.with_traceback(None)
    return len(events), None


def _lost_line_error(log: Path, n: int) -> CorruptError:
    """Return the error for a line that does not say whose it is: any case may lack an event."""
    where = str(log)
    return CorruptError(doing="opening", where=where, code="entry_missing", case="", version=0, n=n)
