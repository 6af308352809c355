"""Clients that read and write the same few cases at once, and record what they saw."""

import multiprocessing
import random
import sys
import threading
import time
from collections.abc import Sequence
from typing import Any

import attrs

from phananh import ConflictError, StoreError
from phananh.regulation.values.events import Event
from phananh.stores.base import Change, Store
from phananh.testing.sample_events import change, completed, received
from tests.faults.history import Final, Operation, Tokens, View
from tests.faults.races import Opener, switch_often

_CONTEXT = multiprocessing.get_context("forkserver")


def list_cases(round_: int) -> tuple[str, ...]:
    """Return the few cases that all clients of a round share."""
    return tuple(f"HB-{round_}-{i}" for i in range(3))


def read_tokens(history: Sequence[Event]) -> Tokens:
    """Return the token of each event: no two are alike."""
    return tuple(sys.intern(event.content) for event in history)  # type: ignore[attr-defined]


@attrs.define
class Client:
    """Somebody who acts on what they saw last, however long ago that was; or only reads."""

    store: Store
    name: str
    chance: random.Random
    cases: tuple[str, ...]
    is_reader: bool = False
    operations: list[Operation] = attrs.field(factory=list)
    last: dict[str, tuple[Event, ...]] = attrs.field(factory=dict)
    number: int = 0

    def work(self, count: int) -> list[Operation]:
        """Do so many operations; return them."""
        for case in self.cases:
            self.read(case)
        while len(self.operations) < count:
            if self.is_reader:
                time.sleep(0.0003)  # so that there is something new to see
            if self.is_reader or self.chance.random() < 0.5:
                self.read(self.chance.choice(self.cases))
            else:
                self.write(self.chance.sample(self.cases, self.chance.choice((1, 1, 2))))
        return self.operations

    def read(self, case: str) -> None:
        """Read a case, and remember it."""
        called = time.monotonic_ns()
        self.last[case] = self.store.load(case)
        self._note(called, "done", (case,), {})

    def write(self, cases: Sequence[str]) -> None:
        """Add an event to each of the cases as it was last seen, all at once."""
        self.number += 1
        tokens = {case: f"{self.name}-{self.number}-{case}" for case in cases}
        changes = [self._add(case, tokens[case]) for case in cases]
        called, outcome = time.monotonic_ns(), "done"
        try:
            self.store.commit(changes)
        except ConflictError:
            outcome = "refused"
        except StoreError:
            outcome = "unknown"
        self._note(called, outcome, cases, tokens)
        for case in cases:
            if self.chance.random() < 0.8:
                self.read(case)

    def _add(self, case: str, token: str) -> Change:
        seen = self.last[case]
        new = completed(case, len(seen) + 1, text=token) if seen else received(case, content=token)
        return change(new, after=seen)

    def _note(self, called: int, outcome: Any, cases: Sequence[str], wrote: dict[str, str]) -> None:
        returned = time.monotonic_ns()
        seen = tuple(
            View(
                case, read_tokens(self.last[case]), self.last[case][-1].n if self.last[case] else 0
            )
            for case in cases
        )
        self.operations.append(
            Operation(
                client=self.name,
                called=called,
                returned=returned,
                outcome=outcome,
                seen=seen,
                wrote=tuple(wrote.items()),
            )
        )


def _view(case: str, history: Sequence[Event]) -> View:
    return View(case, read_tokens(history), history[-1].n if history else 0)


def run_client(me: int, open_store: Opener, count: int, round_: int, start: Any, put: Any) -> None:
    """Work as one client, and hand over what it recorded."""
    with open_store() as store:
        start.wait(120)
        chance, cases = random.Random(f"{me}-{round_}"), list_cases(round_)
        client = Client(store, f"k{me}", chance, cases, is_reader=me == 0)
        put(client.work(count))


def record_threads(open_store: Opener, *, clients: int, count: int, round_: int) -> list[Operation]:
    """Let threads work at once, of which the first only reads; return all of their operations."""
    start, found = threading.Barrier(clients), list[list[Operation]]()
    args = (open_store, count, round_, start, found.append)
    threads = [threading.Thread(target=run_client, args=(me, *args)) for me in range(clients)]
    with switch_often():
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert len(found) == clients
    return [each for operations in found for each in operations]


def record_processes(
    open_store: Opener, *, clients: int, count: int, round_: int
) -> list[Operation]:
    """Let processes work at once; return all of their operations."""
    start, queue = _CONTEXT.Barrier(clients), _CONTEXT.Queue()
    args = (open_store, count, round_, start, queue.put)
    processes = [_CONTEXT.Process(target=run_client, args=(me, *args)) for me in range(clients)]
    for process in processes:
        process.start()
    found = [each for _ in processes for each in queue.get(timeout=180)]
    for process in processes:
        process.join(30)
        assert process.exitcode == 0
    return found


def read_final(store: Store, round_: int) -> Final:
    """Return the tokens of each case at the end."""
    return {case: read_tokens(store.load(case)) for case in list_cases(round_)}
