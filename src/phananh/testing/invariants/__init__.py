"""The rules of every history, as named values. `check(rules)` looks for one that breaks them."""

from typing import Final

from phananh.testing.invariants.asked import ASKED
from phananh.testing.invariants.checking import check
from phananh.testing.invariants.counterexample import Counterexample
from phananh.testing.invariants.expected import Expected
from phananh.testing.invariants.handling import HANDLING
from phananh.testing.invariants.invariant import Invariant, Record, invariant
from phananh.testing.invariants.limits import LIMITS
from phananh.testing.invariants.outcomes import read_outcomes
from phananh.testing.invariants.requests import REQUESTS
from phananh.testing.invariants.whole import WHOLE

__all__ = [
    "INVARIANTS", "Counterexample", "Expected", "Invariant", "Record", "check", "invariant",
    "read_outcomes",
]  # fmt: skip

_ALL = (*REQUESTS, *HANDLING, *LIMITS, *ASKED, *WHOLE)
INVARIANTS: Final[tuple[Invariant, ...]] = tuple(
    sorted(_ALL, key=lambda each: (each.id == "W", int(each.id[1:] or 0)))
)
