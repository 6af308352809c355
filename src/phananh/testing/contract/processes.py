"""Contract: processes share a store, wait for each other for a while, and die without harm.

What was acknowledged survives the death of a process. A process that stands still in the middle of
a call lets others wait no longer than they may, which needs `impatient`: a handle that waits
shortly. It is stopped at many moments, so some of them are in the middle of a call.
"""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from phananh.errors import ConflictError, DuplicateError, StoreError
from phananh.regulation.events import Event
from phananh.stores.base import Lease, Query, Store
from phananh.testing.contract.accidents import record_again
from phananh.testing.contract.checks import check, check_same, find_outcome
from phananh.testing.contract.children import ChildProcess
from phananh.testing.contract.conflicts import make_history
from phananh.testing.contract.consumers import END, MINUTE, claim
from phananh.testing.contract.pair import read_feed
from phananh.testing.contract.races import (
    DAYS,
    RACE,
    Call,
    check_one_won,
    check_row_is_fold,
    repeat_for,
    run_beside,
)
from phananh.testing.contract.suite import ContractTests, skip
from phananh.testing.contract.walks import HOT, Walk, draw_steps
from phananh.testing.sample_events import START, change, completed, received, rescheduled

MOMENTS = 12  # at which a process dies while it records
FORKS = 20
STEPS = 60  # of a walk
PATIENCE = 8.0  # seconds that a call may take in a child that was forked
LONG = 5.0  # seconds in which a call has ended that waits 0.3 of them, on a busy machine too
STOPS = 40  # times that the other is stopped, to find it in the middle of a call
READERS = 12  # stops of a reader
MANY = 8  # calls that share one wait
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
        for step in draw_steps(7)[:STEPS]:
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
        """Histories, rows, commands and the feed hold every act that was acknowledged: 5 times."""
        store, history = self.new_store(), make_history("HB-1", 5)
        self.need(store, "durable")
        for n, event in enumerate(history):
            child = self.open_in_child(store)
            child.call("commit", [change(event, after=history[:n], command=f"c{n}")])
            child.call("commit", [change(received(f"HB-{n}0"))])
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

    def test_lease_of_a_killed_worker_ends(self) -> None:
        """A worker that died keeps its lease until it ends, and no longer. Its position stays."""
        store = self.new_store(change(received("HB-1")), change(received("HB-2")))
        self.need(store, "durable")
        position = read_feed(store)[0].position
        child = self.open_in_child(store)
        child.call("advance", child.call("claim", "mail", START, END), position)
        self.kill(child)
        store = self.reopen_handle(store)
        early = END - timedelta(microseconds=1)
        check(store.claim("mail", early, END) is None, "the lease was lost with its worker")
        taken = claim(store, now=END, until=END + MINUTE)
        check_same(position, taken.position, "where the lease is taken over")


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

    def _block(self, store: Any, other: Any) -> Iterator[float]:
        """Give the seconds that a commit of `other` waited in vain, at each stop where it did.

        The process that it waits for stands still while the block runs.
        """
        busy = 0
        for n in self._stop_often(store, _record_on, STOPS):
            found, seconds = _time(partial(other.commit, [change(received(f"N-{n}"))]))
            if found is not None:
                check(
                    isinstance(found, StoreError),
                    f"a wait that took too long is {found!r}, not a StoreError",
                )
                busy += 1
                yield seconds
            if busy == MOST:
                return
        if not busy:
            skip("a commit that waits for another")

    def test_wait_for_others_ends(self) -> None:
        """If others block a call longer than it may wait, it is a StoreError. Reads end too."""
        store = self.new_store(change(received("HB-1")))
        other = self._open_impatient(store)
        for _ in self._block(store, other):
            for read in (partial(other.load, "HB-1"), partial(other.find, Query()), other.scan):
                found, _ = _time(read)
                check(
                    isinstance(found, StoreError) or not isinstance(found, Exception),
                    f"a read that waits for others is {found!r}, not a StoreError",
                )

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
            found, _ = _time(partial(other.erase, case, at=START))
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


def _time(call: Callable[[], object]) -> tuple[Any, float]:
    """Return the outcome of an impatient handle's call, and the seconds that it took."""
    begun = time.monotonic()
    found = Call(call).finish(within=LONG)
    return found, time.monotonic() - begun


def _repeat(call: Callable[[Store], object], store: Store) -> None:
    while True:
        find_outcome(partial(call, store))


def _record_on(store: Store) -> None:
    history = store.load("HB-1")
    store.commit([change(completed("HB-1", len(history) + 1, "dài " * 99), after=history)])


def _read_on(store: Store) -> None:
    store.load("HB-0")
    store.scan()
