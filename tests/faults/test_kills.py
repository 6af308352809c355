"""Writers are killed with SIGKILL: nothing acknowledged is lost, and nothing is half done."""

from pathlib import Path

import pytest

from tests.faults.kills import kill_server, kill_writers
from tests.faults.places import Place, make_postgres
from tests.servers.postgres import PostgresServer


@pytest.mark.parametrize("kills", [8, pytest.param(300, marks=pytest.mark.slow)])
def test_killed_writers_lose_nothing(place: Place, tmp_path: Path, kills: int) -> None:
    """Of two writers one after the other is killed: every acknowledged act is there, whole."""
    survived = kill_writers(place, tmp_path, kills=kills)
    assert survived.acknowledged > kills * 2, f"{survived}: the kills came too soon"


@pytest.mark.postgres
@pytest.mark.parametrize("kills", [2, pytest.param(300, marks=pytest.mark.slow)])
def test_killed_server_loses_nothing(
    own_postgres: PostgresServer, tmp_path: Path, kills: int
) -> None:
    """The server stops as in a crash while two write, and starts again: nothing is lost."""
    place = make_postgres(own_postgres.dsn(), "office", timeout=60, retry_for=60)
    survived = kill_server(own_postgres, place, tmp_path, kills=kills)
    assert survived.acknowledged > kills * 2, f"{survived}: the kills came too soon"
