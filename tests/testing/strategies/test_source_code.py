"""A failing example shows what a person would write, and nothing of how it was drawn."""

import re
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

import phananh
import phananh.worktime
from phananh import HOA_BINH_2019
from phananh.regulation import acts as a
from phananh.testing import strategies
from phananh.testing.strategies.source_code import to_code
from tests.testing.strategies.drawn import DRAWING, print_failing

NAMES = {
    **{name: getattr(phananh, name) for name in phananh.__all__},
    **{name: getattr(phananh.worktime, name) for name in phananh.worktime.__all__},
    **{act.__name__: act for act in a.ACTS.values()},
    "date": date,
    "datetime": datetime,
    "time": time,
    "timedelta": timedelta,
    "ZoneInfo": ZoneInfo,
    "case_of": strategies.case_of,
}
DRAWN = {
    "instants": strategies.instants(),
    "instants elsewhere": strategies.instants(zone="Europe/Berlin"),
    "budgets": strategies.budgets(),
    "timetables": strategies.timetables(),
    "sessions": strategies.sessions(),
    "calendars": strategies.calendars(),
    "notices": strategies.notices(),
    "terms": strategies.terms(),
    "rules": strategies.rules(),
    "actors": strategies.actors(),
    "senders": strategies.senders(),
    "requests": strategies.requests(),
    "hostile requests": strategies.requests(hostile=True),
    "acts": strategies.acts(),
    "acts with a fault": strategies.acts(well_formed=False),
    "histories_of": strategies.histories_of(HOA_BINH_2019),
    "cases": strategies.cases(),
}
SMALLEST = {
    "instants": "datetime.fromisoformat('2025-04-21T09:00:00+07:00')",
    "instants elsewhere": "datetime.fromisoformat('2025-04-21T09:00:00+02:00')"
    ".astimezone(ZoneInfo('Europe/Berlin'))",
    "budgets": "timedelta(hours=1)",
    "timetables": "Timetable.weekly('08:00-12:00, 13:00-17:00')",
    "notices": "Notice( document='1/TB', issued=date(2025, 4, 21), "
    "days=(NoticeDay(date=date(2025, 4, 21), kind='off'),), )",
    "terms": "Term.working_days(1)",
    "actors": "Person(id='OP-1', role='operator')",
    "senders": "Sender(name='Nguyễn Văn An', phone='02183831022')",
    "requests": "Receive( by=Person(id='OP-1', role='operator'), kind='information', "
    "channel='phone', content='Hỏi thủ tục cấp lại giấy khai sinh', "
    "sender=Sender(name='Nguyễn Văn An', phone='02183831022'), )",
}


def _printed(name):
    """Return the value that a failing example shows, on one line, without what is said of it."""
    found = re.search(r"value=(.*),\n\)", print_failing(DRAWN[name]), re.DOTALL)
    assert found, name
    return " ".join(found[1].split())


# Hypothesis also writes each value its own way, which of rules with whole tables is long.
@pytest.mark.filterwarnings("ignore:Generating overly large repr")
@pytest.mark.parametrize("name", DRAWN)
def test_a_failing_example_is_an_expression_that_makes_the_value(name):
    """What Hypothesis prints is code of public names alone, and gives what a test was given."""
    shown = _printed(name)
    assert not re.search(r"lambda|builds|\b_\w|<", shown)
    value = eval(shown, {"__builtins__": {}, "frozenset": frozenset}, NAMES)  # noqa: S307
    smallest = find(DRAWN[name], lambda _: True, settings=settings(DRAWING, max_examples=1))
    assert type(value) is type(smallest)


@pytest.mark.parametrize(("name", "shown"), SMALLEST.items())
def test_the_simplest_value_can_be_read(name, shown):
    """It is a Monday at nine, an hour, office hours, an operator who takes a call."""
    assert _printed(name) == shown


@pytest.mark.parametrize("name", DRAWN)
def test_the_code_of_a_value_gives_the_same_value(name):
    """Whatever is drawn, `to_code` writes an expression that equals it."""
    if name == "cases":
        pytest.skip("a case is written as the call that replays its history")

    @given(DRAWN[name])
    @settings(DRAWING, max_examples=60)
    def check(value):
        again = eval(to_code(value), {"frozenset": frozenset}, NAMES)  # noqa: S307
        assert again == value
        assert getattr(again, "tzinfo", None) == getattr(value, "tzinfo", None)

    check()


def test_values_inside_a_test_of_ones_own_are_shown_so_too():
    """Lists and objects of the user's own show what was drawn in them as code."""
    both = st.tuples(strategies.instants(zone=UTC), st.lists(strategies.senders(), min_size=1))
    shown = " ".join(print_failing(both).split())
    assert "(datetime.fromisoformat('2025-04-21T09:00:00+00:00'), [Sender(name=" in shown


def test_without_the_private_way_in_values_are_printed_as_hypothesis_does(monkeypatch):
    """A Hypothesis that keeps its printers elsewhere prints its own way, and draws the same."""
    monkeypatch.delattr("hypothesis.control.current_build_context")
    assert "datetime" in print_failing(strategies.instants())
