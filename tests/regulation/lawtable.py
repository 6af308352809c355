"""The table typed from the Articles, as the test kit lends it: position, act, role -> letter."""

from phananh.testing.invariants.outcomes import (
    NEW,
    ROLES,
    Outcome,
    position_of,
    read_decision,
)

Line = Outcome
__all__ = ["ROLES", "Line", "law", "position_of"]


def law() -> dict[str, dict[str, Line]]:
    """Return the positions of cases under the default readings."""
    return {
        place: lines
        for place, lines in read_decision().items()
        if place != NEW and " if " not in place
    }
