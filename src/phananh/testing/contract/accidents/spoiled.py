"""Contract: a stored value that was changed behind the store's back is not read as a true one.

A change of one text into another of its length is what a checksum is kept for: the value can
still be read, and says something else.
"""

from typing import Any

import attrs

from phananh.errors import CorruptError, DuplicateError, PhanAnhError, StoreError
from phananh.regulation.request import Kind
from phananh.stores.base import Change, CommandRecord, Query, Store
from phananh.testing.contract.base import ContractError, ContractTests, check
from phananh.testing.contract.comparison import check_same, require
from phananh.testing.contract.harness.shortening import shorten
from phananh.testing.sample_events import START, change, completed, received

OLD, NEW = Kind.CONDUCT.value, Kind.SERVICE.value  # of one length
TEXT = "bi-mat-cua-toi"  # the same bytes in every encoding
ORDERS: tuple[Any, ...] = ("oldest", "newest", "due")


def make_kinds() -> list[Change]:
    """Return five cases, of which HB-1, HB-2 and HB-4 are of the kind that is spoiled."""
    kinds = (Kind.PROPOSAL, Kind.CONDUCT, Kind.CONDUCT, Kind.PROPOSAL, Kind.CONDUCT)
    return [change(received(f"HB-{i}", kind=kind)) for i, kind in enumerate(kinds)]


class SpoiledTests(ContractTests):
    """A stored text is changed, for stores with a test class that writes `spoil`."""

    def _spoil_kinds(self) -> tuple[Store, list[Change]]:
        changes = make_kinds()
        return self.close_later(self.spoil(self.new_store(*changes), OLD, NEW)), changes

    def test_changed_event_is_a_corrupt_error(self) -> None:
        """An event that says something else than was recorded is named, and others are read."""
        store, changes = self._spoil_kinds()
        for each in changes:
            try:
                found = store.load(each.case)
            except CorruptError as error:
                check_same(each.case, error.case, f"the case of {error!r}")
                check(
                    each.row.kind.value == OLD, f"{each.case} is sound, and is refused: {error!r}"
                )
                continue
            check_same(each.events, found, f"{each.case}, of which a stored text was changed")

    def test_feed_shows_no_changed_event(self) -> None:
        """The feed shows the events that are as they were recorded, and stops at the others."""
        store, changes = self._spoil_kinds()
        wanted = {each.case: each.events[0] for each in changes}
        after: str | None = None
        for _ in range(2 * len(changes)):
            try:
                page = store.scan(after)
            except CorruptError as error:
                after = str(error.facts.get("position"))
                continue
            for entry in page:
                check_same(wanted[entry.event.case], entry.event, "an event of the feed")
            if not page:
                return
            after = page[-1].position
        raise ContractError(f"the feed of {len(changes)} events does not end behind {after!r}")

    def test_changed_row_is_named_on_its_page(self) -> None:
        """Pages of any length give the sound rows, and name each other case in `damaged`."""
        store, changes = self._spoil_kinds()
        for order in ORDERS:
            for limit in (1, 2, 3, 5, 9):
                self._check_pages(store, changes, Query(order=order, limit=limit))

    def _check_pages(self, store: Store, changes: list[Change], query: Query) -> None:
        rows = {each.case: each.row for each in changes}
        shown, damaged = list[str](), set[str]()
        for _ in range(3 * len(rows)):
            page = store.find(query)
            for row in page.rows:
                check_same(rows[row.case], row, f"{shorten(query)}: the row of {row.case}")
            shown += [row.case for row in page.rows]
            damaged |= {*page.damaged}
            if page.next is None:
                break
            query = attrs.evolve(query, after=page.next)
        check(len(shown) == len({*shown}), f"{shorten(query)}: rows come twice: {shown}")
        missed = rows.keys() - shown - damaged
        check(not missed, f"{shorten(query)}: neither rows nor `damaged` name {sorted(missed)}")
        wrong = damaged & {name for name, row in rows.items() if row.kind.value != OLD}
        check(not wrong, f"{shorten(query)}: `damaged` names {sorted(wrong)}, which are sound")

    def test_changed_command_is_no_other_act(self) -> None:
        """The retry of a command whose record was changed is a duplicate, or an error of the store.

        A CommandReusedError would say that the caller sent something else the first time.
        """
        act = change(received("HB-1"), command="c")
        store = self.new_store(act)
        record = require(store.find_command("c"), "the command is not known")
        store = self.close_later(self.spoil(store, record.digest, record.digest[::-1]))
        self._check_record(store, record)
        self._check_refused(store, act)
        self._check_refused(store, change(received("HB-2"), command="c"))

    def _check_refused(self, store: Store, act: Change) -> None:
        try:
            store.commit([act])
        except (StoreError, DuplicateError):
            return
        except PhanAnhError as error:
            raise ContractError(
                f"the stored record of c was changed, and its retry is {error!r}: say by a "
                "CorruptError that the record cannot be read"
            ) from error
        raise ContractError(f"a retry of c was recorded as {act.case}")

    def _check_record(self, store: Store, record: CommandRecord) -> None:
        try:
            found = store.find_command("c")
        except StoreError:
            return
        check_same(record, found, "the record of a command, of which a stored text was changed")

    def test_changed_id_puts_no_event_into_another_case(self) -> None:
        """If the stored id of a case reads as another's, the other has what was recorded of it."""
        first = received("HB-1")
        store = self.new_store(change(first), change(received("HB-2"), completed("HB-2", 2)))
        try:
            store = self.close_later(self.spoil(store, '"HB-2"', '"HB-1"'))  # as JSON writes it
            found = store.load("HB-1")
        except StoreError:
            return
        check_same((first,), found, "HB-1, beside a case whose stored id was changed to HB-1")

    def test_erasing_takes_a_changed_event_too(self) -> None:
        """The personal text of an event that cannot be read is gone after an erasure."""
        new = change(received("HB-1", content=TEXT), completed("HB-1", 2, TEXT))
        store = self.close_later(self.spoil(self.new_store(new), OLD, NEW))
        check(TEXT.encode() in self.stored_bytes(store), "the text cannot be found to begin with")
        try:
            store.erase("HB-1", at=START)
        except StoreError:
            return  # which says that it is not done
        check(TEXT.encode() not in self.stored_bytes(store), "the text is still there")
