"""Contract: threads that race for the same thing. One wins, and nobody sees half of anything."""

import sys
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import Any

from phananh.errors import ConflictError, DuplicateError, PhanAnhError, StoreError
from phananh.regulation.case import fold
from phananh.regulation.request import Erased
from phananh.stores.base import Change, FeedEntry, Lease, Query
from phananh.stores.index_row import make_index_row
from phananh.testing.contract.checks import ContractError, check, check_same, find_outcome
from phananh.testing.contract.conflicts import make_history
from phananh.testing.contract.consumers import MINUTE, claim
from phananh.testing.contract.pair import keys_of, read_feed
from phananh.testing.contract.suite import ContractTests, describe_line
from phananh.testing.sample_events import START, change, received, rescheduled

RACE = 0.6  # seconds
LONGEST = 40.0  # seconds that threads have
COUNT = 40  # acts that a thread records beside others
DAYS = (START + timedelta(days=1), START + timedelta(days=2))
ORDERS: tuple[Any, ...] = ("oldest", "newest", "due")
_SWITCH = 1e-6  # seconds
_PAUSE = 0.0005  # seconds between two reads, so that they spread over what is written


class Call(threading.Thread):
    """A call in a thread of its own, whose result or error is its `outcome`."""

    def __init__(self, call: Callable[[], object], start: threading.Barrier | None = None) -> None:
        """Begin at once, or when as many others have come to the barrier."""
        super().__init__(daemon=True)
        self._call, self._start = call, start
        self.outcome: Any = None
        self.start()

    def run(self) -> None:
        """Call."""
        if self._start is not None:
            self._start.wait()
        self.outcome = find_outcome(self._call)

    def finish(self, *, within: float = LONGEST) -> Any:
        """Wait for the end of the call, and return its result or its error."""
        self.join(within)
        if self.is_alive():
            place = describe_line(sys._current_frames().get(self.ident or 0))
            raise ContractError(f"a call is not done after {within:g} seconds: {place}")
        return self.outcome


def run_together(calls: Sequence[Callable[[], Any]]) -> list[Any]:
    """Run the calls at the same moment, a thread each, and return results and errors in order.

    Threads take turns after microseconds, so that a race is lost, if it can be.

    Raises:
        ContractError: some did not end. Their threads are left alone.
    """
    interval, start = sys.getswitchinterval(), threading.Barrier(len(calls))
    sys.setswitchinterval(_SWITCH)
    try:
        threads = [Call(call, start) for call in calls]
        return [thread.finish() for thread in threads]
    finally:
        sys.setswitchinterval(interval)


def run_beside(writers: Sequence[Callable[[], object]], read: Callable[[], object]) -> None:
    """Run the writers, and read beside them again and again until they are done, and once more.

    Raises:
        ContractError: with the exception of a writer or the reader.
    """
    done = threading.Semaphore(0)

    def write(writer: Callable[[], object]) -> object:
        found = find_outcome(writer)
        done.release()
        return found

    def read_on() -> None:
        left = len(writers)
        while left:
            left -= done.acquire(timeout=_PAUSE)
            read()

    outcomes = run_together([*(partial(write, each) for each in writers), read_on])
    wrong = [repr(each) for each in outcomes if isinstance(each, Exception)]
    check(not wrong, "; ".join(wrong))


def repeat_for(seconds: float, attempt: Callable[[int], object]) -> int:
    """Make attempts, numbered from 0, for that long, and return how many there were."""
    end, number = time.monotonic() + seconds, 0
    while time.monotonic() < end:
        attempt(number)
        number += 1
    return number


def race(
    handles: Sequence[Any],
    rivals: Sequence[list[Change]],
    beside: Callable[[], object] = lambda: None,
) -> list[Any]:
    """Commit each list by its handle at the same moment, and return the outcomes.

    Another call may be made beside them.
    """
    pairs = zip(handles, rivals, strict=False)
    return run_together([*(partial(h.commit, each) for h, each in pairs), beside])[:-1]


def check_one_won(outcomes: Sequence[Any], error: type[PhanAnhError], what: str) -> int:
    """Check that one call was done, and the others have this error. Return which was done."""
    lost = [each for each in outcomes if type(each) is error]
    check(
        outcomes.count(None) == 1 and len(lost) == len(outcomes) - 1,
        f"of {what} one is recorded, the others get {error.__name__}: {outcomes}",
    )
    return [*outcomes].index(None)


