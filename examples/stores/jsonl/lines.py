"""A line of the log: one event, what was recorded beside it, and a checksum of each half.

    {"sums":"<of head><of body>","head":{...},"body":{...}}

The head says whose the line is, so a damaged body puts no other case in doubt, and which commands
it records, so they are known although what they said is not.
"""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, cast
from zlib import crc32

from phananh import Channel, Kind, Role, State
from phananh.errors import CorruptError
from phananh.events import Event
from phananh.stores import Change, CommandRecord, IndexRow, Lease, decode, encode

Part = dict[str, Any]
_HEAD, _BODY = len('{"sums":"0123456789abcdef","head":'), b',"body":'  # no text holds the latter
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_TIMES = (
    "received_at", "since", "updated_at", "recorded_at", "due", "missed_due", "answered_at",
)  # fmt: skip


def write_line(head: Part, body: Part | None) -> bytes:
    """Return a line; no body is a damaged one of which nothing is kept."""
    texts = [_dump(part).encode() for part in (head, body)]
    sums = b"%08x%08x" % (crc32(texts[0]), crc32(texts[1]))
    return b'{"sums":"%s","head":%s%s%s}\n' % (sums, texts[0], _BODY, texts[1])


def read_line(line: bytes) -> tuple[Part | None, Part | None]:
    """Return head and body of a line without its newline; None is one that is damaged."""
    head, _, body = line[_HEAD:-1].partition(_BODY)
    pairs = ((head, line[9:17]), (body, line[17:25]))
    one, other = (json.loads(text) if b"%08x" % crc32(text) == crc else None for text, crc in pairs)
    return one, other


def write_commit(changes: Sequence[Change], first: int) -> bytes:
    """Return the lines of a commit; `more` says how many of it follow, so that none is missed."""
    events = [(change, event) for change in changes for event in change.events]
    lines = []
    for i, (change, event) in enumerate(events):
        head = {
            "n": first + i,
            "more": len(events) - 1 - i,
            "case": change.case,
            "version": event.n,
            "commands": [each.id for each in change.commands if each.version == event.n],
        }
        lines.append(write_line(head, _write_body(change, event)))
    return b"".join(lines)


def _write_body(change: Change, event: Event) -> Part:
    salt = secrets.token_bytes(16)
    text, personal = encode(event, salt)
    body = {"type": type(event).__name__, "event": text, "personal": personal, "salt": salt.hex()}
    commands = {
        each.id: [CommandRecord.of(each, change.case, salt).digest, each.is_personal]
        for each in change.commands
        if each.version == event.n
    }
    is_last = event is change.events[-1]
    return {**body, "commands": commands, "row": write_row(change.row) if is_last else None}


def read_event(head: Part, body: Part | None) -> Event | CorruptError:
    """Return the event, or the error that stands for it."""
    key = {"case": head["case"], "version": head["version"]}
    try:
        if body is None:
            raise CorruptError(doing="reading_event", code="checksum_differs", **key)
        salt = bytes.fromhex(body["salt"])
        return decode(body["type"], body["event"], body["personal"], salt, **key)
    except CorruptError as error:
        facts: Part = {**error.facts, "position": str(head["n"])}
        return CorruptError(code=error.code, **key, **facts)


def write_row(row: IndexRow) -> Part:
    """Return the row as plain data."""
    return row.as_dict(personal=True)


def read_row(body: Part) -> IndexRow | None:
    """Return the row of the case; it stands with the last event of a change."""
    row = body["row"]
    if row is None:
        return None
    times = {name: row.get(name) and datetime.fromisoformat(row[name]) for name in _TIMES}
    words = {"state": State(row["state"]), "kind": Kind(row["kind"])}
    words |= {"channel": Channel(row["channel"]), "holder": row["holder"] and Role(row["holder"])}
    words["answered_by"] = row.get("answered_by") and Role(row["answered_by"])
    figures = None if row.get("figures") is None else tuple(map(tuple, row["figures"]))
    return IndexRow(**{**row, **times, **words, "figures": figures})


def read_records(
    head: Part, body: Part | None, event: Event | CorruptError
) -> Mapping[str, CommandRecord | CorruptError]:
    """Return the commands that led to the event; their one key is the salt of its texts.

    Of a damaged line the head says which they were, so that none is recorded again.
    """
    if body is None:
        return dict.fromkeys(head.get("commands", ()), cast(CorruptError, event))
    salt, records = bytes.fromhex(body["salt"]), dict[str, CommandRecord | CorruptError]()
    for name, (digest, is_personal) in body["commands"].items():
        records[name] = CommandRecord(
            command=name, case=head["case"], version=head["version"], digest=digest,
            salt=salt if is_personal and salt else None, is_erased=is_personal and not salt,
        )  # fmt: skip
    return records


def erase_line(line: bytes, case: str, at: str) -> bytes:
    """Return a line of the case without what is personal, and any other as it is."""
    head, body = read_line(line)
    if head is None or head["case"] != case:
        return line
    if body is not None and body["salt"]:
        body |= {"personal": None, "salt": "", "erased_at": at}
    return write_line(head, body).rstrip(b"\n")


def write_leases(leases: Iterable[Lease]) -> bytes:
    """Return the leases of all consumers as one line."""
    return write_line({}, {each.consumer: each.as_dict() for each in leases})


def read_leases(line: bytes) -> dict[str, Lease] | None:
    """Return the leases by their consumers; None if the line is damaged."""
    _, kept = read_line(line.rstrip(b"\n"))
    if kept is None:
        return None
    at = datetime.fromisoformat
    return {name: Lease(**{**each, "until": at(each["until"])}) for name, each in kept.items()}
