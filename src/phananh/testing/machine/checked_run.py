"""The `TestCase` of a machine: it counts anew with each run, and fails if it reached little."""

import unittest
from functools import cache
from typing import Any

from phananh.testing.drawing import stateful


class CheckedTestCase:
    """What `OurMachine.TestCase` gives: Hypothesis's own, which looks at the counts at its end."""

    def __get__(self, _machine: object, owner: type[stateful.RuleBasedStateMachine]) -> Any:
        """Return the test case of a class, always the same, so that its settings can be set."""
        return _make_test_case(owner)


@cache
def _make_test_case(machine: Any) -> type[unittest.TestCase]:
    # Hypothesis's own for this very class, past the one that replaces it here.
    own: Any = vars(stateful.RuleBasedStateMachine)["TestCase"].__get__(None, machine)

    class MachineTestCase(own):  # type: ignore[misc]  # its class is made while it runs
        def runTest(self) -> None:  # noqa: N802  # as unittest has it
            """Run the machine, then check whether it reached all it has to."""
            machine.reached.clear()
            super().runTest()
            machine.assert_reached()

        runTest.is_hypothesis_test = True  # type: ignore[attr-defined]  # as Hypothesis marks it

    MachineTestCase.__name__ = MachineTestCase.__qualname__ = f"{machine.__name__}.TestCase"
    return MachineTestCase
