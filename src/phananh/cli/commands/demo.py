"""`phananh demo`: two days at the hotline on a fixed clock, step by step, or many samples."""

import secrets
from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256
from itertools import count, islice
from typing import Any

import attrs
import click
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from phananh import Accused, Case, Channel, Desk, Kind, Person, Role, Sender
from phananh.act_log.replay import to_vietnam_iso
from phananh.articles import Article
from phananh.cli.base import (
    OK,
    SENTENCES,
    CommandError,
    RunContext,
    TranslatedCommand,
    escape_control,
    shared_options,
)
from phananh.cli.database import open_desk_at
from phananh.cli.terminal import draw_svg, emit, format_instant, make_table, write_file
from phananh.errors import ConflictError, Refusal, RefusedError
from phananh.messages.labels import word
from phananh.regulation import acts as a
from phananh.regulation.deadline import budget_text
from phananh.regulation.events import due_text
from phananh.regulation.intake import REQUIREMENTS
from phananh.samples import UNTIL, draw_changes
from phananh.worktime.instants import VIETNAM
from phananh.worktime.phrases import format_date

_HEAD = 13  # columns of the terminal before what happened
_STYLES = {
    "refused": "bold red", "late": "bold yellow", "recorded": "green", "due": "cyan", "": "",
}  # fmt: skip

OPERATOR = Person(id="DTV-1", role=Role.OPERATOR, unit="vnpt")
FIRST = Person(id="MC-1", role=Role.OFFICER, unit="mot-cua")
SECOND = Person(id="MC-2", role=Role.OFFICER, unit="mot-cua")
THIRD = Person(id="MC-3", role=Role.OFFICER, unit="mot-cua")
FOCAL = Person(id="DM-1", role=Role.AGENCY, unit="so-tnmt")
LEADER = Person(id="LD-1", role=Role.LEADERSHIP)


def _at(day: int, clock: str) -> datetime:
    hour, minute = map(int, clock.split(":"))
    return datetime(2025, 3, day, hour, minute, tzinfo=VIETNAM)


def _call(kind: Kind, content: str, name: str, *accused: Accused) -> a.Receive:
    return a.Receive(
        by=OPERATOR, kind=kind, channel=Channel.PHONE, content=content, accused=accused,
        sender=Sender(name=name, phone="02183 000 000"),
    )  # fmt: skip


# The moment, the case and the act of each step. A sweep has neither of the last two.
# Wednesday 5 to Thursday 6 March 2025, hours 07:30-11:30 and 13:30-17:30.
STORY: tuple[tuple[datetime, str, a.Act | None], ...] = (
    (_at(5, "08:02"), "K1", _call(Kind.DENUNCIATION, "Tố cáo một chủ doanh nghiệp", "Người 1")),
    (_at(5, "08:05"), "K1", a.Reject(
        by=OPERATOR, reasons=("complaint_or_denunciation",),
        guidance="Gửi đơn tới Ban Tiếp công dân tỉnh")),
    (_at(5, "08:20"), "K2", _call(Kind.INFORMATION, "Lệ phí cấp lại khai sinh?", "Người 2")),
    (_at(5, "08:24"), "K2", a.Answer(by=OPERATOR, text="Mức thu và nơi nộp như niêm yết")),
    (_at(5, "08:50"), "K3", _call(Kind.REGULATION, "Mẫu đơn đòi thừa giấy tờ", "Người 3")),
    (_at(5, "09:00"), "K3", a.Escalate(by=OPERATOR, to=FIRST)),
    (_at(5, "09:20"), "K4", _call(Kind.REGULATION, "Hồ sơ đất bị trả nhiều lần", "Người 4")),
    (_at(5, "09:30"), "K4", a.Escalate(by=OPERATOR, to=FIRST)),
    (_at(5, "10:00"), "K4", a.RequestVerification(
        by=FIRST, agency="so-tnmt", focal="DM-1", appointment=_at(6, "16:00"))),
    (_at(5, "10:30"), "K5", _call(
        Kind.CONDUCT, "Cán bộ gây khó khăn khi nhận hồ sơ", "Người 5",
        Accused(id="MC-3", unit="mot-cua"))),
    (_at(5, "10:35"), "K5", a.Escalate(by=OPERATOR, to=THIRD)),
    (_at(5, "10:36"), "K5", a.Escalate(by=OPERATOR, to=FIRST)),
    (_at(5, "10:50"), "K5", a.NotifyUnit(by=LEADER, unit="mot-cua")),
    (_at(5, "11:00"), "K5", a.Answer(by=THIRD, text="Không có việc đó")),
    (_at(5, "13:40"), "K6", _call(Kind.PROPOSAL, "Đề nghị nhận hồ sơ qua mạng", "Người 6")),
    (_at(5, "13:45"), "K6", a.Escalate(by=OPERATOR, to=SECOND)),
    (_at(5, "15:10"), "K3", a.Answer(by=FIRST, text="Đã bỏ yêu cầu nộp bản sao")),
    (_at(5, "16:00"), "K5", a.Answer(by=FIRST, text="Đã xin lỗi và đổi người tiếp nhận")),
    (_at(6, "08:50"), "", None),
    (_at(6, "09:10"), "K4", a.Reschedule(
        by=FOCAL, to=_at(7, "10:00"), reason="Cần đo đạc lại thửa đất")),
    (_at(6, "09:30"), "K6", a.Answer(by=SECOND, text="Đã có trên cổng dịch vụ công")),
    (_at(6, "14:00"), "K4", a.Reschedule(
        by=FOCAL, to=_at(10, "10:00"), reason="Chờ trời tạnh")),
    (_at(6, "16:20"), "K4", a.ReportFindings(by=FOCAL, text="Hồ sơ hợp lệ, đã nhận")),
    (_at(6, "16:40"), "K4", a.Answer(by=FIRST, text="Hồ sơ được nhận, hẹn ngày trả")),
)  # fmt: skip


