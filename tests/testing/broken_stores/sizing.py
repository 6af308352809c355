"""Defects that show at the longest ids and texts, the first and last dates, and many of a kind."""

# ruff: noqa: D102  # each class says what it does wrong; the methods are the store's

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import attrs

from phananh.errors import StoreError
from phananh.regulation.events import Event
from phananh.stores.base import Change, CommandRecord, Lease, Page, Query
from phananh.stores.memory import MemoryStore
from tests.testing.broken_stores.reading import Changed
from tests.testing.broken_stores.seeded import found_by


@found_by("test_tells_the_longest_ids_of_cases_apart")
class CaseIdsOfAHundred(MemoryStore):
    """Looks a case up by the first hundred characters of its id."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        return super().load(next((k for k in self._histories if k[:100] == case[:100]), case))


@found_by("test_tells_the_longest_commands_apart")
class CommandsOf255(MemoryStore):
    """Cuts a command id at 255 characters."""

    def find_command(self, command: str, /) -> CommandRecord | None:
        found = super().find_command(command[:255])
        return found and attrs.evolve(found, command=command)

    def _new_records(self, changes: Sequence[Change]) -> dict[str, CommandRecord]:
        return super()._new_records([_rename(change, 255) for change in changes])


def _rename(change: Change, length: int) -> Change:
    commands = tuple(attrs.evolve(each, id=each.id[:length]) for each in change.commands)
    return attrs.evolve(change, commands=commands)


@found_by("test_tells_the_longest_consumers_apart")
class ConsumersOf64(MemoryStore):
    """Cuts the name of a consumer at 64 characters."""

    def claim(
        self, consumer: str, /, now: datetime, until: datetime, *, start: str | None = None
    ) -> Lease | None:
        lease = super().claim(consumer[:64], now, until, start=start)
        return lease and attrs.evolve(lease, consumer=consumer)


@found_by("test_tells_the_longest_units_and_people_apart")
class UnitsOf64(MemoryStore):
    """Compares the first 64 characters of a unit."""

    def find(self, query: Query, /) -> Page:
        if query.unit is None:
            return super().find(query)
        page = super().find(attrs.evolve(query, unit=None))
        wanted = query.unit.casefold()[:64]
        rows = tuple(row for row in page.rows if (row.unit or "").casefold()[:64] == wanted)
        return attrs.evolve(page, rows=rows)


@found_by("test_keeps_the_longest_texts")
class TextsOf64Kilobytes(Changed):
    """Cuts a text at 65,535 bytes, as a column of type `text` of some engines does."""

    def change_event(self, event: Any) -> Event:
        content = getattr(event, "content", None)
        if not isinstance(content, str):
            same: Event = event
            return same
        cut = content.encode()[:65_535].decode(errors="ignore")
        changed: Event = attrs.evolve(event, content=cut)
        return changed


@found_by("test_keeps_the_longest_texts")
class RefusesFourByteTexts(MemoryStore):
    """Counts twice what lies beyond the first plane, and refuses 20,000 such characters."""

    def commit(self, changes: Sequence[Change], /) -> None:
        for event in (each for change in changes for each in change.events):
            if len(str(getattr(event, "content", "")).encode("utf-16-le")) > 2 * 20_000:
                raise StoreError(doing="recording", problem="the text is too long")
        super().commit(changes)


@found_by("test_keeps_the_longest_values_within_an_event")
class AHundredItems(Changed):
    """Keeps a hundred of the people accused."""

    def change_event(self, event: Any) -> Event:
        accused = getattr(event, "accused", None) or ()
        changed: Event = attrs.evolve(event, accused=accused[:100]) if accused else event
        return changed


@found_by("test_keeps_the_longest_values_within_an_event")
class SetsOfItems(Changed):
    """Keeps documents as a set, in any order."""

    def change_event(self, event: Any) -> Event:
        documents = tuple(sorted(getattr(event, "documents", ())))
        changed: Event = attrs.evolve(event, documents=documents) if documents else event
        return changed


class _Dated(MemoryStore):
    """Keeps the times of rows as its columns can."""

    def _record(self, change: Change) -> None:
        super()._record(change)
        row = change.row
        due = row.due and self._store_time(row.due)
        received = self._store_time(row.received_at)
        self._rows[change.case] = attrs.evolve(row, due=due, received_at=received)

    def _store_time(self, at: datetime) -> datetime:
        raise NotImplementedError


@found_by("test_keeps_the_first_and_the_last_dates")
class DatesTo2038(_Dated):
    """Keeps times in 32 bits."""

    def _store_time(self, at: datetime) -> datetime:
        return min(at, datetime(2038, 1, 19, 3, 14, 7, tzinfo=UTC))


@found_by("test_keeps_the_first_and_the_last_dates")
class DatesFrom1970(_Dated):
    """Keeps times as seconds since 1970, and no fewer than none."""

    def _store_time(self, at: datetime) -> datetime:
        return max(at, datetime(1970, 1, 1, tzinfo=UTC))


@found_by("test_keeps_dates_far_off_within_an_event")
class MovesTo2100(Changed):
    """Keeps what a reschedule moves to up to the year 2100."""

    def change_event(self, event: Any) -> Event:
        to = getattr(event, "to", None)
        if to is None or to.year < 2100:
            same: Event = event
            return same
        changed: Event = attrs.evolve(event, to=to.replace(year=2100))
        return changed


@found_by("test_keeps_thousands_of_events")
class HistoriesOfTwoThousand(MemoryStore):
    """Reads two thousand events of a case, and leaves the rest."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        return super().load(case)[:2000]


@found_by("test_knows_hundreds_of_commands_of_one_change")
class AHundredCommandsAChange(MemoryStore):
    """Records the first hundred commands of a change."""

    def _new_records(self, changes: Sequence[Change]) -> dict[str, CommandRecord]:
        return super()._new_records(
            [attrs.evolve(change, commands=change.commands[:100]) for change in changes]
        )


@found_by("test_knows_hundreds_of_commands_of_one_change")
class CommandsAtTheLastVersion(MemoryStore):
    """Says of every command of a change that it led to the last version."""

    def _new_records(self, changes: Sequence[Change]) -> dict[str, CommandRecord]:
        records = super()._new_records(changes)
        last = {change.case: change.row.version for change in changes if len(change.commands) > 2}
        return {k: attrs.evolve(r, version=last.get(r.case, r.version)) for k, r in records.items()}


@found_by("test_knows_hundreds_of_commands_one_after_the_other")
class ForgetsOldCommands(MemoryStore):
    """Remembers the last 256 commands."""

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes)
        for name in list(self._records)[:-256]:
            del self._records[name]


@found_by("test_retry_is_known_however_long_ago")
class CommandsOfTheLastVersions(MemoryStore):
    """Knows a command while its case is less than twenty versions further."""

    def find_command(self, command: str, /) -> CommandRecord | None:
        found = super().find_command(command)
        return found if found and self._is_young(found) else None

    def _is_young(self, record: CommandRecord) -> bool:
        return len(self._histories[record.case]) - record.version < 20

    def _new_records(self, changes: Sequence[Change]) -> dict[str, CommandRecord]:
        self._records = {k: r for k, r in self._records.items() if self._is_young(r)}
        return super()._new_records(changes)


@found_by("test_keeps_limits_of_years")
class AHundredSpans(Changed):
    """Keeps the first hundred spans of a limit."""

    def change_event(self, event: Any) -> Event:
        clock = getattr(event, "deadline", None)
        if clock is None:
            same: Event = event
            return same
        changed: Event = attrs.evolve(event, deadline=attrs.evolve(clock, spans=clock.spans[:100]))
        return changed
