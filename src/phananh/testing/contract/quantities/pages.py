"""Contract: pages deep, wide and short, at one instant and at instants a microsecond apart."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta, timezone

import attrs

from phananh.stores.base import Change, IndexRow, Query, Store
from phananh.stores.query import ORDERS
from phananh.testing.contract.base import ContractTests, check, read_capabilities
from phananh.testing.contract.comparison import check_same
from phananh.testing.contract.queries import find_cases, iter_pages, make_due_at
from phananh.testing.sample_events import START, answered, change, deadline, escalated, received

MANY = 2_500  # more than any store is likely to give at once by itself
LIMITS = (1, 1000, 1001, MANY - 1, MANY, 2**31 - 1)
MICROSECOND = timedelta(microseconds=1)
HANOI = timezone(timedelta(hours=7))
NEW_YORK = (timezone(timedelta(hours=-5)), timezone(timedelta(hours=-4)))  # winter, summer
ZONES = (HANOI, UTC, *NEW_YORK)
ODD_IDS = (
    *("HB %", "HB %41", "HB '", 'HB "', "HB &after=1", "HB ,", "HB .", "HB /1", "HB :1", "HB ;"),
    *(
        "HB =",
        "HB ?x=1",
        "HB \\",
        "HB _",
        "HB |",
        "HB |1",
        "HB ||",
        "HB ~",
        "HB é",
        "HB đ|",
        "HB 𠀀",
    ),
)
"""Ids with letters that cursors, patterns, addresses and quotes use; by code point."""


def record(store: Store, changes: Iterable[Change]) -> None:
    """Record new cases, in one commit if the store takes lists."""
    if "lists" in read_capabilities(store):
        store.commit(list(changes))
        return
    for each in changes:
        store.commit([each])


def make_many(count: int = MANY) -> Iterator[Change]:
    """Yield new cases of three times of receipt, half of them with a limit of three due times."""
    for i in range(count):
        case, at = f"HB-{i:04}", START + i % 3 * MICROSECOND
        first = received(case, at=at)
        if i % 2:
            yield change(first)
            continue
        due = deadline().due + i % 3 * MICROSECOND
        clock = attrs.evolve(deadline(), due=due, late_after=due)
        yield change(first, escalated(case, 2, clock=clock))


def sort_rows(rows: Iterable[IndexRow], query: Query) -> list[str]:
    """Return the cases of rows in the order of a query, computed anew."""
    if query.order == "due":
        dated = sorted((row.due, row.case) for row in rows if row.due is not None)
        others = sorted((row.received_at, row.case) for row in rows if row.due is None)
        return [case for _, case in (*dated, *others)]
    keyed = sorted((row.received_at, row.case) for row in rows)
    return [case for _, case in (keyed[::-1] if query.order == "newest" else keyed)]


class PageTests(ContractTests):
    """Many pages, long pages, and pages of one row."""

    def _make_many(self, count: int = MANY) -> tuple[Store, list[IndexRow]]:
        store, changes = self.new_store(), list(make_many(count))
        record(store, changes)
        return store, [each.row for each in changes]

    def test_pages_are_as_long_as_asked(self) -> None:
        """Of 2,500 cases a page has as many rows as its limit says, up to all of them."""
        store, rows = self._make_many()
        for order in ORDERS:
            for limit in LIMITS if order == "oldest" else (1001, MANY):
                query = Query(order=order, limit=limit)
                page = store.find(query)
                wanted = sort_rows(rows, query)[:limit]
                found = [row.case for row in page.rows]
                check_same(wanted, found, f"{order}, limit {limit}")
                is_last = page.next is None
                check(is_last == (limit >= MANY), f"{order}, limit {limit}: next is {page.next!r}")
        check_same(100, len(store.find(Query()).rows), "the rows of a page without a limit")

    def test_counts_go_as_far_as_asked(self) -> None:
        """Of 2,500 cases a count says as many as its limit lets it, 1,000 by default."""
        store, _ = self._make_many()
        for limit in (999, 1000, 1001, MANY - 1, MANY, MANY + 1):
            found = store.count(Query(), limit=limit)
            check_same(min(limit, MANY), found, f"the count up to {limit}")
        check_same(1000, store.count(Query()), "the count without a limit")

    def test_pieces_of_the_feed_are_as_long_as_asked(self) -> None:
        """Of thousands of events a piece has as many as its limit says, 500 by default."""
        store, rows = self._make_many()
        total = sum(row.version for row in rows)
        for limit in (1, 500, 1000, 1001, MANY, total, total + 1):
            found = len(store.scan(limit=limit))
            check_same(min(limit, total), found, f"the events of a piece of {limit}")
        check_same(500, len(store.scan()), "the events of a piece without a limit")

    def test_calendars_count_every_limit(self) -> None:
        """Of 1,250 limits on one version of a calendar each is counted."""
        store, rows = self._make_many()
        running = [row for row in rows if row.due is not None]
        found = [use.deadlines for use in store.list_calendars()]
        check_same([len(running)], found, "the limits of the calendar")

    def test_deep_pages_lose_and_repeat_nothing(self) -> None:
        """Beyond a thousand rows too, in each order, each of 1,100 cases comes once."""
        store, rows = self._make_many(1100)
        for order in ORDERS:
            found = find_cases(store, order=order, limit=150)
            check_same(sort_rows(rows, Query(order=order)), found, f"{order}, pages of 150")

    def test_pages_of_one_row_lose_and_repeat_nothing(self) -> None:
        """In dozens of pages, at equal and at near instants, each of 60 cases comes once."""
        store, rows = self._make_many(60)
        for order in ORDERS:
            for limit in (1, 2, 59):
                found = find_cases(store, order=order, limit=limit)
                check_same(sort_rows(rows, Query(order=order)), found, f"{order}, pages of {limit}")

    def test_near_instants_are_in_order(self) -> None:
        """Forty cases a microsecond apart, across a second, come by time in pages of any size."""
        first = START.replace(microsecond=999_980)
        names = [f"HB-{40 - i:02}" for i in range(40)]
        times = [first + i * MICROSECOND for i in range(40)]
        store = self.new_store()
        record(store, (_make_dated(case, at) for case, at in zip(names, times, strict=True)))
        for limit in (1, 3, 39, 40):
            for order, wanted in (("due", names), ("oldest", names), ("newest", names[::-1])):
                found = find_cases(store, order=order, limit=limit)
                check_same(wanted, found, f"{order}, pages of {limit}")
        for i in (1, 20, 21, 39):
            found = find_cases(store, due_before=times[i])
            check_same(names[:i], found, f"due before the {i + 1}th instant")

    def test_zones_do_not_change_the_order(self) -> None:
        """Cases with times in Hà Nội, UTC and New York come in order of the instants."""
        base = datetime(2019, 11, 3, 5, 0, tzinfo=UTC)  # when clocks go back in New York
        times = [base + i * timedelta(minutes=30) for i in range(24)]
        names = [f"HB-{24 - i:02}" for i in range(24)]
        pairs = list(zip(names, times, strict=True))
        store = self.new_store()
        record(
            store,
            (_make_dated(case, at.astimezone(ZONES[i % 4])) for i, (case, at) in enumerate(pairs)),
        )
        for limit in (1, 5, 24):
            for order, wanted in (("due", names), ("oldest", names), ("newest", names[::-1])):
                found = find_cases(store, order=order, limit=limit)
                check_same(wanted, found, f"{order}, pages of {limit}")
        for i, zone in enumerate(ZONES * 6):
            found = find_cases(store, due_before=times[i].astimezone(zone))
            check_same(names[:i], found, f"due before {times[i].astimezone(zone)}")

    def test_one_instant_in_several_zones_is_one(self) -> None:
        """Cases of one instant, given in several zones, come by id."""
        names = [f"HB-{i}" for i in range(8)]
        store = self.new_store()
        record(store, (_make_dated(n, START.astimezone(ZONES[i % 4])) for i, n in enumerate(names)))
        for limit in (1, 3, 8):
            for order, wanted in (("due", names), ("oldest", names), ("newest", names[::-1])):
                found = find_cases(store, order=order, limit=limit)
                check_same(wanted, found, f"{order}, pages of {limit}")

    def test_cursors_hold_any_id(self) -> None:
        """Pages go on after ids with letters that patterns, quotes and addresses use."""
        store = self.new_store(*(change(received(case)) for case in reversed(ODD_IDS)))
        wanted = sorted(ODD_IDS)
        for order in ORDERS:
            for limit in (1, 2, 20):
                found = find_cases(store, order=order, limit=limit)
                same = wanted[::-1] if order == "newest" else wanted
                check_same(same, found, f"{order}, pages of {limit}")

    def test_next_is_missing_at_the_end_only(self) -> None:
        """With any filter and order, a page says that more follow if and only if some do."""
        changes = [*make_many(9), *(_make_answered(f"HB-{i}") for i in range(4))]
        store = self.new_store()
        record(store, changes)
        for is_open, count in ((None, 13), (True, 9), (False, 4)):
            for order in ORDERS:
                for limit in range(1, 15):
                    query = Query(is_open=is_open, order=order, limit=limit)
                    sizes = [len(rows) for rows in iter_pages(store, query)]
                    full, rest = divmod(count, limit)
                    wanted = [limit] * full + [rest] * (rest > 0)
                    check_same(wanted, sizes, f"the sizes of the pages of {query}")

    def test_empty_pages_have_no_next(self) -> None:
        """A query that no row meets gives one page without rows, and no next page."""
        for changes in ([], list(make_many(5))):
            store = self.new_store(*changes)
            for order in ORDERS:
                for limit in (1, 1000):
                    page = store.find(Query(is_open=False, order=order, limit=limit))
                    check_same(((), None), (page.rows, page.next), f"{order}: an empty page")

    def test_rows_that_go_meanwhile_end_no_list(self) -> None:
        """A list goes on after a row that no longer belongs to it, and when all others left it."""
        for order in ORDERS:
            store = self.new_store()
            firsts = [received(f"HB-{i}") for i in range(5)]
            record(store, [change(first) for first in firsts])
            query = Query(is_open=True, order=order, limit=2)
            page = store.find(query)
            last, names = page.rows[-1].case, [first.case for first in firsts]
            wanted = (names[::-1] if order == "newest" else names)[2:]
            self._answer(store, last)
            found = [row.case for row in store.find(attrs.evolve(query, after=page.next)).rows]
            check_same(wanted[:2], found, f"{order}: the rows after one that was answered")
            for case in wanted:
                self._answer(store, case)
            rest = store.find(attrs.evolve(query, after=page.next))
            check_same(((), None), (rest.rows, rest.next), f"{order}: the page after all left")

    def _answer(self, store: Store, case: str) -> None:
        store.commit([change(answered(case, 2), after=store.load(case))])


def _make_answered(case: str) -> Change:
    return change(received(case), answered(case, 2))


def _make_dated(case: str, at: datetime) -> Change:
    """Return a new case that was received at an instant, with a limit that ends at it."""
    due = make_due_at(case, at)
    first = received(case, at=at)
    return change(first, *due.events[1:])
