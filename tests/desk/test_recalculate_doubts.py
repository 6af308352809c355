"""What a recalculation leaves to a person: a lapse, a time on a day off, a missing notice."""

import json
from datetime import UTC, date, datetime
from itertools import product

import attrs
import pytest

from phananh import Accused, Desk, Person, vietnam_calendar
from phananh.acts import Complete, RequestVerification
from phananh.worktime import NoticeDay, Timetable, WorkCalendar
from phananh.worktime.timetable import Hours
from tests.desk import people as p

A = vietnam_calendar("A")
THURSDAY = date(2026, 3, 5)
OFF = p.notice("CV 1/VPCP", THURSDAY, issued=date(2026, 3, 4))
CLOSED = A.with_notices([OFF])
TOO_LATE = A.with_notices([attrs.evolve(OFF, issued=date(2026, 3, 6))])
AGENCY = Person(id="DM-1", role="agency", unit="U-2")


def at(day, hour, minute=0):
    """Return a moment in March 2026."""
    return datetime(2026, 3, day, hour, minute, tzinfo=p.VIETNAM)


@pytest.fixture
def hand():
    """Return a clock that stands on a Wednesday afternoon."""
    return p.Hand(at(4, 15))


@pytest.fixture
def old(hand, store):
    """Return a desk that does not know of the notice, on each store."""
    return Desk(store=store, calendar=A, clock=hand)


def swept(old, hand, *, moment):
    """Return a case that was due on Thursday at 10:00, and was marked late at a moment."""
    case = p.with_officer(old)
    hand.at = moment
    assert [lapse.due for lapse in old.sweep().lapsed] == [at(5, 10)]
    return old.get(case.id)


def with_agency(old, to):
    """Return a case whose agency named a time to the citizen."""
    case = p.with_officer(old)
    case = old.request_verification(case, agency="U-2", appointment=at(10, 9), by=p.OFFICER)
    return old.reschedule(case, to=to, reason="Chờ đo đạc", by=AGENCY)


@pytest.mark.parametrize("dry_run", [True, False])
def test_what_was_marked_late_before_is_listed(old, hand, dry_run):
    """A lapse that today's calendar would have spared is listed with its reasons, and stays."""
    case = swept(old, hand, moment=at(5, 11))
    desk = old.with_calendars(CLOSED)
    report = desk.recalculate(dry_run=dry_run)
    [move] = report.moves
    assert (report.read, report.moved, report.kept, report.late_before) == (0, 0, 0, 1)
    assert (move.outcome, move.case, move.unit) == ("late_before", case.id, p.OFFICER.unit)
    assert (move.old, move.counted, move.new) == (at(5, 10), at(6, 10), None)
    assert (move.days, move.notices, move.reasons) == ((THURSDAY,), ("CV 1/VPCP",), ())
    assert desk.get(case.id) == case
    assert [(u.unit, u.late_before, u.to_decide) for u in report.units] == [("U-1", 1, 1)]
    assert attrs.evolve(report.units[0], unexplained=2, named_on_day_off=4).to_decide == 7
    old.answer(case.id, text="Xong", by=p.OFFICER)
    assert desk.recalculate().moves == ()


def test_a_notice_of_afterwards_is_said(old, hand):
    """R37: issued after it ran out, the lapse stands by that reading, and the list says so."""
    swept(old, hand, moment=at(5, 11))
    hand.at = at(6, 9)
    [move] = old.with_calendars(TOO_LATE).recalculate().moves
    assert [(reason.code, reason.article.id) for reason in move.reasons] == [
        ("ran_out_before", "9.1")
    ]


def test_what_is_late_by_both_calendars_is_not_listed(old, hand):
    """Nothing was done by the time of today's calendar either: it is late, and not in doubt."""
    swept(old, hand, moment=at(6, 10, 1))
    assert old.with_calendars(CLOSED).recalculate().moves == old.recalculate().moves == ()


