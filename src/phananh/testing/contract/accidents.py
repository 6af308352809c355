"""Contract: a full disk, a lost event, a changed text, a copy: what is read is true or an error.

A write that failed left its act whole or absent. Damage of one case is a CorruptError of that case,
and others go on.
"""

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from errno import ENOSPC
from functools import partial
from importlib.resources import files
from pathlib import Path
from typing import Any
from unittest import SkipTest

import attrs

from phananh.errors import CorruptError, DuplicateError, PhanAnhError, StoreError
from phananh.regulation.case import fold
from phananh.regulation.request import Kind
from phananh.stores.base import Change, Lease, Query
from phananh.stores.codec import decode
from phananh.stores.index_row import make_index_row
from phananh.testing.contract.checks import (
    ContractError,
    check,
    check_same,
    expect_error,
    expect_refused,
    find_outcome,
    shorten,
)
from phananh.testing.contract.lessons import END, claim, describe_act
from phananh.testing.contract.pair import ORDERS, iter_pages, keys_of, read_feed
from phananh.testing.contract.suite import ContractTests, StoredEvent, skip
from phananh.testing.contract.walks import MINUTE, make_history
from phananh.testing.sample_events import SECRETS, START, change, completed, received

try:
    import resource
except ImportError:  # Windows has none
    resource = None  # type: ignore[assignment]

MORE_ROOM = 4_000  # bytes: more than a row has, and less than the text of a failing act
MOST_OPENED = 12  # files that one call opens for writing, of which each fails once


@attrs.define
class FullDisk:
    """One way in which a disk is full.

    Either each file has `more_room` than the test class leaves, or opening a file for writing
    fails, and so does renaming one, from the time number `failing` on. With `is_empty` the room is
    all that a file may have, so that a small one is torn that is written anew. `path` is
    that of the file, if the test class takes `full_disk`, and `opened` how many were opened.
    """

    more_room: int = 0
    failing: int = 0
    is_empty: bool = False
    path: str = ""
    opened: int = 0

    @contextmanager
    def apply(self) -> Iterator[None]:
        """Let `full_disk` be full in this way while the block runs."""
        _chosen.append(self)
        try:
            yield
        finally:
            _chosen.pop()


_chosen: list[FullDisk] = []
_failing: list[FullDisk] = []
_hooked: list[bool] = []


def list_full_disks() -> Iterator[FullDisk]:
    """Yield the ways in which a disk is full, the next after the last was tried.

    There is one if the test class brings a failure of its own. Files fail one by one until a call
    opens no more of them.
    """
    first = FullDisk()
    yield first
    if first.path:
        yield FullDisk(more_room=MORE_ROOM)
        yield FullDisk(is_empty=True)
        for n in range(1, MOST_OPENED + 1):
            disk = FullDisk(failing=n)
            yield disk
            if disk.opened < n:
                return


def full_disk(path: str | os.PathLike[str], *, room: int = 0) -> AbstractContextManager[None]:
    """Let no file of this process grow beyond the size of the one at `path`, and `room` bytes.

    A write beyond it fails with an OSError ("File too large"), in SQLite with "disk is full".
    What fits is written, so with a few bytes of room a line is torn. The tests of the contract
    use it for more: they add room, or let no further file be opened for writing.
    """
    disk = _chosen[-1] if _chosen else FullDisk()
    disk.path = os.fspath(path)
    if disk.failing:
        return _fail_openings(disk)
    size = os.path.getsize(path) if os.path.exists(path) and not disk.is_empty else 0
    return _limit_size(size + room + disk.more_room)


@contextmanager
def _limit_size(size: int) -> Iterator[None]:
    if resource is None:
        raise SkipTest("not offered: a limit on the size of files")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def _fail_openings(disk: FullDisk) -> Iterator[None]:
    if not _hooked:  # a hook stays for good
        _hooked.append(True)
        sys.addaudithook(_look_at)
    _failing.append(disk)
    try:
        yield
    finally:
        _failing.pop()


def _look_at(event: str, args: tuple[Any, ...]) -> None:
    """Count a file that is opened for writing, or renamed, by whatever call of Python, or fail."""
    is_written = event == "open" and bool(args[2] & (os.O_WRONLY | os.O_RDWR))
    if _failing and (event == "os.rename" or (is_written and args[0] != os.devnull)):
        _failing[-1].opened += 1
        if _failing[-1].opened >= _failing[-1].failing:
            raise OSError(ENOSPC, os.strerror(ENOSPC), args[0])


