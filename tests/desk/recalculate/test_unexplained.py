"""A day that today's calendar does not explain moves nothing unasked: a notice is missing (R15)."""

from datetime import date, datetime

import attrs
import pytest

from phananh import Desk, vietnam_calendar
from phananh.worktime import Notice, NoticeDay, Span, Timetable
from phananh.worktime.timetable import Hours
from tests.desk import people as p

A = vietnam_calendar("A")
OFF = p.notice("CV 1/VPCP", date(2026, 3, 5))
NEXT = p.notice("CV 2/VPCP", date(2026, 3, 6))
WORKED = p.notice("CV 3/VPCP", date(2026, 3, 7), "worked")
OTHER = p.notice("CV 9", date(2026, 5, 5), issued=date(2026, 1, 5))
HALF = NoticeDay(date(2026, 3, 5), "hours", sessions="09:30-11:30")
WEDNESDAY, FRIDAY = (2026, 3, 4, 15, 0), (2026, 3, 6, 15, 0)


@pytest.fixture
def hand():
    """Return a clock that stands on a Wednesday afternoon."""
    return p.Hand(datetime(*WEDNESDAY, tzinfo=p.VIETNAM))


@pytest.fixture
def told(hand, store):
    """Return how a case is passed on under a calendar, and the desk of another day with it."""

    def make(calendar, *, when=WEDNESDAY):
        hand.at = datetime(*when, tzinfo=p.VIETNAM)
        return p.with_officer(Desk(store=store, calendar=calendar, clock=hand))

    return make


def desk(store, hand, calendar, **more):
    """Return the desk of today."""
    return Desk(store=store, calendar=calendar, clock=hand, **more)


def at(t):
    """Return a time as `05/03 10:00`."""
    return f"{t:%d/%m %H:%M}"


def test_a_forgotten_notice_moves_nothing(told, store, hand):
    """A day that was worked, now an ordinary weekend: listed with day and version, and kept."""
    case = told(A.with_notices([WORKED]), when=FRIDAY)
    today = desk(store, hand, A)
    report = today.recalculate(dry_run=False)
    [move] = report.moves
    assert (report.moved, report.kept, report.unexplained) == (0, 0, 1)
    assert (move.outcome, move.cause, move.new) == ("unexplained", "unexplained", None)
    assert (at(move.old), at(move.counted)) == ("07/03 10:00", "09/03 10:00")
    assert (move.unexplained, move.notices) == ((date(2026, 3, 7),), ())
    [reason] = move.reasons
    version = case.deadline.version
    assert (reason.code, reason.article.id) == ("unexplained", "9.1")
    assert reason.text() == (
        f"today's calendar gives no reason for 2026-03-07, and it was set on A {version}: a notice "
        "is missing, most likely"
    )
    assert reason.text("vi").endswith(f"theo lịch A {version}: có thể thiếu văn bản")
    assert today.get(case.id) == case


def test_a_day_that_was_off_is_unexplained_too(told, store, hand):
    """A day that was off, now ordinary, is not brought forward even with `earlier`."""
    case = told(A.with_notices([OFF]))
    today = desk(store, hand, A)
    [move] = today.recalculate(dry_run=False, earlier="apply").moves
    assert (move.outcome, move.unexplained) == ("unexplained", (date(2026, 3, 5),))
    assert [reason.code for reason in move.reasons] == ["unexplained"]
    assert today.get(case.id) == case


def test_it_moves_when_told_that_it_was_withdrawn(told, store, hand):
    """With `unexplained` it moves, and the event gives no document and no false reason."""
    case = told(A.with_notices([WORKED]), when=FRIDAY)
    today = desk(store, hand, A)
    report = today.recalculate(dry_run=False, unexplained="apply")
    assert (report.moved, report.moves[0].outcome) == (1, "moved")
    event = today.history(case.id)[-1]
    assert (event.cause, event.days, event.notices) == ("unexplained", (date(2026, 3, 7),), ())
    assert at(today.get(case.id).due) == "09/03 10:00"


def test_the_missing_notice_is_named(told, store, hand):
    """With the former calendar at hand, the report says exactly which notice is missing."""
    told(A.with_notices([WORKED, OFF]), when=FRIDAY)
    today = desk(store, hand, A.with_notices([OFF]), former=[A.with_notices([WORKED, OFF])])
    [move] = today.recalculate().moves
    assert (move.outcome, move.missing) == ("unexplained", ("CV 3/VPCP",))


def test_what_moved_it_before_is_missed(told, store, hand):
    """A limit that a notice moved before names it when the notice is no longer given."""
    told(A)
    desk(store, hand, A.with_notices([OFF])).recalculate(dry_run=False)
    [move] = desk(store, hand, A).recalculate(earlier="apply").moves
    assert (move.outcome, move.missing) == ("unexplained", ("CV 1/VPCP",))
    assert (at(move.old), at(move.counted)) == ("06/03 10:00", "05/03 10:00")


