"""Contract: any sequence of calls has on a store the outcome that it has on the one in memory."""

import random

from phananh.samples.changes import draw_changes
from phananh.stores.base import Query, Store
from phananh.stores.memory import MemoryStore
from phananh.stores.query import ORDERS
from phananh.testing.contract.base import ContractTests, check, read_capabilities
from phananh.testing.contract.comparison import check_same
from phananh.testing.contract.quantities.calls import Calls, sort_calendars
from phananh.testing.contract.quantities.pages import record
from phananh.testing.contract.queries import find_cases

SEEDS = range(2370, 2376)
STEPS = 150


class ModelTests(ContractTests):
    """Random calls, the same each time."""

    def test_random_calls_have_the_outcome_that_memory_gives(self) -> None:
        """Commits, reads, erasures and claims in any order: the same answers and errors."""
        done: dict[str, int] = {}
        for seed in SEEDS:
            calls = self._make_calls(seed, done)
            for _ in range(STEPS):
                calls.make_one()
            calls.check_everything()
        rare = {name: count for name, count in done.items() if count < 5}
        check(not rare, f"these calls were made too seldom to say much: {rare}")

    def _make_calls(self, seed: int, done: dict[str, int]) -> Calls:
        store = self.new_store()
        lists = "lists" in read_capabilities(store)
        chance = random.Random(seed)  # noqa: S311  # samples, no secrets
        return Calls(
            seed=seed, store=store, model=MemoryStore(), chance=chance, lists=lists, done=done
        )

    def test_sample_cases_are_listed_as_memory_lists_them(self) -> None:
        """Of 150 cases as a province has them, each history, list, count and sum is the same."""
        changes = list(draw_changes(150))
        store, model = self.new_store(), MemoryStore()
        for each in (store, model):
            record(each, changes)
        for change in changes:
            check_same(change.events, store.load(change.case), f"the history of {change.case}")
        for order in ORDERS:
            for is_open in (None, True, False):
                self._check_list(store, model, Query(order=order, is_open=is_open))
        check_same(sort_calendars(model), sort_calendars(store), "the calendars in use")
        events = [entry.event for entry in store.scan(limit=10_000)]
        check_same([event for each in changes for event in each.events], events, "the feed")

    def _check_list(self, store: Store, model: Store, query: Query) -> None:
        filters = {"order": query.order, "is_open": query.is_open}
        found = find_cases(store, **filters, limit=11)
        check_same(find_cases(model, **filters), found, f"{filters}: the cases")
        check_same(model.count(query), store.count(query), f"{filters}: the count")
