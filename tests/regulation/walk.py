"""Walks every canonical state, breadth first, with every act by everybody (Art. 7-10, 16).

A state is what can matter: where the case lies and with whom, the kind, the accused, how often
it was rescheduled, asked about, lapsed, advised, and where the clock stands. In each one, at
each position of the clock, all acts are tried: the right person of each role, the accused, and
somebody of another unit; well formed, and by the right person also spoilt in each known way.
"""

from collections import Counter, deque
from collections.abc import Iterator
from datetime import datetime
from functools import cache

import attrs

from phananh.regulation import acts as a
from phananh.regulation import events as e
from phananh.regulation.acts import SYSTEM_TRIGGERS
from phananh.regulation.case import Case, fold
from phananh.regulation.decide import NotAllowed, Recorded, Refused, decide, list_allowed
from phananh.regulation.request import Person, Role, State
from phananh.regulation.rules import HOA_BINH_2019, Rules
from tests.regulation import cast
from tests.regulation.clocks import count, plain
from tests.regulation.invariants import INVARIANTS
from tests.regulation.lawtable import position_of
from tests.regulation.variants import GOOD, VARIANTS, Variant

COLLEAGUE = Person(id="dong-nghiep", role="operator", unit=cast.HEALTH)


@cache
def person(role: str, flag: str, who: str | None, unit: str | None) -> Person:
    """Return somebody of a role: right, accused, or a stranger of another unit."""
    usual = next(p for p in cast.PEOPLE if p.role.value == role)
    unit = unit if role in ("agency", "agency_head") and unit else usual.unit
    if flag == "right":
        return Person(id=who or usual.id, role=role, unit=unit)
    if flag == "accused":
        return Person(id=cast.SPELT, role=role, unit=unit)
    return Person(id="nguoi-la", role=role, unit="don-vi-khac")


def people(case: Case) -> Iterator[tuple[bool, Person]]:
    """Yield the right, the accused and the strange person of each role; the flag says right."""
    holder = case.holder
    for role in (r.value for r in Role):
        own = holder is not None and holder.role.value == role
        who = holder.id if own and role in ("officer", "provider") else None
        for flag in ("right", "accused", "stranger"):
            yield flag == "right", person(role, flag, who, holder.unit if holder else None)
    yield False, COLLEAGUE


def instants(case: Case, history) -> tuple[datetime, ...]:
    """Return when acts are tried: soon, at the due instant, a microsecond after it."""
    due, soon = count(history).clock, case.updated_at + cast.MINUTE
    return (soon,) if due is None else (min(soon, due), due, due + cast.US)


def canonical(case: Case, history) -> tuple:
    """Return what of a case can matter to what may follow; counted from the history itself."""
    counted = Counter(type(event).__name__ for event in history)
    handled = any(plain(unit) == cast.HEALTH for unit in case.handled_by)
    accused = tuple(sorted(str(plain(each.id)) for each in case.accused))
    always = (case.state, case.kind, accused, handled, counted["Lapsed"] > 0)
    if not case.is_open:
        return (*always, min(case.published, 1), min(case.commended, 1), case.rating)
    holder, clock = case.holder, case.clock
    return (
        *always,
        (holder.role, plain(holder.id), plain(holder.unit)),
        case.officer and plain(case.officer.id),
        min(counted["Rescheduled"], 2),
        min(counted["VerificationRequested"], 1),
        _time_left(case),
        min(counted["Lapsed"], 2),
        clock is not None and counted["DeadlineMoved"] > 0 and _moved_last(history),
        clock and ("at due" if case.updated_at == clock.due else "in time"),
        case.within_competence if case.state is State.RECEIVED else None,
        tuple(cast.unmet_codes(case)) if case.state is State.RECEIVED else (),
    )


def _time_left(case: Case) -> bool | None:
    """Return whether an agency that is asked again has time left, where that can matter (R41).

    With the officer, what the agency of most stories had left; what the other one had is the same
    question, and both at once only make the walk longer. With an agency, what it was given.
    """
    if case.holder is not None and case.holder.role is Role.AGENCY:
        return case.deadline is not None and bool(case.deadline.budget)
    found = (each for each in reversed(case.findings) if plain(each.agency) == cast.HEALTH)
    return next((bool(each.left) for each in found), None)


