"""`phananh notices`: the documents that move days, and what a file of them would change."""

from collections.abc import Iterable
from typing import Any

import click

from phananh.cli.commands.notices_check import check
from phananh.cli.context import RunContext, shared
from phananh.cli.options.hours import calendar_of, hours_option
from phananh.cli.output.terminal import show, table
from phananh.cli.translated_command import TranslatedCommand
from phananh.worktime import Notice, NoticeDay, WorkCalendar
from phananh.worktime.phrases import format_date


class Notices(TranslatedCommand, click.Group):
    """The command, which lists the notices, and `check` below it."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one line a command."""
        frame = ctx.find_object(RunContext) or RunContext()
        with formatter.section(frame.say("Commands")):
            formatter.write_dl(
                [(name, frame.say(c.help or "")) for name, c in self.commands.items()]
            )


def known(calendar: WorkCalendar) -> list[Notice]:
    """Return all notices of a calendar, by their date of issue."""
    given = (*(calendar.days.notices if calendar.days else ()), *calendar.notices)
    undated = max((n.issued for n in given if n.issued), default=None)
    return sorted(set(given), key=lambda n: (str(n.issued or undated), n.document))


def _facts(notice: Notice, calendar: WorkCalendar) -> dict[str, Any]:
    days = [
        {
            "date": day.date.isoformat(),
            "kind": day.kind,
            "swapped_with": day.swapped_with.isoformat() if day.swapped_with else None,
            "sessions": [str(session) for session in day.sessions],
        }
        for day in notice.days
    ]
    over = (c for c in calendar.contradictions if c.yields.notice == notice)
    return {
        "document": notice.document,
        "also": list(notice.also),
        "office": notice.office,
        "issued": _iso(notice.issued),
        "known_on": _iso(notice.known_on),
        "status": notice.status,
        "known_through": _iso(notice.known_through),
        "days": days,
        "yields": [{"date": c.date.isoformat(), "to": c.holds.notice.document} for c in over],
        "note": notice.note,
        "source": notice.source,
    }


def _iso(day: Any) -> str | None:
    return day.isoformat() if day else None


def _cells(frame: RunContext, notice: Notice) -> tuple[str, ...]:
    issued = format_date(notice.issued, frame.lang) if notice.issued else "-"
    if notice.known_on and notice.known_on != notice.issued:
        issued += frame.say(" (known {day})", day=format_date(notice.known_on, frame.lang))
    through = notice.known_through
    parts = [_day(frame, day) for day in notice.days if not _is_second(day)]
    if through:
        parts.append(frame.say("days known through {day}", day=format_date(through, frame.lang)))
    return (
        ", ".join(notice.documents),
        notice.office,
        issued,
        frame.say(notice.status),
        "; ".join(filter(None, (*parts, _note(notice.note, frame.lang)))),
    )


def _note(note: str, lang: str) -> str:
    """Return what else a notice says; the names of the official table in English too."""
    for vi, en in _IN_ENGLISH if lang == "en" else ():
        note = note.replace(vi, en)
    return note


_IN_ENGLISH = (("Quốc khánh", "National Day"), (" hằng năm, từ ", " every year, from "))


def _is_second(day: NoticeDay) -> bool:
    """Say whether the other day of its swap tells of it."""
    return day.kind == "worked" and day.swapped_with is not None


def _day(frame: RunContext, day: NoticeDay) -> str:
    date = format_date(day.date, frame.lang)
    if day.swapped_with:
        other = format_date(day.swapped_with, frame.lang)
        return frame.say("{day} off, worked {other}", day=date, other=other)
    if day.kind == "hours":
        return f"{date} {', '.join(str(session) for session in day.sessions)}"
    return f"{date} {frame.say(day.kind)}"


def _tell(frame: RunContext, calendar: WorkCalendar, notices: Iterable[Notice]) -> None:
    heads = ("Document", "Issued by", "Issued", "Status", "What it changes")
    show(frame, table([*map(frame.say, heads)], (_cells(frame, notice) for notice in notices)))
    for each in calendar.contradictions:
        frame.line(each.text(frame.lang))
    through = format_date(calendar.known_through, frame.lang)
    frame.line(frame.say("days known through {day}", day=through))


@click.group(
    "notices", cls=Notices, invoke_without_command=True,
    help="The official notices that move days: number, office, date, what each changes, and "
    "which of two that contradict each other holds.",
)  # fmt: skip
@hours_option
@shared
@click.pass_context
def command(ctx: click.Context, *, hours: str) -> int:
    """List the notices of a calendar, where no command below is given."""
    if ctx.invoked_subcommand is None:
        frame, calendar = ctx.find_object(RunContext) or RunContext(), calendar_of(hours)
        if frame.json:
            for notice in known(calendar):
                frame.row(_facts(notice, calendar))
        else:
            _tell(frame, calendar, known(calendar))
    return 0


command.add_command(check)
