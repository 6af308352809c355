"""A small run asks what a large one asks, and each question has an answer."""

from itertools import islice

from phananh.samples import UNTIL
from phananh.stores.base import Query
from tests.bench.scale.acting import acts_on_new, acts_on_old
from tests.bench.scale.asking import DAYS, FILTERS, ORDERS, Subject, read_feed
from tests.bench.scale.filling import draw_due, fill
from tests.bench.scale.places import sqlite_places

SIZE = 3_000
RARE = ("rules of no case", "due before", "a unit", "inbox of a unit", "an officer's id")


def test_every_question_finds_what_it_should(tmp_path):
    """Each filter finds rows, if it is not a rare one, and pages in the middle are deeper."""
    with sqlite_places([SIZE], tmp_path) as (place,):
        filled = fill(place)
        with place.open() as store:
            subject = Subject(filled, store)
            for name in FILTERS:
                for order in ORDERS:
                    first = store.find(subject.query(name, order)).rows
                    deep = store.find(subject.query(name, order, deep=True)).rows
                    assert first or name in RARE, name
                    if name == "none" and order == "oldest":
                        assert first[-1].received_at < deep[0].received_at
            subject.load()
            subject.get()
            count, middle = read_feed(store)
            assert count == filled.events
            assert len(store.scan(middle, limit=500)) == 500
    assert len(filled.rows) == SIZE
    assert 2_000 < filled.bytes_a_case < 8_000


def test_a_sweep_marks_all_that_were_made_due(tmp_path):
    """Of so many due cases a sweep three days later marks each, whatever else is stored."""
    with sqlite_places([200], tmp_path) as (place,):
        filled = fill(place)
        with place.open() as store:
            subject = Subject(filled, store)
            subject.desk.sweep(at=UNTIL + 3 * DAYS)
            store.commit(list(draw_due(40, 5)))
            found = store.find(Query(is_open=True, due_before=UNTIL + 3 * DAYS, limit=999)).rows
            swept = subject.desk.sweep(at=UNTIL + 3 * DAYS)
    assert len(found) == len(swept.lapsed) == 40


def test_writers_act_on_new_and_on_old_cases(tmp_path):
    """An act on a new case is one of four, and one on an old case adds to its history."""
    with sqlite_places([200], tmp_path) as (place,):
        filled = fill(place)
        with place.open() as store:
            desk = Subject(filled, store, clock=UNTIL + 30 * DAYS).desk
            assert len(list(islice(acts_on_new(desk), 8))) == 8
            assert store.count(Query()) == 202
            old = next(row.case for row in filled.rows if row.state == "closed")
            before = len(store.load(old))
            next(acts_on_old(desk, iter([old])))
            assert len(store.load(old)) == before + 1
