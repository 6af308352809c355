"""Contract: of two changes on one version one is recorded, whole, and a command once."""

import os
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import attrs

from phananh.errors import (
    CommandReusedError,
    ConflictError,
    DuplicateError,
    PhanAnhError,
    StoreError,
)
from phananh.regulation.events import Event
from phananh.stores.base import Change, Query
from phananh.testing.contract.checks import check, check_same, expect_refused, find_outcome
from phananh.testing.contract.pair import Pair
from phananh.testing.contract.suite import ContractTests
from phananh.testing.contract.values import make_cases
from phananh.testing.sample_events import (
    SECRETS,
    START,
    change,
    completed,
    escalated,
    make_command,
    received,
)

MANY = 700  # more than what is often sent to a server at once: 100, 500 or 512
FILES = Path("/proc/self/fd")  # where Linux lists the open files of a process
FIRST, SECOND = received("HB-1"), completed("HB-1", 2)
MADE_SECOND = change(SECOND, after=(FIRST,), command="c2")


class ConflictTests(ContractTests):
    """Versions, commands, tracking codes and lists."""

    def _check_refused(self, pair: Pair, *changes: Change, error: str) -> None:
        """Commit what is to be refused with an error, and check that it left no trace."""
        found: Any = pair.commit(*changes)
        check_same(error, found and found[0], "the error that the contract wants")
        pair.check_everything()
        for each in changes:
            pair.load(each.case)
            pair.find(code=each.row.code)
            for command in each.commands:
                pair.find_command(command.id)

    def test_refuses_every_version_but_the_next(self) -> None:
        """Too low, too high, begun twice, or not begun: a ConflictError with both versions."""
        pair = self.new_pair(change(FIRST), change(SECOND, after=(FIRST,)), *make_cases(["HB-2"]))
        gap = completed("HB-1", 3)
        for late in (
            change(escalated("HB-1", 2), after=(FIRST,), command="late"),
            change(completed("HB-1", 4), after=(FIRST, SECOND, gap), command="late"),
            change(received("HB-1", content="khác", code_digest="x"), command="late"),
            change(completed("HB-7", 2), after=(received("HB-7"),), command="late"),
        ):
            self._check_refused(pair, late, error="ConflictError")
        pair.commit(change(received("HB-3", code_digest="x"), command="late"))
        pair.commit(change(completed("HB-2", 2), after=(received("HB-2"),)))
        pair.check_everything()

    def test_tracking_code_belongs_to_one_case(self) -> None:
        """A code that another case has is a StoreError, erased or not. It stays with its case."""
        first = received("HB-1", code_digest="same")
        pair = self.new_pair(change(first), change(received("HB-2", code_digest="other")))
        taken = change(received("HB-3", code_digest="same"), completed("HB-3", 2), command="c")
        self._check_refused(pair, taken, error="StoreError")
        pair.commit(change(completed("HB-1", 2), after=(first,)))
        pair.erase("HB-1")
        self._check_refused(pair, taken, error="StoreError")
        pair.commit(change(received("HB-3", code_digest="free"), command="c"))
        pair.check_everything()

    def test_repeated_command_is_a_duplicate_before_any_conflict(self) -> None:
        """With the case and version it led to: stale, under a new id, and thirty versions later."""
        later = [completed("HB-1", n) for n in range(3, 34)]
        pair = self.new_pair(change(FIRST, command="c1"), MADE_SECOND)
        pair.commit(change(*later, after=(FIRST, SECOND)))
        for again in (
            MADE_SECOND,
            change(FIRST, command="c1"),
            change(received("HB-2"), command="c1"),
            change(completed("HB-1", 34), after=(FIRST, SECOND, *later), command="c2"),
        ):
            self._check_refused(pair, again, error="DuplicateError")

    def test_reused_command_is_refused(self) -> None:
        """A command id with other content is refused. One that conflicted can be used again."""
        pair = self.new_pair(change(FIRST, command="c", says="one"))
        other = change(escalated("HB-1", 2), after=(FIRST,), command="c", says="two")
        self._check_refused(pair, other, error="CommandReusedError")
        self._check_refused(pair, change(received("HB-1"), command="d"), error="ConflictError")
        pair.commit(change(SECOND, after=(FIRST,), command="d", says="one"))
        pair.commit(change(received("HB-2"), command="e", says="one"))
        pair.check_everything()

    def test_refusals_name_nobody(self) -> None:
        """No refusal shows personal data of the change, or the case of another's command."""
        first = received("HB-1", code_digest="same")
        store = self.new_store(change(first, command="c", says=SECRETS[1]))
        refused: tuple[tuple[type[PhanAnhError], Change], ...] = (
            (DuplicateError, change(first, command="c", says=SECRETS[1])),
            (CommandReusedError, change(received("HB-2"), command="c", says=SECRETS[2])),
            (ConflictError, change(first)),
            (StoreError, change(received("HB-3", code_digest="same"))),
        )
        for kind, each in refused:
            error = expect_refused(kind, store, each)
            shown = f"{error!s} {error!r} {error.as_dict()!r}"
            secrets = (*SECRETS, each.row.code, *(["HB-1"] if kind is CommandReusedError else []))
            for secret in secrets:
                check(secret not in shown, f"{kind.__name__} says {secret!r}: {shown}")

    def test_list_is_recorded_or_refused(self) -> None:
        """A commit of two changes records both or, without `lists`, is an InputError."""
        pair = self.new_pair()
        names = ["HB-1", "HB-2"]
        pair.commit(*make_cases(names))
        for each in make_cases(names):
            pair.load(each.case)
            pair.commit(each)
        pair.check_everything()

    def _new_lists(self, *changes: Change) -> Pair:
        pair = self.new_pair(*changes)
        self.need(pair.store, "lists")
        return pair

    def test_commands_of_a_list_are_all_known_or_all_new(self) -> None:
        """Together they are a duplicate. With a new one, or one id twice, they are refused."""
        first, second, third = make_cases(["HB-1", "HB-2", "HB-3"])
        pair = self._new_lists()
        pair.commit(first, second)
        self._check_refused(pair, first, second, error="DuplicateError")
        self._check_refused(pair, second, error="DuplicateError")
        self._check_refused(pair, first, third, error="CommandReusedError")
        self._check_refused(pair, third, second, error="CommandReusedError")
        twice = [change(received(case), command="c") for case in ("HB-4", "HB-5")]
        self._check_refused(pair, *twice, error="DuplicateError")
        again = change(received("HB-5"), command="c", says="other")
        self._check_refused(pair, twice[0], again, error="CommandReusedError")
        pair.commit(third, twice[0])
        pair.check_everything()

    def test_changes_of_one_case_chain_in_a_list(self) -> None:
        """Each continues the one before, among those of other cases, or none is recorded."""
        pair = self._new_lists()
        chains = [make_chain(case, 4) for case in ("HB-2", "HB-1", "HB-3")]
        for left_out in (0, 1, 2):
            rest = [each for i, each in enumerate(chains[0]) if i != left_out]
            self._check_refused(pair, *rest, error="ConflictError")
        self._check_refused(pair, chains[1][0], change(received("HB-1")), error="ConflictError")
        pair.commit(*(chains[k][n] for n in range(2) for k in range(3)))
        pair.commit(chains[0][2], chains[2][2], chains[0][3])
        pair.commit(chains[1][2])
        pair.check_everything()
        pair.check_positions()

    def test_last_change_of_a_long_list_is_as_its_first(self) -> None:
        """A conflict, a known command or a taken code in the last of 700 undoes all of them."""
        known = change(received("HB-known", code_digest="same"), command="known")
        pair = self._new_lists(known)
        cases = make_cases(f"HB-{i}" for i in range(MANY))
        last = received("HB-last", code_digest="same")
        for wrong in (
            change(received("HB-known", code_digest="new")),
            change(received("HB-last"), command="known"),
            change(last),
            change(received("HB-last", code_digest=cases[0].row.code)),
            change(received("HB-0", code_digest="new")),
        ):
            found = find_outcome(partial(pair.store.commit, [*cases, wrong]))
            wanted = pair.model.commit((*cases, wrong))
            check(
                isinstance(wanted, tuple) and type(found).__name__ == wanted[0],
                f"a list of {MANY} whose last change is refused: {found!r}",
            )
            pair.check_everything()
            pair.load("HB-0")
            pair.find_command("HB-0")
        pair.commit(*cases)
        pair.check_everything()
        pair.commit(*cases)
        chain = make_chain("HB-chain", MANY)
        pair.commit(*chain)
        pair.load("HB-chain")
        pair.scan_all()

    def test_goes_on_after_fifty_refusals(self) -> None:
        """The same handle reads and records after each, another too, and no file is left open."""
        pair = self.new_pair(change(FIRST, command="c"))
        before = _count_files()
        for n, call in enumerate([*_list_refused(pair.store)] * 4):
            error = find_outcome(call)
            check(isinstance(error, PhanAnhError), f"a call that is to be refused gave {error!r}")
            for by in (0, 1) if n < 14 else ():
                pair.commit(change(received(f"R-{n}-{by}")), by=by)
                pair.load(f"R-{n}-{by}")
        left = _count_files() - before
        check(left < 20, f"after fifty refusals {left} more files are open than before")


