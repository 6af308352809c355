"""What every SQL engine stores of rows, events and commands, its checksums, and reading it back.

Times are text in UTC with six digits and a Z: such text sorts as time does. Flags are 0 and 1.
So a row is the same on every engine, and may be copied from one to another as it is.
"""

import json
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from json.encoder import c_make_encoder, encode_basestring  # type: ignore[attr-defined]
from typing import Any, NamedTuple
from zlib import crc32

from phananh.errors import CorruptError
from phananh.regulation.cleaning import fold_id, to_vietnam_time
from phananh.regulation.events import Event
from phananh.regulation.figures import to_seconds
from phananh.regulation.request import Channel, Kind, State
from phananh.stores.base import CaseFigures, Change, Command, CommandRecord, IndexRow
from phananh.stores.codec import UnreadableError, decode, encode, reads_as_given
from phananh.stores.conflicts import new_salt
from phananh.stores.index_row import ROLES
from phananh.stores.paging import format_instant

CHANGING = (
    "version", "state", "holder", "holder_id", "holder_key", "unit", "unit_key", "kind", "since",
    "updated_at", "due", "is_open", "late", "rules", "calendar", "calendar_version",
    "filters", "recorded_at", "urgent_at", "officer_key", "holder_accused",
    "officer_unit_key",
)  # fmt: skip
FIXED = ("case_id", "received_at", "channel", "code")
COLUMNS = (*CHANGING, *FIXED, "crc")
_RECORDED = COLUMNS.index("recorded_at")
_FIXED_AT, _CRC = len(CHANGING), len(COLUMNS) - 1
_FIRST_FIGURE = 6  # behind the columns that the same text holds
# How new rows are told: code of schema 5 writes no blank, and leaves `holder_accused` as it was.
MARK = "[ "
# What JSONEncoder.encode makes anew for each text, which takes as long as to write one.
_encode = c_make_encoder(
    None, None, encode_basestring, None, ":", ",", sort_keys=False, skipkeys=False, allow_nan=True
)
# The events that were read or written last, by the values of their rows.
RECENT: "OrderedDict[Values, Event]" = OrderedDict()
_MOST_RECENT = 128
_JOINED = ["\0".join(["%s"] * count) for count in range(24)]  # faster than repr of a tuple

Values = tuple[Any, ...]

_STATES = {each.value: each for each in State}
_KINDS = {each.value: each for each in Kind}
_CHANNELS = {each.value: each for each in Channel}


def checksum(*values: Any) -> int:
    """Return the number that tells whether stored values are still as they were written."""
    return crc32((_JOINED[len(values)] % values).encode())


def event_checksum(case: str, n: int, kind: str, at: str, body: str) -> int:
    """Return the `checksum` of a stored event, without copying its body, the most of it."""
    return crc32(str(body).encode(), crc32(f"{case}\0{n}\0{kind}\0{at}\0".encode()))


def row_values(row: IndexRow) -> tuple[Any, ...]:
    """Return the values of COLUMNS, the last of which is their checksum."""
    moment, limit, urgent_at, recorded_at = row.updated_at, row.due, row.urgent_at, row.recorded_at
    updated, due = format_instant(moment), None if limit is None else format_instant(limit)
    values = (
        row.version, row.state._value_, row.holder._value_ if row.holder else None, row.holder_id,
        None if row.holder_id is None else fold_id(row.holder_id),
        row.unit, None if row.unit is None else fold_id(row.unit), row.kind._value_,
        updated if row.since is moment else format_instant(row.since), updated,
        due, int(row.is_open), int(row.late),
        row.rules, row.calendar, row.calendar_version, _write_figures(row),
        updated if recorded_at is moment else recorded_at and format_instant(recorded_at),
        due if urgent_at is limit else urgent_at and format_instant(urgent_at),
        None if row.officer_id is None else fold_id(row.officer_id),
        None if row.holder_accused is None else int(row.holder_accused),
        None if row.waiting_unit is None else fold_id(row.waiting_unit),
        row.case, format_instant(row.received_at), row.channel._value_, row.code,
    )  # fmt: skip
    return *values, row_checksum(values, values[_RECORDED])


def _write_figures(row: IndexRow) -> str:
    """Return what the column `filters` holds: figures, and what no list is filtered by.

    Code of earlier versions, which filtered by it once, leaves it empty.
    """
    if row.figures is None:
        return ""
    text = "".join(_encode([
        row.officer_id, row.officer_unit,
        None if row.missed_due is None else format_instant(row.missed_due),
        None if row.answered_at is None else format_instant(row.answered_at),
        row.answered_by, row.answered_unit, *row.figures,
    ], 0))  # fmt: skip
    return text if row.holder_accused is None else MARK + text[1:]


def _read_figures(text: str) -> dict[str, Any]:
    if not text.startswith("["):
        return {}
    officer, officer_unit, missed, answered, by, unit, *figures = json.loads(text)
    return {
        "officer_id": officer, "officer_unit": officer_unit,
        "missed_due": None if missed is None else _read(missed),
        "answered_at": None if answered is None else _read(answered),
        "answered_by": None if by is None else ROLES[by], "answered_unit": unit,
        "figures": tuple([tuple(each) for each in figures]),
    }  # fmt: skip


def read_case_figures(
    case: str, kind: str, channel: str, received_at: str, figures: str
) -> CaseFigures:
    """Return what a report reads of a row."""
    found = json.loads(figures)[_FIRST_FIGURE:] if figures.startswith("[") else None
    return CaseFigures(case, kind, channel, to_seconds(datetime.fromisoformat(received_at)), found)


