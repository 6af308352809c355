"""Whose hours count is chosen by role and unit; a promise on them is explained and checked."""

from datetime import date, datetime, timedelta

import attrs
import pytest

from phananh import (
    Desk,
    InputError,
    Role,
    WorkCalendar,
    vietnam_calendar,
)
from phananh.articles import Article
from phananh.desk.calendars import check_calendars_of
from phananh.errors import UnknownCalendarError
from phananh.regulation.case import find_missed
from phananh.regulation.rules import HOA_BINH_2019
from phananh.stores.base import Store
from phananh.worktime import NoticeDay, Timetable
from phananh.worktime.timetable import Hours
from tests.desk import people as p

A, VP = vietnam_calendar("A"), vietnam_calendar("VP")
SHORT = WorkCalendar(
    name="short", timetable=Timetable(hours=Hours(days="mon-fri", sessions="08:00-11:00"))
)
STORM = p.notice("TB 1", date(2026, 3, 5), issued=date(2026, 3, 3))
CHANGED = attrs.evolve(A, notices=(STORM,))


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
    assert "08:00-11:00" in desk.explain(case.id)


def test_what_a_calendar_knew_is_found_by_its_version(store, hand):
    """A version that the calendar had before a notice is found again without being given."""
    case = p.with_officer(Desk(store=store, clock=hand, calendar=A))
    desk = Desk(store=store, clock=hand, calendar=CHANGED)
    assert desk.calendar_of(case.deadline).version == A.version != CHANGED.version
    assert desk.verify(case.id) == ()
    assert desk.check_calendars()[0].is_at_hand
    alone = attrs.evolve(SHORT, days=None)  # it has no public days
    plain = p.with_officer(Desk(store=store, clock=hand, calendar=alone))
    desk = Desk(store=store, clock=hand, calendar=attrs.evolve(alone, notices=(STORM,)))
    assert desk.calendar_of(plain.deadline).version == alone.version


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
    """What was known when it was set is found, also where one of them came on that very day."""
    for known in (3, 4):
        first, second = (
            p.notice(f"TB {day}", date(2026, 5, day), issued=date(2026, 3, day))
            for day in (known, known + 1)
        )
        then = A.with_notices([first])
        case = p.with_officer(Desk(store=store, clock=hand, calendar=then))  # on 4 March
        today = Desk(store=store, clock=hand, calendar=A.with_notices([first, second]))
        assert today.calendar_of(case.deadline).notices == then.notices
        assert today.check_calendars()[0].is_at_hand
        attrs.evolve(today, calendar=then).answer(case, text="Xong", by=p.OFFICER)


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
    with pytest.raises(UnknownCalendarError, match=r"\w \w") as caught:
        Desk(store=store, clock=hand, calendar=renamed).calendar_of(case.deadline)
    assert caught.value.calendars == (f"A {A.version}",)
    assert (caught.value.known, caught.value.deadlines) == ((f"office {A.version}",), 1)


def test_the_check_lists_what_is_in_use(store, hand):
    """Each calendar that open deadlines name is listed with its version, count and cases."""
    desk = Desk(store=store, clock=hand, calendar={Role.OFFICER: A, Role.AGENCY: VP})
    officers = [p.with_officer(desk) for _ in range(7)]
    agency = p.with_agency(desk, hand)
    p.a_case(desk)
    first, second = desk.check_calendars()
    assert (first.name, first.version, first.deadlines, len(first.cases)) == ("A", A.version, 7, 5)
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


