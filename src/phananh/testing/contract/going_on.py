"""Contract: a handle goes on after a refusal, after an interrupt, and far behind another."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import count
from typing import Any

from phananh.errors import PhanAnhError
from phananh.regulation.cleaning import LONG_TEXT
from phananh.regulation.events import Event
from phananh.stores.base import Change, Query, Store
from phananh.testing.contract.accidents.failures import describe_act
from phananh.testing.contract.base import ContractError, ContractTests, check
from phananh.testing.contract.comparison import check_events
from phananh.testing.contract.consumers import END
from phananh.testing.sample_events import START, change, completed, received

BUS = "🚍"  # four bytes in UTF-8
PIECES = 16  # of eight long texts, which are ten megabytes


class GoingOnTests(ContractTests):
    """What a handle, and another beside it, can do after what may go wrong in one call."""

    def test_goes_on_after_each_refusal(self) -> None:
        """After a call that was refused, the same handle reads and records, and so does another."""
        store, other = self._open_two_with(change(received("HB-1"), command="c"))
        for n, call in enumerate(self._list_refused(store)):
            with suppress(PhanAnhError):
                call()
            _check_usable((store, other), f"R-{n}", "a refused call")

    def _open_two_with(self, *changes: Change) -> tuple[Store, Store]:
        store = self.new_store(*changes)
        return store, self.close_later(self.connect(store))

    def _list_refused(self, store: Store) -> list[Callable[[], object]]:
        first = received("HB-1")
        ahead = (
            self.new_store(*(change(received(f"HB-{i}")) for i in range(60))).scan()[-1].position
        )
        lease = store.claim("mail", START, END)
        calls: list[Callable[[], object]] = [
            partial(store.scan, "no position"),
            partial(store.scan, ahead),
            partial(store.scan, limit=0),
            partial(store.count, Query(), limit=0),
            lambda: store.find(Query(after="no cursor")),
            partial(store.claim, "letters", START, END, start=ahead),
            partial(store.commit, [change(first)]),
            partial(store.commit, [change(first, command="c")]),
            partial(store.commit, [change(received("HB-9"), command="c", says="other")]),
            partial(store.commit, [change(received("HB-9", code_digest=first.code_digest))]),
        ]
        if lease is not None:
            calls += [partial(store.advance, lease, each) for each in ("no position", ahead)]
            calls += [partial(store.release, lease), partial(store.advance, lease, "1")]
        return calls

    def test_goes_on_after_an_interrupt(self) -> None:
        """If Ctrl-C interrupts a commit, its act is whole or absent, and both handles go on.

        The interrupt comes whenever the store reads what it is to record: the first time, then
        the second, and so on.
        """
        store, other = self._open_two_with()
        for n in count(1):
            act = change(received(f"HB-{n}"), completed(f"HB-{n}", 2), command=f"c{n}")
            if not _interrupt_commit(store, act, n):
                return
            says = describe_act(store, act)
            check(len({*says.values()}) == 1, f"after an interrupt the store says {says}")
            _check_usable((store, other), f"I-{n}", "an interrupt")

    def test_catches_up_with_ten_megabytes(self) -> None:
        """A handle that has not looked while another recorded ten megabytes records no less."""
        store, other = self._open_two_with(change(received("HB-0")))
        check(len(other.load("HB-0")) == 1, "another handle does not see a case")
        histories = {case: _make_long_history(case) for case in (f"L-{i}" for i in range(PIECES))}
        for history in histories.values():
            store.commit([change(*history)])
        other.commit([change(received("HB-1"))])
        for handle in (store, other, self.close_later(self.connect(store))):
            for case, history in histories.items():
                check_events(history, handle.load(case), f"{case}, one of ten megabytes")
            check(len(handle.load("HB-1")) == 1, "the act after ten megabytes is lost")


def _make_long_history(case: str) -> tuple[Event, ...]:
    texts = [f"{case}-{n}".ljust(LONG_TEXT, BUS) for n in range(9)]
    more = (completed(case, n, texts[n]) for n in range(2, 9))
    return received(case, content=texts[1]), *more


def _check_usable(handles: tuple[Store, ...], case: str, what: str) -> None:
    """Let each handle record a case, and both read it."""
    for k, handle in enumerate(handles):
        name = f"{case}-{k}"
        try:
            handle.commit([change(received(name))])
            found = [len(each.load(name)) for each in handles]
        except PhanAnhError as error:
            who = "the same handle" if k == 0 else "another handle"
            raise ContractError(f"after {what}, {who} cannot be used: {error}") from error
        check(found == [1, 1], f"after {what}, an act is read {found} times by both handles")


class _Reads:
    """How often what a store is to record was read, and when that is interrupted."""

    def __init__(self, last: int) -> None:
        self._left = last

    def add(self) -> None:
        self._left -= 1
        if self._left == 0:
            raise KeyboardInterrupt


class _Watched(tuple[Any, ...]):
    """Values that are counted as they are read."""

    reads: _Reads

    def __iter__(self) -> Iterator[Any]:
        for each in super().__iter__():
            self.reads.add()
            yield each

    def __getitem__(self, key: Any) -> Any:
        self.reads.add()
        return super().__getitem__(key)


def _watch(values: Iterable[Any], reads: _Reads) -> _Watched:
    watched = _Watched(values)
    watched.reads = reads
    return watched


def _interrupt_commit(store: Store, act: Change, last: int) -> bool:
    """Commit, and return whether it was interrupted at that time of reading."""
    reads = _Reads(last)
    watched = change(*act.events, command=act.commands[0].id)
    object.__setattr__(watched, "events", _watch(act.events, reads))
    try:
        store.commit(_watch([watched], reads))
    except KeyboardInterrupt:
        return True
    return False
