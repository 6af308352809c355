"""Notices that move single days: public holidays, swaps and make-up days (hoán đổi, làm bù).

A notice issued later replaces what an earlier one said about the same date, unless it was issued
after that date: no office can still follow it then. Two that disagree and have the same date of
issue are refused, because it is unknown which of them counts.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import attrs

from phananh.errors import InputError, check_language
from phananh.messages.message import say
from phananh.messages.texts import CONTRADICTION, DATED_RULING, DAY_KINDS, UNDATED_RULING
from phananh.plain_data import fields_to_plain
from phananh.plain_value import PlainValue
from phananh.worktime.phrases import cite
from phananh.worktime.session import Session, parse_sessions
from phananh.worktime.validators import (
    check_date,
    check_date_or_none,
    check_name,
    check_text,
    one_of,
    require_date,
    tuple_of,
)

KINDS = ("off", "worked", "hours")
STATUSES = ("official", "expected")
_LONGEST = dt.timedelta(days=2 * 366)


@attrs.frozen(repr=False)
class NoticeDay(PlainValue):
    """What one date becomes: off, worked like a weekday, or open at hours of its own.

    Args:
        date: the date.
        kind: off, worked or hours.
        swapped_with: the other day of a swap.
        sessions: the sessions of a day of kind hours, or of a worked day if they are not usual.
        note: the reason in words, shown as you give it.

    Raises:
        InputError: an unknown kind, hours without sessions, a day off with some, or a day
            swapped with itself.

    Example:
        >>> closed = NoticeDay(date(2025, 4, 25), "hours", sessions="08:00-12:00", note="mẫu")
        >>> calendar = vietnam_calendar("A", overrides=[closed])
        >>> calendar.is_open(friday)
        False
    """

    date: dt.date = attrs.field(validator=check_date)
    kind: str = attrs.field(validator=one_of(KINDS, "day.kind"))
    swapped_with: dt.date | None = attrs.field(default=None, validator=check_date_or_none)
    sessions: tuple[Session, ...] = attrs.field(default=(), converter=parse_sessions)
    note: str = attrs.field(default="", validator=check_text)

    def __attrs_post_init__(self) -> None:
        """Refuse own hours without sessions, a day off with some, and a swap with itself."""
        if self.swapped_with == self.date:
            raise InputError(code="swapped_with_itself", field="swapped_with", day=self.date)
        if self.kind == "hours" and not self.sessions:
            raise InputError(code="day_without_sessions", field="sessions", day=self.date)
        if self.kind == "off" and self.sessions:
            raise InputError(code="day_off_with_sessions", field="sessions", day=self.date)


def sort_overrides(given: Iterable[NoticeDay]) -> tuple[NoticeDay, ...]:
    """Return overrides in order. Two for one date are refused."""
    listed = tuple_of(NoticeDay, "overrides", given)
    days = tuple(sorted(set(listed), key=lambda day: day.date))
    for one, other in pairwise(days):
        if one.date == other.date:
            raise InputError(code="two_overrides", field="overrides", day=one.date)
    return days


def _days(given: Iterable[NoticeDay]) -> tuple[NoticeDay, ...]:
    return tuple(sorted(tuple_of(NoticeDay, "days", given), key=lambda day: day.date))


def _papers(given: Iterable[str]) -> tuple[str, ...]:
    return tuple_of(str, "also", given)


@attrs.frozen(repr=False)
class Notice(PlainValue):
    """A document that moves days: its number, its date of issue, and the days.

    A notice with status `expected` (a proposal) is applied only if the calendar asks for it.

    Args:
        document: its number.
        issued: its date of issue. If it is unknown (None), every dated notice comes before it.
            It is refused, like `known_on`, if it is two years after all that the notice settles.
        status: official or expected.
        days: what each date becomes.
        office: the office that issued it.
        known_on: the day it became known, by default the date of issue. None if that is unknown.
        also: other documents that say the same, such as the letter behind a ministry's notice.
        known_through: the last day up to which it settles all public days.
        source: where you can look up its number and date.
        note: what else it says, in words.

    Example:
        >>> days = [NoticeDay(date(2025, 4, 28), "off")]
        >>> notice = Notice(document="1/TB-MAU", issued=date(2025, 4, 1), days=days)
        >>> print(vietnam_calendar("A", notices=[notice]).add(friday, timedelta(hours=13)))
        2025-04-29 10:00:00+07:00
    """

    document: str = attrs.field(validator=check_name)
    issued: dt.date | None = attrs.field(validator=check_date_or_none)
    status: str = attrs.field(default="official", validator=one_of(STATUSES))
    days: tuple[NoticeDay, ...] = attrs.field(default=(), converter=_days)
    office: str = attrs.field(default="", validator=check_text)
    known_on: dt.date | None = attrs.field(
        default=attrs.Factory(lambda notice: notice.issued, takes_self=True),
        validator=check_date_or_none,
    )
    also: tuple[str, ...] = attrs.field(default=(), converter=_papers)
    known_through: dt.date | None = attrs.field(default=None, validator=check_date_or_none)
    source: str = attrs.field(default="", validator=check_text)
    note: str = attrs.field(default="", validator=check_text)

    @property
    def documents(self) -> tuple[str, ...]:
        """The numbers of all its documents, `document` first."""
        return (self.document, *self.also)

    def __attrs_post_init__(self) -> None:
        """Refuse a date given twice, half a swap, and a year that must be mistyped."""
        through, issued = self.known_through, self.issued
        if through and issued and through - issued > _LONGEST:  # it settles its year or the next
            raise InputError(
                code="known_too_far", field="known_through", day=through, issued=issued
            )
        last = max((*(day.date for day in self.days), through or dt.date.min))
        for field, told in (("issued", issued), ("known_on", self.known_on)):
            if told and dt.date.min < last and told - last > _LONGEST:
                raise InputError(code="issued_too_late", field=field, day=told, last=last)
        if len({day.date for day in self.days}) < len(self.days):
            raise InputError(code="date_given_twice", field="days", document=self.document)
        by_date = {day.date: day for day in self.days}
        for day in self.days:
            other = by_date.get(day.swapped_with) if day.swapped_with else None
            if day.swapped_with and (other is None or other.swapped_with != day.date):
                raise InputError(
                    code="half_swap", field="swapped_with", document=self.document,
                    day=day.date, other=day.swapped_with,
                )  # fmt: skip


@attrs.frozen(eq=False, repr=False)
class Ruling(PlainValue):
    """What a date is, and the notice that says so."""

    day: NoticeDay
    notice: Notice

    @property
    def settles(self) -> tuple[object, ...]:
        """What the notice decides. Two that agree on it do not contradict each other."""
        return (self.day.kind, self.day.sessions, self.day.swapped_with)

    @property
    def rank(self) -> tuple[bool, dt.date]:
        """Whether it was issued by the date itself, and the date of issue, for comparison."""
        issued = self.notice.issued or dt.date.min
        return dt.date.min < issued <= self.day.date, issued


def find_rulings(notices: Iterable[Notice], status: str) -> dict[dt.date, Ruling]:
    """Return the last word on each date among notices of one status.

    Raises:
        InputError: two notices of one date of issue disagree. Both are named.
    """
    last: dict[dt.date, Ruling] = {}
    for notice in sorted(set(notices), key=lambda n: (n.issued or dt.date.min, n.document)):
        if notice.status == status:
            for day in notice.days:
                _add_ruling(last, Ruling(day, notice))
    return last


def notices_known_on(notices: Iterable[Notice], day: dt.date) -> tuple[Notice, ...]:
    """Return the notices that were known on a day, without those of unknown date.

    Raises:
        InputTypeError: the day is not a date.
    """
    require_date(day, "as_of")
    return tuple(n for n in notices if n.known_on is not None and n.known_on <= day)


def last_settled_day(notices: Iterable[Notice]) -> dt.date | None:
    """Return the last day that the official notices settle, or None if no notice says so."""
    days = (n.known_through for n in notices if n.status == "official" and n.known_through)
    return max(days, default=None)


def notices_by_year(notices: Iterable[Notice]) -> Mapping[int, Notice]:
    """Return by year the first official notice that settles it to its last day."""
    found: dict[int, Notice] = {}
    for notice in sorted(set(notices), key=lambda n: (n.issued or dt.date.max, n.document)):
        last = notice.known_through
        if notice.status == "official" and last and (last.month, last.day) == (12, 31):
            found.setdefault(last.year, notice)
    return found


def _add_ruling(last: dict[dt.date, Ruling], new: Ruling) -> None:
    old = last.get(new.day.date)
    if old is None or new.rank > old.rank:
        last[new.day.date] = new
    elif new.rank == old.rank and new.settles != old.settles:
        raise InputError(
            code="notices_disagree",
            field="notices",
            document=old.notice.document,
            other=new.notice.document,
            issued=new.notice.issued,
            day=new.day.date,
        )


def pending_rulings(
    official: Mapping[dt.date, Ruling], expected: Mapping[dt.date, Ruling]
) -> dict[dt.date, Ruling]:
    """Return the expected changes that no official notice has confirmed or settled since.

    One without a date of issue counts as the newest, to flag a day too many rather than too few.
    """
    return {day: new for day, new in expected.items() if not _is_settled(official.get(day), new)}


def _is_settled(official: Ruling | None, proposed: Ruling) -> bool:
    if official is None:
        return False
    earlier = proposed.notice.issued is not None and proposed.rank[1] <= official.rank[1]
    return earlier or proposed.settles == official.settles


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Contradiction(PlainValue):
    """A date on which two notices disagree: `holds` counts, and `yields` does not."""

    date: dt.date
    holds: Ruling
    yields: Ruling

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        plain = fields_to_plain(self, lang)
        return plain if lang is None else {**plain, "text": self.text(lang)}

    def text(self, lang: str = "en") -> str:
        """Return in a sentence, in `vi` or `en`, what each notice says and which one counts."""
        holds, yields = (
            _ruling_text(each, check_language(lang)) for each in (self.holds, self.yields)
        )
        return say(CONTRADICTION, lang, date=self.date, holds=holds, yields=yields)


def _ruling_text(ruling: Ruling, lang: str) -> str:
    notice, kind = ruling.notice, say(DAY_KINDS[ruling.day.kind], lang)
    pair = DATED_RULING if notice.issued else UNDATED_RULING
    return say(
        pair, lang, document=cite(notice.document, None, lang), issued=notice.issued, kind=kind
    )


def find_contradictions(notices: Iterable[Notice]) -> tuple[Contradiction, ...]:
    """Return the dates on which official notices disagree, in order, and which of them counts.

    Notices of one date of issue that disagree are not among them, because a calendar refuses them.
    """
    by_date: dict[dt.date, list[Ruling]] = {}
    for notice in sorted(set(notices), key=lambda n: (n.issued or dt.date.min, n.document)):
        if notice.status == "official":
            for day in notice.days:
                by_date.setdefault(day.date, []).append(Ruling(day, notice))
    return tuple(
        Contradiction(date=day, holds=holds, yields=other)
        for day, rulings in sorted(by_date.items())
        for holds in [max(reversed(rulings), key=lambda ruling: ruling.rank)]
        for other in rulings
        if other.settles != holds.settles
    )
