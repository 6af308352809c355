"""Why a limit ends when it does is explained and checked on the calendar that it was set on."""

from datetime import date, datetime, timedelta

import attrs
import pytest

from phananh import Assignee, Desk, InputError, Person, Role, WorkCalendar, vietnam_calendar
from phananh.articles import Article
from phananh.errors import UnknownCalendarError
from phananh.regulation.case import find_missed
from phananh.regulation.rules import HOA_BINH_2019
from phananh.worktime import Timetable
from phananh.worktime.timetable import Hours
from tests.desk import people as p

A, VP = vietnam_calendar("A"), vietnam_calendar("VP")
SHORT = WorkCalendar(
    name="short", timetable=Timetable(hours=Hours(days="mon-fri", sessions="08:00-11:00"))
)
STORM = p.notice("TB 1", date(2026, 3, 5), issued=date(2026, 3, 3))
CHANGED = attrs.evolve(A, notices=(STORM,))
LEADERSHIP = Person(id="LD-1", role="leadership")


def test_a_former_version_explains_what_it_promised(store, hand):
    """After the hours changed, an old promise is explained on the calendar that it was made on."""
    old = Desk(store=store, clock=hand, calendar={Role.OFFICER: SHORT})
    case = p.with_officer(old)
    told = old.explain(case)
    longer = attrs.evolve(SHORT, timetable=A.timetable)
    new = old.with_calendars(longer)
    assert new.former == (SHORT,)
    assert (new.explain(case.id), new.verify(case)) == (told, ())
    forgetful = Desk(store=store, clock=hand, calendar=longer)
    with pytest.raises(UnknownCalendarError, match=f"short {SHORT.version}") as caught:
        forgetful.explain(case.id)
    assert caught.value.cases == (case.id,)
    assert "former" in str(caught.value)


def test_a_moved_promise_is_explained_with_its_notice(store, hand):
    """After a move the explanation is that of the new time, and says by which notice."""
    hand.at = datetime(2026, 3, 4, 15, 0, tzinfo=p.VIETNAM)
    old = Desk(store=store, clock=hand, calendar=A)
    case = p.with_officer(old)
    desk = old.with_calendars(CHANGED)
    desk.recalculate(dry_run=False)
    told = desk.explain(case.id, lang="en")
    assert "Friday 6 Mar 07:30-10:00" in told
    assert told.splitlines()[-1] == (
        "The calendar changed by TB 1: what was due Thursday 2026-03-05 10:00 is due "
        "Friday 2026-03-06 10:00."
    )
    last = desk.explain(case.id, lang="vi").splitlines()[-1]
    assert last.startswith("Lịch làm việc đã đổi theo Thông báo số 1: hạn ")
    assert desk.verify(case.id) == ()
    asked = {"agency": "U-2", "appointment": hand.at + 50 * p.HOUR, "by": p.OFFICER}
    desk.request_verification(case.id, **asked)
    assert "The calendar changed" not in desk.explain(case.id, lang="en")


def test_without_a_limit_there_is_nothing_to_explain(store, hand):
    """A case that never had a limit is an InputError that says so, open and answered."""
    desk = Desk(store=store, clock=hand)
    case = p.a_case(desk)
    for each in (case, desk.answer(case.id, text=p.SAID, by=p.OPERATOR)):
        for ask in (desk.explain, desk.verify):
            with pytest.raises(InputError, match="has had no limit yet") as caught:
                ask(each)
            assert caught.value.code == "no_limit_ever"


def test_an_answered_case_is_explained(store, hand):
    """After the answer, and after closing, the last limit of the case is explained and checked."""
    desk = Desk(store=store, clock=hand, calendar=A)
    case = p.with_officer(desk)
    told = desk.explain(case)
    done = desk.answer(case.id, text=p.SAID, by=p.OFFICER)
    closed = desk.close(case.id, by=p.OPERATOR)
    for each in (done, closed):
        assert each.clock is None
        assert (desk.explain(each), desk.verify(each)) == (told, ())
        assert desk.explain(each, lang="vi") != told


def test_the_last_limit_of_a_rescheduled_case(store, hand):
    """9.3: after the answer the rescheduled time is still the one that is explained."""
    desk = Desk(store=store, clock=hand, calendar=lambda role, unit: A)
    case = p.with_agency(desk, hand)
    desk.reschedule(case, to=case.due + timedelta(days=5), reason="chờ hồ sơ", by=p.AGENCY)
    told = desk.explain(case.id, lang="en")
    assert "Moved to" in told
    desk.report_findings(case.id, text=p.SAID, by=p.AGENCY)
    done = desk.answer(case.id, text=p.SAID, by=p.OFFICER)
    assert desk.explain(done, lang="en") == told


