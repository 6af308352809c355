"""A desk for tests, on a store in memory and a clock that you set."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from phananh.desk.desk import Desk
from phananh.regulation.context import CalendarChoice
from phananh.regulation.rules import HOA_BINH_2019, Rules, list_rules
from phananh.stores.base import Store
from phananh.stores.memory import MemoryStore
from phananh.testing.clock import ManualClock
from phananh.worktime import vietnam_calendar
from phananh.worktime.instants import VIETNAM

START = datetime(2025, 4, 21, 9, 0, tzinfo=VIETNAM)
"""A Monday morning of an ordinary week, on which the rules of Hòa Bình are in force."""


def a_desk(
    *,
    at: datetime | str | None = None,
    clock: ManualClock | None = None,
    rules: Rules | Iterable[Rules] = HOA_BINH_2019,
    hours: CalendarChoice | str | None = None,
    store: Store | None = None,
) -> Desk:
    """Return a desk with a clock that stops until you move it.

    Args:
        at: when its clock begins, such as "2025-04-21 09:00". By default that Monday, or the first
            Monday on which the latest of the rules are in force.
        clock: your own clock. It is set to `at` if you give both.
        rules: as of a `Desk`.
        hours: as the `calendar` of a `Desk`, or the name of a preset, such as "VP".
        store: a new `MemoryStore` by default.

    Raises:
        InputError: a naive `at`, or a value that no desk takes.
    """
    sets = list_rules(rules)
    if clock is None:
        clock = ManualClock(choose_start(sets[-1]) if at is None else at)
    elif at is not None:
        clock.set(at)
    return Desk(
        store=MemoryStore() if store is None else store,
        rules=sets,
        calendar=vietnam_calendar(hours) if isinstance(hours, str) else hours,
        clock=clock,
    )


def choose_start(rules: Rules) -> datetime:
    """Return `START`, or a Monday morning on which the rules are in force."""
    first, last = rules.valid_from, rules.valid_until or date.max
    if first <= START.date() <= last:
        return START
    monday = first + timedelta(days=-first.weekday() % 7)
    return datetime.combine(monday, time(9), VIETNAM)
