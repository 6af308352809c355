"""What cannot be is refused, with what can be had instead, and nothing is recorded."""

from datetime import date, timedelta
from typing import Any

import attrs
import pytest

from phananh import HOA_BINH_2019, Accused, Desk, Person
from phananh.errors import CoverageError, InputError
from phananh.testing.cases import a_case, a_desk, a_person
from phananh.testing.clock import ManualClock
from phananh.worktime import vietnam_calendar

EASY = attrs.evolve(HOA_BINH_2019, name="EASY", overdue_stages=frozenset(), reschedules=0)


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        (
            {"state": "overdue", "holder": "citizen"},
            "ask for one of overdue/officer, overdue/agency",
        ),
        (
            {"state": "answered", "holder": "officer"},
            "is answered/officer; ask for one of answered$",
        ),
        (
            {"state": "received", "late_by": "1h"},
            r"is received/late; ask for one of received/operator$",
        ),
        ({"state": "escalated", "holder": "leadership", "due_in": "1h"}, "escalated/leadership$"),
        (
            {"state": "rejected", "rescheduled": True},
            "rejected/rescheduled; ask for one of rejected$",
        ),
        (
            {"state": "escalated", "kind": "complaint"},
            "complaint is escalated; ask for one of received/operator, rejected, closed$",
        ),
        (
            {"state": "escalated", "holder": "officer", "kind": "service"},
            "ask for one of escalated/provider, escalated/leadership$",
        ),
        ({"state": "escalated", "due_in": "9h"}, "longer than all the time until it is due, .* 7:"),
        ({"state": "escalated", "due_in": "-1s"}, "due_in: .* is below 0:00:00"),
        ({"state": "overdue", "late_by": "0s"}, r"late_by: 0:00:00 is below 0:00:00.000001"),
        ({"state": "overdue", "late_by": "soon"}, "late_by: 'soon' is not an amount of time"),
        ({"state": "overdue", "late_by": "1h", "due_in": "1h"}, "give one of them"),
        ({"state": "late"}, "state: 'late' is unknown; use one of .*overdue"),
        (
            {"state": "overdue", "holder": "nobody"},
            "role: 'nobody' is unknown; .*officer",
        ),
        ({"state": "escalated", "hours": "VP"}, "hours: `desk` is given"),
        ({"state": "escalated", "rules": EASY}, "rules: `desk` is given"),
    ],
)
def test_impossible_case_is_refused(wanted: dict[str, Any], message: str) -> None:
    """The error says what was asked and what is possible; no case is left, the clock stands."""
    desk = a_desk()
    before = desk.now()
    with pytest.raises(InputError, match=message):
        a_case(desk=desk, **wanted)
    assert desk.count() == 0
    assert desk.now() == before


def test_rules_decide_what_is_possible() -> None:
    """Where lateness is no state, and nobody is put off, no case gets there."""
    with pytest.raises(InputError, match="is overdue; ask for one of received/operator"):
        a_case("overdue", rules=EASY)
    with pytest.raises(InputError, match="pending_verification/rescheduled; ask for one of"):
        a_case("pending_verification", rescheduled=True, rules=EASY)
    late = a_case("escalated", late_by="1h", rules=EASY)
    assert (late.state, late.is_late) == ("escalated", True)


def test_accused_gets_no_case() -> None:
    """A case cannot lie with whoever is accused in it; with another person it can."""
    officer = a_person("officer")
    accused = [Accused(id=officer.id, unit=officer.unit or "")]
    with pytest.raises(InputError, match="ask for one of received/operator"):
        a_case("pending_verification", accused=accused)
    other = Person(id="CB-2", role="officer", unit=officer.unit)
    case = a_case("escalated", holder=other, accused=accused)
    assert case.holder is not None
    assert case.holder.id == "CB-2"


def test_what_stopped_the_search_is_the_cause() -> None:
    """A calendar that does not know the days is named as the cause."""
    strict = vietnam_calendar("A", strict=True)
    with pytest.raises(InputError, match="no case of kind information is overdue") as caught:
        a_case("overdue", desk=a_desk(at="2031-06-02 09:00", hours=strict))
    assert isinstance(caught.value.__cause__, CoverageError)


def test_desk_of_a_test_begins_when_its_rules_do() -> None:
    """By default a desk begins on a Monday at nine on which the latest rules are in force."""
    assert a_desk().now().isoformat() == "2025-04-21T09:00:00+07:00"
    later = attrs.evolve(HOA_BINH_2019, name="LATER", valid_from=date(2027, 1, 1), valid_until=None)
    desk = a_desk(rules=[HOA_BINH_2019, later])
    assert desk.now().isoformat() == "2027-01-04T09:00:00+07:00"
    assert a_case("escalated", desk=desk).rules == later.id
    old = attrs.evolve(HOA_BINH_2019, name="OLD", valid_until=date(2020, 1, 1))
    assert a_desk(rules=old).now().isoformat() == "2019-11-04T09:00:00+07:00"


def test_clock_of_your_own_is_set() -> None:
    """A clock that you give is kept, and set where you also say when."""
    clock = ManualClock("2025-01-06 08:00")
    desk: Desk = a_desk(clock=clock)
    assert desk.clock is clock
    assert desk.now().hour == 8
    a_desk(clock=clock, at="2025-01-06 10:00")
    assert desk.now() - timedelta(hours=2) == ManualClock("2025-01-06 08:00")()
