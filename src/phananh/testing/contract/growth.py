"""Contract: what holds of one holds of a thousand, of the longest and of the last."""

from datetime import timedelta

import attrs

from phananh.regulation.cleaning import LONG_TEXT
from phananh.stores.base import Change, Query
from phananh.testing.contract.checks import check_same
from phananh.testing.contract.conflicts import make_chain, make_history
from phananh.testing.contract.pair import Pair
from phananh.testing.contract.suite import ContractTests
from phananh.testing.sample_events import (
    START,
    change,
    completed,
    deadline,
    escalated,
    received,
)

MANY = 1_300
BUS = "🚍"  # four bytes in UTF-8
MINUTE = timedelta(minutes=1)
MICROSECOND = timedelta(microseconds=1)


class GrowthTests(ContractTests):
    """A store that grows."""

    def test_grows_to_a_thousand_cases(self) -> None:
        """1,300 cases with commands and limits: deep and wide pages, counts, and 300 claims."""
        pair = self.new_pair()
        cases = [_make_one_of_many(i) for i in range(MANY)]
        if not pair.model.lists:
            for each in cases:
                pair.commit(each)
        for first, last in ((0, 1), (1, 101), (101, 301), (301, MANY)):
            if pair.model.lists:
                pair.commit(*cases[first:last])
        pair.reader = 0
        self._check_lists(pair)
        for i in (0, 1, 99, 100, 101, 255, 256, 300, 512, 999, 1000, 1001, MANY - 1):
            pair.load(f"HB-{i:04}")
            pair.find_command(f"HB-{i:04}")
            pair.commit(cases[i])
        pair.list_calendars()
        total = len(pair.model.feed)
        for limit in (1, 500, 999, 1000, 1001, total, total + 1):
            pair.scan(0, limit)
        pair.scan_all(333)
        check_same(500, len(pair.store.scan()), "the events of a page without a limit")
        self._claim_often(pair)
        pair.reader = 1
        pair.check_everything()

    def _check_lists(self, pair: Pair) -> None:
        pair.find(limits=(999, 1000, MANY - 1, MANY, 2**31 - 1))
        for order in ("oldest", "newest", "due"):
            pair.find(order=order, limits=(150, 1001))
        check_same(100, len(pair.store.find(Query()).rows), "the rows of a page without a limit")
        check_same(1000, pair.store.count(Query()), "a count without a limit")
        for limit in (999, 1000, 1001, MANY - 1, MANY, MANY + 1):
            pair.count(Query(), limit)

    def _claim_often(self, pair: Pair) -> None:
        """Let 150 consumers begin, and one be claimed 150 times."""
        positions = pair.positions
        for i in range(150):
            for name, count in ((f"mail {i}", 1), ("mail", i + 1)):
                now = START + i * MINUTE
                lease = pair.store.claim(name, now, now + MINUTE)
                place = i if name == "mail" and i else None
                found = (lease.number >= count, lease.position) if lease else None
                wanted = True, None if place is None else positions[place - 1]
                check_same(wanted, found, f"claim {count} of {name!r}: number, and position")
                pair.store.advance(lease, positions[i])
        for i in range(150):
            lease = pair.store.claim(
                f"mail {i}", START.replace(year=2020), START.replace(year=2021)
            )
            check_same(positions[i], lease and lease.position, f"the position of 'mail {i}'")

    def test_grows_to_thousands_of_events(self) -> None:
        """A case of 2,100 events comes back whole, and so does one of 1,100 small commits."""
        pair, history = self.new_pair(), make_history("HB-1", 2_100)
        first = change(*history[:1], command="first")
        pair.commit(first)
        row = first.row
        for begin, end in ((1, 100), (100, 1_000), (1_000, 2_000), (2_000, 2_100)):
            row = attrs.evolve(row, version=end, updated_at=history[end - 1].at)
            pair.commit(Change(case="HB-1", expected=begin, events=history[begin:end], row=row))
        chain = make_chain("HB-2", 1_100)
        for n in range(0, 1_100, 100):
            if pair.model.lists:
                pair.commit(*chain[n : n + 100])
        pair.check_everything()
        pair.commit(first)
        pair.reopen()
        pair.check_everything()

    def test_catches_up_with_ten_megabytes(self) -> None:
        """A handle that has not looked while another recorded ten megabytes records no less."""
        pair = self.new_pair(change(received("HB-0")))
        pair.load("HB-0")
        for i in range(16):
            texts = [f"{i}-{n}".ljust(LONG_TEXT, BUS) for n in range(9)]
            more = (completed(f"L-{i}", n, texts[n]) for n in range(2, 9))
            pair.commit(change(received(f"L-{i}", content=texts[1]), *more))
        pair.commit(change(received("HB-1")), by=1)
        pair.reader = 1
        pair.check_everything()
        pair.reader = 2
        pair.check_everything()


def _make_one_of_many(i: int) -> Change:
    """Return a case of one of three times of receipt, in half with a limit of three due times."""
    case, at = f"HB-{i:04}", START + i % 3 * MICROSECOND
    first = received(case, at=at)
    due = deadline().due + i % 3 * MICROSECOND
    clock = attrs.evolve(deadline(), due=due, late_after=due)
    opened = () if i % 8 == 0 else (escalated(case, 2, clock=clock),)
    return change(first, *opened, command=case)
