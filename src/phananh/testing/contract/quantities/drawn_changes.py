"""Changes that are drawn at random: sound ones, and those that a store must refuse."""

import random
from datetime import timedelta
from typing import Any

import attrs

from phananh.regulation.events import Event
from phananh.regulation.request import Holder, Role
from phananh.stores.base import Change
from phananh.testing.contract.sample_lists import UNITS, make_drawn_case
from phananh.testing.sample_events import (
    START,
    answered,
    change,
    completed,
    deadline,
    escalated,
    make_command,
    received,
)

HOUR = timedelta(hours=1)
SOUND = ("begin", "begin", "continue", "continue", "continue")
REFUSED = ("stale", "ahead", "second beginning", "repeat", "reuse", "taken code")


@attrs.define(kw_only=True)
class Drawing:
    """The acts recorded so far, from which the next change is drawn."""

    chance: random.Random
    histories: dict[str, tuple[Event, ...]] = attrs.Factory(dict)
    acts: list[Change] = attrs.Factory(list)
    events: int = 0
    _drawn: int = 0

    def draw_commit(self, *, lists: bool) -> tuple[str, list[Change]]:
        """Return the kind of a commit, and its changes. At most one is to be refused."""
        kind = self.chance.choice((*SOUND, *REFUSED, "list", "bad list", "nothing"))
        if kind == "nothing":
            return kind, []
        if kind not in ("list", "bad list") or not self.histories:
            return kind, [self._draw(kind if self.histories and "list" not in kind else "begin")]
        if not lists:
            return "begin", [self._draw("begin")]
        changes = [self._draw("begin") for _ in range(self.chance.randrange(1, 4))]
        changes.append(self._draw("continue" if kind == "list" else "stale"))
        return kind, changes

    def remember(self, changes: list[Change]) -> None:
        """Take note of a recorded change."""
        for each in changes:
            self.histories[each.case] = (*self.histories.get(each.case, ()), *each.events)
            self.events += len(each.events)
            if each.commands:
                self.acts.append(each)

    def draw_case(self) -> str:
        """Return the id of a case that there is, or seldom of one that there is not."""
        return self.chance.choice([*self.histories, "HB-none"])

    def draw_command(self) -> str:
        """Return a command that there is, or seldom one that there is not."""
        return self.chance.choice([*(act.commands[0].id for act in self.acts), "none"])

    def _draw(self, kind: str) -> Change:
        self._drawn += 1
        draw = getattr(self, "_" + kind.replace(" ", "_"))
        drawn: Change = draw()
        return drawn

    def _with_command(self, new: Change) -> Change:
        """Return the change, in two of three cases with a command for its last version."""
        if not self.chance.randrange(3):
            return new
        is_personal = self.chance.choice((True, False))
        name = f"act {self._drawn}"
        command = make_command(name, new.row.version, name, is_personal=is_personal)
        return attrs.evolve(new, commands=(command,))

    def _begin(self) -> Change:
        return self._with_command(make_drawn_case(self.chance, f"HB-{self._drawn:x}"))

    def _continue(self) -> Change:
        case = self.chance.choice(list(self.histories))
        history = self.histories[case]
        return self._with_command(change(self._draw_event(history), after=history))

    def _draw_event(self, history: tuple[Event, ...]) -> Event:
        chance, first, n = self.chance, history[0], len(history) + 1
        fields: dict[str, Any] = {"rules": first.rules}
        if chance.randrange(3) == 0:
            return answered(first.case, n, **fields)
        last = history[-1]
        if chance.randrange(2):
            return completed(first.case, n, state=last.state, holder=last.holder, **fields)
        due = START + chance.randrange(4) * HOUR
        clock = chance.choice((None, attrs.evolve(deadline(), due=due, late_after=due)))
        holder = Holder(role=Role.OFFICER, id="cb-2", unit=chance.choice(UNITS))
        return escalated(first.case, n, clock=clock, holder=holder, **fields)

    def _stale(self) -> Change:
        history = self.histories[self.chance.choice(list(self.histories))]
        before = history[:-1]
        if not before:
            return self._second_beginning()
        return change(completed(history[0].case, len(history), "khác"), after=before)

    def _ahead(self) -> Change:
        history = self.histories[self.chance.choice(list(self.histories))]
        case, n = history[0].case, len(history)
        return change(completed(case, n + 2), after=(*history, completed(case, n + 1)))

    def _second_beginning(self) -> Change:
        return change(received(self.chance.choice(list(self.histories)), content="khác"))

    def _repeat(self) -> Change:
        return self.chance.choice(self.acts) if self.acts else self._begin()

    def _reuse(self) -> Change:
        if not self.acts:
            return self._begin()
        command = self.chance.choice(self.acts).commands[0]
        new = change(received(f"HB-{self._drawn:x}"))
        again = make_command(command.id, 1, "other", is_personal=command.is_personal)
        return attrs.evolve(new, commands=(again,))

    def _taken_code(self) -> Change:
        history = self.histories[self.chance.choice(list(self.histories))]
        digest = getattr(history[0], "code_digest", "")
        return change(received(f"HB-{self._drawn:x}", code_digest=digest))
