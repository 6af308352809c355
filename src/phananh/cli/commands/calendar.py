"""`phananh calendar`: a year or a month as it is worked, and where each day comes from."""

import calendar as months
import datetime as dt
import sys
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

import attrs
import click
from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.table import Table
from rich.text import Text

from phananh.cli.calendars import calendar_of, hours_option
from phananh.cli.context import SENTENCES, RunContext, speech_options
from phananh.cli.terminal import draw_svg, emit, is_terminal, make_table, write_svg
from phananh.cli.translated_command import TranslatedCommand
from phananh.worktime import DayInfo, WorkCalendar
from phananh.worktime.calendar.day_rules import BY_THE_WEEK, CombinedDayRules, DayRules
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
    lines = _special(context, days) if special else (_day_cells(context, day) for day in days)
    return make_table(context, names, lines)


def _special(context: RunContext, days: Iterable[Day]) -> Iterator[tuple[str | Text, ...]]:
    for without, found in groupby(days, lambda day: day.info.reason_code == "no_hours"):
        special = [day for day in found if day.is_special]
        if without:
            stretches = groupby(special, lambda day: day.mark)
            yield from (_stretch(context, list(stretch)) for _, stretch in stretches)
        else:
            yield from (_day_cells(context, day) for day in special)


def _stretch(context: RunContext, days: list[Day]) -> tuple[str | Text, ...]:
    mark, date, name, *rest = _day_cells(context, days[0])
    if len(days) == 1:
        return mark, date, name, *rest
    first, last = days[0].info.date, days[-1].info.date
    return mark, context.say("from_to", first=first, last=last), "", *rest


def _day_cells(context: RunContext, day: Day) -> tuple[str | Text, ...]:
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


_IN_PIPE = 100  # columns of the months where nobody looks


def find_days(calendar: WorkCalendar, year: int, month: int | None) -> Iterator[Day]:
    """Yield each day of a year or month, with the effect of a proposed notice."""
    proposed, week = attrs.evolve(calendar, expected=True), find_weekdays(calendar.day_rules)
    for each in (month,) if month else range(1, 13):
        for number in range(1, months.monthrange(year, each)[1] + 1):
            date = dt.date(year, each, number)
            info, other = calendar.day(date), proposed.day(date)
            yield Day(info, other if other.kind != info.kind else None, is_unset(info, week))


def find_weekdays(day_rules: DayRules | CombinedDayRules) -> frozenset[int]:
    """Return the weekdays on which an office opens in some season, Monday 0."""
    if isinstance(day_rules, CombinedDayRules):
        return frozenset().union(*map(find_weekdays, day_rules.part_rules))
    return frozenset(n for part in day_rules.timetable.hours if part.sessions for n in part.days)


def is_unset(info: DayInfo, week: frozenset[int]) -> bool:
    """Return whether a day is closed only because no hours are set for it."""
    would_be_worked = info.date.weekday() in week or info.swapped_with is not None
    return info.reason_code == "no_hours" and would_be_worked


def _facts(day: Day) -> dict[str, Any]:
    info = day.info
    return {
        "date": info.date,
        "kind": info.kind,
        "sessions": [str(session) for session in info.sessions],
        "reason": info.reason_code,
        "vi": info.vi,
        "en": info.en,
        "source": info.source,
        "status": info.status,
        "predicted": info.predicted,
        "swapped_with": info.swapped_with,
        "proposed": day.proposed.kind if day.proposed else None,
    }


@click.command("calendar", cls=TranslatedCommand, help="calendar.help")
@click.argument("year", type=click.IntRange(1, 9999))
@click.argument("month", type=click.IntRange(1, 12), required=False)
@hours_option
@click.option("--svg", metavar="FILE", help="picture_svg")
@speech_options
@click.pass_obj
def command(
    context: RunContext, *, year: int, month: int | None, hours: str, svg: str | None
) -> int:
    """Draw a year, or list the days of a month."""
    calendar = calendar_of(hours)
    days = list(find_days(calendar, year, month))
    drawn, listed = (
        draw_months(context, calendar, days),
        list_days(context, days, special=not month),
    )
    if svg:
        write_svg(svg, draw_svg(Group(drawn, listed), title=f"phananh calendar {year}", width=120))
    width = None if is_terminal(sys.stdout) else _IN_PIPE
    emit(context, map(_facts, days), [Constrain(drawn, width), listed])
    return 0


SENTENCES.update({
    "calendar.help": (
        "Lịch làm việc của một năm: ngày làm, ngày nghỉ, thứ Bảy làm bù, và căn cứ của từng ngày.",
        "The calendar of a year: working days, days off, worked Saturdays, and the source of each "
        "day.",
    ),
    "working_days": ("{n} ngày làm việc trên {all} ngày", "{n} working days of {all}"),
    "month_key": (
        "* nghỉ   + làm bù   h giờ riêng   ? tạm tính",
        "* off   + worked in place of another day   h its own hours   ? may change",
    ),
    "months": (
        "Tháng 1, Tháng 2, Tháng 3, Tháng 4, Tháng 5, Tháng 6, Tháng 7, Tháng 8, Tháng 9, Tháng "
        "10, Tháng 11, Tháng 12",
        "January, February, March, April, May, June, July, August, September, October, November, "
        "December",
    ),
    "week": ("T2 T3 T4 T5 T6 T7 CN", "Mo Tu We Th Fr Sa Su"),
    "no_hours_set": ("chưa nêu giờ làm việc", "no hours are set"),
    "hours_of": ("giờ làm việc", "hours"),
    "date_predicted": (
        "; tạm tính, chưa có văn bản xác nhận", ", the date is predicted",
    ),
    "day_proposed": ("; đề xuất: {why}", ", proposed: {why}"),
})  # fmt: skip
