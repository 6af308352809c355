"""Waiting for others, and a call that nobody waits for: it ends as soon as it can."""

import time
from contextvars import copy_context
from pathlib import Path

import pytest

from phananh import Desk, StoreError
from phananh.stores import SqliteStore
from phananh.stores.waiting import is_cancelled, watch_cancelled
from tests.desk import people as p


def test_a_call_is_not_cancelled_unless_its_context_says_so() -> None:
    """What is asked in one context is not asked in another."""
    context = copy_context()
    context.run(watch_cancelled, lambda: True)
    assert context.run(is_cancelled)
    assert not is_cancelled()


def test_a_cancelled_call_does_not_wait_for_the_lock_file(tmp_path: Path) -> None:
    """It ends at once, and nothing is recorded; a lock that is free is taken as ever."""
    path = tmp_path / "cases.db"
    with SqliteStore(path) as other, SqliteStore(path, timeout=30) as store:
        context, desk = copy_context(), Desk(store=store)
        context.run(watch_cancelled, lambda: True)
        start = time.monotonic()
        with other._lock, pytest.raises(StoreError):
            context.run(p.a_case, desk)
        assert time.monotonic() - start < 10
        assert desk.count() == 0
        assert context.run(p.a_case, desk).version == 1


def test_a_cancelled_sweep_ends_after_its_page(hand: p.Hand) -> None:
    """What was marked stays marked, and the next sweep marks the rest."""
    desk, context = Desk(clock=hand), copy_context()
    for _ in range(510):
        p.with_officer(desk)
    hand.at += 100 * p.HOUR
    context.run(watch_cancelled, lambda: True)
    assert len(context.run(desk.sweep).lapsed) == 500
    assert len(desk.sweep().lapsed) == 10


def test_a_cancelled_recalculation_ends_after_its_page(hand: p.Hand) -> None:
    """Its report says where the next one goes on."""
    desk, context = Desk(clock=hand), copy_context()
    for _ in range(5):
        p.with_officer(desk)
    context.run(watch_cancelled, lambda: True)
    report = context.run(lambda: desk.recalculate(page_size=2))
    assert report.read == 2
    assert desk.recalculate(page_size=2, after=report.next).read == 3
