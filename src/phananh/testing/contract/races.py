"""Contract: threads and processes that race for the same thing, wait for each other, and die.

Of a race one wins, and nobody sees half of anything. An act in a transaction of the application is
committed or rolled back with it. What was acknowledged survives the death of a process. A process
that stands still in the middle of a call lets others wait no longer than they may, which needs
`impatient`: a handle that waits shortly. It is stopped at many moments, so some of them are in the
middle of a call.
"""

import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import Any

from phananh.errors import ConflictError, DuplicateError, PhanAnhError, StoreError
from phananh.regulation.case import fold
from phananh.regulation.events import Event
from phananh.regulation.request import Erased
from phananh.stores.base import Change, FeedEntry, Lease, Query, Store
from phananh.stores.index_row import make_index_row
from phananh.testing.contract.accidents import record_again
from phananh.testing.contract.checks import (
    ContractError,
    check,
    check_same,
    expect_refused,
    find_outcome,
)
from phananh.testing.contract.lessons import claim
from phananh.testing.contract.pair import ORDERS, keys_of, read_feed
from phananh.testing.contract.suite import ChildProcess, ContractTests, describe_line, skip
from phananh.testing.contract.walks import HOT, MINUTE, Walk, draw_steps, make_history
from phananh.testing.sample_events import START, change, completed, received, rescheduled

RACE = 0.6  # seconds
LONGEST = 40.0  # seconds that threads have
COUNT = 40  # acts that a thread records beside others
DAYS = (START + timedelta(days=1), START + timedelta(days=2))
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
                store.commit([first, *(change(received(f"N{n}-{i}")) for i in range(18)), last])

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


UNSEEN = 2.0  # seconds after which a reader is taken to wait for the transaction's end


class UndoError(Exception):
    """Raised by a test inside the application's transaction, to roll it back."""


def list_calls(position: str) -> dict[str, Callable[[Any], object]]:
    """Return calls of a store, by what a message calls them. The position is one of its feed."""
    return {
        "load": lambda bound: bound.load("HB-2"),
        "find_command": lambda bound: bound.find_command("c"),
        "find": lambda bound: bound.find(Query()),
        "count": lambda bound: bound.count(Query()),
        "list_calendars": lambda bound: bound.list_calendars(),
        "scan": lambda bound: bound.scan(),
        "commit": lambda bound: bound.commit([change(received("HB-3"))]),
        "claim": claim,
        "advance": lambda bound: bound.advance(claim(bound), position),
        "release": lambda bound: bound.release(claim(bound)),
        "erase": lambda bound: bound.erase("HB-2", at=START),
    }


