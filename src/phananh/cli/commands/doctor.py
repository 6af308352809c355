"""`phananh doctor`: how old the package's knowledge of days is, and what it rests on."""

import datetime as dt
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from zoneinfo import TZPATH

import click

from phananh.cli.context import RunContext, shared
from phananh.cli.input.parsing import VIETNAM, instant
from phananh.cli.options.hours import calendar_of, hours_option
from phananh.cli.options.open_desk import at_option
from phananh.cli.translated_command import TranslatedCommand
from phananh.desk.desk import vietnam_now
from phananh.worktime import WorkCalendar
from phananh.worktime.days.holidays_check import Crosscheck, crosscheck
from phananh.worktime.days.official import COMPILED_ON
from phananh.worktime.phrases import format_date

OLD = dt.timedelta(days=180)  # notices of the year to come are out by then
PAST = dt.timedelta(days=60)  # limits and lapses over a day in doubt are still looked at
AHEAD = dt.timedelta(days=30)  # and a limit of today can reach so far


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _zones() -> str:
    """Return where the time zones come from, and their release if it is told."""
    for folder in map(Path, TZPATH):
        if (folder / "Asia" / "Ho_Chi_Minh").is_file():
            for name in ("+VERSION", "tzdata.zi"):
                told = _first_line(folder / name)
                if told:
                    return f"{folder}, {told.removeprefix('# version ')}"
            return str(folder)
    return f"tzdata {_version('tzdata')}"


def _first_line(path: Path) -> str:
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline(80).strip()
    except (OSError, UnicodeDecodeError):
        return ""


def _covered(calendar: WorkCalendar) -> tuple[dt.date, dt.date, dt.date]:
    """Return the first and the last day covered, and the first for which a notice was looked up."""
    known: dt.date = getattr(calendar.days, "known_from", calendar.first_day)
    return calendar.first_day, calendar.last_day, known


def _unsettled(calendar: WorkCalendar, today: dt.date) -> list[tuple[dt.date, str]]:
    """Return the days in doubt from lately on, with the document that proposes to move each."""
    pending = sorted(calendar.day_rules.pending.items())
    return [(day, ruling.notice.document) for day, ruling in pending if day >= today - PAST]


def _attention(
    frame: RunContext, calendar: WorkCalendar, today: dt.date, found: Crosscheck
) -> Iterator[str]:
    """Yield what somebody ought to look at."""
    release, age = _version("holidays"), today - COMPILED_ON
    if today > calendar.known_through:
        said = "the days known ended on {day}; look for a newer phananh, or give --notices"
        yield frame.say(said, day=format_date(calendar.known_through, frame.lang))
    if age > OLD:
        yield frame.say("the knowledge is {n} days old; look for a newer phananh", n=age.days)
    yield from _soon(frame, calendar, today)
    for each in found.unexplained:
        said = "holidays {version} differs on {day} and we do not know why"
        yield frame.say(said, version=release, day=format_date(each.date, frame.lang))
    for day in found.needless:
        said = "holidays {version} has learnt of {day}: our correction is not needed any more"
        yield frame.say(said, version=release, day=format_date(day, frame.lang))
    offset = dt.datetime(today.year, today.month, today.day, tzinfo=VIETNAM).strftime("%z")
    if offset != "+0700":
        yield frame.say("Asia/Ho_Chi_Minh is at {offset}, not +07:00", offset=offset)


def _soon(frame: RunContext, calendar: WorkCalendar, today: dt.date) -> Iterator[str]:
    """Yield the days in doubt over which limits run now, or have just run out."""
    for day, paper in _unsettled(calendar, today):
        if day <= today + AHEAD:
            said = "{day} is not settled ({document}); give the notice, once issued, with --notices"
            yield frame.say(said, day=format_date(day, frame.lang), document=paper)


def _facts(
    calendar: WorkCalendar, today: dt.date, found: Crosscheck, attention: list[str]
) -> dict[str, Any]:
    return {
        "phananh": _version("phananh"),
        "today": today.isoformat(),
        "knowledge_of": COMPILED_ON.isoformat(),
        "age_days": (today - COMPILED_ON).days,
        "covered": [day.isoformat() for day in _covered(calendar)[:2]],
        "known_from": _covered(calendar)[2].isoformat(),
        "known_through": calendar.known_through.isoformat(),
        "unsettled": [
            {"date": day.isoformat(), "document": paper}
            for day, paper in _unsettled(calendar, today)
        ],
        "holidays": _version("holidays"),
        "differences": [
            {"date": d.date.isoformat(), "ours": d.ours, "holidays": d.package, "why": d.why}
            for d in found.differences
        ],
        "needless": [day.isoformat() for day in found.needless],
        "python": platform.python_version(),
        "zones": _zones(),
        "attention": attention,
    }


def _lines(
    frame: RunContext, calendar: WorkCalendar, today: dt.date, found: Crosscheck
) -> Iterator[str]:
    say, lang = frame.say, frame.lang
    yield say("phananh {version}", version=_version("phananh") or "-")
    of = format_date(COMPILED_ON, lang)
    yield say("knowledge of days: as published on {day}, nothing later is known", day=of)
    first, last, known = (format_date(day, lang) for day in _covered(calendar))
    said = "days from {first} to {last}; notices looked up from {known} on"
    yield say(said, first=first, last=last, known=known)
    yield say("days known through {day}", day=format_date(calendar.known_through, lang))
    for day, paper in _unsettled(calendar, today):
        yield say("not settled: {day} ({document})", day=format_date(day, lang), document=paper)
    yield say("not settled: every day after {day}", day=format_date(calendar.known_through, lang))
    yield from _below(frame, found)
    running = platform.python_version()
    yield say("Python {version}; time zones: {zones}", version=running, zones=_zones())


def _below(frame: RunContext, found: Crosscheck) -> Iterator[str]:
    say = frame.say
    release, count = _version("holidays"), len(found.differences)
    yield say("holidays {version}: differs on {n} days", version=release, n=count)
    for each in found.differences:
        kinds = {"ours": say(each.ours), "package": say(each.package)}
        why, date = say(each.why or "nobody knows why"), format_date(each.date, frame.lang)
        yield "  " + say("{day}: {ours} here, {package} there ({why})", day=date, why=why, **kinds)


@click.command(
    "doctor", cls=TranslatedCommand,
    help="How old the package's knowledge of days is, what lies below it, where the two differ, "
    "and which days are not settled. Exit code 3 if something needs attention.",
)  # fmt: skip
@hours_option
@at_option
@shared
@click.pass_obj
def command(frame: RunContext, *, hours: str, at: str | None) -> int:
    """Say how things stand, and whether somebody ought to look."""
    moment = vietnam_now() if at is None else instant(at).at
    today, calendar, found = moment.astimezone(VIETNAM).date(), calendar_of(hours), crosscheck()
    attention = list(_attention(frame, calendar, today, found))
    if frame.json:
        frame.row(_facts(calendar, today, found, attention))
    else:
        for line in _lines(frame, calendar, today, found):
            frame.line(line)
        for what in attention:
            frame.line(frame.say("attention: {what}", what=what))
        if not attention:
            frame.line(frame.say("all is well"))
    return 3 if attention else 0
