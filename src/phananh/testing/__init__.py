"""For tests of rules, of a store or of an application. No other part of phananh imports it.

Names are loaded when they are first used: `from phananh.testing import ManualClock` needs
neither pytest nor Hypothesis.

conformance        the contract of a store as tests
clock              a clock that you set
cases              a desk for one test, and a case in any state in one line
invariants         rules of every history, and `check`, which looks for one that breaks them
exploration        every state, act, person and clock position of rules, walked through
faulty_store       a store that fails at one call
plugin             fixtures and a marker for pytest (extra `testing`)
machine            a state machine for Hypothesis that plays office on a desk (extra `testing`)
strategies         Hypothesis: all that rules and desks take, printed as code (extra `testing`)
sample_events      events and changes made by hand
"""

from typing import TYPE_CHECKING

from phananh.lazy import make_getattr

if TYPE_CHECKING:
    from phananh.testing.cases import a_case, a_desk, a_person
    from phananh.testing.clock import ManualClock
    from phananh.testing.conformance import StoreConformance
    from phananh.testing.exploration import (
        explore,
    )
    from phananh.testing.faulty_store import FaultyStore
    from phananh.testing.invariants import (
        Expected,
        check,
        diff,
        invariant,
    )
    from phananh.testing.machine import CaseMachine

__all__ = [
    "CaseMachine",
    "Expected",
    "FaultyStore",
    "ManualClock",
    "StoreConformance",
    "a_case",
    "a_desk",
    "a_person",
    "check",
    "diff",
    "explore",
    "invariant",
]

# Where each name lives.
_NAMES = {
    "phananh.testing.cases": ("a_case", "a_desk", "a_person"),
    "phananh.testing.clock": ("ManualClock",),
    "phananh.testing.conformance": ("StoreConformance",),
    "phananh.testing.exploration": ("explore", "to_act_log"),
    "phananh.testing.faulty_store": ("FaultyStore",),
    "phananh.testing.machine": ("CaseMachine",),
    "phananh.testing.invariants": (
        "Expected",
        "check",
        "diff",
        "INVARIANTS",
        "invariant",
        "objection",
    ),
}

if not TYPE_CHECKING:  # a type checker would take any name at all for known
    __getattr__ = make_getattr(globals(), _NAMES)
