"""The words of an explained term, in Vietnamese and English, on the office's clock."""

import datetime as dt
from collections.abc import Iterator
from itertools import groupby

from phananh.errors import language
from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.explain.gaps import reason
from phananh.worktime.explain.text import hours_of
from phananh.worktime.phrases import full, short, weekday
from phananh.worktime.session import clock, listed
from phananh.worktime.terms.counting import counted
from phananh.worktime.terms.expiry import ENDED, DayStep, Expiry
from phananh.worktime.terms.parse import spoken

_VI = {
    "midnight": "Hạn: hết {day} (24 giờ, {law}). Thời hạn {term}.",
    "closing": "Hạn: {day} {time}, khi hết giờ làm việc. Thời hạn {term}.",
    "from": "Từ {day}{deferred}; {first} ({law}).",
    "deferred": " ({why}, coi như {day})",
    "out_of_hours": "ngoài giờ làm việc",
    "too_late": "sau {time} hoặc ngày nghỉ",
    "left_out": "ngày này không tính",
    "included": "ngày này được tính theo quy định riêng",
    "skipped": "{days} không tính: {why}.",
    "working": "{days}: {n}, {left}{also}.",
    "left": "còn {n}",
    "none": "đủ",
    "short": "{weekday} {day} làm việc {hours}, vẫn tính một ngày",
    "days": "{days}: {n}, kể cả ngày nghỉ ({law}){worked}.",
    "corresponding": "{days}: {n}, đến ngày tương ứng ({law}){worked}.",
    "clipped": "{days}: {n}; tháng cuối không có ngày {number}, lấy ngày cuối tháng "
    "({law}){worked}.",
    "alike": "{law}, áp dụng tương tự khoản 3",
    "worked": "; {day}, nên hạn không chuyển",
    "rolled": "{days} là ngày nghỉ ({why}); hạn chuyển sang {last} ({law}).",
    "official": "Lịch nghỉ chính thức đã biết đến hết {day}.",
    "beyond": "Tạm tính: hạn rơi vào sau {day}, chưa có lịch nghỉ chính thức.",
    "open_notice": "Tạm tính: riêng ngày {day} chưa có văn bản chính thức.",
    "unconfirmed": "Ngày nghỉ thời gian này lấy từ dữ liệu tham khảo (holidays), "
    "chưa đối chiếu với văn bản.",
    "law": "khoản {clause} Điều {article} Bộ luật Dân sự 2015",
    "late": "quá hạn {n}",
    "late_since": "quá hạn, chưa đến một {unit}",
    "last_day": "hết hạn hôm nay",
    "more": "còn {n}",
}
_EN = {
    "midnight": "Due: the end of {day} (24:00, {law}). Term: {term}.",
    "closing": "Due: {day} {time}, at closing. Term: {term}.",
    "from": "From {day}{deferred}; {first} ({law}).",
    "deferred": " ({why}, taken as {day})",
    "out_of_hours": "out of hours",
    "too_late": "after {time} or on a day off",
    "left_out": "that day is not counted",
    "included": "that day is counted, as a rule of its own says",
    "skipped": "{days} not counted: {why}.",
    "working": "{days}: {n}, {left}{also}.",
    "left": "{n} left",
    "none": "none left",
    "short": "{weekday} {day} is open {hours}, and counts as a day",
    "days": "{days}: {n}, days off included ({law}){worked}.",
    "corresponding": "{days}: {n}, to the corresponding day ({law}){worked}.",
    "clipped": "{days}: {n}; the last month has no day {number}, so its last day ({law}){worked}.",
    "alike": "{law}, by analogy with clause 3",
    "worked": "; {day}, so it ends there",
    "rolled": "{days} off ({why}); it ends on {last} instead ({law}).",
    "official": "Days off are official through {day}.",
    "beyond": "Provisional: due after {day}, for which no days off are official yet.",
    "open_notice": "Provisional: except {day}, of which no official notice is known.",
    "unconfirmed": "Days off of this time come from reference data (holidays), "
    "unchecked by notices.",
    "law": "Civil Code 2015, Article {article}({clause})",
    "late": "overdue by {n}",
    "late_since": "overdue, by less than one {unit}",
    "last_day": "due today",
    "more": "{n} left",
}
_LANGUAGES = {"vi": _VI, "en": _EN}


def _words(lang: str) -> dict[str, str]:
    return _LANGUAGES[language(lang)]


def told(expiry: Expiry, lang: str) -> str:
    """Return the lines of an explanation.

    Raises:
        InputError: the language is neither `vi` nor `en`.
    """
    words = _words(lang)
    due = expiry.due.astimezone(expiry.on.tzinfo)
    head = words[expiry.term.ends].format(
        day=_named(expiry.last_day, lang),
        time=_time(due),
        term=expiry.term.text(lang),
        law=_law(ENDED, lang),
    )
    steps = (f"{n}. {_step(expiry, s, lang)}" for n, s in enumerate(expiry.steps, 1))
    return "\n".join((head, *steps, *_tail(expiry, lang)))


def time_left_text(expiry: Expiry, at: dt.datetime, lang: str) -> str:
    """Return how much of a term is left at an instant, or by how much it has run over."""
    words, unit = _words(lang), expiry.term.unit
    unit = unit if unit == "working_days" else "days"
    if expiry.is_late(at):
        over = expiry.overrun(at)
        one = spoken(1, unit, lang).removeprefix("1 ")
        n = spoken(over, unit, lang)
        return words["late"].format(n=n) if over else words["late_since"].format(unit=one)
    left = expiry.remaining(at)
    return words["more"].format(n=spoken(left, unit, lang)) if left else words["last_day"]


