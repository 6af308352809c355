"""When the calendar changes: what moves, what stays, what is said, and that again is nothing (R15).

CV 12729/VPCP-KGVX of 25 December 2025 made Friday 2 January 2026 a day off, and Saturday 10
January a working day; before it nobody knew.
"""

import csv
import io
import json
import multiprocessing
import sqlite3
from contextlib import closing
from datetime import date, datetime
from unittest.mock import Mock

import attrs
import pytest

from phananh import (
    HOA_BINH_2019,
    Accused,
    Assignee,
    ConflictError,
    Desk,
    InputError,
    NotFoundError,
    Person,
    Role,
    StoreError,
    open_store,
    vietnam_calendar,
)
from phananh.desk.recalculation import HEADER, Run
from phananh.errors import (
    CoverageError,
    NoWorkingTimeError,
    UnknownCalendarError,
    UnknownRulesError,
)
from phananh.regulation.case import fold
from phananh.regulation.cleaning import END_OF_TIME
from phananh.stores.base import Query
from phananh.stores.index_row import make_index_row
from phananh.stores.memory import MemoryStore
from tests.desk import people as p

NOW = vietnam_calendar("A")
BEFORE = NOW.as_of(date(2025, 12, 24))
NEW_YEAR, SECOND = (2025, 12, 31, 15, 0), (2026, 1, 9, 15, 0)


@pytest.fixture
def hand():
    """Return a clock that stands on the last afternoon of the year."""
    return p.Hand(datetime(*NEW_YEAR, tzinfo=p.VIETNAM))


@pytest.fixture
def old(hand, store):
    """Return a desk that does not know of the notice, on each store."""
    return Desk(store=store, calendar=BEFORE, clock=hand)


def told(desk, when=NEW_YEAR, count=1):
    """Return cases that were passed to the officer at a moment."""
    desk.clock.at = datetime(*when, tzinfo=p.VIETNAM)
    return [p.with_officer(desk) for _ in range(count)]


def test_a_dry_run_says_what_would_move(old, hand):
    """A dry run names case, unit, both times, the days and the document, and records nothing."""
    [case] = told(old)
    hand.at -= p.HOUR  # a clock that is behind the case stops no recalculation
    report = old.with_calendars(NOW).recalculate()
    [move] = report.moves
    assert (report.dry_run, report.read, report.moved, report.kept) == (True, 1, 1, 0)
    assert (move.case, move.unit, move.outcome) == (case.id, p.OFFICER.unit, "would_move")
    assert f"{move.old:%d/%m %H:%M} {move.new:%d/%m %H:%M}" == "02/01 10:00 05/01 10:00"
    assert (move.unexplained, move.missing, move.reasons) == ((), (), ())
    notices = ("CV 12729/VPCP-KGVX",)
    assert (move.days, move.cause, move.notices) == ((date(2026, 1, 2),), "day_off", notices)
    assert (move.old_version, move.new_version, old.get(case.id)) == (
        BEFORE.version,
        NOW.version,
        case,
    )


def test_applied_it_moves_and_again_is_nothing(old, hand):
    """Applied, the case is due at the new time; a second run finds nothing to do."""
    [case] = told(old)
    hand.at += p.HOUR
    desk, later = old.with_calendars(NOW), hand.at
    assert desk.recalculate(dry_run=False, at=later).moves[0].outcome == "moved"
    assert desk.history(case)[-1].at == later
    after = desk.get(case.id)
    assert (f"{after.due:%d/%m %H:%M}", after.version) == ("05/01 10:00", case.version + 1)
    row = desk.find(is_open=True).rows[0]
    assert (row.due, row.version) == (after.due, after.version)
    again = desk.recalculate(dry_run=False)
    assert (again.read, again.moved, again.kept, again.moves) == (1, 0, 0, ())
    assert desk.get(case.id) == after