def test_the_day_of_the_move_is_that_of_vietnam(old):
    """A notice of 5 March is known at half past midnight of that day, whatever the zone of `at`."""
    p.with_officer(old)
    late = attrs.evolve(OFF, issued=THURSDAY, known_on=THURSDAY)
    desk = old.with_calendars(A.with_notices([late]))
    for minute, outcome in ((59, "kept"), (60, "would_move")):
        moment = datetime(2026, 3, 4, 16 + minute // 60, minute % 60, tzinfo=UTC)
        assert [move.outcome for move in desk.recalculate(at=moment).moves] == [outcome]


def test_a_named_time_and_a_missing_notice_make_no_lapse_doubtful(old, hand):
    """A lapse of what was named to the citizen stands, and one that no notice explains."""
    with_agency(old, at(9, 16))
    hand.at = at(9, 17)
    assert len(old.sweep().lapsed) == 1
    week = [p.notice(f"CV {day}", date(2026, 3, day), issued=date(2026, 3, 4))
            for day in (5, 6, 9, 10)]  # fmt: skip
    assert old.with_calendars(A.with_notices(week)).recalculate().moves == ()
    hand.at = at(6, 15)
    worked = old.with_calendars(A.with_notices([WORKED]))
    p.with_officer(worked)
    hand.at = at(7, 11)
    assert (len(worked.sweep().lapsed), worked.with_calendars(A).recalculate().moves) == (1, ())


def test_when_the_work_was_done_decides(old, hand):
    """Asked on in time by today's calendar it is listed for good; asked too late, it is not.

    What an accused had until then is theirs, as if they were replaced, however late the unit is.
    """
    accused = Complete(by=p.OPERATOR, accused=[Accused(id=p.OFFICER.id, unit="U-1")])
    asked = RequestVerification(by=p.OFFICER, agency="U-2", appointment=at(10, 9))
    for act, (minute, listed) in product((asked, accused), ((0, 1), (1, 0))):
        hand.at = at(4, 15)
        case = swept(old, hand, moment=at(5, 11))
        hand.at = at(6, 10, minute)
        old.do(case, act)
        hand.at = at(6, 10, 30)
        found = old.with_calendars(CLOSED).recalculate().moves
        theirs = [(move.outcome, move.holder) for move in found if move.case == case.id]
        assert theirs == [("late_before", p.OFFICER.id)] * listed


def test_the_days_pass_over_late_cases_too(old, hand):
    """With the changed days given, a case that was received after all of them is not read."""
    swept(old, hand, moment=at(5, 11))
    desk = old.with_calendars(CLOSED)
    assert desk.recalculate(days=[THURSDAY]).late_before == 1
    assert desk.recalculate(days=[date(2026, 2, 2)]).late_before == 0
    [row] = desk.find().rows
    hand.at = at(6, 9)
    old.request_verification(row.case, agency="U-2", appointment=at(10, 9), by=p.OFFICER)
    assert desk.recalculate(days=[date(2026, 3, 30)]).late_before == 1  # and it runs anew


def test_a_run_resumes_among_the_late_cases(old, hand):
    """The cursor of a report leads on through the late cases, each once."""
    cases = [p.with_officer(old) for _ in range(5)]
    hand.at = at(5, 11)
    old.sweep()
    desk, seen, after = old.with_calendars(CLOSED), [], None
    for _ in range(10):
        reports = []
        with pytest.raises(KeyboardInterrupt):
            desk.recalculate(after=after, page_size=2, on_page=_cut(reports))
        seen += [move.case for move in reports[0].moves]
        after = reports[0].next
        if after is None:
            break
    assert sorted(seen) == sorted(case.id for case in cases)


def _cut(reports):
    def on_page(report):
        reports.append(report)
        raise KeyboardInterrupt

    return on_page


def test_a_promised_time_on_a_new_day_off_is_listed(old, hand):
    """R38: the time named stays, and is listed with the day and the notice, to call the citizen."""
    case = with_agency(old, at(5, 16))
    desk = old.with_calendars(CLOSED)
    report = desk.recalculate(dry_run=False)
    [move] = report.moves
    assert (report.moved, report.kept, report.named_on_day_off) == (0, 0, 1)
    assert (move.outcome, move.old, move.counted) == ("named_on_day_off", at(5, 16), None)
    assert not move.is_earlier
    assert (move.days, move.notices) == ((THURSDAY,), ("CV 1/VPCP",))
    assert [(r.code, r.article.id) for r in move.reasons] == [("promised_time", "9.3")]
    assert (move.reasons[0].facts["due"], desk.get(case.id)) == (at(5, 16), case)
    plain = json.loads(json.dumps(move.as_dict()))
    assert (plain["new"], plain["counted"], plain["article"]) == (None, None, "9.2")
    row = dict(zip(report.as_csv().splitlines()[0].split(","), move.row(), strict=True))
    assert (row["new"], row["outcome"]) == ("", "named_on_day_off")


def test_an_ordinary_weekend_makes_nobody_call(old, hand):
    """A time named on a Saturday that a notice had opened: without it, that is no day off."""
    then = A.with_notices([p.notice("CV 3", date(2026, 3, 7), "worked")])
    with_agency(old.with_calendars(then), at(7, 9))
    assert old.with_calendars(A, former=[then]).recalculate().moves == ()


@pytest.mark.parametrize("known", [True, False])
def test_a_day_off_of_before_makes_nobody_call(old, hand, known):
    """A time that was named on a day known to be off was the agency's choice, and is not listed."""
    monday, far, other = (
        p.notice(f"CV {day}", day) for day in (date(2026, 3, 9), date(2026, 5, 5), date(2026, 5, 6))
    )
    then = A.with_notices([monday, far])
    with_agency(old.with_calendars(then), at(9, 16))
    today = A.with_notices([monday, other])
    assert old.with_calendars(today, former=[then] if known else []).recalculate().moves == ()


@pytest.mark.parametrize("known_on", [None, date(2026, 3, 4), date(2026, 3, 5)])
def test_a_notice_without_a_date_on_the_day_of_an_appointment(old, hand, known_on):
    """R38: where nobody can say that a notice was known before, the citizen is called."""
    gone, other = (p.notice(f"CV {day}", day) for day in (date(2026, 5, 5), date(2026, 5, 6)))
    undated = attrs.evolve(OFF, issued=None, known_on=known_on)
    with_agency(old.with_calendars(A.with_notices([gone])), at(5, 16))
    desk = Desk(store=old.store, calendar=A.with_notices([undated, other]), clock=hand)
    [move] = desk.recalculate().moves
    # The appointment was made on 4 March.
    assert move.outcome == ("kept" if known_on == date(2026, 3, 4) else "named_on_day_off")


def test_a_day_of_other_hours_is_no_day_off(old):
    """An appointment on a day that is worked in part now makes nobody call."""
    with_agency(old, at(5, 16))
    half = attrs.evolve(OFF, days=[NoticeDay(THURSDAY, "hours", sessions="13:30-17:30")])
    found = old.with_calendars(A.with_notices([half])).recalculate().moves
    assert [move.outcome for move in found] == ["kept"]


def test_an_override_closes_the_day_of_an_appointment(old, hand):
    """R38: what the office closed itself makes somebody call, though its old calendar is gone."""
    gone = A.with_notices([p.notice("CV 5", date(2026, 5, 5))])
    with_agency(old.with_calendars(gone), at(5, 16))
    closed = attrs.evolve(A, overrides=[NoticeDay(THURSDAY, "off")])
    [move] = Desk(store=old.store, calendar=closed, clock=hand).recalculate().moves
    assert (move.outcome, move.days, move.notices) == ("named_on_day_off", (THURSDAY,), ())


WORKED = p.notice("CV 3/VPCP", date(2026, 3, 7), "worked")
NEXT = p.notice("CV 2/VPCP", date(2026, 3, 6))
OTHER = p.notice("CV 9", date(2026, 5, 5), issued=date(2026, 1, 5))
OLD = Hours(days="mon-fri", sessions="07:30-11:30, 13:30-17:30")
UNTIL = attrs.evolve(OLD, effective_to=date(2026, 3, 4), source="QĐ 1")
SINCE = Hours(
    days="mon-fri", sessions="08:00-12:00, 13:30-17:30", effective_from=date(2026, 3, 5),
    source="QĐ 2",
)  # fmt: skip
UNDATED = attrs.evolve(SINCE, effective_from=None)
DATED = attrs.evolve(OLD, effective_from=date(2020, 1, 1), source="QĐ 3")
SATURDAY = [NoticeDay(date(2026, 3, 7), "worked")]


def hours(*parts: Hours) -> WorkCalendar:
    """Return a calendar of the name A with these hours."""
    return attrs.evolve(A, timetable=Timetable(hours=parts))


# Set on the first calendar, on 4 or 6 March at 15:00, and compared with the second: the outcome,
# the days that nothing explains, the notices that explain the move, and those that are missing.
EXPLAINED = [
    (A, CLOSED, 4, "would_move", (), ("CV 1/VPCP",), ()),
    (A, A.with_notices([NEXT, OFF]), 4, "would_move", (), ("CV 1/VPCP", "CV 2/VPCP"), ()),
    (A.with_notices([NEXT]), A.with_notices([NEXT, OFF]), 4, "would_move", (), ("CV 1/VPCP",), ()),
    (A.with_notices([OTHER]), A.with_notices([OFF]), 4, "would_move", (), ("CV 1/VPCP",), ()),
    (hours(OLD), hours(UNTIL, SINCE), 4, "would_move", (), ("QĐ 2",), ()),
    (A.with_notices([WORKED]), A, 6, "unexplained", (7,), (), ("CV 3/VPCP",)),
    (CLOSED, A, 4, "unexplained", (5,), (), ("CV 1/VPCP",)),
    (A.with_notices([WORKED, OFF]), CLOSED, 6, "unexplained", (7,), (), ("CV 3/VPCP",)),
    (hours(OLD), hours(UNDATED), 4, "unexplained", (5,), (), ()),
    (hours(DATED).with_notices([WORKED]), hours(DATED), 6, "unexplained", (7,), (),
     ("CV 3/VPCP",)),
    (attrs.evolve(hours(DATED), overrides=SATURDAY), hours(DATED), 6, "unexplained", (7,), (), ()),
    (hours(OLD).with_notices([OFF]), hours(UNTIL, attrs.evolve(SINCE, sessions=OLD.sessions)), 4,
     "unexplained", (5,), (), ("CV 1/VPCP",)),
]  # fmt: skip


@pytest.mark.parametrize("row", EXPLAINED)
def test_a_day_that_today_s_calendar_does_not_explain_moves_nothing(hand, row):
    """What is new explains itself; where a notice is missing the limit stays, and it is named."""
    then, today, day, outcome, unexplained, notices, missing = row
    hand.at = at(day, 15)
    old = Desk(calendar=then, clock=hand)
    case = p.with_officer(old)
    desk = Desk(store=old.store, calendar=today, former=[then], clock=hand)
    [move] = desk.recalculate().moves
    assert (move.outcome, move.missing, move.notices) == (outcome, missing, notices)
    assert move.unexplained == tuple(date(2026, 3, day) for day in unexplained)
    [applied] = desk.recalculate(dry_run=False).moves
    assert (applied.outcome == "moved", desk.get(case.id).due == case.due) == (
        (True, False) if outcome == "would_move" else (False, True)
    )
    told = desk.recalculate(dry_run=False, unexplained="apply", earlier="apply")
    assert told.moved == (outcome != "would_move")


def test_the_hours_of_the_holder_lead_to_those_of_then(old):
    """Hours that are a function are asked for the holder, and notices of then were not given."""
    p.with_officer(old)
    today = A.with_notices([NEXT, OFF])
    [move] = attrs.evolve(old, calendar=lambda role, unit: today).recalculate().moves
    assert (move.outcome, move.notices) == ("would_move", ("CV 1/VPCP", "CV 2/VPCP"))


def test_what_moved_a_limit_before_is_missed(old):
    """A limit that a notice moved before names it when the notice is no longer given."""
    p.with_officer(old)
    old.with_calendars(CLOSED).recalculate(dry_run=False)
    [move] = old.recalculate(earlier="apply").moves
    assert (move.outcome, move.missing) == ("unexplained", ("CV 1/VPCP",))
    both = old.with_calendars(A.with_notices([NEXT, OFF]), former=[CLOSED])
    both.recalculate(dry_run=False)
    [move] = both.with_calendars(CLOSED).recalculate(earlier="apply").moves
    assert (move.outcome, move.missing) == ("unexplained", ("CV 2/VPCP",))


def test_a_document_that_the_release_knows_is_not_missed(old):
    """A notice of a document that a release took in by now need not be given."""
    p.with_officer(old)
    known = {day.source for day in A.days.year(2026).values() if day.source}
    week = [p.notice(document, THURSDAY) for document in known]
    assert old.with_calendars(A.with_notices(week)).recalculate(dry_run=False).moved == 1
    [move] = old.recalculate(earlier="apply").moves
    assert (move.outcome, move.missing) == ("unexplained", ())
