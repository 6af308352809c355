"""Notices from an iCalendar file or feed (RFC 5545), such as a shared calendar.

    BEGIN:VEVENT
    UID:2026-01-10.worked@example.vn
    DTSTART;VALUE=DATE:20260110              an end is exclusive, and without one it is one day
    CATEGORIES:PHANANH-WORKED                -OFF, -WORKED, or -HOURS (a timed event)
    X-PHANANH-DOCUMENT:CV 12729/VPCP-KGVX
    X-PHANANH-ISSUED:2025-12-25
    X-PHANANH-SWAPPED-WITH:2026-01-02        or NONE
    STATUS:CONFIRMED                         TENTATIVE is expected, CANCELLED withdraws the UID
    END:VEVENT

Events of other categories are ignored and counted. If a UID occurs twice, the higher SEQUENCE
counts, then the later DTSTAMP, then the later in the text. The library `icalendar` (the extra
`ical`) parses the text. It keeps what it cannot read as a broken value and drops zones that it
does not know, and here each of these is an error.
"""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any, NoReturn

import attrs

from phananh.errors import InputError, make_extra_error, short_repr
from phananh.worktime.days.notices import Notice, NoticeDay
from phananh.worktime.formats.toml import check_text
from phananh.worktime.instants import load_zone
from phananh.worktime.session import DAY, Session

LONGEST = dt.timedelta(days=366)
"""The longest event."""
_OURS = "PHANANH-"
_KINDS = ("OFF", "WORKED", "HOURS")
_PROPERTIES = tuple(
    f"X-PHANANH-{name}"
    for name in (
        "DOCUMENT", "ISSUED", "SWAPPED-WITH", "REASON", "OFFICE", "ALSO", "KNOWN-ON",
        "KNOWN-THROUGH", "SOURCE", "NOTE",
    )
)  # fmt: skip
_OTHER = "X-PHANANH-SWAPPED-WITH"
_DATES = ("KNOWN-ON", "KNOWN-THROUGH")
_TEXTS = ("OFFICE", "SOURCE", "NOTE")
_STATUSES = {"": "official", "CONFIRMED": "official", "TENTATIVE": "expected"}
_CANCELLED = "CANCELLED"
_RECURRING = ("RRULE", "RDATE", "EXRULE", "EXDATE", "RECURRENCE-ID")
_Document = tuple[str, dt.date | None, str]  # its number, its date of issue, its status


@attrs.frozen(kw_only=True)
class Feed:
    """What an iCalendar text says: notices, and what was left out.

    `ignored` counts events of other categories. `withdrawn` has the UIDs that are cancelled.
    """

    notices: tuple[Notice, ...] = ()
    ignored: int = 0
    withdrawn: tuple[str, ...] = ()


def notices_from_ical(
    text: str, *, where: str = "<text>", zone: str = "Asia/Ho_Chi_Minh"
) -> tuple[Notice, ...]:
    """Return the notices of an iCalendar text. `feed_from_ical` says what else is in it.

    The arguments and errors are those of `feed_from_ical`.

    Example:
        >>> text = '''
        ... BEGIN:VCALENDAR
        ... BEGIN:VEVENT
        ... UID:1
        ... CATEGORIES:PHANANH-OFF
        ... DTSTART;VALUE=DATE:20250428
        ... X-PHANANH-DOCUMENT:1/TB-MAU
        ... X-PHANANH-ISSUED:2025-04-01
        ... END:VEVENT
        ... END:VCALENDAR
        ... '''
        >>> [notice] = notices_from_ical(text)
        >>> print(notice.document, notice.days[0].date, notice.days[0].kind)
        1/TB-MAU 2025-04-28 off
    """
    return feed_from_ical(text, where=where, zone=zone).notices


def feed_from_ical(text: str, *, where: str = "<text>", zone: str = "Asia/Ho_Chi_Minh") -> Feed:
    """Return what an iCalendar text says.

    Args:
        text: the text of a file or feed.
        where: its name in messages, such as a file name.
        zone: the zone of the office's clock, for floating and foreign times.

    Raises:
        InputError: an event or the text cannot be read. It names the file, the event's UID and
            the property.
        ModuleNotFoundError: the extra `ical` is not installed.
    """
    clock = load_zone(zone)
    raws = _parse(check_text(text, where).removeprefix("\ufeff"), where).walk("VEVENT")
    events = [_Event(raw, where, number, clock) for number, raw in enumerate(raws, 1)]
    for event in events:
        event.check_marks()
    last: dict[str, _Event] = {}
    for event in events:
        if event.categories and event.revision >= last.setdefault(event.uid, event).revision:
            last[event.uid] = event
    groups: dict[_Document, list[_Event]] = {}
    for event in last.values():
        if event.status != _CANCELLED:
            groups.setdefault(_document(event), []).append(event)
    return Feed(
        notices=tuple(_notice(key, group, where) for key, group in groups.items()),
        ignored=sum(not event.categories for event in events),
        withdrawn=tuple(event.uid for event in last.values() if event.status == _CANCELLED),
    )