def _moved_last(history) -> bool:
    """Return whether the clock that runs was moved by the calendar."""
    clocked = (e.Escalated, e.VerificationRequested, e.Rescheduled, e.DeadlineMoved)
    last = next(past for past in reversed(history) if isinstance(past, clocked))
    return isinstance(last, e.DeadlineMoved)


def story_of(history) -> str:
    """Return a history as the names of its events."""
    return " ".join(type(event).__name__ for event in history)


@attrs.define
class Walk:
    """What a walk found: states, pairs, what was reached, and what broke."""

    rules: Rules = HOA_BINH_2019
    kinds: tuple[str, ...] = ("information", "conduct", "service")
    lacking: tuple[dict, ...] = ()
    more: tuple[Variant, ...] = ()
    stop: bool = False
    states: dict = attrs.Factory(dict)
    pairs: int = 0
    recorded: Counter = attrs.Factory(Counter)
    refused: Counter = attrs.Factory(Counter)
    decisive: Counter = attrs.Factory(Counter)
    violations: list = attrs.Factory(list)
    edges: dict = attrs.Factory(dict)
    stories: set = attrs.Factory(set)

    def run(self) -> "Walk":
        """Walk until nothing new is found, or the first violation if `stop`."""
        queue: deque = deque()
        for kind in self.kinds:
            self._seen((cast.first_event(kind, rules=self.rules),), queue)
        for sender in self.lacking:
            self._seen((cast.first_event("information", rules=self.rules, **sender),), queue)
        while queue and not (self.stop and self.violations):
            self._expand(queue.popleft(), queue)
        return self

    def _seen(self, history, queue) -> tuple:
        case = fold(history)
        key = canonical(case, history)
        if key not in self.states:
            self.states[key] = history
            self.edges[key] = set()
            queue.append((key, case, history))
        return key

    def _expand(self, item, queue) -> None:
        key, case, history = item
        for at in instants(case, history):
            context, lapse = cast.context(at, self.rules), set()
            for right, by in people(case):
                may = list_allowed(case, by, context)
                for trigger, name, make in (*VARIANTS, *self.more) if right else GOOD:
                    act = make(by, case, at)
                    decision = decide(case, act, context)
                    self.pairs += 1
                    self._note(trigger, name, act, decision, case)
                    self._consistent(trigger, name, decision, may, history)
                    if isinstance(decision, Recorded):
                        if decide(case, act, context) != decision:
                            self._broken("same_again", history, act)
                        self._checked(history, decision, lapse)
                        after = (*history, *decision.events)
                        self.stories.add(story_of(after))
                        self.edges[key].add(self._seen(after, queue))

    def _note(self, trigger, name, act, decision, case) -> None:
        if isinstance(decision, Recorded):
            place = position_of(fold(decision.events[:-1], onto=case))
            target = act.to.role.value if isinstance(act, a.Escalate) else ""
            self.recorded[place, trigger, target, act.by.role.value] += 1
        elif isinstance(decision, Refused):
            found = [reason.code for reason in decision.reasons]
            self.refused.update(set(found))
            if len(found) == 1:
                self.decisive[trigger, found[0]] += 1

    def _consistent(self, trigger, name, decision, may, history) -> None:
        """V32: `list_allowed` says yes to all that is recorded, and to no other well formed act."""
        if trigger in SYSTEM_TRIGGERS:
            return
        yes, done = not may[trigger], isinstance(decision, Recorded)
        # The payload alone may spoil an act; these depend on it even when they are well formed.
        if (done and not yes) or (yes and not done and name == "good" and trigger not in PAYLOAD):
            self._broken("allowed_tells_the_truth", history, trigger)
        if isinstance(decision, NotAllowed) and yes:
            self._broken("allowed_tells_the_truth", history, trigger)

    def _checked(self, history, decision, lapse: set) -> None:
        *before, event = decision.events
        path, was = history, count(history)
        for lapsed in before:
            path = (*path, lapsed)
            if not lapse:
                self._hold(was, path, fold(path))
                lapse.add(lapsed)
            was = count(path)
        self._hold(was, (*path, event), decision.case)

    def _hold(self, was, path, case) -> None:
        now = count(path)
        for holds in INVARIANTS:
            if not holds(was, path[-1], path, now, case):
                self._broken(holds.__name__, path, None)

    def _broken(self, name: str, history, act) -> None:
        self.violations.append((name, story_of(history), act))


# Even a good act of these depends on what it says: whose unit, which person, for what kind.
PAYLOAD = frozenset({"notify_unit", "escalate", "complete", "reschedule", "reassign"})