def test_a_time_named_beyond_the_notices_is_told_with_a_note(store, hand):
    """9.3: whoever is sent the reasons reads that the day of the new time is not official yet."""
    desk = Desk(store=store, clock=hand, calendar=A)
    case = p.with_agency(desk, hand)
    to = datetime(2027, 6, 1, 9, 0, tzinfo=p.VIETNAM)
    desk.reschedule(case, to=to, reason="chờ hồ sơ", by=p.AGENCY)
    told = desk.explain(case.id, lang="en")
    assert "Note: the appointment is on a day for which no official notice is known." in told
    assert "no official notice" not in desk.explain(case, lang="en")


def test_seconds_stand_in_no_letter(store, hand):
    """R46: start and rest are told in whole minutes, and the due time is told no later than it is.

    What is stored stays exact, and `precision="exact"` tells all of it.
    """
    hand.at = datetime(2026, 3, 4, 9, 0, 3, 123456, tzinfo=p.VIETNAM)
    desk = Desk(store=store, clock=hand, calendar=A)
    case = p.with_officer(desk)
    assert case.due == hand.at + timedelta(hours=7)
    told = desk.explain(case, lang="en").splitlines()
    assert told[1] == "Due: Wednesday 2026-03-04 16:00. Time allowed: 5 h, working hours only."
    assert told[3] == "2. Wednesday 4 Mar 09:00-11:30: 2 h 30 min, 2 h 30 min left."
    for lang in ("vi", "en"):
        assert "03.123456" not in desk.explain(case, lang=lang)
        assert "03.123456" in desk.explain(case, lang=lang, precision="exact")
    with pytest.raises(InputError, match="precision"):
        desk.explain(case, precision="second")
    assert "56,876544 giây" in case.deadline.time_left_text(
        hand.at + timedelta(seconds=3.123456), "vi", calendar=A, fine=True
    )


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
    assert desk.explain(done) == told
    assert desk.explain(done, deadline=find_missed(done)[0]) == told


def test_a_limit_that_goes_on_after_a_reschedule(store, hand):
    """9.2, 9.3: asked again, the agency has until the time it had named, by both clauses."""
    desk = Desk(store=store, clock=hand)
    case = p.with_agency(desk, hand)
    later = case.due + timedelta(days=1)
    case = desk.reschedule(case, to=later, reason="Chờ hồ sơ gốc", by=p.AGENCY)
    case = desk.report_findings(case, text=p.SAID, by=p.AGENCY)
    case = desk.request_verification(
        case, agency=p.AGENCY.unit, appointment=later + timedelta(days=1), by=p.OFFICER
    )
    told = desk.explain(case, lang="vi")
    assert told.startswith("Căn cứ khoản 2 Điều 9, khoản 3 Điều 9 Quy chế ")
    assert "tiếp tục đến thời gian đã hẹn lại" in told


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (datetime(2019, 10, 28, 9, 0), "Note: received before these rules began"),
        (datetime(2025, 6, 30, 9, 0), None),
        (datetime(2025, 7, 1, 9, 0), "Note: received after the province was merged"),
    ],
)
def test_the_explanation_says_where_rules_are_in_doubt(store, hand, day, words):
    """R29, R47: a case of before or after its rules is pointed out to whoever is sent the text."""
    hand.at = day.replace(tzinfo=p.VIETNAM)
    desk = Desk(store=store, clock=hand)
    told = desk.explain(p.with_officer(desk), lang="en")
    assert told.count("Note:") == (words is not None)
    assert words is None or words in told


def test_back_with_operators_whose_hours_nobody_gave(store, hand):
    """The limit of the leadership is still explained, and the case has its cautions."""
    limit = attrs.evolve(HOA_BINH_2019.officer_limit, article=Article("8.3"))
    rules = attrs.evolve(HOA_BINH_2019, leadership_limit=limit)
    hours = dict.fromkeys((Role.AGENCY, Role.OFFICER, Role.PROVIDER, Role.LEADERSHIP), A)
    desk = Desk(store=store, clock=hand, rules=rules, calendar=hours)
    case = desk.escalate(p.a_case(desk), to=LEADERSHIP, by=p.OPERATOR)
    told = desk.explain(case)
    case = desk.advise(case, text="x", within_competence=True, by=LEADERSHIP)
    assert (desk.explain(case), desk.verify(case)) == (told, ())
    assert "silent" not in desk.cautions(case)


def test_a_rescheduled_time_outlives_another_person(store, hand):
    """R10, 9.3: where a new person gets the whole limit, the time told to the citizen stays."""
    rules = attrs.evolve(HOA_BINH_2019, reassign_restarts_clock=True)
    desk = Desk(store=store, clock=hand, rules=rules)
    later = hand.at + 100 * p.HOUR
    case = desk.reschedule(p.with_agency(desk, hand), to=later, reason="x", by=p.AGENCY)
    head = Person(id="HD-1", role="agency_head", unit=p.AGENCY.unit)
    case = desk.reassign(case, to=Assignee(id="AG-2"), by=head)
    assert (case.due, case.holder and case.holder.id) == (later, "AG-2")
