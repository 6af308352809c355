"""Contract: a list comes in the order that it is asked for, whole, by pages of any size."""

import random
from datetime import timedelta
from functools import partial
from typing import Any, get_args

import attrs

from phananh.stores.base import Change, Query, Store
from phananh.stores.memory import MemoryStore
from phananh.stores.query import Order
from phananh.testing.contract.base import ContractTests, expect_input_error
from phananh.testing.contract.comparison import check_same
from phananh.testing.contract.queries import find_cases, iter_pages, make_due_at
from phananh.testing.contract.sample_lists import (
    FILTERS,
    draw_query,
    make_four_cases,
    make_many_cases,
)
from phananh.testing.sample_events import START, change, received

SEED = 2370
DAY = timedelta(days=1)
ORDERS: tuple[Order, ...] = get_args(Order)
# By code point: digits, capitals, "_", small letters, then letters beyond ASCII, and last what
# UTF-16 would put before the half-wide letter.
IDS = ("HB-10", "HB-9", "HB-B", "HB-_", "HB-a", "HB-Á", "HB-á", "HB-đ", "HB-ﾊ", "HB-𠀀")


def make_mixed_cases() -> tuple[Change, ...]:
    """Return cases of two receipts and two due times, with and without a limit."""
    dated = [make_due_at(f"HB-{i}", START + (i % 2 + 1) * DAY) for i in (5, 2, 7, 4)]
    early = [change(received(f"HB-{i}", at=START - DAY)) for i in (3, 9)]
    return *dated, *(change(received(f"HB-{i}")) for i in (8, 1, 6)), *early


WANTED: dict[Order, list[str]] = {
    "oldest": ["HB-3", "HB-9", "HB-1", "HB-2", "HB-4", "HB-5", "HB-6", "HB-7", "HB-8"],
    "newest": ["HB-8", "HB-7", "HB-6", "HB-5", "HB-4", "HB-2", "HB-1", "HB-9", "HB-3"],
    "due": ["HB-2", "HB-4", "HB-5", "HB-7", "HB-3", "HB-9", "HB-1", "HB-6", "HB-8"],
}
"""The cases of `make_mixed_cases` in each order."""


def make_chance() -> random.Random:
    """Return the same chance at each call."""
    return random.Random(SEED)  # noqa: S311  # samples, no secrets


def shuffle_ids() -> list[str]:
    """Return the ids, out of order."""
    return make_chance().sample(IDS, len(IDS))


class OrderTests(ContractTests):
    """The three orders of lists."""

    def test_newest_is_the_exact_reverse_of_oldest(self) -> None:
        """Rows of one time are reversed too, so that the two lists mirror each other."""
        store = self.new_store(*make_mixed_cases())
        for order in ("oldest", "newest"):
            found = find_cases(store, order=order)
            check_same(WANTED[order], found, f"{order} first")

    def test_first_due_comes_first_and_what_has_no_limit_last(self) -> None:
        """By due time, then by id. Cases without a limit come behind, the oldest first."""
        found = find_cases(self.new_store(*make_mixed_cases()), order="due")
        check_same(WANTED["due"], found, "the list by due time")

    def test_pages_of_every_size_make_up_each_list(self) -> None:
        """In each order, pages of one row to all rows lose and repeat no row."""
        store = self.new_store(*make_mixed_cases())
        for order in ORDERS:
            for limit in range(1, 11):
                found = find_cases(store, order=order, limit=limit)
                check_same(WANTED[order], found, f"{order}, pages of {limit}")

    def test_filters_hold_in_each_order(self) -> None:
        """A filter finds the same cases in each order, and so does `due_before`."""
        store = self.new_store(*make_four_cases())
        for query, names in FILTERS:
            for order in ORDERS:
                found = find_cases(store, **query, order=order, limit=2)
                check_same(names, sorted(found), f"{query}, {order}")
                if order == "newest":
                    check_same(names[::-1], found, f"{query}, newest first")

    def test_ids_are_ordered_by_code_point(self) -> None:
        """Rows of one time come in the order of their ids as Python compares them."""
        names = shuffle_ids()
        store = self.new_store(*(make_due_at(case, START) for case in names))
        for limit in (1, 2, 3, 10):
            for order in ("oldest", "due"):
                found = find_cases(store, order=order, limit=limit)
                check_same(list(IDS), found, f"{order}, pages of {limit}")
            found = find_cases(store, order="newest", limit=limit)
            check_same(list(IDS[::-1]), found, f"newest, pages of {limit}")

    def test_ids_of_cases_without_a_limit_are_ordered_by_code_point(self) -> None:
        """So it is in the second part of a list by due time."""
        names = shuffle_ids()
        store = self.new_store(*(change(received(case)) for case in names))
        for limit in (1, 3, 10):
            found = find_cases(store, order="due", limit=limit)
            check_same(list(IDS), found, f"pages of {limit}")

    def test_rows_that_come_meanwhile_shift_no_page(self) -> None:
        """In each order, a row that comes in before the page's end moves no other."""
        for order in ORDERS:
            store = self.new_store(*make_mixed_cases())
            walk = iter_pages(store, Query(order=order, limit=4))
            first = next(walk)
            store.commit([make_due_at("HB-0", START - DAY)])
            store.commit([change(received("HB-10", at=START + DAY))])
            found = [row.case for row in (*first, *(row for rows in walk for row in rows))]
            old = [case for case in found if case not in ("HB-0", "HB-10")]
            check_same(WANTED[order], old, f"{order}: the pages")

    def test_cursor_of_another_order_is_refused(self) -> None:
        """The end of a page in one order is no place in another."""
        store = self.new_store(*make_mixed_cases())
        cursors = {order: store.find(Query(order=order, limit=1)).next for order in ORDERS}
        for order in ORDERS:
            for other in ORDERS:
                if other != order:
                    query = Query(order=order, after=cursors[other])
                    took = f"took {query.after!r} in the order {order}"
                    expect_input_error(partial(store.find, query), took)

    def test_any_query_finds_what_memory_finds(self) -> None:
        """Sixty drawn cases, a hundred drawn queries: the same rows, order and count."""
        chance = make_chance()
        cases = make_many_cases(chance, 60)
        store, model = self.new_store(*cases), MemoryStore()
        model.commit(cases)
        for _ in range(100):
            query = draw_query(chance)
            found, wanted = _find_rows(store, query), _find_rows(model, query)
            check_same(wanted, found, f"{query}: the rows")
            count = store.count(query)
            check_same(len(wanted), count, f"{query}: the count")


def _find_rows(store: Store, query: Query) -> list[Any]:
    return [row for rows in iter_pages(store, attrs.evolve(query)) for row in rows]
