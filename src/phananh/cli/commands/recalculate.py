"""`phananh recalculate`: the effect of a changed calendar on the running limits (R15)."""

import shlex
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Literal, TypeVar

import attrs
import click
from rich.console import RenderableType

from phananh.cli.base import (
    SENTENCES,
    CommandError,
    RunContext,
    TranslatedCommand,
    escape_control,
    shared_options,
    to_json,
)
from phananh.cli.database import at_option, open_desk
from phananh.cli.input import calendar_of, days_options, parse_day, read_calendar
from phananh.cli.terminal import Progress, emit, format_instant, make_table
from phananh.desk.calendars import CalendarInUse
from phananh.desk.recalculate import HEADER, DeadlineMove, Recalculation, format_csv
from phananh.errors import short_repr
from phananh.messages.labels import word
from phananh.regulation.context import Actor
from phananh.regulation.request import Role
from phananh.worktime import WorkCalendar
from phananh.worktime.phrases import cite, format_date

F = TypeVar("F", bound=Callable[..., Any])


def actors_option(command: F) -> F:
    """Add `--hours`, given several times for several actors, `--former`, and the days' options."""
    former = click.option("--former", multiple=True, metavar="NAME|FILE", help="hours.former")
    hours = click.option(
        "--hours", "hours", multiple=True, metavar="[ROLE[/UNIT]=]NAME|FILE",
        help="hours.by_actor",
    )  # fmt: skip
    return hours(former(days_options(command)))


def hours_by_actor(given: Iterable[str]) -> dict[Actor, WorkCalendar]:
    """Return the calendar of each actor. The rest have hours without an actor, else preset A."""
    hours: dict[Actor | None, WorkCalendar] = {}
    for text in given:
        actor, calendar = _parse_hours(text)
        if actor in hours:
            raise CommandError("hours_twice", text=short_repr(text))
        hours[actor] = calendar
    others = hours.pop(None, None) or calendar_of("A")
    return {**dict.fromkeys(Role, others), **hours}  # type: ignore[dict-item]  # None was taken out


def _parse_hours(text: str) -> tuple[Actor | None, WorkCalendar]:
    who, equals, named = text.partition("=")
    if not equals:
        return None, calendar_of(text)
    role, slash, unit = who.partition("/")
    if role not in tuple(Role) or (slash and not unit):
        raise CommandError("no_such_role", text=short_repr(text), roles=tuple(Role))
    return (Role(role), unit) if slash else Role(role), calendar_of(named)


def former_hours(given: Iterable[str]) -> list[WorkCalendar]:
    """Return calendars as they were: no notice is added to them."""
    return [read_calendar(name) for name in given]


_LISTED = 100
_Cells = Callable[[RunContext, DeadlineMove], tuple[str, ...]]


