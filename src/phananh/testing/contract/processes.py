"""Contract: processes share a store, and what was acknowledged survives the death of one."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import partial
from typing import Any

from phananh.errors import ConflictError, DuplicateError, PhanAnhError
from phananh.regulation.events import Event
from phananh.stores.base import Lease, Query
from phananh.testing.contract.accidents import record_again
from phananh.testing.contract.calls import Handle
from phananh.testing.contract.checks import ContractError, check, check_same
from phananh.testing.contract.children import ChildProcess, call_in_children
from phananh.testing.contract.consumers import END, MINUTE, claim
from phananh.testing.contract.pair import keys_of, read_feed
from phananh.testing.contract.races import RACE, check_one_won, check_row_is_fold
from phananh.testing.contract.suite import ContractTests, skip
from phananh.testing.contract.threads import repeat_for
from phananh.testing.sample_events import START, change, completed, received, rescheduled

ROUNDS = 5
MOMENTS = 12  # at which a process dies while it records
FORKS = 20
FORK_PATIENCE = 8.0  # seconds that a call may take in a child
LONG = "ộ" * 9_000
FORK_ADVICE = (
    "make the locks of the store anew in a child, as a thread of the parent may have held them; if "
    "the library of your engine has locks or open files of its own, keep forks out of calls with "
    "os.register_at_fork, as the store in SQLite does"
)


class ProcessTests(ContractTests):
    """Several processes with one store, by fork."""

    def _make_children(self, count: int = 2) -> tuple[Handle, list[ChildProcess]]:
        store = self.new_store()
        self.need(store, "multi_process", "multi_machine")
        return store, [self.open_in_child(store) for _ in range(count)]

    def test_one_of_racing_processes_wins(self) -> None:
        """Of two that reschedule one version, retry one command, or claim one consumer."""
        store, children = self._make_children()
        days = [START + timedelta(days=n) for n in (1, 2)]

        def attempt(i: int) -> None:
            first, now = received(f"HB-{i}"), START + i * MINUTE
            calls: list[tuple[Any, ...]] = [("commit", [change(first, command=f"c{i}")])] * 2
            outcomes = call_in_children(children, calls)
            check_one_won(outcomes, DuplicateError, "two processes with one command")
            rivals = [rescheduled(first.case, 2, to=day) for day in days]
            calls = [("commit", [change(each, after=(first,))]) for each in rivals]
            outcomes = call_in_children(children, calls)
            won = check_one_won(outcomes, ConflictError, "two processes on one version")
            check_same((first, rivals[won]), store.load(first.case), "the winner's history")
            outcomes = call_in_children(children, [("claim", "mail", now, now + MINUTE)] * 2)
            leases = [each for each in outcomes if isinstance(each, Lease)]
            is_fine = len(leases) == 1 and outcomes.count(None) == 1
            check(is_fine, f"of two processes that claim a consumer one has it: {outcomes}")

        count = repeat_for(RACE, attempt)
        check_row_is_fold(store, "HB-0")
        check_same(2 * count, len(read_feed(store)), "the events in the feed")

    def test_another_process_sees_it_at_once(self) -> None:
        """An act that one process or handle recorded, another reads next, though it had looked."""
        store = self.new_store()
        other = self.open_another(store)
        if other is store:
            skip("another handle, by `connect(store)`")
        self._check_seen(store, other, "HB-1")
        self._check_seen(other, store, "HB-2")
        if store.capabilities & {"multi_process", "multi_machine"}:
            child = _Calls(self.open_in_child(store))
            self._check_seen(store, child, "HB-3")
            self._check_seen(child, store, "HB-4")

    def _check_seen(self, writer: Any, reader: Any, case: str) -> None:
        """Record by one, and read by the other, which has looked before without a result."""
        first, count = received(case), describe_case(reader, case)["count"]
        acts = (change(first), change(completed(case, 2), after=(first,), command=case))
        for n, act in enumerate(acts, 1):
            writer.commit([act])
            known = n if act.commands else None
            wanted = {"load": n, "find": [n], "count": count + 1, "find_command": known}
            check_same(
                wanted, describe_case(reader, case), f"after version {n} of {case} is recorded"
            )
        writer.erase(case, at=START)
        record = reader.find_command(case)
        check(record and record.is_erased, f"after an erasure the command is {record}")

    def test_feed_misses_nothing_of_processes(self) -> None:
        """A reader beside two writing processes has at the end what one from the start has."""
        store, children = self._make_children()
        followed = read_feed(store)
        for i in range(40):
            for k, child in enumerate(children):
                child.start("commit", [change(received(f"HB-{i}-{k}"))])
            followed += store.scan(followed[-1].position if followed else None)
            for child in children:
                child.finish()
        end = time.monotonic() + 10
        while len(followed) < 80 and time.monotonic() < end:  # a feed may be a little late
            followed += store.scan(followed[-1].position if followed else None)
        check_same(keys_of(read_feed(store)), keys_of(followed), "what a follower has read")
        check_same(80, len({*keys_of(followed)}), "the events of two processes")

    def test_works_in_children_forked_during_calls(self) -> None:
        """A child forked while other threads are inside a call can read and record."""
        store = self.new_store(change(received("HB-0")))
        self.need(store, "multi_process")
        written = iter(range(10**6))
        calls = (
            partial(store.load, "HB-0"),
            partial(store.find, Query()),
            lambda: store.commit([change(received(f"T-{next(written)}"))]),
        )
        with _calling(calls):
            for n in range(1, FORKS + 1):
                _use_and_end(self.fork(lambda: store.inner), f"HB-{n}")
        store.commit([change(received("HB-99"))])
        found = [n for n in range(FORKS + 1) if len(store.load(f"HB-{n}")) != 1]
        check(not found, f"of what the children recorded {found} are missing")

    def test_acknowledged_acts_survive_a_kill(self) -> None:
        """Histories, rows, commands and the feed hold every act that was acknowledged: 5 times."""
        store = self.new_store()
        self.need(store, "durable")
        history: tuple[Event, ...] = ()
        for n in range(1, ROUNDS + 1):
            event = completed("HB-1", n) if history else received("HB-1")
            child = self.open_in_child(store)
            child.call("commit", [change(event, after=history, command=f"c{n}")])
            child.call("commit", [change(received(f"HB-{n}0"))])
            self.kill(child)
            history = (*history, event)
            store = self.reopened(store)
            found = store.load("HB-1")
            check_same(history, found, "HB-1, whose acts were acknowledged before the kill")
            check_row_is_fold(store, "HB-1")
            for k in range(1, n + 1):
                check(store.find_command(f"c{k}") is not None, f"the command of act {k} is lost")
                check(len(store.load(f"HB-{k}0")) == 1, f"the last act of process {k} is lost")
            check_same(2 * n, len(read_feed(store)), "the events in the feed")

    def test_act_of_a_killed_process_is_whole_or_absent(self) -> None:
        """Wherever it died, the act is whole or absent, and is recorded once when done again."""
        store = self.new_store(change(received("HB-1")))
        self.need(store, "durable")
        took = self._time_recording(store)
        store = self.reopened(store)
        for i in range(MOMENTS):
            history = store.load("HB-1")
            event = completed("HB-1", len(history) + 1, LONG)
            acts = [change(event, after=history, command=f"c{i}"), change(received(f"HB-{i}0"))]
            acts = acts if "lists" in store.capabilities else acts[:1]
            child = self.open_in_child(store)
            child.start("commit", acts)
            time.sleep(took * i / MOMENTS)
            self.kill(child)
            store = self.reopened(store)
            found = [store.load(act.case)[act.expected :] for act in acts]
            whole = [each == act.events for each, act in zip(found, acts, strict=True)]
            is_absent = all(each == () for each in found)
            check(all(whole) or is_absent, f"of a list of a killed process {whole} are recorded")
            record_again(store, *acts)
            check_same((*history, event), store.load("HB-1"), "HB-1, its last act done again")
            check_row_is_fold(store, "HB-1")

    def _time_recording(self, store: Handle) -> float:
        """Return the seconds in which a process records such acts undisturbed."""
        acts = [change(received("HB-T1", content=LONG)), change(received("HB-T2"))]
        child = self.open_in_child(store)
        begun = time.monotonic()
        child.call("commit", acts if "lists" in store.capabilities else acts[:1])
        took = time.monotonic() - begun
        self.kill(child)
        return took

    def test_lease_of_a_killed_worker_ends(self) -> None:
        """A worker that died keeps its lease until it ends, and no longer. Its position stays."""
        store = self.new_store(change(received("HB-1")), change(received("HB-2")))
        self.need(store, "durable")
        position = read_feed(store)[0].position
        child = self.open_in_child(store)
        lease = child.call("claim", "mail", START, END)
        child.call("advance", lease, position)
        self.kill(child)
        store = self.reopened(store)
        early = END - timedelta(microseconds=1)
        check(store.claim("mail", early, END) is None, "the lease was lost with its worker")
        taken = claim(store, now=END, until=END + MINUTE)
        check_same(position, taken.position, "where the lease is taken over")


class _Calls:
    """The methods of a child's store, called over there."""

    def __init__(self, child: ChildProcess) -> None:
        self._child = child

    def __getattr__(self, method: str) -> Callable[..., Any]:
        return partial(self._child.call, method)


