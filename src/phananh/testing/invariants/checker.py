"""Compares each step of a walk with the counts of a clerk, and keeps the differences."""

from collections.abc import Iterable
from datetime import datetime

import attrs

from phananh.errors import InputError
from phananh.regulation.acts import SYSTEM_TRIGGERS, Act, Lapse
from phananh.regulation.decide import NotAllowed, Recorded
from phananh.regulation.events import Event
from phananh.regulation.request import Kind, Role, State
from phananh.testing.exploration.canonical import StateKey
from phananh.testing.exploration.exploration import Exploration
from phananh.testing.exploration.step import Path, Step
from phananh.testing.exploration.walk import Decide
from phananh.testing.invariants.asked import ASKED
from phananh.testing.invariants.clerk import Clerk, Count
from phananh.testing.invariants.counterexample import Counterexample
from phananh.testing.invariants.expected import Expected
from phananh.testing.invariants.handling import HANDLING
from phananh.testing.invariants.invariant import Invariant, Record
from phananh.testing.invariants.limits import LIMITS
from phananh.testing.invariants.outcomes import position_of
from phananh.testing.invariants.requests import REQUESTS
from phananh.testing.invariants.typed_table import (
    Done,
    find_never,
    find_wrong_clause,
    the_typed_table_agrees,
)
from phananh.testing.invariants.whole import (
    ALLOWED_IS_TRUE,
    CAN_BE_ANSWERED,
    IS_REACHED,
    RAN_OUT_IS_LATE,
    SAME_ANSWER,
)
from phananh.testing.invariants.witnesses import find_missing, tell_event

# Even a well-formed act of these depends on what it says: whose unit, which person, what kind.
_PAYLOAD = frozenset({"notify_unit", "escalate", "complete", "reschedule", "reassign"})
EACH = (*REQUESTS, *HANDLING, *LIMITS, *ASKED)


class AllFound(Exception):  # noqa: N818  # it ends a walk, and nobody else sees it
    """Each invariant that is asked has its counterexample."""


