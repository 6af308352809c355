"""A primary dies under load: what was acknowledged is on the replica, in order, and once."""

from pathlib import Path

import pytest

from benchmarks.failover.rounds import lose_acknowledged, run_rounds

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("true_time")]


def test_a_synchronous_replica_has_all_that_was_acknowledged(
    postgres_programs: Path, tmp_path: Path
):
    """After a failover nothing acknowledged is lost, doubled, or out of order in the feed."""
    outcome = run_rounds(tmp_path, rounds=1)
    assert (outcome.lost, outcome.doubled, outcome.disordered) == ((), (), ())
    assert outcome.acknowledged > 100
    assert all(each.in_doubt for each in outcome.rounds)


def test_an_asynchronous_replica_lacks_some(postgres_programs: Path, tmp_path: Path):
    """Where commits do not wait for the replica, the test sees that acknowledged acts are lost."""
    outcome = lose_acknowledged(tmp_path)
    assert 0 < len(outcome.lost) < outcome.acknowledged