def row_checksum(values: Sequence[Any], recorded_at: object) -> int:
    """Return the checksum of a row, which is that of earlier versions without `recorded_at`.

    `values` may end before it. It leaves out the columns that only order and find rows, and follow
    from the others.
    """
    given = () if recorded_at is None else (recorded_at,)
    return checksum(*values[:_RECORDED], *given, *values[_FIXED_AT:_CRC])


def changed_values(row: IndexRow, expected: int) -> tuple[Any, ...]:
    """Return the changes of a later version, its checksum, and its case and version."""
    values = row_values(row)
    return *values[:_FIXED_AT], values[_CRC], row.case, expected


@lru_cache(maxsize=1024)  # a new case has one time thrice, and lists are shown again
def _read(text: str) -> datetime:
    return to_vietnam_time(datetime.fromisoformat(text))


def read_row(values: Sequence[Any]) -> IndexRow:
    """Return the row that `find` selected.

    Raises:
        UnreadableError: it is not as it was written.
    """
    (
        version, state, holder, holder_id, _, unit, _, kind, since, updated_at,
        due, is_open, late, rules, calendar, calendar_version, figures, recorded_at, _, _, accused,
        _, case, received_at, channel, code, crc,
    ) = values  # fmt: skip
    if row_checksum(values, recorded_at) != crc:
        recorded_at = None  # code of an earlier version leaves the column as it was
        if row_checksum(values, recorded_at) != crc:
            raise UnreadableError("checksum_differs")
    return IndexRow(
        case=case, version=version, state=_STATES[state],
        holder=None if holder is None else ROLES[holder], holder_id=holder_id, unit=unit,
        kind=_KINDS[kind], channel=_CHANNELS[channel], received_at=_read(received_at),
        since=_read(since),
        updated_at=_read(updated_at),
        recorded_at=None if recorded_at is None else _read(recorded_at),
        due=None if due is None else _read(due), is_open=bool(is_open), late=bool(late), code=code,
        rules=rules, calendar=calendar, calendar_version=calendar_version,
        **_read_figures(figures),
        holder_accused=bool(accused) if figures.startswith(MARK) else None,
    )  # fmt: skip


class Batch(NamedTuple):
    """The rows of a commit, as values of its statements. Each case is in it once.

    `new` and `changed` are in the order of the ids, so that two commits wait for each other without
    a deadlock. `events` and `personal` are in the order of the list.
    """

    new: list[Values]
    changed: list[Values]
    events: list[Values]
    personal: list[Values]
    commands: list[Values]


def make_batch(changes: Sequence[Change]) -> Batch:
    """Return the values of all changes. Those of one case must continue each other."""
    batch, expected, rows = Batch([], [], [], [], []), dict[str, int](), dict[str, IndexRow]()
    for change in changes:
        _add_events(batch, change)
        expected.setdefault(change.case, change.expected)
        rows[change.case] = change.row
    for case in sorted(rows):
        if expected[case]:
            batch.changed.append(changed_values(rows[case], expected[case]))
        else:
            batch.new.append(row_values(rows[case]))
    return batch


def _add_events(batch: Batch, change: Change) -> None:
    commands, salt = change.commands, new_salt()
    keyed = commands and [each.version for each in commands if each.is_personal]
    for event in change.events:
        case, n, (body, private) = event.case, event.n, encode(event, salt)
        values = (case, n, type(event).__name__, format_instant(event.at), body)
        row = (*values, event_checksum(*values))
        batch.events.append(row)
        own = (salt, private or "{}") if private or n in keyed else (None, None)
        if own[0]:
            batch.personal.append((*own, case, n))
        if reads_as_given(event):
            _remember((*row, *own, None), event)
    if commands:
        batch.commands.extend([bind_command(change.case, each, salt) for each in commands])


def bind_command(case: str, command: Command, salt: bytes) -> Values:
    """Return the values of a command, the last of which is their checksum."""
    values = (
        command.id,
        case,
        command.version,
        CommandRecord.of(command, case, salt).digest,
        int(command.is_personal),
    )
    return *values, checksum(*values)


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


def _remember(row: Values, event: Event) -> Event:
    RECENT[row] = event
    if len(RECENT) > _MOST_RECENT:
        with suppress(KeyError):  # an erasure has just cleared it
            RECENT.popitem(last=False)
    return event


def recall_event(*row: Any) -> Event:
    """Return a stored event like `read_event`, sooner if the very row was just read or written."""
    return RECENT.get(row) or _remember(row, read_event(*row))


def read_history(
    case: str, rows: Sequence[Any], read: Callable[..., Event] = read_event
) -> tuple[Event, ...]:
    """Return the events of a case from the rows of `load`, of which there is one or more.

    Raises:
        CorruptError: a version cannot be read or is missing, or the index row is not of the last.
    """
    for n, row in enumerate(rows, 1):
        if row[0] != n:
            raise missing_event_error(case, n)
    stored, count = rows[0][-1], len(rows)
    if stored != count:
        if type(stored) is int and stored > count:
            raise missing_event_error(case, count + 1)
        raise CorruptError(
            doing="loading", code="row_differs", value=stored, case=case, version=count
        )
    return tuple([read(case, *row[:-1]) for row in rows])


def missing_event_error(case: str, version: int) -> CorruptError:
    """Return the error for an event that is not there."""
    return CorruptError(doing="loading", code="event_missing", case=case, version=version)


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


def damaged_command_error(case: object, version: object) -> CorruptError:
    """Return the error for a command that is lost, or not as it was written."""
    return CorruptError(
        doing="finding_command",
        code="checksum_differs",
        case=str(case),
        version=(version if type(version) is int else 0),
    )
