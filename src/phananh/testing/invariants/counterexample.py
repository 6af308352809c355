"""A history that breaks an invariant, as the few acts that lead to it."""

from datetime import datetime
from typing import Any

import attrs

from phananh.regulation.acts import Act
from phananh.testing.exploration.act_log import to_act_log
from phananh.testing.invariants.invariant import Invariant


@attrs.frozen(kw_only=True)
class Counterexample:
    """The shortest acts found that break an invariant.

    `log` is the act log of them, a line of JSON an act: `phananh replay` reads it, and so does
    `phananh.act_log.replay.replay` on a desk of the same rules and calendar.
    """

    invariant: Invariant
    acts: tuple[tuple[Act, datetime], ...] = attrs.field(repr=False)
    problem: str = ""

    @property
    def log(self) -> tuple[str, ...]:
        """The acts in the format of an act log."""
        return tuple(to_act_log(self.acts))

    def as_dict(self) -> dict[str, Any]:
        """Return the invariant, the problem and the log as plain data."""
        plain = {"invariant": self.invariant.as_dict(), "problem": self.problem}
        return {**plain, "log": [*self.log]}

    def __str__(self) -> str:
        """Return the invariant, the error, and the log."""
        problem = [f"  {self.problem}"] if self.problem else []
        return "\n".join([str(self.invariant), *problem, *(f"  {line}" for line in self.log)])
