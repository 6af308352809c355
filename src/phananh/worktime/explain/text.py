"""The words of an explanation, in Vietnamese and English, on the office's clock (Art. 9)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from phananh.errors import InputError, check_language, short_repr
from phananh.messages.message import say
from phananh.messages.texts import BASIS, DAYS, EXPLANATION
from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.durations import format_duration
from phananh.worktime.explain.gaps import reason, since_midnight
from phananh.worktime.localtime import to_instant
from phananh.worktime.phrases import cite, format_date, format_day_month, weekday_name
from phananh.worktime.session import Session, format_clock, format_sessions
from phananh.worktime.span import time_between
from phananh.worktime.timetable import Timetable

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar
    from phananh.worktime.explain.explanation import Explanation, Precision, Step


def explanation_text(
    explanation: "Explanation",
    lang: str,
    *,
    moved: bool = False,
    precision: "Precision" = "minute",
) -> str:
    """Return the lines of an explanation. `moved`: its due time was rescheduled since.

    Raises:
        InputError: the language is neither `vi` nor `en`, or there is no such precision.
    """
    check_language(lang)
    check_precision(precision)
    explanation = explanation.in_minutes() if precision == "minute" else explanation
    steps = (f"{n}. {line}" for n, line in enumerate(_step_lines(explanation, lang), 1))
    return "\n".join(
        (_head_line(explanation, lang, moved=moved), *steps, *_basis(explanation, lang))
    )


def check_precision(precision: object) -> None:
    """Refuse a value other than `minute` and `exact`."""
    known = ("minute", "exact")
    if precision not in known:
        value = short_repr(precision)
        raise InputError(field="precision", code="unknown_value", value=value, known=known)


def moment_text(t: datetime, lang: str) -> str:
    """Return an instant on the office's clock: `15:00 thứ Bảy 10/01/2026`."""
    return say(
        EXPLANATION["moment"],
        lang,
        time=time_text(t),
        weekday=weekday_name(t.date(), lang),
        day=format_date(t.date(), lang),
    )


def time_text(t: datetime) -> str:
    """Return the time of day, with seconds if there are any."""
    return format_clock(since_midnight(t))


def _head_line(explanation: "Explanation", lang: str, *, moved: bool) -> str:
    due = moment_text(explanation.on.local(explanation.due), lang)
    budget = format_duration(explanation.budget, lang)
    return say(EXPLANATION["first_due" if moved else "due"], lang, due=due, budget=budget)


def _step_lines(explanation: "Explanation", lang: str) -> Iterator[str]:
    yield _receipt_line(explanation, lang)
    calendar, seen = explanation.on, set[date]()
    before, hours = explanation.start, {_first_hours(explanation)}
    for step in explanation.steps:
        yield from _closed_line(step, calendar.local(before), calendar.local(step.start), lang)
        day = calendar.office_day(step.start)
        is_special = day.date not in seen and day.kind in ("worked", "hours")
        if is_special or day.sessions not in hours:
            season = _season_text(calendar.timetable, day.date, lang)
            yield _special_day_line(day, lang, other_hours=day.sessions not in hours, season=season)
        seen.add(day.date)
        before = step.end
        hours = {day.sessions} if day.kind == "open" else hours | {day.sessions}
        yield _span_line(explanation, step, lang)


def _first_hours(explanation: "Explanation") -> tuple[Session, ...]:
    """Return the hours that are not mentioned: those of the start, or of the first step."""
    calendar, start = explanation.on, explanation.start
    if calendar.is_open(start) or not explanation.steps:
        return calendar.office_day(start).sessions
    return calendar.office_day(explanation.steps[0].start).sessions


def _receipt_line(explanation: "Explanation", lang: str) -> str:
    calendar = explanation.on
    start = calendar.local(explanation.start)
    at = moment_text(start, lang)
    if not explanation.steps:
        return say(EXPLANATION["zero"], lang, start=at)
    day, opening = calendar.office_day(start), calendar.local(explanation.steps[0].start)
    if not time_between(start, opening):
        return say(EXPLANATION["open"], lang, start=at, hours=format_sessions(day.sessions))
    first = moment_text(opening, lang)
    if opening.date() == start.date():
        first = say(EXPLANATION["same_day"], lang, time=time_text(opening))
    why = say(EXPLANATION[_name_closed_time(calendar, start, day)], lang)
    return say(EXPLANATION["shut"], lang, start=at, why=why, opening=first)


def _name_closed_time(calendar: "WorkCalendar", start: datetime, day: DayInfo) -> str:
    if not day.sessions:
        return "day_off"
    if start < to_instant(day.date, day.sessions[0].open, calendar.tzinfo):
        return "early"
    if start >= to_instant(day.date, day.sessions[-1].close, calendar.tzinfo):
        return "late"
    pauses = zip(day.sessions, day.sessions[1:], strict=False)
    return "lunch" if any(_is_at_lunch(start, a, b) for a, b in pauses) else "between"


_NOON = timedelta(hours=12)


