"""What each date is and why: own override, then notice, then public day, then the week.

Rule 1: the first of the four that names a date decides it alone (giờ hành chính, Art. 3.2).
Rule 2: dates need no zone. Only combined timetables do: there every part settles its own dates
first, with notices, public days and overrides, and only then are its instants united, intersected
or subtracted. What is subtracted follows its own week.
Rule 3: an opening belongs to the day on which it begins, a night too. Time without an end is
cut at midnight. So a date depends only on days that are at most one day away.
"""

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from typing import Any, NamedTuple, TypeAlias

import attrs

from phananh.errors import InputError
from phananh.messages.message import say
from phananh.messages.texts import DAYS, EXPECTED, REASONS
from phananh.plain_value import PlainValue, Value
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
from phananh.worktime.days.notices import (
    Notice,
    NoticeDay,
    Ruling,
    find_rulings,
    notices_by_year,
    pending_rulings,
)
from phananh.worktime.days.vietnam import PublicDay, VietnamDays
from phananh.worktime.instants import has_one_offset, load_zone, to_instant
from phananh.worktime.phrases import cite, day_reason, format_day_month
from phananh.worktime.session import DAY, Session
from phananh.worktime.timetable import Timetable

Opening = tuple[dt.datetime, dt.datetime]
_ZERO = dt.timedelta()
BY_THE_WEEK = ("regular", "weekend", "no_hours")
"""The reasons of an ordinary day, which no notice, law or override names."""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DayInfo(PlainValue):
    """A date of a calendar: what it is, its sessions, and the reason in both languages.

    `kind` is open (an ordinary working day), off, worked (made up) or hours (its own).
    `reason_code` is regular, weekend, holiday, substitute, swap, make_up, notice or override. It
    is no_hours if the timetable has none in force on any weekday. A day worked in place of one
    on which the office is closed stays closed (off).
    `vi` and `en` are the reason in words. `name` is the holiday's name as (Vietnamese, English),
    or two empty texts. `source` is the document behind the day, and `issued` the date of that
    notice, or None.
    `status` is official, or expected if a later notice may change the day, or unconfirmed in
    years for which no notice was looked up.
    `swapped_with` is the other day of a swap, or None.
    If the law in `source` leaves the date to a notice, `fixed_by` is the notice that fixed it in
    its year, with its date of issue.
    `predicted` says that the date of a holiday is computed (lunar calendar, a pattern of past
    years), and that no notice known here confirms it.
    """

    date: dt.date
    kind: str
    sessions: tuple[Session, ...]
    reason_code: str
    vi: str
    en: str
    source: str
    status: str
    swapped_with: dt.date | None = None
    name: tuple[str, str] = ("", "")
    issued: dt.date | None = None
    predicted: bool = False
    fixed_by: tuple[str, dt.date | None] = ("", None)

    def _to_line(self) -> str:
        """Return the date, what it is and why: `2026-01-10 worked: made up for ...`."""
        return f"{self.date} {self.kind}: {self.en}"


class Unsettled(NamedTuple):
    """A day that a notice may still move: an expected one, or any that no notice covers.

    `code` is the reason that a strict calendar gives for refusing it.
    """

    day: dt.date
    code: str
    document: str = ""


