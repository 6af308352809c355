"""The words of an explanation, in Vietnamese and English, on the office's clock (Art. 9)."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from phananh.errors import language
from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.explain.explanation import Explanation, Step
from phananh.worktime.explain.gaps import reason, since_midnight
from phananh.worktime.localtime import to_instant
from phananh.worktime.phrases import cited, duration, full, short, weekday
from phananh.worktime.session import DAY, Session, clock, listed
from phananh.worktime.timetables.timetable import Timetable

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar

_VI = {
    "moment": "{time} {weekday} {day}",
    "due": "Hạn: {due}. Thời hạn {budget}, chỉ tính giờ làm việc.",
    "first_due": "Hạn ban đầu: {due}. Thời hạn {budget}, chỉ tính giờ làm việc.",
    "open": "Nhận lúc {start}, trong giờ làm việc ({hours}).",
    "shut": "Nhận lúc {start}, {why}; tính từ {opening}.",
    "zero": "Nhận lúc {start}; không có thời hạn nào để tính, đến hạn ngay.",
    "same_day": "{time} cùng ngày",
    "day_off": "vào ngày nghỉ",
    "early": "trước giờ làm việc",
    "late": "sau giờ làm việc",
    "between": "giữa hai buổi làm việc",
    "lunch": "trong giờ nghỉ trưa",
    "span": "{from_day}, {from_}-{to}: {worked}{change}, {left}.",
    "night": "{from_day}, {from_} đến {to} {to_day}: {worked}{change}, {left}.",
    "change": " (đồng hồ đổi giờ)",
    "left": "còn {left}",
    "all": "đủ {budget}",
    "closed": "{days}: {why}.",
    "cut": "{day}, {from_}-{to}: {why}.",
    "dated": "{weekday} {day} {why}.",
    "hours": "{weekday} {day} làm việc {hours}: {why}.",
    "other_hours": "{weekday} {day} làm việc {hours}{season}.",
    "season": " (giờ theo mùa, từ {first} đến {last})",
    "official": "Lịch nghỉ chính thức đã biết đến hết {day}.",
    "unconfirmed": "Ngày nghỉ thời gian này lấy từ dữ liệu tham khảo (holidays), "
    "chưa đối chiếu với văn bản.",
    "assumed": "Giờ làm việc (giả định): theo {source}.",
    "hours_of": "Giờ làm việc: theo {source}.",
    "beyond": "Tạm tính: hạn rơi vào sau {day}, chưa có lịch nghỉ chính thức.",
    "open_notice": "Tạm tính: riêng ngày {day} chưa có văn bản chính thức.",
}
_EN = {
    "moment": "{weekday} {day} {time}",
    "due": "Due: {due}. Time allowed: {budget}, working hours only.",
    "first_due": "First due: {due}. Time allowed: {budget}, working hours only.",
    "open": "Received {start}, during working hours ({hours}).",
    "shut": "Received {start}, {why}; counted from {opening}.",
    "zero": "Received {start}; no time is allowed, so it is due at once.",
    "same_day": "{time} the same day",
    "day_off": "on a day off",
    "early": "before working hours",
    "late": "after working hours",
    "between": "between two sessions",
    "lunch": "at lunch",
    "span": "{from_day} {from_}-{to}: {worked}{change}, {left}.",
    "night": "{from_day} {from_} to {to_day} {to}: {worked}{change}, {left}.",
    "change": " (the clocks change)",
    "left": "{left} left",
    "all": "{budget} in all",
    "closed": "{days}: {why}.",
    "cut": "{day} {from_}-{to}: {why}.",
    "dated": "{weekday} {day}: {why}.",
    "hours": "{weekday} {day}, open {hours}: {why}.",
    "other_hours": "{weekday} {day}: open {hours}{season}.",
    "season": " (hours of the season from {first} to {last})",
    "official": "Days off are official through {day}.",
    "unconfirmed": "Days off of this time come from reference data (holidays), "
    "unchecked by notices.",
    "assumed": "Assumed office hours: {source}.",
    "hours_of": "Office hours: {source}.",
    "beyond": "Provisional: due after {day}, for which no days off are official yet.",
    "open_notice": "Provisional: except {day}, of which no official notice is known.",
}
_LANGUAGES = {"vi": _VI, "en": _EN}


def told(explanation: Explanation, lang: str, *, moved: bool = False) -> str:
    """Return the lines of an explanation; `moved` where its due time was put off since.

    Raises:
        InputError: the language is neither `vi` nor `en`.
    """
    language(lang)
    steps = (f"{n}. {line}" for n, line in enumerate(_steps(explanation, lang), 1))
    return "\n".join((_head(explanation, lang, moved=moved), *steps, *_tail(explanation, lang)))


def moment(t: datetime, lang: str) -> str:
    """Return an instant on the office's clock: `15:00 thứ Bảy 10/01/2026`."""
    return _LANGUAGES[lang]["moment"].format(
        time=time_of(t), weekday=weekday(t.date(), lang), day=full(t.date(), lang)
    )