@attrs.define
class MovePrinter:
    """Prints moves as they come: rows of CSV or JSON at once, the first hundred as a table."""

    context: RunContext
    as_csv: bool
    _first: dict[str, list[DeadlineMove]] = attrs.field(factory=dict, init=False)
    _count: dict[str, int] = attrs.field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        """Print the header of the CSV."""
        if self.as_csv:
            self.context.write(format_csv([HEADER]), nl=False)

    def take(self, move: DeadlineMove) -> None:
        """Print a move, or keep it for the table."""
        kind = move.outcome if move.outcome in _TO_DECIDE else "counted"
        self._count[kind] = self._count.get(kind, 0) + 1
        if self.as_csv:
            self.context.write(format_csv([map(escape_control, move.row())]), nl=False)
        elif self.context.json:
            self.context.write(to_json(move.as_dict()))
        elif self._count[kind] <= _LISTED:
            self._first.setdefault(kind, []).append(move)

    def end(self, report: Recalculation) -> None:
        """Print the tables and the sums. Beside CSV the sums go to standard error."""
        if self.as_csv:
            for line in self._sums(report):
                self.context.write_aside(line)
            return
        facts: dict[str, Any] = report.as_dict()
        facts.pop("moves")
        emit(self.context, [facts], self._texts(report))

    def _sums(self, report: Recalculation) -> Iterator[str]:
        code = "would_move" if report.dry_run else "moved"
        yield self.context.say(code, **_counts(report, "moved", "kept", "read"))
        if any(unit.to_decide for unit in report.units):
            yield self.context.say("to_decide", **_counts(report, *_TO_DECIDE))

    def _texts(self, report: Recalculation) -> Iterator[RenderableType]:
        yield from self._table("counted", ("case", "unit", "was_due", "is_due", "days", "why"),
                               _counted_cells)  # fmt: skip
        for kind, (heads, cells) in _TO_DECIDE.items():
            if kind in self._first:
                yield self.context.say(f"decide.{kind}")
                yield from self._table(kind, heads, cells)
        if report.units:
            yield _unit_table(self.context, report)
        yield from self._sums(report)

    def _table(self, kind: str, heads: tuple[str, ...], cells: _Cells) -> Iterator[RenderableType]:
        moves = self._first.get(kind, [])
        if moves:
            yield make_table(self.context, heads, (cells(self.context, each) for each in moves))
        if self._count.get(kind, 0) > _LISTED:
            yield self.context.say("more_moves", n=f"{self._count[kind] - _LISTED:,}")


def _unit_table(context: RunContext, report: Recalculation) -> RenderableType:
    rows = (
        (word("role", u.role, context.lang), u.unit or "-",
         *(f"{n:,}" for n in (u.later, u.earlier, u.kept, u.to_decide)))
        for u in report.units
    )  # fmt: skip
    return make_table(context, ("holder", "unit", "later", "earlier", "kept", "decide"), rows)


def _counts(report: Recalculation, *names: str) -> dict[str, str]:
    return {name: f"{getattr(report, name):,}" for name in names}


def _first_cells(context: RunContext, move: DeadlineMove) -> tuple[str, ...]:
    return (move.case, move.unit or move.holder or "-", format_instant(move.old, context.lang))


def _counted_cells(context: RunContext, move: DeadlineMove) -> tuple[str, ...]:
    lang = context.lang
    why = [word("cause", move.cause, lang), *_cite_all(move.notices, lang)]
    why += [f"{context.say('kept')}: {reason.text(lang)}" for reason in move.reasons]
    new = format_instant(move.new, lang) if move.new else ""
    return (*_first_cells(context, move), new, _list_days(move.days, lang), "; ".join(why))


def _unexplained_cells(context: RunContext, move: DeadlineMove) -> tuple[str, ...]:
    counted = format_instant(move.counted, context.lang)
    days = _list_days(move.unexplained, context.lang)
    missing = ", ".join(_cite_all(move.missing, context.lang)) or "?"
    set_on = f"{move.old_calendar} {move.old_version}"
    return (*_first_cells(context, move), counted, days, set_on, missing)


def _named_cells(context: RunContext, move: DeadlineMove) -> tuple[str, ...]:
    days = _list_days(move.days, context.lang)
    notices = ", ".join(_cite_all(move.notices, context.lang)) or "-"
    return (*_first_cells(context, move), days, notices)


def _late_cells(context: RunContext, move: DeadlineMove) -> tuple[str, ...]:
    lang = context.lang
    counted, days = format_instant(move.counted, lang), _list_days(move.days, lang)
    why = [word("cause", move.cause, lang), *_cite_all(move.notices, lang)]
    why += [reason.text(lang) for reason in move.reasons]
    return (*_first_cells(context, move), counted, days, "; ".join(why))


def _cite_all(documents: tuple[str, ...], lang: str) -> list[str]:
    return [cite(document, None, lang) for document in documents]


def _list_days(days: tuple[date, ...], lang: str) -> str:
    return ", ".join(format_date(day, lang) for day in days)


