"""Sample cases are cases like any other: seeded, allowed by the Regulation, about nobody."""

from collections import Counter
from datetime import datetime, timedelta
from random import Random

import pytest

from phananh import Desk
from phananh.errors import InputError
from phananh.regulation import acts as a, events as e
from phananh.regulation.case import fold
from phananh.regulation.lifecycle import LIFECYCLE
from phananh.regulation.request import Kind, Sender, State
from phananh.samples import (
    CHANNELS,
    COURSES,
    OPERATORS,
    SHARES,
    UNITS,
    UNTIL,
    Sample,
    draw_arrivals,
    draw_changes,
)
from phananh.stores import MemoryStore
from phananh.stores.index_row import make_index_row

COUNT = 2_000


@pytest.fixture(scope="module")
def changes():
    """Return some thousand sample cases."""
    return tuple(draw_changes(COUNT, seed=7))


def test_a_seed_gives_the_same_cases_again(changes):
    """The same arguments give equal changes; another seed gives no id that was given before."""
    assert [*draw_changes(200, seed=7)] == [*draw_changes(200, seed=7)]
    ids = {change.case for change in changes}
    assert len(ids) == COUNT
    assert ids.isdisjoint(change.case for change in draw_changes(200, seed=8))


def test_a_sample_is_a_whole_history(changes):
    """Each change is a new case whose row is that of its events."""
    for change in changes[:500]:
        assert (change.expected, change.row) == (0, make_index_row(fold(change.events)))


def test_each_history_is_one_that_a_desk_records(changes):
    """A desk that is asked for the same acts at the same moments records the same states."""
    store = MemoryStore()
    store.commit(changes)
    desk = Desk(store=store, clock=lambda: UNTIL)
    for change in changes[-200:]:
        case = desk.get(change.case)
        assert case == fold(change.events)
        assert not case.is_open or desk.allowed(case, by=change.events[0].by)


def test_what_ran_out_is_marked():
    """A sweep as of the end finds nothing to mark; later it finds the limits that run."""
    changes = tuple(draw_changes(2_000, since=UNTIL - timedelta(days=9)))
    store = MemoryStore()
    store.commit(changes)
    desk = Desk(store=store)
    running = sum(change.row.due is not None for change in changes)
    assert running > 20
    assert (desk.sweep(at=UNTIL).lapsed, len(desk.sweep(at=UNTIL + timedelta(days=99)).lapsed)) == (
        (),
        running,
    )


def test_the_mix_is_that_of_an_office(changes):
    """Two to three in a hundred are open, one or so was late, and most are closed."""
    rows = [change.row for change in changes]
    states = Counter(row.state for row in rows)
    assert 0.018 < sum(row.is_open for row in rows) / COUNT < 0.035
    assert 0.005 < sum(row.late for row in rows) / COUNT < 0.02
    assert states[State.CLOSED] / COUNT > 0.85
    assert {*states} >= {*State} - {State.PENDING_VERIFICATION}  # of that there is one a day or so
    assert {row.kind for row in rows} == {*Kind}
    assert 3.5 < sum(len(change.events) for change in changes) / COUNT < 6


def test_every_step_but_a_moved_limit_happens(changes):
    """The samples take every step but what mends another, and what a unit did about its staff."""
    recorded = {type(event) for change in changes for event in change.events}
    seldom = {"move_deadline", "send_back", "withdraw", "reopen", "lift_lapse", "unpublish"}
    assert (
        len(recorded) == len({row.trigger for row in LIFECYCLE} - seldom - {"report_outcome"}) + 1
    )  # and the receipt
    assert e.DeadlineMoved not in recorded


def test_sixty_units_have_very_different_shares(changes):
    """Each of sixty units handles some, and the first has many times what the last has."""
    units = Counter(event.by.unit for change in changes for event in change.events)
    assert len(UNITS) == 60
    assert all(units[unit.name] for unit in UNITS)
    assert units[UNITS[0].name] > 5 * units[UNITS[-1].name]


