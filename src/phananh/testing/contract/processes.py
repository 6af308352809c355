"""Contract: of two processes one wins, and each sees at once what another recorded."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from typing import Any
from unittest import SkipTest

from phananh.errors import ConflictError, DuplicateError, PhanAnhError
from phananh.stores.base import Lease, Query, Store
from phananh.testing.contract.base import ContractError, ContractTests, check, read_capabilities
from phananh.testing.contract.consumers import MINUTE
from phananh.testing.contract.harness.children import ChildProcess, call_in_children
from phananh.testing.contract.harness.patience import Key, check_order, read_feed_with
from phananh.testing.contract.harness.steps import HeldCall, Place
from phananh.testing.contract.harness.threads import call_on
from phananh.testing.contract.locking import check_row_is_fold
from phananh.testing.sample_events import START, change, completed, received, rescheduled

ROUNDS = 100
FEW = 40
FORKS = 20
FORK_PATIENCE = 20.0  # seconds that a call may take in a child
STANDS = 0.02  # seconds that a call stands still for a fork, which may have to wait for its end
FORK_ADVICE = (
    "make the locks of the store anew in a child, as a thread of the parent may have held them; if "
    "the library of your engine has locks or open files of its own, keep forks out of calls with "
    "os.register_at_fork, as phananh.stores.sqlite.pool does"
)


def describe_case(store: Any, case: str) -> dict[str, object]:
    """Return what each way of reading shows of a case, and of a command with its name."""
    record = store.find_command(case)
    return {
        "load": len(store.load(case)),
        "find": [row.version for row in store.find(Query()).rows if row.case == case],
        "count": store.count(Query()),
        "find_command": None if record is None else record.version,
    }


class ProcessTests(ContractTests):
    """Several processes with one store, by fork. None of these tests depends on their order."""

    def test_one_of_racing_processes_wins(self) -> None:
        """Of two processes that reschedule one version, one is recorded: 100 times (Art. 9.3)."""
        store, children = self._make_children()
        days = [START + timedelta(days=n) for n in (1, 2)]
        for i in range(ROUNDS):
            first = received(f"HB-{i}")
            store.commit([change(first)])
            rivals = [rescheduled(first.case, 2, to=day) for day in days]
            calls = [("commit", [change(rival, after=(first,))]) for rival in rivals]
            outcomes = call_in_children(children, calls)
            _check_one_won(outcomes, ConflictError)
            won = rivals[outcomes.index(None)]
            check(store.load(first.case) == (first, won), "the history is not the winner's")
            check_row_is_fold(store, first.case)

    def test_one_of_the_retries_of_processes_is_recorded(self) -> None:
        """Of two processes with one command, one records, the other is a duplicate: 40 times."""
        store, children = self._make_children()
        for i in range(FEW):
            new = change(received(f"HB-{i}"), command=f"c{i}")
            outcomes = call_in_children(children, [("commit", [new])] * 2)
            _check_one_won(outcomes, DuplicateError)
            check(len(store.load(new.case)) == 1, "it was recorded twice")

    def test_one_of_claiming_processes_has_the_lease(self) -> None:
        """Of two processes that claim one consumer at once, one is given the lease: 40 times."""
        _, children = self._make_children()
        for i in range(FEW):
            now = START + i * MINUTE
            outcomes = call_in_children(children, [("claim", "mail", now, now + MINUTE)] * 2)
            leases = [outcome for outcome in outcomes if isinstance(outcome, Lease)]
            check(len(leases) == 1, f"{len(leases)} of two have the lease: {outcomes}")
            check(outcomes.count(None) == 1, f"the other got {outcomes}")

    def test_another_process_sees_it_at_once(self) -> None:
        """An act that one process recorded, another reads next, even if it had looked before."""
        store, children = self._make_children(1)
        self._check_seen(store, children[0].store, "HB-1")
        self._check_seen(children[0].store, store, "HB-2")

    def test_another_handle_sees_it_at_once(self) -> None:
        """So does another handle in the same process."""
        store = self.new_store()
        other = self.close_later(self.connect(store))
        if other is store:
            raise SkipTest("not offered: another handle, by `connect(store)`")
        self._check_seen(store, other, "HB-1")
        self._check_seen(other, store, "HB-2")

    def _check_seen(self, writer: Any, reader: Any, case: str) -> None:
        """Record by one, and read by the other, which has looked before without a result."""
        first, count = received(case), describe_case(reader, case)["count"]
        acts = (change(first), change(completed(case, 2), after=(first,), command=case))
        for n, act in enumerate(acts, 1):
            writer.commit([act])
            seen = describe_case(reader, case)
            known = n if act.commands else None
            wanted = {"load": n, "find": [n], "count": int(str(count)) + 1, "find_command": known}
            check(seen == wanted, f"after version {n} is recorded, {seen} is read, not {wanted}")

    def test_feed_shows_nothing_behind_a_position_of_processes(self) -> None:
        """A reader beside two writing processes has at the end what one from the start has."""
        store, children = self._make_children()
        after, followed = None, list[Key]()
        for i in range(FEW):
            for k, child in enumerate(children):
                child.start("commit", [change(received(f"HB-{i}-{k}"))])
            page = store.scan(after)
            after = page[-1].position if page else after
            followed += [(entry.event.case, entry.event.n) for entry in page]
            for child in children:
                child.finish()
        whole = read_feed_with(store, [(f"HB-{i}-{k}", 1) for i in range(FEW) for k in (0, 1)])
        check_order(whole)
        keys = [(entry.event.case, entry.event.n) for entry in whole]
        check(followed == keys[: len(followed)], "the reader has missed something")

    def test_works_in_children_forked_at_each_step(self) -> None:
        """A child made by fork while a call stands at any of its steps can read and record."""
        self.skip_unless_declared("multi_process")
        store, known, n = self.new_store(change(received("HB-0"))), set[Place](), 0
        calls: list[Callable[[], Callable[[], object]]] = [
            lambda: partial(store.load, "HB-0"),
            lambda: partial(store.commit, [change(received(f"P-{n}"))]),
        ]
        while calls:
            n += 1
            held = HeldCall(store, calls[0](), known=known, longest=STANDS)
            if held.is_held:
                child = self.fork(store)
                held.let_go()
                _use_and_end(child, f"HB-{n}", where=f" in {held.place}")
            else:
                calls.pop(0)
            held.finish()

    def test_works_in_children_forked_during_calls(self) -> None:
        """A child made by fork while another thread is inside a call can read and record."""
        self.skip_unless_declared("multi_process")
        store = self.new_store(change(received("HB-0")))
        readers: list[Callable[[], object]] = [
            partial(store.load, "HB-0"),
            partial(store.find, Query()),
        ]
        with call_on(readers):
            for n in range(1, FORKS + 1):
                _use_and_end(self.fork(store), f"HB-{n}")
        found = [n for n in range(FORKS + 1) if len(store.load(f"HB-{n}")) != 1]
        check(not found, f"of what the children recorded {found} are missing")

    def _make_children(self, count: int = 2) -> tuple[Store, list[ChildProcess]]:
        store = self.new_store()
        declared = read_capabilities(store)
        if not declared & {"multi_process", "multi_machine"}:
            raise SkipTest("not offered: multi_process")
        return store, [self.open_in_child(store) for _ in range(count)]


def _use_and_end(child: ChildProcess, case: str, *, where: str = "") -> None:
    """Read and record in a child, within seconds, and end it."""
    who = f"a child that was forked during a call{where}"
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


def _check_one_won(outcomes: Sequence[Any], error: type[Exception]) -> None:
    lost = [outcome for outcome in outcomes if type(outcome) is error]
    is_fine = outcomes.count(None) == 1 and len(lost) == len(outcomes) - 1
    check(
        is_fine,
        f"of {len(outcomes)} processes one wins, the others get {error.__name__}: {outcomes}",
    )