class TransactionTests(ContractTests):
    """The transactions of an application."""

    def _new_bound(self, *changes: Any) -> Any:
        store = self.new_store(*changes)
        self.need(store, "external_transaction")
        return store

    def _read_all(self, store: Any) -> tuple[object, ...]:
        histories = [store.load(case) for case in ("HB-1", "HB-2", "HB-3")]
        return histories, store.find(Query()).rows, store.scan(), store.find_command("c")

    def test_no_call_ends_the_transaction(self) -> None:
        """Whatever is called in the application's transaction, its rollback undoes all of it."""
        store = self._new_bound(change(received("HB-1")))
        before = self._read_all(store)
        for name, call in list_calls(store.scan()[0].position).items():
            with suppress(UndoError), self.transaction(store) as bound:
                bound.commit([change(received("HB-2"), command="c")])
                check(len(bound.load("HB-2")) == 1, "an act is not seen inside the transaction")
                call(bound)
                raise UndoError
            check(
                self._read_all(store) == before,
                f"{name} ended the transaction: what was recorded before it was kept",
            )

    def test_refusals_leave_the_application_its_work(self) -> None:
        """After a conflict, a duplicate or a failure the rest is committed, and no part of it."""
        known = change(received("HB-1", code_digest="same"), command="known")
        store = self._new_bound(known)
        rivals = [change(received("HB-3")), change(received("HB-1"))]
        wrong = (received("HB-4", code_digest="same"), completed("HB-4", 2))
        with self.transaction(store) as bound:
            bound.commit([change(received("HB-2"))])
            lists = "lists" in store.capabilities
            expect_refused(ConflictError, bound, *(rivals if lists else rivals[1:]))
            expect_refused(DuplicateError, bound, known)
            expect_refused(StoreError, bound, change(*wrong, command="c"))
            check_same((), bound.load("HB-4"), "a failed case before the transaction ends")
            bound.commit([change(received("HB-5"))])
        check_same(
            ["HB-2", "HB-5"],
            [case for case in ("HB-2", "HB-3", "HB-4", "HB-5") if store.load(case)],
            "the cases that the application committed",
        )
        check(store.find_command("c") is None, "the command of what failed was recorded")
        check_same(
            ["HB-1", "HB-2", "HB-5"],
            sorted(row.case for row in store.find(Query()).rows),
            "the cases of a list",
        )

    def test_position_of_a_consumer_joins_the_transaction(self) -> None:
        """The handler's own rows and the position are recorded together, or neither is."""
        store = self._new_bound(change(received("HB-1")), change(received("HB-2")))
        positions = [entry.position for entry in store.scan()]
        lease = claim(store)
        with suppress(UndoError), self.transaction(store) as bound:
            bound.advance(lease, positions[1])
            raise UndoError
        with self.transaction(store) as bound:
            lease = bound.advance(lease, positions[0])
        store.release(lease)
        check_same(positions[0], claim(store).position, "the position of the consumer")

    def test_others_see_nothing_before_the_end(self) -> None:
        """Until a transaction ends, another process reads no part of it, or waits for it."""
        store = self._new_bound(change(received("HB-1")))
        self.need(store, "multi_process")
        child = self.open_in_child(store)
        with self.transaction(store) as bound:
            bound.commit([change(received("HB-2"), command="c")])
            is_waiting = self._check_unseen(child)
        if is_waiting:
            child.finish()
        check(len(child.call("load", "HB-2")) == 1, "not seen after the transaction")
        check(child.call("find_command", "c") is not None, "its command is not seen after it")

    def _check_unseen(self, child: ChildProcess) -> bool:
        """Check that the child cannot read uncommitted work, and return whether a call waits."""
        for method, *args in (
            ("load", "HB-2"),
            ("find_command", "c"),
            ("find", Query()),
            ("scan",),
        ):
            child.start(method, *args)
            if not child.is_done(within=UNSEEN):
                return True
            with suppress(StoreError):  # a reader may be refused while another writes
                seen = repr(child.finish())
                check("HB-2" not in seen, f"{method} shows it before the transaction ends: {seen}")
        return False


MOMENTS = 12  # at which a process dies while it records
FORKS = 20
SHARED_STEPS = 60  # of a walk
PATIENCE = 8.0  # seconds that a call may take in a child that was forked
LONG = 5.0  # seconds in which a call has ended that waits 0.3 of them, on a busy machine too
STOPS = 40  # times that the other is stopped, to find it in the middle of a call
READERS = 12  # stops of a reader
MOST = 2  # stops at which calls were blocked
LONG_TEXT = "ộ" * 9_000
FORK_ADVICE = (
    "make the locks of the store anew in a child, as a thread of the parent may have held them; if "
    "the library of your engine has locks or open files of its own, keep forks out of calls with "
    "os.register_at_fork, as the store in SQLite does"
)


