"""Contract: find() shows committed rows that meet the query, each once, in a total order."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import attrs

from phananh.errors import InputError
from phananh.regulation.request import Holder, Role
from phananh.stores.base import Change, IndexRow, Query, Store
from phananh.testing.contract.base import ContractError, ContractTests, check
from phananh.testing.contract.comparison import check_same
from phananh.testing.contract.sample_lists import FILTERS, make_four_cases
from phananh.testing.sample_events import (
    START,
    answered,
    change,
    completed,
    deadline,
    escalated,
    received,
)

MICROSECOND = timedelta(microseconds=1)
ZONES = (timezone(timedelta(hours=7)), UTC, timezone(timedelta(hours=-9, minutes=-30)))


def iter_pages(store: Store, query: Query) -> Iterator[tuple[IndexRow, ...]]:
    """Give one page after the other, to the last.

    Raises:
        ContractError: two pages end at the same cursor, so that paging would go on for ever.
    """
    ends = {query.after}
    while True:
        page = store.find(query)
        yield page.rows
        if page.next is None:
            return
        check(page.next not in ends, f"{_describe_page(query)} ends where an earlier page ended")
        ends.add(page.next)
        query = attrs.evolve(query, after=page.next)


def _describe_page(query: Query) -> str:
    return "the first page" if query.after is None else f"the page after {query.after!r}"


def find_cases(store: Store, **query: Any) -> list[str]:
    """Return the ids of all cases that meet the query, in its order."""
    return [row.case for rows in iter_pages(store, Query(**query)) for row in rows]


def make_due_at(case: str, due: datetime) -> Change:
    """Return a new case with a clock that runs until `due`."""
    clock = attrs.evolve(deadline(), due=due, late_after=due)
    return change(received(case), escalated(case, 2, clock=clock))


class QueryTests(ContractTests):
    """Lists and the sweep."""

    def test_finds_what_is_due_before_not_at(self) -> None:
        """A case is found when its due time is before the instant asked, not when it is it."""
        due = datetime(2019, 11, 5, 17, 30, tzinfo=UTC)
        store = self.new_store(make_due_at("HB-1", due))
        check(find_cases(store, due_before=due) == [], "found at its due time")
        check(find_cases(store, due_before=due + MICROSECOND) == ["HB-1"], "not found after it")

    def test_clockless_and_closed_cases_are_never_due(self) -> None:
        """A case with a clock that stopped, or did not run, is not due."""
        first = received("HB-1")
        opened = escalated("HB-1", 2, clock=deadline())
        store = self.new_store(
            change(first, opened),
            change(answered("HB-1", 3), after=(first, opened)),
            change(received("HB-2")),
        )
        check(
            find_cases(store, due_before=START + timedelta(days=999)) == [], "found without a clock"
        )

    def test_due_times_compare_as_instants(self) -> None:
        """Due times in several offsets, with and without microseconds, are in order of time."""
        base = datetime(2019, 11, 5, 8, 0, tzinfo=UTC)
        dues = [base, base + MICROSECOND, base + timedelta(seconds=0.5), base + timedelta(hours=3)]
        store = self.new_store(
            *(
                make_due_at(f"HB-{9 - i}", due.astimezone(ZONES[i % 3]))
                for i, due in enumerate(dues)
            )
        )
        found = find_cases(store, due_before=base + timedelta(days=1))
        check_same(["HB-9", "HB-8", "HB-7", "HB-6"], found, "the order")
        found = find_cases(store, due_before=(base + timedelta(seconds=0.4)).astimezone(ZONES[2]))
        check_same(["HB-9", "HB-8"], found, "what is due before the third")

    def test_pages_lose_and_repeat_nothing_on_equal_keys(self) -> None:
        """Forty rows of one instant come once each, whatever the size of the page."""
        names = sorted(f"HB-{i}" for i in range(40))
        due = START + timedelta(days=1)
        store = self.new_store(*(make_due_at(case, due) for case in reversed(names)))
        for limit in (1, 7, 39, 40, 41):
            found = find_cases(store, limit=limit)
            check_same(names, found, f"pages of {limit}")
            found = find_cases(store, limit=limit, due_before=due + MICROSECOND)
            check_same(names, found, f"due, pages of {limit}")

    def test_rows_added_between_pages_shift_nothing(self) -> None:
        """A row that comes in before the page's end neither repeats nor hides another."""
        store = self.new_store(*(change(received(f"HB-{i}")) for i in range(2, 8)))
        walk = iter_pages(store, Query(limit=3))
        first = next(walk)
        early = START - timedelta(days=1)
        for case in ("HB-0", "HB-1"):
            store.commit([change(received(case, at=early))])
        rest = [row for rows in walk for row in rows]
        found = [row.case for row in (*first, *rest)]
        check_same([f"HB-{i}" for i in range(2, 8)], found, "the pages")

    def test_last_page_has_no_cursor(self) -> None:
        """A page that holds the last row says so, also when it is full."""
        store = self.new_store(*(change(received(f"HB-{i}")) for i in range(4)))
        check(store.find(Query(limit=4)).next is None, "a full last page has a cursor")
        check(store.find(Query(limit=3)).next is not None, "the first page has no cursor")
        check(self.new_store().find(Query()).rows == (), "an empty store has rows")

    def test_every_filter_holds(self) -> None:
        """Each filter leaves out what does not meet it, and they hold together."""
        store = self.new_store(*make_four_cases())
        for query, names in FILTERS:
            found = find_cases(store, order="oldest", **query)
            check_same(names, found, f"{query}: the cases")

    def test_received_since_takes_in_its_instant(self) -> None:
        """A filter from the case's own instant finds it, one from a microsecond later does not."""
        store = self.new_store(change(received("HB-1", at=START)))
        for zone in ZONES:
            since = START.astimezone(zone)
            check(find_cases(store, received_since=since) == ["HB-1"], f"not found since {since}")
            later = since + MICROSECOND
            check(find_cases(store, received_since=later) == [], f"found since {later}")

    def test_received_before_leaves_out_its_instant(self) -> None:
        """A filter up to the case's own instant leaves it out, one a microsecond later does not."""
        store = self.new_store(change(received("HB-1", at=START)))
        for zone in ZONES:
            end = START.astimezone(zone)
            check(find_cases(store, received_before=end) == [], f"found before {end}")
            later = end + MICROSECOND
            check(find_cases(store, received_before=later) == ["HB-1"], f"not before {later}")

    def test_units_and_ids_compare_folded(self) -> None:
        """A unit or an id is found in capitals and in other spellings of it. A part is not."""
        holder = Holder(role=Role.OFFICER, id="Đặng-Hòa", unit="Sở Y tế")
        store = self.new_store(change(received("HB-1"), escalated("HB-1", 2, holder=holder)))
        other = Holder(role=Role.OFFICER, id=None, unit="Phường Hòa Bình")
        store.commit([change(received("HB-2"), escalated("HB-2", 2, holder=other))])
        for unit in ("phường hòa bình", "Phường Hoà Bình", "PHƯỜNG HOÀ BÌNH"):
            check(find_cases(store, unit=unit) == ["HB-2"], f"{unit!r} was not found: see fold_id")
        for unit in ("Sở Y tế", "SỞ Y TẾ", "Sơ\u0309 Y tê\u0301"):
            check(find_cases(store, unit=unit) == ["HB-1"], f"{unit!r} was not found")
        for person in ("đặng-hòa", "Đặng-Hoà"):
            check(find_cases(store, holder_id=person) == ["HB-1"], f"{person!r} was not found")
        for unit in ("Sở", "So Y te", "Sở Y tế%"):
            check(find_cases(store, unit=unit) == [], f"{unit!r} was found")

    def test_row_follows_the_case(self) -> None:
        """After a change the case is found by its new values, and not by its old ones."""
        first = received("HB-1")
        store = self.new_store(change(first), change(escalated("HB-1", 2), after=(first,)))
        check(find_cases(store, holder="operator") == [], "found where it was")
        check(find_cases(store, holder="officer") == ["HB-1"], "not found where it is")
        store.commit([change(completed("HB-1", 3), after=(first, escalated("HB-1", 2)))])
        check(store.find(Query()).rows[0].version == 3, "the row is behind")

    def test_foreign_cursor_is_refused(self) -> None:
        """A cursor that find() did not give for such a query is an InputError."""
        store = self.new_store(change(received("HB-1")), change(received("HB-2")))
        mine = store.find(Query(limit=1)).next
        for query in (
            Query(after="nonsense"),
            Query(after=""),
            Query(after=mine, due_before=START),
        ):
            try:
                store.find(query)
            except InputError:
                continue
            raise ContractError(f"took the cursor {query.after!r}")