def time_of(t: datetime) -> str:
    """Return the time of day, with seconds where there are any."""
    return clock(since_midnight(t))


def office_day(calendar: "WorkCalendar", t: datetime) -> DayInfo:
    """Return the day to whose sessions an instant belongs: a night is its evening's."""
    today = calendar.local(t).date()
    for day in (today, today - DAY):
        if day >= calendar.first_day:
            found = calendar.day(day)
            if any(_holds(calendar, day, part, t) for part in found.sessions):
                return found
    return calendar.day(today)


def _holds(calendar: "WorkCalendar", day: date, part: Session, t: datetime) -> bool:
    zone = calendar.tzinfo
    return to_instant(day, part.open, zone) <= t < to_instant(day, part.close, zone)


def _head(explanation: Explanation, lang: str, *, moved: bool) -> str:
    due = moment(explanation.on.local(explanation.due), lang)
    budget = duration(explanation.budget, lang)
    return _LANGUAGES[lang]["first_due" if moved else "due"].format(due=due, budget=budget)


def _steps(explanation: Explanation, lang: str) -> Iterator[str]:
    yield _received(explanation, lang)
    calendar, seen = explanation.on, set[date]()
    before, hours = explanation.start, {_first_hours(explanation)}
    for step in explanation.steps:
        yield from _closed(step, calendar.local(before), calendar.local(step.start), lang)
        day = office_day(calendar, step.start)
        told_anew = day.date not in seen and day.kind in ("worked", "hours")
        if told_anew or day.sessions not in hours:
            season = _season(calendar.timetable, day.date, lang)
            yield _dated(day, lang, other_hours=day.sessions not in hours, season=season)
        seen.add(day.date)
        before = step.end
        hours = {day.sessions} if day.kind == "open" else hours | {day.sessions}
        yield _span(explanation, step, lang)


def _first_hours(explanation: Explanation) -> tuple[Session, ...]:
    """Return the hours that need no word: those of the start, or of the first step."""
    calendar, start = explanation.on, explanation.start
    if calendar.is_open(start) or not explanation.steps:
        return office_day(calendar, start).sessions
    return office_day(calendar, explanation.steps[0].start).sessions


def _received(explanation: Explanation, lang: str) -> str:
    words, calendar = _LANGUAGES[lang], explanation.on
    start = calendar.local(explanation.start)
    if not explanation.steps:
        return words["zero"].format(start=moment(start, lang))
    day, opening = office_day(calendar, start), calendar.local(explanation.steps[0].start)
    if opening == start:
        return words["open"].format(start=moment(start, lang), hours=listed(day.sessions))
    same = opening.date() == start.date()
    return words["shut"].format(
        start=moment(start, lang),
        why=words[_when_shut(start, day)],
        opening=words["same_day"].format(time=time_of(opening)) if same else moment(opening, lang),
    )


def _when_shut(start: datetime, day: DayInfo) -> str:
    if not day.sessions:
        return "day_off"
    if since_midnight(start) < day.sessions[0].open:
        return "early"
    if since_midnight(start) >= day.sessions[-1].close:
        return "late"
    pauses = zip(day.sessions, day.sessions[1:], strict=False)
    return "lunch" if any(_at_lunch(start, a, b) for a, b in pauses) else "between"


_NOON = timedelta(hours=12)


def _at_lunch(start: datetime, morning: Session, afternoon: Session) -> bool:
    """Say whether an instant lies in the pause over noon."""
    within = morning.close <= since_midnight(start) < afternoon.open
    return within and morning.close <= _NOON <= afternoon.open