TEXT = "ộ" * 4_000  # more than fits into what a file has left over
FITS = "ộ" * 400  # with the rest of its event it has less than the room, and is no short act
LENGTH = 4
OLD, NEW = Kind.CONDUCT.value, Kind.SERVICE.value  # of one length
HIDDEN = "bi-mat-cua-toi"  # the same bytes in every encoding
SALT = b"golden salt, v1."
MET: tuple[dict[str, Any], ...] = (
    {},
    {"is_open": True},
    {"late": False},
    {"kind": "conduct"},
    {"states": ["received"]},
    {"holder": "operator"},
    {"holder_id": "op-lan"},
    {"unit": "Trung tâm"},
    {"rules": "2370/2019"},
    {"received_since": START},
)
"""Filters that the damaged case meets."""


def record_again(store: Any, *changes: Change) -> None:
    """Commit changes that may have been recorded before, which is then a DuplicateError."""
    found = find_outcome(partial(store.commit, [*changes]))
    check(
        found is None or isinstance(found, DuplicateError),
        f"the act again is {found!r}, not recorded and not known",
    )


class FailureTests(ContractTests):
    """A disk that is full for a while, for stores with a test class that writes `fail_next`."""

    def _fail(
        self, task: Callable[[Any, Lease, list[str]], object]
    ) -> Iterator[tuple[Any, list[str], Any]]:
        """Do a task in a store of three cases, for each way in which a disk is full.

        The task gets the store, a lease at the first of the positions, and these. The block gets
        the store, the positions, and the error.
        """
        for disk in list_full_disks():
            hidden = received("HB-3", content=HIDDEN * 90)
            store = self.new_store(*map(change, (received("HB-1"), received("HB-2"), hidden)))
            positions = [entry.position for entry in read_feed(store)]
            lease = store.advance(claim(store), positions[0])
            with disk.apply(), self.fail_next(store):
                found = find_outcome(partial(task, store, lease, positions))
            error = found if isinstance(found, Exception) else None
            check(
                error is None or isinstance(error, StoreError),
                f"on a full disk the call raised {error!r}, not a StoreError",
            )
            check(
                error is None or error.__cause__,
                f"{error!r} has no __cause__: raise it `from` the driver's error",
            )
            yield store, positions, error

    def _open_twice(self, store: Any) -> Iterator[Any]:
        """Give the store as it is, and then opened again, if it is durable."""
        yield store
        if "durable" in store.capabilities:
            yield self.reopen_handle(store)

    def test_failed_act_is_an_error_and_whole_or_absent(self) -> None:
        """All reads agree, by the handle that failed and opened again. Then all goes on."""
        act = change(completed("HB-1", 2, TEXT), after=(received("HB-1"),), command="c")
        other = change(completed("HB-2", 2, TEXT), after=(received("HB-2"),))
        new = change(received("HB-9", content=TEXT), command="c")
        lists = "lists" in self.new_store().capabilities
        for acts in ([act], [new], [act, other] if lists else [other]):
            for is_first in (False, True):
                for n, (store, _, error) in enumerate(
                    self._fail(lambda each, *_, acts=acts: each.commit(acts))
                ):
                    says = _describe_acts(store, acts)
                    opened = store if is_first else [*self._open_twice(store)][-1]
                    check(
                        _describe_acts(opened, acts) == says != "in part",
                        f"a failed act is there {says}, or not as much opened again",
                    )
                    check(
                        error is not None or says == "whole",
                        f"a write that failed was acknowledged, and the act is {says}",
                    )
                    self._check_goes_on(opened, acts)
                    check(
                        n or error,
                        "no write failed: fail_next does not reach what the store writes",
                    )

    def _check_goes_on(self, store: Any, acts: list[Change]) -> None:
        """Check that another act is recorded, and these, once each, in the feed too."""
        store.commit([change(received("HB-5"), command="d")])
        if _describe_acts(store, acts) != "whole":
            store.commit(acts)
        for each in self._open_twice(store):
            check(len(each.load("HB-5")) == 1, "an act after the failed one is lost")
            said = _describe_acts(each, acts)
            check(said == "whole", f"an act that was recorded once there was room is {said}")
            keys = [("HB-1", 1), ("HB-2", 1), ("HB-3", 1), ("HB-5", 1)]
            keys += [(act.case, act.row.version) for act in acts]
            check_same(sorted(keys), sorted(keys_of(read_feed(each))), "the events in the feed")

    def test_failed_erasure_keeps_every_history(self) -> None:
        """All histories can be read, it can be done again, and then no file holds the text."""
        for store, _, error in self._fail(lambda each, *_: each.erase("HB-3", at=START)):
            for each in self._open_twice(store):
                check_same(
                    [1, 1, 1],
                    [len(each.load(f"HB-{n}")) for n in (1, 2, 3)],
                    f"the events of three cases, after {error!r}",
                )
                store = each
            store.erase("HB-3", at=START)
            content = fold(store.load("HB-3")).content
            check(HIDDEN not in str(content), f"the second erasure left {content!r:.80}")
            with suppress(SkipTest):  # if `stored_bytes` is not written
                left = HIDDEN.encode() in self.stored_bytes(store)
                check(not left, "erased again, and what the failed erasure wrote is still there")

    def test_failed_advance_is_whole_or_absent(self) -> None:
        """A position that could not be written is the same when the store is opened again."""
        task = lambda each, lease, positions: each.advance(lease, positions[1])  # noqa: E731  # as of the others
        for store, positions, error in self._fail(task):
            wanted = positions[:2] if error else positions[1:2]
            for each in self._open_twice(store):
                found = claim(each, now=END, until=END + MINUTE)
                check(
                    found.position in wanted,
                    f"after an advance with {error!r} it is at {found.position!r}",
                )
                wanted = [str(found.position)]
                each.release(found)

    def test_record_torn_by_a_crash_is_absent(self) -> None:
        """If half of what a list wrote is in the file, the list is absent, and others follow.

        It needs a store that writes a commit to the end of one file, that of `full_disk`.
        """
        store, disk = self.new_store(change(received("HB-0"))), FullDisk()
        self.need(store, "durable")
        with disk.apply(), self.fail_next(store):
            path = Path(disk.path or ".")
        acts = [change(received(f"HB-{n}", content=FITS), command=f"c{n}") for n in range(1, 4)]
        acts = acts if "lists" in store.capabilities else acts[1:2]
        for part in (2, 3, 4):
            before = _read_files(path)
            child = self.open_in_child(store)
            child.call("commit", acts)
            self.kill(child)
            after = _read_files(path)
            begin, end = before.get(path, b""), after.get(path, b"")
            if not end.startswith(begin) or {**before, path: end} != after:
                skip("a commit that is written to the end of one file")
            path.write_bytes(end[: len(begin) + (len(end) - len(begin)) * part // 5])
            store = self.reopen_handle(store)
            said = _describe_acts(store, acts)
            check(said == "absent", f"of a list of which the file has {part} fifths all is {said}")
            store.commit([change(received(f"S-{part}", content="x"))])
            store = self.reopen_handle(store)
            check(len(store.load(f"S-{part}")) == 1, "an act after a torn one is lost")
        store.commit(acts)
        check(_describe_acts(store, acts) == "whole", "a torn list, recorded again, is not there")


def _read_files(path: Path) -> dict[Path, bytes]:
    """Return the files of the folder that a file is in."""
    return {each: each.read_bytes() for each in path.parent.iterdir() if each.is_file()}


def _describe_acts(store: Any, acts: list[Change]) -> str:
    """Return whether all ways of reading say that acts are there, or that none is."""
    says = {answer for act in acts for answer in describe_act(store, act).values()}
    return "whole" if says == {True} else "absent" if says == {False} else "in part"


class DamageTests(ContractTests):
    """A stored event is lost, for stores with a test class that writes `hole`."""

    def _make_hole(self, version: int, *, at_once: bool = True) -> Any:
        history = make_history("HB-1", LENGTH)
        made = [change(event, after=history[:n]) for n, event in enumerate(history)]
        made = [change(*history)] if at_once else made
        store = self.new_store(*made, change(received("HB-2")))
        return self.keep(self.hole(store, "HB-1", version))

    def test_lost_event_is_a_corrupt_error(self) -> None:
        """A first, middle or last event that is lost is named by its case and version."""
        for version in (1, 2, LENGTH):
            store = self._make_hole(version)
            what = f"load of a history whose version {version} is lost"
            error = expect_error(CorruptError, partial(store.load, "HB-1"), what)
            check_same(("HB-1", version), (error.case, error.version), f"the facts of {error!r}")

    def test_damaged_case_leaves_others_alone(self) -> None:
        """Another case is read, listed and goes on, and an old version of this is an error."""
        store = self._make_hole(2)
        check_same((received("HB-2"),), store.load("HB-2"), "another case")
        store.commit([change(completed("HB-2", 2), after=(received("HB-2"),))])
        check(len(store.load("HB-2")) == 2, "another case does not go on")
        late = change(completed("HB-1", 2), after=(received("HB-1"),))
        error = find_outcome(partial(store.commit, [late]))
        check(isinstance(error, PhanAnhError), f"an old version beside damage gave {error!r}")

    def test_every_list_names_the_case_that_lost_its_last_event(self) -> None:
        """With each filter, in each order: its true row, or its id in `damaged`, no older row."""
        for at_once in (True, False):
            store = self._make_hole(LENGTH, at_once=at_once)
            for order in ORDERS:
                for filters in MET:
                    self._check_shown(store, Query(order=order, **filters))

    def _check_shown(self, store: Any, query: Query) -> None:
        page: Any = find_outcome(partial(store.find, query))
        if isinstance(page, CorruptError):
            check(page.case == "HB-1", f"HB-1 is damaged, and the list fails with {page!r}")
            return
        versions = {row.case: row.version for row in page.rows}
        said = f"{shorten(query)} lists {versions}, and `damaged` is {page.damaged}: "
        known = {"HB-2": 1} if page.damaged == ("HB-1",) else {"HB-1": LENGTH, "HB-2": 1}
        check(versions == known, f"{said}HB-1 lost its last event, and is at version {LENGTH}")

    def test_feed_goes_on_behind_a_lost_event(self) -> None:
        """Every other event is read: a page ends before the damage, which says how to resume."""
        store = self._make_hole(2)
        found = {(each.event.case, each.event.n) for each in _read_past_damage(store)}
        wanted = {("HB-1", n) for n in range(1, LENGTH + 1) if n != 2} | {("HB-2", 1)}
        check_same(sorted(wanted), sorted(found), "the events in the feed")


def _read_past_damage(store: Any) -> Iterator[Any]:
    """Yield the entries of a feed, going on behind each damage at the position of its error."""
    after: str | None = None
    for _ in range(99):
        page: Any = find_outcome(partial(store.scan, after))
        if page == ():
            return
        if isinstance(page, StoreError):
            position = page.facts.get("position")
            said = f"the fact `position` of {page!r} is {position!r}: give the position of the "
            check(
                isinstance(position, str) and position != after,
                f"{said}damaged entry, behind which the feed goes on",
            )
            after = str(position)
        else:
            check(isinstance(page, tuple), f"a scan behind damage gave {page!r}")
            yield from page
            after = page[-1].position
    raise ContractError(f"the feed does not end behind {after!r}")


class SpoiledTests(ContractTests):
    """A stored text is changed, for stores with a test class that writes `spoil`.

    A change of one text into another of its length is what a checksum is kept for: the value can
    still be read, and says something else.
    """

    def _spoil_kinds(self) -> tuple[Any, dict[str, Change]]:
        """Return five cases, of which HB-1, HB-2 and HB-4 are of the kind that is spoiled."""
        kinds = (Kind.PROPOSAL, Kind.CONDUCT, Kind.CONDUCT, Kind.PROPOSAL, Kind.CONDUCT)
        changes = [change(received(f"HB-{i}", kind=kind)) for i, kind in enumerate(kinds)]
        store = self.keep(self.spoil(self.new_store(*changes), OLD, NEW))
        return store, {each.case: each for each in changes}

    def test_changed_event_is_a_corrupt_error(self) -> None:
        """It is named, in the history and in the feed, and others are read as they were."""
        store, changes = self._spoil_kinds()
        for case, each in changes.items():
            found = find_outcome(partial(store.load, case))
            is_named = isinstance(found, CorruptError) and found.case == case
            check(
                found == each.events or (is_named and each.row.kind.value == OLD),
                f"{case}, of which a stored text was changed or not, is {found!r}",
            )
        for entry in _read_past_damage(store):
            check_same(changes[entry.event.case].events[0], entry.event, "an event of the feed")

    def test_changed_row_is_named_on_its_page(self) -> None:
        """Pages of any length give the sound rows, and name each other case in `damaged`."""
        store, changes = self._spoil_kinds()
        for order in ORDERS:
            for limit in (1, 2, 3, 5, 9):
                for filters in ({}, {"is_open": True}, {"holder": "operator"}):
                    self._check_pages(store, changes, Query(order=order, limit=limit, **filters))

    def _check_pages(self, store: Any, changes: dict[str, Change], query: Query) -> None:
        pages, said = [*iter_pages(store, query)], shorten(query)
        rows = [row for page in pages for row in page.rows]
        damaged = {case for page in pages for case in page.damaged}
        for row in rows:
            check_same(changes[row.case].row, row, f"{said}: the row of {row.case}")
        shown = [row.case for row in rows]
        check(len(shown) == len({*shown}), f"{said}: rows come twice: {shown}")
        wrong = {case for case in damaged if changes[case].row.kind.value != OLD}
        check(not wrong, f"{said}: `damaged` names {sorted(wrong)}, which are sound")
        missed = sorted(changes.keys() - shown - damaged)
        check(not missed, f"{said}: neither rows nor `damaged` name {missed}")

    def test_changed_command_is_no_other_act(self) -> None:
        """The retry of a command whose record was changed is a duplicate, or an error of the store.

        A CommandReusedError would say that the caller sent something else the first time.
        """
        act = change(received("HB-1"), command="c")
        store = self.new_store(act)
        record: Any = store.find_command("c")
        store = self.keep(self.spoil(store, record.digest, record.digest[::-1]))
        found = find_outcome(partial(store.find_command, "c"))
        is_error = isinstance(found, StoreError)
        check(is_error or found == record, f"the stored record was changed, and reads {found!r}")
        for each in (act, change(received("HB-2"), command="c")):
            error = find_outcome(partial(store.commit, [each]))
            check(
                isinstance(error, StoreError | DuplicateError),
                f"the stored record of c was changed, and its retry gave {error!r}",
            )

    def test_erasing_takes_a_changed_event_too(self) -> None:
        """The personal text of an event that cannot be read is gone after an erasure."""
        new = change(received("HB-1", content=HIDDEN), completed("HB-1", 2, HIDDEN))
        store = self.keep(self.spoil(self.new_store(new), OLD, NEW))
        before = self.stored_bytes(store)
        check(HIDDEN.encode() in before, "the text cannot be found to begin with")
        if find_outcome(partial(store.erase, "HB-1", at=START)) is None:
            left = self.stored_bytes(store)
            check(HIDDEN.encode() not in left, "the text of a damaged event is still there")


class CopyTests(ContractTests):
    """A copy that users made, and a history of an earlier version."""

    def test_copy_is_a_whole_store_of_its_own(self) -> None:
        """Histories, rows, commands and positions are in it. What is recorded later is not."""
        first = received("HB-1")
        second = change(completed("HB-1", 2), after=(first,), command="c")
        store = self.new_store(change(first), second, change(received("HB-2"), command="d"))
        store.advance(claim(store), read_feed(store)[1].position)
        copy = self.keep(self.back_up(store))
        for read in (
            lambda each: [each.load("HB-1"), each.load("HB-2")],
            lambda each: each.find(Query()).rows,
            lambda each: [entry.event for entry in each.scan()],
            lambda each: [each.find_command(name) for name in "cd"],
        ):
            check_same(read(store), read(copy), "what is in the copy")
        expect_refused(DuplicateError, copy, second)
        lease = claim(copy, now=END, until=END + MINUTE)
        copy.commit([change(received("HB-8"))])
        store.commit([change(received("HB-9"))])
        check_same(
            ["HB-2", "HB-8"],
            [entry.event.case for entry in read_feed(copy, after=lease.position)],
            "what a consumer of the copy reads on",
        )
        check_same(
            [0, 1, 1, 0],
            [len(each.load(case)) for each in (store, copy) for case in ("HB-8", "HB-9")],
            "HB-8 and HB-9 in the store and in its copy",
        )

    def test_old_history_is_read_and_goes_on(self) -> None:
        """Every event that an earlier version stored comes back, and can be erased."""
        text = files("phananh.testing").joinpath("history-v1.jsonl").read_text(encoding="utf-8")
        lines = [json.loads(line) for line in text.splitlines()]
        stored = [StoredEvent(kind=line.pop("type"), **line, salt=SALT) for line in lines]
        history = tuple(
            decode(old.kind, old.body, old.personal, old.salt, case=old.case, version=old.version)
            for old in stored
        )
        row, case = make_index_row(fold(history)), history[0].case
        store = self.keep(self.store_old(self.new_store(), stored, row))
        check_same(history, store.load(case), "a history of old")
        check_same([*history], [entry.event for entry in read_feed(store)], "its feed")
        event = completed(case, len(history) + 1)
        store.commit([change(event, after=history)])
        check_same((*history, event), store.load(case), "a history of old, with an act of today")
        store.erase(case, at=START)
        sender = repr(fold(store.load(case)).sender)
        check(SECRETS[0] not in sender, "the sender is not erased")
