"""Law 23 on offices of any kind: many deadlines at once are the deadlines one by one."""

from datetime import UTC, datetime, timedelta

import pytest

from phananh.worktime.bulk import add_many
from tests.worktime.laws import law
from tests.worktime.offices import TICK

np = pytest.importorskip("numpy")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _ticks(t):
    return (t.astimezone(UTC) - EPOCH) // TICK


@law(23)
def test_law_23_bulk_equals_scalar(office, many, choice):
    """Each element is what `add` gives, forward, and also back or not at all."""
    signs = [(1, -1, 0)[(choice >> i) % 3 if choice % 2 else 0] for i in range(len(many))]
    budgets = [w * sign for (_, w), sign in zip(many, signs, strict=True)]
    starts = np.array([_ticks(t) for t, _ in many])
    due = add_many(office.calendar, starts, np.array([w // TICK for w in budgets]))
    one_by_one = [office.calendar.add(t, w) for (t, _), w in zip(many, budgets, strict=True)]
    assert due.tolist() == [_ticks(t) for t in one_by_one]


@law(23)
def test_law_23_one_budget_for_all_equals_scalar(office, many, w):
    """A single budget laid from many starts is laid from each of them."""
    due = add_many(office.calendar, np.array([_ticks(t) for t, _ in many]).view("M8[us]"), w)
    assert due.view("i8").tolist() == [_ticks(office.calendar.add(t, w)) for t, _ in many]


@law(23)
def test_law_23_a_long_list_is_cut_into_pieces_unseen(office, t, w):
    """More elements than one chunk holds are answered as a few are."""
    hours = np.arange(20_000, dtype=np.int64) * 3_600_000_000 // 20
    due = add_many(office.calendar, hours + _ticks(t), w)
    for i in (0, 16_383, 16_384, 19_999):
        start = t.astimezone(UTC) + timedelta(microseconds=int(hours[i]))
        assert int(due[i]) == _ticks(office.calendar.add(start, w))
