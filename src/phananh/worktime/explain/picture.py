"""The picture of an explanation as SVG: one document without scripts, fonts or other files.

It has its own background, so that you can read it on a light page and on a dark one. A screen
reader reads out the title and the whole text of the explanation (Art. 9). First the days become
rows of time: a working day with its sessions by the clock, a stretch of closed days, or many days
folded. The command line draws the same rows.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html import escape
from itertools import groupby
from re import compile as pattern
from textwrap import wrap
from typing import TYPE_CHECKING

import attrs

from phananh.errors import check_language
from phananh.messages.message import say
from phananh.messages.texts import PICTURE
from phananh.worktime.calendar.day_rules import DayInfo, reason, reasons
from phananh.worktime.durations import format_duration
from phananh.worktime.instants import to_instant
from phananh.worktime.phrases import format_day_month, moment_text, weekday_abbreviation
from phananh.worktime.session import DAY, format_clock

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
        days = tuple(same)
        runs = [days] if closed else [(day,) for day in days]
        yield from (_build_row(explanation, run, last) for run in runs)


def _span_of_days(explanation: "Explanation") -> tuple[date, date]:
    calendar = explanation.on
    first = calendar.office_day(explanation.start).date
    end = explanation.due.astimezone(UTC) - timedelta.resolution
    return first, max(first, calendar.office_day(end).date) if explanation.steps else first


def _build_row(explanation: "Explanation", days: tuple[DayInfo, ...], last: date) -> Row:
    """Return a working day, or closed days, with what happens on them. `last` has the due time."""
    home = explanation.on.office_day(explanation.start).date
    marks = {"received": (home, explanation.start), "due": (last, explanation.due)}
    blocks = tuple(_build_blocks(explanation, days[0]))
    clocks = {
        name: _clock_time(explanation, at, days[0].date)
        for name, (day, at) in marks.items()
        if days[0].date <= day <= days[-1].date
    }
    return Row(
        days=days,
        blocks=blocks,
        received=clocks.get("received"),
        due=clocks.get("due"),
        worked=sum((block.worked for block in blocks), _ZERO),
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


def _clock_time(explanation: "Explanation", at: datetime, day: date) -> timedelta:
    """Return what the clock shows at `at`, counted from the midnight of `day`."""
    local = explanation.on.local(at).replace(tzinfo=None)
    return local - datetime(day.year, day.month, day.day)  # noqa: DTZ001 - by the clock


def _fold_middle(rows: list[Row]) -> list[Row]:
    """Fold the middle of many rows into one that says how many days it replaces."""
    if len(rows) <= _MOST:
        return rows
    middle = rows[_ENDS:-_ENDS]
    days = tuple(day for row in middle for day in row.days)
    whole = Row(days=days, worked=sum((row.worked for row in middle), _ZERO), folded=len(days))
    return [*rows[:_ENDS], whole, *rows[-_ENDS:]]


_WIDE, _LEFT, _RIGHT = 760, 132, 736
_BAR, _LINE = 24, 17
_LETTER, _SMALL = 6.8, 6.1  # how wide a letter is, on average
# What XML cannot have, and what would reverse the order of letters.
_UNFIT = pattern(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufffe\uffff]"
)


def draw_svg(explanation: "Explanation", lang: str) -> str:
    """Return the SVG document of an explanation.

    Raises:
        InputError: the language is neither `vi` nor `en`.
    """
    check_language(lang)
    told = explanation.in_minutes()
    return "\n".join(_Sheet(told, build_timeline(told), lang).lines()) + "\n"


@attrs.frozen
class _Sheet:
    """A picture to draw: the position of each moment, and the language."""

    explanation: "Explanation"
    picture: Picture
    lang: str

    def lines(self) -> Iterator[str]:
        """Yield the document line by line."""
        body, height = self._draw_body()
        name = self._element_id()
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDE} {height}" '
            f'width="{_WIDE}" height="{height}" role="img" '
            f'aria-labelledby="{name}-title {name}-desc" class="pa" lang="{self.lang}">'
        )
        yield f'<title id="{name}-title">{_escape(self._title())}</title>'
        yield f'<desc id="{name}-desc">{_escape(self.explanation.text(self.lang))}</desc>'
        yield STYLE
        yield (
            f'<rect class="pa-card" x="0.5" y="0.5" width="{_WIDE - 1}" '
            f'height="{height - 1}" rx="10"/>'
        )
        yield from body
        yield "</svg>"

    def _element_id(self) -> str:
        start = self.explanation.start.astimezone(self.explanation.on.tzinfo)
        microseconds = self.explanation.budget // timedelta(microseconds=1)
        return f"pa-{self.explanation.on.version}-{start:%Y%m%dT%H%M%S}-{microseconds}-{self.lang}"

    def _say(self, key: str, **facts: object) -> str:
        return say(PICTURE[key], self.lang, **facts)

    def _title(self) -> str:
        due = self.explanation.on.local(self.explanation.due)
        return self._say("title", due=moment_text(due, self.lang))

    def _draw_body(self) -> tuple[list[str], int]:
        start = moment_text(self.explanation.on.local(self.explanation.start), self.lang)
        budget = format_duration(self.explanation.budget, self.lang)
        parts = [
            _draw_text(24, 36, self._title(), "pa-head"),
            _draw_text(24, 57, self._say("sub", budget=budget, start=start), "pa-muted"),
        ]
        y, rows = 96, []
        for row in self.picture.rows:
            lines, y = self._draw_row(row, y)
            rows += lines
        return [*parts, *self._draw_hours(y), *rows, *self._draw_legend(y + 22)], y + 44

    def x(self, at: timedelta) -> float:
        """Return the horizontal position of a moment of a day."""
        span = self.picture.closes - self.picture.opens
        return round(_LEFT + (_RIGHT - _LEFT) * ((at - self.picture.opens) / span), 1)

    def _draw_hours(self, bottom: int) -> Iterator[str]:
        """Yield the hours above, and a faint line down from each."""
        span = (self.picture.closes - self.picture.opens) // timedelta(hours=1)
        step = next(n for n in (1, 2, 3, 4, 6, 12, 24) if span <= 13 * n or n == 24)
        for n in range(0, span + 1, step):
            at = self.picture.opens + timedelta(hours=n)
            x, label = self.x(at), format_clock(at % DAY)
            yield _draw_text(x, 84, label, "pa-hour")
            yield f'<line class="pa-grid" x1="{x}" x2="{x}" y1="90" y2="{bottom}"/>'

    def _draw_row(self, row: Row, y: int) -> tuple[list[str], int]:
        if row.blocks:
            return self._draw_day(row, y)
        lines = list(self._closed_lines(row))
        height = _LINE * len(lines) + 10
        band = "pa-off" if row.is_closed else "pa-fold"
        parts = [
            f'<rect class="{band}" x="{_LEFT}" y="{y}" width="{_RIGHT - _LEFT}" '
            f'height="{height}" rx="4"/>',
            _draw_text(24, y + 18, self._range(row), "pa-muted"),
        ]
        parts += [
            _draw_text(_LEFT + 12, y + 18 + _LINE * n, line, style)
            for n, (line, style) in enumerate(lines)
        ]
        return parts, y + height + 8

    def _closed_lines(self, row: Row) -> Iterator[tuple[str, str]]:
        """Yield the lines of a row without hours, each with its style."""
        if row.folded:
            worked = format_duration(row.worked, self.lang)
            yield self._say("folded", n=row.folded, worked=worked), "pa-why"
            return
        if row.received is not None:
            at = self.explanation.on.local(self.explanation.start)
            yield self._say("received", time=moment_text(at, self.lang)), "pa-handed"
        for why in reasons(row.days, self.lang):
            yield from ((part, "pa-why") for part in wrap(why, 92))

    def _range(self, row: Row) -> str:
        first, last = row.days[0].date, row.days[-1].date
        if first == last:
            return self._label(row)
        dash = "-" if self.lang == "vi" else " - "
        return f"{format_day_month(first, self.lang)}{dash}{format_day_month(last, self.lang)}"

    def _label(self, row: Row) -> str:
        day = row.days[0].date
        return f"{weekday_abbreviation(day, self.lang)} {format_day_month(day, self.lang)}"

    def _draw_day(self, row: Row, y: int) -> tuple[list[str], int]:
        marks = list(self._draw_marks(row, y))
        top = y + (16 if marks else 0)
        special = row.days[0].kind != "open"
        style = "pa-worked-day" if special else "pa-day"
        parts = [_draw_text(24, top + 17, self._label(row), style)]
        for block in row.blocks:
            parts += self._draw_block(block, top)
        bottom = top + _BAR
        if special:
            why = wrap(reason(row.days[0], self.lang), 96)
            parts += [
                _draw_text(_LEFT, bottom + 15 + _LINE * n, line, "pa-note")
                for n, line in enumerate(why)
            ]
            bottom += _LINE * len(why) + 2
        return [*parts, *marks], bottom + 10

    def _draw_block(self, block: Block, y: int) -> Iterator[str]:
        yield self._draw_bar(block.open, block.close, y, "pa-open")
        if block.counted is None:
            return
        start, end = block.counted
        yield self._draw_bar(start, end, y, "pa-counted")
        whole, wide = format_duration(block.worked, self.lang), self.x(end) - self.x(start)
        for label in (whole, whole.rsplit(" ", 1)[0] if whole.count(" ") == 3 else ""):
            if label and len(label) * _SMALL + 6 <= wide:
                yield _draw_text((self.x(start) + self.x(end)) / 2, y + 16.5, label, "pa-amount")
                return

    def _draw_bar(self, start: timedelta, end: timedelta, y: int, style: str) -> str:
        x = self.x(start)
        wide = max(round(self.x(end) - x, 1), 1.5)
        return f'<rect class="{style}" x="{x}" y="{y}" width="{wide}" height="{_BAR}" rx="3"/>'

    def _draw_marks(self, row: Row, y: int) -> Iterator[str]:
        """Yield where the case was received and where it is due, each with its time above."""
        marks = [(name, at) for name, at in (("received", row.received), ("due", row.due))
                 if at is not None]  # fmt: skip
        close = len(marks) == 2 and self.x(marks[1][1]) - self.x(marks[0][1]) < 150
        for name, at in marks:
            x = self.x(at)
            label = self._say(name, time=format_clock(at % DAY))
            side = ("pa-end" if name == "received" else "pa-start") if close else ""
            yield f'<path class="pa-{name}" d="M{x - 4.5} {y + 5}h9l-4.5 7z"/>'
            yield f'<line class="pa-{name}-line" x1="{x}" x2="{x}" y1="{y + 10}" y2="{y + 44}"/>'
            side = _choose_side(x, label, side)
            beside = x + {"pa-end": -8, "pa-start": 8}.get(side, 0)
            yield _draw_text(beside, y + 8, label, f"pa-{name} {side}")

    def _draw_legend(self, y: int) -> Iterator[str]:
        x: float = 24
        for style, name in (("pa-counted", "counted"), ("pa-open", "open"), ("pa-off", "closed")):
            if name == "closed" and not any(row.is_closed for row in self.picture.rows):
                continue
            label = self._say(name)
            yield f'<rect class="{style}" x="{x}" y="{y - 10}" width="14" height="12" rx="2"/>'
            yield _draw_text(x + 20, y, label, "pa-muted")
            x += 44 + len(label) * _LETTER
        if self.explanation.provisional:
            yield _draw_text(_RIGHT, y, self._say("provisional"), "pa-doubt")


def _choose_side(x: float, label: str, side: str) -> str:
    """Return on which side of its mark a word is put, so that it stays inside the picture."""
    if side:
        return side
    return "pa-end" if x + 12 + len(label) * _LETTER > _WIDE - 12 else "pa-start"


def _draw_text(x: float, y: float, label: str, style: str) -> str:
    return f'<text class="{style}" x="{round(x, 1)}" y="{y}">{_escape(label)}</text>'


def _escape(label: str) -> str:
    return escape(_UNFIT.sub("\ufffd", label), quote=False)


STYLE = """\
<style>
.pa{max-width:100%;height:auto}
.pa text{font:13px system-ui,"Segoe UI","Noto Sans","DejaVu Sans",sans-serif;fill:#1c2733}
.pa .pa-card{fill:#fff;stroke:#d5dce3}
.pa .pa-head{font-size:18px;font-weight:600}
.pa .pa-day{font-weight:500}
.pa .pa-muted{fill:#55636f}
.pa .pa-hour{fill:#55636f;font-size:11px;text-anchor:middle}
.pa .pa-grid{stroke:#e6ebf0}
.pa .pa-open{fill:#d3e2f2}
.pa .pa-counted{fill:#1c66a6}
.pa .pa-amount{fill:#fff;font-size:12px;text-anchor:middle}
.pa .pa-off{fill:#f3efe6;stroke:#e2dbca}
.pa .pa-fold{fill:#e9eff5}
.pa .pa-why,.pa .pa-note{font-size:12px;fill:#55636f}
.pa .pa-note,.pa text.pa-received,.pa text.pa-due{paint-order:stroke;stroke:#fff;stroke-width:4px}
.pa .pa-worked-day{font-weight:600;fill:#24704a}
.pa .pa-received,.pa .pa-handed{fill:#24704a;font-size:12px}
.pa .pa-due{fill:#b3261e;font-size:12px;font-weight:600}
.pa .pa-received-line{stroke:#24704a;stroke-width:1.5}
.pa .pa-due-line{stroke:#b3261e;stroke-width:1.5}
.pa .pa-doubt{fill:#8a5a00;text-anchor:end;font-weight:600}
.pa .pa-start{text-anchor:start}
.pa .pa-end{text-anchor:end}
@media (prefers-color-scheme:dark){
.pa text{fill:#e6edf3}
.pa .pa-card{fill:#151b22;stroke:#2c3640}
.pa .pa-muted,.pa .pa-hour,.pa .pa-why,.pa .pa-note{fill:#a3b1be}
.pa .pa-grid{stroke:#26303a}
.pa .pa-open{fill:#2a425c}
.pa .pa-counted{fill:#62adea}
.pa .pa-amount{fill:#0b1622}
.pa .pa-off{fill:#2a2b28;stroke:#45463f}
.pa .pa-note,.pa text.pa-received,.pa text.pa-due{stroke:#151b22}
.pa .pa-fold{fill:#1f2a35}
.pa .pa-worked-day,.pa .pa-received,.pa .pa-handed{fill:#7ddba3}
.pa .pa-due{fill:#ff9a90}
.pa .pa-received-line{stroke:#7ddba3}
.pa .pa-due-line{stroke:#ff9a90}
.pa .pa-doubt{fill:#f0b95b}
}
</style>"""
