"""Which versions of calendars a desk still has, of those that running limits name."""

from datetime import date, datetime

import pytest

from phananh import Desk, MemoryStore, WorkCalendar
from phananh.stores.base import CalendarUse, Store
from phananh.worktime import Notice, NoticeDay, Timetable
from tests.desk import people as p

MORNINGS = WorkCalendar(name="mornings", timetable=Timetable.weekly("08:00-12:00"), days=None)
EVENINGS = WorkCalendar(name="evenings", timetable=Timetable.weekly("17:00-19:00"), days=None)
STORM = Notice("TB 1", date(2026, 4, 10), days=[NoticeDay(date(2026, 9, 1), "off")])
OLD = MORNINGS | EVENINGS
NEW = MORNINGS.with_notices([STORM]) | EVENINGS
MARCH, EARLY, LATE = (
    datetime(2026, month, day, 9, tzinfo=p.VIETNAM) for month, day in ((3, 4), (4, 1), (4, 20))
)


@pytest.mark.parametrize("first", [EARLY, LATE])
def test_a_version_is_at_hand_if_any_of_its_cases_leads_to_it(
    store: Store, hand: p.Hand, first: datetime
) -> None:
    """The order of ids does not matter if one case was passed on before a notice, one after."""
    desk = Desk(store=store, clock=hand, calendar=OLD)
    hand.at = MARCH
    one = p.a_case(desk)  # of March, so that its id is the first
    for hand.at in (EARLY, LATE):
        if hand.at == first:
            desk.escalate(one, to=p.OFFICER, by=p.OPERATOR)
        else:
            p.with_officer(desk)
    [use] = Desk(store=store, clock=hand, calendar=NEW).check_calendars()
    assert (use.version, use.deadlines, use.is_known) == (OLD.version, 2, True)
    assert use.cases[0] == one.id
    assert use.is_at_hand


class Backwards(MemoryStore):
    """A store that lists what is in use in the order that it happens to have."""

    def list_calendars(self) -> tuple[CalendarUse, ...]:
        """Return the same, the last first."""
        return super().list_calendars()[::-1]


def test_versions_are_listed_in_order(hand: p.Hand) -> None:
    """Those of one calendar are in the order of their versions, whatever the store returns."""
    with Backwards() as store:
        hand.at = EARLY
        p.with_officer(Desk(store=store, clock=hand, calendar=OLD))
        desk = Desk(store=store, clock=hand, calendar=NEW, former=[OLD])
        p.with_officer(desk)
        versions = [use.version for use in desk.check_calendars()]
    assert versions == sorted([OLD.version, NEW.version])
