"""`phananh due`: when a budget of working time, or a term in days, ends (Art. 9.1-9.2)."""

import sys
from collections.abc import Iterator
from datetime import date, datetime, time
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
from phananh.worktime.explain.explanation import Explanation
from phananh.worktime.instants import VIETNAM
from phananh.worktime.phrases import format_date, moment_text
from phananh.worktime.terms.expiry import Expiry


@attrs.frozen(kw_only=True)
class Question:
    """The question, and the values wanted beside the due time."""

    context: RunContext
    calendar: WorkCalendar
    start: str
    explain: bool
    ends: str | None
    picture: bool
    svg: str | None

    @property
    def at(self) -> datetime:
        """The instant at which it starts, the first of a date."""
        written = parse_day_or_instant(self.start)
        if isinstance(written, date):
            return datetime.combine(written, time(), VIETNAM)
        return written.at

    def answer(self, budget: str) -> None:
        """Print when a budget of working time or a term in days ends."""
        term = read_term(budget)
        if term is None:
            if self.ends:
                raise click.UsageError(self.context.say("ends_for_days"))
            self._answer_hours(budget)
        elif self.picture or self.svg:
            raise click.UsageError(self.context.say("picture_for_hours"))
        else:
            self._answer_term(term)

    def _answer_hours(self, budget: str) -> None:
        amount, written = parse_budget(budget), parse_day_or_instant(self.start)
        if isinstance(written, date):
            raise CommandError("start_time_missing", text=short_repr(self.start), day=written)
        if not (self.explain or self.picture or self.svg or self.context.json):
            due = self.calendar.add(written.at, amount)  # faster than an explanation
            self.context.write_line(self._due_text(written, due))
            self._warn_if_provisional(provisional=self.calendar.provisional(written.at, due))
            return
        explanation = self.calendar.explain(written.at, amount)
        if self.svg:  # a file that cannot be written is refused before anything is printed
            write_svg(self.svg, explanation.svg(self.context.lang))
        emit(
            self.context,
            [self._data(explanation)],
            self._lines(explanation, self._due_text(written, explanation.due)),
        )

    def _due_text(self, written: TypedInstant, due: datetime) -> str:
        """Return a due time in Vietnamese words, or in the form of ISO 8601 and in the offset."""
        lang = self.context.lang
        if lang == "vi" and written.offset is None:
            return moment_text(due.astimezone(VIETNAM), lang)
        return written.format_like(due)

    def _lines(self, explanation: Explanation, due: str) -> Iterator[RenderableType]:
        if self.explain:
            yield from explanation.text(self.context.lang).splitlines()
        else:
            yield due
            self._warn_if_provisional(provisional=explanation.provisional)
        if self.picture or (self.explain and is_terminal(sys.stdout)):
            yield ""
            yield draw_picture(self.context, explanation)

    def _answer_term(self, term: Term) -> None:
        written = parse_day_or_instant(self.start)
        at = written if isinstance(written, date) else written.at
        expiry = attrs.evolve(term, ends=self.ends or "midnight").expiry(at, on=self.calendar)
        if self.explain or self.context.json:
            emit(self.context, [self._data(expiry)], expiry.text(self.context.lang).splitlines())
            return
        offset = None if isinstance(written, date) else written.offset
        self.context.write_line(_end_text(expiry, offset, self.context.lang))
        self._warn_if_provisional(provisional=expiry.provisional)

    def _data(self, answer: Explanation | Expiry) -> dict[str, Any]:
        facts = answer.as_dict()
        return facts if self.explain else {k: v for k, v in facts.items() if k != "steps"}

    def _warn_if_provisional(self, *, provisional: bool) -> None:
        if provisional:
            self.context.warn("provisional_day")


def _end_text(expiry: Expiry, offset: str | None, lang: str) -> str:
    """Return the end in the form of the question. A whole day ends at 24:00 of its own date."""
    if offset is not None:
        return expiry.due.replace(tzinfo=None).isoformat() + offset
    if expiry.term.ends == "midnight" and expiry.due.tzinfo == expiry.on.tzinfo:
        whole_day = f"hết ngày {format_date(expiry.last_day, lang)}"
        return whole_day if lang == "vi" else f"{expiry.last_day}T24:00:00"
    if lang == "vi":
        return moment_text(expiry.due, lang)
    return expiry.due.replace(tzinfo=None).isoformat()


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
    question = Question(
        context=context, calendar=calendar_of(hours), start=start, explain=explain, ends=ends,
        picture=picture, svg=svg,
    )  # fmt: skip
    question.answer(budget)
    warn_of_validity(context, hours, question.at)
    return 0


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
