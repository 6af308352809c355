"""Contract: a write that fails, as on a full disk, is a StoreError. Its act is whole or absent."""

from collections.abc import Callable, Iterator
from functools import partial

from phananh.errors import DuplicateError, PhanAnhError, StoreError
from phananh.stores.base import Change, Query, Store
from phananh.testing.contract.base import ContractError, ContractTests, check
from phananh.testing.contract.consumers import END, MINUTE, claim
from phananh.testing.contract.erasure import read_personal
from phananh.testing.contract.harness.full_disk import FullDisk, list_full_disks
from phananh.testing.contract.harness.patience import read_feed_with
from phananh.testing.sample_events import START, change, completed, received

TEXT = "ộ" * 4_000  # more than fits into what a file has left over
KEYS = [("HB-1", 1), ("HB-2", 1)]


def make_act(case: str = "HB-1") -> Change:
    """Return the second version of a case, with much text and the command `c`."""
    return change(completed(case, 2, TEXT), after=(received(case),), command="c")


def describe_act(store: Store, act: Change) -> dict[str, bool]:
    """Return by each way of reading whether the store says that an act was recorded."""
    rows = [row for row in store.find(Query(limit=1000)).rows if row.case == act.case]
    says = {
        "load": store.load(act.case)[act.expected :] == act.events,
        "find": rows == [act.row],
    }
    for each in act.commands:
        says["find_command"] = store.find_command(each.id) is not None
    return says


def record_again(store: Store, *changes: Change) -> None:
    """Commit changes that may have been recorded before, which is then a DuplicateError."""
    try:
        store.commit(list(changes))
    except DuplicateError:
        return
    except PhanAnhError as error:
        raise ContractError(f"the act again is {error!r}, not recorded and not known") from error


def find_error(call: Callable[[], object]) -> Exception | None:
    """Call, and return the exception."""
    try:
        call()
    except Exception as error:  # noqa: BLE001  # it is looked at
        return error
    return None


