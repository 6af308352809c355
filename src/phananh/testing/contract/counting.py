"""Contract: count() says how many rows a list would show, up to a limit."""

from functools import partial

import attrs

from phananh.stores.base import Query
from phananh.testing.contract.base import ContractTests, expect_input_error
from phananh.testing.contract.comparison import check_same
from phananh.testing.contract.sample_lists import FILTERS, make_four_cases
from phananh.testing.sample_events import answered, change, received


class CountTests(ContractTests):
    """Counting without reading."""

    def test_counts_what_every_filter_finds(self) -> None:
        """Each filter leaves the same cases out of the count as out of the list."""
        store = self.new_store(*make_four_cases())
        for query, names in FILTERS:
            found = store.count(Query(**query))
            check_same(len(names), found, f"{query}: the count")

    def test_count_stops_at_its_limit(self) -> None:
        """Below the limit a count is exact. The limit means as many or more."""
        store = self.new_store(*make_four_cases())
        for limit, wanted in ((1, 1), (3, 3), (4, 4), (5, 4), (2**31 - 1, 4)):
            found = store.count(Query(), limit=limit)
            check_same(wanted, found, f"the count of four cases, at most {limit}")
            found = store.count(Query(is_open=True), limit=limit)
            check_same(min(limit, 3), found, f"the count of three cases, at most {limit}")

    def test_order_and_page_of_a_query_do_not_change_its_count(self) -> None:
        """The query of a count may be that of any page of a list."""
        store = self.new_store(*make_four_cases())
        for query in (Query(limit=1), Query(order="newest", limit=2), Query(order="due", limit=3)):
            second = attrs.evolve(query, after=store.find(query).next)
            for each in (query, second):
                found = store.count(each)
                check_same(4, found, f"{each}: the count")

    def test_count_follows_the_cases(self) -> None:
        """A case that changed is counted as it is now. In an empty store there is none."""
        first = received("HB-1")
        store = self.new_store()
        check_same(0, store.count(Query()), "the count of an empty store")
        store.commit([change(first)])
        store.commit([change(answered("HB-1", 2), after=(first,))])
        found = store.count(Query(is_open=True)), store.count(Query(is_open=False))
        check_same((0, 1), found, "the counts of what is open and done")

    def test_count_refuses_what_is_no_limit(self) -> None:
        """A limit below one, or that no store can count to, is an InputError."""
        store = self.new_store(change(received("HB-1")))
        for limit in (0, -1, 10**30, True):
            call = partial(store.count, Query(), limit=limit)
            expect_input_error(call, f"counted up to {limit}")