def test_an_earlier_time_is_listed_and_applied_when_asked(old, hand):
    """What a worked day brings forward is kept and listed, and applied with `earlier`."""
    [case] = told(old, SECOND)
    case = old.request_verification(
        case, agency="U-2", appointment=hand.at + 90 * p.HOUR, by=p.OFFICER
    )
    desk = old.with_calendars(NOW)
    kept = desk.recalculate(dry_run=False)
    assert (kept.moved, kept.kept) == (0, 1)
    [move] = kept.moves
    assert (move.is_earlier, move.outcome, move.cause) == (True, "kept", "worked_day")
    assert not attrs.evolve(move, counted=move.old).is_earlier
    assert ([reason.code for reason in move.reasons], desk.get(case.id)) == (["earlier_kept"], case)
    applied = desk.recalculate(dry_run=False, earlier="apply")
    assert [(u.unit, u.later, u.earlier, u.kept) for u in applied.units] == [("U-2", 0, 1, 0)]
    assert f"{desk.get(case.id).due:%d/%m %H:%M}" == "10/01 15:00"


def test_only_running_limits_are_touched(old, hand):
    """Received, answered and lapsed cases are not touched; of those only the lapse is listed."""
    received = p.a_case(old)
    answered, lapsed = told(old, count=2)
    answered = old.answer(answered, text="Xong", by=p.OFFICER)
    hand.at = datetime(2026, 1, 2, 10, 1, tzinfo=p.VIETNAM)
    old.sweep()
    old.complete(lapsed.id, accused=[Accused(id=p.OFFICER.id, unit="U-1")], by=p.OPERATOR)
    desk = old.with_calendars(NOW)
    report = desk.recalculate(dry_run=False)
    assert (report.read, [move.case for move in report.moves]) == (0, [lapsed.id])
    assert desk.get(lapsed.id).lapses[0].due.day == 2
    assert [desk.get(each.id) for each in (received, answered)] == [received, answered]


def test_days_pass_over_what_cannot_touch_them(old, hand):
    """With the changed days given, a case that cannot touch one is passed over unread."""
    told(old, (2025, 12, 1, 9, 0), count=3)
    told(old, count=2)
    desk = old.with_calendars(NOW)
    assert (desk.recalculate().read, desk.recalculate().moved) == (5, 2)
    some = desk.recalculate(days=[date(2026, 1, 2), date(2026, 1, 10)])
    assert (some.read, some.moved) == (2, 2)
    for day, read in (("2025-12-29", 0), ("2025-12-30", 2), ("2026-01-03", 2), ("2026-01-04", 0)):
        assert desk.recalculate(days=[date.fromisoformat(day)]).read == read
    later = attrs.evolve(
        HOA_BINH_2019, name="LATER", late_after="next_opening", valid_from=date(2026, 1, 1),
        valid_until=None,
    )  # fmt: skip
    desk = attrs.evolve(desk, rules=[HOA_BINH_2019, later])
    for day, read in ((date(2026, 2, 1), 2), (date(2026, 2, 2), 0)):  # thirty days after the due
        assert desk.recalculate(days=[day]).read == read
    for days, problem in ((["2026-01-02"], "'2026-01-02' is not a date"), ("2026", "not a list")):
        with pytest.raises(InputError, match=problem) as caught:
            desk.recalculate(days=days)
        assert caught.value.field == "days"


def test_the_report_by_unit(old, hand):
    """The report counts by role and unit, in order, and gives the same as JSON and CSV."""
    told(old, count=3)
    agency = old.request_verification(
        told(old)[0], agency="U-2", appointment=hand.at + 90 * p.HOUR, by=p.OFFICER
    )
    old.escalate(p.a_case(old), to=Person(id="OF-9", role="officer"), by=p.OPERATOR)  # of no unit
    report = old.with_calendars(NOW).recalculate()
    counts = [(u.role, u.unit, u.later, u.earlier, u.kept) for u in report.units]
    assert counts == [
        ("agency", "U-2", 1, 0, 0),
        ("officer", None, 1, 0, 0),
        ("officer", p.OFFICER.unit, 3, 0, 0),
    ]
    plain = json.loads(json.dumps(report.as_dict()))
    assert (plain["moved"], plain["units"][0]["unit"]) == (5, "U-2")
    assert agency.id in [move["case"] for move in plain["moves"]]
    rows = list(csv.DictReader(io.StringIO(report.as_csv())))
    assert report.as_csv().count("\n") == len(rows) + 1
    assert "\r" not in report.as_csv()
    assert " ".join(rows[0]) == " ".join(plain["moves"][0]) == " ".join(HEADER)
    assert " ".join(HEADER) == (
        "case role unit holder article start old new counted outcome cause days notices "
        "unexplained missing old_calendar old_version new_calendar new_version reasons"
    )
    assert " ".join(plain) == (
        "dry_run at read moved kept unexplained named_on_day_off late_before "
        "units moves failed next"
    )
    assert [row["new"] for row in rows] == [move["new"] for move in plain["moves"]]
    assert {row["days"] for row in rows} == {"2026-01-02"}
    both = attrs.evolve(report.moves[0], days=[date(2026, 1, 2), date(2026, 1, 10)])
    assert "2026-01-02;2026-01-10" in both.row()


