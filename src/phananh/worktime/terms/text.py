"""The words of an explained term, in Vietnamese and English, on the office's clock."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from phananh.errors import check_language
from phananh.messages.message import say
from phananh.messages.term_texts import EXPIRY
from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.explain.gaps import reason
from phananh.worktime.explain.text import basis_lines, range_text
from phananh.worktime.phrases import format_date, format_day_month, weekday_name
from phananh.worktime.session import format_clock, format_sessions
from phananh.worktime.terms.counting import count
from phananh.worktime.terms.parse import amount_text

if TYPE_CHECKING:
    from phananh.worktime.terms.expiry import Expiry
    from phananh.worktime.terms.steps import DayStep


def expiry_text(expiry: "Expiry", lang: str) -> str:
    """Return the lines of an explanation.

    Raises:
        InputError: the language is neither `vi` nor `en`.
    """
    check_language(lang)
    head = say(
        EXPIRY[expiry.term.ends],
        lang,
        day=_day_text(expiry.last_day, lang),
        time=_time_text(expiry.due.astimezone(expiry.on.tzinfo)),
        term=expiry.term.text(lang),
        law=_cite_law("148.6", lang),
    )
    steps = (f"{n}. {_step_line(expiry, s, lang)}" for n, s in enumerate(expiry.steps, 1))
    return "\n".join((head, *steps, *_basis(expiry, lang)))


def time_left_text(expiry: "Expiry", at: dt.datetime, lang: str) -> str:
    """Return how much of a term is left at an instant, or by how much it is over."""
    unit = expiry.term.unit if expiry.term.unit == "working_days" else "days"
    if not expiry.is_late(at):
        left = expiry.remaining(at)
        n = amount_text(left, unit, lang)
        return say(EXPIRY["more"], lang, n=n) if left else say(EXPIRY["last_day"], lang)
    over = expiry.overrun(at)
    if not over:
        one = amount_text(1, unit, lang).removeprefix("1 ")
        return say(EXPIRY["late_since"], lang, unit=one)
    return say(EXPIRY["late"], lang, n=amount_text(over, unit, lang))


def _day_text(day: dt.date, lang: str) -> str:
    return f"{weekday_name(day, lang)} {format_date(day, lang)}"


def _time_text(t: dt.datetime | dt.time) -> str:
    return format_clock(dt.timedelta(hours=t.hour, minutes=t.minute))


def _cite_law(clause: str, lang: str) -> str:
    article, _, number = clause.partition(".")
    return say(EXPIRY["law"], lang, article=article, clause=number)


def _step_line(expiry: "Expiry", step: "DayStep", lang: str) -> str:
    if step.kind == "event":
        return _event_line(expiry, step, lang)
    if step.kind == "counted" and expiry.term.unit == "working_days":
        return _working_line(expiry, step, lang)
    if step.kind == "counted":
        return _calendar_line(expiry, step, lang)
    return say(
        EXPIRY[step.kind],
        lang,
        days=range_text(step.first, step.last, lang),
        why=_reasons_text(step.days, lang),
        last=_day_text(expiry.last_day, lang),
        law=_cite_law(step.clause, lang) if step.clause else "",
    )


def _event_line(expiry: "Expiry", step: "DayStep", lang: str) -> str:
    day = _day_text(step.first, lang)
    if isinstance(expiry.start, dt.datetime):
        clock = _time_text(expiry.on.local(expiry.start))
        day = f"{clock} {day}" if lang == "vi" else f"{day} {clock}"
    return say(
        EXPIRY["from"],
        lang,
        day=day,
        deferred=_deferred_text(expiry, lang) if step.last != step.first else "",
        first=say(EXPIRY["included" if expiry.term.counts_first_day else "left_out"], lang),
        law=_cite_law(step.clause, lang),
    )


def _deferred_text(expiry: "Expiry", lang: str) -> str:
    late = expiry.term.received
    too_late = (
        say(EXPIRY["too_late"], lang, time=_time_text(late)) if isinstance(late, dt.time) else ""
    )
    why = too_late or say(EXPIRY["out_of_hours"], lang)
    return say(EXPIRY["deferred"], lang, day=_day_text(expiry.event_day, lang), why=why)


def _working_line(expiry: "Expiry", step: "DayStep", lang: str) -> str:
    left = expiry.term.count - step.total
    also = "".join(f"; {_special_day(day, lang)}" for day in step.days)
    return say(
        EXPIRY["working"],
        lang,
        days=range_text(step.first, step.last, lang),
        n=amount_text(step.counted, "working_days", lang),
        left=say(EXPIRY["left"], lang, n=left) if left else say(EXPIRY["none"], lang),
        also=also,
    )


def _special_day(day: DayInfo, lang: str) -> str:
    name, when = weekday_name(day.date, lang), format_day_month(day.date, lang)
    if day.kind == "hours":
        hours = format_sessions(day.sessions)
        return say(EXPIRY["short"], lang, weekday=name, day=when, hours=hours)
    return f"{name} {when} {reason(day, lang)}"


def _reasons_text(days: tuple[DayInfo, ...], lang: str) -> str:
    """Return the reasons of days off, equal neighbours as one stretch."""
    runs = []
    for why, group in groupby(days, key=lambda day: reason(day, lang)):
        run = list(group)
        first, last = format_day_month(run[0].date, lang), format_day_month(run[-1].date, lang)
        runs.append((first if first == last else f"{first}-{last}", why))
    if len(runs) == 1:
        return runs[0][1]
    return "; ".join(f"{when} {why}" for when, why in runs)


def _calendar_line(expiry: "Expiry", step: "DayStep", lang: str) -> str:
    ends = "clipped" if _is_clipped(expiry) else "corresponding"
    law = _cite_law(step.clause, lang)
    if ends == "clipped" and expiry.term.unit == "years":  # clause 4 knows no shorter month
        law = say(EXPIRY["alike"], lang, law=law)
    return say(
        EXPIRY["days" if expiry.term.unit == "days" else ends],
        lang,
        days=range_text(step.first, step.last, lang),
        n=expiry.term.text(lang),
        number=expiry.event_day.day,
        law=law,
        worked=_worked_text(expiry, lang),
    )


def _worked_text(expiry: "Expiry", lang: str) -> str:
    """Return why a last day that looks like a day off is a working day."""
    day = expiry.on.day(expiry.nominal_day)
    if not (expiry.term.rolls and day.reason_code == "make_up"):
        return ""
    return say(EXPIRY["worked"], lang, day=_special_day(day, lang))


def _is_clipped(expiry: "Expiry") -> bool:
    wanted = expiry.event_day.day - expiry.term.counts_first_day
    return expiry.term.unit != "weeks" and 0 < wanted != expiry.nominal_day.day


def _basis(expiry: "Expiry", lang: str) -> Iterator[str]:
    term, doubtful = expiry.term, None
    if expiry.provisional:
        doubtful = count(term, expiry.start, expiry.on).doubtful_day
    yield from basis_lines(
        expiry.on,
        lang,
        hours=term.ends == "closing" or term.received == "opening",
        provisional=expiry.provisional,
        doubtful=doubtful,
    )
