"""Notices from an iCalendar file or feed (RFC 5545), such as a shared calendar.

    BEGIN:VEVENT
    UID:2026-01-10.worked@example.vn
    DTSTART;VALUE=DATE:20260110              an end is exclusive, and without one it is one day
    CATEGORIES:PHANANH-WORKED                -OFF, -WORKED, or -HOURS (a timed event)
    X-PHANANH-DOCUMENT:CV 12729/VPCP-KGVX
    X-PHANANH-ISSUED:2025-12-25
    X-PHANANH-SWAPPED-WITH:2026-01-02        or NONE. If no day of a document has this, its one
                                             day off is swapped with its one worked day
    STATUS:CONFIRMED                         TENTATIVE is expected, CANCELLED withdraws the UID
    END:VEVENT

Events of other categories are ignored and counted, or read as days off of a feed of public
holidays if you ask for it. If a UID occurs twice, the higher SEQUENCE counts, then the later
DTSTAMP. This module needs the extra `ical`, and reads a text, not a file or the network.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

import attrs

from phananh.errors import InputError
from phananh.worktime.days.notices import Notice, NoticeDay
from phananh.worktime.formats.ical_component import MOST_DAYS, Component, components
from phananh.worktime.formats.ical_holidays import is_whole_day, read_holidays
from phananh.worktime.instants import load_zone
from phananh.worktime.session import Session

_OURS = "PHANANH-"
_KINDS = ("OFF", "WORKED", "HOURS")
_PROPERTIES = {
    "X-PHANANH-DOCUMENT": "the number of the document",
    "X-PHANANH-ISSUED": "its date of issue",
    "X-PHANANH-SWAPPED-WITH": "the other day of a swap",
    "X-PHANANH-REASON": "why the day is so, where SUMMARY is for people",
    "X-PHANANH-OFFICE": "who issued it",
    "X-PHANANH-ALSO": "another document that carries the same",
    "X-PHANANH-KNOWN-ON": "the day it became known",
    "X-PHANANH-KNOWN-THROUGH": "the last day it settles",
    "X-PHANANH-SOURCE": "where it can be looked up",
    "X-PHANANH-NOTE": "what else it says",
}
_OTHER = "X-PHANANH-SWAPPED-WITH"
_DATES = ("KNOWN-ON", "KNOWN-THROUGH")
_TEXTS = ("OFFICE", "SOURCE", "NOTE")
_STATUSES = {"": "official", "CONFIRMED": "official", "TENTATIVE": "expected"}
_CANCELLED = "CANCELLED"
_TASKS = ("VTODO", "VJOURNAL")
_Document = tuple[str, dt.date | None, str]  # its number, its date of issue, its status


@attrs.frozen(kw_only=True)
class Feed:
    """What an iCalendar text says: notices, and what was left out.

    `ignored` counts events of other categories, and tasks and journal entries with a `PHANANH-`
    category, because a task is not a day off. `withdrawn` has the UIDs that are cancelled.
    """

    notices: tuple[Notice, ...] = ()
    ignored: int = 0
    withdrawn: tuple[str, ...] = ()


def notices_from_ical(
    text: str,
    *,
    where: str = "<text>",
    zone: str = "Asia/Ho_Chi_Minh",
    holidays: str | None = None,
) -> tuple[Notice, ...]:
    """Return the notices of an iCalendar text. `feed_from_ical` says what else is in it.

    The arguments and errors are those of `feed_from_ical`.
    """
    return feed_from_ical(text, where=where, zone=zone, holidays=holidays).notices


def feed_from_ical(
    text: str,
    *,
    where: str = "<text>",
    zone: str = "Asia/Ho_Chi_Minh",
    holidays: str | None = None,
) -> Feed:
    """Return what an iCalendar text says.

    Args:
        text: the text of a file or feed.
        where: its name in messages, such as a file name.
        zone: the zone of the office's clock, for floating and foreign times.
        holidays: read the all-day events of other categories as days off, cited by this name,
            such as "Google, ngày lễ Việt Nam". Every dated notice comes before them.

    Raises:
        InputError: an event or the text cannot be read. It names the file, the event's UID and
            the property.
        ModuleNotFoundError: the extra `ical` is not installed.
    """
    parts = list(components(text, where, load_zone(zone)))
    events = [part for part in parts if part.raw.name == "VEVENT"]
    for event in events:
        _check_marks(event)
    read = [e for e in events if _categories(e) or (holidays is not None and is_whole_day(e))]
    _check_number(read, where)
    last = _newest(read)
    withdrawn = tuple(e.uid for e in last if e.text("STATUS").upper() == _CANCELLED)
    kept = [event for event in last if event.text("STATUS").upper() != _CANCELLED]
    _check_published(kept)
    notices = _notices([event for event in kept if _categories(event)], where)
    if holidays is not None:
        notices += read_holidays([event for event in kept if not _categories(event)], holidays)
    others = sum(part.raw.name in _TASKS and bool(_categories(part)) for part in parts)
    return Feed(notices=notices, ignored=len(events) - len(read) + others, withdrawn=withdrawn)


def _check_published(events: list[Component]) -> None:
    """Refuse events of a file that does not publish days: a cancelled event is not a day off."""
    for event in events:
        if event.method:
            event.refuse("STATUS", "not_published", value=event.method)


def _check_number(events: list[Component], where: str) -> None:
    number = sum(event.count_days() for event in events)
    if number > MOST_DAYS:
        raise InputError(code="ical_too_many_days", field=where, length=number, most=MOST_DAYS)


def _categories(event: Component) -> list[str]:
    given = event.raw.get("CATEGORIES", [])
    groups = given if isinstance(given, list) else [given]
    names = [str(name).strip().upper() for group in groups for name in getattr(group, "cats", ())]
    return [name for name in dict.fromkeys(names) if name.startswith(_OURS)]


def _check_marks(event: Component) -> None:
    """Refuse an event with a wrong `PHANANH-` name, because it must not be ignored."""
    names, known = _categories(event), [f"{_OURS}{kind}" for kind in _KINDS]
    unknown = [name for name in names if name not in known]
    if unknown or len(names) > 1:
        event.refuse("CATEGORIES", "one_category", value=tuple(names), known=tuple(known))
    own = [str(name) for name in event.raw if str(name).upper().startswith("X-PHANANH-")]
    for name in own:
        if name.upper() not in _PROPERTIES:
            event.refuse(name, "no_such_property", known=tuple(_PROPERTIES))
    if own and not names:
        event.refuse("CATEGORIES", "missing_category", known=tuple(known))
    if names and not event.uid:
        event.refuse("UID", "missing")
    if names:
        event.check_lines()


def _newest(events: Iterable[Component]) -> list[Component]:
    """Return the newest event of each UID. Two of one age that differ are refused."""
    last: dict[str, Component] = {}
    for event in events:
        key = event.uid or event.place  # only an event of a foreign feed may have none
        old = last.setdefault(key, event)
        if old is not event and _is_undecided(event, old):
            event.refuse("UID", "undecided_twice")
        if _revision(event) > _revision(old):
            last[key] = event
    return list(last.values())


def _is_undecided(event: Component, old: Component) -> bool:
    """Return whether two differ and it is unknown which is newer, as without a stamp."""
    (number, stamp), (was, stamped) = _revision(event), _revision(old)
    undecided = number == was and (stamp == stamped or "" in (stamp, stamped))
    return undecided and event.raw.to_ical() != old.raw.to_ical()


def _revision(event: Component) -> tuple[int, str]:
    number = event.text("SEQUENCE") or "0"
    if not number.isdecimal():
        event.refuse("SEQUENCE", "not_a_number", value=number)
    stamp = getattr(event.one("DTSTAMP"), "dt", None)
    return int(number), stamp.isoformat() if isinstance(stamp, dt.date) else ""


def _notices(events: Iterable[Component], where: str) -> tuple[Notice, ...]:
    """Return one notice for each document, date of issue and status."""
    groups: dict[_Document, list[Component]] = {}
    for event in events:
        groups.setdefault(_document(event), []).append(event)
    return tuple(_notice(key, group, where) for key, group in groups.items())


def _document(event: Component) -> _Document:
    status = event.text("STATUS").upper()
    if status not in _STATUSES:
        known = (*filter(None, _STATUSES), _CANCELLED)
        event.refuse("STATUS", "unknown_value", value=status, known=known)
    document, issued = event.text("X-PHANANH-DOCUMENT"), event.day("X-PHANANH-ISSUED")
    if not document:
        event.refuse("X-PHANANH-DOCUMENT", "missing_document")
    if issued is None and _STATUSES[status] == "official":
        event.refuse("X-PHANANH-ISSUED", "missing_issue_date")
    return document, issued, _STATUSES[status]


def _notice(key: _Document, events: list[Component], where: str) -> Notice:
    document, issued, status = key
    days = _days(events)
    if not any(event.text(_OTHER) for event in events):
        days = _pair_swap(days)
    said = {name: _agree_on(events, name) for name in (*_TEXTS, *_DATES)}
    more: dict[str, Any] = {n.lower().replace("-", "_"): v for n, v in said.items() if v}
    try:
        return Notice(document, issued, status, days, also=_other_documents(events), **more)
    except InputError as error:
        uids = ", ".join(event.uid for event in events)
        raise error.of_field(f"{where}: {document}: {uids}") from error


def _agree_on(events: list[Component], name: str) -> object:
    """Return a property of a document from its events. It may be missing, but not differ."""
    full = f"X-PHANANH-{name}"
    found: object = ""
    for event in events:
        said = event.day(full) if name in _DATES else event.text(full)
        if found and said and said != found:
            event.refuse(full, "disagrees", value=said, other=found)
        found = said or found
    return found


def _other_documents(events: list[Component]) -> tuple[str, ...]:
    given = (event.raw.get("X-PHANANH-ALSO", []) for event in events)
    papers = [str(p) for each in given for p in (each if isinstance(each, list) else [each])]
    return tuple(dict.fromkeys(papers))


def _days(events: Iterable[Component]) -> list[NoticeDay]:
    days: list[NoticeDay] = []
    timed: dict[dt.date, list[Component]] = {}
    for event in events:
        event.check_alone()
        kind = _categories(event)[0].removeprefix(_OURS).lower()
        if kind == "hours":
            timed.setdefault(event.hours()[0].date(), []).append(event)
        else:
            days += _whole_days(event, kind)
    return days + [_timed_day(day, group) for day, group in timed.items()]


def _whole_days(event: Component, kind: str) -> list[NoticeDay]:
    lone = event.text(_OTHER).upper() == "NONE"
    dates, other = event.days(), None if lone else event.day(_OTHER)
    if other and len(dates) > 1:
        event.refuse(_OTHER, "several_days")
    return [NoticeDay(day, kind, other, note=_reason(event, swapped=bool(other))) for day in dates]


def _timed_day(day: dt.date, events: list[Component]) -> NoticeDay:
    midnight = dt.datetime.combine(day, dt.time())
    bounds, note = [event.hours() for event in events], _reason(events[0])
    try:
        spans = [Session(start - midnight, end - midnight) for start, end in bounds]
        return NoticeDay(day, "hours", sessions=spans, note=note)
    except InputError as error:
        raise error.of_field(events[-1].at("DTSTART")) from error


def _reason(event: Component, *, swapped: bool = False) -> str:
    """Return the day's reason in words. The reason of a swap is its other day."""
    said, title = event.text("X-PHANANH-REASON"), event.text("SUMMARY")
    is_ours = title.endswith(f"({event.text('X-PHANANH-DOCUMENT')})")  # written by `ical_writer`
    return said or ("" if swapped or is_ours else title)


def _pair_swap(days: list[NoticeDay]) -> list[NoticeDay]:
    """Pair a document's one day off with its one worked day, if none of them names another."""
    off = [day for day in days if day.kind == "off"]
    worked = [day for day in days if day.kind == "worked"]
    if len(off) == len(worked) == 1:
        other = {off[0].date: worked[0].date, worked[0].date: off[0].date}
        return [
            attrs.evolve(day, swapped_with=other[day.date], note="") if day.date in other else day
            for day in days
        ]
    return days
