"""The values that a SQL store reads back, each checked by its checksum to find damage."""

from collections.abc import Sequence
from typing import Any

from phananh.errors import CorruptError
from phananh.regulation.events import Event
from phananh.stores.base import CommandRecord, FeedEntry
from phananh.stores.codec import decode
from phananh.stores.conflicts import damaged_row_error
from phananh.stores.json_values import CORRUPTED
from phananh.stores.sql.rows import checksum, event_checksum, read_row


def read_event(
    case: str, n: int, kind: str, at: str, body: str, crc: int, salt: Any, data: Any, erased: Any
) -> Event:
    """Return a stored event. `erased` is the version up to which personal values were erased.

    Raises:
        CorruptError: it is not as it was written, or its personal values are lost.
    """
    if event_checksum(case, n, kind, at, body) != crc:
        raise CorruptError(doing="reading_event", code="checksum_differs", case=case, version=n)
    if type(data) is not str:
        data = None if type(erased) is int and n <= erased else "{}"
    return decode(kind, body, data, salt, case=case, version=n)


def read_history(case: str, rows: list[Any]) -> tuple[Event, ...]:
    """Return the events of a case from the rows of `load`, of which there is one or more.

    Raises:
        CorruptError: a version cannot be read or is missing, or the index row is not of the last.
    """
    for n, row in enumerate(rows, 1):
        if row[0] != n:
            raise _missing_event(case, n)
    stored = rows[0][-1]
    if stored != len(rows):
        if type(stored) is int and stored > len(rows):
            raise _missing_event(case, len(rows) + 1)
        code, n = "row_differs", len(rows)
        raise CorruptError(doing="loading", code=code, value=stored, case=case, version=n)
    return tuple([read_event(case, *row[:-1]) for row in rows])


def _missing_event(case: str, version: int) -> CorruptError:
    return CorruptError(doing="loading", code="event_missing", case=case, version=version)


def read_entries(rows: list[Any], *, after: int, last: int) -> tuple[FeedEntry, ...]:
    """Return the entries of `scan` up to a damaged one. Without entries, `last` was the last one.

    Raises:
        CorruptError: the first is damaged, lost or out of place. Its fact `position` resumes behind
            it, and is missing if no position does.
    """
    found: list[FeedEntry] = []
    for n, (position, case, *row, end) in enumerate(rows, after + 1):
        try:
            if position != n or n > end:
                raise _lost_entry(n, min(position - 1, end))
            found.append(FeedEntry(position=str(n), event=read_event(case, *row)))
        except CorruptError as error:
            if found:
                return tuple(found)
            if error.code != "entry_missing":
                error.facts = {**error.facts, "position": str(n)}
            raise
    if not rows and last != after:
        raise _lost_entry(after + 1, last)
    return tuple(found)


def _lost_entry(n: int, resumes: int) -> CorruptError:
    """Return the error for a position that is lost, and those up to `resumes` with it."""
    facts = {"position": str(resumes)} if resumes >= n else {}
    return CorruptError(doing="scanning", code="entry_missing", n=n, case="", version=0, **facts)


def check_row(case: str, values: Sequence[Any]) -> None:
    """Raise CorruptError for an index row that is not as it was written."""
    try:
        read_row(values)
    except CORRUPTED as error:
        raise damaged_row_error(case) from error


def read_command(row: tuple[Any, ...]) -> CommandRecord:
    """Return a stored command.

    Raises:
        CorruptError: it is not as it was written, or the salt of its digest is lost.
    """
    command, case, version, digest, is_personal, crc, salt, kept, erased = row
    if checksum(*row[:5]) != crc:
        raise damaged_command_error(case, version)
    is_erased = bool(is_personal) and type(erased) is int and version <= erased
    is_readable = kept == "text" and type(salt) is bytes
    if is_personal and (kept == "text" if is_erased else not is_readable):
        raise damaged_command_error(case, version)
    return CommandRecord(
        command=command,
        case=case,
        version=version,
        digest=digest,
        salt=salt if is_personal and not is_erased else None,
        is_erased=is_erased,
    )


def damaged_command_error(case: object = "", version: object = 0) -> CorruptError:
    """Return the error for a command that is lost, or not as it was written."""
    number = version if type(version) is int else 0
    return CorruptError(
        doing="finding_command", code="checksum_differs", case=str(case), version=number
    )
