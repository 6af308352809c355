"""`phananh calendar`: a year or a month as it is worked, and where each day comes from."""

import calendar as months
import datetime as dt
import sys
from collections.abc import Iterator
from itertools import groupby

import attrs
import click
from rich.columns import Columns
from rich.console import Group, RenderableType
from rich.constrain import Constrain
from rich.table import Table
from rich.text import Text

from phananh.cli.base import OK, SENTENCES, RunContext, TranslatedCommand, speech_options
from phananh.cli.input import calendar_of, hours_option
from phananh.cli.terminal import draw_svg, emit, is_terminal, make_table, write_file
from phananh.worktime import WorkCalendar
from phananh.worktime.calendar.day_rules import BY_THE_WEEK, CombinedDayRules, DayInfo, DayRules
from phananh.worktime.phrases import cite, format_date, weekday_name
from phananh.worktime.session import format_sessions

_IN_PIPE = 100  # columns of the months where nobody looks
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
    names = ("", "date", "day", "sessions", "why", "source", "status")
    cells = (_day_cells(context, day) for day in days) if month else _special_cells(context, days)
    drawn, listed = _draw_months(context, calendar, days), make_table(context, names, cells)
    if svg:
        write_file(svg, draw_svg(Group(drawn, listed), title=f"phananh calendar {year}", width=120))
    facts = (
        {
            "date": day.info.date,
            "kind": day.info.kind,
            "sessions": [str(session) for session in day.info.sessions],
            "reason": day.info.reason_code,
            "vi": day.info.vi,
            "en": day.info.en,
            "source": day.info.source,
            "status": day.info.status,
            "predicted": day.info.predicted,
            "swapped_with": day.info.swapped_with,
            "proposed": day.proposed.kind if day.proposed else None,
        }
        for day in days
    )
    emit(context, facts, [Constrain(drawn, None if is_terminal(sys.stdout) else _IN_PIPE), listed])
    return OK


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
    def look(self) -> tuple[str, str]:
        """The letters beside its number, with a question mark if it may change, and its colour."""
        kind, by_the_week = self.info.kind, self.info.reason_code in BY_THE_WEEK
        if self.unset:
            kind = "unset"
        elif (self.info.reason_code, kind) == ("notice", "worked"):
            kind = "open"  # made up for nothing
        elif kind == "off" and by_the_week:
            kind = "weekend"
        mark, style = _MARKS[kind]
        doubt = self.is_special and (self.proposed or self.info.status == "expected")
        return mark + ("?" if doubt else ""), "bold magenta" if self.proposed else style


def find_days(calendar: WorkCalendar, year: int, month: int | None) -> Iterator[Day]:
    """Yield each day of a year or month, with the effect of a proposed notice."""
    proposed, week = attrs.evolve(calendar, expected=True), _find_weekdays(calendar.day_rules)
    for each in (month,) if month else range(1, 13):
        for number in range(1, months.monthrange(year, each)[1] + 1):
            date = dt.date(year, each, number)
            info, other = calendar.day(date), proposed.day(date)
            would_be_worked = date.weekday() in week or info.swapped_with is not None
            unset = info.reason_code == "no_hours" and would_be_worked
            yield Day(info, other if other.kind != info.kind else None, unset)


def _find_weekdays(day_rules: DayRules | CombinedDayRules) -> frozenset[int]:
    """Return the weekdays on which an office opens in some season, Monday 0."""
    if isinstance(day_rules, CombinedDayRules):
        return frozenset().union(*map(_find_weekdays, day_rules.part_rules))
    return frozenset(n for part in day_rules.timetable.hours if part.sessions for n in part.days)


def _draw_months(context: RunContext, calendar: WorkCalendar, days: list[Day]) -> RenderableType:
    """Return the days as months side by side, with the key of the marks."""
    marks = max((1, *(len(day.look[0]) for day in days)))
    by_month = groupby(days, lambda day: day.info.date.month)
    grids = [_draw_month(context, list(each), marks) for _, each in by_month]
    worked = sum(1 for day in days if day.info.sessions)
    total = context.say("working_days", n=worked, all=len(days))
    hours = context.pick(calendar.timetable.source, calendar.timetable.source_en)
    key = context.say("month_key")
    if any(day.unset for day in days):
        key += f"   x {context.say('no_hours_set')}"
    return Group(
        Columns(grids, padding=(1, 3)),
        Text(f"\n{total}   {context.say('hours_of')}: {calendar.name} {hours}".rstrip()),
        Text(f"{key}\n", style="dim"),
    )


def _draw_month(context: RunContext, days: list[Day], marks: int) -> Table:
    """Return a month. `marks` is the most letters beside a number."""
    first = days[0].info.date
    grid = Table(
        box=None,
        padding=0,
        pad_edge=False,
        title=context.say("months").split(", ")[first.month - 1],
    )
    for name in context.say("week").split():
        grid.add_column(Text(name), header_style="dim", width=_NUMBER + marks + 1)
    cells = [Text("")] * first.weekday()
    for day in days:
        mark, style = day.look
        cells.append(Text(f"{day.info.date.day:{_NUMBER}}{mark}", style=style))
    for start in range(0, len(cells), 7):
        grid.add_row(*cells[start : start + 7])
    return grid


def _special_cells(context: RunContext, days: list[Day]) -> Iterator[tuple[str | Text, ...]]:
    """Yield the special days. Those without hours share one line per stretch, as they are many."""
    for without, found in groupby(days, lambda day: day.info.reason_code == "no_hours"):
        special = [day for day in found if day.is_special]
        for _, alike in groupby(special, lambda day: day.look[0]) if without else ():
            stretch = list(alike)
            first, last = stretch[0].info.date, stretch[-1].info.date
            mark, date, name, *rest = _day_cells(context, stretch[0])
            if first != last:
                date, name = context.say("from_to", first=first, last=last), ""
            yield mark, date, name, *rest
        if not without:
            yield from (_day_cells(context, day) for day in special)


def _day_cells(context: RunContext, day: Day) -> tuple[str | Text, ...]:
    """Return a day in words: its mark, date and sessions, the reason, and what it rests on."""
    lang, info = context.lang, day.info
    why, papers = context.pick(info.vi, info.en), info
    if info.predicted:
        why += context.say("date_predicted")
    if day.proposed:
        papers = day.proposed
        why += context.say("day_proposed", why=context.pick(papers.vi, papers.en))
    cited = [(papers.source, papers.issued), papers.fixed_by]
    source = "; ".join(cite(name, issued, lang) for name, issued in cited if name)
    return (
        Text(day.look[0], style=day.look[1]),
        format_date(info.date, lang),
        weekday_name(info.date, lang),
        format_sessions(info.sessions) or "-",
        why,
        source if day.proposed or info.reason_code not in BY_THE_WEEK else "",
        context.say(f"status.{info.status}"),
    )


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