class FailureTests(ContractTests):
    """A disk that is full for a while, for stores with a test class that writes `fail_next`."""

    def test_failed_write_is_a_store_error(self) -> None:
        """It is neither a conflict nor the driver's own error, which is its cause."""
        for _, error in self._iter_failed(make_act()):
            check(isinstance(error, StoreError), f"the write failed as {error!r}, not a StoreError")
            cause = error.__cause__
            check(cause, f"{error!r} has no __cause__: raise it `from` the driver's error")

    def test_failed_act_is_whole_or_absent(self) -> None:
        """After a write that failed, load, find and find_command agree, opened again as well."""
        for store, _ in self._iter_failed(make_act()):
            self._check_agreed(store, make_act())

    def test_failed_list_is_whole_or_absent(self) -> None:
        """So it is with a list, of which a part may have been written."""
        self.skip_unless_declared("lists")
        acts = [make_act(), change(completed("HB-2", 2, TEXT), after=(received("HB-2"),))]
        for store, _ in self._iter_failed(*acts):
            self._check_agreed(store, *acts)

    def test_failed_act_is_recorded_once_there_is_room(self) -> None:
        """The same act again is recorded, or known, and is there once."""
        for store, _ in self._iter_failed(make_act()):
            record_again(store, make_act())
            self._check_recorded(store)

    def test_store_goes_on_after_a_failed_write(self) -> None:
        """Other acts are recorded, and the feed has each event once, without a hole."""
        for store, _ in self._iter_failed(make_act()):
            store.commit([change(received("HB-3"), command="d")])
            record_again(store, make_act())
            for each in self._open_twice(store):
                check(len(each.load("HB-3")) == 1, "an act after the failed one is lost")
                check(len(each.load("HB-1")) == 2, "the failed act is not there, or twice")
                read_feed_with(each, [*KEYS, ("HB-1", 2), ("HB-3", 1)])

    def test_failed_beginning_takes_nothing(self) -> None:
        """A case that could not be begun leaves its id, tracking code and command free."""
        new = change(received("HB-9", content=TEXT), command="c")
        for store, _ in self._iter_failed(new):
            record_again(store, new)
            check(store.load("HB-9") == new.events, "the case is not what was recorded")

    def test_failed_erasure_keeps_every_history(self) -> None:
        """After an erasure that failed all histories can be read, and it can be done again."""
        for disk in list_full_disks():
            store = self._make_two_cases()
            store.commit([make_act()])
            with disk.apply(), self.fail_next(store):
                find_error(partial(store.erase, "HB-1", at=START))
            self._check_erasure(store)

    def _check_erasure(self, store: Store) -> None:
        for each in self._open_twice(store):
            check(len(each.load("HB-1")) == 2, "the history of the case is lost")
            check(each.load("HB-2") == (received("HB-2"),), "another case is lost")
            store = each
        store.erase("HB-1", at=START)
        check(TEXT not in repr(read_personal(store, "HB-1")), "the second erasure erased nothing")

    def test_failed_advance_is_whole_or_absent(self) -> None:
        """A position that could not be written is the same when the store is opened again."""
        for disk in list_full_disks():
            store = self._make_two_cases()
            positions = [entry.position for entry in read_feed_with(store, KEYS)]
            lease = store.advance(claim(store), positions[0])
            with disk.apply(), self.fail_next(store):
                error = find_error(partial(store.advance, lease, positions[1]))
            self._check_position(store, positions, positions[:1] if error is None else [])

    def _check_position(self, store: Store, positions: list[str], lost: list[str]) -> None:
        """Check that a consumer is at one of the positions, opened again too, and at none lost."""
        found = claim(store, now=END, until=END + MINUTE)
        check(found.position in positions, f"the position is {found.position!r}")
        is_lost = found.position in lost
        check(not is_lost, f"the advance was answered, and the position is {found.position}")
        store.release(found)
        for each in self._open_twice(store):
            again = claim(each)
            check(
                again.position == found.position, f"at {found.position}, then at {again.position}"
            )
            each.release(again)

    def _make_two_cases(self) -> Store:
        return self.new_store(change(received("HB-1")), change(received("HB-2")))

    def _iter_failed(self, *acts: Change) -> Iterator[tuple[Store, Exception]]:
        """Give a store in which the acts failed, and its error, for each way to be full."""
        for disk in list_full_disks():
            store = self._make_two_cases()
            error = self._fail(store, disk, *acts)
            if error is not None:
                yield store, error

    def _fail(self, store: Store, disk: FullDisk, *acts: Change) -> Exception | None:
        """Commit while writes fail; return the error, or find out what is wrong without one."""
        with disk.apply(), self.fail_next(store):
            error = find_error(partial(store.commit, list(acts)))
        if error is None:  # was it recorded after all?
            for each in self._open_twice(store):
                says = [describe_act(each, act) for act in acts]
                is_there = all(answer for one in says for answer in one.values())
                check(is_there, f"a write that failed was acknowledged: {says}")
            is_plain = not (disk.more_room or disk.failing or disk.is_empty)
            check(not is_plain, "no write failed: fail_next does not reach what the store writes")
        return error

    def _open_twice(self, store: Store) -> Iterator[Store]:
        """Give the store as it is, and then opened again, if it is durable."""
        yield store
        if "durable" in self.read_declared():
            yield self.close_later(self.reopen(store))

    def _check_agreed(self, store: Store, *acts: Change) -> None:
        """Check that all ways of reading say the same of all the acts, opened again as well."""
        first: list[dict[str, bool]] = []
        for each in self._open_twice(store):
            says = [describe_act(each, act) for act in acts]
            is_agreed = len({answer for one in says for answer in one.values()}) == 1
            check(is_agreed, f"after a failed write the store says {says}")
            first = first or says
            check(says == first, f"the store says {first}, and opened again {says}")

    def _check_recorded(self, store: Store) -> None:
        for each in self._open_twice(store):
            says = describe_act(each, make_act())
            check(all(says.values()), f"recorded once there was room, and the store says {says}")