@attrs.define(kw_only=True)
class Checker:
    """Compares each step of a walk with the counts of a clerk, and keeps the first that differs."""

    expected: Expected
    decide: Decide
    asked: frozenset[str]
    stops: bool = False
    kinds: tuple[Kind, ...]
    found: dict[str, Counterexample] = attrs.Factory(dict)
    stories: set[str] = attrs.Factory(set)
    refused: dict[tuple[str, str], Step] = attrs.Factory(dict)
    done: set[Done] = attrs.Factory(set)
    open: dict[str, Invariant] = attrs.field(init=False)
    _history: tuple[Event, ...] = ()
    _counted: Count | None = None

    def __attrs_post_init__(self) -> None:
        """Ask each recorded act what is asked."""
        self.open = {each.name: each for each in EACH if each.name in self.asked}

    def visit(self, step: Step) -> None:
        """Look at one act that was tried."""
        if step.history is not self._history or self._counted is None:
            self._history = step.history
            clerk = Clerk(expected=self.expected, calendar_for=step.context.calendar_for)
            self._counted = clerk.count(step.history)
        self._check_allowed(step)
        self._check_steps(step, self._counted)
        self._check_lapse(step, self._counted)
        if isinstance(step.decision, Recorded):
            self._check_again(step)
            self._check_record(step, step.decision, self._counted)
        elif not isinstance(step.decision, NotAllowed):
            key = (step.act.trigger, step.decision.reasons[0].code)
            self.refused.setdefault(key, step)

    def conclude(self, walked: Exploration) -> None:
        """Look at the whole walk: its dead ends, and the things that did not happen."""
        for key in find_stuck(walked) if CAN_BE_ANSWERED.name in self.asked else ():
            self._add(
                CAN_BE_ANSWERED, walked.states[key], f"it can never be closed from {key.text()}"
            )
        if walked.truncated:
            raise InputError(field="rules", code="too_many_states", most=len(walked.states))
        self._check_typed(walked)
        if IS_REACHED.name in self.asked:
            for missing in find_missing(self.stories, self.expected, self.kinds):
                self._add(IS_REACHED, (), f"it never happens: {missing}")

    def _check_record(self, step: Step, decision: Recorded, counted: Count) -> None:
        clerk = Clerk(expected=self.expected, calendar_for=step.context.calendar_for)
        *before, event = decision.events
        for lapse in before:
            counted = clerk.add(counted, lapse)
        history = (*step.history, *decision.events)
        record = Record(
            before=counted,
            after=clerk.add(counted, event),
            act=step.act,
            at=step.at,
            by_code=step.context.named_by_code,
            event=event,
            events=decision.events,
            history=history,
            case=decision.case,
            expected=self.expected,
        )
        self.stories.add(" ".join(map(tell_event, history)))
        asked = [*self.open.values()]
        for each in (each for each in asked if each.holds and not each.holds(record)):
            del self.open[each.name]
            self._add(each, (*step.path, (step.act, step.at)), _describe(record))

    def _check_again(self, step: Step) -> None:
        """V33: the same answer to the same question."""
        if SAME_ANSWER.name not in self.asked or SAME_ANSWER.name in self.found:
            return
        again = self.decide(step.case, step.act, step.context)
        if not isinstance(again, Recorded) or again.events != step.decision.events:  # type: ignore[union-attr]  # it is Recorded
            self._add(SAME_ANSWER, (*step.path, (step.act, step.at)), "asked twice, it differs")

    def _check_allowed(self, step: Step) -> None:
        """V32: yes to all that is recorded, and to no other act that is well formed."""
        trigger, is_done = step.act.trigger, isinstance(step.decision, Recorded)
        if trigger in SYSTEM_TRIGGERS or ALLOWED_IS_TRUE.name not in self.asked:
            return
        is_allowed = not step.allowed.get(trigger, (None,))
        is_plain = step.variant == "good" and trigger not in _PAYLOAD
        wrong_no = is_done and not is_allowed
        wrong_yes = is_allowed and not is_done
        if wrong_no or (wrong_yes and (is_plain or isinstance(step.decision, NotAllowed))):
            said = "allowed" if is_allowed else "not allowed"
            done = "recorded" if is_done else "not recorded"
            self._add(ALLOWED_IS_TRUE, (*step.path, (step.act, step.at)), f"{said}, but {done}")

    def _check_steps(self, step: Step, counted: Count) -> None:
        """V34: there is a step exactly where the table typed by hand has one."""
        last = counted.late_after
        if (
            self.expected.outcomes is None
            or the_typed_table_agrees.name not in self.open
            or (last is not None and step.at > last)
        ):
            return
        position, trigger = position_of(step.case), step.act.trigger
        typed = self.expected.find_outcome(position, trigger)
        has_step = typed is not None and not typed.has_no_step
        if typed is not None and step.identity == "right" and isinstance(step.decision, Recorded):
            self.done.add(Done(position, trigger, step.act.by.role))
        if has_step and not (typed and (typed.may(step.act.by.role) or not typed.may_somebody)):
            return  # shown by the act of somebody who may
        if has_step is isinstance(step.decision, NotAllowed):
            del self.open[the_typed_table_agrees.name]
            problem = "there is no such step" if has_step else "there is a step"
            self._add(the_typed_table_agrees, (*step.path, (step.act, step.at)), problem)

    def _check_lapse(self, step: Step, counted: Count) -> None:
        """V46: a sweep finds each limit that ran out."""
        if not isinstance(step.act, Lapse) or step.identity != "right":
            return
        last = counted.late_after
        if last is None or step.at <= last or isinstance(step.decision, Recorded):
            return
        if step.act.by.role is Role.SYSTEM:
            acts = (*step.path, (step.act, step.at))
            self._add(RAN_OUT_IS_LATE, acts, f"the limit ran out at {last}, and no lapse follows")

    def _check_typed(self, walked: Exploration) -> None:
        """V34: cases come to what is typed, and whom the table lets act, somewhere does."""
        if the_typed_table_agrees.name not in self.open:
            return
        reached: dict[str, Path] = {}
        for key, path in walked.states.items():
            reached.setdefault(key.text(), path)
        never = find_never(reached, self.done, self.expected, self.kinds)
        if never is not None:
            self._add(the_typed_table_agrees, *never)

    def add_all(self, examples: Iterable[Counterexample]) -> None:
        """Keep the invariants that a desk breaks."""
        self.found |= {each.invariant.name: each for each in examples}

    def _add(self, broken: Invariant, acts: tuple[tuple[Act, datetime], ...], problem: str) -> None:
        name = broken.name if broken is not IS_REACHED else f"{broken.name}: {problem}"
        if broken.name in self.asked and name not in self.found:
            self.found[name] = Counterexample(invariant=broken, acts=acts, problem=problem)
            if self.stops and self.found.keys() >= self.asked:
                raise AllFound


def find_stuck(walked: Exploration) -> list[StateKey]:
    """Return the states from which no case can be closed any more, those with few acts first."""
    before: dict[StateKey, set[StateKey]] = {}
    for key, edges in walked.edges.items():
        for edge in edges:
            before.setdefault(edge.to, set()).add(key)
    reached = {key for key in walked.states if key.state is State.CLOSED}
    waiting = [*reached]
    while waiting:
        new = before.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return [key for key in walked.states if key not in reached]


def _describe(record: Record) -> str:
    """Return the result of the last act, beside the counts of the clerk."""
    case, after = record.case, record.after
    parts = [f"{type(record.event).__name__} by {record.event.by.role.value}"]
    if case.due != after.due:
        parts.append(f"due {case.due}, expected {after.due}")
    if [each.due for each in case.lapses] != [*after.missed]:
        parts.append(f"{len(case.lapses)} lapses, expected {len(after.missed)}")
    wrong_clause = find_wrong_clause(record)
    return ", ".join([*parts, *after.disorder, *([wrong_clause] if wrong_clause else [])])
