"""The rules as values: other numbers, an id for every reading, and what is refused (Art. 9)."""

from datetime import timedelta

import attrs
import pytest

from phananh.articles import Article
from phananh.errors import InputError
from phananh.regulation import acts as a
from phananh.regulation.decide import allowed
from phananh.regulation.rules import HOA_BINH_2019, SIGNED, Limit, Rules
from tests.regulation import cast

LATER = cast.MONDAY + 9 * cast.DAY
PUT_OFF = a.Reschedule(by=cast.FOCAL, to=LATER, reason="Chờ hồ sơ gốc")


def read(**changes) -> Rules:
    """Return the rules with one reading changed."""
    return attrs.evolve(HOA_BINH_2019, **changes)


def limit(hours: int, article: str) -> Limit:
    """Return a limit of so many working hours."""
    return Limit(budget=timedelta(hours=hours), article=Article(article), since=SIGNED)


OTHER = Rules(
    name="elsewhere",
    officer_limit=limit(3, "9.1"),
    agency_limit=limit(16, "9.2"),
    reschedules=2,
)


def test_another_regulation_runs_through_the_same_code():
    """Three hours, sixteen hours and two reschedules: other numbers, the same table."""
    case = cast.at_officer(rules=OTHER)
    assert case.due == cast.CENTRE.add(case.updated_at, timedelta(hours=3))
    case = cast.done(case, cast.asking(case), rules=OTHER)
    assert case.due == cast.AGENCY.add(case.updated_at, timedelta(hours=16))
    case = cast.done(case, PUT_OFF, rules=OTHER)
    again = attrs.evolve(PUT_OFF, to=LATER + cast.DAY)
    case = cast.done(case, again, rules=OTHER)
    third = attrs.evolve(PUT_OFF, to=LATER + 2 * cast.DAY)
    assert cast.codes(cast.tried(case, third, rules=OTHER)) == ["rescheduled_before"]
    assert case.rules == OTHER.id != HOA_BINH_2019.id
    assert "reschedule" in allowed(case, cast.FOCAL, cast.moment(case.updated_at, OTHER))


def test_every_reading_changes_the_id():
    """The id of the rules covers every number and reading, so it says which table allowed it."""
    changed = {
        "officer_limit": limit(3, "9.1"),
        "agency_limit": limit(3, "9.2"),
        "reschedules": 0,
        "reply_limit": limit(3, "9.1"),
        "provider_limit": limit(3, "8.3"),
        "leadership_limit": limit(3, "8.3"),
        "overdue_stages": frozenset(),
        "reschedule_moves_due": False,
        "reschedule_after_due": True,
        "first_appointment_counts": True,
        "silent_warning": timedelta(hours=1),
        "reassign_restarts_clock": True,
        "contact_required": frozenset({"name"}),
        "late_after": "next_opening",
    }
    ids = {read(**{field: value}).id for field, value in changed.items()}
    assert len(ids | {HOA_BINH_2019.id}) == len(changed) + 1


@pytest.mark.parametrize(
    "changes",
    [
        {"reschedules": -1},
        {"reschedules": True},
        {"reschedules": 1.0},
        {"overdue_stages": frozenset({"nobody"})},
        {"contact_required": frozenset({"fax"})},
        {"silent_warning": timedelta()},
    ],
)
def test_rules_that_cannot_be_meant(changes):
    """Rules that no regulation could mean are refused when they are made."""
    with pytest.raises(InputError):
        read(**changes)


@pytest.mark.parametrize("budget", [timedelta(), timedelta(hours=-5), 5, True, float("nan")])
def test_limits_that_are_none(budget):
    """A limit is working time above zero, given as a timedelta."""
    with pytest.raises(InputError):
        Limit(budget=budget, article=Article("9.1"), since=SIGNED)
