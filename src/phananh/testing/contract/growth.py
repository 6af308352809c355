"""Contract: what holds of one holds of a thousand, of the longest and of the last."""

from datetime import timedelta

import attrs

from phananh.stores.base import Change, Query
from phananh.testing.contract.checks import check_same
from phananh.testing.contract.conflicts import make_history
from phananh.testing.contract.pair import Pair
from phananh.testing.contract.suite import ContractTests
from phananh.testing.sample_events import (
    START,
    change,
    deadline,
    escalated,
    make_command,
    received,
)

MANY = 1_300
MINUTE = timedelta(minutes=1)
MICROSECOND = timedelta(microseconds=1)


class GrowthTests(ContractTests):
    """A store that grows."""

    def test_grows_to_a_thousand_cases(self) -> None:
        """1,300 cases of twenty megabytes: deep and wide pages, counts, and 300 claims.

        A handle that has not looked meanwhile reads no less.
        """
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
        for limit in (1000, 1001, total, total + 1):
            pair.scan(0, limit)
        pair.scan_all(333)
        check_same(500, len(pair.store.scan()), "the events of a page without a limit")
        self._claim_often(pair)
        pair.reader = 1  # it has done nothing so far
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
        """Let 300 consumers begin and hold their leases, and take one over twenty times."""
        names = [f"mail {i}" for i in range(300)]
        for wanted in (True, False):
            check_same(
                [wanted] * 300,
                [pair.store.claim(name, START, START + MINUTE) is not None for name in names],
                "whether each of 300 consumers is free",
            )
        for i, position in enumerate(pair.positions[:20]):
            lease = pair.store.claim("mail", START + i * MINUTE, START + (i + 1) * MINUTE)
            check_same(
                (i, pair.positions[i - 1] if i else None),
                lease and (min(lease.number - 1, i), lease.position),
                f"the number and position of claim {i + 1}",
            )
            pair.store.advance(lease, position)

    def test_grows_to_thousands_of_events(self) -> None:
        """A case of 2,100 events with 400 commands comes back whole, and so does its erasure."""
        pair, history = self.new_pair(), make_history("HB-1", 2_100)
        commands = [make_command(f"act {n}", n, is_personal=n % 2 == 0) for n in range(1, 401)]
        row, made = change(*history[:1]).row, list[Change]()
        for begin, end in ((0, 450), (450, 1_000), (1_000, 2_000), (2_000, 2_100)):
            row = attrs.evolve(row, version=end, updated_at=history[end - 1].at)
            acts = () if begin else tuple(commands)
            events = history[begin:end]
            new = Change(case="HB-1", expected=begin, events=events, row=row, commands=acts)
            made.append(new)
            pair.commit(new)
        pair.check_everything()
        pair.commit(made[0])
        pair.reopen()
        pair.erase("HB-1")
        pair.check_everything()


def _make_one_of_many(i: int) -> Change:
    """Return a case of one of three times of receipt, in half with a limit of three due times."""
    case, at = f"HB-{i:04}", START + i % 3 * MICROSECOND
    first = received(case, at=at, content=f"{case} ".ljust(8_000, "ệ")[: 8_000 if i % 4 else 9])
    due = deadline().due + i % 3 * MICROSECOND
    clock = attrs.evolve(deadline(), due=due, late_after=due)
    opened = () if i % 8 == 0 else (escalated(case, 2, clock=clock),)
    return change(first, *opened, command=case)
