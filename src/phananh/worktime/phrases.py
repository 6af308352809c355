"""Days, dates and documents in Vietnamese and English, as explanations print them."""

from datetime import date, datetime, timedelta

from phananh.errors import check_language
from phananh.messages.message import fact_text, say
from phananh.messages.texts import (
    DOCUMENTS,
    EXPLANATION,
    ISSUED,
    MANY,
    MONTHS,
    ONE,
    REASONS,
    SOURCES,
    WEEKDAYS,
    WEEKDAYS_SHORT,
)  # fmt: skip
from phananh.worktime.session import format_clock


def weekday_name(day: date, lang: str) -> str:
    """Return the name of the weekday."""
    return say(WEEKDAYS[day.weekday()], lang)


def weekday_abbreviation(day: date, lang: str) -> str:
    """Return the weekday as calendars print it: `T2` to `CN`, or `Mon` to `Sun`."""
    return say(WEEKDAYS_SHORT[day.weekday()], lang)


def format_day_month(day: date, lang: str) -> str:
    """Return day and month: `09/01` or `9 Jan`."""
    return f"{day:%d/%m}" if lang == "vi" else f"{day.day} {MONTHS[day.month - 1]}"


def format_date(day: date, lang: str) -> str:
    """Return the whole date: `09/01/2026` or `2026-01-09`."""
    return fact_text("", day, lang)


def cite(source: str, issued: date | None, lang: str) -> str:
    """Return a law or a document as it is cited: its kind in full, and its date of issue."""
    if source in SOURCES:
        return say(SOURCES[source], lang)
    kind, _, number = source.partition(" ")
    full = f"{DOCUMENTS[kind]} số {number}" if lang == "vi" and kind in DOCUMENTS else source
    return say(ISSUED, lang, document=full, issued=format_date(issued, lang)) if issued else full


def day_reason(
    day: date, code: str, *, name: tuple[str, str], other: date | None
) -> tuple[str, str]:
    """Return the reason of a day in Vietnamese and English. `other` is swapped with it."""
    pair = REASONS["make_up_alone" if code == "make_up" and other is None else code]
    inside = f"n{name[0][1:]}" if name[0].startswith("Ngày") else name[0]
    vi = say(pair, "vi", name=inside, other=_swapped_day(day, other, "vi"))
    return vi, say(pair, "en", name=name[1], other=_swapped_day(day, other, "en"))


def _swapped_day(day: date, other: date | None, lang: str) -> str:
    if other is None:
        return ""
    form = format_day_month if other.year == day.year else format_date
    return f"{weekday_name(other, lang)} {form(other, lang)}"


def moment_text(at: datetime, lang: str) -> str:
    """Return an instant on the office's clock: `15:00 thứ Bảy 10/01/2026`."""
    return say(
        EXPLANATION["moment"],
        lang,
        time=time_text(at),
        weekday=weekday_name(at.date(), lang),
        day=format_date(at.date(), lang),
    )


def time_text(at: datetime) -> str:
    """Return the time of day, with seconds if there are any."""
    return format_clock(since_midnight(at))


def since_midnight(at: datetime) -> timedelta:
    """Return the wall clock's time, as an offset from midnight."""
    return timedelta(
        hours=at.hour, minutes=at.minute, seconds=at.second, microseconds=at.microsecond
    )


def count_text(count: int, unit: str, lang: str) -> str:
    """Return `5 ngày làm việc` or `5 working days`."""
    check_language(lang)
    return say((ONE if count == 1 else MANY)[unit], lang, n=count)