@attrs.frozen
class StepResult:
    """A step and its result: the case afterwards, the refusal, and the cases a sweep marked."""

    at: datetime
    name: str
    act: a.Act | None
    case: Case | None = None
    refusals: tuple[Refusal, ...] = ()
    marked: tuple[str, ...] = ()


@click.command("demo", cls=TranslatedCommand, help="demo.help")
@click.option("--svg", metavar="FILE", help="picture_svg")
@click.option("--cases", metavar="N", type=click.IntRange(1, 10**9), help="demo.cases")
@click.option("--seed", metavar="N", type=click.IntRange(0, 2**63 - 1), help="demo.seed")
@shared_options
@click.pass_obj
def command(context: RunContext, *, svg: str | None, cases: int | None, seed: int | None) -> int:
    """Show the story, or add sample cases."""
    if cases is None and seed is not None:
        raise CommandError("seed_without_cases")
    if cases is not None and svg:
        raise CommandError("no_story_of_samples")
    if cases is None:
        _tell_story(context, svg)
    else:
        _add_samples(context, cases, secrets.randbits(32) if seed is None else seed)
    return OK


def _tell_story(context: RunContext, svg: str | None) -> None:
    clock, cases, turn = [STORY[0][0]], dict[str, Case](), count()

    def fixed_bits(bits: int) -> int:  # the same each time: only for cases that are not stored
        return int.from_bytes(sha256(b"%d" % next(turn)).digest()) >> 256 - bits

    address = "memory:" if context.db is None else context.db
    with open_desk_at(address, hours="A", clock=lambda: clock[0]) as opened:
        desk = attrs.evolve(opened, randbits=secrets.randbits if context.db else fixed_bits)
        results = list(_play(desk, clock, cases))
    rows = (
        (
            f"{name} {case.id}",
            word("kind", case.kind.value, context.lang),
            word("state", case.state.value, context.lang),
            Text(context.say("late") if case.is_late else "", style=_STYLES["late"]),
        )
        for name, case in cases.items()
    )
    table = make_table(context, ("case", "kind", "state", "late"), rows)
    story = Group(*_story_lines(context, results), Text(""), table)
    if svg:
        write_file(svg, draw_svg(story, title="phananh demo", width=112))
    facts = (
        {
            "at": to_vietnam_iso(each.at),
            "case": each.name or None,
            "act": each.act.trigger if each.act else "sweep",
            "by": each.act.by.id if each.act else None,
            "outcome": "refused" if each.refusals else "recorded",
            "state": each.case.state.value if each.case else None,
            "due": to_vietnam_iso(each.case.due) if each.case else None,
            "late": bool(each.case and each.case.is_late),
            "reasons": each.refusals,
            "lapsed": each.marked,
        }
        for each in results
    )
    emit(context, facts, [story])


def _play(desk: Desk, clock: list[datetime], cases: dict[str, Case]) -> Iterator[StepResult]:
    """Let each step happen, and keep the cases by their names in the story."""
    for at, name, act in STORY:
        clock[:], refusals = [at], tuple[Refusal, ...]()
        if act is None:
            names = {case.id: each for each, case in cases.items()}
            marked = tuple(names[e.case] for e in desk.sweep().lapsed if e.case in names)
            cases.update({each: desk.get(cases[each].id) for each in marked})
            yield StepResult(at, name, act, marked=marked)
            continue
        try:
            cases[name] = desk.do(cases.get(name), act, by_code=True)
        except RefusedError as error:
            refusals = error.refusals
        yield StepResult(at, name, act, cases.get(name), refusals)


def _story_lines(context: RunContext, results: list[StepResult]) -> Iterator[RenderableType]:
    """Yield the story line by line, a heading a day, each reason of a refusal below it."""
    day = None
    for result in results:
        if result.at.date() != day:
            day = result.at.date()
            yield Text(format_date(day, context.lang), style="bold")
        head = f"  {result.at:%H:%M}  {result.name:<3} "
        yield _indent(_step_text(result, context.lang), head)
        for text, style in _notes(context, result):
            yield _indent(Text(escape_control(text), style=_STYLES[style]), "")


