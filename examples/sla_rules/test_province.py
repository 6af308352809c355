"""The tests that an author of rules writes: python -m pytest examples/sla_rules"""

from datetime import timedelta

from province import MISTAKEN, PROVINCE

from phananh.testing import Expected, a_case, check, explore

TEXT = Expected(officer_limit=timedelta(hours=8), agency_limit=timedelta(hours=16), reschedules=1)


def test_no_history_breaks_an_invariant():
    """Every invariant holds of the province's rules, in every state that can be reached."""
    assert check(PROVINCE, expected=TEXT) == ()


def test_every_step_can_be_taken():
    """No row of the table is dead, and no open case is stuck."""
    found = explore(PROVINCE)
    assert not found.dead_ends
    assert not found.unreachable


def test_the_mistake_is_found():
    """The forgotten guard shows as a case that is rescheduled twice."""
    found = {example.invariant.id: example for example in check(MISTAKEN, expected=TEXT)}
    assert "V21" in found
    assert len(found["V21"].acts) <= 6


def test_an_overdue_case_is_late_by_the_hour():
    """A case of these rules in a state of your choice is one line."""
    case = a_case(state="overdue", late_by="1h", rules=PROVINCE)
    assert case.is_late
