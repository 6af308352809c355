"""The feed under load: every event comes to each consumer, in order, whoever is killed."""

from pathlib import Path

import pytest

from tests.faults.feed_load import load_feed
from tests.faults.places import Place

pytestmark = pytest.mark.usefixtures("true_time")
SECONDS = [2, pytest.param(30, marks=pytest.mark.slow)]


@pytest.mark.parametrize("seconds", SECONDS)
def test_consumers_miss_nothing(place: Place, tmp_path: Path, seconds: float) -> None:
    """Three consumers read while eight write, and both are killed: none skipped, none late."""
    found = load_feed(place, tmp_path, seconds=seconds)
    assert found.events > 4 * seconds, found
    assert found.kills + found.stops > 1, found