def test_a_run_resumes_where_it_was_cut(old, hand):
    """Cut by Ctrl-C after a page, it goes on from the cursor, and all is done once."""
    cases = told(old, count=10)
    desk, seen = old.with_calendars(NOW), []

    def cut(report):
        seen.append(report)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        desk.recalculate(dry_run=False, page_size=3, on_page=cut)
    assert (seen[0].read, seen[0].moved) == (3, 3)
    rest = desk.recalculate(dry_run=False, page_size=3, after=seen[0].next)
    assert (rest.moved, rest.next, {desk.get(case.id).version for case in cases}) == (7, None, {3})
    assert {desk.get(case.id).due.day for case in cases} == {5}


def test_each_case_is_counted_once(old, hand):
    """A case that moves later is met again there, and is counted, and handed on, once."""
    told(old, count=7)
    told(old, (2026, 1, 1, 8, 0), count=2)
    taken = []
    report = old.with_calendars(NOW).recalculate(dry_run=False, page_size=2, on_move=taken.append)
    assert (report.read, report.moved, report.moves, len(taken)) == (9, 9, (), 9)


def test_a_run_remembers_only_what_it_meets_again(old, hand):
    """A case that moved later is met there once more. A dry run moves none, and others go back."""
    for when, dry_run, size, met in (
        (SECOND, False, 9, 0), (NEW_YEAR, True, 9, 0), (NEW_YEAR, False, 9, 2),
        (NEW_YEAR, False, 1, 0),
    ):  # fmt: skip
        told(old, when)
        run = Run(
            desk=old.with_calendars(NOW), dry_run=dry_run, earlier=True, unexplained=False,
            at=None, started=hand.at, days=(), on_move=None,
        )  # fmt: skip
        after = None
        while after != "late:":
            after = run.do_page(after, size)
        assert (len(run.moved_later), len(run.moves) > 0) == (met, True)
    [case], run.former = told(old), {}
    for other in ({}, {"calendar": "B"}, {"version": "x"}, {"start": case.due}, {}):
        for calendar in (NOW, BEFORE):
            run._find_former(attrs.evolve(case.deadline, **other), case.holder, calendar)
    assert len(run.former) == 8  # looked up once for each day and calendar


def test_pages_are_of_open_cases(hand, monkeypatch):
    """Those with a running limit are read, and then those that were late before."""
    store, asked = MemoryStore(), []
    find = store.find
    monkeypatch.setattr(store, "find", lambda query: asked.append(query) or find(query))
    Desk(store=store, clock=hand).recalculate(page_size=7)
    assert asked == [
        Query(is_open=True, due_before=END_OF_TIME - p.MICROSECOND, limit=7),
        Query(is_open=True, late=True, limit=7),
    ]


def test_an_unknown_calendar_stops_the_page(old, hand):
    """A limit on hours that the desk does not know is refused, and nothing of its page moves."""
    cases = told(old, count=2)
    other = Desk(store=old.store, calendar=vietnam_calendar("VP"), clock=hand)
    for dry_run in (True, False):
        with pytest.raises(UnknownCalendarError, match=r"calendar A: .*knows only VP") as caught:
            other.recalculate(dry_run=dry_run)
        assert (set(caught.value.cases), caught.value.deadlines) == ({case.id for case in cases}, 2)
    assert [old.get(case.id) for case in cases] == cases


@pytest.mark.parametrize("option", ["earlier", "unexplained"])
def test_a_misspelt_option_is_refused(old, option):
    """What is neither keep nor apply is refused, before anything is read."""
    for wrong in ("sooner", None, True):
        with pytest.raises(InputError, match="use one of keep, apply") as caught:
            old.recalculate(**{option: wrong})
        assert caught.value.field == option


