"""`phananh due`: when a budget of working time, or a term in days, ends (Art. 9.1-9.2)."""

import sys
from datetime import date, timedelta
from typing import Any

import attrs
import click
from rich.console import RenderableType

from phananh.cli.base import SENTENCES, CommandError, RunContext, TranslatedCommand, speech_options
from phananh.cli.commands.due_batch import run_batch
from phananh.cli.commands.due_picture import draw_picture
from phananh.cli.input import (
    TypedInstant,
    calendar_of,
    hours_option,
    parse_budget,
    parse_day_or_instant,
    read_term,
    warn_of_validity,
)
from phananh.cli.terminal import emit, is_terminal, write_svg
from phananh.errors import short_repr
from phananh.worktime import Term, WorkCalendar
from phananh.worktime.instants import VIETNAM
from phananh.worktime.phrases import format_date, moment_text


class Due(TranslatedCommand):
    """Lets `-5h` reach the grammar, which says why it is refused."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse a budget below zero before it is taken for an option."""
        for word in args:
            if word[:1] == "-" and word[1:2].isdigit():
                parse_budget(word)
        return super().parse_args(ctx, args)


@click.command("due", cls=Due, help="due.help")
@click.argument("start", required=False)
@click.argument("budget", required=False)
@hours_option
@click.option("--explain", is_flag=True, help="due.explain")
@click.option("--picture", is_flag=True, help="due.picture")
@click.option("--svg", metavar="FILE", help="due.svg")
@click.option("--ends", type=click.Choice(("midnight", "closing")), help="due.ends")
@click.option("--batch", is_flag=False, flag_value="-", metavar="[FILE]", help="due.batch")
@speech_options
@click.pass_obj
def command(
    context: RunContext, *, start: str | None, budget: str | None, hours: str, batch: str | None,
    explain: bool, ends: str | None, picture: bool, svg: str | None,
) -> int:  # fmt: skip
    """Answer one question, or a file of them."""
    if batch is not None:
        if batch == "-" and budget is None:  # the file may stand after other options
            batch, start = start or "-", None
        if start is not None or explain or ends or picture or svg:
            raise click.UsageError(context.say("batch_alone"))
        return run_batch(batch, calendar_of(hours), context)
    if start is None or budget is None:
        raise click.UsageError(context.say("start_and_budget_needed"))
    if picture and context.json:
        raise click.UsageError(context.say("picture_or_json"))
    calendar, term = calendar_of(hours), read_term(budget)
    if term is None and ends:
        raise click.UsageError(context.say("ends_for_days"))
    if term is not None and (picture or svg):
        raise click.UsageError(context.say("picture_for_hours"))
    amount = parse_budget(budget) if term is None else timedelta()
    written = parse_day_or_instant(start)
    if term is not None:
        term = attrs.evolve(term, ends=ends or "midnight")
        _answer_term(context, calendar, written, term, explain=explain)
    elif isinstance(written, date):
        raise CommandError("start_time_missing", text=short_repr(start), day=written)
    else:
        _answer_hours(context, calendar, written, amount, explain=explain, picture=picture, svg=svg)
    day = written if isinstance(written, date) else written.at.astimezone(VIETNAM).date()
    warn_of_validity(context, hours, day)
    return 0


def _answer_hours(
    context: RunContext, calendar: WorkCalendar, written: TypedInstant, amount: timedelta, *,
    explain: bool, picture: bool, svg: str | None,
) -> None:  # fmt: skip
    """Print when a budget of working time ends, in the form of the question."""
    lang, at = context.lang, written.at
    wanted = explain or picture or svg or context.json
    explanation = calendar.explain(at, amount) if wanted else None  # to add is faster
    due = explanation.due if explanation else calendar.add(at, amount)
    in_words = lang == "vi" and written.offset is None
    text = moment_text(due.astimezone(VIETNAM), lang) if in_words else written.format_like(due)
    facts, lines = list[Any](), list[RenderableType]([text])
    if explanation:
        facts = [_facts(explanation, explain=explain)]
        if svg:  # a file that cannot be written is refused before anything is printed
            write_svg(svg, explanation.svg(lang))
        if explain:
            lines = [*explanation.text(lang).splitlines()]
        if picture or (explain and is_terminal(sys.stdout)):
            lines += ["", draw_picture(context, explanation)]
    emit(context, facts, lines)
    if not (explain or context.json) and calendar.provisional(at, due):
        context.warn("provisional_day")


