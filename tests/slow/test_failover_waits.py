"""A primary that has lost its synchronous replica acknowledges nothing, whoever asks it to."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import psycopg
import pytest

from benchmarks.failover.pair import Pair, ask, running_pair, wait_until
from phananh import Case, Desk
from phananh.errors import StoreError
from phananh.stores.postgres import PostgresStore
from tests.desk import people as p

pytestmark = pytest.mark.slow

WAITING = "select pid from pg_stat_activity where wait_event = 'SyncRep'"


@pytest.fixture
def pair(postgres_programs: Path) -> Iterator[Pair]:
    """Return a synchronous pair with the tables of a store."""
    with running_pair(synchronous=True) as made:
        with closing(PostgresStore(made.dsn())) as store:
            store.migrate()
        yield made


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    """Return threads for acts that wait."""
    with ThreadPoolExecutor() as pool:
        yield pool


def receive(dsn: str) -> Case:
    """Take a case under a command id that is always the same, and give up soon."""
    with closing(PostgresStore(dsn, retry_for=0, reply_timeout=3)) as store:
        return p.a_case(Desk(store=store), command_id="c-1")


def receive_inside(dsn: str) -> Case:
    """Take the same case in a transaction of the caller's own."""
    with psycopg.connect(dsn) as connection, PostgresStore.bound(connection) as store:
        return p.a_case(Desk(store=store), command_id="c-1")


def wait_for_waiter(pair: Pair, act: "Future[Case]") -> int:
    """Return the process of the primary that waits for the replica, on behalf of an act."""
    wait_until(lambda: act.done() or ask(pair.primary, WAITING), what="the act waits")
    assert not act.done()
    return int(ask(pair.primary, WAITING))


def test_an_old_primary_that_lives_acknowledges_nothing(pair: Pair, threads: ThreadPoolExecutor):
    """If the replica is promoted beside a living primary, an act on the old one never succeeds."""
    pair.replica.promote()
    act = threads.submit(receive, pair.primary.dsn())
    wait_for_waiter(pair, act)
    pair.primary.kill()
    with pytest.raises(StoreError):
        act.result()
    assert receive(pair.replica.dsn()).version == 1


def test_a_cancelled_wait_is_in_doubt(pair: Pair, threads: ThreadPoolExecutor):
    """If the wait for the replica is cancelled nothing is acknowledged until the replica has it.

    The act stands on the primary meanwhile, where everybody sees it; the same command id finds
    it, and still waits.
    """
    pair.cut_off()
    act = threads.submit(receive, pair.dsn())
    assert ask(pair.primary, f"select pg_cancel_backend({wait_for_waiter(pair, act)})")
    with pytest.raises(StoreError):
        act.result()
    check_lost_and_recorded_again(pair)


def test_what_a_restart_made_visible_is_in_doubt(pair: Pair, threads: ThreadPoolExecutor):
    """If a primary crashes and comes back without its replica, a retry is not acknowledged.

    The act that waited is visible after the restart, and the replica does not have it.
    """
    pair.cut_off()
    act = threads.submit(receive, pair.dsn())
    wait_for_waiter(pair, act)
    pair.primary.kill()
    with pytest.raises(StoreError):
        act.result()
    pair.primary.start()
    act = threads.submit(receive_inside, pair.dsn())
    wait_for_waiter(pair, act)
    pair.primary.kill()
    with pytest.raises(psycopg.OperationalError):
        act.result()
    pair.primary.start()
    check_lost_and_recorded_again(pair)


def check_lost_and_recorded_again(pair: Pair) -> None:
    """Check that the act stands on the primary alone, is not acknowledged, and is done once."""
    assert ask(pair.primary, "select count(*) from phananh_command") == 1
    with pytest.raises(StoreError):
        receive(pair.dsn())
    pair.fail_over()
    assert ask(pair.primary, "select count(*) from phananh_command") == 0
    assert receive(pair.dsn()) == receive(pair.dsn())
