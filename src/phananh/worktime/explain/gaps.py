"""What lies between two stretches of working time, and why: a pause, a night, closed days.

Closed days that follow each other are one gap. Its words list them day by day, each with the law
or the notice it rests on, so that you do not have to look them up (Art. 9).
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING, Any

import attrs

from phananh.messages.message import say
from phananh.messages.texts import DAYS, EXPECTED, PAUSES
from phananh.plain_value import PlainValue
from phananh.worktime.calendar.combined import CombinedDayRules
from phananh.worktime.calendar.day_rules import BY_THE_WEEK, DayInfo
from phananh.worktime.localtime import to_instant
from phananh.worktime.phrases import cite, format_day_month
from phananh.worktime.session import DAY

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar

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
    the other one is empty. `days` are the closed days, or the day that `why_closed` was asked
    about.
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
        early = received and not has_opened(calendar, first)
        code = "before_opening" if early else "lunch"
        cut = None if early else find_cut(calendar, first, last)
        if cut is not None:
            return Gap(code="override", article="9", vi=cut[0], en=cut[1])
    vi, en = PAUSES[code]
    return Gap(code=code, article="9", vi=vi, en=en)


def has_opened(calendar: "WorkCalendar", t: datetime) -> bool:
    """Return whether the first session of its date has begun by an instant."""
    day = t.date()
    sessions = calendar.day(day).sessions
    return not sessions or t >= to_instant(day, sessions[0].open, calendar.tzinfo)


def find_cut(calendar: "WorkCalendar", first: datetime, last: datetime) -> tuple[str, str] | None:
    """Return what a combined calendar subtracts from the sessions between two instants, or None."""
    day_rules = calendar.day_rules
    if not isinstance(day_rules, CombinedDayRules):
        return None
    return day_rules.find_removal(first.astimezone(UTC), last.astimezone(UTC))


def since_midnight(t: datetime) -> timedelta:
    """Return the wall clock's time, as an offset from midnight."""
    return timedelta(hours=t.hour, minutes=t.minute, seconds=t.second, microseconds=t.microsecond)


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


def reasons(days: Iterable[DayInfo], lang: str) -> list[str]:
    """Return why days are closed, with their dates if there is more than one reason."""
    groups = [(why, list(same)) for why, same in groupby(days, lambda day: reason(day, lang))]
    if len(groups) == 1:
        return [groups[0][0]]
    return [f"{_range_text(same[0].date, same[-1].date, lang)} {why}" for why, same in groups]


def _range_text(first: date, last: date, lang: str) -> str:
    if first == last:
        return format_day_month(first, lang)
    return say(DAYS, lang, first=format_day_month(first, lang), last=format_day_month(last, lang))


def reason(day: DayInfo, lang: str) -> str:
    """Return why a day is off or worked, whether that is only expected, and by which document."""
    why = day.vi if lang == "vi" else day.en
    if day.reason_code in BY_THE_WEEK:
        return why
    if day.status == "expected":
        why = say(EXPECTED, lang, why=why)
    if not day.source:
        return why
    papers = [(day.source, day.issued), *([day.fixed_by] if day.fixed_by[0] else [])]
    return f"{why} ({'; '.join(cite(name, issued, lang) for name, issued in papers)})"
