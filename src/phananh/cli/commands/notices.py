"""`phananh notices`: the documents that move days, and the changes by a file of them.

`phananh notices check` tells what a file would change, day by day, before you use it.
"""

from collections.abc import Iterator
from typing import Any

import attrs
import click
from click.core import ParameterSource
from rich.console import RenderableType

from phananh.cli.base import (
    OK,
    SENTENCES,
    UNDONE,
    RunContext,
    TranslatedCommand,
    TranslatedGroup,
    find_context,
    speech_options,
)
from phananh.cli.input import calendar_of, hours_option, read_notices
from phananh.cli.terminal import emit, make_table
from phananh.worktime import Notice, NoticeDay, WorkCalendar
from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.days.notices import Ruling
from phananh.worktime.phrases import cite, format_date, weekday_name
from phananh.worktime.session import format_sessions

_OPTIONS = ("hours", "notices", "as_of")
_IN_ENGLISH = (("Quốc khánh", "National Day"), (" hằng năm, từ ", " every year, from "))
# effect of a day of a file: whether it does what the file says
EFFECTS = {
    "changes": True,
    "known": True,
    "confirms": True,
    "expected": True,
    "wins": True,
    "yields": False,
    "settled": False,
    "idle": False,
    "outranked": False,
}


@click.group("notices", cls=TranslatedGroup, invoke_without_command=True, help="notices.help")
@hours_option
@speech_options
@click.pass_context
def command(ctx: click.Context, *, hours: str) -> int:
    """List the notices of a calendar, if no command below is given."""
    context = find_context(ctx)
    if ctx.invoked_subcommand is None:
        calendar = calendar_of(hours)
        notices = list_notices(calendar)
        data = (_facts(notice, calendar) for notice in notices)
        names = ("document", "issued_by", "issued", "status", "changes")
        table = make_table(context, names, (_cells(context, notice) for notice in notices))
        over = (each.text(context.lang) for each in calendar.contradictions)
        emit(context, data, [table, *over, context.say("days_known", day=calendar.known_through)])
    elif any(ctx.get_parameter_source(name) == ParameterSource.COMMANDLINE for name in _OPTIONS):
        raise click.UsageError(context.say("options_behind"))
    return OK


def list_notices(calendar: WorkCalendar) -> list[Notice]:
    """Return all notices of a calendar, by their date of issue."""
    given = (*(calendar.days.notices if calendar.days else ()), *calendar.notices)
    undated = max((n.issued for n in given if n.issued), default=None)
    return sorted(dict.fromkeys(given), key=lambda n: (str(n.issued or undated), n.document))


def _facts(notice: Notice, calendar: WorkCalendar) -> dict[str, Any]:
    over = (c for c in calendar.contradictions if c.yields.notice == notice)
    return {
        "document": notice.document,
        "also": notice.also,
        "office": notice.office,
        "issued": notice.issued,
        "known_on": notice.known_on,
        "status": notice.status,
        "known_through": notice.known_through,
        "days": [
            {
                "date": day.date,
                "kind": day.kind,
                "swapped_with": day.swapped_with,
                "sessions": [str(session) for session in day.sessions],
            }
            for day in notice.days
        ],
        "yields": [{"date": c.date, "to": c.holds.notice.document} for c in over],
        "note": notice.note,
        "source": notice.source,
    }


def _cells(context: RunContext, notice: Notice) -> tuple[str, ...]:
    lang, note = context.lang, notice.note
    issued = format_date(notice.issued, lang) if notice.issued else "-"
    if notice.known_on and notice.known_on != notice.issued:
        issued += context.say("notice_known_on", day=notice.known_on)
    # Of the two days of a swap the one that is off speaks.
    own = (day for day in notice.days if day.kind != "worked" or not day.swapped_with)
    parts = [_day_text(context, day) for day in own]
    if notice.known_through:
        parts.append(context.say("days_known", day=notice.known_through))
    for vi, en in _IN_ENGLISH if lang == "en" else ():  # the names of the official table
        note = note.replace(vi, en)
    return (
        ", ".join(cite(document, None, lang) for document in notice.documents),
        notice.office,
        issued,
        context.say(f"status.{notice.status}"),
        "; ".join(filter(None, (*parts, note))),
    )


def _day_text(context: RunContext, day: NoticeDay) -> str:
    if day.swapped_with:
        return context.say("day_swapped", day=day.date, other=day.swapped_with)
    what = ", ".join(map(str, day.sessions)) or context.say(f"kind.{day.kind}")
    return f"{format_date(day.date, context.lang)} {what}"