def _indent(text: Text, head: str) -> RenderableType:
    """Return a text that goes on below its beginning where the terminal is too narrow for it."""
    line = Table.grid()
    line.add_column(width=_HEAD)
    line.add_column(overflow="fold")
    line.add_row(Text(head), text)
    return line


def _step_text(result: StepResult, lang: str) -> Text:
    act: Any = result.act
    if act is None:
        swept = f"{word('trigger', 'sweep', lang)}: {', '.join(result.marked) or '-'}"
        return Text(swept, style=_STYLES["late"])
    match act.trigger:
        case "receive":
            what = f" ({word('kind', act.kind.value, lang)})"
        case "escalate":
            what = f" → {word('role', act.to.role.value, lang)} {act.to.id}"
        case "request_verification":
            what = f" → {act.agency}"
        case "reschedule":
            what = f" → {format_instant(act.to, lang)}"
        case _:
            what = ""
    outcome = "refused" if result.refusals else "recorded"
    return Text.assemble(
        f"{word('role', act.by.role.value, lang)} {act.by.id}: ",
        (word("trigger", act.trigger, lang), "bold"),
        what,
        (f"  {word('outcome', outcome, lang)}", _STYLES[outcome]),
    )


def _notes(context: RunContext, result: StepResult) -> Iterator[tuple[str, str]]:
    """Yield the notes below a step: why not, what for, until when, and whether it is late."""
    act, case, lang = result.act, result.case, context.lang
    yield from ((refusal.text_with_article(lang), "refused") for refusal in result.refusals)
    if result.refusals or case is None or act is None:
        return
    for reason in act.reasons if isinstance(act, a.Reject) else ():
        row = REQUIREMENTS[reason]
        yield f"{row.text(lang)} ({row.article.text(lang)})", ""
    if isinstance(act, a.Escalate | a.RequestVerification):
        text, deadline = context.say("no_limit"), case.deadline
        if deadline:
            text = context.say(
                "limit_due",
                limit=budget_text(deadline.budget, lang),
                clause=Article(deadline.article).text(lang),
                due=due_text(deadline, deadline.due, lang),
            )
        yield text, "due"
    if case.is_late:
        yield context.say("stays_late"), "late"


def _add_samples(context: RunContext, cases: int, seed: int) -> None:
    """Add sample cases to the database, and describe them."""
    if context.address is None:
        raise CommandError("no_database_named")
    changes, events = draw_changes(cases, seed=seed), 0
    with open_desk_at(context.address, hours="A") as desk:
        size = 500 if "lists" in desk.store.capabilities else 1  # cases in one commit
        while some := list(islice(changes, size)):
            try:
                desk.store.commit(some)
            except ConflictError as error:
                raise CommandError("samples_there", seed=seed, case=error.case) from error
            events += sum(len(change.events) for change in some)
    facts = {"cases": cases, "events": events, "seed": seed, "until": to_vietnam_iso(UNTIL)}
    emit(context, [facts], [context.say("samples_added", **{**facts, "until": UNTIL})])


SENTENCES.update({
    "demo.help": (
        "Hai ngày ở Tổng đài, vào những thời điểm cố định: tiếp nhận, không tiếp nhận, chuyển, hẹn "
        "lại, trễ hạn. Không lưu gì nếu không có --db.",
        "Two days at the hotline on a fixed clock: cases are received, refused, passed on, "
        "rescheduled and late. They are saved only with --db.",
    ),
    "demo.cases": (
        "Thay vào đó, thêm SỐ phản ánh, kiến nghị mẫu vào cơ sở dữ liệu; lấy lại đúng như cũ bằng "
        "--seed.",
        "Add N sample cases to the database instead. --seed gives the same ones again.",
    ),
    "demo.seed": (
        "Số quyết định các phản ánh, kiến nghị mẫu; bỏ đi thì lấy ngẫu nhiên và in ra.",
        "The number that decides the sample cases. By default one is drawn and printed.",
    ),
    "samples_added": (
        "đã thêm phản ánh, kiến nghị mẫu: {cases}, gồm {events} sự kiện; trạng thái tính đến "
        "{until}; --seed {seed}",
        "sample cases added: {cases}, with {events} events, as of {until}, --seed {seed}",
    ),
    "samples_there": (
        "đã có {case}: cơ sở dữ liệu này đã có phản ánh, kiến nghị của --seed {seed}; "
        "dùng --seed khác",
        "{case} exists: this database has cases of --seed {seed}. Give another --seed.",
    ),
    "no_story_of_samples": (
        "--svg là hình minh họa; bỏ --svg hoặc --cases",
        "--svg is a picture of the story. Leave out --svg or --cases.",
    ),
    "seed_without_cases": (
        "--seed chỉ dùng cùng --cases", "--seed goes with --cases. Give both.",
    ),
    "no_limit": ("không có hạn", "no limit"),
    "limit_due": ("{limit} ({clause}), hạn {due}", "{limit} ({clause}), due {due}"),
    "stays_late": ("vẫn đánh dấu trễ hạn", "late, and it stays late"),
})  # fmt: skip
