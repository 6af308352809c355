"""Rules and terms are drawn with every option, and each of them is one that can be used."""

from datetime import datetime, timedelta

import attrs
from hypothesis import given, settings

from phananh import HOA_BINH_2019, Rules, Term, vietnam_calendar
from phananh.regulation.deadline import compute_due
from phananh.testing.strategies import rules, terms
from tests.testing.strategies.drawn import DRAWING, draw_many

OFFICE = vietnam_calendar("A")
AT = datetime.fromisoformat("2025-04-21T09:00:00+07:00")
FIXED = {
    "name",
    "version",
    "former_ids",
    "id",
    "silent_warning",
    "valid_from",
    "valid_until",
    "id_prefix",
    "backdating",
    "waiting_warning",
}
TABLES = {"document", "receipt_article", "lifecycle", "guards", "requirements", "readings"}


def test_every_number_and_reading_is_drawn_otherwise():
    """Each option of `Rules` but name and dates differs in some, and stays in others."""
    drawn = draw_many(rules(), examples=400)
    for field in attrs.fields(Rules):
        if field.init and field.name not in FIXED | TABLES:
            before = getattr(HOA_BINH_2019, field.name)
            assert any(getattr(each, field.name) != before for each in drawn), field.name
    assert any(each.reschedules == 1 and each.late_after == "due" for each in drawn)
    assert any(isinstance(each.officer_limit.budget, timedelta) for each in drawn)
    assert any(isinstance(each.agency_limit.budget, Term) for each in drawn)


def test_what_is_not_drawn_is_taken_over():
    """Dates and prefix are those of the rules that others are to be like."""
    mine = attrs.evolve(HOA_BINH_2019, id_prefix="PT", valid_until=None)
    assert {(each.id_prefix, each.valid_until) for each in draw_many(rules(like=mine))} == {
        ("PT", None)
    }


@given(drawn=rules())
@settings(DRAWING, max_examples=60)
def test_limits_end_within_the_days_covered(drawn):
    """The due time of each limit can be computed in the middle of what calendars know."""
    for limit in (drawn.officer_limit, drawn.agency_limit):
        assert compute_due(limit.budget, AT, OFFICE) > AT


def test_terms_of_every_unit_and_option_are_drawn():
    """Five units, both ends, days that roll and that stay, and three ways to be received."""
    drawn = draw_many(terms(), examples=600)
    assert {each.unit for each in drawn} == {"working_days", "days", "weeks", "months", "years"}
    assert {each.ends for each in drawn} == {"midnight", "closing"}
    assert {each.rolls for each in drawn} == {each.counts_first_day for each in drawn}
    assert len({each.received for each in drawn}) == 3