def _is_at_lunch(start: datetime, morning: Session, afternoon: Session) -> bool:
    """Return whether an instant lies in the pause over noon."""
    within = morning.close <= since_midnight(start) < afternoon.open
    return within and morning.close <= _NOON <= afternoon.open


def _closed_line(step: "Step", before: datetime, opening: datetime, lang: str) -> Iterator[str]:
    """Yield a line for the closed days before a step, or for what interrupted its day."""
    gap = step.gap
    if gap is None:
        return
    why = gap.vi if lang == "vi" else gap.en
    if gap.days:
        days = range_text(gap.days[0].date, gap.days[-1].date, lang)
        yield say(EXPLANATION["closed"], lang, days=days, why=why)
    elif gap.code == "override":
        ends = {"from_": time_text(before), "to": time_text(opening)}
        yield say(EXPLANATION["cut"], lang, day=_day_text(before.date(), lang), why=why, **ends)


def range_text(first: date, last: date, lang: str) -> str:
    """Return days from one to another: `07/02-16/02/2026`, or `2026-02-07 to 2026-02-16`."""
    if first == last:
        return format_date(first, lang)
    form = format_day_month if first.year == last.year and lang == "vi" else format_date
    return say(DAYS, lang, first=form(first, lang), last=format_date(last, lang))


def _season_text(timetable: object, day: date, lang: str) -> str:
    """Return the season of a day's hours, or an empty text if the timetable has no seasons."""
    parts = timetable.hours if isinstance(timetable, Timetable) else ()
    season = next((part.season for part in parts if part.is_for(day)), None)
    if season is None:
        return ""
    first, last = (format_day_month(date(2000, m, d), lang) for m, d in season)
    return say(EXPLANATION["season"], lang, first=first, last=last)


def _special_day_line(day: DayInfo, lang: str, *, other_hours: bool, season: str) -> str:
    form = "hours" if other_hours or day.kind == "hours" else "dated"
    if day.kind not in ("worked", "hours"):
        form = "other_hours"
    return say(
        EXPLANATION[form],
        lang,
        weekday=_capitalize(weekday_name(day.date, lang)),
        day=format_day_month(day.date, lang),
        hours=format_sessions(day.sessions),
        season=season,
        why=reason(day, lang),
    )


def _capitalize(text: str) -> str:
    return text[0].upper() + text[1:]


def _day_text(day: date, lang: str) -> str:
    return _capitalize(f"{weekday_name(day, lang)} {format_day_month(day, lang)}")


def _span_line(explanation: "Explanation", step: "Step", lang: str) -> str:
    calendar = explanation.on
    start, end = calendar.local(step.start), calendar.local(step.end)
    left = say(EXPLANATION["left"], lang, left=format_duration(step.left, lang))
    if not step.left:
        left = say(EXPLANATION["all"], lang, budget=format_duration(explanation.budget, lang))
    clocks_change = start.utcoffset() != end.utcoffset()
    return say(
        EXPLANATION["span" if end.date() == start.date() else "night"],
        lang,
        from_day=_day_text(start.date(), lang),
        to_day=f"{weekday_name(end.date(), lang)} {format_day_month(end.date(), lang)}",
        from_=time_text(start),
        to=time_text(end),
        worked=format_duration(step.worked, lang),
        change=say(EXPLANATION["change"], lang) if clocks_change else "",
        left=left,
    )


def _basis(explanation: "Explanation", lang: str) -> Iterator[str]:
    calendar, day = explanation.on, None
    if explanation.provisional:
        day = calendar.doubtful_day(explanation.start, explanation.due)
    yield from basis_lines(
        calendar,
        lang,
        hours=True,
        provisional=explanation.provisional,
        doubtful=day,
    )


def basis_lines(
    calendar: "WorkCalendar",
    lang: str,
    *,
    hours: bool,
    provisional: bool,
    doubtful: date | None,
) -> Iterator[str]:
    """Yield the sources of an explanation, with `hours` also that of its hours.

    `doubtful` is the day that makes it provisional, or None.
    """
    known = calendar.known_through
    yield from _sources_line(calendar, lang, hours=hours)
    if provisional and doubtful is not None and doubtful < calendar.known_from:
        yield say(BASIS["before"], lang, day=calendar.known_from)
    elif provisional and (doubtful is None or doubtful > known):
        yield say(BASIS["beyond"], lang, day=known)
    elif provisional:
        yield say(BASIS["open_notice"], lang, day=doubtful)


def _sources_line(calendar: "WorkCalendar", lang: str, *, hours: bool) -> Iterator[str]:
    """Yield in one line how far notices go and, with `hours`, the source of the hours."""
    known, timetable, parts = calendar.known_through, calendar.timetable, []
    if known < calendar.last_day:  # a calendar without public days waits for no notice
        parts.append(say(BASIS["official"], lang, day=known))
    source = timetable.source if lang == "vi" else timetable.source_en
    if hours and source:
        form = "assumed" if timetable.assumed else "hours_of"
        parts.append(say(BASIS[form], lang, source=cite(source, None, lang)))
    if parts:
        yield " ".join(parts)
