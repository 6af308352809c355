"""The steps from one schema to the next, and what of them a database has had.

A step of the phase "pre" adds what new code needs and lets old code run on. One of the phase
"post" takes away what old code needed, and is done once no old code runs. The table
`phananh_schema` has one row: the last step that was done, and the oldest code that can run.
"""

from collections.abc import Sequence
from typing import Literal, cast, get_args

import attrs

from phananh.errors import InputError, short_repr

Phase = Literal["pre", "post"]
Phases = Literal["pre", "post", "all"]


@attrs.frozen
class Migration:
    """A numbered step: its statements, and the oldest code that can run when it is done."""

    number: int
    phase: Phase
    oldest: int
    name: str
    statements: tuple[str, ...]

    @property
    def title(self) -> str:
        """The name of the step in texts for people."""
        return f"{self.number}_{self.phase}_{self.name}"


@attrs.frozen
class SchemaState:
    """The last step that a database has had, and the oldest code that can run on it."""

    version: int
    oldest: int


def list_steps(migrations: Sequence[Migration], done: int, phase: Phases) -> tuple[Migration, ...]:
    """Return the steps that are left, in order, up to the first of another phase."""
    left: list[Migration] = []
    for step in migrations:
        if step.number <= done:
            continue
        if phase not in ("all", step.phase):
            break
        left.append(step)
    return tuple(left)


def needed_version(migrations: Sequence[Migration]) -> int:
    """Return the last step that must be done before this code can run: what is post may wait."""
    return max(step.number for step in migrations if step.phase == "pre")


def last_version(migrations: Sequence[Migration]) -> int:
    """Return the number of the last step that this code knows."""
    return migrations[-1].number


def check_phase(phase: object) -> Phases:
    """Return a phase, or refuse another value."""
    if phase not in get_args(Phases):
        known = get_args(Phases)
        raise InputError(field="phase", code="unknown_value", value=short_repr(phase), known=known)
    return cast(Phases, phase)