class ProcessTests(ContractTests):
    """Several processes with one store, by fork."""

    def _make_children(self, count: int = 2) -> tuple[Any, list[ChildProcess]]:
        store = self.new_store()
        self.need(store, "multi_process", "multi_machine")
        return store, [self.open_in_child(store) for _ in range(count)]

    def test_one_of_racing_processes_wins(self) -> None:
        """Of two that reschedule one version, retry one command, or claim one consumer."""
        store, children = self._make_children()

        def race(calls: list[tuple[Any, ...]]) -> list[Any]:
            for child, call in zip(children, calls, strict=True):
                child.start(*call)
            return [find_outcome(child.finish) for child in children]

        def attempt(i: int) -> None:
            first, now = received(f"HB-{i}"), START + i * MINUTE
            calls: list[tuple[Any, ...]] = [("commit", [change(first, command=f"c{i}")])] * 2
            check_one_won(race(calls), DuplicateError, "two processes with one command")
            rivals = [rescheduled(first.case, 2, to=day) for day in DAYS]
            calls = [("commit", [change(each, after=(first,))]) for each in rivals]
            won = check_one_won(race(calls), ConflictError, "two processes on one version")
            check_same((first, rivals[won]), store.load(first.case), "the winner's history")
            outcomes = race([("claim", "mail", now, now + MINUTE)] * 2)
            leases = [each for each in outcomes if isinstance(each, Lease)]
            check(
                len(leases) == 1 and outcomes.count(None) == 1,
                f"of two processes that claim a consumer one has it: {outcomes}",
            )

        count = repeat_for(RACE, attempt)
        check_row_is_fold(store, "HB-0")
        check_same(2 * count, len(read_feed(store)), "the events in the feed")

    def test_any_calls_of_two_processes_have_the_outcome_of_the_model(self) -> None:
        """A walk of which some calls are made in another process: each sees at once what is so."""
        pair = self.new_pair()
        self.need(pair.store, "multi_process", "multi_machine")
        pair.handles[1] = _Calls(self.open_in_child(pair.store))
        walk = Walk(pair, HOT[0])
        for step in draw_steps(7)[:SHARED_STEPS]:
            if step.name != "reopen":
                walk.make(step)
        pair.reader = None
        pair.check_everything()

    def test_works_in_children_forked_during_calls(self) -> None:
        """A child forked while other threads are inside a call can read and record."""
        store = self.new_store(change(received("HB-0")))
        self.need(store, "multi_process")

        def fork_often() -> None:
            for n in range(1, FORKS):
                _use_and_end(self.fork(lambda: store), f"HB-{n}")

        def call() -> None:
            store.load("HB-0")
            store.commit([change(received(f"T-{time.monotonic_ns()}"))])
            store.find(Query(limit=9))

        run_beside([fork_often], call)
        found = [n for n in range(FORKS) if len(store.load(f"HB-{n}")) != 1]
        check(not found, f"of what the children recorded {found} are missing")

    def test_acknowledged_acts_survive_a_kill(self) -> None:
        """Every act, and the lease of a worker that died, with its position: 5 times."""
        store, history = self.new_store(), make_history("HB-1", 5)
        self.need(store, "durable")
        for n, event in enumerate(history):
            now = START + n * MINUTE
            child = self.open_in_child(store)
            child.call("commit", [change(event, after=history[:n], command=f"c{n}")])
            child.call("commit", [change(received(f"HB-{n}0"))])
            position = child.call("scan")[-1].position
            child.call("advance", child.call("claim", "mail", now, now + MINUTE), position)
            self.kill(child)
            store = self.reopen_handle(store)
            check_same(history[: n + 1], store.load("HB-1"), "HB-1, acknowledged before a kill")
            check_row_is_fold(store, "HB-1")
            check_same(
                [*range(n + 1)],
                [k for k in range(n + 1) if store.find_command(f"c{k}") and store.load(f"HB-{k}0")],
                "the commands, and last acts of killed processes",
            )
            check_same(2 * n + 2, len(read_feed(store)), "the events in the feed")
            found = store.claim("mail", now, now + MINUTE)
            check(found is None, "the lease was lost with its worker")
            taken = claim(store, now=now + MINUTE, until=now + 2 * MINUTE)
            check_same(position, taken.position, "where the lease is taken over")
            store.release(taken)

    def test_act_of_a_killed_process_is_whole_or_absent(self) -> None:
        """Wherever it died, the act is whole or absent, and is recorded once when done again."""
        store, took = self.new_store(change(received("HB-1"))), 0.0
        self.need(store, "durable")
        history: tuple[Event, ...] = (received("HB-1"),)
        for i in range(MOMENTS + 1):
            event = completed("HB-1", len(history) + 1, LONG_TEXT)
            acts = [change(event, after=history, command=f"c{i}"), change(received(f"HB-{i}0"))]
            acts = acts if "lists" in store.capabilities else acts[:1]
            child, begun = self.open_in_child(store), time.monotonic()
            child.start("commit", acts)
            if i:
                time.sleep(took * i / MOMENTS)
            else:
                child.finish()  # to know how long it takes undisturbed
                took = time.monotonic() - begun
            self.kill(child)
            store = self.reopen_handle(store)
            found = [store.load(act.case)[act.expected :] for act in acts]
            whole = [each == act.events for each, act in zip(found, acts, strict=True)]
            is_absent = all(each == () for each in found)
            check(all(whole) or is_absent, f"of a list of a killed process {whole} are recorded")
            record_again(store, *acts)
            history = (*history, event)
            check_same(history, store.load("HB-1"), "HB-1, its last act done again")
            check_row_is_fold(store, "HB-1")


