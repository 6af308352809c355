"""Cases in any state, in one line: real ones, by ordinary acts on a desk of a test's own.

A test of a page, a report or a sweep starts with a case that is somewhere. `a_case` finds the
shortest way there under your rules, and takes it.
"""

from phananh.testing.cases.builder import a_case
from phananh.testing.cases.desks import a_desk
from phananh.testing.cases.people import a_person

__all__ = ["a_case", "a_desk", "a_person"]