# outcome that a person is to decide: the heads of its table, and its cells
_TO_DECIDE: dict[str, tuple[tuple[str, ...], _Cells]] = {
    "unexplained": (
        ("case", "unit", "due", "counted", "days", "set_on", "missing"), _unexplained_cells
    ),
    "named_on_day_off": (
        ("case", "unit", "promised", "day_off", "by_notice"), _named_cells
    ),
    "late_before": (
        ("case", "unit", "was_due", "counted", "days", "why"), _late_cells
    ),
}  # fmt: skip


@click.command("recalculate", cls=TranslatedCommand, help="recalculate.help")
@click.option("--apply", "applied", is_flag=True, help="recalculate.apply")
@click.option(
    "--earlier", type=click.Choice(("keep", "apply")), default="keep", help="recalculate.earlier"
)
@click.option(
    "--unexplained", type=click.Choice(("keep", "apply")), default="keep",
    help="recalculate.unexplained",
)  # fmt: skip
@click.option("--day", "days", multiple=True, metavar="DATE", help="recalculate.day")
@click.option("--csv", "as_csv", is_flag=True, help="recalculate.csv")
@click.option("--check", is_flag=True, help="recalculate.check")
@click.option("--resume", metavar="CURSOR", help="recalculate.resume")
@actors_option
@at_option
@shared_options
@click.pass_obj
def command(
    context: RunContext,
    *,
    applied: bool,
    earlier: Literal["keep", "apply"],
    unexplained: Literal["keep", "apply"],
    days: tuple[str, ...],
    as_csv: bool,
    check: bool,
    resume: str | None,
    hours: tuple[str, ...],
    former: tuple[str, ...],
    at: str | None,
) -> int:
    """Recalculate, and say what moved, by case and by unit."""
    ignored = applied or as_csv or days or resume or "apply" in (earlier, unexplained)
    _check_options(context, as_csv=as_csv, is_alone=not (check and ignored))
    changed, actors = [parse_day(day) for day in days], hours_by_actor(hours)
    with open_desk(context, hours="A", at=at) as opened:
        desk = attrs.evolve(opened, calendar=actors, former=former_hours(former))
        # One that is unknown stops everything before anything has moved.
        used = desk.check_calendars() if check or applied else ()
        if check:
            emit(context, used, _calendar_texts(context, used))
            return 0
        printer = MovePrinter(context, as_csv)
        with _show_progress(context, resume) as on_page:
            report = desk.recalculate(
                dry_run=not applied,
                earlier=earlier,
                unexplained=unexplained,
                days=changed,
                after=resume,
                on_move=printer.take,
                on_page=on_page,
            )
    printer.end(report)
    for failure in report.failed:
        context.warn("not_moved", problem=failure)
    return 3 if report.failed or (applied and report.unexplained) else 0


def _check_options(context: RunContext, *, as_csv: bool, is_alone: bool) -> None:
    """Refuse two forms at once, and `--check` beside options that it would ignore."""
    if as_csv and context.json:
        raise CommandError("csv_or_json")
    if not is_alone:
        raise click.UsageError(context.say("check_alone"))


@contextmanager
def _show_progress(
    context: RunContext, resume: str | None
) -> Iterator[Callable[[Recalculation], None]]:
    """Show the progress, and after an interrupt how to go on."""
    cursor, any_page = resume, False
    with Progress(context, "limits_read") as progress:

        def on_page(report: Recalculation) -> None:
            nonlocal cursor, any_page
            cursor, any_page = report.next, True
            progress.advance_to(report.read)

        try:
            yield on_page
        except BaseException as cut:
            if any_page or isinstance(cut, KeyboardInterrupt):
                _say_how_to_go_on(context, cursor, all_done=any_page and cursor is None)
            raise


def _say_how_to_go_on(context: RunContext, cursor: str | None, *, all_done: bool) -> None:
    if cursor:
        context.warn("resume_with", cursor=shlex.quote(cursor))
    elif not all_done:
        context.warn("run_again")