def _closed(step: Step, before: datetime, opening: datetime, lang: str) -> Iterator[str]:
    """Yield a line for the closed days before a step, or for what cut its day in two."""
    gap, words = step.gap, _LANGUAGES[lang]
    if gap is None:
        return
    why = gap.vi if lang == "vi" else gap.en
    if gap.days:
        first, last = gap.days[0].date, gap.days[-1].date
        days = full(first, lang) if first == last else _range(first, last, lang)
        yield words["closed"].format(days=days, why=why)
    elif gap.code == "override":
        day = _capital(f"{weekday(before.date(), lang)} {short(before.date(), lang)}")
        ends = {"from_": time_of(before), "to": time_of(opening)}
        yield words["cut"].format(day=day, why=why, **ends)


def _range(first: date, last: date, lang: str) -> str:
    if first.year != last.year or lang == "en":
        return f"{full(first, lang)}{'-' if lang == 'vi' else ' to '}{full(last, lang)}"
    return f"{short(first, lang)}-{full(last, lang)}"


def _season(made: object, day: date, lang: str) -> str:
    """Return the season whose hours hold on a day, where the timetable has seasons."""
    parts = made.hours if isinstance(made, Timetable) else ()
    season = next((part.season for part in parts if part.holds(day)), None)
    if season is None:
        return ""
    first, last = (short(date(2000, m, d), lang) for m, d in season)
    return _LANGUAGES[lang]["season"].format(first=first, last=last)


def _dated(day: DayInfo, lang: str, *, other_hours: bool, season: str) -> str:
    form = "hours" if other_hours or day.kind == "hours" else "dated"
    if day.kind not in ("worked", "hours"):
        form = "other_hours"
    return _LANGUAGES[lang][form].format(
        weekday=_capital(weekday(day.date, lang)),
        day=short(day.date, lang),
        hours=listed(day.sessions),
        season=season,
        why=reason(day, lang),
    )


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def _span(explanation: Explanation, step: Step, lang: str) -> str:
    words, calendar = _LANGUAGES[lang], explanation.on
    start, end = calendar.local(step.start), calendar.local(step.end)
    left = words["left"].format(left=duration(step.left, lang))
    whole = words["all"].format(budget=duration(explanation.budget, lang))
    return words["span" if end.date() == start.date() else "night"].format(
        from_day=_capital(f"{weekday(start.date(), lang)} {short(start.date(), lang)}"),
        to_day=f"{weekday(end.date(), lang)} {short(end.date(), lang)}",
        from_=time_of(start),
        to=time_of(end),
        worked=duration(step.worked, lang),
        change=words["change"] if start.utcoffset() != end.utcoffset() else "",
        left=left if step.left else whole,
    )


def _tail(explanation: Explanation, lang: str) -> Iterator[str]:
    words, calendar = _LANGUAGES[lang], explanation.on
    source = calendar.timetable.source if lang == "vi" else calendar.timetable.source_en
    known, parts = calendar.known_through, []
    if known.year <= _FORESEEN:
        parts.append(words["official"].format(day=full(known, lang)))
    if source:
        parts.append(hours_of(source, lang, assumed=calendar.timetable.assumed))
    if parts:
        yield " ".join(parts)
    if calendar.day(calendar.local(explanation.start).date()).status == "unconfirmed":
        yield words["unconfirmed"]
    if explanation.provisional:
        yield _provisional(explanation, lang)


def hours_of(source: str, lang: str, *, assumed: bool) -> str:
    """Return in words what the hours rest on, and that they are assumed where they are."""
    form = "assumed" if assumed else "hours_of"
    return _LANGUAGES[lang][form].format(source=cited(source, None, lang))


_FORESEEN = 2150  # a calendar without public days knows all of them


def _provisional(explanation: Explanation, lang: str) -> str:
    calendar = explanation.on
    day = calendar.doubtful_day(explanation.start, explanation.due)
    if day is None or day > calendar.known_through:
        return _LANGUAGES[lang]["beyond"].format(day=full(calendar.known_through, lang))
    return _LANGUAGES[lang]["open_notice"].format(day=full(day, lang))