@attrs.frozen(kw_only=True, eq=False, repr=False)
class DayRules(Value):
    """The four sources of a calendar's days, asked in order of precedence."""

    timetable: Timetable
    days: VietnamDays | None
    overrides: Mapping[dt.date, NoticeDay]
    rulings: Mapping[dt.date, Ruling]
    pending: Mapping[dt.date, Ruling]
    known_from: dt.date
    known_through: dt.date
    own_notices: tuple[Notice, ...] = ()  # given beside calendars, for each of them
    settled_by: Mapping[int, Notice]  # all days of a year
    subtracted: bool = False  # a meeting, not an office: what a notice opens does not move it
    first_settled: int = attrs.field(  # as an ordinal: the first day of the notices
        init=False,
        default=attrs.Factory(lambda rules: rules.known_from.toordinal(), takes_self=True),
    )
    first_unsettled: int = attrs.field(  # likewise: a day that a notice may move
        init=False,
        default=attrs.Factory(
            lambda rules: min(
                (rules.known_through.toordinal() + 1, *(day.toordinal() for day in rules.pending))
            ),
            takes_self=True,
        ),
    )

    def sessions(self, day: dt.date) -> tuple[Session, ...]:
        """Return the sessions that begin on a date."""
        special = self._special_day(day)
        if special is not None:
            return self._special_sessions(day, special)
        return self.timetable.sessions_on(day)

    def _public(self, day: dt.date) -> PublicDay | None:
        return self.days.year(day.year).get(day) if self.days else None

    def _special_day(self, day: dt.date) -> NoticeDay | PublicDay | None:
        if day in self.overrides:
            return self.overrides[day]
        return self.rulings[day].day if day in self.rulings else self._public(day)

    def _special_sessions(
        self, day: dt.date, special: NoticeDay | PublicDay
    ) -> tuple[Session, ...]:
        if self.subtracted and day not in self.overrides:
            weekday = special.swapped_with.weekday() if special.swapped_with else None
            return self.timetable.sessions_on(day, weekday)
        own = special.sessions if isinstance(special, NoticeDay) else ()
        if special.kind == "worked" and not own:
            return self.timetable.worked_sessions(day, special.swapped_with)
        return own

    def openings(self, zone: dt.tzinfo, first: dt.date, last: dt.date) -> Iterator[Opening]:
        """Yield opening and closing of every session from `first` to `last`, in order."""
        for ordinal in range(first.toordinal(), last.toordinal() + 1):
            day = dt.date.fromordinal(ordinal)
            is_exact = has_one_offset(zone, day.year)
            midnight = dt.datetime.combine(day, dt.time.min, zone)
            for part in self.sessions(day):
                if is_exact:
                    yield midnight + part.open, midnight + part.close
                else:
                    yield to_instant(day, part.open, zone), to_instant(day, part.close, zone)

    def info(self, day: dt.date) -> DayInfo:
        """Return what a date is and why."""
        special, found = self._special_day(day), self.sessions(day)
        code = self._code(day, special, found)
        public = self._public(day) if special else None
        name = (public.vi, public.en) if public else ("", "")
        ruling = None if day in self.overrides else self.rulings.get(day)
        swapped = special.swapped_with if special else None
        note = special.note if isinstance(special, NoticeDay) else ""
        source = "" if day in self.overrides else self.timetable.source
        if isinstance(special, PublicDay):
            source = special.source
        closed = special is not None and special.kind == "worked" and not found
        kind = "off" if closed else special.kind if special else "open" if found else "off"
        own = "make_up_off" if closed and code != "no_hours" else self._words_code(day, kind, code)
        by_note = note and not closed
        vi, en = (note, note) if by_note else day_reason(day, own, name=name, other=swapped)
        return DayInfo(
            date=day,
            kind=kind,
            sessions=found,
            reason_code=code,
            vi=vi,
            en=en,
            source=ruling.notice.document if ruling else source,
            status=self._status(day),
            swapped_with=swapped,
            name=name,
            issued=ruling.notice.issued if ruling else None,
            fixed_by=self._settling_notice(day, special),
            predicted=isinstance(special, PublicDay)
            and special.floats
            and not self._is_official(day),
        )

    def _code(self, day: dt.date, special: NoticeDay | PublicDay | None, found: object) -> str:
        if not found and self._has_no_hours(day, special):
            return "no_hours"
        if special is None:
            return "regular" if found else "weekend"
        if day in self.overrides:
            return "override"
        if special.kind == "worked":
            is_restored = isinstance(special, NoticeDay) and not special.swapped_with
            return "notice" if is_restored and self._is_open_by_week(day) else "make_up"
        if special.swapped_with:
            return "swap"
        public = self._public(day)
        code = public.code if public and special.kind == "off" else "notice"
        if code == "rest":
            return "holiday" if self._is_open_by_week(day) else "weekend"
        return code

    def _has_no_hours(self, day: dt.date, special: NoticeDay | PublicDay | None) -> bool:
        """Return whether a date is closed only because no hours are set for it."""
        if special is None or (special.kind == "worked" and special.swapped_with):
            return not any(part.is_in_force(day) for part in self.timetable.hours)
        return special.kind == "worked"

    def _is_open_by_week(self, day: dt.date) -> bool:
        """Return whether the week alone would open a date."""
        return bool(self.timetable.sessions_on(day))

    def _words_code(self, day: dt.date, kind: str, code: str) -> str:
        """Return the key of the words for a day: its code, and what is special about it."""
        if code == "notice" and kind == "worked":
            return "notice_worked" if self._public(day) else "notice_usual"
        if code == "notice" and kind == "off" and not self._is_open_by_week(day):
            return "notice_rest"
        return f"{code}_off" if kind == "off" and code in ("notice", "override") else code

    def _settling_notice(self, day: dt.date, special: object) -> tuple[str, dt.date | None]:
        notice = self.settled_by.get(day.year)
        if notice is None or not isinstance(special, PublicDay) or not special.yearly:
            return "", None
        return notice.document, notice.issued

    def _status(self, day: dt.date) -> str:
        if self._is_official(day):
            return "official"
        return "expected" if day in self.pending or day > self.known_through else "unconfirmed"

    def _is_official(self, day: dt.date) -> bool:
        if day in self.pending:
            return False
        own = day in self.overrides or day in self.rulings
        return own or self.known_from <= day <= self.known_through

    def find_last_date(self, *, forward: bool) -> dt.date | None:
        """Return the last date with hours, or the first unless `forward`, None if unbounded."""
        weekly = [
            part.effective_to if forward else part.effective_from
            for part in self.timetable.hours
            if part.sessions and part.days
        ]
        own = [day for day in (*self.overrides, *self.rulings) if self.sessions(day)]
        known = [day for day in (*weekly, *own) if day]
        return furthest(known, forward=forward) if known and None not in weekly else None

    def find_unsettled(self, first: dt.date, last: dt.date) -> Unsettled | None:
        """Return a day from `first` to `last` that a notice may still move, or None."""
        if first < self.known_from:
            return Unsettled(first, "before_notices")
        if last > self.known_through:
            return Unsettled(last, "beyond_notices")
        for day, ruling in self.pending.items():
            if first <= day <= last:
                return Unsettled(day, "not_settled", ruling.notice.document)
        return None