@command.command("check", cls=TranslatedCommand, help="notices.check.help")
@click.argument("file")
@hours_option
@speech_options
@click.pass_obj
def check(context: RunContext, *, file: str, hours: str) -> int:
    """Check a file of notices against a calendar."""
    given, base = read_notices(file), calendar_of(hours)
    merged = base.with_notices(given.notices)
    effects = list(find_effects(base, merged, given.notices))
    totals = {
        "notices": len(given.notices),
        "days": len(effects),
        **{code: sum(e.code == code for e in effects) for code in EFFECTS},
        "ignored_events": given.ignored,
        "withdrawn_events": len(given.withdrawn),
        "known_through_before": base.known_through,
        "known_through": merged.known_through,
        "half_undone": [ruling.day.date for ruling in find_half_swaps(base, merged)],
    }
    data = [
        {
            "date": effect.day.date,
            "document": effect.notice.document,
            "issued": effect.notice.issued,
            "effect": effect.code,
            "against": effect.against or None,
            "before": effect.before.kind,
            "after": effect.after.kind,
        }
        for effect in effects
    ]
    emit(context, [*data, totals], _effect_texts(context, effects, totals, merged))
    return OK if all(EFFECTS[effect.code] for effect in effects) else UNDONE


@attrs.frozen
class Effect:
    """The effect of one day of the file. `against` is the notice it meets."""

    notice: Notice
    day: NoticeDay
    before: DayInfo
    after: DayInfo
    code: str
    against: str


def find_effects(
    base: WorkCalendar, merged: WorkCalendar, notices: tuple[Notice, ...]
) -> Iterator[Effect]:
    """Yield the effect of each day of the notices on a calendar, in order of the file."""
    for notice in notices:
        for day in notice.days:
            found = _find_effect(base, merged, notice, day)
            yield Effect(notice, day, base.day(day.date), merged.day(day.date), *found)


def _find_effect(
    base: WorkCalendar, merged: WorkCalendar, notice: Notice, day: NoticeDay
) -> tuple[str, str]:
    """Return the effect of a day of a notice, and the document that it meets."""
    if day.date in base.day_rules.overrides:
        return "outranked", ""
    ruling = base.day_rules.rulings.get(day.date)
    met = ruling.notice.document if ruling else ""
    if notice.status == "expected":
        return ("expected", "") if day.date in merged.day_rules.pending else ("settled", met)
    chief = merged.day_rules.rulings[day.date]
    if chief.notice is not notice and chief.day != day:
        return "yields", chief.notice.document
    if ruling:
        return ("known" if ruling.settles == chief.settles else "wins"), met
    before, after = base.day(day.date), merged.day(day.date)
    if (before.sessions, before.kind == "off") != (after.sessions, after.kind == "off"):
        return "changes", ""
    return ("idle" if before.status == "official" else "confirms"), ""


def find_half_swaps(base: WorkCalendar, merged: WorkCalendar) -> list[Ruling]:
    """Return the halves of swaps that the notices leave behind: their other day is not swapped."""
    left = [r for r in merged.day_rules.rulings.values() if _is_alone(r, merged)]
    known = {r for r in left if base.day_rules.rulings.get(r.day.date) == r and _is_alone(r, base)}
    return [ruling for ruling in left if ruling not in known]


def _is_alone(ruling: Ruling, calendar: WorkCalendar) -> bool:
    if ruling.day.swapped_with is None:
        return False
    other = calendar.day_rules.rulings.get(ruling.day.swapped_with)
    return other is None or other.day.swapped_with != ruling.day.date


def _effect_texts(
    context: RunContext, effects: list[Effect], totals: dict[str, Any], merged: WorkCalendar
) -> Iterator[RenderableType]:
    say, before, after = context.say, totals["known_through_before"], totals["known_through"]
    if effects:
        names = ("date", "day", "document", "becomes", "effect")
        yield make_table(context, names, (_effect_cells(context, effect) for effect in effects))
    yield say("notice_totals", notices=totals["notices"], days=totals["days"])
    if before != after:
        yield say("days_known_now", before=before, after=after)
    for day in totals["half_undone"]:
        yield _half_swap_text(context, merged, merged.day_rules.rulings[day])
    if totals["ignored_events"]:
        yield say("events_ignored", n=totals["ignored_events"])
    if totals["withdrawn_events"]:
        yield say("events_withdrawn", n=totals["withdrawn_events"])


