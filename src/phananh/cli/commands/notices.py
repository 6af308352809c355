"""`phananh notices check`: the changes by a file of notices, day by day, before you use it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import attrs
import click
from click.core import ParameterSource
from rich.console import RenderableType

from phananh.cli.base import (
    SENTENCES,
    RunContext,
    TranslatedCommand,
    TranslatedGroup,
    find_context,
    speech_options,
)
from phananh.cli.input import NoticeFile, calendar_of, hours_option, read_notices
from phananh.cli.terminal import emit, make_table
from phananh.worktime import Notice, NoticeDay, WorkCalendar
from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.days.notices import Ruling
from phananh.worktime.phrases import cite, format_date, weekday_name
from phananh.worktime.session import format_sessions

_OPTIONS = ("hours", "notices", "as_of")
_IN_ENGLISH = (("Quốc khánh", "National Day"), (" hằng năm, từ ", " every year, from "))


def list_notices(calendar: WorkCalendar) -> list[Notice]:
    """Return all notices of a calendar, by their date of issue."""
    given = (*(calendar.days.notices if calendar.days else ()), *calendar.notices)
    undated = max((n.issued for n in given if n.issued), default=None)
    return sorted(dict.fromkeys(given), key=lambda n: (str(n.issued or undated), n.document))


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


# effect of a day of the file: whether it does what the file says
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


@attrs.frozen(kw_only=True)
class Effect:
    """The effect of one day of the file. `against` is the notice it meets."""

    notice: Notice
    day: NoticeDay
    code: str
    before: DayInfo
    after: DayInfo
    against: str = ""


def find_effects(base: WorkCalendar, notices: tuple[Notice, ...]) -> Iterator[Effect]:
    """Yield the effect of each day of the notices on a calendar, in order of the file."""
    merged = base.with_notices(notices)
    for notice in notices:
        for day in notice.days:
            code, against = _find_effect(base, merged, notice, day)
            yield Effect(
                notice=notice, day=day, code=code, before=base.day(day.date),
                after=merged.day(day.date), against=against,
            )  # fmt: skip


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
    if ruling and ruling.settles == chief.settles:
        return "known", met
    if ruling:
        return "wins", met
    before, after = base.day(day.date), merged.day(day.date)
    if (before.sessions, before.kind == "off") != (after.sessions, after.kind == "off"):
        return "changes", ""
    return ("idle" if before.status == "official" else "confirms"), ""


def find_half_swaps(base: WorkCalendar, merged: WorkCalendar) -> list[Ruling]:
    """Return the halves of swaps that the notices leave behind: their other day is not swapped."""
    left = (
        r for r in merged.day_rules.rulings.values() if r.day.swapped_with and _is_alone(r, merged)
    )
    return [ruling for ruling in left if base.day_rules.rulings.get(ruling.day.date) != ruling
            or not _is_alone(ruling, base)]  # fmt: skip


def _is_alone(ruling: Ruling, calendar: WorkCalendar) -> bool:
    assert ruling.day.swapped_with is not None  # the only caller has looked
    other = calendar.day_rules.rulings.get(ruling.day.swapped_with)
    return other is None or other.day.swapped_with != ruling.day.date


def _effect_facts(effect: Effect) -> dict[str, Any]:
    return {
        "date": effect.day.date,
        "document": effect.notice.document,
        "issued": effect.notice.issued,
        "effect": effect.code,
        "against": effect.against or None,
        "before": effect.before.kind,
        "after": effect.after.kind,
    }


def _effect_cells(context: RunContext, effect: Effect) -> tuple[str, ...]:
    date, lang = effect.day.date, context.lang
    before, after = _state_text(context, effect.before), _state_text(context, effect.after)
    effect_text = context.say(f"effect.{effect.code}", other=cite(effect.against, None, lang))
    names = weekday_name(date, lang), cite(effect.notice.document, None, lang)
    return format_date(date, lang), *names, f"{before} → {after}", effect_text


def _state_text(context: RunContext, info: DayInfo) -> str:
    return format_sessions(info.sessions) or context.say("kind.off")


def _totals(effects: list[Effect], base: WorkCalendar, file: NoticeFile) -> dict[str, Any]:
    merged = base.with_notices(file.notices)
    return {
        "notices": len(file.notices),
        "days": len(effects),
        **{code: sum(e.code == code for e in effects) for code in EFFECTS},
        "ignored_events": file.ignored,
        "withdrawn_events": file.withdrawn,
        "known_through_before": base.known_through,
        "known_through": merged.known_through,
        "half_undone": [ruling.day.date for ruling in find_half_swaps(base, merged)],
    }


def _half_swap_text(context: RunContext, merged: WorkCalendar, day: dt.date) -> str:
    """Return that a day is still swapped with one that another notice has settled since."""
    ruling, lang = merged.day_rules.rulings[day], context.lang
    assert ruling.day.swapped_with is not None  # it is half of a swap
    other = merged.day(ruling.day.swapped_with)
    kind = "open" if ruling.day.kind == "hours" else ruling.day.kind
    return context.say(
        "half_of_swap",
        day=f"{weekday_name(day, lang)} {format_date(day, lang)}",
        kind=context.say(f"kind.{kind}"),
        other=f"{weekday_name(other.date, lang)} {format_date(other.date, lang)}",
        paper=cite(ruling.notice.document, None, lang),
        changed=cite(other.source, None, lang),
    )


def _effect_texts(
    context: RunContext, effects: list[Effect], totals: dict[str, Any], merged: WorkCalendar
) -> Iterator[RenderableType]:
    if effects:
        names = ("date", "day", "document", "becomes", "effect")
        yield make_table(context, names, (_effect_cells(context, effect) for effect in effects))
    yield context.say("notice_totals", notices=totals["notices"], days=totals["days"])
    before, after = totals["known_through_before"], totals["known_through"]
    if before != after:
        yield context.say("days_known_now", before=before, after=after)
    for day in totals["half_undone"]:
        yield _half_swap_text(context, merged, day)
    for name, code in (
        ("ignored_events", "events_ignored"),
        ("withdrawn_events", "events_withdrawn"),
    ):
        if totals[name]:
            yield context.say(code, n=totals[name])


@click.command("check", cls=TranslatedCommand, help="notices.check.help")
@click.argument("file")
@hours_option
@speech_options
@click.pass_obj
def check(context: RunContext, *, file: str, hours: str) -> int:
    """Check a file of notices against a calendar."""
    given, base = read_notices(file), calendar_of(hours)
    effects = list(find_effects(base, given.notices))
    totals = _totals(effects, base, given)
    merged = base.with_notices(given.notices)
    data = [*map(_effect_facts, effects), totals]
    emit(context, data, _effect_texts(context, effects, totals, merged))
    return 0 if all(EFFECTS[effect.code] for effect in effects) else 3


command.add_command(check)

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
        "trái với {other}, ban hành trước: văn bản này được áp dụng",
        "contradicts {other}, which is older: this one applies",
    ),
    "effect.yields": (
        "trái với {other}, ban hành sau: văn bản này không có tác dụng",
        "contradicts {other}, which is newer: this one has no effect",
    ),
    "effect.settled": (
        "đề xuất đã được giải quyết bởi {other}", "a proposal that {other} has settled",
    ),
    "effect.idle": (
        "không thay đổi gì: ngày này vốn đã như vậy", "no change: the day is already so",
    ),
    "effect.outranked": (
        "không thay đổi gì: lịch có quy định riêng cho ngày này",
        "no change: the calendar has its own day there",
    ),
    "half_of_swap": (
        "còn lại một nửa hoán đổi: {day} vẫn {kind} thay cho {other} ({paper}), trong khi "
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
