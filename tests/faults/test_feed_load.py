"""The feed under load: every event comes to each consumer, in order, whoever is killed."""

from contextlib import nullcontext
from pathlib import Path

import attrs
import pytest

from phananh import Desk
from tests.desk import people as p
from tests.faults.feed_load import check_deliveries, check_order, drain, load_feed
from tests.faults.places import Place, make_postgres
from tests.faults.writers import Notes
from tests.servers.schema import PostgresSchema

pytestmark = pytest.mark.usefixtures("true_time")
SECONDS = [4, pytest.param(30, marks=pytest.mark.slow)]


@pytest.mark.parametrize("seconds", SECONDS)
def test_consumers_miss_nothing(place: Place, tmp_path: Path, seconds: float) -> None:
    """Three consumers read while eight write, and both are killed: none skipped, none late."""
    found = load_feed(place, tmp_path, seconds=seconds)
    assert found.events > 20 * seconds, found
    assert found.kills + found.stops >= seconds, found


@pytest.mark.parametrize("engine", ["postgres", "unfenced"])
def test_feed_without_a_fence_is_seen(
    postgres: PostgresSchema, tmp_path: Path, engine: str
) -> None:
    """If events behind an open transaction are shown, consumers skip what it commits."""
    place = attrs.evolve(make_postgres(postgres.dsn, postgres.name), engine=engine)
    notes = Notes(tmp_path, "writer")
    notes.ask("first")
    notes.ask("second")
    with place.open() as store:
        with place.transact() as bound:
            p.a_case(Desk(store=bound, clock=p.Hand()), command_id="first")
            p.a_case(Desk(store=store, clock=p.Hand()), command_id="second")
            drain(Desk(store=store), tmp_path)
        skipped = pytest.raises(AssertionError, match="an event was skipped")
        with skipped if engine == "unfenced" else nullcontext():
            check_deliveries(place, tmp_path, kills=0, stops=0)


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