def check_row_is_fold(store: Any, case: str) -> None:
    """Check that the index row of a case says what its events add up to."""
    history = store.load(case)
    check_same(
        [make_index_row(fold(history))] if history else [],
        [row for row in store.find(Query(limit=1000)).rows if row.case == case],
        f"the rows of {case}, of which {len(history)} events are recorded",
    )


class RaceTests(ContractTests):
    """Threads, each with a handle of its own."""

    def test_one_of_racing_changes_is_recorded(self) -> None:
        """Of threads that begin one case, and of two reschedules on one version (Art. 9.3).

        Other handles are opened and closed meanwhile.
        """
        handles = self.open_others(self.new_store(), 6)

        def open_and_close() -> None:
            for _ in range(5):
                opened = self.connect(handles[0])
                if opened is not handles[0]:
                    opened.close()

        def attempt(i: int) -> None:
            first = [received(f"HB-{i}", content=f"luồng {k}") for k in range(6)]
            outcomes = race(handles, [[change(each)] for each in first], open_and_close)
            begun = first[check_one_won(outcomes, ConflictError, "six beginnings")]
            moved = [rescheduled(f"HB-{i}", 2, to=day) for day in DAYS]
            rivals = [[change(each, after=(begun,))] for each in moved]
            outcomes = race(handles, rivals, open_and_close)
            history = begun, moved[check_one_won(outcomes, ConflictError, "two reschedules")]
            check_same(history, handles[5].load(f"HB-{i}"), f"the winners' history of HB-{i}")
            row = make_index_row(fold(history))
            check_same((row,), handles[4].find(Query(code=row.code)).rows, f"the row of HB-{i}")

        repeat_for(RACE, attempt)

    def test_one_of_racing_retries_is_recorded(self) -> None:
        """Of threads with one command the others get duplicates, and with one code StoreErrors."""
        handles = self.open_others(self.new_store(), 6)

        def attempt(i: int) -> None:
            new = change(received(f"HB-{i}"), command=f"c{i}")
            check_one_won(race(handles, [[new]] * 6), DuplicateError, "six with one command")
            cases = [received(f"K-{i}-{k}", code_digest=f"code {i}") for k in range(6)]
            outcomes = race(handles, [[change(each)] for each in cases])
            won = cases[check_one_won(outcomes, StoreError, "six cases with one tracking code")]
            begun = [each.case for each in cases if handles[0].load(each.case)]
            found = [row.case for row in handles[1].find(Query(code=f"code {i}")).rows]
            check_same([[won.case]] * 2, [begun, found], "the cases of the code")

        count = repeat_for(RACE, attempt)
        check_same(2 * count, len(read_feed(handles[0])), "the events of the feed")

    def test_one_of_racing_workers_has_the_lease(self) -> None:
        """Of workers that claim at once, new or taken over. No position goes back."""
        store = self.new_store(*(change(received(f"HB-{i}")) for i in range(8)))
        positions = [entry.position for entry in store.scan()]
        handles = self.open_others(store, 6)
        numbers: list[int] = []

        def take(name: str, now: Any) -> Lease:
            outcomes = run_together([partial(h.claim, name, now, now + MINUTE) for h in handles])
            won = [each for each in outcomes if isinstance(each, Lease)]
            check(
                len(won) == 1 and outcomes.count(None) == 5,
                f"of six workers one has {name!r}, the others None: {outcomes}",
            )
            return won[0]

        def attempt(i: int) -> None:
            now = START + i * MINUTE
            numbers.append(take("known", now).number)
            lease = take(f"new {i}", now)
            steps = [partial(handles[n].advance, lease, positions[n]) for n in (5, 0, 3)]
            outcome = run_together(steps)[0]
            check(isinstance(outcome, Lease), f"an advance beside others is {outcome!r}")
            taken = claim(handles[4], now=now + MINUTE, until=now + 2 * MINUTE, name=f"new {i}")
            check_same(
                positions[5], taken.position, "the position, beside advances to earlier ones"
            )

        repeat_for(RACE, attempt)
        check(numbers == sorted({*numbers}), f"the numbers of leases are {numbers}")

    def test_follower_of_the_feed_misses_nothing(self) -> None:
        """Beside four writers of lists: each event once, those of a commit together, in order."""
        handles = self.open_others(self.new_store(), 5)
        size = 2 if "lists" in handles[0].capabilities else 1
        followed: list[FeedEntry] = []
        begun: list[tuple[Lease, int]] = []

        def read() -> None:
            after = followed[-1].position if followed else None
            followed.extend(handles[4].scan(after, limit=7))
            if len(begun) < 30:
                until, name = START + MINUTE, f"mail {len(begun)}"
                lease = handles[4].claim(name, START, until, start="end")
                begun.append((lease, len(read_feed(handles[4]))))

        run_beside(
            [partial(_write_groups, h, f"W{k}", size) for k, h in enumerate(handles[:4])], read
        )
        followed += read_feed(handles[4], after=followed[-1].position)
        keys, whole = keys_of(followed), keys_of(read_feed(handles[0]))
        check_same(whole, keys, "what a follower has read, and the feed")
        check_same(4 * 24 * 3, len({*keys}), "the events in the feed, each once")
        groups = groupby(keys, key=lambda key: key[0][: -1 if size == 2 else None])
        check_same(
            [3 * size] * (96 // size),
            [len([*group]) for _, group in groups],
            "the runs of the events of one commit",
        )
        for lease, seen in begun:
            rest = keys_of(read_feed(handles[0], after=lease.position))
            check(
                len(rest) >= len(whole) - seen and rest == whole[len(whole) - len(rest) :],
                f"{lease.consumer} began at the end, and misses what came after",
            )

    def test_readers_see_no_part_of_a_commit(self) -> None:
        """Beside a writer of lists: whole commits in load, find, count and scan."""
        store = self.new_store()
        self.need(store, "lists")
        reader, pair = self.open_another(store), ("HB-1", "HB-2")

        def write() -> None:
            for n in range(1, COUNT + 1):
                ends = [make_history(case, n) for case in pair]
                first, last = (change(each[-1], after=each[:-1]) for each in ends)
                news = (change(received(f"N{n}-{i}")) for i in range(18))
                store.commit([first, *news, last])

        def read() -> None:
            for first, second in (pair, pair[::-1]):
                before, after = len(reader.load(first)), len(reader.load(second))
                check(before <= after, f"{first} was at {before}, then {second} at {after}")
            for order in ORDERS:
                rows = reader.find(Query(order=order, limit=1000)).rows
                versions = [row.version for row in rows if row.case in pair]
                n = max([0, *versions])
                is_whole = len(rows) == (18 * n + 2 if n else 0) and versions == [n] * bool(n) * 2
                check(is_whole, f"{len(rows)} rows, {pair} at {versions}: a part of a commit")
                behind = len(reader.load("HB-1"))
                check(behind >= n, f"a row is at version {n}, and {behind} events are loaded")
            count, scanned = reader.count(Query()), len(reader.scan(limit=2000))
            is_whole = (count - 2) % 18 == 0 or count == 0
            check(is_whole and scanned % 20 == 0, f"{count} are counted, {scanned} in the feed")

        run_beside([write], read)
        check_row_is_fold(store, "HB-1")

    def test_acts_and_leases_beside_erasures_are_not_lost(self) -> None:
        """Acts, claims and advances of some handles, while another erases: all is there after."""
        handles = self.open_others(self.new_store(change(received("HB-0"))), 4)
        position = handles[0].scan()[0].position

        acts, erased = list[str](), list[str]()

        def act(k: int) -> None:
            for i in range(9 * COUNT):
                case = f"{'AB'[k]}-{i}"
                handles[k].commit([change(received(case), command=case)])
                handles[k].advance(claim(handles[k], name=case), position)
                acts.append(case)
                if len(erased) == COUNT:
                    return

        def erase() -> None:
            for case in [f"E-{i}" for i in range(COUNT)]:
                handles[2].commit([change(received(case))])
                handles[2].erase(case, at=START)
                erased.append(case)

        def read() -> None:
            for case, _ in keys_of(read_feed(handles[3])):
                check(len(handles[3].load(case)) == 1, f"{case} is in the feed, and has no event")

        run_beside([partial(act, 0), partial(act, 1), erase], read)
        for handle in handles[::3]:
            for case in acts:
                check(len(handle.load(case)) == 1, f"{case} is lost beside an erasure")
                record = handle.find_command(case)
                check(record and not record.is_erased, f"the command {case}: {record}")
                held = handle.claim(case, START, START + MINUTE)
                check(held is None, f"the lease of {case!r} is lost beside an erasure")
            for case in erased:
                content = fold(handle.load(case)).content
                check(isinstance(content, Erased), f"{case} was erased, and says {content!r}")
        taken = claim(handles[3], now=START + MINUTE, until=START + 2 * MINUTE, name=acts[0])
        check_same(position, taken.position, "a position that was recorded beside an erasure")


def _write_groups(store: Any, name: str, size: int) -> None:
    """Commit 24 cases of three events each, as many in a commit as the size says."""
    for i in range(0, 24, size):
        store.commit([change(*make_history(f"{name}-{i:02}{k}", 3)) for k in "ab"[:size]])
