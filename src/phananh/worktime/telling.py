"""The words of an explanation, in Vietnamese and English, on the office's clock (Art. 9)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from phananh.errors import InputError, shown
from phananh.worktime.book import DayInfo
from phananh.worktime.explain import Explanation, Gap, Step
from phananh.worktime.session import clock, listed
from phananh.worktime.words import duration, full, short, weekday

_VI = {
    "due": "Hạn: {day} {time}. Thời hạn {budget} làm việc (Điều 9).",
    "open": "Nhận {day} {time}, trong giờ làm việc ({hours}).",
    "shut": "Nhận {day} {time}, ngoài giờ làm việc; tính từ {opening} (Điều 3 khoản 2).",
    "span": "{day} {from_}-{to}: {worked}, {left}.",
    "left": "còn {left}",
    "none": "hết",
    "closed": "{days}: {why}.",
    "dated": "{weekday} {day} {why}{source}.",
    "hours": "{weekday} {day} làm việc {hours}, {why}{source}.",
    "official": "Lịch chính thức đến hết {day}.",
    "assumed": "Giả định: giờ làm việc theo {source}.",
    "beyond": "Tạm tính: hạn ở sau ngày cuối của lịch chính thức.",
    "open_notice": "Tạm tính: chưa có văn bản chính thức về ngày {day}.",
}
_EN = {
    "due": "Due: {day} {time}. Budget {budget} of working time (Article 9).",
    "open": "Received {day} {time}, during working hours ({hours}).",
    "shut": "Received {day} {time}, outside working hours; counted from {opening} (Article 3.2).",
    "span": "{day} {from_}-{to}: {worked}, {left}.",
    "left": "{left} left",
    "none": "none left",
    "closed": "{days}: {why}.",
    "dated": "{weekday} {day} is {why}{source}.",
    "hours": "{weekday} {day} is open {hours}, {why}{source}.",
    "official": "Official through {day}.",
    "assumed": "Assumption: hours of {source}.",
    "beyond": "Provisional: due beyond the last day of the official calendar.",
    "open_notice": "Provisional: no official notice about {day} is known.",
}
_LANGUAGES = {"vi": _VI, "en": _EN}


def told(explanation: Explanation, lang: str) -> str:
    """Return the lines of an explanation.

    Raises:
        InputError: the language is neither `vi` nor `en`.
    """
    if lang not in _LANGUAGES:
        problem = f"{shown(lang)} is unknown"
        raise InputError(field="lang", problem=problem, way_out="use vi or en")
    steps = (f"{n}. {line}" for n, line in enumerate(_steps(explanation, lang), 1))
    return "\n".join((_head(explanation, lang), *steps, *_tail(explanation, lang)))


def _moment(t: datetime, lang: str) -> dict[str, str]:
    day = f"{weekday(t.date(), lang)} {full(t.date(), lang)}"
    return {"day": day, "time": _time(t)}


def _time(t: datetime) -> str:
    return clock(
        timedelta(hours=t.hour, minutes=t.minute, seconds=t.second, microseconds=t.microsecond)
    )


def _head(explanation: Explanation, lang: str) -> str:
    due = explanation.on.local(explanation.due)
    budget = duration(explanation.budget, lang)
    return _LANGUAGES[lang]["due"].format(**_moment(due, lang), budget=budget)


def _steps(explanation: Explanation, lang: str) -> Iterator[str]:
    yield _received(explanation, lang)
    told_days: set[date] = set()
    for step in explanation.steps:
        if step.gap and step.gap.days:
            yield _closed(step.gap, lang)
        if step.day.kind in ("worked", "hours") and step.day.date not in told_days:
            told_days.add(step.day.date)
            yield _dated(step.day, lang)
        yield _span(explanation, step, lang)


def _received(explanation: Explanation, lang: str) -> str:
    words, calendar = _LANGUAGES[lang], explanation.on
    start = calendar.local(explanation.start)
    if calendar.is_open(start):
        hours = listed(calendar.day(start.date()).sessions)
        return words["open"].format(**_moment(start, lang), hours=hours)
    moment = _moment(calendar.local(calendar.next_opening(start)), lang)
    opening = f"{moment['day']} {moment['time']}"
    return words["shut"].format(**_moment(start, lang), opening=opening)


def _closed(gap: Gap, lang: str) -> str:
    first, last = gap.days[0].date, gap.days[-1].date
    days = full(first, lang) if first == last else _range(first, last, lang)
    why = gap.vi if lang == "vi" else gap.en
    return _LANGUAGES[lang]["closed"].format(days=days, why=why)


def _range(first: date, last: date, lang: str) -> str:
    if first.year != last.year or lang == "en":
        return f"{full(first, lang)}{'-' if lang == 'vi' else ' to '}{full(last, lang)}"
    return f"{short(first, lang)}-{full(last, lang)}"


def _dated(day: DayInfo, lang: str) -> str:
    issued = f", {full(day.issued, lang)}" if day.issued else ""
    name = weekday(day.date, lang)
    return _LANGUAGES[lang]["hours" if day.kind == "hours" else "dated"].format(
        weekday=name[0].upper() + name[1:],
        day=short(day.date, lang),
        hours=listed(day.sessions),
        why=day.vi if lang == "vi" else day.en,
        source=f" [{day.source}{issued}]" if day.source else "",
    )


def _span(explanation: Explanation, step: Step, lang: str) -> str:
    words = _LANGUAGES[lang]
    start, end = explanation.on.local(step.start), explanation.on.local(step.end)
    left = words["left"].format(left=duration(step.left, lang)) if step.left else words["none"]
    return words["span"].format(
        day=short(start.date(), lang),
        from_=_time(start),
        to=_time(end) if end.date() == start.date() else f"{short(end.date(), lang)} {_time(end)}",
        worked=duration(step.worked, lang),
        left=left,
    )


def _tail(explanation: Explanation, lang: str) -> Iterator[str]:
    words, calendar = _LANGUAGES[lang], explanation.on
    parts = [words["official"].format(day=full(calendar.known_through, lang))]
    source = calendar.timetable.source if lang == "vi" else calendar.timetable.source_en
    if source:
        parts.append(words["assumed"].format(source=source))
    yield " ".join(parts)
    if explanation.provisional:
        yield _provisional(explanation, lang)


def _provisional(explanation: Explanation, lang: str) -> str:
    day = explanation.on.doubtful_day(explanation.start, explanation.due)
    if day is None or day > explanation.on.known_through:
        return _LANGUAGES[lang]["beyond"]
    return _LANGUAGES[lang]["open_notice"].format(day=full(day, lang))
