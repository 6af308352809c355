"""Rounds of failover under load, and what stands in the database afterwards."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import attrs

from benchmarks.failover.load import WRITERS, Acknowledged, Load, running_load
from benchmarks.failover.pair import Pair, running_pair, wait_until
from phananh import Desk
from phananh.stores.base import Store
from phananh.stores.postgres import PostgresStore


@attrs.frozen(kw_only=True)
class Round:
    """One failover: how long nobody was served, how long the last writer was not.

    `acknowledged` is how many acts were acknowledged since the last one, and `in_doubt` how many
    were sent again. `rebuilt` is how many seconds it took until the next failover would lose
    nothing again.
    """

    acknowledged: int
    in_doubt: int
    first: float
    last: float
    rebuilt: float


@attrs.frozen(kw_only=True)
class Outcome:
    """What was acknowledged and what of it is lost; the rest must be empty too."""

    rounds: tuple[Round, ...]
    acknowledged: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    disordered: tuple[str, ...]


def make_tables(pair: Pair) -> None:
    """Make the tables of a store on the primary."""
    store = PostgresStore(pair.dsn())
    store.migrate()
    store.close()


def list_feed(store: Store) -> Iterator[tuple[str, int]]:
    """Yield case and number of each event, in the order of the feed."""
    desk = Desk(store=store)
    feed = desk.feed(limit=5000)
    while feed.has_more:
        yield from ((each.event.case, each.event.n) for each in feed.entries)
        feed = desk.feed(after=feed.next, limit=5000)


def find_lost(store: Store, acknowledged: list[Acknowledged]) -> tuple[str, ...]:
    """Return the commands that were acknowledged and are not recorded as they were."""
    lost = []
    for each in acknowledged:
        record = store.find_command(each.command)
        if record is None or (record.case, record.version) != (each.case, each.version):
            lost.append(each.command)
    return tuple(lost)


def find_doubled(feed: list[tuple[str, int]], acknowledged: list[Acknowledged]) -> tuple[str, ...]:
    """Return the cases with more events than acts that were sent.

    Each writer may have been stopped before it wrote down its last act.
    """
    sent = Counter(each.case for each in acknowledged)
    more = Counter(case for case, _ in feed) - sent
    return tuple(more) if more.total() > WRITERS else ()


def find_disordered(feed: list[tuple[str, int]], seen: list[tuple[str, int]]) -> tuple[str, ...]:
    """Return what is wrong with the feed: an event out of turn, or what its reader saw else."""
    expected: Counter[str] = Counter()
    wrong = []
    for case, n in feed:
        expected[case] += 1
        if n != expected[case]:
            wrong.append(f"{case} has {n} where {expected[case]} belongs")
    wrong += [f"read {a} where {b} belongs" for a, b in zip(seen, feed, strict=False) if a != b]
    if len(seen) < len(feed):
        wrong.append(f"read {len(seen)} of {len(feed)}")
    return tuple(wrong)


def fail_over_once(pair: Pair, load: Load, *, since: float) -> tuple[Round, float]:
    """Kill and promote while the load runs, wait until all are served, and rebuild.

    `since` is when the primary died the last time; when it did now is returned too.
    """
    pair.primary.kill()
    killed = time.time()
    pair.take_over()
    promoted = time.time()
    wait_until(lambda: len(load.list_served(promoted)) == WRITERS, what="all are served")
    done = [each for each in load.list_acknowledged() if each.at > since]
    started = time.monotonic()
    pair.rebuild()
    writers = {each.writer for each in done}
    made = Round(
        acknowledged=len([each for each in done if each.at <= killed]),
        in_doubt=sum(each.sent > 1 for each in done if each.at > killed),
        first=find_pause(done, killed),
        last=max(find_pause([x for x in done if x.writer == name], killed) for name in writers),
        rebuilt=time.monotonic() - started,
    )
    return made, killed


def find_pause(done: list[Acknowledged], killed: float) -> float:
    """Return the longest time without an acknowledged act that reaches past the kill."""
    return max(b.at - a.at for a, b in pairwise(done) if b.at > killed)


def run_rounds(folder: Path, *, rounds: int, seed: int = 0) -> Outcome:
    """Fail over again and again with a synchronous replica, and look at what is recorded.

    Args:
        folder: for the files of the writers.
        rounds: how often.
        seed: of the moments of the kills.
    """
    chance = random.Random(seed)
    done: list[Round] = []
    with running_pair(synchronous=True) as pair:
        make_tables(pair)
        with running_load(pair.dsn(), folder) as load:
            since = time.time()
            wait_until(lambda: len(load.list_served(since)) == WRITERS, what="all writers act")
            for _ in range(rounds):
                time.sleep(chance.uniform(0.3, 1.3))
                made, since = fail_over_once(pair, load, since=since)
                done.append(made)
            load.stop(readers=False)
            store = PostgresStore(pair.dsn())
            feed = list(list_feed(store))
            wait_until(lambda: len(load.list_seen()) >= len(feed), what="the reader has read all")
        acknowledged = load.list_acknowledged()
        outcome = Outcome(
            rounds=tuple(done),
            acknowledged=len(acknowledged),
            lost=find_lost(store, acknowledged),
            doubled=find_doubled(feed, acknowledged),
            disordered=find_disordered(feed, load.list_seen()),
        )
        store.close()
    return outcome


def lose_acknowledged(folder: Path) -> Outcome:
    """Fail over once to an asynchronous replica that was cut off a moment before."""
    with running_pair(synchronous=False) as pair:
        make_tables(pair)
        with running_load(pair.dsn(), folder) as load:
            since = time.time()
            wait_until(lambda: len(load.list_served(since)) == WRITERS, what="all writers act")
            pair.cut_off()
            time.sleep(0.5)
            cut = time.time()
            wait_until(lambda: len(load.list_served(cut)) == WRITERS, what="they act unreplicated")
            pair.primary.kill()
            load.stop()
            pair.take_over()
        acknowledged = load.list_acknowledged()
        store = PostgresStore(pair.dsn())
        lost = find_lost(store, acknowledged)
        store.close()
    return Outcome(rounds=(), acknowledged=len(acknowledged), lost=lost, doubled=(), disordered=())
