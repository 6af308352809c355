"""`phananh notices check`: what a file of notices would change, day by day, before it is used."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import attrs
import click

from phananh.cli.context import RunContext, shared
from phananh.cli.input.notice_files import Read, read
from phananh.cli.options.hours import calendar_of, hours_option
from phananh.cli.output.terminal import show, table
from phananh.cli.translated_command import TranslatedCommand
from phananh.worktime import DayInfo, Notice, NoticeDay, WorkCalendar
from phananh.worktime.days.notices import Ruling
from phananh.worktime.phrases import format_date, weekday_name
from phananh.worktime.session import format_sessions

# effect of a day of the file: (whether it does what the file says, how it is said)
EFFECTS = {
    "changes": (True, "changes"),
    "known": (True, "known already, by {other}"),
    "confirms": (True, "confirms what was only expected"),
    "expected": (True, "only a proposal: deadlines across it are provisional"),
    "wins": (True, "contradicts {other}, which is older: this one holds"),
    "yields": (False, "contradicts {other}, which is newer: this one does nothing"),
    "settled": (False, "a proposal that {other} has settled"),
    "idle": (False, "nothing: the day is so anyway"),
    "outranked": (False, "nothing: the calendar has a day of its own there"),
}


@attrs.frozen(kw_only=True)
class Effect:
    """What becomes of one day of the file; `against` is the notice it meets."""

    notice: Notice
    day: NoticeDay
    code: str
    before: DayInfo
    after: DayInfo
    against: str = ""


def effects(base: WorkCalendar, notices: tuple[Notice, ...]) -> Iterator[Effect]:
    """Yield what each day of the notices does to a calendar, in order of the file."""
    merged = base.with_notices(notices)
    for notice in notices:
        for day in notice.days:
            code, against = _meets(base, merged, notice, day)
            yield Effect(
                notice=notice, day=day, code=code, before=base.day(day.date),
                after=merged.day(day.date), against=against,
            )  # fmt: skip


def _meets(
    base: WorkCalendar, merged: WorkCalendar, notice: Notice, day: NoticeDay
) -> tuple[str, str]:
    """Return what a day of a notice does, and the document that it meets."""
    if day.date in base.day_rules.overrides:
        return "outranked", ""
    ruling = base.day_rules.ruled.get(day.date)
    met = ruling.notice.document if ruling else ""
    if notice.status == "expected":
        return ("expected", "") if day.date in merged.day_rules.pending else ("settled", met)
    chief = merged.day_rules.ruled[day.date]
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


def half_undone(base: WorkCalendar, merged: WorkCalendar) -> list[Ruling]:
    """Return the halves of swaps that the notices leave behind: their other day is not swapped."""
    left = (r for r in merged.day_rules.ruled.values() if r.day.swapped_with and _alone(r, merged))
    return [ruling for ruling in left if base.day_rules.ruled.get(ruling.day.date) != ruling
            or not _alone(ruling, base)]  # fmt: skip


def _alone(ruling: Ruling, calendar: WorkCalendar) -> bool:
    assert ruling.day.swapped_with is not None  # the only caller has looked
    other = calendar.day_rules.ruled.get(ruling.day.swapped_with)
    return other is None or other.day.swapped_with != ruling.day.date


def _facts(effect: Effect) -> dict[str, Any]:
    return {
        "date": effect.day.date.isoformat(),
        "document": effect.notice.document,
        "issued": effect.notice.issued.isoformat() if effect.notice.issued else None,
        "effect": effect.code,
        "against": effect.against or None,
        "before": effect.before.kind,
        "after": effect.after.kind,
    }


def _cells(frame: RunContext, effect: Effect) -> tuple[str, ...]:
    date, lang = effect.day.date, frame.lang
    said = frame.say(EFFECTS[effect.code][1], other=effect.against)
    return (
        format_date(date, lang), weekday_name(date, lang), effect.notice.document,
        f"{_state(frame, effect.before)} -> {_state(frame, effect.after)}", said,
    )  # fmt: skip


def _state(frame: RunContext, info: DayInfo) -> str:
    return format_sessions(info.sessions) or frame.say("off")


def _totals(found: list[Effect], base: WorkCalendar, file: Read) -> dict[str, Any]:
    merged = base.with_notices(file.notices)
    return {
        "notices": len(file.notices),
        "days": len(found),
        **{code: sum(e.code == code for e in found) for code in EFFECTS},
        "ignored_events": file.ignored,
        "withdrawn_events": file.withdrawn,
        "known_through_before": base.known_through.isoformat(),
        "known_through": merged.known_through.isoformat(),
        "half_undone": [r.day.date.isoformat() for r in half_undone(base, merged)],
    }


def _warn(frame: RunContext, merged: WorkCalendar, day: dt.date) -> None:
    """Say that a day is still swapped with one that another notice has settled since."""
    ruling, lang = merged.day_rules.ruled[day], frame.lang
    assert ruling.day.swapped_with is not None  # it is half of a swap
    other = merged.day(ruling.day.swapped_with)
    facts = {
        "day": f"{weekday_name(day, lang)} {format_date(day, lang)}",
        "other": f"{weekday_name(other.date, lang)} {format_date(other.date, lang)}",
        "paper": ruling.notice.document,
        "changed": other.source,
    }
    said = (
        "half of a swap stays: {day} is {kind} for {other} ({paper}), which {changed} has changed; "
        "list both days"
    )
    frame.line(frame.say(said, kind=frame.say(_HALVES[ruling.day.kind]), **facts))


_HALVES = {"worked": "worked", "off": "off", "hours": "open"}


def _tell(
    frame: RunContext, found: list[Effect], totals: dict[str, Any], merged: WorkCalendar
) -> None:
    if found:
        heads = [frame.say(h) for h in ("Date", "Day", "Document", "Becomes", "Effect")]
        show(frame, table(heads, (_cells(frame, effect) for effect in found)))
    frame.line(frame.say("notices: {notices}; days: {days}", **totals))
    before, after = totals["known_through_before"], totals["known_through"]
    if before != after:
        days = {"before": _written(before, frame), "after": _written(after, frame)}
        frame.line(frame.say("days known through {after}, not {before}", **days))
    for day in totals["half_undone"]:
        _warn(frame, merged, dt.date.fromisoformat(day))
    for count, said in (
        (totals["ignored_events"], "other events ignored: {n}"),
        (totals["withdrawn_events"], "events withdrawn: {n}"),
    ):
        if count:
            frame.line(frame.say(said, n=count))


def _written(day: str, frame: RunContext) -> str:
    return format_date(dt.date.fromisoformat(day), frame.lang)


@click.command(
    "check", cls=TranslatedCommand,
    help="What the notices in FILE (TOML or iCalendar) would change, contradict, or only repeat. "
    "Exit code 3 if some day of it would do nothing.",
)  # fmt: skip
@click.argument("file")
@hours_option
@shared
@click.pass_obj
def check(frame: RunContext, *, file: str, hours: str) -> int:
    """Check a file of notices against a calendar."""
    given, base = read(file), calendar_of(hours)
    found = list(effects(base, given.notices))
    totals = _totals(found, base, given)
    if frame.json:
        for effect in found:
            frame.row(_facts(effect))
        frame.row(totals)
    else:
        _tell(frame, found, totals, base.with_notices(given.notices))
    return 0 if all(EFFECTS[effect.code][0] for effect in found) else 3
