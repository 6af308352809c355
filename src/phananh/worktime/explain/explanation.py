"""Why a deadline is when it is: the steps that use up the budget, and what lies between (Art. 9).

Data first: `Explanation` has instants, durations and reasons. The texts in both languages and the
pictures are made from it.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Literal

import attrs

from phananh.errors import InputError, check_language, short_repr
from phananh.messages.labels import capitalize
from phananh.messages.message import say
from phananh.messages.texts import BASIS, DAYS, EXPLANATION, PAUSES
from phananh.plain_data import item_to_plain, to_plain
from phananh.plain_value import PlainValue
from phananh.worktime.calendar.day_rules import (
    BY_THE_WEEK,
    CombinedDayRules,
    DayInfo,
    reason,
    reasons,
)
from phananh.worktime.durations import format_duration
from phananh.worktime.instants import cut_to_minute, require_aware, require_timedelta, to_instant
from phananh.worktime.phrases import (
    cite,
    format_date,
    format_day_month,
    moment_text,
    since_midnight,
    time_text,
    weekday_name,
)
from phananh.worktime.session import DAY, Session, format_sessions
from phananh.worktime.span import Span, time_between
from phananh.worktime.timetable import Timetable

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar
    from phananh.worktime.explain.picture import Picture

Precision = Literal["minute", "exact"]
_MINUTE, _NOON = timedelta(minutes=1), timedelta(hours=12)
MOST_DAYS = 7_305
"""The most days from start to due that are explained step by step: twenty years."""
# The reason that names a stretch of several closed days, the strongest first.
_STRENGTH = (
    "holiday",
    "substitute",
    "swap",
    "notice",
    "override",
    "make_up",
    "no_hours",
    "weekend",
)
_AS_HOLIDAY = {"substitute": "holiday"}


@attrs.frozen(kw_only=True)
class Gap(PlainValue):
    """The closed time before a step: a pause within or between days, or whole closed days.

    `code` is lunch, night, before_opening, after_closing, weekend, holiday, swap, notice,
    override, make_up or no_hours. The source is an `article`, or the document of a `notice`, and
    the other one is empty. `days` are the closed days.
    """

    code: str
    vi: str
    en: str
    article: str = ""
    notice: str = ""
    days: tuple[DayInfo, ...] = ()

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return `code`, `article` or `notice`, `vi` and `en`."""
        source = {"notice": self.notice} if self.notice else {"article": self.article}
        plain = {"code": self.code, **source, "vi": self.vi, "en": self.en}
        return plain if lang is None else {**plain, "text": plain[lang]}