def _calendar_texts(
    context: RunContext, used: tuple[CalendarInUse, ...]
) -> Iterator[RenderableType]:
    names = ("calendar", "version", "deadlines", "at_hand", "cases")
    rows = (
        (
            use.name,
            use.version,
            f"{use.deadlines:,}",
            context.say("yes" if use.is_at_hand else "no"),
            ", ".join(use.cases) + (", ..." if use.deadlines > len(use.cases) else ""),
        )
        for use in used
    )
    if used:
        yield make_table(context, names, rows)
    yield context.say("calendars_in_use", n=len(used))
    absent = tuple(f"{use.name} {use.version}" for use in used if not use.is_at_hand)
    if absent:
        yield context.say("versions_absent", versions=absent)


SENTENCES.update({
    "hours.by_actor": (
        "Giờ làm việc của mọi người, của một vai trò, hoặc của một đơn vị (agency/SO-1=VP); "
        "dùng được nhiều lần (mặc định A).",
        "Office hours of everybody, of a role, or of one unit (agency/SO-1=VP). Can be given "
        "several times (default A).",
    ),
    "hours.former": (
        "Giờ làm việc trước đây mà thời hạn đang tính còn nêu; dùng được nhiều lần.",
        "Former hours, which open deadlines still name. Can be given several times.",
    ),
    "hours_twice": (
        "--hours {text}: đã có giờ làm việc rồi", "--hours {text}: the hours are given already",
    ),
    "no_such_role": (
        "--hours {text}: không có vai trò này; các vai trò: {roles}",
        "--hours {text}: no such role. Use one of {roles}.",
    ),
    "recalculate.help": (
        "So mọi thời hạn đang tính với lịch hiện hành và liệt kê hạn nào đổi. Không ghi gì nếu "
        "không có --apply; chạy lại thì không đổi thêm.",
        "Compare every running limit with today's calendar, and list what moves. The moves are "
        "recorded only with --apply. Safe to repeat.",
    ),
    "recalculate.apply": ("Ghi lại các hạn đổi.", "Record the moves."),
    "recalculate.earlier": (
        "Ngày làm việc thêm có được rút ngắn hạn đã báo không (mặc định keep: giữ).",
        "Whether a worked day may take away time that was promised (default keep).",
    ),
    "recalculate.unexplained": (
        "Có đổi hạn khi không văn bản nào nêu lý do của ngày đã đổi không: văn bản đã thu hồi, "
        "hoặc giờ làm việc đã đổi (mặc định keep: giữ).",
        "Whether a limit moves although no notice explains the day that changed: it was "
        "withdrawn, or the hours were changed (default keep).",
    ),
    "recalculate.day": (
        "Ngày đã đổi; phản ánh, kiến nghị không liên quan tới ngày nào thì bỏ qua, không đọc.",
        "A day that changed. Cases that it cannot affect are skipped unread.",
    ),
    "recalculate.csv": ("In các hạn đổi dạng CSV.", "Print the moves as CSV."),
    "recalculate.check": (
        "Chỉ liệt kê các lịch mà thời hạn đang tính nêu tên.",
        "Only list the calendars that open deadlines name.",
    ),
    "recalculate.resume": ("Chạy tiếp từ chỗ bị ngắt.", "Continue a run that was interrupted."),
    "csv_or_json": (
        "chỉ dùng một trong --csv và --json", "--csv and --json are two forms. Give one of them.",
    ),
    "check_alone": (
        "--check chỉ liệt kê các lịch; bỏ --apply, --earlier, --unexplained, --day, --csv và "
        "--resume.",
        "--check only lists calendars. Leave out --apply, --earlier, --unexplained, --day, --csv "
        "and --resume.",
    ),
    "not_moved": ("chưa tính lại được: {problem}", "not moved: {problem}"),
    "limits_read": ("thời hạn đã xem", "limits looked at"),
    "run_again": (
        "những hạn đã ghi vẫn giữ; chạy lại từ đầu", "what was done is saved. Run it again.",
    ),
    "resume_with": (
        "những hạn đã ghi vẫn giữ; chạy tiếp với --resume {cursor}",
        "what was done is saved. Continue with --resume {cursor}",
    ),
    "calendars_in_use": (
        "số lịch đang dùng: {n}, lịch nào cũng có tên ở đây",
        "calendars in use: {n}, all known by name",
    ),
    "versions_absent": (
        "chưa có đúng phiên bản: {versions}; muốn giải thích các hạn đó, dùng lại --hours và "
        "--notices như khi tính, hoặc --former",
        "not at hand as they were: {versions}. To explain those deadlines, give the same --hours "
        "and --notices, or --former.",
    ),
    "would_move": (
        "sẽ đổi: {moved}, giữ nguyên: {kept}, trong {read} thời hạn đang tính; --apply để ghi lại",
        "would move: {moved}, kept: {kept}, of {read} running limits. --apply records it.",
    ),
    "moved": (
        "đã đổi: {moved}, giữ nguyên: {kept}, trong {read} thời hạn đang tính",
        "moved: {moved}, kept: {kept}, of {read} running limits",
    ),
    "to_decide": (
        "cần người quyết định: {unexplained} chưa rõ lý do, {named_on_day_off} hẹn vào ngày mà "
        "theo lịch hiện hành là ngày nghỉ, {late_before} đã ghi trễ hạn trước khi tính lại",
        "for a person to decide: {unexplained} not explained, {named_on_day_off} promised on a "
        "day off now, {late_before} marked late before",
    ),
    "decide.unexplained": (
        "Không đổi, vì lịch hiện hành không nêu lý do cho ngày đã đổi. Có thể thiếu văn bản: dùng "
        "--notices để thêm, hoặc --former để đưa lịch cũ. Nếu văn bản đã thu hồi, hoặc giờ làm "
        "việc đã đổi: --unexplained apply.",
        "Not moved, as today's calendar gives no reason for a day that changed. Most likely a "
        "notice is missing: give it with --notices, or the calendar as it was with --former. "
        "If it was really withdrawn, or the hours were changed: --unexplained apply.",
    ),
    "decide.named_on_day_off": (
        "Thời gian đã hẹn trả lời tổ chức, cá nhân rơi vào ngày nghỉ theo lịch hiện hành, và vẫn "
        "giữ: liên hệ lại với tổ chức, cá nhân.",
        "The time promised to the citizen falls on a day off now, and stays: call the citizen.",
    ),
    "decide.late_before": (
        "Đã ghi trễ hạn trước khi tính lại; theo lịch hiện hành thì lúc đó chưa hết hạn. Vẫn là "
        "trễ hạn; cần người quyết định xử lý thế nào.",
        "Marked late before the calendar changed. By today's calendar it had not run out then. It "
        "stays late, and a person decides what follows.",
    ),
    "more_moves": ("và {n} hạn khác; --csv liệt kê hết", "and {n} more. --csv lists them all."),
    "kept": ("giữ nguyên", "kept"),
    "head.at_hand": ("Đúng phiên bản", "At hand"),
    "head.by_notice": ("Theo", "By notice"),
    "head.calendar": ("Lịch", "Calendar"),
    "head.counted": ("Theo lịch hiện hành", "Counted today"),
    "head.day_off": ("Ngày nghỉ", "Day off now"),
    "head.days": ("Ngày đổi", "Days"),
    "head.deadlines": ("Số hạn", "Deadlines"),
    "head.decide": ("Cần quyết định", "Decide"),
    "head.earlier": ("Sớm hơn", "Earlier"),
    "head.is_due": ("Hạn mới", "Is due"),
    "head.kept": ("Giữ nguyên", "Kept"),
    "head.later": ("Muộn hơn", "Later"),
    "head.missing": ("Thiếu", "Missing"),
    "head.promised": ("Thời gian đã hẹn", "Promised"),
    "head.set_on": ("Tính theo lịch", "Set on"),
    "head.version": ("Phiên bản", "Version"),
    "head.was_due": ("Hạn cũ", "Was due"),
})  # fmt: skip
