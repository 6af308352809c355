"""Random act logs, read by the library and by a reading that does not know it: the same.

The reading is `tests/oracle/acts`, the logs are `tests/oracle/logs`; `make slow` reads many more.
"""

from contextlib import closing
from pathlib import Path

import pytest

from phananh import MemoryStore, open_store
from tests.act_log.two_readings import (
    RERUN_SEEDS,
    SEEDS,
    find_difference,
    log_of,
    replay_again,
)
from tests.oracle.logs import draw


@pytest.mark.parametrize("seed", SEEDS)
def test_the_two_readings_agree(seed: int) -> None:
    """Every line has one outcome, state, holder, due, lapses and reasons, whoever reads it."""
    found = find_difference([seed])
    assert found is None, str(found)


@pytest.mark.parametrize("seed", RERUN_SEEDS)
def test_a_second_run_prints_what_the_first_did(seed: int) -> None:
    """After a part of a log, the whole log prints twice what a fresh store prints."""
    for said, fresh in replay_again(log_of(seed), MemoryStore()):
        assert said == fresh


@pytest.mark.parametrize("seed", RERUN_SEEDS[:3])
def test_a_second_run_on_a_file(seed: int, tmp_path: Path) -> None:
    """On SQLite, too, each run prints what the first did."""
    with closing(open_store(tmp_path / "cases.db")) as store:
        for said, fresh in replay_again(log_of(seed), store):
            assert said == fresh


def test_a_seed_always_draws_the_same_log() -> None:
    """Two draws from one seed are equal, and another seed draws another log."""
    assert draw(7) == draw(7)
    assert draw(7).lines != draw(9).lines
