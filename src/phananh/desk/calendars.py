"""Which calendar a stored deadline was set on, and which are in use: by name and version (R15).

A deadline names the calendar that it was set on. The desk looks for exactly that one among its
present and former calendars, and among their states on earlier days. It does not use another
version under the same name in its place.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import TypeVar

import attrs

from phananh.desk.core import DeskCore
from phananh.errors import InputError, NoWorkingTimeError, UnknownCalendarError
from phananh.plain_value import PlainValue
from phananh.regulation.context import CalendarChoice, list_calendars, make_lookup
from phananh.regulation.deadline import Deadline
from phananh.regulation.request import Holder, Role
from phananh.stores.base import IndexRow, Query
from phananh.worktime import WorkCalendar

_SHOWN = 5
_END = datetime(2199, 12, 31, 23, 59, tzinfo=UTC)  # no limit ends later
D = TypeVar("D", bound=DeskCore)


@attrs.frozen(kw_only=True)
class CalendarInUse(PlainValue):
    """A calendar that open deadlines name: their number, and the first of their cases.

    `is_known`: the desk has a calendar of that name, so that it can be counted anew.
    `is_at_hand`: it has that very version, so that the deadline can be explained.
    """

    name: str
    version: str
    deadlines: int
    cases: tuple[str, ...]
    is_known: bool
    is_at_hand: bool

    def with_more(self, deadlines: int, cases: Iterable[str]) -> "CalendarInUse":
        """Return it with more deadlines, naming the first few cases."""
        named = (*self.cases, *cases)[:_SHOWN]
        return attrs.evolve(self, deadlines=self.deadlines + deadlines, cases=named)


@attrs.frozen
class _Named:
    """The calendar that deadlines name, and when their cases came to their holders."""

    name: str
    version: str
    since: tuple[datetime, ...]


# by name, version and whether the name is known
InUse = dict[tuple[str, str, bool], CalendarInUse]


def calendar_of(
    desk: DeskCore, deadline: Deadline, *, holder: Holder | None = None
) -> WorkCalendar:
    """Return the calendar on which a deadline was set, as it was then."""
    known = _list_known(desk, holder)
    found = _find_version(_Named(deadline.calendar, deadline.version, (deadline.start,)), known)
    if found is None:
        raise UnknownCalendarError(
            calendars=(f"{deadline.calendar} {deadline.version}",),
            cases=(),
            deadlines=1,
            known=_list_names(known),
        )
    return found


def calendar_today(
    desk: DeskCore, deadline: Deadline, *, holder: Holder | None = None
) -> WorkCalendar | None:
    """Return the calendar of today that has the name a deadline gives, or None."""
    known = (*_list_of_holder(desk, holder), *list_calendars(desk.calendar))
    return next((each for each in known if each.name == deadline.calendar), None)


def query_running(after: str | None = None, *, limit: int = 500) -> Query:
    """Return the query for the cases with a running limit, the first due first."""
    return Query(is_open=True, due_before=_END, limit=limit, after=after)


def check_calendars(
    desk: DeskCore, *, on_page: Callable[[int], None] | None = None
) -> tuple[CalendarInUse, ...]:
    """Return every calendar that open deadlines name, and refuse one of an unknown name.

    The store counts them in an index, so neither cases nor their rows are read.
    """
    found: InUse = {}
    counted = 0
    for use in desk.store.list_calendars():
        _count_use(desk, use.rows, use.deadlines, found)
        counted += use.deadlines
        if on_page is not None:
            on_page(counted)
    used = tuple(sorted(found.values(), key=lambda use: (use.name, use.version)))
    _refuse_unknown(desk, used)
    return used


def check_calendars_of(desk: DeskCore, rows: Iterable[IndexRow]) -> None:
    """Refuse cases of which a running limit names a calendar that the desk does not know."""
    found: InUse = {}
    for row in rows:
        _count_use(desk, (row,), 1, found)
    _refuse_unknown(desk, found.values())


def with_calendars(desk: D, calendar: CalendarChoice, *, former: Iterable[WorkCalendar] = ()) -> D:
    """Return the desk with other hours, after a check that no deadline loses its calendar."""
    hours, former = make_lookup(calendar), tuple(former)
    names = {each.name for each in (*list_calendars(hours), *former)}
    replaced = (each for each in _list_known(desk) if each.name in names)
    kept = tuple(dict.fromkeys((*former, *replaced)))
    changed = attrs.evolve(desk, calendar=hours, former=kept)
    check_calendars(changed)
    return changed


def _list_of_holder(desk: DeskCore, holder: Holder | None) -> tuple[WorkCalendar, ...]:
    """Return the calendar of `holder` today, or none if the desk was not given one."""
    with suppress(InputError):
        return (desk.calendar(holder.role, holder.unit),) if holder else ()
    return ()


def _list_known(desk: DeskCore, holder: Holder | None = None) -> tuple[WorkCalendar, ...]:
    """Return every calendar the desk knows, and that of `holder` today."""
    return (*list_calendars(desk.calendar), *_list_of_holder(desk, holder), *desk.former)


def _count_use(desk: DeskCore, rows: Sequence[IndexRow], deadlines: int, found: InUse) -> None:
    """Count running limits of one calendar, role and unit. `rows` are some of their cases."""
    row = rows[0]
    if row.calendar is None or row.calendar_version is None:
        return
    named = _Named(row.calendar, row.calendar_version, tuple(each.since for each in rows))
    known = _list_known(desk, Holder(role=Role(row.holder), unit=row.unit) if row.holder else None)
    is_known = any(each.name == named.name for each in known)
    key = (named.name, named.version, is_known)
    if key not in found:
        found[key] = CalendarInUse(
            name=named.name,
            version=named.version,
            deadlines=0,
            cases=(),
            is_known=is_known,
            is_at_hand=_find_version(named, known) is not None,
        )
    found[key] = found[key].with_more(deadlines, (each.case for each in rows))


def _refuse_unknown(desk: DeskCore, uses: Iterable[CalendarInUse]) -> None:
    unknown = [use for use in uses if not use.is_known]
    if unknown:
        raise UnknownCalendarError(
            calendars=tuple(dict.fromkeys(use.name for use in unknown)),
            cases=tuple(case for use in unknown for case in use.cases)[:_SHOWN],
            deadlines=sum(use.deadlines for use in unknown),
            known=_list_names(_list_known(desk)),
        )


def _list_names(calendars: Iterable[WorkCalendar]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(f"{each.name} {each.version}" for each in calendars))


def _find_version(named: _Named, known: Iterable[WorkCalendar]) -> WorkCalendar | None:
    """Return the calendar of that very name and version: given, or one as it was known once."""
    same = [each for each in known if each.name == named.name]
    for calendar in same:
        if calendar.version == named.version:
            return calendar
    for calendar in same:
        for earlier in _list_earlier(calendar, named.since):
            if earlier.version == named.version:
                return earlier
    return None


def _list_earlier(calendar: WorkCalendar, since: Iterable[datetime]) -> Iterator[WorkCalendar]:
    """Yield the calendar without its latest notices, and as it was known on earlier days."""
    if calendar.notices:  # given since, whatever their date
        yield attrs.evolve(calendar, notices=())
    for day in _list_days_to_ask(calendar, since):
        with suppress(InputError, NoWorkingTimeError):  # nobody can say what was known then
            own = (n for n in calendar.notices if n.known_on and n.known_on <= day)
            yield attrs.evolve(calendar, notices=own)
            yield calendar.as_of(day)


def _list_days_to_ask(calendar: WorkCalendar, since: Iterable[datetime]) -> list[date]:
    """Return the days on which it was set, and the eves of those on which notices became known."""
    public = calendar.days.notices if calendar.days else ()
    known = {notice.known_on for notice in (*public, *calendar.notices) if notice.known_on}
    eves = sorted((day - timedelta(days=1) for day in known), reverse=True)
    return [*dict.fromkeys(calendar.local(each).date() for each in since), *eves]
