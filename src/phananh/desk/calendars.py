"""Which calendar a stored deadline was set on, and which are in use: by name and version (R15).

A deadline names the calendar that it was set on. The desk looks for exactly that one among its
present and former calendars, and among their states on earlier days. It does not use another
version under the same name in its place.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

import attrs

from phananh.errors import InputError, NoWorkingTimeError, UnknownCalendarError
from phananh.plain_value import PlainValue
from phananh.regulation.context import list_calendars
from phananh.regulation.request import Holder, Role
from phananh.stores.base import CalendarUse, IndexRow
from phananh.stores.index_row import make_use
from phananh.worktime import WorkCalendar

if TYPE_CHECKING:
    from phananh.desk.desk import Desk

_SHOWN = 5  # cases that are named


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class CalendarInUse(PlainValue):
    """A calendar that open deadlines name: their number, and the first of their cases.

    `is_known`: the desk has a calendar of that name, so that it can be computed anew.
    `is_at_hand`: it has that very version, so that the deadline can be explained.
    """

    name: str
    version: str
    deadlines: int
    cases: tuple[str, ...]
    is_known: bool
    is_at_hand: bool


def check_calendars_of(desk: Desk, rows: Iterable[IndexRow]) -> None:
    """Refuse cases of which a running limit names a calendar that the desk does not know."""
    check_uses(desk, (make_use((row,), 1) for row in rows if row.calendar is not None))


def list_of_holder(desk: Desk, holder: Holder | None) -> tuple[WorkCalendar, ...]:
    """Return the calendar of `holder` today, or none if the desk was not given one."""
    with suppress(InputError):
        return (desk.calendar(holder.role, holder.unit),) if holder else ()
    return ()


def list_known(desk: Desk, holder: Holder | None = None) -> tuple[WorkCalendar, ...]:
    """Return every calendar the desk knows, and that of `holder` today."""
    return (*list_calendars(desk.calendar), *list_of_holder(desk, holder), *desk.former)


def check_uses(desk: Desk, uses: Iterable[CalendarUse]) -> tuple[CalendarInUse, ...]:
    """Return the calendars in use, each once, and refuse one of an unknown name."""
    found: dict[tuple[str, str, bool], CalendarInUse] = {}
    for use in uses:
        holder = Holder(role=Role(use.holder), unit=use.unit) if use.holder else None
        known = list_known(desk, holder)
        is_known = any(each.name == use.calendar for each in known)
        key = use.calendar, use.version, is_known
        if key not in found:
            since = [row.since for row in use.rows]
            at_hand = find_version(known, use.calendar, use.version, since)
            found[key] = CalendarInUse(
                name=use.calendar,
                version=use.version,
                deadlines=0,
                cases=(),
                is_known=is_known,
                is_at_hand=at_hand is not None,
            )
        found[key] = attrs.evolve(
            found[key],
            deadlines=found[key].deadlines + use.deadlines,
            cases=(*found[key].cases, *(row.case for row in use.rows))[:_SHOWN],
        )
    used = tuple(sorted(found.values(), key=lambda use: (use.name, use.version)))
    unknown = [use for use in used if not use.is_known]
    if unknown:
        raise UnknownCalendarError(
            calendars=tuple(dict.fromkeys(use.name for use in unknown)),
            cases=tuple(case for use in unknown for case in use.cases)[:_SHOWN],
            deadlines=sum(use.deadlines for use in unknown),
            known=list_names(list_known(desk)),
        )
    return used


def list_names(calendars: Iterable[WorkCalendar]) -> tuple[str, ...]:
    """Return the name and version of each, once."""
    return tuple(dict.fromkeys(f"{each.name} {each.version}" for each in calendars))


def find_version(
    known: Iterable[WorkCalendar], name: str, version: str, since: Sequence[datetime]
) -> WorkCalendar | None:
    """Return the calendar of that very name and version: given, or one as it was known once.

    `since` is when its cases came to their holders.
    """
    same = [each for each in known if each.name == name]
    earlier = (older for each in same for older in _list_earlier(each, since))
    return next((each for each in (*same, *earlier) if each.version == version), None)


def _list_earlier(calendar: WorkCalendar, since: Sequence[datetime]) -> Iterator[WorkCalendar]:
    """Yield the calendar without its latest notices, and as it was known on earlier days.

    The eve of its first notice is one of these days, and shows it without any.
    """
    for day in _list_days_to_ask(calendar, since):
        with suppress(InputError, NoWorkingTimeError):  # nobody can say what was known then
            own = tuple([n for n in calendar.notices if n.known_on and n.known_on <= day])
            if own != calendar.notices:
                yield attrs.evolve(calendar, notices=own)
            yield calendar.as_of(day)


def _list_days_to_ask(calendar: WorkCalendar, since: Sequence[datetime]) -> list[date]:
    """Return the days on which it was set, and the eves of those on which notices became known."""
    public = calendar.days.notices if calendar.days else ()
    known = {notice.known_on for notice in (*public, *calendar.notices) if notice.known_on}
    eves = (day - timedelta(days=1) for day in sorted(known))
    return [*dict.fromkeys(calendar.local(each).date() for each in since), *eves]
