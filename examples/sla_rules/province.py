"""The hotline of a sample province: other numbers, a document of its own, a shorter reschedule."""

from datetime import date, timedelta

import attrs

from phananh import HOA_BINH_2019, Rules
from phananh.rules import Document, Limit, Transition, guard

DOCUMENT = Document(
    number="1/QĐ-MAU",
    clauses={
        "2": "Requests are received at any hour.",
        "5.1": "An officer answers within 8 working hours of the hand-over.",
        "5.2": "An agency answers within 16 working hours of the officer's request.",
        "6": "The agency may reschedule once, by 10 days at most.",
    },
    languages=("en",),
)


@guard("too_far", DOCUMENT.article("6").id, needs_act=True)
def within_ten_days(_case, act, at, _rules):
    """Object to more than ten days."""
    return None if act.to <= at + timedelta(days=10) else {"days": 10}


def make_limit(hours: int, clause: str) -> Limit:
    """Return a limit of working hours, by a clause of the sample document."""
    article = DOCUMENT.article(clause)
    return Limit(budget=timedelta(hours=hours), article=article, since=date(2025, 1, 1))


def add_our_guard(row: Transition) -> Transition:
    """Return the step of the Decision, with our clause and our guard where it reschedules."""
    if row.trigger != "reschedule":
        return row
    guards = (*row.guards, within_ten_days)
    return attrs.evolve(row, article=DOCUMENT.article("6"), guards=guards)


def forget_the_count(row: Transition) -> Transition:
    """Return the step without the guard that counts reschedules: a mistake, made on purpose."""
    guards = tuple(each for each in row.guards if each.code != "rescheduled_before")
    return attrs.evolve(row, guards=guards) if row.trigger == "reschedule" else row


PROVINCE = Rules(
    name="MAU",
    document=DOCUMENT,
    receipt_article=DOCUMENT.article("2"),
    officer_limit=make_limit(8, "5.1"),
    agency_limit=make_limit(16, "5.2"),
    lifecycle=tuple(map(add_our_guard, HOA_BINH_2019.lifecycle)),
    valid_from=date(2025, 1, 1),
)
MISTAKEN = attrs.evolve(
    PROVINCE, name="MAU-SAI", lifecycle=tuple(map(forget_the_count, PROVINCE.lifecycle))
)