def _named(day: dt.date, lang: str) -> str:
    return f"{weekday(day, lang)} {full(day, lang)}"


def _time(t: dt.datetime | dt.time) -> str:
    return clock(dt.timedelta(hours=t.hour, minutes=t.minute, seconds=t.second))


def _law(clause: str, lang: str) -> str:
    article, _, number = clause.partition(".")
    return _words(lang)["law"].format(article=article, clause=number)


def _range(first: dt.date, last: dt.date, lang: str) -> str:
    if first == last:
        return full(first, lang)
    if first.year != last.year or lang == "en":
        return f"{full(first, lang)}{'-' if lang == 'vi' else ' to '}{full(last, lang)}"
    return f"{short(first, lang)}-{full(last, lang)}"


def _step(expiry: Expiry, step: DayStep, lang: str) -> str:
    if step.kind == "event":
        return _event(expiry, step, lang)
    if step.kind == "counted" and expiry.term.unit == "working_days":
        return _working(expiry, step, lang)
    if step.kind == "counted":
        return _calendar(expiry, step, lang)
    return _words(lang)[step.kind].format(
        days=_range(step.first, step.last, lang),
        why=_why(step.days, lang),
        last=_named(expiry.last_day, lang),
        law=_law(step.clause, lang) if step.clause else "",
    )


def _event(expiry: Expiry, step: DayStep, lang: str) -> str:
    words = _words(lang)
    day = _named(step.first, lang)
    if isinstance(expiry.start, dt.datetime):
        day += f" {_time(expiry.on.local(expiry.start))}"
    return words["from"].format(
        day=day,
        deferred=_deferred(expiry, lang) if step.last != step.first else "",
        first=words["included" if expiry.term.counts_first_day else "left_out"],
        law=_law(step.clause, lang),
    )


def _deferred(expiry: Expiry, lang: str) -> str:
    words, late = _words(lang), expiry.term.received
    too_late = words["too_late"].format(time=_time(late)) if isinstance(late, dt.time) else ""
    why = too_late or words["out_of_hours"]
    return words["deferred"].format(day=_named(expiry.event_day, lang), why=why)


def _working(expiry: Expiry, step: DayStep, lang: str) -> str:
    words, left = _words(lang), expiry.term.count - step.total
    also = "".join(f"; {_special(day, lang)}" for day in step.days)
    return words["working"].format(
        days=_range(step.first, step.last, lang),
        n=spoken(step.counted, "working_days", lang),
        left=words["left"].format(n=left) if left else words["none"],
        also=also,
    )


def _special(day: DayInfo, lang: str) -> str:
    name, when = weekday(day.date, lang), short(day.date, lang)
    if day.kind == "hours":
        hours = listed(day.sessions)
        return _words(lang)["short"].format(weekday=name, day=when, hours=hours)
    return f"{name} {when} {reason(day, lang)}"


def _why(days: tuple[DayInfo, ...], lang: str) -> str:
    """Return the reasons of days off, equal neighbours as one stretch."""
    runs = []
    for why, group in groupby(days, key=lambda day: reason(day, lang)):
        run = list(group)
        first, last = short(run[0].date, lang), short(run[-1].date, lang)
        runs.append((first if first == last else f"{first}-{last}", why))
    if len(runs) == 1:
        return runs[0][1]
    return "; ".join(f"{when} {why}" for when, why in runs)


def _calendar(expiry: Expiry, step: DayStep, lang: str) -> str:
    words, ends = _words(lang), "clipped" if _clipped(expiry) else "corresponding"
    law = _law(step.clause, lang)
    if ends == "clipped" and expiry.term.unit == "years":  # clause 4 knows no shorter month
        law = words["alike"].format(law=law)
    return words["days" if expiry.term.unit == "days" else ends].format(
        days=_range(step.first, step.last, lang),
        n=expiry.term.text(lang),
        number=expiry.event_day.day,
        law=law,
        worked=_worked(expiry, lang),
    )


def _worked(expiry: Expiry, lang: str) -> str:
    """Return why a last day that looks like a day off is none."""
    day = expiry.on.day(expiry.nominal_day)
    if not (expiry.term.rolls and day.reason_code == "make_up"):
        return ""
    return _words(lang)["worked"].format(day=_special(day, lang))


def _clipped(expiry: Expiry) -> bool:
    wanted = expiry.event_day.day - expiry.term.counts_first_day
    return expiry.term.unit != "weeks" and 0 < wanted != expiry.nominal_day.day


def _tail(expiry: Expiry, lang: str) -> Iterator[str]:
    words, on = _words(lang), expiry.on
    parts = []
    if on.known_through < on.last_day:  # a calendar without public days has nothing to wait for
        parts.append(words["official"].format(day=full(on.known_through, lang)))
    source = on.timetable.source if lang == "vi" else on.timetable.source_en
    if source and (expiry.term.ends == "closing" or expiry.term.received == "opening"):
        parts.append(hours_of(source, lang, assumed=on.timetable.assumed))
    if parts:
        yield " ".join(parts)
    if on.day(expiry.event_day).status == "unconfirmed":
        yield words["unconfirmed"]
    if expiry.provisional:
        yield _provisional(expiry, lang)


def _provisional(expiry: Expiry, lang: str) -> str:
    """Return which day a notice may still move."""
    known, day = expiry.on.known_through, counted(expiry.term, expiry.start, expiry.on).doubtful_day
    if day is None or day > known:
        return _words(lang)["beyond"].format(day=full(known, lang))
    return _words(lang)["open_notice"].format(day=full(day, lang))
