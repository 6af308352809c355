"""The days of a deadline drawn with letters: hours across, a day a line, closed days folded."""

import sys
from collections.abc import Iterator
from datetime import timedelta
from itertools import groupby
from shutil import get_terminal_size
from textwrap import wrap

import attrs
from rich.console import Group, RenderableType
from rich.text import Text

from phananh.cli.base import SENTENCES, RunContext, escape_control
from phananh.cli.terminal import is_terminal
from phananh.worktime.calendar.day_rules import reason, reasons
from phananh.worktime.durations import format_duration
from phananh.worktime.explain.explanation import Explanation
from phananh.worktime.explain.picture import Block, Picture, Row
from phananh.worktime.phrases import format_day_month, moment_text, weekday_abbreviation
from phananh.worktime.session import DAY, format_clock

_LABEL = 17
_HOUR = timedelta(hours=1)
_NARROW, _WIDEST = 100, 14  # columns, and hours, that still take four letters an hour
_STYLES = {"counted": "bold cyan", "open": "dim", "received": "green", "due": "bold red"}
_LETTERS = {"counted": "█", "open": "░"}
_PLAIN = {"counted": "#", "open": "-"}


def draw_picture(context: RunContext, explanation: Explanation) -> RenderableType:
    """Return the picture of an explanation, in ASCII if blocks cannot be written."""
    told, letters = explanation.in_minutes(), _LETTERS
    told = told if told.steps else explanation  # less than a minute is still seen
    try:
        "█░".encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except (UnicodeError, LookupError):
        letters = _PLAIN
    return Group(*_Drawing(context, told, told.picture(), letters).lines())


@attrs.frozen
class _Drawing:
    """A picture on its way to the terminal: how wide an hour is, and with which letters."""

    context: RunContext
    explanation: Explanation
    picture: Picture
    letters: dict[str, str]

    @property
    def _hours(self) -> int:
        return (self.picture.closes - self.picture.opens) // _HOUR

    @property
    def _cell(self) -> timedelta:
        """The time that one letter represents."""
        narrow = is_terminal(sys.stdout) and get_terminal_size().columns < _NARROW
        return _HOUR / 4 if self._hours <= _WIDEST and not narrow else _HOUR / 2

    def lines(self) -> Iterator[Text]:
        """Yield the picture line by line: the hours above with space between them, and the key."""
        line, an_hour = Text(" " * _LABEL), round(_HOUR / self._cell)
        apart = 1 if an_hour == 4 else 2
        for n in range(0, self._hours + 1, apart):
            at = (self.picture.opens + n * _HOUR) % DAY
            line.append(format_clock(at)[:2].ljust(an_hour * apart), style="dim")
        yield line
        for row in self.picture.rows:
            yield from self._day_lines(row) if row.blocks else self._off_lines(row)
        line = Text(" " * _LABEL)
        for kind, gap in (("counted", "   "), ("open", "")):
            line.append(self.letters[kind] * 2, style=_STYLES[kind])
            line.append(f" {self.context.say(f'picture_{kind}')}{gap}")
        yield line
        if self.explanation.provisional:
            doubt = self.context.say("provisional_day")
            yield from (Text(part, style="bold") for part in self._wrap(doubt))

    def _day_lines(self, row: Row) -> Iterator[Text]:
        day, lang, special = row.days[0], self.context.lang, row.days[0].kind != "open"
        label = f"{weekday_abbreviation(day.date, lang)} {format_day_month(day.date, lang)}"
        line = Text(label.ljust(_LABEL), style="bold green" if special else "")
        cells = range(-((self.picture.opens - self.picture.closes) // self._cell))
        kinds = (self._find_kind(row.blocks, self.picture.opens + n * self._cell) for n in cells)
        for kind, same in groupby(kinds):
            line.append(self.letters.get(kind, " ") * len(list(same)), style=_STYLES.get(kind, ""))
        line.append("  " + (format_duration(row.worked, lang) if row.worked else ""))
        for name, at in (("received", row.received), ("due", row.due)):
            if at is not None:
                note = self.context.say(f"picture_{name}", time=format_clock(at % DAY))
                line.append(f"  {note}", style=_STYLES[name])
        yield line
        for part in self._wrap(reason(day, lang)) if special else ():
            yield Text(" " * _LABEL + part, style="dim")

    def _find_kind(self, blocks: tuple[Block, ...], at: timedelta) -> str:
        """Return the kind that the letter of a moment shows. Counted time is always visible."""
        middle, end = at + self._cell / 2, at + self._cell
        for block in blocks:
            if block.counted:
                first, last = block.counted
                brief = last - first < self._cell and at <= first < end
                if brief or first <= middle < last:
                    return "counted"
        return "open" if any(b.open <= middle < b.close for b in blocks) else ""

    def _off_lines(self, row: Row) -> Iterator[Text]:
        say, lang = self.context.say, self.context.lang
        first, last = (format_day_month(row.days[n].date, lang) for n in (0, -1))
        label = first if first == last else f"{first}{'-' if lang == 'vi' else ' - '}{last}"
        whys = [part for why in reasons(row.days, lang) for part in self._wrap(why)]
        if row.folded:
            whys = [say("picture_folded", n=row.folded, worked=format_duration(row.worked, lang))]
        lines = [Text(why, style="dim") for why in whys]
        if row.received is not None and not row.folded:
            at = moment_text(self.explanation.on.local(self.explanation.start), lang)
            lines.insert(0, Text(say("picture_received", time=at), style=_STYLES["received"]))
        for n, line in enumerate(lines):
            yield Text(("" if n else label).ljust(_LABEL), style="dim") + line

    def _wrap(self, text: str) -> list[str]:
        """Return a reason wrapped beside the labels, or whole without a terminal."""
        if not is_terminal(sys.stdout):
            return [escape_control(text)]
        return wrap(escape_control(text), max(20, get_terminal_size().columns - _LABEL - 1))


SENTENCES.update({
    "provisional_day": (
        "tạm tính: văn bản ban hành sau này có thể làm thay đổi ngày này",
        "provisional: a later notice may move this day",
    ),
    "picture_received": ("nhận {time}", "received {time}"),
    "picture_due": ("hạn {time}", "due {time}"),
    "picture_folded": (
        "{n} ngày khác, trong đó tính {worked}", "{n} more days, {worked} of them count",
    ),
    "picture_counted": ("giờ được tính", "time that counts"),
    "picture_open": ("giờ làm việc khác", "other working time"),
})  # fmt: skip
