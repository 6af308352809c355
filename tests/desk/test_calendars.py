"""Whose hours count is chosen by role and unit, and what was promised on them stays explicable."""

from datetime import date, timedelta

import attrs
import pytest

from phananh import (
    Assignee,
    Desk,
    InputError,
    MemoryStore,
    Person,
    Role,
    WorkCalendar,
    vietnam_calendar,
)
from phananh.errors import UnknownCalendarError
from phananh.worktime import Timetable
from phananh.worktime.timetable import Hours
from tests.desk import people as p

A, VP = vietnam_calendar("A"), vietnam_calendar("VP")
SHORT = WorkCalendar(
    name="short", timetable=Timetable(hours=Hours(days="mon-fri", sessions="08:00-11:00"))
)
STORM = p.notice("TB 1", date(2026, 3, 5), issued=date(2026, 3, 3))
CHANGED = attrs.evolve(A, notices=(STORM,))


# Whose hours.


def test_each_deadline_keeps_its_own_calendar(store, hand):
    """The officer's limit and the agency's are counted, stored and explained on their own hours."""
    desk = Desk(store=store, clock=hand, calendar={Role.OFFICER: A, (Role.AGENCY, "U-2"): SHORT})
    case = p.with_agency(desk, hand)
    (_, officer), (_, agency) = desk.get(case.id).deadlines
    assert (officer.calendar, officer.version) == ("A", A.version)
    assert (agency.calendar, agency.version) == ("short", SHORT.version)
    assert agency.due == SHORT.add(agency.start, timedelta(hours=8))
    assert desk.calendar_of(officer) is A
    assert desk.verify(case.id) == ()
    assert "08:00-11:00" in desk.explain(case.id, lang="en")


# What was promised.


def test_what_a_calendar_knew_is_found_by_its_version(store, hand):
    """A version that the calendar had before a notice is found again without being given."""
    case = p.with_officer(Desk(store=store, clock=hand, calendar=A))
    desk = Desk(store=store, clock=hand, calendar=CHANGED)
    assert desk.calendar_of(case.deadline).version == A.version != CHANGED.version
    assert desk.verify(case.id) == ()
    assert desk.check_calendars()[0].is_at_hand


def test_the_calendar_of_today_by_name(store, hand):
    """Whoever compares a promise with today asks by its name, and the holder's hours go first."""
    desk = Desk(store=store, clock=hand, calendar={Role.OFFICER: A, (Role.AGENCY, "U-2"): SHORT})
    case = p.with_agency(desk, hand)
    (_, officer), (_, agency) = desk.get(case.id).deadlines
    assert desk.calendar_today(agency, holder=case.holder) is SHORT
    assert desk.calendar_today(officer) is A
    namesake = attrs.evolve(VP, name="A")
    both = Desk(store=store, calendar={Role.OFFICER: A, (Role.AGENCY, "U-2"): namesake})
    assert both.calendar_today(officer, holder=case.holder) is namesake
    assert Desk(store=store, calendar=VP).calendar_today(officer) is None


def test_a_version_between_two_notices_is_found(store, hand):
    """What was known when it was set is found, also where the second came on that very day."""
    first, second = (
        p.notice(f"TB {day}", date(2026, 5, day), issued=date(2026, 3, day)) for day in (3, 4)
    )
    then = A.with_notices([first])
    case = p.with_officer(Desk(store=store, clock=hand, calendar=then))  # on 4 March
    today = Desk(store=store, clock=hand, calendar=A.with_notices([first, second]))
    assert today.calendar_of(case.deadline).version == then.version
    assert [notice.document for notice in today.calendar_of(case.deadline).notices] == ["TB 3"]
    assert today.check_calendars()[0].is_at_hand


def test_a_version_with_what_became_known_that_day_is_found(store, hand):
    """A notice of that very day counted, beside official ones that the desk had known for long."""
    hand.at = p.MORNING.replace(year=2025, month=3, day=4)  # two official notices came later
    first, second = (
        p.notice(f"TB {day}", date(2026, 5, day), issued=date(2025, 3, day)) for day in (4, 5)
    )
    then = A.with_notices([first])
    case = p.with_officer(Desk(store=store, clock=hand, calendar=then))
    today = Desk(store=store, clock=hand, calendar=A.with_notices([first, second]))
    assert today.calendar_of(case.deadline).version == then.version


