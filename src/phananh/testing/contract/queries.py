"""Contract: find() shows the rows that meet a query, each once, in order, and count() agrees."""

from datetime import timedelta
from functools import partial
from itertools import combinations
from typing import Any, get_args

import attrs

from phananh.errors import InputError
from phananh.regulation.request import Holder, Kind, Role
from phananh.stores.base import Change, Order, Query
from phananh.testing.contract.checks import check_same, expect_error
from phananh.testing.contract.pair import find_cases
from phananh.testing.contract.suite import ContractTests
from phananh.testing.sample_events import (
    OFFICER_DESK,
    START,
    answered,
    change,
    deadline,
    escalated,
    lapsed,
    received,
)

HOUR, MICROSECOND = timedelta(hours=1), timedelta(microseconds=1)
ORDERS: tuple[Order, ...] = get_args(Order)
OTHER_DESK = Holder(role=Role.AGENCY, id=None, unit="Sở Y tế")
DUE = deadline().due
FAR = DUE + timedelta(days=99)
VALUES: dict[str, tuple[Any, ...]] = {
    "states": (["received"], ["escalated", "overdue"], ["answered", "closed"], []),
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
# By code point: digits, capitals, "_", small letters, then letters beyond ASCII, and last what
# UTF-16 would put before the half-wide letter. Cursors, patterns and quotes use others.
IDS = (
    *('HB "', "HB %", "HB %41", "HB &after=1", "HB '", "HB ,", "HB ;", "HB =", "HB ?x=1", "HB \\"),
    *("HB _", "HB |", "HB |1", "HB ||", "HB é", "HB-10", "HB-9", "HB-B", "HB-_", "HB-a", "HB-Á"),
    *("HB-á", "HB-đ", "HB-ﾊ", "HB-𠀀"),
)


def make_due_at(case: str, due: Any, **fields: Any) -> Change:
    """Return a new case with a limit that runs until `due`."""
    clock = attrs.evolve(deadline(), due=due, late_after=due)
    return change(received(case, **fields), escalated(case, 2, clock=clock))


def make_varied_cases() -> list[Change]:
    """Return cases that differ in all that is filtered by: two times, desks, kinds and rules."""
    return [_make_case(i) for i in range(24)]


def _make_case(i: int) -> Change:
    case, n, fields = f"HB-{i}", i // 6 % 2, {"rules": ("2370/2019", "other/2026")[i // 6 % 2]}
    holder = (OFFICER_DESK, OTHER_DESK)[i // 12]
    opened = escalated(case, 2, clock=deadline(hours=8 + n), holder=holder, **fields)
    late = lapsed(case, 3, opened_by=2, holder=holder, **fields)
    again = escalated(case, 4, clock=deadline(hours=30 + n), holder=holder, **fields)
    courses: tuple[tuple[Any, ...], ...] = (
        (),
        (opened,),
        (opened, late),
        (opened, late, answered(case, 4, **fields)),
        (opened, answered(case, 3, **fields)),
        (opened, late, again),
    )
    kind = (Kind.CONDUCT, Kind.PROPOSAL, Kind.SERVICE)[i // 6 % 3]
    first = received(case, at=START + n * HOUR, kind=kind, code_digest=f"code-{i}", **fields)
    return change(first, *courses[i % 6])


class QueryTests(ContractTests):
    """Lists, the sweep, counts, and calendars in use."""

    def test_each_filter_holds_alone_and_beside_each_other(self) -> None:
        """In lists of each order by small pages, and in counts as far as asked."""
        pair = self.new_pair(*make_varied_cases())
        pair.reader = 0
        for name, values in VALUES.items():
            for value in values:
                for order in ORDERS:
                    pair.find(order=order, limits=(2, 100), **{name: value})
                pair.count(Query(limit=1, **{name: value}), 3)
        for one, other in combinations(VALUES, 2):
            for first in VALUES[one]:
                for i, second in enumerate(VALUES[other]):
                    pair.find(order=ORDERS[i], **{one: first, other: second})

    def test_all_filters_hold_at_once(self) -> None:
        """With every filter given, the case that meets all is found, but not if it misses one."""
        pair = self.new_pair(*make_varied_cases())
        row = next(each for each in pair.model.rows.values() if each.late and each.due)
        met: dict[str, Any] = {
            "states": [row.state], "holder": row.holder, "holder_id": row.holder_id,
            "unit": row.unit, "kind": row.kind, "is_open": row.is_open, "late": row.late,
            "due_before": FAR, "received_since": row.received_at,
            "received_before": row.received_at + MICROSECOND, "code": row.code, "rules": row.rules,
        }  # fmt: skip
        pair.find(**met)
        missed = {
            "states": ["closed"], "holder": "leadership", "holder_id": "nobody", "unit": "nowhere",
            "kind": "information", "is_open": not row.is_open, "late": not row.late,
            "due_before": row.due, "code": "no code", "rules": "no rules",
            "received_since": row.received_at + MICROSECOND, "received_before": row.received_at,
        }  # fmt: skip
        for name, value in missed.items():
            pair.find(**{**met, name: value})

    def test_rows_of_one_time_come_by_id_on_pages_of_every_size(self) -> None:
        """Due first, what has no limit last, the newest in exact reverse, ids by code point."""
        pair = self.new_pair()
        for i, case in enumerate(sorted(IDS, key=lambda each: each[::-1])):
            due, at = START + (i % 2 + 1) * HOUR, START - i % 5 // 4 * HOUR
            pair.commit(make_due_at(case, due, at=at) if i % 2 else change(received(case, at=at)))
        pair.reader = 0
        for order in ORDERS:
            pair.find(order=order, limits=(*range(1, 9), len(IDS) - 1, len(IDS), len(IDS) + 1))
            for filters in ({"is_open": True}, {"late": False}, {"kind": "conduct"}):
                pair.find(order=order, limits=(1, 4), **filters)
        pair.find(order="due", limits=(1, 5), due_before=START + 2 * HOUR)
        self.new_pair().find(limits=(1, 1000))

    def test_rows_that_come_and_go_between_pages_shift_nothing(self) -> None:
        """A list goes on where it was, also after a row that no longer belongs to it."""
        for order in ORDERS:
            firsts = [received(f"HB-{i}") for i in range(2, 9)]
            store = self.new_store(*map(change, firsts))
            query = Query(is_open=True, order=order, limit=3)
            names = [first.case for first in firsts][:: -1 if order == "newest" else 1]
            page = store.find(query)
            check_same(names[:3], [row.case for row in page.rows], f"{order}: the first page")
            for case, at in (("HB-0", START - HOUR), ("HB-99", START + HOUR)):
                store.commit([change(received(case, at=at))])
            store.commit([change(answered(names[2], 2), after=(received(names[2]),))])
            found = find_cases(store, is_open=True, order=order, limit=3, after=page.next)
            check_same(
                names[3:],
                [case for case in found if case not in ("HB-0", "HB-99")],
                f"{order}: the pages after rows came and one went",
            )
            for case in (*names[3:], "HB-0", "HB-99"):
                first = store.load(case)
                store.commit([change(answered(case, 2), after=first)])
            rest = store.find(attrs.evolve(query, after=page.next))
            check_same(((), None), (rest.rows, rest.next), f"{order}: the page after all left")

    def test_foreign_cursors_and_limits_are_refused(self) -> None:
        """A cursor that was not given for such a list, or a count to nothing, is an InputError."""
        store = self.new_store(*make_varied_cases())
        cursors = {order: store.find(Query(order=order, limit=1)).next for order in ORDERS}
        wrong = [Query(after="nonsense"), Query(after=""), Query(after="oldest|x|y")]
        wrong.append(Query(after=cursors["oldest"], due_before=START))
        for order, other in combinations((*ORDERS, *ORDERS), 2):
            if order != other:
                wrong.append(Query(order=order, after=cursors[other]))
        for query in wrong:
            said = f"the cursor {query.after!r} in the order {query.order}"
            expect_error(InputError, partial(store.find, query), said)
        for limit in (0, -1, 10**30, True):
            call = partial(store.count, Query(), limit=limit)
            expect_error(InputError, call, f"count up to {limit!r}")

    def test_calendars_in_use_are_those_of_running_limits(self) -> None:
        """Each calendar, version, role and folded unit is a line, with its first cases by id."""
        versions = [("vn-office", "2019.1"), ("vn-office", "2020.1"), ("vn-clinic", "2019.1")]
        units = ("Sở Y tế", "SỞ Y TẾ", "sở y tế", "VP-UBND")
        pair = self.new_pair(change(received("HB-0")))
        pair.list_calendars()
        for i in reversed(range(40, 76)):
            calendar, version = versions[i % 3]
            clock = attrs.evolve(deadline(), calendar=calendar, version=version)
            holder = Holder(
                role=(Role.AGENCY, Role.OFFICER)[i // 6 % 2], id=None, unit=units[i % 4]
            )
            opened = escalated(f"HB-{i}", 2, clock=clock, holder=holder)
            pair.commit(change(received(f"HB-{i}"), opened))
            if i % 4 == 0:
                moved = escalated(f"HB-{i}", 3, clock=attrs.evolve(clock, version="2021.1"))
                done = answered(f"HB-{i}", 3)
                after = (received(f"HB-{i}"), opened)
                pair.list_calendars()
                pair.commit(change(moved if i % 8 else done, after=after))
            pair.list_calendars()
