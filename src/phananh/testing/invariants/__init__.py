"""The rules of every history, as named values. `check(rules)` looks for one that breaks them."""

from phananh.testing.invariants.checking import INVARIANTS, Counterexample, Difference, check, diff
from phananh.testing.invariants.expected import Expected, read_outcomes
from phananh.testing.invariants.invariant import Asked, Invariant, Record, invariant, objection

__all__ = [
    "INVARIANTS", "Asked", "Counterexample", "Difference", "Expected", "Invariant", "Record",
    "check", "diff", "invariant", "objection", "read_outcomes",
]  # fmt: skip
