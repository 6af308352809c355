"""Contract: ids, codes and names are texts: no number, no pattern, and every letter counts."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from phananh.regulation.request import Holder, Role
from phananh.stores.base import Query
from phananh.testing.contract.base import ContractTests, check, record_apart
from phananh.testing.contract.comparison import check_history, check_same, require
from phananh.testing.contract.queries import find_cases
from phananh.testing.sample_events import START, change, received

MINUTE = timedelta(minutes=1)
NUMBERS = ("007", "7", "07", "7.0", "+7", "1e3", "1000", "12e3", "120e2", "0x10", "16")
"""Texts that several engines compare as numbers: some of them are the same number."""

PATTERNS = ("a_b", "axb", "A_B", "a%b", "a*b", "a.b", "[ab]")
"""Texts that are patterns of another, and one that differs from another by its capitals."""

MARKS = ("mail a", "mail_a", "mail-a", "mail/a", "mail:a", "mail?a", "../mail a", "Mail a")
"""Names that are the same file or key if a store leaves out what is no letter."""


class NameTests(ContractTests):
    """Ids of cases and commands, tracking codes, rules, holders, units and consumers."""

    def test_ids_that_look_like_numbers_are_texts(self) -> None:
        """007 and 7 are two cases, and two commands."""
        histories = [(received(name, content=f"no. {name}"),) for name in NUMBERS]
        store = self.new_store()
        acts = [change(*history, command=history[0].case) for history in histories]
        record_apart(store, acts, "the text of its id, and of its command")
        for history in histories:
            check_history(store, history)
            name = history[0].case
            record = require(store.find_command(name), f"the command {name!r} is not known")
            check_same((name, name), (record.command, record.case), f"what {name!r} led to")
        check_same(sorted(NUMBERS), find_cases(store), "the ids of a list")
        fed = tuple(entry.event for entry in store.scan())
        check_same(tuple(event for (event,) in histories), fed, "the feed")

    def test_codes_that_look_like_numbers_are_texts(self) -> None:
        """12e3 and 120e2 are the tracking codes of two cases."""
        self._check_found("code", NUMBERS, "code_digest")

    def test_rules_are_compared_as_texts(self) -> None:
        """Rules are found by their whole id: no number, no pattern, in their own capitals."""
        self._check_found("rules", NUMBERS, "rules")
        self._check_found("rules", PATTERNS, "rules")

    def test_holders_and_units_are_compared_as_texts(self) -> None:
        """A holder or a unit is found by its folded id, which is no number and no pattern."""
        for names in (NUMBERS, [name for name in PATTERNS if name != "A_B"]):  # folds to a_b
            holders = [Holder(role=Role.OPERATOR, id=name, unit=name) for name in names]
            self._check_found("holder_id", names, "holder", holders)
            self._check_found("unit", names, "holder", holders)

    def _check_found(
        self, filter_: str, names: Sequence[str], field: str, values: Sequence[Any] | None = None
    ) -> None:
        """Check that of cases which differ in a field, each name finds its own."""
        firsts = [
            received(f"HB-{i}", **{field: value})
            for i, value in enumerate(names if values is None else values, 10)
        ]
        store = self.new_store()
        record_apart(store, [change(first) for first in firsts], f"`{field}`: one of {names}")
        for name, first in zip(names, firsts, strict=True):
            query: dict[str, Any] = {filter_: name}
            check_same([first.case], find_cases(store, **query), f"the cases of {query}")
            check_same(1, store.count(Query(**query)), f"the count of {query}")

    def test_consumers_are_compared_as_texts(self) -> None:
        """Consumers whose names differ by a mark, or look like one number, each have a lease."""
        store = self.new_store(change(received("HB-1")))
        position = store.scan()[0].position
        for name in (*NUMBERS, *MARKS):
            lease = store.claim(name, START, START + MINUTE)
            check(lease is not None, f"{name!r} is held, which was not claimed before")
            assert lease is not None  # just checked, for the reader of types
            check_same((name, 1), (lease.consumer, lease.number), f"the lease of {name!r}")
            check_same(None, lease.position, f"where {name!r} begins")
            store.advance(lease, position)
