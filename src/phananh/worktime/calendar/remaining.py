"""How much working time is left until a due instant, or has passed since (Art. 9).

An officer thinks in days and hours of work: "còn 3 giờ làm việc". A day is counted only where
all days of the calendar have one length, and then the words say how long it is.
"""

from datetime import date, timedelta

from phananh.errors import language
from phananh.worktime.timetables.algebra import CombinedTimetable
from phananh.worktime.timetables.timetable import Timetable

_ZERO, _MINUTE = timedelta(), timedelta(minutes=1)
_VI = {
    "left": "còn {amount} làm việc{day}",
    "over": "quá {amount} làm việc{day}",
    "none": "đến hạn",
    "none_left": "chưa đến hạn, nhưng không còn giờ làm việc nào",
    "none_over": "quá hạn, nhưng chưa qua giờ làm việc nào",
    "brief_left": "còn chưa đến 1 phút làm việc",
    "brief_over": "quá chưa đến 1 phút làm việc",
    "day": " ({length} một ngày)",
}
_EN = {
    "left": "{amount} left{day}",
    "over": "{amount} over{day}",
    "none": "due now",
    "none_left": "not due yet, but no working time is left",
    "none_over": "overdue, but no working time has passed since",
    "brief_left": "less than a minute of working time left",
    "brief_over": "less than a minute of working time over",
    "day": " ({length} a day)",
}
_LANGUAGES = {"vi": _VI, "en": _EN}
_UNITS = {
    "vi": ("ngày", "giờ", "phút", "giây"),
    "en": ("day", "hour", "minute", "second"),
}


def left_in_words(
    amount: timedelta, lang: str = "vi", *, day: timedelta | None = None, fine: bool = True
) -> str:
    """Return in words that `amount` is left, in days of length `day` where there is one."""
    language(lang)
    return _worded(lang, "left", amount, day, fine=fine) if amount else _LANGUAGES[lang]["none"]


def amount_in_words(amount: timedelta, lang: str = "vi") -> str:
    """Return `5 giờ làm việc` or `5 working hours`."""
    language(lang)
    parts = [*_parts(0, amount, lang)]
    return _of_work(parts) if lang == "en" else f"{' '.join(parts)} làm việc"


def length_of_day(made: Timetable | CombinedTimetable, *days: date) -> timedelta | None:
    """Return how long a working day is by the hours in force on `days`, if all are as long."""
    if not isinstance(made, Timetable):
        return None
    parts = (part for part in made.hours if any(map(part.in_force, days)))
    lengths = {sum((s.length for s in part.sessions), _ZERO) for part in parts if part.sessions}
    return lengths.pop() if len(lengths) == 1 else None


def _worded(
    lang: str, side: str, amount: timedelta, length: timedelta | None, *, fine: bool
) -> str:
    if not fine:
        amount -= amount % _MINUTE
        if not amount:
            return _LANGUAGES[lang][f"brief_{side}"]
    days, rest = divmod(amount, length) if length else (0, amount)
    words, parts = _LANGUAGES[lang], [*_parts(days, rest, lang)]
    said = " ".join(parts)
    if lang == "en":
        said = _of_work(parts)
    of_day = " ".join(_parts(0, length, lang)) if length else ""
    return words[side].format(amount=said, day=words["day"].format(length=of_day) if days else "")


def _of_work(parts: list[str]) -> str:
    number, unit = parts[0].split(" ")
    if len(parts) == 1 and unit.startswith(("day", "hour")):
        return f"{number} working {unit}"
    return f"{' '.join(parts)} of working time"


def _parts(days: int, rest: timedelta, lang: str) -> list[str]:
    minutes, seconds = divmod(rest, timedelta(minutes=1))
    fine = f"{seconds.total_seconds():.6f}".rstrip("0").rstrip(".") if seconds else "0"
    numbers = (str(days), str(minutes // 60), str(minutes % 60), fine)
    if lang == "vi":
        numbers = (*numbers[:3], fine.replace(".", ","))
    return [
        f"{n} {unit}{'s' if lang == 'en' and n != '1' else ''}"
        for n, unit in zip(numbers, _UNITS[lang], strict=True)
        if n != "0"
    ]
