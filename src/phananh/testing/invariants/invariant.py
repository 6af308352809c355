"""An invariant: a sentence that is true of every history, with its clause and its check."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import attrs

from phananh.regulation.acts import Act
from phananh.regulation.case import Case
from phananh.regulation.events import Event
from phananh.testing.invariants.clerk import Count
from phananh.testing.invariants.expected import Expected


@attrs.frozen(kw_only=True)
class Record:
    """An act that was recorded: its event, a clerk's counts before and after, and the case.

    `at` is when the act was done, `events` what it led to: `event`, after a lapse if one was
    due, and `before` has that lapse. `case` is what the rules say follows. `by_code` says whether
    the person named the case by its tracking code.
    """

    before: Count
    after: Count
    act: Act
    at: datetime
    by_code: bool
    event: Event
    events: tuple[Event, ...]
    history: tuple[Event, ...]
    case: Case
    expected: Expected


Holds = Callable[[Record], bool]


@attrs.frozen(kw_only=True)
class Invariant:
    """A named rule of the regulation that every history keeps.

    Args:
        id: V and its number, or W for what must be reachable.
        name: a short name of its check.
        clause: the articles and readings that it comes from.
        formula: what must hold, in one sentence.
        mutants: the mistakes in rules that it catches, by number and name.
        holds: the check of one recorded act. None where it is asked of all that was walked, of
            a desk, or of each answer.
    """

    id: str
    name: str
    clause: str
    formula: str
    mutants: tuple[str, ...]
    holds: Holds | None = attrs.field(default=None, repr=False)

    def as_dict(self) -> dict[str, Any]:
        """Return everything but the check as plain data."""
        names = ("id", "name", "clause", "formula", "mutants")
        plain = {name: getattr(self, name) for name in names}
        return plain | {"mutants": list(self.mutants)}

    def __str__(self) -> str:
        """Return id, clause and formula."""
        return f"{self.id} ({self.clause}): {self.formula}"


def invariant(id: str, clause: str, *mutants: str) -> Callable[[Holds], Invariant]:  # noqa: A002  # its name everywhere
    """Turn a check into an invariant with its name and docstring."""

    def wrap(holds: Holds) -> Invariant:
        formula = (holds.__doc__ or "").strip()
        return Invariant(
            id=id,
            name=holds.__name__,
            clause=clause,
            formula=formula,
            mutants=mutants,
            holds=holds,
        )

    return wrap
