"""Several acts that are recorded together, or not at all.

Inside the block the acts are decided one after another, and collected. At its end they are one
commit. Acts on one case become one change with several commands.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NoReturn

from phananh.errors import CommandReusedError, ConflictError, DuplicateError, InputError
from phananh.regulation.events import Event
from phananh.stores.base import Capability, Change, CommandRecord, Page, Query, Store
from phananh.stores.conflicts import list_commands


def _refuse(method: str) -> Callable[..., NoReturn]:
    """Return the method of a store that a block does not lend, in the words of the desk."""

    def refuse(draft: Draft, *_: object, **__: object) -> NoReturn:
        draft.check_running()
        raise InputError(field="together", code="not_together", method=method)

    return refuse


class Draft:
    """The changes of a block over the store below it, for acts and for reading a case."""

    def __init__(self, base: Store) -> None:
        """Begin without changes."""
        self._base = base
        self._changes: dict[str, Change] = {}
        self._records: dict[str, CommandRecord] = {}
        self._is_over = False

    @property
    def capabilities(self) -> frozenset[Capability]:
        """The capabilities of the store below."""
        return self._base.capabilities

    def load(self, case: str, /) -> tuple[Event, ...]:
        """Return the history of a case, with the acts of the block."""
        self.check_running()
        change = self._changes.get(case)
        if change is None:
            return self._base.load(case)
        return (*self._base.load(case)[: change.expected], *change.events)

    def commit(self, changes: Sequence[Change], /) -> None:
        """Keep the changes for the end of the block.

        A second case is refused over a store that records one change at a time.
        """
        self.check_running()
        for case in (change.case for change in changes):
            if "lists" not in self.capabilities and any(each != case for each in self._changes):
                raise InputError(field="together", code="together_one_case", case=case)
        for change in changes:
            self._changes[change.case] = self._add(change)
        self._records |= {
            each.id: CommandRecord.of(each, case, b"") for case, each in list_commands(changes)
        }

    def _add(self, change: Change) -> Change:
        """Return the change of a case with one more after it."""
        before = self._changes.get(change.case)
        if before is None:
            return change
        if before.row.version != change.expected:
            raise ConflictError(
                case=change.case, expected=change.expected, actual=before.row.version
            )
        return Change(
            case=change.case,
            expected=before.expected,
            events=(*before.events, *change.events),
            row=change.row,
            commands=(*before.commands, *change.commands),
        )

    def record(self) -> None:
        """Record everything in one commit."""
        try:
            self._base.commit(tuple(self._changes.values()))
        except CommandReusedError as reused:
            # The same block, recorded meanwhile, acted on another new case than this one.
            if (twin := self._find_twin()) is None:
                raise
            raise DuplicateError(
                command_id=twin.command, case=twin.case, version=twin.version
            ) from reused

    def _find_twin(self) -> CommandRecord | None:
        """Return the record of an act of this block that was recorded since it was done here."""
        for each in (each for change in self._changes.values() for each in change.commands):
            record = self._base.find_command(each.id)
            if record is not None and record.is_same(each):
                return record
        return None

    def find_command(self, command: str, /) -> CommandRecord | None:
        """Return the record of a command id, in the block or before it."""
        return self._records.get(command) or self._base.find_command(command)

    def find(self, query: Query, /) -> Page:
        """Return the row with a tracking code, and refuse other queries: the block has no lists."""
        self.check_running()
        if query.code is None or query != Query(code=query.code, limit=query.limit):
            _refuse("find")(self)
        new = (change.row for change in self._changes.values())
        rows = tuple(row for row in new if row.code == query.code)
        return Page(rows=rows, next=None) if rows else self._base.find(query)

    # A block has no lists, its feed would hold acts that are not recorded, and an erasure
    # cannot be undone.
    count = count_by = _refuse("count")
    load_many = iter_texts = _refuse("search")
    iter_figures = _refuse("iter_figures")
    list_calendars = _refuse("check_calendars")
    scan = _refuse("feed")
    claim = advance = release = _refuse("consume")
    erase = _refuse("erase")

    def close(self) -> None:
        """End the block. The store below stays open."""
        self._is_over = True

    def check_running(self) -> None:
        """Refuse an act after the end of the block."""
        if self._is_over:
            raise InputError(field="together", code="together_over")
