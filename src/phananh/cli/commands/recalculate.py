"""`phananh recalculate`: the effect of a changed calendar on the running limits (R15).

Moves come out as rows of CSV or JSON, or as tables. Cases for a person to decide have their own
table, each kind under a line that says what to do.
"""

import shlex
from collections import Counter, deque
from collections.abc import Iterable, Iterator
from typing import Any, Literal

import attrs
import click
from rich.console import RenderableType

from phananh import Desk, Role, WorkCalendar
from phananh.cli.base import (
    OK,
    SENTENCES,
    UNDONE,
    CommandError,
    RunContext,
    TranslatedCommand,
    escape_control,
    shared_options,
    to_json,
)
from phananh.cli.database import at_option, enter_now, open_desk
from phananh.cli.input import calendar_of, days_options, parse_day, read_calendar
from phananh.cli.terminal import emit, format_instant, make_table
from phananh.desk.calendars import CalendarInUse
from phananh.desk.recalculation import HEADER, DeadlineMove, Recalculation
from phananh.errors import short_repr
from phananh.messages.labels import word
from phananh.regulation.context import Actor
from phananh.spreadsheet import format_csv
from phananh.worktime.phrases import cite, format_date

_LISTED = 100
# The heads of each table: of the moves that were counted, and of what a person is to decide.
_HEADS = {
    "counted": ("case", "unit", "was_due", "is_due", "days", "why"),
    "unexplained": ("case", "unit", "due", "counted", "days", "set_on", "missing"),
    "named_on_day_off": ("case", "unit", "promised", "day_off", "by_notice"),
    "late_before": ("case", "unit", "was_due", "counted", "days", "why"),
}


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
@click.option("--hours", multiple=True, metavar="[ROLE[/UNIT]=]NAME|FILE", help="hours.by_actor")
@click.option("--former", multiple=True, metavar="NAME|FILE", help="hours.former")
@days_options
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
    if as_csv and context.json:
        raise CommandError("csv_or_json")
    if check and (applied or as_csv or days or resume or "apply" in (earlier, unexplained)):
        raise click.UsageError(context.say("check_alone"))
    options: dict[str, Any] = {
        "dry_run": not applied, "earlier": earlier, "unexplained": unexplained,
        "days": [parse_day(day) for day in days], "after": resume,
    }  # fmt: skip
    actors = hours_by_actor(hours)
    with open_desk(context, hours="A", at=at) as opened:
        if applied:
            options["at"], opened = at and opened.now(), enter_now(opened)
        desk = attrs.evolve(
            opened,
            calendar=actors,
            former=map(read_calendar, former),  # as they were: without `--notices`
        )
        # One that is unknown stops everything before anything has moved.
        used = desk.check_calendars() if check or applied else ()
        if check:
            emit(context, used, _calendar_texts(context, used))
            return OK
        report = _recalculate(context, desk, options, as_csv=as_csv)
    for failure in report.failed:
        context.warn("not_moved", problem=failure)
    return UNDONE if report.failed or (applied and report.unexplained) else OK


def hours_by_actor(given: Iterable[str]) -> dict[Actor, WorkCalendar]:
    """Return the calendar of each actor. The rest have hours without an actor, else preset A."""
    hours: dict[Actor | None, WorkCalendar] = {}
    for text in given:
        who, equals, named = text.partition("=")
        role, slash, unit = who.partition("/")
        if equals and (role not in tuple(Role) or (slash and not unit)):
            raise CommandError("no_such_role", text=short_repr(text), roles=tuple(Role))
        holder: Actor | None = None
        if equals:
            holder = (Role(role), unit) if slash else Role(role)
        calendar = calendar_of(named if equals else text)
        if holder in hours:
            raise CommandError("hours_twice", text=short_repr(text))
        hours[holder] = calendar
    others = hours.pop(None, None) or calendar_of("A")
    return {**dict.fromkeys(Role, others), **hours}  # type: ignore[dict-item]  # None was taken out


def _recalculate(
    context: RunContext, desk: Desk, options: dict[str, Any], *, as_csv: bool
) -> Recalculation:
    """Recalculate and print the moves, and after an interrupt say how to go on."""
    if as_csv:
        context.write(format_csv([HEADER]), nl=False)
    printer, pages = MovePrinter(context, as_csv), deque[Recalculation](maxlen=1)
    try:
        report = desk.recalculate(on_move=printer.take, on_page=pages.append, **options)
    except BaseException as cut:
        cursor = pages[-1].next if pages else options["after"]
        if cursor and (pages or isinstance(cut, KeyboardInterrupt)):
            context.warn("resume_with", cursor=shlex.quote(cursor))
        elif not pages and isinstance(cut, KeyboardInterrupt):
            context.warn("run_again")
        raise
    printer.end(report)
    return report


