"""Cases that differ in what lists are filtered by, and what each filter finds of them."""

import random
from datetime import timedelta
from typing import Any

import attrs

from phananh.regulation.request import Holder, Kind, Role
from phananh.stores.base import Change, Query
from phananh.testing.sample_events import (
    START,
    answered,
    change,
    completed,
    deadline,
    escalated,
    lapsed,
    received,
)

MICROSECOND = timedelta(microseconds=1)
HOUR = timedelta(hours=1)
SECOND, THIRD, FOURTH = (START + n * HOUR for n in (1, 2, 3))
DUE = deadline().due
UNITS = ("VP-UBND", "Sở Y tế", "SỞ Y TẾ", "Đặng Hòa", "Đặng Hoà", "MC-1", None)


def make_four_cases() -> tuple[Change, ...]:
    """Return four new cases: a proposal, one with a limit, an answered one and a late one."""
    other = {"rules": "other/2026"}
    return (
        change(received("HB-1", at=START, kind=Kind.PROPOSAL, code_digest="digest-1")),
        change(
            received("HB-2", at=SECOND, code_digest="digest-2", **other),
            escalated("HB-2", 2, clock=deadline(), **other),
        ),
        change(received("HB-3", at=THIRD, code_digest="digest-3"), answered("HB-3", 2)),
        change(
            received("HB-4", at=FOURTH, code_digest="digest-4"),
            escalated("HB-4", 2, clock=deadline()),
            lapsed("HB-4", 3, opened_by=2),
        ),
    )


FILTERS: tuple[tuple[dict[str, Any], list[str]], ...] = (
    ({}, ["HB-1", "HB-2", "HB-3", "HB-4"]),
    ({"states": frozenset({"received", "escalated"})}, ["HB-1", "HB-2"]),
    ({"states": frozenset({"overdue"})}, ["HB-4"]),
    ({"states": frozenset()}, []),
    ({"holder": "officer"}, ["HB-2", "HB-4"]),
    ({"holder_id": "op-lan"}, ["HB-1"]),
    ({"holder_id": "OP-Lan"}, ["HB-1"]),
    ({"unit": "VP-UBND"}, ["HB-2", "HB-4"]),
    ({"unit": "vp-ubnd"}, ["HB-2", "HB-4"]),
    ({"kind": "proposal"}, ["HB-1"]),
    ({"is_open": True}, ["HB-1", "HB-2", "HB-4"]),
    ({"is_open": False}, ["HB-3"]),
    ({"late": False}, ["HB-1", "HB-2", "HB-3"]),
    ({"late": True}, ["HB-4"]),
    ({"due_before": DUE}, []),
    ({"due_before": DUE + MICROSECOND}, ["HB-2"]),
    ({"received_since": SECOND}, ["HB-2", "HB-3", "HB-4"]),
    ({"received_before": SECOND}, ["HB-1"]),
    ({"received_since": SECOND, "received_before": FOURTH}, ["HB-2", "HB-3"]),
    ({"received_since": FOURTH, "received_before": SECOND}, []),
    ({"code": "digest-2"}, ["HB-2"]),
    ({"rules": "2370/2019"}, ["HB-1", "HB-3", "HB-4"]),
    ({"rules": "other/2026"}, ["HB-2"]),
    ({"rules": "other"}, []),
    ({"is_open": True, "unit": "VP-UBND", "kind": "proposal"}, []),
    ({"is_open": True, "late": False, "received_since": SECOND}, ["HB-2"]),
)
"""Filters, and the cases of `make_four_cases` that meet them, the oldest first."""


def make_many_cases(chance: random.Random, count: int) -> list[Change]:
    """Return new cases with drawn fields: many equal times, all states, some limits."""
    return [make_drawn_case(chance, f"HB-{i:x}") for i in chance.sample(range(4096), count)]


def make_drawn_case(chance: random.Random, case: str) -> Change:
    """Return a new case with drawn fields."""
    at = START + chance.randrange(4) * HOUR
    rules = chance.choice(("2370/2019", "other/2026"))
    kind = chance.choice(tuple(Kind))
    person = chance.choice(("cb-1", "CB-1", None))
    holder = Holder(role=Role.OFFICER, id=person, unit=chance.choice(UNITS))
    due = START + chance.randrange(3) * HOUR
    clock = chance.choice((None, attrs.evolve(deadline(), due=due, late_after=due)))
    first = received(case, at=at, kind=kind, rules=rules)
    second = escalated(case, 2, clock=clock, holder=holder, rules=rules)
    more = (
        (),
        (completed(case, 3, rules=rules, state=second.state, holder=holder),),
        (answered(case, 3, rules=rules),),
        (lapsed(case, 3, opened_by=2, due=due, holder=holder, rules=rules),) if clock else (),
    )
    return change(first, *chance.choice(((), (second, *chance.choice(more)))))


def draw_query(chance: random.Random) -> Query:
    """Return a query of a few filters, in any order, in small pages."""
    moment = START + chance.randrange(4) * HOUR
    known: dict[str, tuple[Any, ...]] = {
        "states": (frozenset({"received"}), frozenset({"escalated", "overdue"})),
        "holder": ("officer", "operator"),
        "holder_id": ("CB-1", "op-lan"),
        "unit": ("sở y tế", "VP-UBND", "đặng hòa"),
        "kind": tuple(Kind),
        "is_open": (True, False),
        "late": (True, False),
        "due_before": (moment, moment + MICROSECOND),
        "received_since": (moment,),
        "received_before": (moment, moment + MICROSECOND),
        "rules": ("2370/2019", "other/2026"),
        "order": ("oldest", "newest", "due"),
    }
    names = chance.sample(tuple(known), chance.randrange(5))
    return Query(
        **{name: chance.choice(known[name]) for name in names}, limit=chance.choice((3, 50))
    )