class WaitTests(ContractTests):
    """Calls that another process is in the way of, which stands still in the middle of its own."""

    def _open_impatient(self, store: Any) -> Any:
        self.need(store, "multi_process", "multi_machine")
        return self.keep(self.impatient(store))

    def _stop_often(self, store: Any, call: Callable[[Store], object], often: int) -> Iterator[int]:
        """Let a process make a call again and again, and stop it. It is killed after the block."""
        for n in range(often):
            child = self.open_in_child(store)
            child.start(partial(_repeat, call))
            time.sleep(0.005 + n % 12 * 0.0007)
            child.stop()
            yield n
            self.kill(child)

    def test_wait_for_others_ends(self) -> None:
        """If others block a call longer than it may wait, it is a StoreError. Reads end too."""
        store, busy = self.new_store(change(received("HB-1"))), 0
        other = self._open_impatient(store)
        for n in self._stop_often(store, _record_on, STOPS):
            found = Call(partial(other.commit, [change(received(f"N-{n}"))])).finish(within=LONG)
            if found is None:
                continue
            busy += 1
            said = f"a wait that took too long is {found!r}, not a StoreError"
            check(isinstance(found, StoreError), said)
            for read in (partial(other.load, "HB-1"), partial(other.find, Query()), other.scan):
                found = Call(read).finish(within=LONG)
                check(
                    isinstance(found, StoreError) or not isinstance(found, Exception),
                    f"a read that waits for others is {found!r}, not a StoreError",
                )
            if busy == MOST:
                return
        if not busy:
            skip("a commit that waits for another")

    def test_erasure_beside_a_reader_erases_or_says_so(self) -> None:
        """If a reader is in its way, an erasure is a StoreError, or the bytes are gone even so.

        An erasure that was refused is done again once the reader has ended.
        """
        store = self.new_store()
        self.stored_bytes(store)  # skips the test if it is not written
        other = self._open_impatient(store)
        texts = {f"HB-{n}": f"bi-mat-{n}-" for n in range(READERS)}
        for case, text in texts.items():
            store.commit([change(received(case, content=text * 9), *make_history(case, 99)[1:])])
        for n in self._stop_often(store, _read_on, READERS):
            case, text = f"HB-{n}", texts[f"HB-{n}"]
            found = Call(partial(other.erase, case, at=START)).finish(within=LONG)
            check(
                found is None or isinstance(found, StoreError),
                f"an erasure beside a reader is {found!r}, not a StoreError",
            )
            is_left = text.encode() in self.stored_bytes(store)
            check(
                found is not None or not is_left,
                "beside a reader, erase says nothing and the bytes are still there",
            )
            if found is not None:
                self._children[-1].kill()
                other.erase(case, at=START)
                is_left = text.encode() in self.stored_bytes(store)
                check(not is_left, "erased again, without a reader, and the bytes are still there")


class _Calls:
    """The methods of a child's store, called over there."""

    def __init__(self, child: ChildProcess) -> None:
        self._child = child

    def __getattr__(self, method: str) -> Callable[..., Any]:
        return partial(self._child.call, method)


def _use_and_end(child: ChildProcess, case: str) -> None:
    """Read and record in a child, within seconds, and end it."""
    for method, *args in (("load", "HB-0"), ("commit", [change(received(case))])):
        child.start(method, *args)
        is_done = child.is_done(within=PATIENCE)
        if not is_done:
            child.kill()
        found = find_outcome(child.finish) if is_done else "it hangs"
        check(
            is_done and not isinstance(found, Exception),
            f"a child that was forked during a call cannot {method}: {found}; {FORK_ADVICE}",
        )
    child.kill()


def _repeat(call: Callable[[Store], object], store: Store) -> None:
    while True:
        find_outcome(partial(call, store))


def _record_on(store: Store) -> None:
    history = store.load("HB-1")
    store.commit([change(completed("HB-1", len(history) + 1, "dài " * 99), after=history)])


def _read_on(store: Store) -> None:
    store.load("HB-0")
    store.scan()