def test_the_check_names_five_cases_of_a_calendar(store, hand):
    """Five cases are named, however many roles and units keep a calendar; all are counted."""
    desk = Desk(store=store, clock=hand, calendar=A)
    for _ in range(4):
        p.with_officer(desk)
        p.with_agency(desk, hand)
    [use] = desk.check_calendars()
    assert (use.deadlines, len(use.cases)) == (8, 5)
    with pytest.raises(UnknownCalendarError, match=r"\w \w") as caught:
        Desk(store=store, clock=hand, calendar=VP).check_calendars()
    assert (caught.value.deadlines, len(caught.value.cases)) == (8, 5)
    p.with_officer(Desk(store=store, clock=hand, calendar=attrs.evolve(A, name="B")))
    with pytest.raises(UnknownCalendarError, match="A, B") as caught:
        Desk(store=store, clock=hand, calendar=VP).check_calendars()
    assert (caught.value.deadlines, len(caught.value.cases)) == (9, 5)


def test_the_check_refuses_an_unknown_name(store, hand):
    """A name that is in use and unknown is refused, never taken for another calendar."""
    case = p.with_officer(Desk(store=store, clock=hand, calendar=A))
    desk = Desk(store=store, clock=hand, calendar=VP)
    with pytest.raises(UnknownCalendarError, match=r"\w \w") as caught:
        desk.check_calendars()
    error = caught.value
    assert (error.calendars, error.cases, error.deadlines) == (("A",), (case.id,), 1)
    [row] = desk.find().rows
    with pytest.raises(UnknownCalendarError, match=r"\w \w"):
        check_calendars_of(desk, [row])
    check_calendars_of(desk, [attrs.evolve(row, calendar=None, calendar_version=None)])
    assert Desk(store=store, clock=hand, calendar=VP, former=[A]).check_calendars()
    assert (
        Desk(store=store, clock=hand, calendar=lambda role, unit: A).check_calendars()[0].is_at_hand
    )
    by_unit = Desk(store=store, clock=hand, calendar=lambda role, unit: A if unit else VP)
    assert by_unit.check_calendars()[0].is_at_hand


def test_a_name_is_unknown_to_those_whose_hours_have_it_not(store, hand):
    """Of two units with limits on one calendar it is the one without it that is refused."""
    desk = Desk(store=store, clock=hand, calendar=A)
    p.with_officer(desk)
    case = p.with_agency(desk, hand)
    mixed = attrs.evolve(desk, calendar=lambda role, unit: A if unit == "U-1" else VP)
    with pytest.raises(UnknownCalendarError) as caught:
        mixed.check_calendars()
    assert (caught.value.cases, caught.value.deadlines) == ((case.id,), 1)


def test_a_calendar_in_use_is_not_dropped_or_renamed(store, hand):
    """Replacing the hours is refused while an open deadline names those, and allowed after."""
    desk = Desk(store=store, clock=hand, calendar=A)
    case = p.with_officer(desk)
    renamed = attrs.evolve(A, name="office")
    for given in (VP, renamed, {Role.OFFICER: VP}):
        with pytest.raises(UnknownCalendarError, match="calendar A"):
            desk.with_calendars(given)
    assert desk.with_calendars(renamed, former=[A]).verify(case.id) == ()
    desk.answer(case, text="Xong", by=p.OFFICER)
    assert desk.with_calendars(VP).former == ()
    assert SHORT in desk.with_calendars(VP, former=[SHORT]).former


MORNINGS = WorkCalendar(name="mornings", timetable=Timetable.weekly("08:00-12:00"), days=None)
EVENINGS = WorkCalendar(name="evenings", timetable=Timetable.weekly("17:00-19:00"), days=None)
OLD = MORNINGS | EVENINGS
NEW = (
    MORNINGS.with_notices([p.notice("TB 1", date(2026, 9, 1), issued=date(2026, 4, 10))]) | EVENINGS
)
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


def test_a_former_version_explains_what_it_promised(store, hand):
    """After the hours changed, an old promise is explained on the calendar that it was made on."""
    old = Desk(store=store, clock=hand, calendar={Role.OFFICER: SHORT})
    case = p.with_officer(old)
    told = old.explain(case)
    longer = attrs.evolve(SHORT, timetable=A.timetable)
    new = old.with_calendars(longer)
    assert (new.former, (new.explain(case.id), new.verify(case))) == ((SHORT,), (told, ()))
    forgetful = Desk(store=store, clock=hand, calendar=longer)
    with pytest.raises(UnknownCalendarError, match=f"short {SHORT.version}") as caught:
        forgetful.explain(case.id)
    assert caught.value.cases == (case.id,)
    assert "former" in str(caught.value)


