"""The strategies by type, so that `hypothesis.strategies.from_type` knows what to draw."""

from collections.abc import Mapping
from typing import Any

from phananh.regulation.acts import ACTS, Act
from phananh.regulation.case import Case
from phananh.regulation.request import Person, Sender
from phananh.regulation.rules import Rules
from phananh.testing.drawing import st
from phananh.testing.strategies.acts import TRIGGERS, acts
from phananh.testing.strategies.calendars import calendars, notices, timetables
from phananh.testing.strategies.histories import cases
from phananh.testing.strategies.people import actors, requests, senders
from phananh.testing.strategies.regulations import rules, terms
from phananh.worktime import Notice, Term, Timetable, WorkCalendar


def list_types() -> Mapping[type, st.SearchStrategy[Any]]:
    """Return the strategy of each type that `register` makes known."""
    found: dict[type, st.SearchStrategy[Any]] = {
        Person: actors(),
        Sender: senders(),
        Case: cases(),
        Rules: rules(),
        Term: terms(),
        Timetable: timetables(),
        Notice: notices(),
        WorkCalendar: calendars(),
        Act: acts(),
        ACTS["receive"]: requests(),
    }
    return found | {ACTS[each]: acts(triggers=[each]) for each in TRIGGERS[1:]}


def register() -> None:
    """Let `from_type` draw persons, senders, requests, acts, cases, rules, terms and calendars.

    Call it once, such as in a conftest. No other type is touched: what is a `datetime` to other
    tests stays what it was.
    """
    for kind, strategy in list_types().items():
        st.register_type_strategy(kind, strategy)
