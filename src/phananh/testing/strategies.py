"""Hypothesis strategies for everything that rules and desks take, named by plural nouns.

Values shrink to examples that a person can read. Importing this module loads no profile and
changes no setting.

Uniform instants rarely meet a closing, a make-up Saturday or the border of a season, and that is
where defects are. So half of the instants drawn here lie within a microsecond of a session's
boundary, and half within a day of a closure, a swap or a border. A law that holds for offices from
eight to five may fail at a shift past midnight, at a second that divides no hour, or when clocks
change. So these are drawn too. Every calendar works at least an hour in each week of an ordinary
month.

There are few people and units, so that an accused person often acts. An act is one of the variants
that a walk tries, by one of the people who try it there.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import Enum
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, TypeVar

import attrs

from phananh.act_log.replay import replay
from phananh.desk.desk import Desk
from phananh.errors import CoverageError, InputError, RefusedError
from phananh.regulation.acts import ACTS, SYSTEM_TRIGGERS, Act, Receive
from phananh.regulation.case import Case
from phananh.regulation.context import CalendarChoice, DecisionContext, make_lookup
from phananh.regulation.deadline import Limit
from phananh.regulation.decide import Recorded, decide
from phananh.regulation.intake import EXCLUDED
from phananh.regulation.request import Accused, Channel, Kind, Person, Role, Sender
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.stores.base import Query
from phananh.testing import exploration as cast
from phananh.testing.arguments import (
    list_members,
    list_names,
    require_kind,
    require_number,
)
from phananh.testing.drawing import note, st
from phananh.testing.exploration import (
    GOOD_ACTS,
    OTHER_WAYS,
    SAME_WAYS,
    SPOILED_ACTS,
    Situation,
    list_actors,
    list_requests,
    make_exploration,
    make_hours,
    make_line,
)
from phananh.worktime import Notice, NoticeDay, Term, Timetable, WorkCalendar
from phananh.worktime.days.vietnam import VIETNAM_DAYS, VietnamDays
from phananh.worktime.instants import VIETNAM, load_zone, require_timedelta
from phananh.worktime.session import Session
from phananh.worktime.timetable import Hours
from phananh.worktime.validators import require_date

__all__ = [
    "BOUNDARIES", "MICROSECOND", "PEOPLE", "TURNING_DAYS", "actors", "acts", "boundaries",
    "budgets", "calendars", "case_of", "cases", "histories_of", "instants", "notices",
    "requests", "rules", "senders", "sessions", "terms", "timetables", "turning_days",
]  # fmt: skip
MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(days=1)

_NUDGES = st.sampled_from((0, -1, 1))
_ORDINARY_DAY = date(2025, 4, 21)  # a Monday
_ON_THE_HOUR = tuple(time(hour) for hour in (9, *range(9), *range(10, 24)))

BOUNDARIES = (
    time(7, 30), time(11, 30), time(13, 30), time(17, 30), time(7, 0),
    time(12, 0), time(13, 0), time(16, 30), time(17, 0), time(0, 0),
)  # fmt: skip
"""Where the sessions of the presets A and VP open and close, and midnight."""

TURNING_DAYS = (
    date(2018, 12, 31), date(2019, 1, 5), date(2019, 2, 1), date(2019, 2, 4), date(2019, 4, 29),
    date(2019, 5, 4), date(2020, 1, 23), date(2021, 2, 9), date(2021, 2, 16), date(2021, 5, 3),
    date(2022, 1, 28), date(2022, 4, 11), date(2022, 5, 3), date(2023, 1, 20), date(2023, 9, 4),
    date(2024, 2, 7), date(2024, 2, 14), date(2024, 4, 16), date(2024, 4, 29), date(2024, 5, 4),
    date(2024, 10, 16), date(2025, 1, 24), date(2025, 4, 16), date(2025, 4, 26), date(2025, 5, 2),
    date(2025, 10, 16), date(2026, 1, 2), date(2026, 1, 10), date(2026, 2, 13), date(2026, 2, 16),
    date(2026, 2, 20), date(2026, 4, 16), date(2026, 4, 27), date(2026, 8, 22), date(2026, 8, 31),
    date(2026, 9, 2), date(2026, 10, 16), date(2026, 11, 24), date(2026, 11, 28),
)  # fmt: skip
"""Eves of Tết, closures, both days of swaps, borders of the seasons: 2018-12-31 to 2026-11-28."""


def instants(
    *,
    first: date = date(2019, 1, 2),
    last: date = date(2026, 12, 31),
    boundaries: Iterable[time] = BOUNDARIES,
    turning_days: Iterable[date] = TURNING_DAYS,
    zone: tzinfo | str = VIETNAM,
) -> st.SearchStrategy[datetime]:
    """Draw aware instants of `zone`: half at a boundary, give or take a microsecond.

    Those of Vietnam carry the offset +07:00, as a person writes them. The simplest is a Monday at
    nine.

    Args:
        first: the earliest date.
        last: the latest date, included.
        boundaries: wall-clock times at which sessions open or close.
        turning_days: dates near which half of the instants lie. Those outside are left out.
        zone: the zone of the wall clock, or its IANA name. A repeated hour is drawn both times, a
            skipped one is not drawn.

    Raises:
        InputError: `last` is before `first`. InputTypeError: one of them is no date.

    Example:
        >>> from hypothesis import find
        >>> print(find(instants(), lambda at: at.hour == 12))
        2025-04-21 12:00:00+07:00
    """
    if require_date(last, "last") < require_date(first, "first"):
        raise InputError(field="last", code="last_before_first", last=last, first=first)
    where = load_zone(zone) if isinstance(zone, str) else zone
    ordinary = _find_ordinary_day(first, last)
    near = [day + step * DAY for day in turning_days for step in (0, -1, 1)]
    near = [day for day in near if first <= day <= last]
    low, high = (first - ordinary).days, (last - ordinary).days
    whole = st.integers(low, high).map(lambda n: ordinary + n * DAY)
    dates = st.one_of(whole, st.sampled_from(near)) if near else whole
    closings = st.builds(datetime.combine, dates, st.sampled_from(tuple(boundaries)))
    at_boundary = st.builds(lambda wall, nudge: wall + nudge * MICROSECOND, closings, _NUDGES)
    walls = st.one_of(
        st.builds(datetime.combine, dates, st.sampled_from(_ON_THE_HOUR)),
        at_boundary,
        at_boundary,
        st.builds(datetime.combine, dates, st.times()),
    )
    return _instants(walls, where).filter(lambda at: first <= at.date() <= last)


def _find_ordinary_day(first: date, last: date) -> date:
    """Return the Monday that a failing example shrinks to, or the first one there is."""
    if first <= _ORDINARY_DAY <= last:
        return _ORDINARY_DAY
    return min(first + -first.weekday() % 7 * DAY, last)


@st.composite
def _instants(draw: st.DrawFn, walls: st.SearchStrategy[datetime], zone: tzinfo) -> datetime:
    wall, fold = draw(walls), draw(st.sampled_from((0, 1)))
    found = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC).astimezone(zone)
    return datetime.fromisoformat(found.isoformat()) if zone is VIETNAM else found


def budgets(
    *,
    least: timedelta = MICROSECOND,
    most: timedelta = timedelta(hours=200),
    step: timedelta = timedelta(minutes=30),
) -> st.SearchStrategy[timedelta]:
    """Draw budgets from `least` to `most`: half a multiple of `step`, give or take a microsecond.

    A budget that is a multiple of the slot in which sessions are cut tends to end at a closing.
    Of the multiples, half are of at most sixteen steps: a working day.

    Raises:
        InputError: no timedeltas, a step of zero, or `most` below `least`.

    Example:
        >>> from hypothesis import find
        >>> print(find(budgets(), lambda budget: budget > timedelta(hours=5)))
        5:30:00
    """
    for name, given in (("least", least), ("most", most), ("step", step)):
        require_timedelta(given, name)
    if step <= timedelta():
        raise InputError(field="step", code="not_a_step", value=str(step))
    if most < least:
        raise InputError(field="most", code="below_least", value=str(most), least=str(least))
    steps = most // step
    multiples = st.one_of(st.integers(0, min(16, steps)), st.integers(0, steps))
    rounded = st.builds(lambda n, nudge: n * step + nudge * MICROSECOND, multiples, _NUDGES)
    within = rounded.map(lambda drawn: min(max(drawn, least), most))
    hour = st.just(min(max(timedelta(hours=1), least), most))
    return st.one_of(hour, within, within, st.timedeltas(least, most))


ZONES = (
    "Asia/Ho_Chi_Minh",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "UTC",
)
"""Vietnam, three zones whose clocks change (one of them by half an hour), and UTC."""

HOUR = timedelta(hours=1)
MORNING = 6 * HOUR
"""No session of a timetable with nights opens earlier, and no night lasts longer."""

_FRACTIONS = (timedelta(), timedelta(), timedelta(seconds=7), timedelta(microseconds=1))
_WEEKS = (
    ("mon-fri",),
    ("mon-fri",),
    ("mon-sun",),
    ("mon-fri", "sat"),
    ("mon-thu", "fri-sat"),
    ("wed,sat",),
)
_OFFICE = Timetable.weekly("08:00-12:00, 13:00-17:00")
_LEAP = date(2000, 1, 1)  # a year in which every border of a season exists
_FIRST, _LAST = date(2024, 12, 1), date(2026, 12, 31)
_TURNING = [day for day in TURNING_DAYS if day >= _FIRST]
_DATES = st.one_of(st.sampled_from([*_TURNING, date(2025, 12, 31)]), st.dates(_FIRST, _LAST))


def timetables() -> st.SearchStrategy[Timetable]:
    """Draw weeks of one to three sessions a day, split by weekday, season and date.

    Boundaries lie on half hours or quarters, at times a second or a microsecond off. One in four
    timetables has nights that pass midnight, and some do not close. The simplest is a week of
    office hours.

    Example:
        >>> from hypothesis import find
        >>> print(find(timetables(), lambda timetable: True))
        mon, tue, wed, thu, fri 08:00-12:00, 13:00-17:00
    """
    usual = st.sampled_from((_OFFICE, Timetable.weekly("00:00-24:00", days="mon-sun")))
    plain, nights = (_timetables_of_hours(nights=passes) for passes in (False, True))
    return st.one_of(usual, plain, plain, nights)


@st.composite
def _timetables_of_hours(draw: st.DrawFn, *, nights: bool) -> Timetable:
    week = draw(st.sampled_from(_WEEKS))
    days = sessions(nights=nights)
    hours = [
        Hours(days=part, sessions=draw(days), season=season, effective_from=since, effective_to=end)
        for season in draw(_SEASONS)
        for since, end in draw(_VALIDITY)
        for part in week
    ]
    return Timetable(hours=hours)


@st.composite
def sessions(draw: st.DrawFn, *, nights: bool = False) -> tuple[Session, ...]:
    """Draw the sessions of one day, in order and apart, together an hour or more.

    Args:
        draw: given by Hypothesis.
        nights: the last one passes midnight, and none opens before 06:00.

    Example:
        >>> from hypothesis import find
        >>> print(*find(sessions(), lambda drawn: len(drawn) == 2))
        00:00-00:30 22:00-23:00
    """
    step = draw(st.sampled_from((HOUR / 2, HOUR / 4)))
    nudge = draw(st.sampled_from(_FRACTIONS))
    low = MORNING // step if nights else 0
    count = 2 * draw(st.integers(1, 3))
    span = st.integers(low, 21 * HOUR // step)
    edges = sorted(draw(st.lists(span, min_size=count, max_size=count, unique=True)))
    found = [(step * a + nudge, step * b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    if nights:
        tail = draw(st.integers(1, MORNING // step))
        found.append((22 * HOUR + nudge, DAY + step * tail))
    elif sum((b - a for a, b in found), timedelta()) < HOUR:
        found.append((22 * HOUR, 23 * HOUR + nudge))
    return tuple(Session(a, b) for a, b in found)


def _two_seasons(borders: list[date]) -> Sequence[tuple[tuple[int, int], tuple[int, int]]]:
    return tuple(
        ((one.month, one.day), ((other - DAY).month, (other - DAY).day))
        for one, other in (borders, borders[::-1])
    )


_BORDERS = st.integers(0, 365).map(lambda n: _LEAP + n * DAY)
_SEASONS: st.SearchStrategy[Sequence[tuple[tuple[int, int], tuple[int, int]] | None]] = st.one_of(
    st.just((None,)), st.lists(_BORDERS, min_size=2, max_size=2, unique=True).map(_two_seasons)
)
_VALIDITY: st.SearchStrategy[Sequence[tuple[date | None, date | None]]] = st.one_of(
    st.just(((None, None),)),
    st.dates(_FIRST, _LAST).map(lambda day: ((None, day - DAY), (day, None))),
)


@st.composite
def calendars(
    draw: st.DrawFn,
    *,
    zones: Sequence[str] = ZONES,
    days: Sequence[VietnamDays | None] = (None, VIETNAM_DAYS),
) -> WorkCalendar:
    """Draw calendars with own days, swaps and proposals between 2024-12-01 and 2026-12-31.

    Args:
        draw: given by Hypothesis.
        zones: IANA names of the clocks to draw from.
        days: the public days to draw from. None is a calendar without any.

    Example:
        >>> from hypothesis import given, settings
        >>> @given(calendar=calendars(), at=instants(), budget=budgets())
        ... @settings(max_examples=5)
        ... def test_a_deadline_is_later(calendar, at, budget):
        ...     assert calendar.add(at, budget) > at
        >>> test_a_deadline_is_later()
    """
    timetable = draw(timetables())
    # Not when a public notice was issued, with which another could disagree.
    free = _DATES.filter(lambda day: all(each.issued != day for each in VIETNAM_DAYS.notices))
    swapped = draw(st.lists(free, max_size=2, unique=True))
    proposed = draw(st.lists(_DATES.filter(lambda day: day not in swapped), max_size=1))
    own = draw(st.lists(st.one_of(_DATES, st.sampled_from(swapped or [_LAST])), max_size=4))
    notices = [_make_swap("1/TB", min(swapped), *swapped)] if len(swapped) == 2 else []
    notices += [Notice("2/TB", None, "expected", [NoticeDay(day, "off")]) for day in proposed]
    return WorkCalendar(
        name="drawn",
        timetable=timetable,
        zone=draw(st.sampled_from(zones)),
        days=draw(st.sampled_from(days)),
        notices=notices,
        overrides=[draw(_own_days(day)) for day in sorted({*own})],
    )


@st.composite
def notices(draw: st.DrawFn, *, first: date = date(2025, 4, 21), last: date = _LAST) -> Notice:
    """Draw official notices: a day off, or a swap of two days, from `first` to `last`.

    A notice is issued on the first day it moves or up to sixty days before, and some have no date.
    In a swap one day is off, and the other is worked. Some are only expected.

    Args:
        draw: given by Hypothesis.
        first: the earliest date that is moved.
        last: the latest, included.

    Example:
        >>> from hypothesis import find
        >>> print(find(notices(), lambda notice: notice.status == "expected"))
        Notice, document ..., status expected, ...
    """
    turning = [day for day in TURNING_DAYS if first <= day <= last]
    whole = st.dates(first, last)
    dates = st.one_of(whole, st.sampled_from(turning)) if turning else whole
    off, worked = draw(dates), draw(dates)
    days = (off, worked) if off != worked and draw(st.booleans()) else (off,)
    before = draw(st.sampled_from((0, 1, 7, 30, 60, None)))
    issued = None if before is None else min(days) - before * DAY
    document = f"{draw(st.integers(1, 998))}/TB"
    status = draw(st.sampled_from(("official", "expected")))
    if len(days) == 2:
        return _make_swap(document, issued, off, worked, status=status)
    return Notice(document, issued, status, [NoticeDay(off, "off")])


def _make_swap(
    document: str, issued: date | None, off: date, worked: date, *, status: str = "official"
) -> Notice:
    days = [NoticeDay(off, "off", worked), NoticeDay(worked, "worked", off)]
    return Notice(document, issued, status, days)


def _own_days(day: date) -> st.SearchStrategy[NoticeDay]:
    fixed = [NoticeDay(day, "off"), NoticeDay(day, "worked")]
    hours = st.booleans().flatmap(lambda nights: sessions(nights=nights))
    return st.one_of(
        st.sampled_from(fixed), hours.map(lambda own: NoticeDay(day, "hours", sessions=own))
    )


def turning_days(calendar: WorkCalendar) -> tuple[date, ...]:
    """Return the dates at which the hours of a drawn calendar change: where defects live.

    Example:
        >>> [str(each) for each in turning_days(vietnam_calendar("VP"))][:2]
        ['2025-04-16', '2025-10-16']
    """
    named = {day.date for notice in calendar.notices for day in notice.days}
    named |= {day.date for day in calendar.overrides}
    for part in _hours_of(calendar):
        named |= {day for day in (part.effective_from, part.effective_to) if day}
        borders = [] if part.season is None else [part.season[0]]
        named |= {date(year, *day) for year in (2025, 2026) for day in borders if day != (2, 29)}
    return tuple(sorted(named | {date(2025, 12, 31)}))


def boundaries(calendar: WorkCalendar) -> tuple[time, ...]:
    """Return the wall-clock times at which sessions of a calendar open and close.

    Example:
        >>> [str(each) for each in boundaries(vietnam_calendar("VP"))][:3]
        ['07:00:00', '07:30:00', '11:30:00']
    """
    days = [part.sessions for part in _hours_of(calendar)]
    days += [day.sessions for day in calendar.overrides]
    edges = {edge for day in days for part in day for edge in (part.open, part.close)}
    midnight = datetime(2000, 1, 1, tzinfo=UTC)
    return tuple(sorted({(midnight + edge).time() for edge in edges}))


def _hours_of(calendar: WorkCalendar) -> Iterable[Hours]:
    return calendar.timetable.hours if isinstance(calendar.timetable, Timetable) else ()


_UNITS = ("working_days", "days", "weeks", "months", "years")
_MOST = {"working_days": 60, "days": 90, "weeks": 12, "months": 12, "years": 2}
_RECEIVED: tuple[str | time, ...] = ("date", "opening", time(15))
_STAGES = (Role.OFFICER, Role.AGENCY, Role.PROVIDER, Role.LEADERSHIP)
_CONTACT = ("name", "reply", "address", "phone", "email")
_FLAGS = (
    "reschedule_moves_due", "reschedule_after_due", "first_appointment_counts",
    "reassign_restarts_clock", "notice_reaches_back", "contact_gate",
)  # fmt: skip


@st.composite
def terms(draw: st.DrawFn) -> Term:
    """Draw terms in working days, days, weeks, months and years, with every option they may have.

    None is longer than two years. The simplest is of one working day.

    Example:
        >>> from hypothesis import find
        >>> print(find(terms(), lambda term: term.unit == "months"))
        1 month
    """
    unit = draw(st.sampled_from(_UNITS))
    ends = draw(st.sampled_from(("midnight", "closing")))
    received: str | time = draw(st.sampled_from(_RECEIVED))
    counts_first_day, stays = draw(st.booleans()), draw(st.booleans())
    is_open = ends == "midnight"
    return Term(
        count=draw(st.integers(1, _MOST[unit])),
        unit=unit,
        ends=ends,
        received=received,
        counts_first_day=counts_first_day and (is_open or received == "opening"),
        rolls=not (stays and is_open and unit != "working_days"),
    )


def rules(*, like: Rules = HOA_BINH_2019) -> st.SearchStrategy[Rules]:
    """Draw rules with limits, a number of reschedules and readings of their own.

    Half of the values that may differ are those of `like`. A limit is working time up to 200 hours,
    or a term.

    Args:
        like: rules that give articles, dates, prefix and everything else.

    Raises:
        InputTypeError: `like` is no `Rules`.

    Example:
        >>> from hypothesis import given, settings
        >>> @given(drawn=rules())
        ... @settings(max_examples=5)
        ... def test_articles_stay(drawn):
        ...     assert drawn.officer_limit.article == HOA_BINH_2019.officer_limit.article
        >>> test_articles_stay()
    """
    require_kind(like, Rules, field="like")
    named = {
        "officer_limit": _limits(like.officer_limit),
        "agency_limit": _limits(like.agency_limit),
        **_list_choices(like),
    }
    return st.fixed_dictionaries(named).map(lambda given: attrs.evolve(like, name="DRAWN", **given))


def _list_choices(like: Rules) -> Mapping[str, st.SearchStrategy[Any]]:
    """Return the choices for each option. The first choice is that of `like`."""
    choices: dict[str, st.SearchStrategy[Any]] = {
        "reschedules": st.integers(0, 3),
        "late_after": st.sampled_from(("due", "next_opening")),
        "asked_again": st.sampled_from(("continues", "fresh")),
        "overdue_stages": st.frozensets(st.sampled_from(_STAGES)),
        "contact_required": st.frozensets(st.sampled_from(_CONTACT)),
    }
    choices |= {name: st.booleans() for name in _FLAGS}
    limits = ("reply_limit", "provider_limit", "leadership_limit")
    choices |= {name: _limits(like.officer_limit) for name in limits}
    return {name: st.one_of(st.just(getattr(like, name)), drawn) for name, drawn in choices.items()}


def _limits(like: Limit) -> st.SearchStrategy[Limit]:
    """Draw a limit of another length, by the same clause."""
    hours = budgets(least=timedelta(minutes=1))
    days = terms().filter(lambda term: term.unit in ("working_days", "days"))
    return st.one_of(hours, hours, days).map(lambda drawn: attrs.evolve(like, budget=drawn))


T = TypeVar("T")
_OPERATOR = cast.PEOPLE[Role.OPERATOR]
PEOPLE = (
    _OPERATOR,
    *(each for role, each in cast.PEOPLE.items() if role not in (Role.OPERATOR, Role.SYSTEM)),
    Person(id="dtv-mau-2", role="operator"),
    Person(id="cb-mau-2", role="officer", unit=cast.UNIT),
    Person(id="dm-mau-2", role="agency", unit=cast.SECOND_UNIT),
    Person(id="tt-mau-2", role="agency_head", unit=cast.SECOND_UNIT),
    Person(id="cd-mau-2", role="citizen"),
)
"""Everybody who is drawn: those of a walk, and a second one of some roles."""

CONTENTS = (
    "Hỏi thủ tục cấp lại giấy khai sinh",
    "Chờ hai giờ ở bộ phận một cửa, không ai tiếp",
    "Đèn đường hỏng đã một tháng",
)
HOSTILE = (
    "", " \u200b\n", "=HYPERLINK(\"http://vidu.vn\")", "<script>alert(1)</script>",
    "'; DROP TABLE cases; --", "\u202egnưđ nèĐ", "\x1b[2J\x1b]0;x\x07", "🚌\u200d🚦 𠀀",
    "Pha\u0309n a\u0301nh", "a\u2028b\u0085c", "%s {0} \\u0000 &#0;", "x" * 20_000,
)  # fmt: skip
"""Texts that careless programs lose, run or show; each may stand in a request."""
_SENDERS = {
    "name": (None, "Nguyễn Văn An", "An"),
    "phone": (None, "02183831022", "+84 218 383 1022", "không có"),
    "email": (None, "an@vidu.vn", "an@vidu"),
    "address": (None, "Tổ 5, phường Phương Lâm"),
    "id": (None, "cd-mau"),
}
_USUAL_PARTS = {"name": st.just("Nguyễn Văn An"), "phone": st.just("02183831022")}
# What may stand in a text: anything but NUL and lone surrogates.
_LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\0")
_ODD = st.one_of(st.sampled_from(HOSTILE[2:]), st.text(_LETTERS, min_size=1, max_size=40))


def build_again(drawn: st.SearchStrategy[T]) -> st.SearchStrategy[T]:
    """Return the same values, made once more by `builds`: so a failing example shows the call.

    The repr of an act hides its texts.
    """
    return drawn.flatmap(_rebuild)


@lru_cache(maxsize=1_000)  # a strategy costs more than what it draws
def _rebuild(value: Any) -> st.SearchStrategy[Any]:
    kind = type(value)
    if isinstance(value, Enum):
        return st.just(value.value)
    if isinstance(value, tuple):
        return st.tuples(*map(_rebuild, value))
    if not attrs.has(kind):
        return st.just(value)
    given = {field: getattr(value, field.name) for field in attrs.fields(kind)}
    changed = {field.name: found for field, found in given.items() if found != field.default}
    return st.builds(kind, **{name: _rebuild(found) for name, found in changed.items()})


def actors(*, role: Role | str | None = None) -> st.SearchStrategy[Person]:
    """Draw persons of every role but the system, or of one. The simplest is an operator.

    Raises:
        InputError: an unknown role.

    Example:
        >>> from hypothesis import find
        >>> print(find(actors(role="officer"), lambda person: True))
        officer cb-mau (so-mau)
    """
    roles = tuple(dict.fromkeys(each.role.value for each in PEOPLE))
    chosen = roles if role is None else list_names([role], known=roles, field="role")
    return build_again(st.sampled_from([each for each in PEOPLE if each.role in chosen]))


def senders(*, hostile: bool = False) -> st.SearchStrategy[Sender]:
    """Draw senders with parts that may be missing or useless. The simplest can be answered.

    Args:
        hostile: names and addresses that careless programs lose, run or show.

    Example:
        >>> from hypothesis import find
        >>> find(senders(), lambda sender: sender.email is None).name
        'Nguyễn Văn An'
    """
    lines = [text for text in HOSTILE if len(text) <= 300 and not {"\n", "\r"} & {*text}]
    odd = st.sampled_from(lines if hostile else [None])
    parts: dict[str, Any] = {name: st.sampled_from(known) for name, known in _SENDERS.items()}
    parts |= {name: st.one_of(parts[name], odd) for name in ("name", "address")}
    return st.one_of(_make_sender(_USUAL_PARTS), _make_sender(parts))


@st.composite
def _make_sender(draw: st.DrawFn, parts: dict[str, st.SearchStrategy[Any]]) -> Sender:
    """Draw a sender, and note it for a failing example, because its repr hides who it is."""
    given = {name: draw(part) for name, part in parts.items()}
    shown = ", ".join(f"{name}={value!r}" for name, value in given.items() if value is not None)
    note(f"Sender({shown})")
    return Sender(**given)


def requests(
    *,
    kinds: Iterable[Kind | str] = Kind,
    channels: Iterable[Channel | str] = Channel,
    by: Person | None = None,
    hostile: bool = False,
    complete: bool = False,
) -> st.SearchStrategy[Receive]:
    """Draw requests of every kind, by every channel: `desk.do(None, request)` takes one.

    The simplest asks for information by phone. Calls are taken by an operator.

    Args:
        kinds: only of these kinds.
        channels: only by these channels.
        by: the person who records it, such as an operator, by default also the citizen, except for
            calls.
        hostile: texts that careless programs lose, run or show, in content and sender too.
        complete: only requests that meet all of Article 6: the sender can be answered, and the
            content is Vietnamese and not blank.

    Raises:
        InputError: an unknown kind or channel, or none. InputTypeError: `by` is no person.

    Example:
        >>> from hypothesis import given, settings
        >>> @given(request=requests(hostile=True))
        ... @settings(max_examples=5)
        ... def test_every_request_is_received(request):
        ...     assert a_desk().do(None, request).is_open
        >>> test_every_request_is_received()
    """
    chosen = list_members(Kind, kinds, field="kinds")
    ways = list_members(Channel, channels, field="channels")
    if by is not None:
        require_kind(by, Person, field="by")
    callers = [_OPERATOR, cast.PEOPLE[Role.CITIZEN]] if by is None else [by]
    contents = st.sampled_from(CONTENTS if complete else (*CONTENTS, "", " "))
    staff = [each for each in PEOPLE if each.unit]
    named = [Accused(id=each.id, unit=each.unit or "") for each in staff]
    accused = st.lists(st.sampled_from([*named, Accused(unit=cast.UNIT)]), max_size=2).map(tuple)
    drawn = st.tuples(
        st.sampled_from(chosen), st.sampled_from(ways), st.sampled_from(callers), accused
    ).filter(lambda each: by is not None or each[1] != "phone" or each[2] is _OPERATOR)

    text = st.one_of(contents, _ODD) if hostile else contents
    sender = _make_sender(_USUAL_PARTS) if complete else senders(hostile=hostile)
    language = st.sampled_from(("vi",) if complete else ("vi", "vi", "en", "zh-Hant"))

    @lru_cache(maxsize=1_000)
    def build(drawn: tuple[Kind, Channel, Person, tuple[Accused, ...]]) -> Any:
        kind, channel, person, people = drawn
        return st.builds(
            Receive,
            kind=st.just(kind.value),
            channel=st.just(channel.value),
            content=text,
            sender=sender,
            accused=_rebuild(people if kind is Kind.CONDUCT else people[:1]),
            about_unit=st.sampled_from((None, cast.UNIT)),
            language=language,
            by=_rebuild(person),
        )

    return drawn.flatmap(build)


TRIGGERS = tuple(trigger for trigger in ACTS if trigger not in SYSTEM_TRIGGERS)
"""What people may ask for, a receipt first."""
_STEPS = (timedelta(minutes=1), timedelta(minutes=1), HOUR, HOUR, 8 * HOUR, DAY)
# What leads deep into the table. A case that was answered at once has little to tell.
_WEIGHTS = {"escalate": 6, "request_verification": 6, "reschedule": 8, "advise": 6, "rate": 6}


def acts(
    *,
    case: Case | None = None,
    by: Person | None = None,
    well_formed: bool = True,
    triggers: Iterable[str] | None = None,
    at: datetime | None = None,
    rules: Rules = HOA_BINH_2019,
) -> st.SearchStrategy[Act]:
    """Draw acts for `desk.do(case, act)`, or for `desk.do(None, act)` if one is a receipt.

    An act is well formed if the rules record it: it has the content that such an act needs, and
    comes from the holder of the case, or from another who may ask.

    Args:
        case: the case that the acts fit in state, holder, units and due time. Without one they are
            receipts, or acts on sample cases.
        by: the person who asks.
        well_formed: False spoils an act in one way: it comes from a person who may not ask, or its
            text is blank, its time gone by, or it names the wrong person.
        triggers: only these, such as `["reschedule"]`, by default all that the case's state has.
            A text is one of them.
        at: the moment at which they are asked, by default that of the case's last event.
        rules: with the table of steps that the case's state has.

    Raises:
        InputError: an unknown trigger. InputTypeError: `case`, `by` or `rules` is of another kind.

    Example:
        >>> from hypothesis import given, settings
        >>> @given(act=acts(case=case))
        ... @settings(max_examples=5)
        ... def test_who_asks_may_do_it(act):
        ...     assert desk.allowed(case, by=act.by)[act.trigger] == ()
        >>> test_who_asks_may_do_it()
    """
    for field, value, kind in (("case", case, Case), ("by", by, Person)):
        if value is not None:
            require_kind(value, kind, field=field)
    require_kind(rules, Rules, field="rules")
    chosen = list_names(triggers or (), known=TRIGGERS, field="triggers")
    if case is None and {*chosen} <= {"receive"}:
        return requests(by=by)
    found = [
        act
        for each in (_make_samples() if case is None else (case,))
        for act in list_acts(each, rules, at or each.updated_at, by=by, recorded=well_formed)
        if not chosen or act.trigger in chosen
    ]
    likely = [act for act in found for _ in range(_WEIGHTS.get(act.trigger, 1))]
    return build_again(st.sampled_from(likely)) if likely else st.nothing()


@cache
def _make_samples() -> tuple[Case, ...]:
    """Return cases that between them have every act."""
    walk = make_exploration(HOA_BINH_2019, depth=4)
    walk.walk(list_requests([Kind.CONDUCT, Kind.PROPOSAL]))
    found = [node.case for node in walk.nodes.values()][::-1]  # the nearest of its kind is kept
    apart = attrgetter("state", "holder", "handled_by", "units_told", "published")
    return tuple({apart(each): each for each in found}.values())


def list_acts(
    case: Case, rules: Rules, at: datetime, *, by: Person | None = None, recorded: bool = True
) -> list[Act]:
    """Return the acts on a case that the rules record, or those with one thing wrong."""
    hours, found = make_lookup(make_hours()), list[Act]()
    context = DecisionContext(at=at, rules=rules, calendar_for=hours, named_by_code=True)
    well = (*GOOD_ACTS, *OTHER_WAYS, *SAME_WAYS)
    people = [(by, "right")] if by else list_actors(case)
    for variant in well if recorded else (*GOOD_ACTS, *SPOILED_ACTS):
        fields = (
            None
            if variant.trigger in SYSTEM_TRIGGERS
            else variant.find(Situation(case, at, rules, hours))
        )
        for person, identity in people if fields is not None else ():
            if identity == "right" or not (recorded or variant in SPOILED_ACTS):
                act = ACTS[variant.trigger](by=person, **dict(fields or ()))
                if isinstance(decide(case, act, context), Recorded) is recorded:
                    found.append(act)
    return found


def case_of(
    lines: Sequence[Mapping[str, Any]],
    *,
    rules: Rules = HOA_BINH_2019,
    calendar: CalendarChoice | None = None,
) -> Case:
    """Return the case that the lines of an act log lead to, by replaying them in memory.

    Args:
        lines: of one case, such as `histories_of` draws. Each is recorded.
        rules: with the limits and readings to apply.
        calendar: the office hours, as a `Desk` takes them.

    Raises:
        InputError: a line that is not recorded, or lines of no case or of several.

    Example:
        >>> line = {
        ...     "act": "receive", "at": "2025-04-25T15:00:00+07:00", "case": "A",
        ...     "by": {"id": "OP-1", "role": "operator"},
        ...     "kind": "information", "channel": "phone", "content": "Hỏi mẫu đơn",
        ...     "sender": {"name": "Người gửi mẫu", "phone": "02183831022"},
        ... }
        >>> print(case_of([line]))
        HB-2504-... received, operator
    """
    desk = Desk(rules=rules, calendar=calendar)
    for outcome in replay([json.dumps(line).encode() for line in lines], desk=desk, name="lines"):
        if outcome.outcome != "recorded":
            why = ", ".join(reason.code for reason in outcome.reasons)
            raise InputError(
                field="lines", code="line_not_recorded", number=outcome.line, detail=why
            )
    rows = desk.store.find(Query(limit=2)).rows
    if len(rows) != 1:
        raise InputError(field="lines", code="lines_of_one_case", count=len(rows))
    return desk.get(rows[0].case)


def histories_of(
    rules: Rules, *, calendar: CalendarChoice | None = None, most_acts: int = 8
) -> st.SearchStrategy[list[dict[str, Any]]]:
    """Draw the history of a case as lines of an act log, all of which the rules allow.

    Each line is a dictionary in the format of `phananh replay`. The case is named A. `case_of`
    gives the case. Between two acts passes a minute, an hour, a day, or the time until the limit
    runs out or a microsecond more.

    Args:
        rules: that decide on the acts.
        calendar: the office hours, as a `Desk` takes them, preset A by default.
        most_acts: the most acts after the receipt, 0 for the receipt alone.

    Raises:
        InputTypeError: `rules` is no `Rules`.
        InputError: `most_acts` is no whole number, 0 or more.

    Example:
        >>> from hypothesis import given, settings
        >>> @given(lines=histories_of(HOA_BINH_2019, most_acts=3))
        ... @settings(max_examples=5)
        ... def test_a_history_begins_with_a_receipt(lines):
        ...     assert lines[0]["act"] == "receive"
        >>> test_a_history_begins_with_a_receipt()
    """
    require_kind(rules, Rules, field="rules")
    require_number(most_acts, least=0, field="most_acts")
    begins = instants(first=max(rules.valid_from, date(2019, 1, 2)), last=date(2026, 6, 30))

    @st.composite
    def lines_of_case(draw: st.DrawFn) -> list[dict[str, Any]]:
        at, act = draw(begins), draw(_RECEIPTS)
        # The clock is at each act, because none may lie ahead of it.
        desk = Desk(rules=rules, calendar=calendar, clock=lambda: at, randbits=lambda _bits: 0)
        case = desk.do(None, act, at=at)
        lines = [make_line(act, at, case="A")]
        for _ in range(draw(st.integers(0, most_acts))):
            edges = [case.clock.late_after] * 2 if case.clock else []
            later = [*(at + step for step in _STEPS), *(edge for edge in edges if edge >= at)]
            at = draw(st.sampled_from(later)) + draw(st.sampled_from((0, 0, 1))) * MICROSECOND
            at = datetime.fromisoformat(at.isoformat())
            seen = desk.as_of(case, at=at)
            try:
                act = draw(acts(case=seen, rules=rules, at=at))
                case = desk.do(case, act, at=at)
            except (CoverageError, RefusedError):
                continue  # the hours of the desk may differ from those of a walk
            lines.append(make_line(act, at, case="A"))
        return lines

    return lines_of_case()


# Most lack nothing, and are of a kind that is handled.
_HANDLED = requests(complete=True, kinds=[kind for kind in Kind if kind not in EXCLUDED])
_RECEIPTS: st.SearchStrategy[Act] = st.one_of(_HANDLED, _HANDLED, requests())


def cases(
    *, rules: Rules = HOA_BINH_2019, calendar: CalendarChoice | None = None, most_acts: int = 8
) -> st.SearchStrategy[Case]:
    """Draw cases that such histories lead to, printed as the call that replays them.

    Args:
        rules: that decide on the acts.
        calendar: the office hours, as a `Desk` takes them, preset A by default.
        most_acts: the most acts after the receipt, 0 for the receipt alone.

    Raises:
        InputTypeError: `rules` is no `Rules`.
        InputError: `most_acts` is no whole number, 0 or more.

    Example:
        >>> from hypothesis import given, settings
        >>> @given(case=cases())
        ... @settings(max_examples=5)
        ... def test_no_case_is_put_off_twice(case):
        ...     assert len(case.reschedules) <= 1
        >>> test_no_case_is_put_off_twice()
    """
    lines = histories_of(rules, calendar=calendar, most_acts=most_acts)
    given: dict[str, Any] = {"rules": rules} if rules != HOA_BINH_2019 else {}
    given |= {"calendar": calendar} if calendar is not None else {}
    return st.builds(case_of, lines, **{name: st.just(value) for name, value in given.items()})
