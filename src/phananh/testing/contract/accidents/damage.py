"""Contract: a history with a hole is a CorruptError of that case. Others go on."""

from typing import Any

from phananh.errors import CorruptError, StoreError
from phananh.stores.base import FeedEntry, Query, Store
from phananh.testing.contract.base import ContractError, ContractTests, check
from phananh.testing.contract.comparison import check_same
from phananh.testing.contract.harness.shortening import shorten
from phananh.testing.sample_events import START, change, completed, received

LENGTH = 4
ORDERS: tuple[Any, ...] = ("oldest", "newest", "due")
MET: tuple[dict[str, Any], ...] = (
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


class DamageTests(ContractTests):
    """A stored event is lost, for stores with a test class that writes `hole`."""

    def test_lost_event_is_a_corrupt_error(self) -> None:
        """A first, middle or last event that is lost is named by its case and version."""
        for version in (1, 2, LENGTH):
            error = self._load_damaged(self._make_hole(version))
            facts = (error.case, error.version)
            check(facts == ("HB-1", version), f"version {version} is lost, the error says {facts}")

    def test_lost_event_leaves_other_cases_alone(self) -> None:
        """Other cases are read, listed and recorded, though one cannot be read."""
        store = self._make_hole(2)
        check(store.load("HB-2") == (received("HB-2"),), "another case cannot be read")
        store.commit([change(completed("HB-2", 2), after=(received("HB-2"),))])
        page = store.find(Query(limit=1000))
        cases = sorted({*(row.case for row in page.rows), *page.damaged})
        check(cases == ["HB-1", "HB-2"], f"listed are {cases}")
        check(len(store.load("HB-2")) == 2, "another case does not go on")

    def test_list_hides_no_case_that_lost_its_last_event(self) -> None:
        """A case that lost its last event is in a list with its true row, or in `damaged`."""
        store = self._make_hole(LENGTH)
        try:
            page = store.find(Query(limit=1000))
        except CorruptError as error:
            check(error.case == "HB-1", f"HB-1 is damaged, and the list fails with {error!r}")
            return
        versions = {row.case: row.version for row in page.rows}
        if "HB-1" in page.damaged:
            check_same({"HB-2": 1}, versions, "the versions of the rows beside a damaged one")
            return
        wanted = {"HB-1": LENGTH, "HB-2": 1}
        said = f"listed are {versions}, and `damaged` is {page.damaged}: name HB-1 there"
        check(versions == wanted, said)

    def test_list_shows_no_row_of_an_earlier_version(self) -> None:
        """A case whose last commit is lost is not listed as the commit before it left it."""
        history = (received("HB-1"), *(completed("HB-1", n) for n in range(2, LENGTH + 1)))
        made = [change(event, after=history[:n]) for n, event in enumerate(history)]
        store = self.close_later(self.hole(self.new_store(*made), "HB-1", LENGTH))
        for order in ORDERS:
            self._check_shown(store, Query(order=order))

    def test_every_list_names_the_case_that_lost_its_last_event(self) -> None:
        """With each filter that the case meets, in each order, it is listed or in `damaged`."""
        store = self._make_hole(LENGTH)
        for order in ORDERS:
            for query in MET:
                self._check_shown(store, Query(order=order, **query))

    def _check_shown(self, store: Store, query: Query) -> None:
        """Check that HB-1 is in the list with its true row, or named as damaged."""
        try:
            page = store.find(query)
        except CorruptError as error:
            check(error.case == "HB-1", f"HB-1 is damaged, and the list fails with {error!r}")
            return
        versions = {row.case: row.version for row in page.rows}
        said = f"{shorten(query)} lists {versions}, and `damaged` is {page.damaged}"
        if "HB-1" in versions:
            check(versions["HB-1"] == LENGTH, f"{said}: HB-1 is at version {LENGTH}")
        else:
            check("HB-1" in page.damaged, f"{said}: name HB-1 there")

    def test_feed_goes_on_behind_a_lost_event(self) -> None:
        """Every other event is read: a page ends before the damage, which says how to resume."""
        store = self._make_hole(2)
        found = {(entry.event.case, entry.event.n) for entry in _read_past_damage(store)}
        wanted = {("HB-1", n) for n in range(1, LENGTH + 1) if n != 2} | {("HB-2", 1)}
        check(found == wanted, f"the feed shows {sorted(found)}, not {sorted(wanted)}")

    def _make_hole(self, version: int) -> Store:
        history = (received("HB-1"), *(completed("HB-1", n) for n in range(2, LENGTH + 1)))
        store = self.new_store(change(*history), change(received("HB-2")))
        return self.close_later(self.hole(store, "HB-1", version))

    def _load_damaged(self, store: Store) -> CorruptError:
        try:
            found = store.load("HB-1")
        except CorruptError as error:
            return error
        raise ContractError(f"an event is lost, and the versions {[e.n for e in found]} are read")


def _read_past_damage(store: Store) -> list[FeedEntry]:
    entries: list[FeedEntry] = []
    after: str | None = None
    while True:
        try:
            page = store.scan(after)
        except StoreError as error:
            after = _read_position(error, after)
            continue
        if not page:
            return entries
        entries.extend(page)
        after = page[-1].position


def _read_position(error: StoreError, after: str | None) -> str:
    """Return the position behind the damage, which is not the one that was asked for."""
    position = error.facts.get("position")
    if not isinstance(position, str):
        raise ContractError(f"{error!r} has no fact `position` to resume after") from error
    if position == after:
        raise ContractError(
            f"the fact `position` of {error!r} is {position!r}, after which the damage was met: "
            "give the position of the damaged entry, behind which the feed goes on"
        ) from error
    return position
