"""What is found says which clause is cited, and where no case comes."""

from datetime import timedelta

import attrs
import pytest

from phananh.regulation.request import Role
from phananh.testing import Expected, check
from phananh.testing.invariants.outcomes import read_decision
from phananh.testing.invariants.typed_table import Done, find_never
from tests.regulation.changed_rows import dropped, rules_of
from tests.testing.invariants.typed_mutants import TYPED_MUTANTS

MISTAKEN = {each.name: each.given for each in TYPED_MUTANTS}


@pytest.mark.parametrize(
    ("name", "problem"),
    [
        ("M70 no provider", "no case comes to escalated/provider"),
        ("M73 a reschedule cites 9.2", "Rescheduled cites 9.2, not 9.3"),
        ("M73 a receipt cites 7.2", "Received cites 7.2, not 7.1"),
        ("M73 the limits cite each other's clause", "cites 9.2, not 9.1"),
    ],
)
def test_the_problem_is_told(name, problem):
    """The clause stands beside the typed one, and a position is named."""
    (found,) = check(**MISTAKEN[name], only=["V34"])
    assert problem in found.problem


def test_without_clauses_none_is_compared():
    """A table without the column of clauses finds no other clause."""
    typed = {
        position: {name: attrs.evolve(line, clauses=()) for name, line in lines.items()}
        for position, lines in read_decision().items()
    }
    given = MISTAKEN["M73 a receipt cites 7.2"] | {"kinds": ["complaint"]}
    assert check(**given, only=["V34"], expected=Expected(outcomes=typed)) == ()
    assert check(**given, only=["V34"])


@pytest.mark.parametrize(
    ("kind", "position"), [("complaint", None), ("conduct", "received/operator"),
                           ("service", "escalated/provider")],
)  # fmt: skip
def test_a_position_is_looked_for_where_its_kind_is_walked(kind, position):
    """The typed case is a report on conduct, and with the provider a request for a service."""
    found = find_never({}, (), Expected(), [kind])
    assert found == (position and ((), f"no case comes to {position}"))


def test_what_a_reading_may_bring_need_not_come():
    """Whom a line of a reading lets act need not act there, and whom another lets act must."""
    reached = dict.fromkeys(Expected().list_positions(), ())
    done = {
        Done(position, trigger, role)
        for position in reached
        for trigger, line in read_decision()[position].items()
        for role in Role
        if line.may(role) and (position, trigger) != ("escalated/officer", "move_deadline")
    }
    never = ((), "move_deadline is never recorded by system in escalated/officer")
    assert find_never(reached, done, Expected(), ["conduct"]) == never
    assert find_never(reached, done, Expected(reply_limit=timedelta(1)), ["conduct"]) is None


def test_a_case_that_is_never_closed_is_told_so():
    """V1 names the state from which no case can be closed."""
    (found,) = check(rules_of(dropped("close")), only=["V1"], kinds=["complaint"])
    assert found.problem == "it can never be closed from received/operator"
