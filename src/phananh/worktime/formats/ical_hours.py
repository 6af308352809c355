"""Weekly hours from the VAVAILABILITY components of an iCalendar text (RFC 7953).

Each AVAILABLE is one session that repeats: RRULE:FREQ=WEEKLY with BYDAY, and nothing more.
Its bounds are read as they were written: the library's own `.start` is in UTC, where a
session before 07:00 in Vietnam lies on the day before.
"""

import datetime as dt
from collections.abc import Iterable

from phananh.errors import InputError, short_repr
from phananh.worktime.formats.ical_component import Component
from phananh.worktime.session import Session
from phananh.worktime.timetables.timetable import Hours, Timetable

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PARTS = {"FREQ", "BYDAY", "UNTIL", "INTERVAL", "WKST"}
_DAY = dt.timedelta(days=1)
_Bounds = tuple[dt.date | None, dt.date | None]


def weekly(availabilities: Iterable[Component]) -> Timetable | None:
    """Return the timetable of VAVAILABILITY components, or None if there are none.

    Raises:
        InputError: with file, UID and property; sessions that overlap are refused too.
    """
    found: dict[tuple[int, _Bounds], list[Session]] = {}
    sources: list[str] = []
    for availability in availabilities:
        sources.append(availability.text("SUMMARY"))
        for part in _available(availability):
            _add(found, part, _bounds(availability))
    if not found:
        return None
    alike: dict[tuple[tuple[Session, ...], _Bounds], list[int]] = {}
    for (day, bounds), sessions in sorted(found.items(), key=lambda item: item[0][0]):
        alike.setdefault((tuple(sorted(sessions)), bounds), []).append(day)
    hours = [
        Hours(days=days, sessions=sessions, effective_from=first, effective_to=last)
        for (sessions, (first, last)), days in alike.items()
    ]
    return Timetable(hours=hours, source="; ".join(dict.fromkeys(filter(None, sources))))


def _available(whole: Component) -> list[Component]:
    place = whole.place.partition(": ")[0]
    inner = [part for part in whole.raw.subcomponents if part.name == "AVAILABLE"]
    return [Component(part, place, n, whole.zone) for n, part in enumerate(inner, 1)]


def _bounds(part: Component) -> _Bounds:
    """Return first and last day of what holds only for a time; the end is exclusive."""
    ends: list[dt.date | None] = []
    for name in ("DTSTART", "DTEND"):
        value = part.moment(name)
        moment = part.local(name, value) if isinstance(value, dt.datetime) else value
        ends.append(_last(moment) if name == "DTEND" and moment else moment)
    first, last = (end.date() if isinstance(end, dt.datetime) else end for end in ends)
    return first, last


def _last(end: dt.date) -> dt.date:
    tiny = dt.timedelta(microseconds=1) if isinstance(end, dt.datetime) else _DAY
    return end - tiny if end.year > 1 else end


def _add(found: dict[tuple[int, _Bounds], list[Session]], part: Component, bounds: _Bounds) -> None:
    part.whole()
    start, end = part.hours()
    days, until = _rule(part)
    midnight = dt.datetime.combine(start.date(), dt.time())
    try:
        session = Session(start - midnight, end - midnight)
    except InputError as error:
        part.refuse("DTSTART", error.problem, error.way_out)
    first = max(start.date(), bounds[0] or start.date())
    last = min(filter(None, (until, bounds[1])), default=None)
    for day in days:
        found.setdefault((day, (first, last)), []).append(session)


def _rule(part: Component) -> tuple[list[int], dt.date | None]:
    """Return the weekdays of a session on the office's clock, and its last day."""
    rule = part.one("RRULE")
    if rule is None:
        part.refuse("RRULE", "is missing", "weekly hours have RRULE:FREQ=WEEKLY;BYDAY=MO,TU")
    given = {str(key).upper(): list(value) for key, value in rule.items()}
    days = [str(day).upper() for day in given.get("BYDAY", [])]
    plain = given.get("FREQ") == ["WEEKLY"] and given.get("INTERVAL", [1]) == [1]
    if not plain or set(given) - _PARTS or not days or set(days) - set(_WEEKDAYS):
        text = rule.to_ical().decode()
        part.refuse("RRULE", f"{short_repr(text)} is not read", "use FREQ=WEEKLY with BYDAY=MO,TU")
    shift = _shift(part)
    until = next((d for d in given.get("UNTIL", [])), None)
    last = part.local("RRULE", until) if isinstance(until, dt.datetime) else until
    last_day = last.date() if isinstance(last, dt.datetime) else last
    return [(_WEEKDAYS.index(day) + shift) % 7 for day in days], last_day


def _shift(part: Component) -> int:
    """Return by how many days the weekdays of the rule, in its zone, differ from the office's."""
    written: dt.datetime = part.one("DTSTART").dt
    if written.tzinfo is None:
        return 0
    zones = (part.zone, written.tzinfo)
    moves = any(_offset(z, written, month=1) != _offset(z, written, month=7) for z in zones)
    if moves and str(written.tzinfo) != str(part.zone):
        problem = f"is in {written.tzinfo}, which moves against the clock of the office"
        part.refuse("DTSTART", problem, f"write it in {part.zone}")
    return (part.local("DTSTART", written).date() - written.date()).days


def _offset(zone: dt.tzinfo, near: dt.datetime, *, month: int) -> dt.timedelta | None:
    return near.replace(month=month, day=1, tzinfo=zone).utcoffset()
