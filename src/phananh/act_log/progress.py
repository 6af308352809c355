"""How far a log has come, in a few hundred bytes a case: histories stay in the store.

For each case there is its id, the version that the log has reached, and when the running limit
counts as late, so that a sweep reads only what has lapsed. For each key there is a hash of it,
and a hash of what it names.
"""

from collections.abc import Iterator
from datetime import datetime

import attrs

from phananh.act_log.entry import Entry
from phananh.act_log.outcome import Outcome
from phananh.desk.desk import Desk
from phananh.errors import InputError, short_repr
from phananh.regulation.acts import Act
from phananh.regulation.case import Case, fold
from phananh.regulation.deadline import is_late
from phananh.regulation.events import Event


@attrs.define(weakref_slot=False)
class _CaseProgress:
    """How far the log has come in one case. `received_by` is the hash of its receipt's key."""

    case: str
    version: int
    late_after: datetime | None
    received_by: int | None


@attrs.define
class LogProgress:
    """What the lines so far have led to: cases by their names in the log, the last time, and keys.

    `sweeps` holds the first result of each sweep that has a key.
    """

    desk: Desk
    last_at: datetime | None = None
    sweeps: dict[str, Outcome] = attrs.field(factory=dict)
    _cases: dict[str, _CaseProgress] = attrs.field(factory=dict, init=False)
    _keys: dict[int, int] = attrs.field(factory=dict, init=False)

    def check_order(self, entry: Entry) -> None:
        """Refuse a line that lies before the last in time."""
        if self.last_at is not None and entry.at < self.last_at:
            at, last = entry.at.isoformat(), self.last_at.isoformat()
            raise InputError(field="at", code="out_of_order", value=at, last=last)

    def check_key(self, entry: Entry) -> None:
        """Refuse a key that names something else."""
        if entry.key is None:
            return
        content = hash(_key_content(entry))
        if self._keys.get(hash(entry.key), content) != content:
            raise make_key_error(entry.key)

    def pass_entry(self, entry: Entry) -> None:
        """Store the time of a valid line, and what its key names."""
        self.last_at = entry.at
        if entry.key is not None:
            self._keys.setdefault(hash(entry.key), hash(_key_content(entry)))

    def is_received_by(self, name: str, key: str | None) -> bool:
        """Return whether a case was received under this key."""
        return key is not None and self._cases[name].received_by == hash(key)

    def find(self, name: str | None) -> Case | None:
        """Return the case of a name as this log has reached it."""
        reached = self._cases.get(name or "")
        if reached is None:
            return None
        return fold(self.desk.store.load(reached.case)[: reached.version])

    def events_since(self, name: str) -> tuple[Event, ...]:
        """Return the events of a known case that come after the version this log has reached."""
        reached = self._cases[name]
        return self.desk.store.load(reached.case)[reached.version :]

    def advance(self, name: str, case: Case, *, key: str | None = None) -> None:
        """Store how far a case has come, unless it was further. `key` is that of its receipt."""
        known = self._cases.get(name)
        if known is not None and known.version >= case.version:
            return
        self._cases[name] = _CaseProgress(
            case=case.id,
            version=case.version,
            late_after=case.clock.late_after if case.clock else None,
            received_by=known.received_by if known else None if key is None else hash(key),
        )

    def list_late(self, at: datetime) -> Iterator[tuple[str, Case]]:
        """Yield name and case of each limit that has run out by a moment."""
        for name, reached in self._cases.items():
            if reached.late_after is not None and is_late(at, late_after=reached.late_after):
                case = self.find(name)
                assert case is not None  # its name is known
                yield name, case


def make_key_error(key: str) -> InputError:
    """Return the error of a key that names another act."""
    return InputError(field="key", code="key_of_another_act", value=short_repr(key))


def _key_content(entry: Entry) -> tuple[str, str | None, Act | datetime]:
    """Return what a key names: an act on a case, at whatever time, or the time of a sweep."""
    return entry.trigger, entry.case, entry.act or entry.at
