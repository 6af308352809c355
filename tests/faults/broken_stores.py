"""Stores with one seeded defect each, and the anomaly that the checker must find."""

# ruff: noqa: D102, D107  # each class says what it does wrong; the methods are the store's

import threading
import time
from collections.abc import Callable, Sequence

import attrs

from phananh.errors import ConflictError
from phananh.regulation.case import fold
from phananh.regulation.values.events import Event
from phananh.stores.base import Change
from phananh.stores.index_row import make_index_row
from phananh.stores.memory import MemoryStore

BROKEN: dict[type[MemoryStore], str] = {}


def shows(anomaly: str) -> Callable[[type[MemoryStore]], type[MemoryStore]]:
    """Say which anomaly a defect shows as."""

    def add(broken: type[MemoryStore]) -> type[MemoryStore]:
        BROKEN[broken] = anomaly
        return broken

    return add


@shows("lost update")
class LastWriterWins(MemoryStore):
    """Puts what was decided on an old version in the place of what came since."""

    def commit(self, changes: Sequence[Change], /) -> None:
        with self._lock:
            for change in changes:
                history = self._histories.get(change.case, ())[: change.expected]
                self._histories[change.case] = (*history, *change.events)


@shows("lost update")
class ForgetsSome(MemoryStore):
    """Acknowledges, and records all but every seventh."""

    turn = 0

    def commit(self, changes: Sequence[Change], /) -> None:
        self.turn += 1
        if self.turn % 7:
            super().commit(changes)


@shows("dirty read")
class ShowsWhatItRefuses(MemoryStore):
    """Writes first, checks then, and takes back what was wrong."""

    def commit(self, changes: Sequence[Change], /) -> None:
        before = {change.case: self._histories.get(change.case, ()) for change in changes}
        for change in changes:
            self._histories[change.case] = (*before[change.case], *change.events)
        time.sleep(0.0005)
        self._histories.update(before)
        super().commit(changes)


@shows("stale read")
class ReadsFromACache(MemoryStore):
    """Shows each thread what it read before, three times of four."""

    def __init__(self) -> None:
        super().__init__()
        self._seen = threading.local()

    def load(self, case: str, /) -> tuple[Event, ...]:
        seen = self._seen.__dict__
        seen["turn"] = seen.get("turn", 0) + 1
        if case not in seen or seen["turn"] % 4 == 0:
            seen[case] = super().load(case)
        history: tuple[Event, ...] = seen[case]
        return history


@shows("acted on a stale read")
class MovesToTheEnd(MemoryStore):
    """Records what was decided on an old version behind the new one."""

    def commit(self, changes: Sequence[Change], /) -> None:
        with self._lock:
            super().commit([self._move(change) for change in changes])

    def _move(self, change: Change) -> Change:
        history = self._histories.get(change.case, ())
        if change.expected == 0:
            return change
        event = attrs.evolve(change.events[0], n=len(history) + 1)
        row = make_index_row(fold((*history, event)))
        return attrs.evolve(change, expected=len(history), events=(event,), row=row)


@shows("gap")
class SkipsAVersion(MemoryStore):
    """Loses the second event on the way to a reader, now and then."""

    turn = 0

    def load(self, case: str, /) -> tuple[Event, ...]:
        self.turn += 1
        history = super().load(case)
        return history if self.turn % 9 else (*history[:1], *history[2:])


@shows("refused and recorded")
class RecordsAndRefuses(MemoryStore):
    """Takes its own write for that of another, now and then."""

    turn = 0

    def commit(self, changes: Sequence[Change], /) -> None:
        super().commit(changes)
        self.turn += 1
        if self.turn % 7 == 0:
            raise ConflictError(case=changes[0].case, expected=changes[0].expected)


@shows("conflict with nobody")
class RefusesFreely(MemoryStore):
    """Calls every slow write a conflict."""

    turn = 0

    def commit(self, changes: Sequence[Change], /) -> None:
        self.turn += 1
        if self.turn % 7 == 0:
            raise ConflictError(case=changes[0].case, expected=changes[0].expected)
        super().commit(changes)


@shows("doubled update")
class RecordsTwice(MemoryStore):
    """Sends again what was recorded, now and then, as if it were new."""

    turn = 0

    def commit(self, changes: Sequence[Change], /) -> None:
        with self._lock:
            super().commit(changes)
            self.turn += 1
            if self.turn % 7 == 0:
                case, event = changes[0].case, changes[0].events[0]
                history = self._histories[case]
                self._histories[case] = (*history, attrs.evolve(event, n=len(history) + 1))


@shows("circle")
class ShowsHalfAList(MemoryStore):
    """Records the cases of a list one after the other, and lets others read in between."""

    def __init__(self) -> None:
        super().__init__()
        self._writing = threading.Lock()

    def commit(self, changes: Sequence[Change], /) -> None:
        with self._writing:
            self._check_versions(changes)
            for change in changes:
                super().commit([change])
                time.sleep(0.0005)
