"""Hypothesis strategies for everything that rules and desks take, named by plural nouns.

Values shrink to examples that a person can read. Importing this package loads no profile and
changes no setting.

instants       instants and budgets, half of them where working time turns
calendars      weeks of office hours, notices, and whole calendars
regulations    terms, and rules with other numbers and readings
people         persons, senders, and their requests
acts           acts of every kind, act logs that the rules let happen, and their cases
"""

from phananh.testing.strategies.acts import (
    PEOPLE,
    actors,
    acts,
    case_of,
    cases,
    histories_of,
    requests,
    senders,
)
from phananh.testing.strategies.times import (
    BOUNDARIES,
    MICROSECOND,
    TURNING_DAYS,
    boundaries,
    budgets,
    calendars,
    instants,
    notices,
    rules,
    sessions,
    terms,
    timetables,
    turning_days,
)

__all__ = [
    "BOUNDARIES", "MICROSECOND", "PEOPLE", "TURNING_DAYS", "actors", "acts", "boundaries",
    "budgets", "calendars", "case_of", "cases", "histories_of", "instants", "notices",
    "requests", "rules", "senders", "sessions", "terms", "timetables", "turning_days",
]  # fmt: skip