def _effect_cells(context: RunContext, effect: Effect) -> tuple[str, ...]:
    date, lang, off = effect.day.date, context.lang, context.say("kind.off")
    before, after = (format_sessions(i.sessions) or off for i in (effect.before, effect.after))
    return (
        format_date(date, lang),
        weekday_name(date, lang),
        cite(effect.notice.document, None, lang),
        f"{before} → {after}",
        context.say(f"effect.{effect.code}", other=cite(effect.against, None, lang)),
    )


def _half_swap_text(context: RunContext, merged: WorkCalendar, ruling: Ruling) -> str:
    """Return that a day is still swapped with one that another notice has settled since."""
    day, lang = ruling.day, context.lang
    other = merged.day(day.swapped_with or day.date)
    kind = "open" if day.kind == "hours" else day.kind
    days = (f"{weekday_name(d, lang)} {format_date(d, lang)}" for d in (day.date, other.date))
    return context.say(
        "half_of_swap",
        **dict(zip(("day", "other"), days, strict=True)),
        kind=context.say(f"kind.{kind}"),
        paper=cite(ruling.notice.document, None, lang),
        changed=cite(other.source, None, lang),
    )


SENTENCES.update({
    "notices.help": (
        "Các văn bản chính thức về ngày nghỉ và hoán đổi: số, cơ quan, ngày ban hành, thay đổi gì, "
        "và văn bản nào được áp dụng khi hai văn bản trái nhau.",
        "The official notices that move days: number, office, date, what each changes, and which "
        "of two that contradict each other applies.",
    ),
    "notices.check.help": (
        "Các văn bản trong TỆP (TOML hoặc iCalendar) sẽ thay đổi, trái với, hay chỉ nhắc lại "
        "điều gì. Mã thoát 3 nếu có ngày không có tác dụng.",
        "What the notices in FILE (TOML or iCalendar) would change, contradict, or only repeat. "
        "Exit code 3 if a day of it would have no effect.",
    ),
    "options_behind": (
        "ghi --hours, --notices và --as-of sau `check`.",
        "put --hours, --notices and --as-of after `check`.",
    ),
    "head.becomes": ("Trở thành", "Becomes"),
    "head.changes": ("Thay đổi", "What it changes"),
    "head.effect": ("Tác dụng", "Effect"),
    "head.issued": ("Ngày ban hành", "Issued"),
    "head.issued_by": ("Cơ quan", "Issued by"),
    "notice_known_on": (" (công bố từ {day})", " (known {day})"),
    "days_known_now": (
        "lịch nghỉ đã công bố đến hết {after}, không phải {before}",
        "days known through {after}, not {before}",
    ),
    "day_swapped": ("nghỉ {day}, làm bù {other}", "{day} off, worked {other}"),
    "effect.changes": ("thay đổi", "changes"),
    "effect.known": ("đã có, theo {other}", "known already, by {other}"),
    "effect.confirms": ("xác nhận điều còn tạm tính", "confirms what was only expected"),
    "effect.expected": (
        "chỉ là đề xuất: hạn đi qua ngày này là tạm tính",
        "only a proposal: deadlines across it are provisional",
    ),
    "effect.wins": (
        "trái với {other}: văn bản này được áp dụng",
        "contradicts {other}: this one applies",
    ),
    "effect.yields": (
        "trái với {other}, là văn bản được áp dụng: văn bản này không có tác dụng",
        "contradicts {other}, which applies: this one has no effect",
    ),
    "effect.settled": (
        "đề xuất đã được giải quyết bởi {other}", "a proposal that {other} has settled",
    ),
    "effect.idle": (
        "không thay đổi", "no change: the day is already so",
    ),
    "effect.outranked": (
        "không thay đổi gì: lịch có quy định riêng cho ngày này",
        "no change: the calendar has its own day there",
    ),
    "half_of_swap": (
        "chỉ còn một ngày hoán đổi: {day} vẫn {kind} thay cho {other} ({paper}), trong khi "
        "{changed} đã đổi ngày đó; hãy nêu cả hai ngày",
        "half of a swap stays: {day} is {kind} for {other} ({paper}), which {changed} has "
        "changed. List both days.",
    ),
    "notice_totals": (
        "văn bản: {notices}; ngày: {days}", "notices: {notices}, days: {days}",
    ),
    "events_ignored": ("sự kiện khác bị bỏ qua: {n}", "other events ignored: {n}"),
    "events_withdrawn": ("sự kiện đã rút lại: {n}", "events withdrawn: {n}"),
})  # fmt: skip
