"""A sound store in memory that keeps checksums, and the suite that changes what it keeps."""

# ruff: noqa: D102  # the methods are the store's

import pickle
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import attrs

from phananh.errors import CorruptError
from phananh.regulation.events import Event
from phananh.stores.base import Change, CommandRecord, FeedEntry, IndexRow, Page, Query, Store
from phananh.stores.memory import MemoryStore
from phananh.testing.conformance import StoreConformance


class SummedStore(MemoryStore):
    """Keeps a sum of each event, row and command, and compares it when it reads."""

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self.sums: dict[tuple[Any, ...], int] = {}

    def commit(self, changes: Sequence[Change], /) -> None:
        for change in changes:
            for command in change.commands:
                self.find_command(command.id)
        super().commit(changes)
        for change in changes:
            self.sums["row", change.case] = hash(change.row)
            self._sum_events(change.case, change.events)
            self._sum_records([self._records[each.id] for each in change.commands])

    def _sum_events(self, case: str, events: Sequence[Event]) -> None:
        self.sums.update({("event", case, event.n): hash(event) for event in events})

    def _sum_records(self, records: Sequence[CommandRecord]) -> None:
        self.sums.update({("command", each.command): hash(each) for each in records})

    def _is_sound(self, case: str, event: Event) -> bool:
        return self.sums["event", case, event.n] == hash(event)

    def _is_sound_row(self, row: IndexRow) -> bool:
        return self.sums["row", row.case] == hash(row)

    def _is_sound_record(self, record: CommandRecord) -> bool:
        return self.sums["command", record.command] == hash(record)

    def load(self, case: str, /) -> tuple[Event, ...]:
        history = super().load(case)
        for event in history:
            if not self._is_sound(case, event):
                raise _make_error(case, event.n)
        return history

    def find_command(self, command: str, /) -> CommandRecord | None:
        record = super().find_command(command)
        if record is not None and not self._is_sound_record(record):
            raise _make_error(record.case, record.version)
        return record

    def find(self, query: Query, /) -> Page:
        page = super().find(query)
        rows = tuple(row for row in page.rows if self._is_sound_row(row))
        damaged = tuple(row.case for row in page.rows if row not in rows)
        return Page(rows=rows, next=page.next, damaged=damaged)

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        entries = super().scan(after, limit=limit)
        for i, entry in enumerate(entries):
            case, n = self._feed[int(entry.position) - 1]
            if not self._is_sound(case, entry.event):
                if not i:
                    raise _make_error(case, n, position=entry.position)
                return entries[:i]
        return entries

    def erase(self, case: str, *, at: datetime) -> None:
        before = self._histories.get(case, ())
        sound = {event.n for event in before if self._is_sound(case, event)}
        super().erase(case, at=at)
        events = self._histories.get(case, ())
        self._sum_events(case, [event for event in events if event.n in sound])
        self._sum_records([each for each in self._records.values() if each.case == case])

    def replace_values(self, old: str, new: str) -> None:
        """Replace a value of any field, and leave the sums."""
        for case, events in self._histories.items():
            self._histories[case] = tuple(_alter(event, old, new) for event in events)
        for case, row in self._rows.items():
            self._rows[case] = _alter(row, old, new)
        for name, record in self._records.items():
            self._records[name] = _alter(record, old, new)


def _make_error(case: str, version: int, **facts: str) -> CorruptError:
    code = "checksum_differs"
    return CorruptError(doing="loading", code=code, case=case, version=version, **facts)


class SummedSuite(StoreConformance):
    """The whole contract, on stores whose values can be changed behind their back."""

    kind: type[SummedStore] = SummedStore

    def make_store(self) -> Store:
        """Return a new store."""
        return self.kind()

    def spoil(self, store: Any, old: str, new: str) -> Store:
        """Replace a value behind the store's back."""
        store.replace_values(old.strip('"'), new.strip('"'))
        assert isinstance(store, MemoryStore)
        return store

    def stored_bytes(self, store: Any) -> bytes:
        """Return all events as bytes."""
        return pickle.dumps(store._histories)


def _alter(value: Any, old: str, new: str) -> Any:
    found = {field.name: getattr(value, field.name) for field in attrs.fields(type(value))}
    changed = {name: type(each)(new) for name, each in found.items() if each == old}
    return attrs.evolve(value, **changed) if changed else value