def describe_case(store: Any, case: str) -> dict[str, Any]:
    """Return what each way of reading shows of a case, and of a command with its name."""
    record = store.find_command(case)
    return {
        "load": len(store.load(case)),
        "find": [row.version for row in store.find(Query()).rows if row.case == case],
        "count": store.count(Query()),
        "find_command": None if record is None else record.version,
    }


@contextmanager
def _calling(calls: tuple[Callable[[], object], ...]) -> Iterator[None]:
    """Make each call again and again, a thread each, while the block runs."""

    ended, errors = threading.Event(), list[BaseException]()

    def call_on(call: Callable[[], object]) -> None:
        while not ended.is_set():
            try:
                call()
            except BaseException as error:  # noqa: BLE001  # it is reported
                errors.append(error)
                return

    threads = [threading.Thread(target=call_on, args=(each,), daemon=True) for each in calls]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-4)
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        sys.setswitchinterval(interval)
        ended.set()
        for thread in threads:
            thread.join(FORK_PATIENCE)
    hung = any(thread.is_alive() for thread in threads)
    check(not errors and not hung, f"beside forks a call of the parent hangs or fails: {errors}")


def _use_and_end(child: ChildProcess, case: str) -> None:
    """Read and record in a child, within seconds, and end it."""
    who = "a child that was forked during a call"
    for method, *args in (("load", "HB-0"), ("commit", [change(received(case))])):
        child.start(method, *args)
        is_done = child.is_done(within=FORK_PATIENCE)
        if not is_done:
            child.kill()
        check(is_done, f"{who} hangs in {method}: {FORK_ADVICE}")
        try:
            child.finish()
        except PhanAnhError as error:
            raise ContractError(f"{who} cannot {method}: {error}; {FORK_ADVICE}") from error
    child.kill()
