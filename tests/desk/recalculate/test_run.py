"""When the calendar changes: what moves, what stays, what is said, and that again is nothing (R15).

CV 12729/VPCP-KGVX of 25 December 2025 made Friday 2 January 2026 a day off, and Saturday 10
January a working day; before it nobody knew.
"""

import csv
import io
import json
from datetime import date, datetime, timedelta

import attrs
import pytest

from phananh import Desk, InputError, Person, vietnam_calendar
from phananh.desk.recalculate import HEADER
from phananh.errors import CoverageError, UnknownCalendarError
from phananh.regulation import acts as a
from tests.desk import people as p

NOW = vietnam_calendar("A")
BEFORE = NOW.as_of(date(2025, 12, 24))
NEW_YEAR = (2025, 12, 31, 15, 0)
SECOND = (2026, 1, 9, 15, 0)


@pytest.fixture
def hand():
    """Return a clock that stands on the last afternoon of the year."""
    return p.Hand(datetime(*NEW_YEAR, tzinfo=p.VIETNAM))


@pytest.fixture
def old(hand, store):
    """Return a desk that does not know of the notice, on each store."""
    return Desk(store=store, calendar=BEFORE, clock=hand)


def told(desk, hand, when=NEW_YEAR, count=1):
    """Return cases that were passed to the officer at a moment."""
    hand.at = datetime(*when, tzinfo=p.VIETNAM)
    return [p.with_officer(desk) for _ in range(count)]


def test_a_dry_run_says_what_would_move(old, hand):
    """A dry run names case, unit, both times, the days and the document, and records nothing."""
    [case] = told(old, hand)
    report = old.with_calendars(NOW).recalculate()
    [move] = report.moves
    assert (report.dry_run, report.read, report.moved, report.kept) == (True, 1, 1, 0)
    assert (move.case, move.unit, move.outcome) == (case.id, p.OFFICER.unit, "would_move")
    assert f"{move.old:%d/%m %H:%M} {move.new:%d/%m %H:%M}" == "02/01 10:00 05/01 10:00"
    assert (move.unexplained, move.missing, move.reasons) == ((), (), ())
    assert (move.days, move.cause) == ((date(2026, 1, 2),), "day_off")
    assert move.notices == ("CV 12729/VPCP-KGVX",)
    assert (move.old_version, move.new_version) == (BEFORE.version, NOW.version)
    assert old.get(case.id) == case


def test_applied_it_moves_and_again_is_nothing(old, hand):
    """Applied, the case is due at the new time; a second run finds nothing to do."""
    [case] = told(old, hand)
    desk = old.with_calendars(NOW)
    assert desk.recalculate(dry_run=False).moves[0].outcome == "moved"
    after = desk.get(case.id)
    assert f"{after.due:%d/%m %H:%M}" == "05/01 10:00"
    assert after.version == case.version + 1
    row = desk.find(is_open=True).rows[0]
    assert (row.due, row.version) == (after.due, after.version)
    again = desk.recalculate(dry_run=False)
    assert (again.read, again.moved, again.kept, again.moves) == (1, 0, 0, ())
    assert desk.get(case.id) == after


def test_an_earlier_time_is_listed_and_applied_when_asked(old, hand):
    """What a worked day brings forward is kept and listed, and applied with `earlier`."""
    [case] = told(old, hand, SECOND)
    case = old.request_verification(
        case, agency="U-2", appointment=hand.at + 90 * p.HOUR, by=p.OFFICER
    )
    desk = old.with_calendars(NOW)
    kept = desk.recalculate(dry_run=False)
    assert (kept.moved, kept.kept) == (0, 1)
    [move] = kept.moves
    assert (move.is_earlier, move.outcome, move.cause) == (True, "kept", "worked_day")
    assert [reason.code for reason in move.reasons] == ["earlier_kept"]
    assert desk.get(case.id) == case
    applied = desk.recalculate(dry_run=False, earlier="apply")
    assert [(u.unit, u.later, u.earlier, u.kept) for u in applied.units] == [("U-2", 0, 1, 0)]
    assert f"{desk.get(case.id).due:%d/%m %H:%M}" == "10/01 15:00"


def test_only_running_limits_are_touched(old, hand):
    """Received, answered and lapsed cases are not touched; of those only the lapse is listed."""
    received = p.a_case(old)
    answered, lapsed = told(old, hand, count=2)
    answered = old.answer(answered, text="Xong", by=p.OFFICER)
    hand.at = datetime(2026, 1, 2, 10, 1, tzinfo=p.VIETNAM)
    old.sweep()
    desk = old.with_calendars(NOW)
    report = desk.recalculate(dry_run=False)
    assert (report.read, [move.case for move in report.moves]) == (0, [lapsed.id])
    assert desk.get(lapsed.id).lapses[0].due.day == 2
    assert [desk.get(each.id) for each in (received, answered)] == [received, answered]


def test_a_limit_that_ran_out_unmarked_moves(old, hand):
    """R37: late on the old calendar, for a day that the notice had closed before, is not late."""
    [case] = told(old, hand)
    hand.at = datetime(2026, 1, 3, 9, 0, tzinfo=p.VIETNAM)
    desk = old.with_calendars(NOW)
    assert desk.recalculate(dry_run=False).moved == 1
    assert desk.sweep().lapsed == ()
    assert desk.get(case.id).is_late is False


def test_a_promised_time_is_listed_and_stays(old, hand):
    """R38: a rescheduled time is named in the list, and stays."""
    [case] = told(old, hand)
    case = old.request_verification(
        case, agency="U-2", appointment=hand.at + 90 * p.HOUR, by=p.OFFICER
    )
    to = datetime(2026, 1, 20, 9, 0, tzinfo=p.VIETNAM)
    agency = Person(id="DM-1", role="agency", unit="U-2")
    case = old.reschedule(case, to=to, reason="Chờ đo đạc", by=agency)
    desk = old.with_calendars(NOW)
    [move] = desk.recalculate(dry_run=False).moves
    assert (move.old, move.outcome) == (to, "kept")
    assert [reason.code for reason in move.reasons] == ["promised_time"]
    assert desk.get(case.id) == case