def _parse(text: str, where: str) -> Any:
    """Return the calendar of a text. The library finds no events in one that is cut short."""
    try:
        from icalendar import Calendar
    except ModuleNotFoundError as error:
        raise make_extra_error(error, "icalendar", "iCalendar files need", "ical") from None
    edges = [edge.upper() for edge in re.findall(r"^(BEGIN|END):", text, re.M | re.I)]
    if edges.count("BEGIN") != edges.count("END"):
        raise InputError(code="never_ended", field=where, block="VCALENDAR")
    try:
        return Calendar.from_ical(text)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as cause:
        is_path = "\n" not in text and text.strip() != ""
        raise InputError(
            code="ical_is_path" if is_path else "ical_unreadable",
            field=where,
            cause=short_repr(str(cause)),
        ) from cause


class _Event:
    """An event with its place in the text, so that an error names file, UID and property."""

    def __init__(self, raw: Any, where: str, number: int, zone: dt.tzinfo) -> None:
        self.raw, self.zone = raw, zone
        self.uid = str(raw.get("UID") or "")
        self.place = f"{where}: event {self.uid or f'number {number} (without a UID)'}"
        given = raw.get("CATEGORIES", [])
        groups = given if isinstance(given, list) else [given]
        names = (str(name).strip().upper() for each in groups for name in getattr(each, "cats", ()))
        self.categories = [name for name in dict.fromkeys(names) if name.startswith(_OURS)]

    def refuse(self, name: str, code: str, /, **facts: object) -> NoReturn:
        """Raise `InputError` for a property of this event."""
        raise InputError(code=code, field=self.at(name), **facts)

    def at(self, name: str) -> str:
        """Return the full name of a property: `file: event UID: DTSTART`."""
        return f"{self.place}: {name}"

    def check_marks(self) -> None:
        """Refuse an event with a wrong `PHANANH-` name, because it must not be ignored."""
        known = [f"{_OURS}{kind}" for kind in _KINDS]
        if len(self.categories) > 1 or not {*self.categories} <= {*known}:
            names = tuple(self.categories)
            self.refuse("CATEGORIES", "one_category", value=names, known=tuple(known))
        own = [str(name) for name in self.raw if str(name).upper().startswith("X-PHANANH-")]
        for name in own:
            if name.upper() not in _PROPERTIES:
                self.refuse(name, "no_such_property", known=_PROPERTIES)
        if own and not self.categories:
            self.refuse("CATEGORIES", "missing_category", known=tuple(known))
        if self.categories and not self.uid:
            self.refuse("UID", "missing")
        for name, problem in self.raw.errors if self.categories else ():
            self.refuse(name or "a line", "unreadable", cause=str(problem))
        for name in _RECURRING if self.categories else ():
            if name in self.raw:
                self.refuse(name, "not_read_here")

    def one(self, name: str) -> Any:
        """Return the value of a property, or None. One that is given twice is refused."""
        value = self.raw.get(name)
        if isinstance(value, list):
            self.refuse(name, "several_times", times=len(value))
        return value

    def text(self, name: str) -> str:
        """Return a property as text, blank if it is not there."""
        value = self.one(name)
        return "" if value is None else str(value).strip()

    @property
    def status(self) -> str:
        """Its STATUS in capital letters."""
        return self.text("STATUS").upper()

    def day(self, name: str) -> dt.date | None:
        """Return a date of an `X-PHANANH-` property, such as 2025-12-25 or 20251225."""
        text = self.text(name)
        try:
            return dt.date.fromisoformat(text) if text else None
        except ValueError:
            self.refuse(name, "not_an_ical_date", value=short_repr(text))

    @property
    def revision(self) -> tuple[int, str]:
        """Its SEQUENCE and its DTSTAMP, for comparison."""
        number = self.text("SEQUENCE") or "0"
        if not number.isdecimal():
            self.refuse("SEQUENCE", "not_a_number", value=number)
        stamp = getattr(self.one("DTSTAMP"), "dt", None)
        return int(number), stamp.isoformat() if isinstance(stamp, dt.date) else ""

    def days(self) -> list[dt.date]:
        """Return the dates of an all-day event. Its end is exclusive."""
        first, last = self._ends()
        if isinstance(first, dt.datetime):
            self.refuse("DTSTART", "has_time")
        if not dt.timedelta() < last - first <= LONGEST:
            self.refuse("DTEND", "ends_early", first=first, last=last)
        return [first + DAY * n for n in range((last - first).days)]

    def hours(self) -> tuple[dt.datetime, dt.datetime]:
        """Return begin and end of a timed event, on the office's clock."""
        start, end = self._ends()
        if not isinstance(start, dt.datetime) or not isinstance(end, dt.datetime):
            self.refuse("DTSTART", "no_time", value=start)
        return self._local(start), self._local(end)

    def _local(self, at: dt.datetime) -> dt.datetime:
        return at.astimezone(self.zone).replace(tzinfo=None) if at.tzinfo else at

    def _ends(self) -> tuple[dt.date, dt.date]:
        """Return begin and end. A time in a zone that the library drops is refused."""
        try:
            start, end = self.raw.start, self.raw.end
        except (ValueError, OverflowError) as cause:
            self.refuse("DTSTART", "unreadable", cause=str(cause))
        for name, at in (("DTSTART", start), ("DTEND", end)):
            zone = self.raw[name].params.get("TZID") if name in self.raw else None
            if zone and isinstance(at, dt.datetime) and at.tzinfo is None:
                self.refuse(name, "unknown_zone", value=short_repr(str(zone)))
        return start, end


