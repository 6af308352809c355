"""`phananh notices check`: the changes by a file of notices, day by day, before you use it."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import attrs
import click
from rich.console import RenderableType

from phananh.cli.context import RunContext, speech_options
from phananh.cli.input.notice_files import NoticeFile, read_notices
from phananh.cli.options.hours import calendar_of, hours_option
from phananh.cli.output.emit import emit
from phananh.cli.output.terminal import make_table
from phananh.cli.translated_command import TranslatedCommand
from phananh.worktime import DayInfo, Notice, NoticeDay, WorkCalendar
from phananh.worktime.days.notices import Ruling
from phananh.worktime.phrases import cite, format_date, weekday_name
from phananh.worktime.session import format_sessions

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


def _facts(effect: Effect) -> dict[str, Any]:
    return {
        "date": effect.day.date,
        "document": effect.notice.document,
        "issued": effect.notice.issued,
        "effect": effect.code,
        "against": effect.against or None,
        "before": effect.before.kind,
        "after": effect.after.kind,
    }


def _cells(context: RunContext, effect: Effect) -> tuple[str, ...]:
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


def _texts(
    context: RunContext, effects: list[Effect], totals: dict[str, Any], merged: WorkCalendar
) -> Iterator[RenderableType]:
    if effects:
        names = ("date", "day", "document", "becomes", "effect")
        yield make_table(context, names, (_cells(context, effect) for effect in effects))
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
    data = [*map(_facts, effects), totals]
    emit(context, data, _texts(context, effects, totals, merged))
    return 0 if all(EFFECTS[effect.code] for effect in effects) else 3