def test_a_version_before_an_undated_notice_is_found(store, hand):
    """A notice of which nobody can say when it became known is one that was given since."""
    hand.at = p.MORNING.replace(month=11, day=20)  # no official notice came later
    first = p.notice("TB 3", date(2026, 12, 3), issued=date(2026, 11, 10))
    undated = p.notice("TB 4", date(2026, 12, 4), issued=None, known_on=None)
    then = A.with_notices([first])
    case = p.with_officer(Desk(store=store, clock=hand, calendar=then))
    today = Desk(store=store, clock=hand, calendar=A.with_notices([first, undated]))
    assert today.calendar_of(case.deadline).version == then.version


def test_a_version_of_before_a_public_notice_is_found(store, hand):
    """A case that came while an older release ran, without the last notice, has its hours."""
    last = max(each.known_on for each in A.days.notices)
    before = tuple(each for each in A.days.notices if each.known_on < last)
    then = attrs.evolve(A, days=attrs.evolve(A.days, notices=before))
    hand.at = p.MORNING.replace(year=last.year, month=last.month, day=last.day) + 240 * p.HOUR
    case = p.with_officer(Desk(store=store, clock=hand, calendar=then))
    today = Desk(store=store, clock=hand, calendar=A)
    assert today.calendar_of(case.deadline).version == then.version != A.version


def test_a_calendar_of_another_name_is_not_the_one_of_then(store, hand):
    """The same hours under another name are another calendar, though their versions are equal."""
    case = p.with_officer(Desk(store=store, clock=hand, calendar=A))
    renamed = attrs.evolve(A, name="office")
    assert renamed.version == A.version
    with pytest.raises(UnknownCalendarError) as caught:
        Desk(store=store, clock=hand, calendar=renamed).calendar_of(case.deadline)
    assert caught.value.calendars == (f"A {A.version}",)
    assert caught.value.known == (f"office {A.version}",)


# The check when a portal starts.


def test_the_check_lists_what_is_in_use(store, hand):
    """Each calendar that open deadlines name is listed with its version, count and cases."""
    desk = Desk(store=store, clock=hand, calendar={Role.OFFICER: A, Role.AGENCY: VP})
    officers = [p.with_officer(desk) for _ in range(7)]
    agency = p.with_agency(desk, hand)
    p.a_case(desk)
    first, second = desk.check_calendars()
    assert (first.name, first.version, first.deadlines) == ("A", A.version, 7)
    assert len(first.cases) == 5
    assert set(first.cases) <= {case.id for case in officers}
    assert second.as_dict() == {
        "name": "VP", "version": VP.version, "deadlines": 1, "cases": [agency.id],
        "is_known": True, "is_at_hand": True,
    }  # fmt: skip


def test_the_check_lists_by_name_then_by_version(store, hand):
    """The list is in order of names, and under one name in order of versions."""
    low, high = sorted((A, VP), key=lambda it: it.version)
    for name, calendar in (("A", high), ("B", low), ("A", low), ("B", high)):
        p.with_officer(Desk(store=store, clock=hand, calendar=attrs.evolve(calendar, name=name)))
    both = {Role.OFFICER: attrs.evolve(A, name="A"), Role.AGENCY: attrs.evolve(A, name="B")}
    found = Desk(store=store, clock=hand, calendar=both).check_calendars()
    assert [(use.name, use.version) for use in found] == [
        (name, each.version) for name in "AB" for each in (low, high)
    ]


def test_a_limit_of_the_last_year_is_counted_anew(store, hand):
    """A case that is due in 2199 has a running limit like another."""
    hand.at = p.MORNING.replace(year=2199, month=12, day=31)
    endless = attrs.evolve(A, days=None)
    case = p.with_officer(Desk(store=store, clock=hand, calendar=endless))
    assert case.due.year == 2199
    short = attrs.evolve(endless, timetable=SHORT.timetable)
    assert Desk(store=store, clock=hand, calendar=short).recalculate().read == 1