def test_both_notices_are_named(told, store, hand):
    """Days are looked for through the later due time: each with its document, in their order."""
    told(A)
    today = desk(store, hand, A.with_notices([NEXT, OFF]))
    [move] = today.recalculate(dry_run=False).moves
    assert (at(move.old), at(move.new)) == ("05/03 10:00", "09/03 10:00")
    assert move.days == (date(2026, 3, 5), date(2026, 3, 6))
    assert move.notices == ("CV 1/VPCP", "CV 2/VPCP")
    event = today.history(move.case)[-1]
    assert (event.days, event.notices) == (move.days, move.notices)
    said = today.explain(move.case, lang="vi")
    assert "theo Công văn số 1/VPCP, Công văn số 2/VPCP: hạn" in said


@pytest.mark.parametrize("known", [True, False])
def test_both_are_named_whether_or_not_the_version_is_known(told, store, hand, known):
    """Also where the calendar of the promise had another notice, and is not at hand."""
    then = A.with_notices([OTHER])
    told(then)
    hand.at = datetime(2026, 3, 5, 8, 0, tzinfo=p.VIETNAM)
    late = [attrs.evolve(each, known_on=date(2026, 3, 5)) for each in (OFF, NEXT)]
    former = [then] if known else []
    today = desk(store, hand, A.with_notices(late), former=former)
    [move] = today.recalculate().moves
    assert (move.outcome, move.notices) == ("would_move", ("CV 1/VPCP", "CV 2/VPCP"))


@pytest.mark.parametrize("known", [True, False])
def test_what_was_known_before_did_not_change(told, store, hand, known):
    """A day off that was known at the promise is no reason, though the move runs across it."""
    then = A.with_notices([OTHER, NEXT])
    told(then)
    hand.at = datetime(2026, 3, 5, 8, 0, tzinfo=p.VIETNAM)
    late = attrs.evolve(OFF, known_on=date(2026, 3, 5))
    former = [then] if known else []
    today = desk(store, hand, A.with_notices([NEXT, late]), former=former)
    [move] = today.recalculate().moves
    assert (at(move.old), at(move.new)) == ("05/03 10:00", "09/03 10:00")
    assert (move.days, move.notices) == ((date(2026, 3, 5),), ("CV 1/VPCP",))


def test_what_is_off_anyway_did_not_change(told, store, hand):
    """A notice that repeats a public day, or closes a Saturday, changed nothing there."""
    told(A.with_notices([OTHER]), when=(2026, 4, 28, 15, 0))
    hand.at = datetime(2026, 4, 29, 8, 0, tzinfo=p.VIETNAM)
    days = [NoticeDay(date(2026, *day), "off") for day in ((4, 29), (4, 30), (5, 2))]
    late = Notice(document="CV 4", issued=date(2026, 4, 29), days=days)
    [move] = desk(store, hand, A.with_notices([late])).recalculate().moves
    assert (at(move.old), at(move.new)) == ("29/04 10:00", "04/05 10:00")
    assert (move.days, move.notices) == ((date(2026, 4, 29),), ("CV 4",))


def test_a_public_day_hides_no_missing_notice(told, store, hand):
    """A public day that a notice made a working one is unexplained once that is known."""
    worked = p.notice("CV 5", date(2026, 4, 30), "worked")
    then = A.with_notices([worked])
    told(then, when=(2026, 4, 29, 15, 0))
    [move] = desk(store, hand, A, former=[then]).recalculate().moves
    assert (move.outcome, move.missing, move.notices) == ("unexplained", ("CV 5",), ())


def test_new_hours_hide_no_missing_notice(told, store, hand):
    """Hours that changed from a date on do not explain a Saturday that a notice had opened."""
    then = hours(OLD).with_notices([WORKED])
    told(then, when=FRIDAY)
    since = attrs.evolve(SINCE, sessions="07:30-11:30, 13:30-17:30")
    [move] = desk(store, hand, hours(UNTIL, since), former=[then]).recalculate().moves
    assert (move.outcome, move.missing) == ("unexplained", ("CV 3/VPCP",))


def hours(*parts):
    """Return a calendar of the name A with these hours."""
    return attrs.evolve(A, timetable=Timetable(hours=parts))


OLD = Hours(days="mon-fri", sessions="07:30-11:30, 13:30-17:30")
UNTIL = attrs.evolve(OLD, effective_to=date(2026, 3, 4), source="QĐ 1")
SINCE = Hours(
    days="mon-fri", sessions="08:00-12:00, 13:30-17:30", effective_from=date(2026, 3, 5),
    source="QĐ 2",
)  # fmt: skip


def test_new_hours_from_a_date_explain_themselves(told, store, hand):
    """Hours that a decision changed from a date on move the limit, and the decision is named."""
    told(hours(OLD))
    [move] = desk(store, hand, hours(UNTIL, SINCE)).recalculate().moves
    assert (move.outcome, move.cause) == ("would_move", "other_hours")
    assert (at(move.old), at(move.new)) == ("05/03 10:00", "05/03 10:30")
    assert (move.days, move.notices) == ((date(2026, 3, 5),), ("QĐ 2",))


