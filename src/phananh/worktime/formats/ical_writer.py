"""Notices written as iCalendar, for a calendar that others subscribe to. They read back equal.

There is one event per day, or per session of a day. Each repeats the properties of its notice.
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from typing import Any

from phananh.errors import InputError
from phananh.worktime.days.notices import Notice, NoticeDay
from phananh.worktime.formats.ical_component import load_class
from phananh.worktime.formats.notice_dates import check_dates, refuse

_TITLES = {"off": "Nghỉ", "worked": "Làm bù", "hours": "Giờ làm việc riêng"}
_UNDATED = dt.date(1970, 1, 1)
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


def notices_to_ical(notices: Iterable[Notice]) -> str:
    """Return notices as the text of an iCalendar file.

    Raises:
        InputError: a notice has no day, a worked day with hours of its own, or what a feed
            cannot hold: an unknown date, a line break, a fraction of a second.
        ModuleNotFoundError: the extra `ical` is not installed.
    """
    ical = load_class()()
    ical.add("VERSION", "2.0")
    ical.add("PRODID", "-//phananh//notices//VI")
    for notice in notices:
        _check_held(notice)
        if not notice.days:
            raise InputError(code="moves_no_day", field="notices", document=notice.document)
        for day in notice.days:
            for event in _events(notice, day):
                ical.add_component(event)
    text: str = ical.to_ical().decode()
    return text


def _check_held(notice: Notice) -> None:
    texts = (
        notice.document, notice.office, notice.source, notice.note, *notice.also,
        *(day.note for day in notice.days),
    )  # fmt: skip
    bounds = (edge for day in notice.days for s in day.sessions for edge in (s.open, s.close))
    if any(text != text.strip() or _CONTROL.search(text) for text in texts):
        refuse(notice, "lines_or_spaces", "iCalendar")
    if any(edge.microseconds for edge in bounds):
        refuse(notice, "parts_of_seconds", "iCalendar")
    check_dates(notice, "iCalendar")


def _events(notice: Notice, day: NoticeDay) -> Iterator[Any]:
    for number, (start, end) in enumerate(_time_spans(notice, day), 1):
        event = load_class("Event")()
        event.add("UID", _uid(notice, day, number))
        event.add("DTSTAMP", dt.datetime.combine(_stamp_day(notice), dt.time(), dt.UTC))
        event.add("DTSTART", start)
        event.add("DTEND", end)
        event.add("SUMMARY", f"{_TITLES[day.kind]} ({notice.document})")
        event.add("CATEGORIES", [f"PHANANH-{day.kind.upper()}"])
        event.add("STATUS", "CONFIRMED" if notice.status == "official" else "TENTATIVE")
        for name, value in _properties(notice, day):
            event.add(f"X-PHANANH-{name}", value)
        yield event


def _time_spans(notice: Notice, day: NoticeDay) -> Iterator[tuple[dt.date, dt.date]]:
    """Yield the whole day, or each session. Times float: they are on the office's clock."""
    midnight = dt.datetime.combine(day.date, dt.time())
    if day.kind != "hours":
        yield day.date, day.date + dt.timedelta(days=1)
        if day.sessions:
            raise InputError(
                code="made_up_at_own_hours", field="notices", document=notice.document, day=day.date
            )
    for session in day.sessions:
        yield midnight + session.open, midnight + session.close


def _uid(notice: Notice, day: NoticeDay, number: int) -> str:
    document = re.sub(r"\W+", "-", notice.document).strip("-")
    return f"{day.date}.{day.kind}.{number}.{document}.{_stamp_day(notice)}@phananh"


def _stamp_day(notice: Notice) -> dt.date:
    return notice.issued or _UNDATED


def _properties(notice: Notice, day: NoticeDay) -> Iterator[tuple[str, str]]:
    known_on = None if notice.known_on == notice.issued else notice.known_on
    values = {
        "DOCUMENT": notice.document, "ISSUED": notice.issued,
        "SWAPPED-WITH": day.swapped_with or ("NONE" if day.kind != "hours" else None),
        "REASON": day.note, "OFFICE": notice.office, "KNOWN-ON": known_on,
        "KNOWN-THROUGH": notice.known_through, "SOURCE": notice.source, "NOTE": notice.note,
    }  # fmt: skip
    yield from ((name, str(value)) for name, value in values.items() if value)
    yield from (("ALSO", paper) for paper in notice.also)
