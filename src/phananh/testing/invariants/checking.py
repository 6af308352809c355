"""Looks for a history that breaks an invariant: walks rules, counts beside them, compares."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import attrs

from phananh.errors import InputError, short_repr
from phananh.regulation.calendar_lookup import CalendarLookup
from phananh.regulation.engine.decide import NotAllowed, Recorded
from phananh.regulation.engine.decide import decide as library_decide
from phananh.regulation.engine.decide import list_allowed as library_list_allowed
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.regulation.values.acts import SYSTEM_TRIGGERS, Act
from phananh.regulation.values.events import Event
from phananh.testing.exploration.exploration import Exploration
from phananh.testing.exploration.explore import explore
from phananh.testing.exploration.step import Step
from phananh.testing.exploration.walk import Decide, ListAllowed
from phananh.testing.invariants.clerk import Clerk, Count
from phananh.testing.invariants.counterexample import Counterexample
from phananh.testing.invariants.desk_checks import MakeDesk, check_desk
from phananh.testing.invariants.expected import Expected
from phananh.testing.invariants.handling import HANDLING
from phananh.testing.invariants.handling import the_typed_table_agrees as TABLE
from phananh.testing.invariants.invariant import Invariant, Record
from phananh.testing.invariants.limits import LIMITS
from phananh.testing.invariants.outcomes import position_of
from phananh.testing.invariants.requests import REQUESTS
from phananh.testing.invariants.whole import (
    ALLOWED_IS_TRUE,
    CAN_BE_ANSWERED,
    IS_REACHED,
    SAME_ANSWER,
    WHOLE,
)
from phananh.testing.invariants.witnesses import find_missing

# Even a well-formed act of these depends on what it says: whose unit, which person, what kind.
_PAYLOAD = frozenset({"notify_unit", "escalate", "complete", "reschedule", "reassign"})
_EACH = (*REQUESTS, *HANDLING, *LIMITS)
_KINDS = ("information", "conduct", "service", "complaint")


def check(
    rules: Rules = HOA_BINH_2019,
    *,
    expected: Expected | None = None,
    kinds: Iterable[str] = _KINDS,
    calendar_for: CalendarLookup = None,
    decide: Decide = library_decide,
    list_allowed: ListAllowed = library_list_allowed,
    make_desk: MakeDesk | None = None,
    skip: Mapping[str, str] | None = None,
) -> tuple[Counterexample, ...]:
    """Return for each invariant that some history breaks the shortest acts that do.

    Every reachable state is visited, and each act is tried in it, well formed and spoilt in each
    known way.

    Args:
        rules: the built-in rules, or your own.
        expected: what the text says. By default that is Decision 2370.
        kinds: which kinds of request begin a history.
        calendar_for: role and unit -> calendar. By default the centre and agencies keep
            different hours, so that a limit on the wrong calendar shows.
        decide, list_allowed: a judge of your own in place of the library's.
        make_desk: rules -> a desk, for the invariants that ask a desk. By default a `Desk` on a
            `MemoryStore`.
        skip: name or number of an invariant -> why it is not asked of these rules.

    Raises:
        InputError: `skip` names no invariant.
    """
    skipped = _find_skipped(skip or {})
    checker = Checker(
        expected=expected or Expected(),
        decide=decide,
        open=[each for each in _EACH if not skipped & {each.id, each.name}],
    )
    ways: dict[str, Any] = {"decide": decide, "list_allowed": list_allowed}
    if calendar_for is not None:
        ways["calendar_for"] = calendar_for
    walked = explore(rules, kinds=kinds, spoiled=True, visit=checker.visit, **ways)
    checker.conclude(walked)
    found = [*checker.found.values(), *check_desk(rules, checker.refused, make_desk)]
    asked = (each for each in found if not skipped & {each.invariant.id, each.invariant.name})
    return tuple(sorted(asked, key=lambda each: (len(each.acts), each.invariant.name)))


def _find_skipped(skip: Mapping[str, str]) -> set[str]:
    known = {name for each in (*_EACH, *WHOLE) for name in (each.id, each.name)}
    for name in skip:
        if name not in known:
            raise InputError(field="skip", code="not_an_invariant", value=short_repr(name))
    return {*skip}


@attrs.define(kw_only=True)
class Checker:
    """Compares each step of a walk with what a clerk counts; keeps the first that differs."""

    expected: Expected
    decide: Decide
    open: list[Invariant]
    found: dict[str, Counterexample] = attrs.Factory(dict)
    stories: set[str] = attrs.Factory(set)
    refused: dict[tuple[str, str], Step] = attrs.Factory(dict)
    _history: tuple[Event, ...] = ()
    _counted: Count | None = None

    def visit(self, step: Step) -> None:
        """Look at one act that was tried."""
        if step.history is not self._history or self._counted is None:
            self._history = step.history
            clerk = Clerk(expected=self.expected, calendar_for=step.context.calendar_for)
            self._counted = clerk.count(step.history)
        self._check_allowed(step)
        self._check_steps(step, self._counted)
        if isinstance(step.decision, Recorded):
            self._check_again(step)
            self._check_record(step, step.decision, self._counted)
        elif not isinstance(step.decision, NotAllowed):
            key = (step.act.trigger, step.decision.reasons[0].code)
            self.refused.setdefault(key, step)

    def conclude(self, walked: Exploration) -> None:
        """Look at the whole walk: what leads nowhere, and what never happened."""
        for end in walked.dead_ends:
            self._add(CAN_BE_ANSWERED, end.path, f"nothing leads on from {end.position}")
        for missing in find_missing(self.stories):
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
            at=step.at,
            event=event,
            events=decision.events,
            history=history,
            case=decision.case,
            expected=self.expected,
        )
        self.stories.add(" ".join(type(past).__name__ for past in history))
        broken = [each for each in self.open if each.holds is not None and not each.holds(record)]
        for each in broken:
            self.open.remove(each)
            self._add(each, (*step.path, (step.act, step.at)), _describe(record))

    def _check_again(self, step: Step) -> None:
        """V33: the same answer to the same question."""
        again = self.decide(step.case, step.act, step.context)
        if not isinstance(again, Recorded) or again.events != step.decision.events:  # type: ignore[union-attr]  # it is Recorded
            self._add(SAME_ANSWER, (*step.path, (step.act, step.at)), "asked twice, it differs")

    def _check_allowed(self, step: Step) -> None:
        """V32: yes to all that is recorded, and to no other act that is well formed."""
        trigger, is_done = step.act.trigger, isinstance(step.decision, Recorded)
        if trigger in SYSTEM_TRIGGERS:
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
        outcomes, last = self.expected.outcomes, counted.late_after
        if outcomes is None or TABLE not in self.open or (last is not None and step.at > last):
            return
        typed = outcomes.get(position_of(step.case), {}).get(step.act.trigger)
        has_step = typed is not None and "N" not in typed.letters.values()
        if has_step is isinstance(step.decision, NotAllowed):
            self.open.remove(TABLE)
            problem = "there is no such step" if has_step else "there is a step"
            self._add(TABLE, (*step.path, (step.act, step.at)), problem)

    def _add(
        self, broken: Invariant, acts: tuple[tuple[Act, datetime], ...], problem: str
    ) -> None:
        name = broken.name if broken is not IS_REACHED else f"{broken.name}: {problem}"
        if name not in self.found:
            example = Counterexample(invariant=broken, acts=acts, problem=problem)
            self.found[name] = example


def _describe(record: Record) -> str:
    """Return what the last act led to, beside what the clerk counted."""
    case, after = record.case, record.after
    parts = [f"{type(record.event).__name__} by {record.event.by.role.value}"]
    if case.due != after.due:
        parts.append(f"due {case.due}, counted {after.due}")
    if [each.due for each in case.lapses] != [*after.missed]:
        parts.append(f"{len(case.lapses)} lapses, counted {len(after.missed)}")
    parts += after.disorder
    return ", ".join(parts)