@attrs.frozen(kw_only=True)
class Step(PlainValue):
    """A stretch of working time, how much of the budget it uses and how much is left.

    `day` is the date on which it starts, and `gap` the closed time before it, or None.
    """

    start: datetime
    end: datetime
    worked: timedelta
    left: timedelta
    day: DayInfo
    gap: Gap | None = None

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return `from`, `to`, `worked_us`, `left_us` and, if time was closed before, `gap`."""
        plain: dict[str, Any] = {
            "from": self.start.isoformat(),
            "to": self.end.isoformat(),
            **item_to_plain("worked", self.worked, lang),
            **item_to_plain("left", self.left, lang),
        }
        return plain if self.gap is None else {**plain, "gap": self.gap.as_dict(lang)}


@attrs.frozen(kw_only=True)
class Explanation(PlainValue):
    """A deadline with its reasons. `on` is the calendar that it was computed on."""

    start: datetime
    budget: timedelta
    due: datetime
    provisional: bool
    steps: tuple[Step, ...]
    on: "WorkCalendar" = attrs.field(repr=False)

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        plain: dict[str, Any] = {
            "start": self.start.isoformat(),
            **item_to_plain("budget", self.budget, lang),
            "due": self.due.isoformat(),
            "provisional": self.provisional,
            "calendar": self.on.name,
            "version": self.on.version,
            "steps": to_plain(self.steps, lang, personal=personal),
        }
        return plain if lang is None else {**plain, "text": self.text(lang)}

    def text(self, lang: str = "en", *, precision: Precision = "minute") -> str:
        """Return the explanation in words, in `vi` or `en`, on the office's clock.

        It counts from the full minute before, in whole minutes, so that every sum is whole and
        the due time shown is not later than the exact one. Use `precision="exact"` for seconds.
        """
        return explanation_text(self, lang, precision=precision)

    def _to_line(self) -> str:
        """Return the first line of the explanation in English: when the budget is used up."""
        return self.text().partition("\n")[0]

    def in_minutes(self) -> "Explanation":
        """Return the explanation as texts show it: start and budget cut to the minute."""
        start, budget = cut_to_minute(self.start), self.budget - self.budget % _MINUTE
        if (start, budget) == (self.start, self.budget):
            return self
        return explain_steps(self.on, start, budget)

    def picture(self) -> "Picture":
        """Return the days from start to due as rows, with the spans that count."""
        from phananh.worktime.explain.picture import build_timeline

        return build_timeline(self)

    def svg(self, lang: str = "en") -> str:
        """Return the picture as a complete SVG document, in `vi` or `en`."""
        from phananh.worktime.explain.picture import draw_svg

        return draw_svg(self, lang)


def explain_steps(calendar: "WorkCalendar", start: datetime, budget: timedelta) -> Explanation:
    """Return why a budget from `start` is due when it is.

    Raises:
        InputError: the budget is negative or takes more than 7,305 days, or `add` refuses an
            argument.
    """
    start, budget = require_aware(start, "start"), require_timedelta(budget, "budget")
    if budget < timedelta():
        raise InputError(code="negative_budget", field="budget", value=str(budget))
    days = (calendar.add(start, budget) - start).days
    if days > MOST_DAYS:
        raise InputError(code="too_long_to_explain", field="budget", days=days, most=MOST_DAYS)
    allotted = calendar.allot(start, budget)
    return Explanation(
        start=start,
        budget=budget,
        due=allotted.due,
        provisional=allotted.provisional,
        steps=tuple(_steps_of(calendar, start, budget, allotted.spans)),
        on=calendar,
    )


def _steps_of(
    calendar: "WorkCalendar", start: datetime, left: timedelta, spans: Iterable[Span]
) -> Iterable[Step]:
    """Yield the step of each span that uses up `left` from `start`, with the gap before it."""
    before = start
    for span in spans:
        left -= span.length
        yield Step(
            start=span.start,
            end=span.end,
            worked=span.length,
            left=left,
            day=calendar.day(calendar.local(span.start).date()),
            gap=gap_before(calendar, before, span.start, received=before is start),
        )
        before = span.end


def gap_before(
    calendar: "WorkCalendar", before: datetime, opening: datetime, *, received: bool
) -> Gap | None:
    """Return the gap from `before` to `opening`. `received`: no time was worked yet."""
    if before.astimezone(UTC) == opening.astimezone(UTC):
        return None
    first, last = calendar.local(before), calendar.local(opening)
    days = [calendar.day(first.date() + DAY * n) for n in range((last.date() - first.date()).days)]
    closed = tuple(day for day in days if not day.sessions)
    if closed:
        return describe_closed_days(closed)
    return _pause_gap(calendar, first, last, received=received)


def _pause_gap(calendar: "WorkCalendar", first: datetime, last: datetime, *, received: bool) -> Gap:
    if first.date() < last.date():
        code = "after_closing" if received else "night"
    else:
        sessions, rules = (
            calendar.day(first.date()).sessions if received else (),
            calendar.day_rules,
        )
        early = sessions and first < to_instant(first.date(), sessions[0].open, calendar.tzinfo)
        code = "before_opening" if early else "lunch"
        if not early and isinstance(rules, CombinedDayRules):
            # What a combined calendar subtracts from the sessions.
            cut = rules.find_removal(first.astimezone(UTC), last.astimezone(UTC))
            if cut is not None:
                return Gap(code="override", article="9", vi=cut[0], en=cut[1])
    vi, en = PAUSES[code]
    return Gap(code=code, article="9", vi=vi, en=en)


def describe_closed_days(days: tuple[DayInfo, ...]) -> Gap:
    """Fold closed days into one gap, named by the strongest of their reasons."""
    rank = {code: n for n, code in enumerate(_STRENGTH)}
    chief = min(days, key=lambda day: rank.get(day.reason_code, len(rank)))
    dated = chief.issued is not None and chief.reason_code != "no_hours"
    by_notice = chief.reason_code in ("swap", "notice") or dated
    source = "9" if chief.reason_code in (*BY_THE_WEEK, "override") else chief.source
    return Gap(
        code=_AS_HOLIDAY.get(chief.reason_code, chief.reason_code),
        vi="; ".join(reasons(days, "vi")),
        en="; ".join(reasons(days, "en")),
        article="" if by_notice else source,
        notice=chief.source if by_notice else "",
        days=days,
    )


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
    head = say(
        EXPLANATION["first_due" if moved else "due"],
        lang,
        due=moment_text(explanation.on.local(explanation.due), lang),
        budget=format_duration(explanation.budget, lang),
    )
    steps = (f"{n}. {line}" for n, line in enumerate(_step_lines(explanation, lang), 1))
    doubtful = explanation.on.doubtful_day(explanation.start, explanation.due)
    basis = basis_lines(explanation.on, lang, hours=True, doubtful=doubtful)
    return "\n".join((head, *steps, *basis))


def check_precision(precision: object) -> None:
    """Refuse a value other than `minute` and `exact`."""
    known = ("minute", "exact")
    if precision not in known:
        raise InputError(
            field="precision", code="unknown_value", value=short_repr(precision), known=known
        )


def _step_lines(explanation: "Explanation", lang: str) -> Iterator[str]:
    yield _receipt_line(explanation, lang)
    calendar, seen = explanation.on, set[date]()
    before, hours = explanation.start, {_first_hours(explanation)}
    for step in explanation.steps:
        yield from _closed_line(step, calendar.local(before), calendar.local(step.start), lang)
        day = calendar.office_day(step.start)
        is_special = day.date not in seen and day.kind in ("worked", "hours")
        if is_special or day.sessions not in hours:
            yield _special_day_line(
                day,
                lang,
                other_hours=day.sessions not in hours,
                season=_season_text(calendar.timetable, day.date, lang),
            )
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
    return say(
        EXPLANATION["shut"],
        lang,
        start=at,
        why=say(EXPLANATION[_name_closed_time(calendar, start, day)], lang),
        opening=first,
    )


def _name_closed_time(calendar: "WorkCalendar", start: datetime, day: DayInfo) -> str:
    if not day.sessions:
        return "day_off"
    if start < to_instant(day.date, day.sessions[0].open, calendar.tzinfo):
        return "early"
    if start >= to_instant(day.date, day.sessions[-1].close, calendar.tzinfo):
        return "late"
    at, pauses = since_midnight(start), zip(day.sessions, day.sessions[1:], strict=False)
    within = (pause for pause in pauses if pause[0].close <= at < pause[1].open)
    is_noon = any(before.close <= _NOON <= after.open for before, after in within)
    return "lunch" if is_noon else "between"


def _closed_line(step: "Step", before: datetime, opening: datetime, lang: str) -> Iterator[str]:
    """Yield a line for the closed days before a step, or for what interrupted its day."""
    gap = step.gap
    if gap is None:
        return
    why = gap.vi if lang == "vi" else gap.en
    if gap.days:
        yield say(
            EXPLANATION["closed"],
            lang,
            days=range_text(gap.days[0].date, gap.days[-1].date, lang),
            why=why,
        )
    elif gap.code == "override":
        yield say(
            EXPLANATION["cut"],
            lang,
            day=_day_text(before.date(), lang),
            why=why,
            from_=time_text(before),
            to=time_text(opening),
        )


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
        weekday=capitalize(weekday_name(day.date, lang)),
        day=format_day_month(day.date, lang),
        hours=format_sessions(day.sessions),
        season=season,
        why=reason(day, lang),
    )


def _day_text(day: date, lang: str) -> str:
    return capitalize(f"{weekday_name(day, lang)} {format_day_month(day, lang)}")


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


def basis_lines(
    calendar: "WorkCalendar", lang: str, *, hours: bool, doubtful: date | None
) -> Iterator[str]:
    """Yield the sources of an explanation, with `hours` also that of its hours.

    `doubtful` is the day that makes it provisional, or None.
    """
    yield from _sources_line(calendar, lang, hours=hours)
    if doubtful and doubtful < calendar.known_from:
        yield say(BASIS["before"], lang, day=calendar.known_from)
    elif doubtful and doubtful > calendar.known_through:
        yield say(BASIS["beyond"], lang, day=calendar.known_through)
    elif doubtful:
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
