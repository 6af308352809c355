"""Writers are killed with SIGKILL: nothing acknowledged is lost, and nothing is half done."""

from pathlib import Path

import pytest

from tests.faults.kills import kill_writers
from tests.faults.places import make_sqlite


@pytest.mark.parametrize("kills", [20, pytest.param(300, marks=pytest.mark.slow)])
def test_killed_writers_lose_nothing(tmp_path: Path, kills: int) -> None:
    """Of two writers one after the other is killed: every acknowledged act is there, whole."""
    with make_sqlite() as place:
        survived = kill_writers(place, tmp_path, kills=kills)
    assert survived.acknowledged > kills * 3, f"{survived}: the kills came too soon"
