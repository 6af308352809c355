"""The table typed from the Articles, as the test kit lends it: position, act, role -> letter."""

from phananh.testing.invariants.outcomes import (
    ROLES,
    Outcome,
    position_of,
)
from phananh.testing.invariants.outcomes import read_decision as law

Line = Outcome
__all__ = ["ROLES", "Line", "law", "position_of"]
