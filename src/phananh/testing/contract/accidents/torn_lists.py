"""Contract: a list that a full disk tore is absent, though its process was killed over it."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, suppress
from functools import partial
from typing import cast

from phananh.errors import PhanAnhError
from phananh.stores.base import Change, Store
from phananh.testing.contract.accidents.failures import TEXT, describe_act, record_again
from phananh.testing.contract.base import ContractError, ContractTests, check, read_capabilities
from phananh.testing.contract.harness.children import ChildProcess
from phananh.testing.contract.harness.full_disk import MORE_ROOM, FullDisk
from phananh.testing.contract.harness.limits import TimeLimitError
from phananh.testing.contract.harness.steps import Killer
from phananh.testing.contract.locking import check_row_is_fold
from phananh.testing.sample_events import change, received

FITS = "ộ" * 400  # with the rest of its event it has less than the room, and is no short act
MOMENTS = 12  # lines behind the error at which the process dies


class TornListTests(ContractTests):
    """A process that is killed before it can undo what a full disk tore."""

    def test_list_torn_by_a_full_disk_is_whole_or_absent(self) -> None:
        """Wherever the process is killed after the error, and a short act follows it."""
        self.skip_unless_declared("durable")
        store = self.new_store(change(received("HB-0")))
        for n in range(1, MOMENTS + 1):
            acts = [
                change(received(f"HB-{n}-1", content=FITS), command=f"a{n}"),
                change(received(f"HB-{n}-2", content=TEXT), command=f"b{n}"),
            ]
            acts = acts if "lists" in self.read_declared() else acts[1:]
            if not self._die_on_a_full_disk(store, acts, n):
                return
            store = self._check_after_a_kill(
                store, acts, change(received(f"HB-{n}-3", content="x"))
            )

    def _check_after_a_kill(self, store: Store, acts: list[Change], short: Change) -> Store:
        """Check the acts, and a short one that is written in their place, and all of them again."""
        store = self.close_later(self.reopen(store))
        self._check_absent_or_whole(store, acts)
        store.commit([short])
        store = self.close_later(self.reopen(store))
        check(len(store.load(short.case)) == 1, "an act after a torn one is lost")
        record_again(store, *acts)
        self._check_absent_or_whole(store, acts)
        check_row_is_fold(store, acts[-1].case)
        return store

    def _check_absent_or_whole(self, store: Store, acts: list[Change]) -> None:
        says = [describe_act(store, act) for act in acts]
        is_agreed = len({answer for one in says for answer in one.values()}) == 1
        check(is_agreed, f"after a kill on a full disk the store says {says}")

    def _die_on_a_full_disk(self, store: Store, acts: list[Change], n: int) -> bool:
        """Commit in a child on a full disk, and return whether it died at the place number n."""
        self.fail_next(store)  # skips the test if it is not written
        child = self._keep(ChildProcess(partial(self._open_on_a_full_disk, store, n)))
        try:
            child.store.commit(acts)
            is_dead = False
        except TimeLimitError:
            raise
        except ContractError:
            is_dead = True
        self.kill(child)
        return is_dead

    def _open_on_a_full_disk(self, store: Store, n: int) -> Store:
        is_shared = bool(read_capabilities(store) & {"multi_process", "multi_machine"})
        opened = self.connect(store) if is_shared else store
        return cast(Store, _DyingStore(opened, partial(self.fail_next, opened), n))


class _DyingStore:
    """A store on a full disk, whose process dies at a line behind the first error."""

    def __init__(
        self, store: Store, fill: Callable[[], AbstractContextManager[object]], number: int
    ) -> None:
        self._store, self._fill, self._number = store, fill, number

    def commit(self, changes: Sequence[Change], /) -> None:
        """Commit, and die if there are so many lines."""
        killer = Killer(self._store, self._number)
        disk = FullDisk(more_room=MORE_ROOM)
        with disk.apply(), self._fill(), killer.watch(), suppress(PhanAnhError):
            self._store.commit(changes)