@pytest.mark.parametrize("day", [OFF.days[0], HALF])
def test_the_same_hours_under_a_new_decision_explain_nothing(told, store, hand, day):
    """A decision that changed no session of that weekday hides no forgotten day off or half."""
    told(hours(OLD).with_notices([attrs.evolve(OFF, days=[day])]))
    since = attrs.evolve(SINCE, sessions=OLD.sessions)
    [move] = desk(store, hand, hours(UNTIL, since)).recalculate().moves
    assert (move.outcome, move.unexplained) == ("unexplained", (date(2026, 3, 5),))


def test_dated_hours_of_both_calendars_explain_nothing(told, store, hand):
    """A Saturday that the office had opened itself is unexplained, though its hours are dated."""
    dated = hours(attrs.evolve(OLD, effective_from=date(2020, 1, 1), source="QĐ 3"))
    then = attrs.evolve(dated, overrides=[NoticeDay(date(2026, 3, 7), "worked")])
    told(then, when=FRIDAY)
    [move] = desk(store, hand, dated, former=[then]).recalculate().moves
    assert (move.outcome, move.missing, move.notices) == ("unexplained", (), ())


@pytest.mark.parametrize("known", [True, False])
def test_hours_of_another_name_hide_no_open_saturday(told, store, hand, known):
    """Another office's hours do not explain that a Saturday the first had opened is closed now."""
    then = attrs.evolve(A, overrides=[NoticeDay(date(2026, 3, 7), "worked")])
    told(then, when=FRIDAY)
    former = [then if known else A]
    [move] = desk(store, hand, vietnam_calendar("VP"), former=former).recalculate().moves
    assert (move.outcome, date(2026, 3, 7) in move.unexplained) == ("unexplained", True)


@pytest.mark.parametrize("known", [True, False])
def test_new_hours_open_no_day_that_was_off(told, store, hand, known):
    """Other hours from a date on do not explain why a day that was off is worked now."""
    new = hours(UNTIL, SINCE)
    then = attrs.evolve(new, overrides=[NoticeDay(date(2026, 3, 5), "off")])
    told(then)
    [move] = desk(store, hand, new, former=[then] if known else []).recalculate().moves
    assert (move.outcome, move.unexplained) == ("unexplained", (date(2026, 3, 5),))


def test_a_notice_that_is_only_expected_is_not_missing(told, store, hand):
    """Counted with what is expected, then without: unexplained, but no notice is missing."""
    then = vietnam_calendar("A", expected=True)
    told(then, when=(2026, 11, 20, 15, 0))
    [move] = desk(store, hand, A, former=[then]).recalculate(earlier="apply").moves
    assert (at(move.old), at(move.counted)) == ("25/11 10:00", "23/11 10:00")
    assert (move.outcome, move.unexplained) == ("unexplained", (date(2026, 11, 23),))
    assert move.missing == ()


def test_new_hours_without_a_date_explain_nothing(told, store, hand):
    """Hours that were exchanged without a date are asked about; their source is no document."""
    told(hours(OLD))
    undated = attrs.evolve(SINCE, effective_from=None, source="thông lệ 08:00-12:00")
    [move] = desk(store, hand, hours(undated)).recalculate().moves
    assert (move.outcome, move.notices) == ("unexplained", ())
    assert move.unexplained == (date(2026, 3, 5),)


def test_hours_from_before_the_promise_explain_no_weekend(told, store, hand):
    """Dated hours that held already when it was promised hide no forgotten notice."""
    dated = hours(attrs.evolve(OLD, effective_from=date(2020, 1, 1), source="QĐ 3"))
    told(dated.with_notices([WORKED]), when=FRIDAY)
    [move] = desk(store, hand, dated).recalculate().moves
    assert (move.outcome, move.notices) == ("unexplained", ())


def test_a_power_cut_explains_itself(told, store, hand):
    """Hours that are taken out of a day move the limit; no document is made up for it."""
    told(A)
    cut = Span(datetime(2026, 3, 5, 7, tzinfo=p.VIETNAM), datetime(2026, 3, 5, 9, tzinfo=p.VIETNAM))
    [move] = desk(store, hand, attrs.evolve(A - cut, name="A")).recalculate().moves
    assert (move.outcome, move.cause, move.notices) == ("would_move", "other_hours", ())
    assert (at(move.new), move.days) == ("05/03 11:30", (date(2026, 3, 5),))


def test_a_notice_that_came_later_is_not_known_yet(told, store, hand):
    """At a moment before the notice was issued it moves nothing, and the report says so."""
    case = told(A)
    late = attrs.evolve(OFF, issued=date(2026, 3, 6), known_on=date(2026, 3, 6))
    today = desk(store, hand, A.with_notices([late]))
    [move] = today.recalculate(dry_run=False).moves
    assert (move.outcome, [reason.code for reason in move.reasons]) == ("kept", ["not_yet_known"])
    assert move.reasons[0].text("vi").startswith("văn bản công bố từ ngày 06/03/2026")
    assert today.get(case.id) == case
    known = datetime(2026, 3, 4, 16, 0, tzinfo=p.VIETNAM)
    soon = desk(store, hand, A.with_notices([OFF])).recalculate(at=known)
    assert soon.moves[0].outcome == "would_move"
