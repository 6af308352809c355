"""A step of a walk: one act that was tried in one state, and the answer of the judge."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import attrs

from phananh.errors import Refusal
from phananh.regulation.acts import Act
from phananh.regulation.case import Case
from phananh.regulation.context import DecisionContext
from phananh.regulation.decide import Decision
from phananh.regulation.events import Event
from phananh.regulation.request import Person

Path = tuple[tuple[Act, datetime], ...]


class Permissions:
    """What `list_allowed` says to each person in one state at one moment, asked once."""

    def __init__(self, ask: Any, case: Case, context: DecisionContext) -> None:
        """Remember whom to ask."""
        self._ask, self._case, self._context = ask, case, context
        self._found: dict[Person, Mapping[str, tuple[Refusal, ...]]] = {}

    def of(self, by: Person) -> Mapping[str, tuple[Refusal, ...]]:
        """Return the acts that this person may do."""
        found = self._found.get(by)
        if found is None:
            found = self._found[by] = self._ask(self._case, by, self._context)
        return found


@attrs.frozen(kw_only=True, slots=False)
class Step:
    """One act that was tried in one state.

    Args:
        path: the acts that lead to the state with their moments, the receipt first.
        history: their events.
        case: the case that the events add up to.
        act: the act that is tried.
        at: when.
        variant: "good", another way that is well formed, or how the act is spoilt.
        identity: who tries it: "right", "accused", "colleague" or "stranger".
        position: of the clock: "inside", "at due", "after due", or "no clock".
        context: the moment, the rules and the hours by which it was judged.
        decision: the answer of the judge.
    """

    path: Path
    history: tuple[Event, ...]
    case: Case
    act: Act
    at: datetime
    variant: str
    identity: str
    position: str
    context: DecisionContext
    decision: Decision
    permissions: Permissions = attrs.field(repr=False, eq=False)

    @property
    def allowed(self) -> Mapping[str, tuple[Refusal, ...]]:
        """The result of `list_allowed` for the acting person, in this state at this moment."""
        return self.permissions.of(self.act.by)