def _answer_term(
    context: RunContext, calendar: WorkCalendar, written: date | TypedInstant, term: Term, *,
    explain: bool,
) -> None:  # fmt: skip
    """Print when a term in days ends. A whole day ends at 24:00 of its own date."""
    at, offset = (written, None) if isinstance(written, date) else (written.at, written.offset)
    expiry, lang = term.expiry(at, on=calendar), context.lang
    if explain:
        text = expiry.text(lang)
    elif offset is None and term.ends == "midnight" and expiry.due.tzinfo == expiry.on.tzinfo:
        whole_day = f"hết ngày {format_date(expiry.last_day, lang)}"
        text = whole_day if lang == "vi" else f"{expiry.last_day}T24:00:00"
    elif offset is None and lang == "vi":
        text = moment_text(expiry.due, lang)
    else:
        text = expiry.due.replace(tzinfo=None).isoformat() + (offset or "")
    emit(context, [_facts(expiry, explain=explain)], text.splitlines())
    if expiry.provisional and not (explain or context.json):
        context.warn("provisional_day")


def _facts(answer: Any, *, explain: bool) -> dict[str, Any]:
    facts: dict[str, Any] = answer.as_dict()
    return facts if explain else {name: fact for name, fact in facts.items() if name != "steps"}


SENTENCES.update({
    "due.help": (
        "Tính thời điểm hết hạn. TỪ-LÚC viết như '09:00 04/03/2026' hoặc 2026-03-04T09:00 "
        "(giờ Việt Nam), hoặc kèm múi giờ; THỜI-HẠN viết như 5h, 8h30m, 45m hoặc 90s, hoặc thời "
        "hạn tính bằng ngày, có thể kể từ một ngày: 5wd (ngày làm việc), 10d, 2w, 3mo hoặc 1y. "
        "--batch đọc các dòng CSV start,budget_seconds, và hours nếu cần, rồi ghi lại kèm thời "
        "hạn.",
        "Compute when a budget of working time is used up. START is like 2026-03-04T09:00 or "
        "'09:00 04/03/2026' (Vietnamese time), or with an offset. BUDGET is like 5h, 8h30m, 45m or "
        "90s, or a term in days, which may start on a date: 5wd (working days), 10d, 2w, 3mo or "
        "1y. --batch reads CSV rows start,budget_seconds, and hours if you need them, and writes "
        "them with their due times.",
    ),
    "due.explain": ("Giải thích theo từng buổi.", "Say why, session by session."),
    "due.picture": (
        "Vẽ các ngày với những giờ được tính; trên màn hình dòng lệnh, --explain cũng vẽ.",
        "Draw the days with the spans that count. On a terminal, --explain does so too.",
    ),
    "due.svg": (
        "Ghi hình các ngày vào tệp SVG.", "Write the picture of the days to an SVG file.",
    ),
    "due.ends": (
        "Ngày cuối của thời hạn tính bằng ngày kết thúc lúc 24 giờ (mặc định) hay khi hết giờ làm "
        "việc.",
        "When the last day of a term in days ends: at 24:00 (default), or at closing.",
    ),
    "due.batch": (
        "Các dòng start,budget_seconds từ TỆP hoặc đầu vào chuẩn.",
        "Rows start,budget_seconds from FILE or standard input.",
    ),
    "batch_alone": (
        "--batch không đi cùng TỪ-LÚC, THỜI-HẠN, --explain, --ends, --picture hay --svg.",
        "--batch takes no START, BUDGET, --explain, --ends, --picture or --svg.",
    ),
    "start_and_budget_needed": (
        "cần TỪ-LÚC và THỜI-HẠN, ví dụ '09:00 04/03/2026' 5h.",
        "START and BUDGET are needed, such as 2026-03-04T09:00 5h.",
    ),
    "picture_or_json": (
        "--picture dành cho người, --json dành cho chương trình; chỉ dùng một trong hai.",
        "--picture is for people and --json for programs. Give one of them.",
    ),
    "ends_for_days": (
        "--ends chỉ dùng cho thời hạn tính bằng ngày, ví dụ 5wd.",
        "--ends is for terms in days, such as 5wd.",
    ),
    "picture_for_hours": (
        "--picture và --svg chỉ dùng cho giờ làm việc, không dùng cho thời hạn tính bằng ngày.",
        "--picture and --svg are for working time, not for terms in days.",
    ),
})  # fmt: skip
