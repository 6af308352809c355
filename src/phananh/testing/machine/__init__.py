"""A state machine for Hypothesis that plays office on a desk, and checks it at each step.

Subclass `CaseMachine`, give it your rules, calendar or store, and name its `TestCase`. The steps
that it reached are counted, so that a run that met none of them fails.
"""

from phananh.testing.machine.case_machine import CaseMachine
from phananh.testing.machine.errors import DeskError, NotReachedError

__all__ = ["CaseMachine", "DeskError", "NotReachedError"]