def test_nothing_happens_before_or_after(changes):
    """Cases come in order over three years, and no event is later than the end."""
    received = [change.row.received_at for change in changes]
    assert received == sorted(received)
    assert UNTIL - timedelta(days=3 * 365) <= received[0] < received[-1] < UNTIL
    assert received[-1] - received[0] > timedelta(days=3 * 364)
    assert max(change.events[-1].at for change in changes) <= UNTIL


def test_texts_and_senders_are_plainly_samples(changes):
    """What would name or tell of a citizen says that it is a sample."""
    for change in changes[:500]:
        first = change.events[0]
        assert first.content.startswith("[Mẫu] ")
        assert first.sender.name.startswith("Người gửi mẫu ")
        assert first.sender.phone is None or first.sender.phone.startswith("0000 ")


def test_few_cases_over_a_short_time():
    """One case, and a time of some hours, are enough."""
    (change,) = draw_changes(1, since=UNTIL - timedelta(hours=3), until=UNTIL)
    assert UNTIL - timedelta(hours=3) <= change.row.received_at < UNTIL


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"count": 0}, "not_a_number_of_samples"),
        ({"until": datetime(2025, 1, 1)}, "naive_datetime"),
        ({"since": UNTIL}, "samples_end_early"),
    ],
)
def test_arguments_are_checked_at_once(wrong, code):
    """What cannot be drawn is refused at the call, not at the first case."""
    with pytest.raises(InputError) as caught:
        draw_changes(**{"count": 1, **wrong})
    assert caught.value.code == code


YEAR = timedelta(days=364)


def test_they_come_in_order_within_the_time():
    """Each is no earlier than the one before, in whole seconds, and within the time given."""
    found = list(draw_arrivals(Random(1), 10_000, since=UNTIL - YEAR, until=UNTIL))
    assert (len(found), found) == (10_000, sorted(found))
    assert found[0] >= UNTIL - YEAR
    assert found[-1] < UNTIL
    assert {at.microsecond for at in found} == {0}


def test_most_come_in_office_hours_and_some_at_night():
    """Every hour of the week has some; a Monday morning has many times what a Sunday night has."""
    found = list(draw_arrivals(Random(1), 50_000, since=UNTIL - YEAR, until=UNTIL))
    by_hour = {}
    for at in found:
        by_hour[at.weekday(), at.hour] = by_hour.get((at.weekday(), at.hour), 0) + 1
    assert len(by_hour) == 7 * 24
    assert by_hour[0, 8] > 50 * by_hour[6, 3]
    office = sum(n for (day, hour), n in by_hour.items() if day < 5 and 7 <= hour < 18)
    assert 0.6 < office / len(found) < 0.8


def test_every_week_has_as_many():
    """Quarters of a year have the same number within a percent."""
    found = list(draw_arrivals(Random(1), 40_000, since=UNTIL - YEAR, until=UNTIL))
    quarters = [0] * 4
    for at in found:
        quarters[int((at - (UNTIL - YEAR)) / (YEAR / 4))] += 1
    assert all(abs(count - 10_000) < 100 for count in quarters)


BARE = Sender(name="Người gửi mẫu")
FULL = Sender(name="Người gửi mẫu", phone="0000 000 001", id="mau-1")
EVERY = [(kind, course) for kind, courses in COURSES.items() for _, course in courses]


@pytest.mark.parametrize(
    ("kind", "course"), EVERY, ids=[f"{kind}-{course.__name__}" for kind, course in EVERY]
)
@pytest.mark.parametrize("sender", [BARE, FULL], ids=["bare", "full"])
def test_a_course_is_never_refused(kind, course, sender):
    """However chance falls, each act is allowed when it comes, and the case ends answered."""
    act = a.Receive(by=OPERATORS[0], kind=kind, channel="phone", content="Mẫu", sender=sender)
    desk = Desk()
    for seed in range(60):
        sample = Sample(Random(seed), desk, desk.do(None, act, at=UNTIL - timedelta(days=90)))
        for step in course(sample):
            sample.case = desk.do(sample.case, step, by_code=isinstance(step, a.Rate))
        assert not sample.case.is_open


def test_shares_are_of_a_hundred():
    """Shares of kinds and channels can be read as percent, and every kind has courses."""
    assert sum(SHARES.values()) == sum(CHANNELS.values()) == 100
    assert SHARES.keys() == COURSES.keys()