HEAD = Person(id="TT-1", role="agency_head", unit="U-1")


class Meddling(MemoryStore):
    """A store in which somebody else acts first, a number of times."""

    def __init__(self, times):
        """Begin with nobody meddling."""
        super().__init__()
        self.times, self.meddle = times, None

    def commit(self, changes, /):
        """Let the other one act, then commit."""
        if self.meddle and self.times:
            self.times -= 1
            meddle, self.meddle = self.meddle, None
            meddle()
            self.meddle = meddle
        super().commit(changes)


@pytest.mark.parametrize(("times", "moved"), [(0, 1), (1, 1), (4, 1), (5, 0), (9, 0)])
def test_a_conflict_is_judged_again(hand, times, moved):
    """Where somebody records first the fresh case is judged, a few times, then it is named."""
    store = Meddling(times)
    old = Desk(store=store, calendar=BEFORE, clock=hand)
    [case] = told(old)
    names = iter(f"CB-{n}" for n in range(2, 20))
    store.meddle = lambda: old.reassign(case.id, to=Assignee(id=next(names)), by=HEAD)
    report = old.with_calendars(NOW).recalculate(dry_run=False)
    assert (report.moved, len(report.failed)) == (moved, 1 - moved)
    assert all(isinstance(error, ConflictError) for error in report.failed)
    after = old.get(case.id)
    assert after.version == case.version + min(times, 5) + moved
    assert [move.opened_by for move in after.moves] == [2] * moved


def test_an_answer_that_came_first_is_kept(hand):
    """A case that is answered while it is judged is left as it was answered."""
    store = Meddling(1)
    old = Desk(store=store, calendar=BEFORE, clock=hand)
    [case] = told(old)
    store.meddle = lambda: old.answer(case.id, text="Xong", by=p.OFFICER)
    report = old.with_calendars(NOW).recalculate(dry_run=False)
    assert (report.moves, report.failed) == ((), ())
    assert [type(e).__name__ for e in old.history(case)][2:] == ["Answered"]


def test_a_case_that_cannot_be_read_or_counted_is_named(hand, monkeypatch):
    """Whatever fails for a case alone is in the report, and the next run finds it again.

    A store that is busy ends the run.
    """
    old = Desk(calendar=BEFORE, clock=hand)
    told(old)
    desk = old.with_calendars(NOW)
    for error in (
        StoreError(doing="reading", problem="x"), NotFoundError(key="x"),
        CoverageError(calendar="A", day="2030-01-01", first="2018-01-01", last="2027-12-31"),
        NoWorkingTimeError(code="no_time_left_after", calendar="A", day="2030-01-01"),
        StoreError(doing="reading", code="busy", seconds=5),
    ):  # fmt: skip
        with monkeypatch.context() as patch:
            patch.setattr(desk.store, "load", Mock(side_effect=error))
            if getattr(error, "code", "") == "busy":
                with pytest.raises(StoreError):
                    desk.recalculate()
            else:
                assert desk.recalculate().failed == (error,)
    assert desk.recalculate(dry_run=False).moved == 1


@pytest.mark.slow
def test_killed_in_the_middle_the_next_run_does_the_rest(tmp_path, hand):
    """Killed without warning, each case is moved whole or not at all, and the rest is found."""
    path = tmp_path / "cases.db"
    old = Desk(store=open_store(path), calendar=BEFORE, clock=hand)
    cases = [case.id for case in told(old, count=300)]
    desk = Desk(store=old.store, calendar=NOW, clock=hand)
    run = multiprocessing.get_context("spawn").Process(target=_move_once, args=(path, hand))
    run.start()
    while run.is_alive() and len(moved_of(old, cases)) < 30:
        pass
    run.kill()
    run.join()
    before = moved_of(old, cases)
    assert 30 <= len(before) < 300
    assert desk.recalculate(dry_run=False).moved == 300 - len(before)
    rows = {row.case: row for row in old.find(limit=1000).rows}
    for case in cases:
        history = old.history(case)
        assert [type(event).__name__ for event in history].count("DeadlineMoved") == 1
        assert rows[case] == make_index_row(fold(history))
    old.store.close()


