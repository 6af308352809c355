"""A recalculation while others record, or while the disk fails: nothing is lost or done twice."""

import multiprocessing
import sqlite3
import threading
from contextlib import closing
from datetime import date, datetime

import attrs
import pytest

from phananh import (
    HOA_BINH_2019,
    Assignee,
    ConflictError,
    Desk,
    Person,
    StoreError,
    open_store,
    vietnam_calendar,
)
from phananh.errors import CoverageError, UnknownRulesError
from phananh.regulation.case import fold
from phananh.stores.index_row import make_index_row
from phananh.stores.memory import MemoryStore
from tests.desk import people as p

NOW = vietnam_calendar("A")
BEFORE = NOW.as_of(date(2025, 12, 24))
NEW_YEAR = datetime(2025, 12, 31, 15, 0, tzinfo=p.VIETNAM)
HEAD = Person(id="TT-1", role="agency_head", unit="U-1")


@pytest.fixture
def hand():
    """Return a clock that stands on the last afternoon of the year."""
    return p.Hand(NEW_YEAR)


def told(desk, count=1):
    """Return cases that were passed to the officer."""
    return [p.with_officer(desk) for _ in range(count)]


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


class Failing(MemoryStore):
    """A store whose disk is full."""

    full = False

    def commit(self, changes, /):
        """Fail while the disk is full."""
        if self.full:
            raise StoreError(doing="recording", problem="the disk is full")
        super().commit(changes)


def test_what_failed_is_named_and_found_again(hand):
    """A case that the store could not record is in `failed`, and the next run moves it."""
    store = Failing()
    old = Desk(store=store, calendar=BEFORE, clock=hand)
    told(old, count=2)
    desk = old.with_calendars(NOW)
    store.full = True
    assert len(desk.recalculate(dry_run=False).failed) == 2
    store.full = False
    assert desk.recalculate(dry_run=False).moved == 2


def _answer_every_third(path, cases, hand, acknowledged):
    desk = Desk(store=open_store(path), calendar=BEFORE, clock=hand)
    for case in cases:
        done = desk.answer(case, text="Xong", by=p.OFFICER)
        acknowledged.put((case, done.version))
    desk.store.close()


def _hand_on(path, cases, hand, acknowledged):
    desk = Desk(store=open_store(path), calendar=BEFORE, clock=hand)
    for number, case in enumerate(cases):
        done = desk.reassign(case, to=Assignee(id=f"CB-{number}"), by=HEAD)
        acknowledged.put((case, done.version))
    desk.store.close()


def _move_all(path, hand, reports):
    desk = Desk(store=open_store(path), calendar=NOW, clock=hand)
    for _ in range(3):
        reports.append(desk.recalculate(dry_run=False, page_size=7))
    desk.store.close()


def test_nothing_is_lost_while_others_record(tmp_path, hand):
    """Two recalculations, two other processes that write: each act is there once, all is moved."""
    path = tmp_path / "cases.db"
    old = Desk(store=open_store(path), calendar=BEFORE, clock=hand)
    cases = [case.id for case in told(old, count=90)]
    context, reports = multiprocessing.get_context("spawn"), []
    acknowledged = context.Queue()
    jobs = [
        context.Process(target=_answer_every_third, args=(path, cases[::3], hand, acknowledged)),
        context.Process(target=_hand_on, args=(path, cases[1::3], hand, acknowledged)),
        threading.Thread(target=_move_all, args=(path, hand, reports)),
        threading.Thread(target=_move_all, args=(path, hand, reports)),
    ]
    for job in jobs:
        job.start()
    told_back = [acknowledged.get(timeout=120) for _ in range(60)]
    for job in jobs:
        job.join(timeout=120)
    assert len({case for case, _ in told_back}) == 60
    last = Desk(store=old.store, calendar=NOW, clock=hand).recalculate(dry_run=False)
    histories = {case: [type(e).__name__ for e in old.history(case)] for case in cases}
    assert all(histories[case].count("Answered") == 1 for case in cases[::3])
    assert all(histories[case].count("Reassigned") == 1 for case in cases[1::3])
    assert all(history.count("DeadlineMoved") <= 1 for history in histories.values())
    for case in cases[1::3] + cases[2::3]:
        assert histories[case].count("DeadlineMoved") == 1
        assert old.get(case).due.day == 5
    moved = sum(report.moved for report in (*reports, last))
    assert moved == sum(history.count("DeadlineMoved") for history in histories.values())
    assert [error for report in reports for error in report.failed] == []
    old.store.close()


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
    foreign = told(Desk(store=store, calendar=BEFORE, clock=hand, rules=other), 120)
    old = Desk(store=store, calendar=BEFORE, clock=hand)
    late = Desk(store=store, calendar=BEFORE, clock=hand, rules=other)
    [own] = told(old)
    report = old.with_calendars(NOW).recalculate(dry_run=dry_run)
    assert [move.case for move in report.moves] == [own.id]
    assert sorted(error.case for error in report.failed) == sorted(case.id for case in foreign)
    assert {error.rules for error in report.failed} == {other.id}
    hand.at = NEW_YEAR.replace(year=2026, month=1, day=5)
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
            hand.at = NEW_YEAR.replace(year=2026, month=1, day=2, hour=16)
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


def test_a_late_case_beyond_the_calendar_is_in_the_report(hand):
    """A missed limit that the calendar of today does not cover is named, and others are done."""
    old = Desk(calendar=BEFORE, clock=hand)
    [case] = told(old)
    hand.at = NEW_YEAR.replace(year=2026, month=1, day=2, hour=16)
    old.sweep()
    short = attrs.evolve(NOW, days=attrs.evolve(NOW.days, last_day=date(2025, 12, 31)))
    desk = Desk(store=old.store, calendar=short, former=[BEFORE], clock=hand)
    report = desk.recalculate()
    assert (report.moves, [type(error) for error in report.failed]) == ((), [CoverageError])
    assert report.failed[0].as_dict()["last"] == "2025-12-31"
    assert case.id in [row.case for row in desk.find(late=True).rows]