def test_the_check_names_five_cases_of_a_calendar(store, hand):
    """Five cases are named, however many roles and units keep a calendar; all are counted."""
    desk = Desk(store=store, clock=hand, calendar=A)
    cases = [p.with_officer(desk) for _ in range(4)] + [p.with_agency(desk, hand) for _ in range(4)]
    [use] = desk.check_calendars()
    assert (use.deadlines, len(use.cases)) == (8, 5)
    assert {*use.cases} <= {case.id for case in cases}
    other = Desk(store=store, clock=hand, calendar=SHORT)
    for _ in range(4):
        p.with_officer(other)
    with pytest.raises(UnknownCalendarError) as caught:
        Desk(store=store, clock=hand, calendar=VP).check_calendars()
    assert (caught.value.calendars, caught.value.deadlines) == (("A", "short"), 12)
    assert len(caught.value.cases) == 5


def test_the_check_refuses_an_unknown_name(store, hand):
    """A name that is in use and unknown is refused, never taken for another calendar."""
    case = p.with_officer(Desk(store=store, clock=hand, calendar=A))
    desk = Desk(store=store, clock=hand, calendar=VP)
    with pytest.raises(UnknownCalendarError) as caught:
        desk.check_calendars()
    error = caught.value
    assert (error.calendars, error.cases, error.deadlines) == (("A",), (case.id,), 1)
    assert Desk(store=store, clock=hand, calendar=VP, former=[A]).check_calendars()
    by_function = Desk(store=store, clock=hand, calendar=lambda role, unit: A)
    assert by_function.check_calendars()[0].is_at_hand


def test_a_calendar_in_use_is_not_dropped_or_renamed(store, hand):
    """Replacing the hours is refused while an open deadline names those, and allowed after."""
    desk = Desk(store=store, clock=hand, calendar=A)
    case = p.with_officer(desk)
    renamed = attrs.evolve(A, name="office")
    for given in (VP, renamed, {Role.OFFICER: VP}):
        with pytest.raises(UnknownCalendarError, match="calendar A"):
            desk.with_calendars(given)
    kept = desk.with_calendars(renamed, former=[A])
    assert kept.verify(case.id) == ()
    desk.answer(case, text="Xong", by=p.OFFICER)
    assert desk.with_calendars(VP).former == ()


class Counting(MemoryStore):
    """A store that counts how often a history is read."""

    def __init__(self):
        """Start at none."""
        super().__init__()
        self.loads = 0

    def load(self, case, /):
        """Count, and load."""
        self.loads += 1
        return super().load(case)


def test_the_check_reads_no_case(hand):
    """Index rows name the calendars, so a check of any number of cases reads no history."""
    store = Counting()
    desk = Desk(store=store, clock=hand, calendar={Role.OFFICER: A, Role.AGENCY: VP})
    case = p.with_officer(desk)
    p.with_agency(desk, hand)
    store.loads = 0
    assert [use.name for use in desk.check_calendars()] == ["A", "VP"]
    assert desk.with_calendars(desk.calendar).store is store
    with pytest.raises(UnknownCalendarError):
        desk.with_calendars(VP)
    assert store.loads == 0
    desk.get(case.id)
    assert store.loads == 1


def test_a_version_of_before_a_move_is_at_hand(store, hand):
    """A limit that was moved, rescheduled or handed to a colleague still has its calendar."""
    hand.at = p.MORNING.replace(hour=15)
    issued = attrs.evolve(STORM, issued=p.MORNING.date())
    changed = attrs.evolve(A, notices=(issued,))
    old = Desk(store=store, clock=hand, calendar=A)
    case = p.with_officer(old)
    desk = old.with_calendars(changed)
    assert desk.recalculate(dry_run=False).moved == 1
    head = Person(id="TT-1", role="agency_head", unit="U-1")
    hand.at += timedelta(hours=1)
    desk.reassign(case.id, to=Assignee(id="OF-2"), by=head)
    [use] = desk.check_calendars()
    assert (use.version, use.is_at_hand) == (changed.version, True)
    assert Desk(store=store, clock=hand, calendar=A).check_calendars()[0].is_at_hand is False


@pytest.mark.parametrize("calendar", [A, {Role.OFFICER: A}], ids=["one", "by role"])
def test_hours_are_asked_for_by_a_role_or_its_slug(calendar):
    """A slug is as good as the role; a misspelt one is refused even where all keep one calendar."""
    desk = Desk(calendar=calendar)
    assert desk.calendar("officer", "MC-1") is desk.calendar(Role.OFFICER, "MC-1") is A
    with pytest.raises(InputError) as caught:
        desk.calendar("oficer", "MC-1")
    assert caught.value.code == "not_a_role"