def test_a_moved_promise_is_explained_with_its_notice(store, hand):
    """After a move the explanation is that of the new time, and says by which notice."""
    hand.at = datetime(2026, 3, 4, 15, 0, 30, tzinfo=p.VIETNAM)
    old = Desk(store=store, clock=hand, calendar=A)
    case, desk = p.with_officer(old), old.with_calendars(CHANGED)
    desk.recalculate(dry_run=False)
    told = desk.explain(case.id)
    deadline = desk.get(case.id).deadline
    alone = deadline.explain(calendar=CHANGED, moved_to=deadline.due)
    assert told.splitlines()[: alone.count("\n") + 1] == alone.splitlines()
    assert told.splitlines()[-2].endswith("2025-07-01: check which rules apply.")
    assert told.splitlines()[-1] == (
        "The calendar changed by TB 1: what was due Thursday 2026-03-05 10:00 is due "
        "Friday 2026-03-06 10:00."
    )
    last = desk.explain(case.id, lang="vi").splitlines()[-1]
    assert last.startswith("Lịch làm việc đã đổi theo Thông báo số 1: hạn ")
    assert desk.verify(case.id) == ()
    closed = attrs.evolve(CHANGED, overrides=[NoticeDay(date(2026, 3, 6), "off")])
    other = old.with_calendars(closed, former=[CHANGED])
    other.recalculate(dry_run=False)
    assert other.explain(case.id).splitlines()[-1] == (
        "The calendar changed: what was due Friday 2026-03-06 10:00 is due Monday 2026-03-09 10:00."
    )
    asked = {"agency": "U-2", "appointment": hand.at + 50 * p.HOUR, "by": p.OFFICER}
    desk.request_verification(case.id, **asked)
    assert "The calendar changed" not in desk.explain(case.id)


def test_without_a_limit_there_is_nothing_to_explain(store, hand):
    """A case that never had a limit is an InputError that says so, open and answered."""
    desk = Desk(store=store, clock=hand)
    case = p.a_case(desk)
    for each in (case, desk.answer(case.id, text=p.SAID, by=p.OPERATOR)):
        for ask in (desk.explain, desk.verify):
            with pytest.raises(InputError, match="has had no limit yet") as caught:
                ask(each)
            assert (caught.value.field, caught.value.code) == ("case", "no_limit_ever")


def test_an_answered_case_is_explained(store, hand):
    """After the answer, and after closing, the last limit of the case is explained and checked."""
    hours = {Role.OFFICER: A}  # those of the holder back then
    desk = Desk(store=store, clock=hand, calendar=lambda role, unit: hours.get(role, SHORT))
    hand.at += p.HOUR / 120
    case = p.with_officer(desk)
    told = desk.explain(case)
    assert "08:00:30" not in told
    assert "08:00:30" in desk.explain(case, precision="exact")
    for each in (
        desk.answer(case.id, text=p.SAID, by=p.OFFICER),
        desk.close(case.id, by=p.OPERATOR),
    ):
        assert each.clock is None
        assert (desk.explain(each), desk.verify(each)) == (told, ())
        assert desk.explain(each, lang="vi") != told


