"""Days drawn as months, and listed with their reasons."""

from collections.abc import Iterable, Iterator
from itertools import groupby

import attrs
from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from phananh.cli.context import RunContext
from phananh.cli.output.terminal import make_table
from phananh.worktime import DayInfo, WorkCalendar
from phananh.worktime.calendar.day_rules import BY_THE_WEEK
from phananh.worktime.phrases import cite, format_date, weekday_name
from phananh.worktime.session import format_sessions

_NUMBER = 2  # columns of the terminal that the number of a day takes
# kind of day: (mark in the picture, style)
_MARKS = {
    "open": ("", ""),
    "weekend": ("", "dim"),
    "off": ("*", "bold red"),
    "worked": ("+", "bold green"),
    "hours": ("h", "bold yellow"),
    "unset": ("x", "bold yellow"),
}


@attrs.frozen
class Day:
    """A day as it is, and as a notice that is only proposed would have it.

    `unset`: no hours are set for it, although it would be worked, were there any.
    """

    info: DayInfo
    proposed: DayInfo | None = None
    unset: bool = False

    @property
    def is_special(self) -> bool:
        """Whether the week alone does not say what this day is."""
        singled_out = self.proposed is not None or self.info.reason_code not in BY_THE_WEEK
        return singled_out or self.unset

    @property
    def style(self) -> str:
        """The colour of the day."""
        return _MARKS[self._kind][1] if self.proposed is None else "bold magenta"

    @property
    def mark(self) -> str:
        """The letters beside its number: the kind, and a question mark if it may change."""
        doubt = self.is_special and (self.proposed or self.info.status == "expected")
        return _MARKS[self._kind][0] + ("?" if doubt else "")

    @property
    def _is_rest(self) -> bool:
        return self.info.kind == "off" and self.info.reason_code in BY_THE_WEEK

    @property
    def _kind(self) -> str:
        if self.unset:
            return "unset"
        if (self.info.reason_code, self.info.kind) == ("notice", "worked"):
            return "open"  # made up for nothing
        return "weekend" if self._is_rest else self.info.kind


def _grid(context: RunContext, days: list[Day], marks: int) -> Table:
    """Return a month. `marks` is the most letters beside a number."""
    first = days[0].info.date
    title = context.say("months").split(", ")[first.month - 1]
    grid = Table(box=None, padding=0, pad_edge=False, title=title)
    for name in context.say("week").split():
        grid.add_column(Text(name), header_style="dim", width=_NUMBER + marks + 1)
    cells = [Text("")] * first.weekday()
    for day in days:
        cells.append(Text(f"{day.info.date.day:{_NUMBER}}{day.mark}", style=day.style))
    for start in range(0, len(cells), 7):
        grid.add_row(*cells[start : start + 7])
    return grid


def draw_months(context: RunContext, calendar: WorkCalendar, days: list[Day]) -> RenderableType:
    """Return the days as months side by side, with the key of the marks."""
    by_month: dict[int, list[Day]] = {}
    for day in days:
        by_month.setdefault(day.info.date.month, []).append(day)
    worked = sum(1 for day in days if day.info.sessions)
    total = context.say("working_days", n=worked, all=len(days))
    hours = context.pick(calendar.timetable.source, calendar.timetable.source_en)
    key = context.say("month_key")
    if any(day.unset for day in days):
        key += f"   x {context.say('no_hours_set')}"
    marks = max((1, *(len(day.mark) for day in days)))
    grids = Columns([_grid(context, each, marks) for each in by_month.values()], padding=(1, 3))
    return Group(
        grids,
        Text(f"\n{total}   {context.say('hours_of')}: {calendar.name} {hours}".rstrip()),
        Text(f"{key}\n", style="dim"),
    )


def list_days(context: RunContext, days: list[Day], *, special: bool) -> RenderableType:
    """Return all days, or the special ones, one per line: sessions, reason, source.

    Special days without hours share one line per stretch, as there may be many.
    """
    names = ("", "date", "day", "sessions", "why", "source", "status")
    lines = _special(context, days) if special else (_cells(context, day) for day in days)
    return make_table(context, names, lines)


def _special(context: RunContext, days: Iterable[Day]) -> Iterator[tuple[str | Text, ...]]:
    for without, found in groupby(days, lambda day: day.info.reason_code == "no_hours"):
        special = [day for day in found if day.is_special]
        if without:
            stretches = groupby(special, lambda day: day.mark)
            yield from (_stretch(context, list(stretch)) for _, stretch in stretches)
        else:
            yield from (_cells(context, day) for day in special)


def _stretch(context: RunContext, days: list[Day]) -> tuple[str | Text, ...]:
    mark, date, name, *rest = _cells(context, days[0])
    if len(days) == 1:
        return mark, date, name, *rest
    first, last = days[0].info.date, days[-1].info.date
    return mark, context.say("from_to", first=first, last=last), "", *rest


def _cells(context: RunContext, day: Day) -> tuple[str | Text, ...]:
    lang, info = context.lang, day.info
    why = context.pick(info.vi, info.en)
    if info.predicted:
        why += context.say("date_predicted")
    source = "" if info.reason_code in BY_THE_WEEK else _papers(info, lang)
    if day.proposed:
        other = day.proposed
        why += context.say("day_proposed", why=context.pick(other.vi, other.en))
        source = _papers(other, lang)
    return (
        Text(day.mark, style=day.style),
        format_date(info.date, lang),
        weekday_name(info.date, lang),
        format_sessions(info.sessions) or "-",
        why,
        source,
        context.say(f"status.{info.status}"),
    )


def _papers(info: DayInfo, lang: str) -> str:
    """Return the law or the notice behind a day as it is cited, and what fixed its date."""
    papers = [(info.source, info.issued), info.fixed_by]
    return "; ".join(cite(name, issued, lang) for name, issued in papers if name)
