"""What a combined timetable makes of each date: its parts' instants under their operation.

Rule 1: every part settles its own dates first, with notices, public days and overrides. Only then
are instants united, intersected or subtracted. What is subtracted follows its own week.
Rule 2: an opening belongs to the day on which it begins, a night too. Time without an end is
cut at midnight. So a date depends only on days that are at most one day away.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

import attrs

from phananh.errors import InputError
from phananh.messages.texts import REASONS
from phananh.worktime.algebra import (
    CombinedTimetable,
    Intervals,
    Spans,
    apply_operation,
    clip,
    intersection,
    list_calendars,
    source_of,
    union,
)
from phananh.worktime.calendar.day_rules import (
    DayInfo,
    DayRules,
    Opening,
    Unsettled,
    furthest,
    make_day_rules,
)
from phananh.worktime.days.notices import Notice, NoticeDay, Ruling
from phananh.worktime.instants import load_zone
from phananh.worktime.localtime import to_instant
from phananh.worktime.session import DAY, Session
from phananh.worktime.timetable import Timetable

_ZERO = dt.timedelta()


@attrs.frozen
class ZonedDayRules:
    """A part that is one timetable, or a calendar of one, in its zone."""

    day_rules: DayRules
    zone: dt.tzinfo

    def intervals(self, begin: dt.datetime, stop: dt.datetime) -> Intervals:
        """Return when it is open from `begin` to `stop`, in UTC."""
        first = begin.astimezone(self.zone).date() - DAY  # a night of the day before
        last = (stop - dt.timedelta.resolution).astimezone(self.zone).date()
        rows = self.day_rules.openings(self.zone, first, last)
        return clip(union((a.astimezone(dt.UTC), b.astimezone(dt.UTC)) for a, b in rows),
                       begin, stop)  # fmt: skip


_Part: TypeAlias = "ZonedDayRules | CombinedDayRules | Spans"


@attrs.frozen(kw_only=True)
class CombinedDayRules:
    """The day rules of the parts under one operation, with the methods of `DayRules`."""

    timetable: CombinedTimetable
    parts: tuple[_Part, ...]
    zone: dt.tzinfo
    known_from: dt.date
    known_through: dt.date
    overrides: Mapping[dt.date, NoticeDay] = attrs.field(factory=dict)
    rulings: Mapping[dt.date, Ruling] = attrs.field(factory=dict)
    pending: Mapping[dt.date, Ruling] = attrs.field(factory=dict)

    @property
    def part_rules(self) -> tuple["DayRules | CombinedDayRules", ...]:
        """The day rules of the parts, without single instants, which have none."""
        return tuple(
            part.day_rules if isinstance(part, ZonedDayRules) else part
            for part in self.parts
            if not isinstance(part, Spans)
        )

    @property
    def first_settled(self) -> int:
        """The ordinal of the first day that the notices cover."""
        firsts = (rules.first_settled for rules in self.part_rules)
        return max((self.known_from.toordinal(), *firsts))

    @property
    def first_unsettled(self) -> int:
        """The ordinal of the first day that a notice may still move."""
        firsts = (rules.first_unsettled for rules in self.part_rules)
        return min((self.known_through.toordinal() + 1, *firsts))

    def find_unsettled(self, first: dt.date, last: dt.date) -> Unsettled | None:
        """Return a day from `first` to `last` that a notice may still move, or None."""
        if first < self.known_from:
            return Unsettled(first, "before_notices")
        if last > self.known_through:
            return Unsettled(last, "beyond_notices")
        found = (rules.find_unsettled(first, last) for rules in self.part_rules)
        return next((each for each in found if each), None)

    def find_last_date(self, towards: int) -> dt.date | None:
        """Return the last date with hours, or the first if `towards` is -1, None if unbounded."""
        ends = [rules.find_last_date(towards) for rules in self.part_rules]
        if self.timetable.op == "difference":
            return ends[0]
        known = [end for end in ends if end]
        if self.timetable.op == "union":
            return furthest(known, towards) if known and len(known) == len(ends) else None
        return furthest(known, -towards) if known else None

    def intervals(self, begin: dt.datetime, stop: dt.datetime) -> Intervals:
        """Return when the whole is open from `begin` to `stop`, in UTC."""
        sets = (_part_intervals(part, begin, stop) for part in self.parts)
        return apply_operation(self.timetable.op, sets)

    def openings(self, zone: dt.tzinfo, first: dt.date, last: dt.date) -> tuple[Opening, ...]:
        """Return every opening that begins from `first` to `last`, cut by Rule 2."""
        days = [first + DAY * n for n in range(-1, (last - first).days + 3)]
        nights = [to_instant(day, _ZERO, zone).astimezone(dt.UTC) for day in days]
        cells = _cut_at_midnights(self.intervals(nights[0], nights[-1]), nights)
        found = _join_nights(cells)[1:-1]
        return tuple((a.astimezone(zone), b.astimezone(zone)) for day in found for a, b in day)

    def sessions(self, day: dt.date) -> tuple[Session, ...]:
        """Return the sessions that begin on a date, by the clock of the calendar."""
        midnight = dt.datetime(day.year, day.month, day.day)  # noqa: DTZ001 - by the clock
        walls = (
            (
                a.replace(tzinfo=None) - midnight,
                b.replace(tzinfo=None) - midnight,
                b.astimezone(dt.UTC) - a.astimezone(dt.UTC),  # one zone would compare clocks
            )
            for a, b in self.openings(self.zone, day, day)
        )
        return tuple(Session(a, b if b > a else a + length) for a, b, length in walls)

    def info(self, day: dt.date) -> DayInfo:
        """Return what a date is and why, with the reason of the part that decides it."""
        found, infos = self.sessions(day), [day_rules.info(day) for day_rules in self.part_rules]
        agreeing = [info for info in infos if bool(info.sessions) == bool(found)]
        if self.timetable.op != "difference":  # "no hours" is said only if both parts have none
            agreeing.sort(key=lambda info: info.reason_code == "no_hours")
        known = {info.status for info in infos}
        status = next((each for each in ("expected", "unconfirmed") if each in known), "official")
        if agreeing:
            return attrs.evolve(agreeing[0], sessions=found, status=status)
        vi, en = self._why(day, found)
        return DayInfo(
            date=day, kind="hours" if found else "off", sessions=found, status=status,
            reason_code="override", vi=vi, en=en, source="",
        )  # fmt: skip

    def _why(self, day: dt.date, found: tuple[Session, ...]) -> tuple[str, str]:
        """Return in words what opens or closes a day."""
        begin, stop = (to_instant(day, at, self.zone).astimezone(dt.UTC) for at in (_ZERO, DAY))
        if found:
            note = "; ".join(dict.fromkeys(self.notes_of_added(begin, stop)))
            return (note, note) if note else REASONS["override"]
        return self.find_removal(begin, stop) or REASONS["override_off"]

    def notes_of_added(self, begin: dt.datetime, stop: dt.datetime) -> Iterator[str]:
        """Yield the notes of the spans that add working time between two instants."""
        for part in self.parts[:1] if self.timetable.op == "difference" else self.parts:
            if isinstance(part, CombinedDayRules):
                yield from part.notes_of_added(begin, stop)
            elif isinstance(part, Spans) and part.note and _part_intervals(part, begin, stop):
                yield part.note

    def find_removal(self, begin: dt.datetime, stop: dt.datetime) -> tuple[str, str] | None:
        """Return the name of what removes working time between two instants, or None."""
        if self.timetable.op == "difference":
            whole = _part_intervals(self.parts[0], begin, stop)
            for part, removed in zip(self.parts[1:], self.timetable.parts[1:], strict=True):
                if intersection(whole, _part_intervals(part, begin, stop)):
                    vi, en = REASONS["override_off"]
                    return source_of(removed, "vi") or vi, source_of(removed, "en") or en
        nested = (part for part in self.parts if isinstance(part, CombinedDayRules))
        return next((found for p in nested if (found := p.find_removal(begin, stop))), None)


def _part_intervals(part: _Part, begin: dt.datetime, stop: dt.datetime) -> Intervals:
    if isinstance(part, Spans):
        return clip(part.intervals(), begin, stop)
    return part.intervals(begin, stop)


def _cut_at_midnights(found: Intervals, nights: list[dt.datetime]) -> list[Intervals]:
    """Cut openings at every midnight: a list for each day."""
    cells: list[Intervals] = [[] for _ in nights[1:]]
    day = 0
    for start, end in found:
        while start < end:
            while nights[day + 1] <= start:
                day += 1
            cells[day].append((start, min(end, nights[day + 1])))
            start = min(end, nights[day + 1])
    return cells


def _join_nights(cells: list[Intervals]) -> list[Intervals]:
    """Give an opening that passes midnight to the day on which it begins."""
    days = [list(cell) for cell in cells]
    for today, tomorrow, cell, after in zip(days, days[1:], cells, cells[1:], strict=False):
        if _is_one_night(cell, after):
            tomorrow.pop(0)
            today[-1] = (today[-1][0], after[0][1])
    return days


def _is_one_night(cell: Intervals, after: Intervals) -> bool:
    if not cell or not after or cell[-1][1] != after[0][0]:
        return False
    return after[0][1] - cell[-1][0] <= DAY


def build_day_rules(
    timetable: Timetable | CombinedTimetable,
    zone: str,
    settings: Mapping[str, Any],
    own: tuple[Notice, ...] = (),
) -> DayRules | CombinedDayRules:
    """Return the day rules of a calendar: of its one timetable, or of its parts.

    Notices and overrides given beside calendars apply to each of them. A notice moves the days
    of what is subtracted too, and an override does not.

    Raises:
        InputError: calendars, which have days of their own, are mixed with bare timetables.
    """
    if isinstance(timetable, Timetable):
        return make_day_rules(timetable=timetable, **settings)
    calendars = list_calendars(timetable)
    if calendars and any(isinstance(leaf, Timetable) for leaf in timetable.leaves()):
        names = tuple(dict.fromkeys(calendar.name for calendar in calendars))
        raise InputError(code="timetables_beside_calendars", field="timetable", names=names)
    plain = make_day_rules(timetable=Timetable(hours=()), **settings)
    plain = attrs.evolve(plain, own_notices=own)
    return _combine_rules(timetable, plain, load_zone(zone))


def _combine_rules(
    timetable: CombinedTimetable, plain: DayRules, zone: dt.tzinfo
) -> CombinedDayRules:
    parts = tuple(
        _rules_of_part(
            part, _outside_office(plain) if timetable.op == "difference" and n else plain, zone
        )
        for n, part in enumerate(timetable.parts)
    )
    return CombinedDayRules(
        timetable=timetable, parts=parts, zone=zone,
        known_from=plain.known_from, known_through=plain.known_through,
        overrides=plain.overrides, rulings=plain.rulings, pending=plain.pending,
    )  # fmt: skip


def _outside_office(plain: DayRules) -> DayRules:
    """Return the rules of what is subtracted: it is not an office, and has no own overrides."""
    return attrs.evolve(plain, subtracted=True, overrides={})


def _inform(part: Any, plain: DayRules) -> Any:
    """Return a calendar that is a part, with the notices and overrides of the whole."""
    if plain.own_notices:
        part = part.with_notices(plain.own_notices)
    if not plain.overrides:
        return part
    own = {day.date: day for day in part.overrides}
    return attrs.evolve(part, overrides=tuple({**own, **plain.overrides}.values()))


def _rules_of_part(part: Any, plain: DayRules, zone: dt.tzinfo) -> _Part:
    if isinstance(part, Spans):
        return part
    if isinstance(part, Timetable):
        own = {day.date: day for day in part.overrides}
        return ZonedDayRules(
            attrs.evolve(plain, timetable=part, overrides={**own, **plain.overrides}), zone
        )
    if isinstance(part, CombinedTimetable):
        return _combine_rules(part, plain, zone)
    day_rules = _inform(part, plain).day_rules
    return ZonedDayRules(day_rules, part.tzinfo) if isinstance(day_rules, DayRules) else day_rules
