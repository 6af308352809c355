"""`phananh notices`: the documents that move days, and the changes by a file of them."""

from collections.abc import Iterator
from typing import Any

import click
from click.core import ParameterSource
from rich.console import RenderableType

from phananh.cli.context import RunContext, find_context, speech_options
from phananh.cli.notices.check import check
from phananh.cli.options.hours import calendar_of, hours_option
from phananh.cli.output.emit import emit
from phananh.cli.output.terminal import make_table
from phananh.cli.translated_command import TranslatedGroup
from phananh.worktime import Notice, NoticeDay, WorkCalendar
from phananh.worktime.phrases import cite, format_date

_OPTIONS = ("hours", "notices", "as_of")
_IN_ENGLISH = (("Quốc khánh", "National Day"), (" hằng năm, từ ", " every year, from "))


def list_notices(calendar: WorkCalendar) -> list[Notice]:
    """Return all notices of a calendar, by their date of issue."""
    given = (*(calendar.days.notices if calendar.days else ()), *calendar.notices)
    undated = max((n.issued for n in given if n.issued), default=None)
    return sorted(set(given), key=lambda n: (str(n.issued or undated), n.document))


def _facts(notice: Notice, calendar: WorkCalendar) -> dict[str, Any]:
    days = [
        {
            "date": day.date,
            "kind": day.kind,
            "swapped_with": day.swapped_with,
            "sessions": [str(session) for session in day.sessions],
        }
        for day in notice.days
    ]
    over = (c for c in calendar.contradictions if c.yields.notice == notice)
    return {
        "document": notice.document,
        "also": notice.also,
        "office": notice.office,
        "issued": notice.issued,
        "known_on": notice.known_on,
        "status": notice.status,
        "known_through": notice.known_through,
        "days": days,
        "yields": [{"date": c.date, "to": c.holds.notice.document} for c in over],
        "note": notice.note,
        "source": notice.source,
    }


def _cells(context: RunContext, notice: Notice) -> tuple[str, ...]:
    issued = format_date(notice.issued, context.lang) if notice.issued else "-"
    if notice.known_on and notice.known_on != notice.issued:
        issued += context.say("notice_known_on", day=notice.known_on)
    parts = [_day_text(context, day) for day in notice.days if not _is_second(day)]
    if notice.known_through:
        parts.append(context.say("days_known", day=notice.known_through))
    return (
        ", ".join(cite(document, None, context.lang) for document in notice.documents),
        notice.office,
        issued,
        context.say(f"status.{notice.status}"),
        "; ".join(filter(None, (*parts, _note_text(notice.note, context.lang)))),
    )


def _note_text(note: str, lang: str) -> str:
    """Return the note of a notice, with the names of the official table in English too."""
    for vi, en in _IN_ENGLISH if lang == "en" else ():
        note = note.replace(vi, en)
    return note


def _is_second(day: NoticeDay) -> bool:
    """Return whether the other day of its swap speaks of it."""
    return day.kind == "worked" and day.swapped_with is not None


def _day_text(context: RunContext, day: NoticeDay) -> str:
    if day.swapped_with:
        return context.say("day_swapped", day=day.date, other=day.swapped_with)
    date = format_date(day.date, context.lang)
    if day.kind == "hours":
        return f"{date} {', '.join(str(session) for session in day.sessions)}"
    return f"{date} {context.say(f'kind.{day.kind}')}"


def _texts(context: RunContext, calendar: WorkCalendar) -> Iterator[RenderableType]:
    names = ("document", "issued_by", "issued", "status", "changes")
    rows = (_cells(context, notice) for notice in list_notices(calendar))
    yield make_table(context, names, rows)
    for each in calendar.contradictions:
        yield each.text(context.lang)
    yield context.say("days_known", day=calendar.known_through)


@click.group("notices", cls=TranslatedGroup, invoke_without_command=True, help="notices.help")
@hours_option
@speech_options
@click.pass_context
def command(ctx: click.Context, *, hours: str) -> int:
    """List the notices of a calendar, if no command below is given."""
    context = find_context(ctx)
    if ctx.invoked_subcommand is None:
        calendar = calendar_of(hours)
        data = (_facts(notice, calendar) for notice in list_notices(calendar))
        emit(context, data, _texts(context, calendar))
    elif any(ctx.get_parameter_source(name) == ParameterSource.COMMANDLINE for name in _OPTIONS):
        raise click.UsageError(context.say("options_behind"))
    return 0


command.add_command(check)
