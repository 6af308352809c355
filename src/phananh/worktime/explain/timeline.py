"""The days from start to due as rows of a picture, with the spans that count (Art. 9).

It has only what to draw, in terms of time: a row is a working day with its sessions by the clock,
a stretch of closed days, or many days folded. `svg` and the command line draw it.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

import attrs

from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.calendar.office_day import office_day
from phananh.worktime.localtime import to_instant
from phananh.worktime.session import DAY

if TYPE_CHECKING:
    from phananh.worktime.explain.explanation import Explanation

_ZERO, _HOUR = timedelta(), timedelta(hours=1)
_MOST, _ENDS = 16, 6  # more rows than these are folded, except so many at either end


@attrs.frozen(kw_only=True)
class Block:
    """A session by the clock of its day, and the part of it that counts, if any."""

    open: timedelta
    close: timedelta
    counted: tuple[timedelta, timedelta] | None = None
    worked: timedelta = _ZERO


@attrs.frozen(kw_only=True)
class Row:
    """A working day with its blocks, closed days in a row, or days of either kind folded.

    `received` and `due` are by the clock of the first day, or None if they are in another row.
    """

    days: tuple[DayInfo, ...]
    blocks: tuple[Block, ...] = ()
    received: timedelta | None = None
    due: timedelta | None = None
    worked: timedelta = _ZERO
    folded: int = 0

    @property
    def is_closed(self) -> bool:
        """Whether no day of the row has a session."""
        return not any(day.sessions for day in self.days)


@attrs.frozen(kw_only=True)
class Picture:
    """Rows under one clock, which shows whole hours from `opens` to `closes`."""

    rows: tuple[Row, ...]
    opens: timedelta
    closes: timedelta


def build_timeline(explanation: "Explanation") -> Picture:
    """Return the picture of an explanation."""
    rows = _fold_middle(list(_build_rows(explanation)))
    edges = [edge for row in rows for edge in _edges(row)] or [8 * _HOUR, 17 * _HOUR]
    opens, closes = min(edges) // _HOUR * _HOUR, -(-max(edges) // _HOUR) * _HOUR
    return Picture(rows=tuple(rows), opens=opens, closes=max(closes, opens + _HOUR))


def _edges(row: Row) -> Iterator[timedelta]:
    for block in row.blocks:
        yield from (block.open, block.close)
    if row.blocks:
        yield from (edge for edge in (row.received, row.due) if edge is not None)


def _build_rows(explanation: "Explanation") -> Iterator[Row]:
    first, last = _span_of_days(explanation)
    infos = [explanation.on.day(first + DAY * n) for n in range((last - first).days + 1)]
    for closed, same in groupby(infos, lambda day: not day.sessions):
        if closed:
            days = tuple(same)
            yield Row(
                days=days, received=_receipt_on(days, explanation), due=_due_on(days, explanation)
            )
        else:
            yield from (_build_day(explanation, day) for day in same)


def _span_of_days(explanation: "Explanation") -> tuple[date, date]:
    calendar = explanation.on
    first = office_day(calendar, explanation.start).date
    if not explanation.steps:
        return first, first
    last = office_day(calendar, explanation.due.astimezone(UTC) - timedelta.resolution).date
    return first, max(first, last)


def _build_day(explanation: "Explanation", day: DayInfo) -> Row:
    blocks = tuple(_build_blocks(explanation, day))
    return Row(
        days=(day,),
        blocks=blocks,
        received=_receipt_on((day,), explanation),
        due=_due_on((day,), explanation),
        worked=_total(block.worked for block in blocks),
    )


def _build_blocks(explanation: "Explanation", day: DayInfo) -> Iterator[Block]:
    zone = explanation.on.tzinfo
    first, last = explanation.start.astimezone(UTC), explanation.due.astimezone(UTC)
    for part in day.sessions:
        opening, closing = (to_instant(day.date, edge, zone) for edge in (part.open, part.close))
        start, end = max(opening, first), min(closing, last)
        block = Block(open=part.open, close=part.close)
        if start < end:
            counted = (
                part.open if start == opening else _clock_time(explanation, start, day.date),
                part.close if end == closing else _clock_time(explanation, end, day.date),
            )
            block = attrs.evolve(block, counted=counted, worked=end - start)
        yield block


def _clock_time(explanation: "Explanation", t: datetime, day: date) -> timedelta:
    """Return what the clock shows at `t`, counted from the midnight of `day`."""
    local = explanation.on.local(t).replace(tzinfo=None)
    return local - datetime(day.year, day.month, day.day)  # noqa: DTZ001 - by the clock


def _receipt_on(days: Sequence[DayInfo], explanation: "Explanation") -> timedelta | None:
    home = office_day(explanation.on, explanation.start).date
    if days[0].date <= home <= days[-1].date:
        return _clock_time(explanation, explanation.start, days[0].date)
    return None


def _due_on(days: Sequence[DayInfo], explanation: "Explanation") -> timedelta | None:
    last = _span_of_days(explanation)[1]
    if days[0].date <= last <= days[-1].date:
        return _clock_time(explanation, explanation.due, days[0].date)
    return None


def _fold_middle(rows: list[Row]) -> list[Row]:
    """Fold the middle of many rows into one that says how many days it replaces."""
    if len(rows) <= _MOST:
        return rows
    middle = rows[_ENDS:-_ENDS]
    days = tuple(day for row in middle for day in row.days)
    whole = Row(days=days, worked=_total(row.worked for row in middle), folded=len(days))
    return [*rows[:_ENDS], whole, *rows[-_ENDS:]]


def _total(amounts: Iterable[timedelta]) -> timedelta:
    return sum(amounts, _ZERO)