def _document(event: _Event) -> _Document:
    if event.status not in _STATUSES:
        event.refuse(
            "STATUS",
            "unknown_value",
            value=event.status,
            known=(*filter(None, _STATUSES), _CANCELLED),
        )
    status = _STATUSES[event.status]
    document, issued = event.text("X-PHANANH-DOCUMENT"), event.day("X-PHANANH-ISSUED")
    if not document:
        event.refuse("X-PHANANH-DOCUMENT", "missing_document")
    if issued is None and status == "official":
        event.refuse("X-PHANANH-ISSUED", "missing_issue_date")
    return document, issued, status


def _notice(key: _Document, events: list[_Event], where: str) -> Notice:
    """Return the notice of a document. What its events repeat is taken from the first with it."""
    document, issued, status = key
    days = _days(events)
    more: dict[str, Any] = {}
    for event in reversed(events):
        said: dict[str, Any] = {name: event.text(f"X-PHANANH-{name}") for name in _TEXTS}
        said |= {name: event.day(f"X-PHANANH-{name}") for name in _DATES}
        more |= {name.lower().replace("-", "_"): value for name, value in said.items() if value}
    given = (event.raw.get("X-PHANANH-ALSO", []) for event in events)
    papers = [str(p) for each in given for p in (each if isinstance(each, list) else [each])]
    also = tuple(dict.fromkeys(papers))
    try:
        return Notice(document, issued, status, days, also=also, **more)
    except InputError as error:
        uids = ", ".join(event.uid for event in events)
        raise error.of_field(f"{where}: {document}: {uids}") from error


def _days(events: Iterable[_Event]) -> list[NoticeDay]:
    days: list[NoticeDay] = []
    timed: dict[dt.date, list[_Event]] = {}
    for event in events:
        kind = event.categories[0].removeprefix(_OURS).lower()
        if kind == "hours":
            timed.setdefault(event.hours()[0].date(), []).append(event)
            continue
        dates = event.days()
        other = None if event.text(_OTHER).upper() == "NONE" else event.day(_OTHER)
        if other and len(dates) > 1:
            event.refuse(_OTHER, "several_days")
        note = _reason(event, swapped=bool(other))
        days += [NoticeDay(day, kind, other, note=note) for day in dates]
    return days + [_timed_day(day, group) for day, group in timed.items()]


def _timed_day(day: dt.date, events: list[_Event]) -> NoticeDay:
    midnight = dt.datetime.combine(day, dt.time())
    bounds, note = [event.hours() for event in events], _reason(events[0])
    try:
        spans = [Session(start - midnight, end - midnight) for start, end in bounds]
        return NoticeDay(day, "hours", sessions=spans, note=note)
    except InputError as error:
        raise error.of_field(events[-1].at("DTSTART")) from error


def _reason(event: _Event, *, swapped: bool = False) -> str:
    """Return the day's reason in words. The reason of a swap is its other day."""
    said, title = event.text("X-PHANANH-REASON"), event.text("SUMMARY")
    is_ours = title.endswith(f"({event.text('X-PHANANH-DOCUMENT')})")  # the title of a mere mark
    return said or ("" if swapped or is_ours else title)