def test_the_last_limit_of_a_rescheduled_case(store, hand):
    """9.3: after the answer the rescheduled time is still the one that is explained."""
    desk = Desk(store=store, clock=hand, calendar=lambda role, unit: A)
    case = p.with_agency(desk, hand)
    desk.reschedule(case, to=case.due + timedelta(days=5), reason="chờ hồ sơ", by=p.AGENCY)
    told = desk.explain(case.id)
    assert "Moved to" in told
    assert "no official notice" not in told
    hand.at = case.due + timedelta(days=4)
    desk.report_findings(case.id, text=p.SAID, by=p.AGENCY)
    other = p.with_agency(desk, hand)
    other = desk.reschedule(other, to=other.due + timedelta(days=1), reason="x", by=p.AGENCY)
    hand.at = other.due - p.HOUR
    desk.report_findings(other.id, text=p.SAID, by=p.AGENCY)
    again = {"agency": "U-2", "appointment": hand.at + 9 * p.HOUR, "by": p.OFFICER}
    assert "Art. 9(3)" in desk.explain(desk.request_verification(other.id, **again), lang="en")
    assert desk.explain(desk.answer(case.id, text=p.SAID, by=p.OFFICER), lang="en") == told


def test_a_time_named_beyond_the_notices_is_told_with_a_note(store, hand):
    """9.3: whoever is sent the reasons reads that the day of the new time is not official yet."""
    desk = Desk(store=store, clock=hand, calendar=A)
    case = p.with_agency(desk, hand)
    to = datetime(2027, 6, 1, 9, 0, tzinfo=p.VIETNAM)
    desk.reschedule(case, to=to, reason="chờ hồ sơ", by=p.AGENCY)
    told = desk.explain(case.id)
    assert "Note: the appointment is on a day for which no official notice is known." in told
    assert told.count("Note:") == 2  # and the province was merged
    assert "no official notice" not in desk.explain(case)


def test_a_missed_limit_is_explained(store, hand):
    """9.2: what ran out is explained and checked as it was told, and so is one asked for later."""
    desk = Desk(store=store, clock=hand)
    case = p.with_officer(desk)
    told = desk.explain(case)
    hand.at = case.due + timedelta(days=1)
    desk.sweep()
    late = desk.get(case.id)
    assert (late.deadline, desk.explain(late), desk.verify(late)) == (None, told, ())
    done = desk.answer(case.id, text=p.SAID, by=p.OFFICER)
    assert (desk.explain(done), desk.explain(done, deadline=find_missed(done)[0])) == (told, told)
    again = p.with_agency(desk, hand)
    hand.at = again.due + timedelta(days=1)
    again = desk.report_findings(again, text=p.SAID, by=p.AGENCY)
    assert desk.explain(again).startswith("Art. 9(2)")
    first = attrs.evolve(find_missed(again)[0], opened_by=2, deadline=again.deadlines[0][1])
    assert desk.explain(again, deadline=first).startswith("Art. 9(1)")


def test_back_with_operators_whose_hours_nobody_gave(store, hand):
    """The limit of the leadership is still explained, and the case has its cautions."""
    limit = attrs.evolve(HOA_BINH_2019.officer_limit, article=Article("8.3"))
    rules = attrs.evolve(HOA_BINH_2019, leadership_limit=limit)
    hours = dict.fromkeys((Role.AGENCY, Role.OFFICER, Role.PROVIDER, Role.LEADERSHIP), A)
    desk = Desk(store=store, clock=hand, rules=rules, calendar=hours)
    case = desk.escalate(p.a_case(desk), to=p.LEADER, by=p.OPERATOR)
    told = desk.explain(case)
    case = desk.advise(case, text="x", within_competence=True, by=p.LEADER)
    assert (desk.explain(case), desk.verify(case)) == (told, ())
    assert "silent" not in desk.cautions(case)


@pytest.mark.parametrize(
    ("year", "words"),
    [(2018, "Note: received before these rules began"), (2025, None),
     (2026, "Note: received after the province was merged")],
)  # fmt: skip
def test_the_explanation_says_where_rules_are_in_doubt(hand, year, words):
    """R29, R47: a case of before or after its rules is pointed out to whoever is sent the text."""
    hand.at = p.MORNING.replace(year=year)
    desk = Desk(clock=hand)
    told = desk.explain(p.with_officer(desk), lang="en")
    assert told.count("Note:") == (words is not None)
    assert words is None or words in told