def furthest(days: Iterable[dt.date], *, forward: bool) -> dt.date:
    """Return the last of some days, or the first unless `forward`."""
    return max(days) if forward else min(days)


def make_day_rules(
    *,
    timetable: Timetable,
    days: VietnamDays | None,
    notices: Iterable[Notice],
    overrides: Iterable[NoticeDay],
    known_from: dt.date,
    known_through: dt.date,
    expected: bool,
) -> DayRules:
    """Return the day rules of a calendar, each date settled by the last notice about it.

    Raises:
        InputError: two notices of one date of issue contradict each other.
    """
    notices = tuple(notices)
    official = find_rulings(notices, "official")
    waiting = pending_rulings(official, find_rulings(notices, "expected"))
    return DayRules(
        timetable=timetable,
        days=days,
        overrides={day.date: day for day in (*timetable.overrides, *overrides)},
        rulings={**official, **waiting} if expected else official,
        pending=waiting,
        known_from=known_from,
        known_through=known_through,
        settled_by=notices_by_year(notices),
    )


def reasons(days: Iterable[DayInfo], lang: str) -> list[str]:
    """Return why days are closed, with their dates if there is more than one reason."""
    groups = [(why, list(same)) for why, same in groupby(days, lambda day: reason(day, lang))]
    if len(groups) == 1:
        return [why for why, _ in groups]
    return [f"{_range_text(same[0].date, same[-1].date, lang)} {why}" for why, same in groups]


def _range_text(first: dt.date, last: dt.date, lang: str) -> str:
    if first == last:
        return format_day_month(first, lang)
    return say(DAYS, lang, first=format_day_month(first, lang), last=format_day_month(last, lang))


def reason(day: DayInfo, lang: str) -> str:
    """Return why a day is off or worked, whether that is only expected, and by which document."""
    why = day.vi if lang == "vi" else day.en
    if day.reason_code in BY_THE_WEEK:
        return why
    if day.status == "expected":
        why = say(EXPECTED, lang, why=why)
    if not day.source:
        return why
    papers = [(day.source, day.issued), *([day.fixed_by] if day.fixed_by[0] else [])]
    return f"{why} ({'; '.join(cite(name, issued, lang) for name, issued in papers)})"


