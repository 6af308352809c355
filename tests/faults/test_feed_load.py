"""The feed under load: every event comes to each consumer, in order, whoever is killed."""

from pathlib import Path

import pytest

from tests.faults.feed_load import check_order, load_feed
from tests.faults.places import make_sqlite

SECONDS = [4, pytest.param(30, marks=pytest.mark.slow)]


@pytest.mark.parametrize("seconds", SECONDS)
def test_consumers_miss_nothing(tmp_path: Path, seconds: float) -> None:
    """Three consumers read while eight write, and both are killed: none skipped, none late."""
    with make_sqlite(timeout=30) as place:
        found = load_feed(place, tmp_path, seconds=seconds)
    assert found.events > 50 * seconds, found
    assert found.kills + found.stops >= seconds, found


ORDER = {("HB-1", 1): 0, ("HB-1", 2): 1, ("HB-2", 1): 2}


@pytest.mark.parametrize(
    "lines",
    [
        ["HB-1 1 7", "HB-2 1 7"],
        ["HB-1 2 7", "HB-1 1 7", "HB-2 1 7"],
        ["HB-1 1 7", "HB-1 2 7", "HB-1 1 7", "HB-2 1 7"],
        ["HB-1 1 7", "HB-2 1 8", "HB-1 2 7"],
    ],
    ids=["skipped", "out of order", "back", "late"],
)
def test_wrong_order_is_seen(lines: list[str]) -> None:
    """An event that is skipped, or comes after a later one, does not pass."""
    with pytest.raises(AssertionError):
        check_order([line.split() for line in lines], ORDER)


def test_repetition_by_another_worker_is_right() -> None:
    """Whoever takes over delivers again what was not recorded as delivered."""
    lines = ["HB-1 1 7", "HB-1 2 7", "HB-1 2 8", "HB-2 1 8", "HB-2 1 7"]
    check_order([line.split() for line in lines], ORDER)
