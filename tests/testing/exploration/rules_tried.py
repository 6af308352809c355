"""Rules that are explored in these tests: numbers, readings, rows and guards changed."""

from datetime import date, timedelta

import attrs

from phananh.articles import Article
from phananh.regulation.deadline import Limit
from phananh.regulation.guards import guard
from phananh.regulation.request import Role
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.worktime.terms import Term
from tests.regulation.changed_rows import rules_of


def limit(budget, article: str) -> Limit:
    """Return a limit of this budget, under a clause."""
    return Limit(budget=budget, article=Article(article), since=date(2025, 1, 1))


def change(**options) -> Rules:
    """Return the built-in rules with options changed."""
    return attrs.evolve(HOA_BINH_2019, **options)


FOUR_HOURS = limit(timedelta(hours=4), "8.3")


@guard("not_due", "10.2.b")
def not_published_before(case, _act, _at, _rules):
    """Object to a second publication: what only counting tells."""
    return {} if case.published else None


ONCE = rules_of(
    lambda row: (
        attrs.evolve(row, guards=(*row.guards, not_published_before))
        if row.trigger == "publish"
        else row
    )
)
RULES = {
    "built in": HOA_BINH_2019,
    "two reschedules": change(reschedules=2),
    "none": change(reschedules=0),
    "terms in days": change(
        officer_limit=limit(Term.working_days(2), "9.1"),
        agency_limit=limit(Term.working_days(5), "9.2"),
    ),
    "R2 nobody": change(overdue_stages=frozenset()),
    "R2 agency": change(overdue_stages=frozenset({Role.AGENCY})),
    "R3": change(reschedule_moves_due=False),
    "R4": change(reschedule_after_due=True),
    "R5": change(first_appointment_counts=True),
    "R8": change(reply_limit=FOUR_HOURS),
    "R9": change(provider_limit=FOUR_HOURS, leadership_limit=FOUR_HOURS),
    "R10": change(reassign_restarts_clock=True),
    "R14": change(late_after="next_opening"),
    "R37": change(notice_reaches_back=True),
    "R41": change(asked_again="fresh"),
    "R42": change(contact_gate=False),
    "own guard": ONCE,
    "a year later": change(valid_from=date(2026, 1, 1), valid_until=None),
}