def _move_once(path, hand):
    Desk(store=open_store(path), calendar=NOW, clock=hand).recalculate(dry_run=False)


def moved_of(desk, cases):
    """Return the cases that are moved by now."""
    return [row.case for row in desk.find(limit=1000).rows if row.version == 3]


@pytest.mark.parametrize("dry_run", [True, False])
def test_cases_of_rules_that_were_not_given_are_reported(hand, dry_run):
    """However many they are, they are listed with their set, and the others are done."""
    store = MemoryStore()
    other = attrs.evolve(HOA_BINH_2019, name="OTHER")
    foreign = told(Desk(store=store, calendar=BEFORE, clock=hand, rules=other), count=120)
    old = Desk(store=store, calendar=BEFORE, clock=hand)
    late = Desk(store=store, calendar=BEFORE, clock=hand, rules=other)
    [own] = told(old)
    report = old.with_calendars(NOW).recalculate(dry_run=dry_run)
    assert [move.case for move in report.moves] == [own.id]
    assert sorted(error.case for error in report.failed) == sorted(case.id for case in foreign)
    assert {error.rules for error in report.failed} == {other.id}
    hand.at = datetime(2026, 1, 5, 15, tzinfo=p.VIETNAM)
    assert len(late.sweep().lapsed) == 120
    report = old.with_calendars(NOW).recalculate(dry_run=dry_run)
    assert {type(error) for error in report.failed} == {UnknownRulesError}


def break_cases(path, statement, *cases):
    """Damage what is stored of some cases."""
    with closing(sqlite3.connect(path)) as raw, raw:
        raw.executemany(statement, [(case,) for case in cases])


@pytest.mark.parametrize(
    "statement",
    [
        "update phananh_event set body = '{' where case_id = ?",
        "update phananh_case set kind = 'conduct' where case_id = ?",
    ],
    ids=["history", "row"],
)
@pytest.mark.parametrize("is_late", [False, True])
def test_what_cannot_be_read_is_in_the_report(tmp_path, hand, statement, is_late):
    """Running or marked late before, a case whose history or row is damaged is named as failed."""
    path = tmp_path / "cases.db"
    with open_store(path) as store:
        old = Desk(store=store, calendar=BEFORE, clock=hand)
        broken, whole = (case.id for case in told(old, count=2))
        if is_late:
            hand.at = datetime(2026, 1, 2, 16, tzinfo=p.VIETNAM)
            assert len(old.sweep().lapsed) == 2
        break_cases(path, statement, broken)
        reports = []
        desk = Desk(store=store, calendar=NOW, former=[BEFORE], clock=hand)
        last = desk.recalculate(on_page=reports.append, page_size=1)
        assert [error.as_dict()["case"] for error in last.failed] == [broken]
        assert {error.as_dict()["error"] for error in last.failed} == {"CorruptError"}
        assert [move.case for move in last.moves] == [whole]
        assert [move.outcome for move in last.moves] == ["late_before" if is_late else "would_move"]
        assert reports[-1] == last


def test_hours_that_nobody_gave_are_in_the_report(old, hand):
    """A case of a role without hours today is named as failed, and the others are done."""
    told(old)
    case = old.request_verification(
        told(old)[0], agency="U-2", appointment=hand.at + 90 * p.HOUR, by=p.OFFICER
    )
    report = attrs.evolve(old, calendar={Role.OFFICER: NOW}, former=[BEFORE]).recalculate()
    assert [(type(error), error.code) for error in report.failed] == [
        (InputError, "no_hours_for_unit")
    ]
    assert (report.read, report.moved, case.version) == (2, 1, 3)


def test_a_move_is_dated_as_it_is_asked_for(old, hand):
    """The moment that is given is that of the move, and the clock's is when it was entered."""
    (case,) = told(old, count=1)
    moment = hand.at + p.HOUR / 2
    hand.at += p.HOUR
    desk = old.with_calendars(NOW)
    assert desk.recalculate(dry_run=False, at=moment).moved == 1
    assert [(each.at, each.recorded_at) for each in desk.history(case)[-1:]] == [(moment, hand.at)]