@attrs.define
class MovePrinter:
    """Prints moves as they come: rows of CSV or JSON at once, the first hundred as a table."""

    context: RunContext
    as_csv: bool
    _first: dict[str, list[DeadlineMove]] = attrs.field(factory=dict, init=False)
    _count: Counter[str] = attrs.field(factory=Counter, init=False)

    def take(self, move: DeadlineMove) -> None:
        """Print a move, or keep it for the table."""
        kind = move.outcome if move.outcome in _HEADS else "counted"
        self._count[kind] += 1
        if self.as_csv:
            self.context.write(format_csv([map(escape_control, move.row())]), nl=False)
        elif self.context.json:
            self.context.write(to_json(move.as_dict()))
        elif self._count[kind] <= _LISTED:
            self._first.setdefault(kind, []).append(move)

    def end(self, report: Recalculation) -> None:
        """Print the tables and the sums. Beside CSV the sums go to standard error."""
        for line in self._sums(report) if self.as_csv else ():
            self.context.write_aside(line)
        if not self.as_csv:
            facts = {name: each for name, each in report.as_dict().items() if name != "moves"}
            emit(self.context, [facts], self._texts(report))

    def _sums(self, report: Recalculation) -> Iterator[str]:
        facts = {name: f"{n:,}" for name, n in report.as_dict().items() if isinstance(n, int)}
        yield self.context.say("would_move" if report.dry_run else "moved", **facts)
        if any(unit.to_decide for unit in report.units):
            yield self.context.say("to_decide", **facts)

    def _texts(self, report: Recalculation) -> Iterator[RenderableType]:
        say, lang = self.context.say, self.context.lang
        for kind, heads in _HEADS.items():
            if kind not in self._first:
                continue
            if kind != "counted":
                yield say(f"decide.{kind}")
            cells = (_move_cells(self.context, kind, move) for move in self._first[kind])
            yield make_table(self.context, heads, ([each[h] for h in heads] for each in cells))
            if self._count[kind] > _LISTED:
                yield say("more_moves", n=f"{self._count[kind] - _LISTED:,}")
        if report.units:
            rows = (
                (word("role", u.role, lang), u.unit or "-",
                 *(f"{n:,}" for n in (u.later, u.earlier, u.kept, u.to_decide)))
                for u in report.units
            )  # fmt: skip
            names = ("holder", "unit", "later", "earlier", "kept", "decide")
            yield make_table(self.context, names, rows)
        yield from self._sums(report)


def _move_cells(context: RunContext, kind: str, move: DeadlineMove) -> dict[str, str]:
    """Return what the tables show of a move, by the head of the column."""
    lang, times = context.lang, [each for each in (move.old, move.new, move.counted) if each]
    notices = [cite(document, None, lang) for document in move.notices]
    dates = move.unexplained if kind == "unexplained" else move.days
    days = ", ".join(format_date(date, lang) for date in dates)
    kept = f"{context.say('kept')}: " if kind == "counted" else ""
    why = (f"{kept}{reason.text(lang)}" for reason in move.reasons)
    return {
        "case": move.case,
        "unit": move.unit or move.holder or "-",
        **dict.fromkeys(("was_due", "due", "promised"), format_instant(move.old, lang, times)),
        "is_due": format_instant(move.new, lang, times) if move.new else "",
        "counted": format_instant(move.counted, lang, times),
        **dict.fromkeys(("days", "day_off"), days),
        "set_on": f"{move.old_calendar} {move.old_version}",
        "missing": ", ".join(cite(document, None, lang) for document in move.missing) or "?",
        "by_notice": ", ".join(notices) or "-",
        "why": "; ".join([word("cause", move.cause, lang), *notices, *why]),
    }


def _calendar_texts(
    context: RunContext, used: tuple[CalendarInUse, ...]
) -> Iterator[RenderableType]:
    rows = [
        (
            use.name,
            use.version,
            f"{use.deadlines:,}",
            context.say("yes" if use.is_at_hand else "no"),
            ", ".join(use.cases) + (", ..." if use.deadlines > len(use.cases) else ""),
        )
        for use in used
    ]
    if used:
        yield make_table(context, ("calendar", "version", "deadlines", "at_hand", "cases"), rows)
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
        "Giờ làm việc trước đây mà thời hạn đang tính vẫn nêu; dùng được nhiều lần.",
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
        "Có cho phép ngày làm bù rút ngắn thời hạn đã thông báo không (mặc định keep: giữ).",
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
        "theo lịch hiện hành là ngày nghỉ, {late_before} đã đánh dấu trễ hạn trước khi tính lại",
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
        "Đã đánh dấu trễ hạn trước khi tính lại; theo lịch hiện hành thì lúc đó chưa hết hạn. Vẫn "
        "là trễ hạn cho đến khi lãnh đạo Trung tâm bỏ đánh dấu trễ hạn (cách hiểu "
        "R50).",
        "Marked late before the calendar changed. By today's calendar it had not run out then. It "
        "stays late until the leadership of the centre lifts the lapse (lift_lapse, reading R50).",
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
