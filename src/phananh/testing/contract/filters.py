"""Contract: each filter works beside each other, `due_before` too, and a late case stays late."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import combinations
from typing import Any

import attrs

from phananh.regulation.request import Holder, Kind, Role, State
from phananh.stores.base import Change, IndexRow, Query, Store
from phananh.testing.contract.base import ContractTests
from phananh.testing.contract.comparison import check_same
from phananh.testing.contract.queries import find_cases, iter_pages
from phananh.testing.sample_events import (
    OFFICER_DESK,
    START,
    answered,
    change,
    completed,
    deadline,
    escalated,
    lapsed,
    received,
)

HOUR = timedelta(hours=1)
MICROSECOND = timedelta(microseconds=1)
DUE = deadline().due
FAR = DUE + timedelta(days=99)
OTHER_DESK = Holder(role=Role.AGENCY, id=None, unit="Sở Y tế")
VALUES: dict[str, tuple[Any, ...]] = {
    "states": (
        frozenset({"received"}),
        frozenset({"escalated", "overdue"}),
        frozenset({"answered", "closed"}),
        frozenset(),
    ),
    "holder": ("officer", "operator", "leadership"),
    "holder_id": ("op-lan", "đặng-hà", "nobody"),
    "unit": ("vp-ubnd", "Sở Y tế", "Trung tâm"),
    "kind": ("conduct", "proposal", "service"),
    "is_open": (True, False),
    "late": (True, False),
    "due_before": (DUE, DUE + MICROSECOND, FAR),
    "received_since": (START, START + HOUR, FAR),
    "received_before": (START, START + HOUR, FAR),
    "code": ("code-3", "code-9", "code"),
    "rules": ("2370/2019", "other/2026", "other"),
}
"""Values of each filter: some that many cases meet, some that few do, and some that none does."""


def make_cases() -> list[Change]:
    """Return cases that differ in all that is filtered by: two times, desks, kinds and rules."""
    courses = (_wait, _run, _lapse, _lapse_and_answer, _answer, _run_again)
    return [_make_case(i, courses[i % len(courses)](i)) for i in range(24)]


def _make_case(i: int, course: tuple[Any, ...]) -> Change:
    kind = (Kind.CONDUCT, Kind.PROPOSAL, Kind.SERVICE)[i // 6 % 3]
    rules = ("2370/2019", "other/2026")[i // 6 % 2]
    at = START + i // 6 % 2 * HOUR
    first = received(f"HB-{i}", at=at, kind=kind, rules=rules, code_digest=f"code-{i}")
    return change(first, *(attrs.evolve(event, rules=rules) for event in course))


def _holder(i: int) -> Holder:
    return (OFFICER_DESK, OTHER_DESK)[i // 12]


def _escalate(i: int, n: int, hours: int = 8) -> Any:
    clock = deadline(hours=hours + i // 6 % 2)
    return escalated(f"HB-{i}", n, clock=clock, holder=_holder(i))


def _wait(i: int) -> tuple[Any, ...]:
    return ()


def _run(i: int) -> tuple[Any, ...]:
    return (_escalate(i, 2),)


def _lapse(i: int) -> tuple[Any, ...]:
    return (_escalate(i, 2), lapsed(f"HB-{i}", 3, opened_by=2, holder=_holder(i)))


def _lapse_and_answer(i: int) -> tuple[Any, ...]:
    return (*_lapse(i), answered(f"HB-{i}", 4))


def _answer(i: int) -> tuple[Any, ...]:
    return (_escalate(i, 2), answered(f"HB-{i}", 3))


def _run_again(i: int) -> tuple[Any, ...]:
    return (*_lapse(i), _escalate(i, 4, hours=30))


def is_met(row: IndexRow, name: str, value: Any) -> bool:
    """Return whether a row meets one filter, independently of any store."""
    if name in ("holder_id", "unit"):
        found = getattr(row, name)
        return bool(found is not None and found.casefold() == value.casefold())
    if name == "states":
        return bool(row.state in value)
    if name == "due_before":
        return bool(row.due is not None and row.due < value)
    if name == "received_since":
        return bool(row.received_at >= value)
    if name == "received_before":
        return bool(row.received_at < value)
    return bool(getattr(row, name) == value)


def list_pairs() -> Iterator[dict[str, Any]]:
    """Yield each value of each filter beside each value of each other filter."""
    for one, other in combinations(VALUES, 2):
        for first in VALUES[one]:
            for second in VALUES[other]:
                yield {one: first, other: second}


class FilterTests(ContractTests):
    """Filters together."""

    def _check_filters(
        self, store: Store, changes: list[Change], filters: dict[str, Any], order: Any
    ) -> None:
        wanted = {
            each.case
            for each in changes
            if all(is_met(each.row, *pair) for pair in filters.items())
        }
        found = find_cases(store, **filters, order=order)
        check_same(sorted(wanted), sorted(found), f"{filters}, {order}: the cases found")
        check_same(len(wanted), store.count(Query(**filters)), f"{filters}: the count")

    def test_each_pair_of_filters_holds(self) -> None:
        """Each filter holds beside each other, whatever both say, in lists and in counts."""
        changes = make_cases()
        store = self.new_store(*changes)
        orders = ("oldest", "newest", "due")
        for i, filters in enumerate(list_pairs()):
            self._check_filters(store, changes, filters, orders[i % 3])

    def test_each_filter_holds_beside_due_before_in_each_order(self) -> None:
        """A due case that meets another filter is found in each order, also by pages of two."""
        changes = make_cases()
        store = self.new_store(*changes)
        for name, values in VALUES.items():
            for value in values:
                filters = {"due_before": FAR, name: value}
                for order in ("oldest", "newest", "due"):
                    self._check_filters(store, changes, filters, order)
                    whole = find_cases(store, **filters, order=order)
                    paged = find_cases(store, **filters, order=order, limit=2)
                    check_same(whole, paged, f"{filters}, {order}: pages of two")

    def test_all_filters_hold_at_once(self) -> None:
        """With every filter given, the case that meets all is found, but not if it misses one."""
        changes = make_cases()
        store = self.new_store(*changes)
        row = next(each.row for each in changes if each.row.late and each.row.due)
        filters: dict[str, Any] = {
            "states": frozenset({row.state}), "holder": row.holder, "holder_id": row.holder_id,
            "unit": row.unit, "kind": row.kind, "is_open": row.is_open, "late": row.late,
            "due_before": FAR, "received_since": row.received_at,
            "received_before": row.received_at + MICROSECOND, "code": row.code, "rules": row.rules,
        }  # fmt: skip
        check_same([row.case], find_cases(store, **filters), "what meets all filters")
        missed = {
            "states": frozenset({"closed"}), "holder": "leadership", "holder_id": "nobody",
            "unit": "nowhere", "kind": "information", "is_open": not row.is_open,
            "late": not row.late, "due_before": row.due, "code": "no code", "rules": "no rules",
            "received_since": row.received_at + MICROSECOND, "received_before": row.received_at,
        }  # fmt: skip
        for name, value in missed.items():
            found = find_cases(store, **{**filters, name: value})
            check_same([], found, f"what meets all filters but {name}")

    def test_late_stays_late(self) -> None:
        """A case that was late is found as late with a new limit, and answered, but no other is."""
        events = (
            received("HB-1"),
            escalated("HB-1", 2, clock=deadline()),
            lapsed("HB-1", 3, opened_by=2),
            completed("HB-1", 4, state=State.OVERDUE, holder=OFFICER_DESK),
            escalated("HB-1", 5, clock=deadline(hours=30)),
            answered("HB-1", 6),
        )
        store = self.new_store()
        for n, event in enumerate(events):
            store.commit([change(event, after=events[:n])])
            for late in (True, False):
                wanted = ["HB-1"] if late == (n >= 2) else []
                what = f"late={late} at version {n + 1}"
                check_same(wanted, find_cases(store, late=late), what)
                check_same(len(wanted), store.count(Query(late=late)), f"the count of {what}")
                both = find_cases(store, late=late, is_open=n < 5)
                check_same(wanted, both, f"{what}, beside is_open={n < 5}")

    def test_late_rows_come_in_every_order(self) -> None:
        """Late cases, open and done, due again and not, are listed in order, by small pages."""
        changes = [each for each in make_cases() if each.row.late]
        store = self.new_store(*make_cases())
        keyed = sorted((each.row.received_at, each.case) for each in changes)
        names = [case for _, case in keyed]
        for limit in (1, 5, 100):
            for order, wanted in (("oldest", names), ("newest", names[::-1])):
                found = find_cases(store, late=True, order=order, limit=limit)
                check_same(wanted, found, f"late, {order}, pages of {limit}")
            found = find_cases(store, late=True, order="due", limit=limit)
            check_same(_sort_by_due(changes), found, f"late, due, pages of {limit}")

    def test_row_of_a_late_case_is_whole(self) -> None:
        """The row of a case that lapsed comes back with its flags as flags, and its times."""
        changes = make_cases()
        store = self.new_store(*changes)
        rows = [row for page in iter_pages(store, Query(limit=7)) for row in page]
        wanted = {each.case: each.row for each in changes}
        check_same(wanted, {row.case: row for row in rows}, "the rows")

    def test_code_is_compared_whole(self) -> None:
        """A tracking code is found by all of its digest, in its own letters."""
        store = self.new_store(change(received("HB-1", code_digest="a1b2c3")))
        check_same(["HB-1"], find_cases(store, code="a1b2c3"), "the case of a code")
        for code in ("a1b2", "b2c3", "A1B2C3", " a1b2c3", "a1b2c%", "a1b2c_", ""):
            check_same([], find_cases(store, code=code), f"the cases of the code {code!r}")


def _sort_by_due(changes: list[Change]) -> list[str]:
    rows = [each.row for each in changes]
    dated = sorted((row.due, row.case) for row in rows if row.due is not None)
    others = sorted((row.received_at, row.case) for row in rows if row.due is None)
    return [case for _, case in (*dated, *others)]
