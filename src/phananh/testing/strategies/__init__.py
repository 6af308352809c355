"""Hypothesis strategies for everything that rules and desks take, named by plural nouns.

Values shrink to examples that a person can read, and are printed as a person would write them.
Importing this package loads no profile and changes no setting.

instants       instants and budgets, half of them where working time turns
calendars      weeks of office hours, notices, and whole calendars
regulations    terms, and rules with other numbers and readings
people         persons, senders, and their requests
acts           acts of every kind, for a case or for none
choice         how one of several values is drawn
contents       the contents of such an act
histories      act logs that the rules let happen, and the cases that they lead to
log_lines      an act as a line of such a log
types          the same for `hypothesis.strategies.from_type`
source_code    how all of it is printed
"""

from phananh.testing.strategies.acts import acts
from phananh.testing.strategies.calendars import (
    boundaries,
    calendars,
    notices,
    sessions,
    timetables,
    turning_days,
)
from phananh.testing.strategies.histories import cases, histories_of
from phananh.testing.strategies.instants import (
    BOUNDARIES,
    MICROSECOND,
    TURNING_DAYS,
    budgets,
    instants,
)
from phananh.testing.strategies.log_lines import case_of
from phananh.testing.strategies.people import PEOPLE, actors, requests, senders
from phananh.testing.strategies.regulations import rules, terms
from phananh.testing.strategies.types import register

__all__ = [
    "BOUNDARIES",
    "MICROSECOND",
    "PEOPLE",
    "TURNING_DAYS",
    "actors",
    "acts",
    "boundaries",
    "budgets",
    "calendars",
    "case_of",
    "cases",
    "histories_of",
    "instants",
    "notices",
    "register",
    "requests",
    "rules",
    "senders",
    "sessions",
    "terms",
    "timetables",
    "turning_days",
]