@attrs.frozen(eq=False, repr=False)
class ZonedDayRules(Value):
    """A part that is one timetable, or a calendar of one, in its zone."""

    day_rules: DayRules
    zone: dt.tzinfo

    def intervals(self, begin: dt.datetime, stop: dt.datetime) -> Intervals:
        """Return when it is open from `begin` to `stop`, in UTC."""
        first = begin.astimezone(self.zone).date() - DAY  # a night of the day before
        rows = self.day_rules.openings(self.zone, first, stop.astimezone(self.zone).date())
        return clip(union((a.astimezone(dt.UTC), b.astimezone(dt.UTC)) for a, b in rows),
                       begin, stop)  # fmt: skip


_Part: TypeAlias = "ZonedDayRules | CombinedDayRules | Spans"


@attrs.frozen(kw_only=True, eq=False, repr=False)
class CombinedDayRules(Value):
    """The day rules of the parts under one operation, with the methods of `DayRules`."""

    timetable: CombinedTimetable
    parts: tuple[_Part, ...]
    zone: dt.tzinfo
    known_from: dt.date
    known_through: dt.date
    overrides: Mapping[dt.date, NoticeDay]
    rulings: Mapping[dt.date, Ruling]
    pending: Mapping[dt.date, Ruling]

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

    def find_last_date(self, *, forward: bool) -> dt.date | None:
        """Return the last date with hours, or the first unless `forward`, None if unbounded."""
        ends = [rules.find_last_date(forward=forward) for rules in self.part_rules]
        if self.timetable.op == "difference":
            return ends[0]
        known = [end for end in ends if end]
        if self.timetable.op == "intersection":
            return furthest(known, forward=not forward) if known else None
        return None if None in ends else furthest(known, forward=forward)

    def intervals(self, begin: dt.datetime, stop: dt.datetime) -> Intervals:
        """Return when the whole is open from `begin` to `stop`, in UTC."""
        sets = (_part_intervals(part, begin, stop) for part in self.parts)
        return apply_operation(self.timetable.op, sets)

    def openings(self, zone: dt.tzinfo, first: dt.date, last: dt.date) -> tuple[Opening, ...]:
        """Return every opening that begins from `first` to `last`, cut by Rule 3."""
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
    for start, end in intersection(list(pairwise(nights)), found):
        cells[bisect_right(nights, start) - 1].append((start, end))
    return cells


def _join_nights(cells: list[Intervals]) -> list[Intervals]:
    """Give an opening that passes midnight to the day on which it begins."""
    days = [list(cell) for cell in cells]
    for today, tomorrow, cell, after in zip(days, days[1:], cells, cells[1:], strict=False):
        meet = cell and after and cell[-1][1] == after[0][0]
        if meet and after[0][1] - cell[-1][0] <= DAY:
            tomorrow.pop(0)
            today[-1] = (today[-1][0], after[0][1])
    return days


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
        raise InputError(
            code="timetables_beside_calendars",
            field="timetable",
            names=tuple(dict.fromkeys(calendar.name for calendar in calendars)),
        )
    plain = make_day_rules(timetable=Timetable(hours=()), **settings)
    plain = attrs.evolve(plain, own_notices=own)
    return _combine_rules(timetable, plain, load_zone(zone))


def _combine_rules(
    timetable: CombinedTimetable, plain: DayRules, zone: dt.tzinfo
) -> CombinedDayRules:
    # What is subtracted is not an office, and has no own overrides.
    outside = attrs.evolve(plain, subtracted=True, overrides={})
    first, *rest = timetable.parts
    others = outside if timetable.op == "difference" else plain
    parts = (
        _rules_of_part(first, plain, zone),
        *(_rules_of_part(part, others, zone) for part in rest),
    )
    return CombinedDayRules(
        timetable=timetable, parts=parts, zone=zone,
        known_from=plain.known_from, known_through=plain.known_through,
        overrides=plain.overrides, rulings=plain.rulings, pending=plain.pending,
    )  # fmt: skip


def _inform(part: Any, plain: DayRules) -> Any:
    """Return a calendar that is a part, with the notices and overrides of the whole."""
    if plain.own_notices:
        part = part.with_notices(plain.own_notices)
    if not plain.overrides:
        return part
    return attrs.evolve(
        part,
        overrides=tuple({**{day.date: day for day in part.overrides}, **plain.overrides}.values()),
    )


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