def make_chain(case: str, length: int) -> list[Change]:
    """Return changes that bring a new case to a version, one by one."""
    changes = [change(received(case))]
    for n in range(2, length + 1):
        event = completed(case, n)
        row = attrs.evolve(changes[-1].row, version=n, updated_at=event.at)
        changes.append(Change(case=case, expected=n - 1, events=(event,), row=row))
    return changes


def describe_act(store: Any, act: Change) -> dict[str, bool]:
    """Return by each way of reading whether the store says that an act was recorded."""
    rows = [row for row in store.find(Query(limit=1000)).rows if row.case == act.case]
    says = {
        "load": store.load(act.case)[act.expected :] == act.events,
        "find": rows == [act.row],
    }
    for each in act.commands:
        says["find_command"] = store.find_command(each.id) is not None
    return says


def _count_files() -> int:
    return len(os.listdir(FILES)) if FILES.exists() else 0


def _list_refused(store: Any) -> Iterator[Callable[[], object]]:
    """Yield calls that are refused, and leave a store that holds HB-1 as it is."""
    yield partial(store.scan, "no position")
    yield partial(store.scan, limit=0)
    yield partial(store.count, Query(), limit=0)
    yield partial(store.find, Query(after="no cursor"))
    yield partial(store.claim, "letters", START, START)
    yield partial(store.claim, "letters", START, START, start="no position")
    for late in (
        change(FIRST),
        change(FIRST, command="c"),
        change(received("HB-9"), command="c", says="other"),
        change(received("HB-9", code_digest=getattr(FIRST, "code_digest", ""))),
        change(completed("HB-9", 2), after=(received("HB-9"),)),
        attrs.evolve(change(FIRST), commands=(make_command("e", 1),)),
    ):
        yield partial(store.commit, [late])


def make_history(case: str, length: int) -> tuple[Event, ...]:
    """Return a history of that many events."""
    return received(case), *(completed(case, n) for n in range(2, length + 1))
