"""An invariant: a sentence that is true of every history, with its clause and its check.

A check returns None if all is well, and else a text that says what is wrong. There are two kinds.
An objection is asked of an act, before the answer: its text says why the act must be refused. So
the same objections find rules that allow too much, and rules that allow too little: an act that
nobody objects to is to be recorded. The others are asked of what was recorded.
"""

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
class Asked:
    """An act that was asked for: the case before it as a clerk counts it, and who asks how.

    `before` has the lapse of a limit that ran out by then. `by_code` says whether the person named
    the case by its tracking code. `history` is that before the act.
    """

    before: Count
    act: Act
    at: datetime
    by_code: bool
    history: tuple[Event, ...]
    expected: Expected


@attrs.frozen(kw_only=True)
class Record(Asked):
    """An act that was recorded: its event, the count after it, and the case.

    `events` is what the act led to: `event`, after a lapse if one was due. `history` has them.
    `case` is what the rules say follows.
    """

    after: Count
    event: Event
    events: tuple[Event, ...]
    case: Case


@attrs.frozen(kw_only=True)
class Invariant:
    """A named rule of the regulation that every history keeps.

    Args:
        id: V and its number, or W for what must be possible.
        name: a short name of its check.
        clause: the articles and readings that it comes from.
        formula: what must hold, in one sentence.
        check: takes an `Asked` or a `Record`, and returns what is wrong, or None. Without one it
            is asked of all that was walked, of a desk, or of each answer.
        acts: the kinds of acts that it objects to. None if it is asked of what was recorded.
    """

    id: str
    name: str
    clause: str
    formula: str
    check: Callable[[Any], str | None] | None = attrs.field(default=None, repr=False)
    acts: tuple[type[Act], ...] | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return everything but the check as plain data."""
        return {name: getattr(self, name) for name in ("id", "name", "clause", "formula")}

    def __str__(self) -> str:
        """Return id, clause and formula."""
        return f"{self.id} ({self.clause}): {self.formula}"


Wrap = Callable[[Callable[[Any], str | None]], Invariant]


def invariant(id: str, clause: str, *, acts: tuple[type[Act], ...] | None = None) -> Wrap:  # noqa: A002  # its name everywhere
    """Turn a check of a `Record` into an invariant with its name and docstring."""

    def wrap(check: Callable[[Any], str | None]) -> Invariant:
        formula = " ".join((check.__doc__ or "").split())
        return Invariant(
            id=id, name=check.__name__, clause=clause, formula=formula, check=check, acts=acts
        )

    return wrap


def objection(id: str, clause: str, *acts: type[Act]) -> Wrap:  # noqa: A002
    """Turn a check of an `Asked` into an invariant: why these acts must be refused."""
    return invariant(id, clause, acts=acts or (Act,))
