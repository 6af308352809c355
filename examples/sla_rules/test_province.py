"""The tests that an author of rules writes: python -m pytest examples/sla_rules"""

from datetime import timedelta

from province import MISTAKEN, PROVINCE

from phananh.testing import Expected, a_case, check, explore

TEXT = Expected(officer_limit=timedelta(hours=8), agency_limit=timedelta(hours=16), reschedules=1)


def test_no_history_breaks_an_invariant():
    """Every invariant holds of the province's rules, in every state that can be reached."""
    assert check(PROVINCE, expected=TEXT, guards_read=()) == ()


def test_every_step_can_be_taken():
    """No open case is stuck, and each row of the table is taken from some state."""
    found = explore(PROVINCE, guards_read=())
    assert not found.dead_ends
    assert not [each.row.trigger for each in found.unreachable if each.source is None]


def test_the_mistake_is_found():
    """The forgotten guard shows as a case that is rescheduled twice."""
    (found,) = check(MISTAKEN, expected=TEXT, only=["V21"])
    assert [act.trigger for act, _ in found.acts][-2:] == ["reschedule", "reschedule"]


def test_an_overdue_case_is_late_by_the_hour():
    """A case of these rules in a state of your choice is one line."""
    case = a_case(state="overdue", late_by="1h", rules=PROVINCE)
    assert case.is_late
