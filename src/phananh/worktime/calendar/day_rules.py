"""What each date is and why: own override, then notice, then public day, then the week.

Rule 1: the first of the four that names a date decides it alone (giờ hành chính, Art. 3.2).
Rule 2: this file knows dates and sessions, no instants and no zone.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import NamedTuple

import attrs

from phananh.messages.message import say
from phananh.messages.texts import DAYS, EXPECTED
from phananh.plain_value import PlainValue
from phananh.worktime.days.notices import (
    Notice,
    NoticeDay,
    Ruling,
    find_rulings,
    notices_by_year,
    pending_rulings,
)
from phananh.worktime.days.vietnam import PublicDay, VietnamDays
from phananh.worktime.localtime import has_one_offset, to_instant
from phananh.worktime.phrases import cite, day_reason, format_day_month
from phananh.worktime.session import Session
from phananh.worktime.timetable import Timetable

Opening = tuple[dt.datetime, dt.datetime]
BY_THE_WEEK = ("regular", "weekend", "no_hours")
"""The reasons of an ordinary day, which no notice, law or override names."""


@attrs.frozen(kw_only=True)
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


class Unsettled(NamedTuple):
    """A day that a notice may still move: an expected one, or any that no notice covers.

    `code` is the reason that a strict calendar gives for refusing it.
    """

    day: dt.date
    code: str
    document: str = ""


@attrs.frozen(kw_only=True)
class DayRules:
    """The four sources of a calendar's days, asked in order of precedence."""

    timetable: Timetable
    days: VietnamDays | None
    overrides: Mapping[dt.date, NoticeDay]
    rulings: Mapping[dt.date, Ruling]
    pending: Mapping[dt.date, Ruling]
    known_from: dt.date
    known_through: dt.date
    own_notices: tuple[Notice, ...] = ()  # given beside calendars, for each of them
    settled_by: Mapping[int, Notice] = attrs.field(factory=dict)  # all days of a year
    subtracted: bool = False  # a meeting, not an office: what a notice opens does not move it
    first_settled: int = attrs.field(init=False)  # as an ordinal: the first day of the notices
    first_unsettled: int = attrs.field(init=False)  # likewise: a day that a notice may move

    @first_settled.default
    def _first_settled(self) -> int:
        return self.known_from.toordinal()

    @first_unsettled.default
    def _first_unsettled(self) -> int:
        beyond = self.known_through.toordinal() + 1
        return min(beyond, *(day.toordinal() for day in self.pending), beyond)

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
            found = self.sessions(day)
            if found and has_one_offset(zone, day.year):
                midnight = dt.datetime.combine(day, dt.time.min, zone)
                for part in found:
                    yield midnight + part.open, midnight + part.close
            else:
                for part in found:
                    yield to_instant(day, part.open, zone), to_instant(day, part.close, zone)

    def info(self, day: dt.date) -> DayInfo:
        """Return what a date is and why."""
        special, found = self._special_day(day), self.sessions(day)
        code = self._code(day, special, found)
        name = self._name(day, special)
        swapped = special.swapped_with if special else None
        note = special.note if isinstance(special, NoticeDay) else ""
        source = self._source(day, special)
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
            source=source,
            status=self._status(day),
            swapped_with=swapped,
            name=name,
            issued=self._issue_day(day),
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
            return not self.timetable.has_hours(day)
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

    def _name(self, day: dt.date, special: object) -> tuple[str, str]:
        public = self._public(day) if special else None
        return (public.vi, public.en) if public else ("", "")

    def _source(self, day: dt.date, special: NoticeDay | PublicDay | None) -> str:
        if day in self.overrides:
            return ""
        if day in self.rulings:
            return self.rulings[day].notice.document
        return special.source if isinstance(special, PublicDay) else self.timetable.source

    def _issue_day(self, day: dt.date) -> dt.date | None:
        if day in self.overrides or day not in self.rulings:
            return None
        return self.rulings[day].notice.issued

    def _status(self, day: dt.date) -> str:
        if self._is_official(day):
            return "official"
        return "expected" if day in self.pending or day > self.known_through else "unconfirmed"

    def _is_official(self, day: dt.date) -> bool:
        if day in self.pending:
            return False
        own = day in self.overrides or day in self.rulings
        return own or self.known_from <= day <= self.known_through

    def find_last_date(self, towards: int) -> dt.date | None:
        """Return the last date with hours, or the first if `towards` is -1, None if unbounded."""
        weekly = [
            part.effective_to if towards > 0 else part.effective_from
            for part in self.timetable.hours
            if part.sessions and part.days
        ]
        own = [day for day in (*self.overrides, *self.rulings) if self.sessions(day)]
        known = [day for day in (*weekly, *own) if day]
        return furthest(known, towards) if known and None not in weekly else None

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


def furthest(days: Iterable[dt.date], towards: int) -> dt.date:
    """Return the last of some days, or the first if `towards` is -1."""
    return max(days) if towards > 0 else min(days)


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
        return [groups[0][0]]
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
