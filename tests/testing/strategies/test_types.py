"""After `register`, `from_type` draws what the strategies draw."""

import subprocess
import sys

import pytest
from hypothesis import given, settings

from phananh import Case, Person, Rules, Term, WorkCalendar
from phananh.regulation.acts import Receive, Reschedule
from phananh.testing.strategies.types import list_types
from tests.testing.strategies.drawn import DRAWING


@pytest.mark.parametrize("kind", list_types(), ids=lambda kind: kind.__name__)
def test_each_type_is_drawn_as_itself(kind):
    """What is registered for a type is of this very type, or an act of any."""

    @given(list_types()[kind])
    @settings(DRAWING, max_examples=10)
    def check(value):
        assert isinstance(value, kind)

    check()


def test_registered_types_are_drawn_by_annotation():
    """In a process that called `register`, a test needs no more than its annotations."""
    code = """
from hypothesis import given, settings
from phananh import Case, Person, Rules, Term, WorkCalendar
from phananh.regulation.acts import Receive
from phananh.testing.strategies import register

before = settings.default
register()
assert settings.default is before

@given(...)
@settings(max_examples=5, database=None, deadline=None)
def test(who: Person, case: Case, rules: Rules, term: Term, ask: Receive, hours: WorkCalendar):
    assert who.id in PEOPLE
    seen.append(case.id)

from phananh.testing.strategies import PEOPLE
PEOPLE = {person.id for person in PEOPLE}
seen = []
test()
assert seen
"""
    subprocess.run([sys.executable, "-c", code], check=True)


def test_no_type_of_python_is_touched():
    """What a datetime or a timedelta is to other tests stays what it was."""
    assert {kind.__module__.split(".")[0] for kind in list_types()} == {"phananh"}
    assert {Case, Person, Rules, Term, WorkCalendar, Receive, Reschedule} <= {*list_types()}