def test_days_pass_over_what_cannot_touch_them(old, hand):
    """With the changed days given, a case that cannot touch one is passed over unread."""
    told(old, hand, (2025, 12, 1, 9, 0), count=3)
    told(old, hand, count=2)
    desk = old.with_calendars(NOW)
    assert (desk.recalculate().read, desk.recalculate().moved) == (5, 2)
    some = desk.recalculate(days=[date(2026, 1, 2), date(2026, 1, 10)])
    assert (some.read, some.moved) == (2, 2)
    assert desk.recalculate(days=[date(2026, 3, 2)]).read == 0
    for days, problem in ((["2026-01-02"], "'2026-01-02' is not a date"), ("2026", "not a list")):
        with pytest.raises(InputError, match=problem) as caught:
            desk.recalculate(days=days)
        assert caught.value.field == "days"


def test_the_report_by_unit(old, hand):
    """The report counts by role and unit, in order, and gives the same as JSON and CSV."""
    told(old, hand, count=3)
    agency = old.request_verification(
        told(old, hand)[0], agency="U-2", appointment=hand.at + 90 * p.HOUR, by=p.OFFICER
    )
    report = old.with_calendars(NOW).recalculate()
    counts = [(u.role, u.unit, u.later, u.earlier, u.kept) for u in report.units]
    assert counts == [("agency", "U-2", 1, 0, 0), ("officer", p.OFFICER.unit, 3, 0, 0)]
    plain = json.loads(json.dumps(report.as_dict()))
    assert (plain["moved"], plain["units"][0]["unit"]) == (4, "U-2")
    assert agency.id in [move["case"] for move in plain["moves"]]
    rows = list(csv.DictReader(io.StringIO(report.as_csv())))
    assert tuple(rows[0]) == HEADER
    assert [row["new"] for row in rows] == [move["new"] for move in plain["moves"]]
    assert {row["days"] for row in rows} == {"2026-01-02"}


def test_a_run_resumes_where_it_was_cut(old, hand):
    """Cut by Ctrl-C after a page, it goes on from the cursor, and all is done once."""
    cases = told(old, hand, count=10)
    desk, seen = old.with_calendars(NOW), []

    def cut(report):
        seen.append(report)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.recalculate(dry_run=False, page_size=3, on_page=cut)
    assert (seen[0].read, seen[0].moved) == (3, 3)
    rest = desk.recalculate(dry_run=False, page_size=3, after=seen[0].next)
    assert (rest.moved, rest.next) == (7, None)
    assert {desk.get(case.id).version for case in cases} == {3}
    assert {desk.get(case.id).due.day for case in cases} == {5}


def test_each_case_is_counted_once(old, hand):
    """A case that moves to a later time is met again there, and is not counted twice."""
    told(old, hand, count=7)
    told(old, hand, (2026, 1, 1, 8, 0), count=2)
    report = old.with_calendars(NOW).recalculate(dry_run=False, page_size=2)
    assert (report.read, report.moved) == (9, 9)


def test_moves_can_be_taken_one_by_one(old, hand):
    """With `on_move` the report keeps no moves, so that it stays small."""
    told(old, hand, count=4)
    taken = []
    report = old.with_calendars(NOW).recalculate(on_move=taken.append)
    assert (len(taken), report.moves, report.moved) == (4, (), 4)


def test_a_time_beyond_the_calendar_is_named(old, hand):
    """A limit that the new calendar cannot count is named, and the others are done."""
    [case] = told(old, hand)
    strict = attrs.evolve(NOW, known_through=date(2026, 1, 2), strict=True)
    report = old.with_calendars(strict).recalculate(dry_run=False)
    assert [type(error) for error in report.failed] == [CoverageError]
    assert old.get(case.id) == case


def test_an_unknown_calendar_stops_the_page(old, hand):
    """A limit on hours that the desk does not know is refused, and nothing of its page moves."""
    cases = told(old, hand, count=2)
    other = Desk(store=old.store, calendar=vietnam_calendar("VP"), clock=hand)
    for dry_run in (True, False):
        with pytest.raises(UnknownCalendarError, match=r"calendar A: .*knows only VP") as caught:
            other.recalculate(dry_run=dry_run)
        assert set(caught.value.cases) == {case.id for case in cases}
    assert [old.get(case.id) for case in cases] == cases


def test_another_calendar_for_a_unit_is_no_accident(old, hand):
    """With the former hours given, a unit that has other hours now is counted on those."""
    told(old, hand)
    desk = Desk(store=old.store, calendar=vietnam_calendar("VP"), former=[BEFORE], clock=hand)
    [move] = desk.recalculate(earlier="apply").moves
    assert (move.old_calendar, move.new_calendar) == ("A", "VP")
    assert move.new == vietnam_calendar("VP").add(move.start, timedelta(hours=5))


@pytest.mark.parametrize("wrong", ["sooner", None, True])
def test_a_misspelt_option_is_refused(old, wrong):
    """What is neither keep nor apply is refused, before anything is read."""
    with pytest.raises(InputError, match="use one of keep, apply"):
        old.recalculate(earlier=wrong)


def test_nobody_moves_a_deadline_by_hand(old, hand):
    """The step belongs to the system: an officer may not take it, nor is it offered."""
    [case] = told(old, hand)
    assert "move_deadline" not in old.allowed(case, by=p.OFFICER)
    assert "move_deadline" in a.ACTS
