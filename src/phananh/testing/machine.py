"""A state machine for Hypothesis that plays office on a desk, and checks it at each step.

Subclass `CaseMachine`, give it your rules, calendar or store, and name its `TestCase`. Beside the
desk the clerk of `check` counts along, and the same invariants are asked of each act, recorded or
refused. What is recorded must be found again in history, row and feed, and what is refused leaves
no trace.

It is guided: it begins deep in the table, because from a receipt alone a random walk seldom comes
to an agency, and hardly ever to a second try to put the citizen off. It asks for what the state of
the case has, and moves the clock to where limits run out.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar, Final

import attrs

from phananh.desk.desk import Desk
from phananh.errors import RefusedError, StepNotAllowedError
from phananh.regulation.acts import ACTS, SYSTEM_TRIGGERS, Act
from phananh.regulation.case import Case, fold
from phananh.regulation.context import CalendarChoice, make_lookup
from phananh.regulation.decide import list_triggers
from phananh.regulation.events import Event
from phananh.regulation.request import Kind, Role, State
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.stores.base import IndexRow, Query, Store
from phananh.stores.index_row import make_index_row
from phananh.stores.memory import MemoryStore
from phananh.testing.clock import ManualClock
from phananh.testing.drawing import st, stateful
from phananh.testing.exploration import (
    GOOD_ACTS,
    OTHER_WAYS,
    SAME_WAYS,
    SPOILED_ACTS,
    Situation,
    Variant,
    accuse_officer,
    choose_start,
    list_actors,
    make_line,
    make_request,
)
from phananh.testing.invariants import (
    NUMBERS_AGREE,
    Asked,
    Clerk,
    Count,
    Examiner,
    Expected,
    Invariant,
)

_TICK, _HOUR = timedelta(microseconds=1), timedelta(hours=1)
# How often an act is drawn where it is possible, once if it is not named.
_WEIGHTS = {"escalate": 6, "request_verification": 6, "reschedule": 8, "advise": 6, "rate": 4,
            "reject": 3, "report_findings": 2, "close": 2, "commend": 3,
            "unpublish": 3}  # fmt: skip
initialize, precondition, rule = stateful.initialize, stateful.precondition, stateful.rule
_DONE = (State.ANSWERED, State.REJECTED, State.CLOSED)


_WELL = tuple(
    each for each in (*GOOD_ACTS, *OTHER_WAYS, *SAME_WAYS) if each.trigger not in SYSTEM_TRIGGERS
)
_STEPS = {each.trigger: each for each in GOOD_ACTS} | {
    "accuse": Variant("complete", "accuse the officer", accuse_officer),
    "excluded": next(each for each in SPOILED_ACTS if each.name == "excluded"),
    "leadership": next(each for each in OTHER_WAYS if each.name == "to leadership"),
}
# By name: the kind of request, the acts done with it, and how often it is drawn. "late" lets a
# limit run out, and "accuse" makes the officer who has the case, or asked, one of the accused.
BEGINNINGS: Final[Mapping[str, tuple[Kind, str, int]]] = {
    "received": (Kind.INFORMATION, "", 3),
    "a report, received": (Kind.CONDUCT, "", 3),
    "a complaint, received": (Kind.COMPLAINT, "", 3),
    "with the officer": (Kind.CONDUCT, "escalate", 5),
    "with the agency": (Kind.CONDUCT, "escalate request_verification", 8),
    "put off": (Kind.CONDUCT, "escalate request_verification reschedule", 3),
    "put off, then asked again": (
        Kind.CONDUCT,
        "escalate request_verification reschedule report_findings request_verification",
        2,
    ),
    "late with the agency": (Kind.CONDUCT, "escalate request_verification late", 2),
    "late with the officer": (Kind.CONDUCT, "escalate late", 2),
    "with the leadership": (Kind.PROPOSAL, "leadership", 5),
    "advised": (Kind.REGULATION, "leadership advise", 3),
    "refused": (Kind.COMPLAINT, "excluded", 2),
    "with the provider": (Kind.SERVICE, "escalate", 3),
    "the agency is accused": (Kind.CONDUCT, "escalate request_verification accuse", 2),
    "the officer is accused": (Kind.CONDUCT, "escalate accuse", 2),
    "reported": (Kind.CONDUCT, "escalate request_verification report_findings", 3),
    "reported late": (Kind.CONDUCT, "escalate request_verification late report_findings", 2),
    "answered": (Kind.CONDUCT, "escalate answer", 4),
    "answered on the spot": (Kind.INFORMATION, "answer publish", 2),
    "sent back, then passed on again": (Kind.CONDUCT, "escalate send_back escalate", 2),
    "sent back by the agency": (Kind.CONDUCT, "escalate request_verification send_back", 2),
    "a lapse lifted": (Kind.CONDUCT, "escalate request_verification late lift_lapse", 2),
    "refused, then reopened": (Kind.COMPLAINT, "excluded reopen", 1),
}
_OFTEN = st.sampled_from(
    [name for name, (_, _, weight) in BEGINNINGS.items() for _ in range(weight)]
)
# What moves nothing is asked once until something moves, else a play consists of it.
_ASIDES = frozenset({
    "complete", "note", "notify_unit", "report_outcome", "publish", "unpublish", "commend",
    "reassign",
})  # fmt: skip


class DeskError(AssertionError):
    """The desk broke the rules. The message ends with the act log that shows it."""


class CaseMachine(stateful.RuleBasedStateMachine):
    """An office at work on a desk, and a clerk who counts along. Subclass it and run `TestCase`.

    regulation: the rules to check. `make_desk` may use others, to be tried against them.
    expected: what the text says, typed apart from the rules. None is Decision 2370.
    calendar: the office hours, as a `Desk` takes them.

    Example:
        >>> class OurMachine(CaseMachine):
        ...     '''Our rules, at work.'''
        ...     regulation = HOA_BINH_2019
        >>> TestOurs = OurMachine.TestCase  # in a file of yours that pytest runs
    """

    regulation: ClassVar[Rules] = HOA_BINH_2019
    expected: ClassVar[Expected | None] = None
    calendar: ClassVar[CalendarChoice | None] = None

    def __init__(self) -> None:
        """Open an office without a case."""
        super().__init__()
        self.clock = ManualClock(choose_start(self.regulation))
        self.desk = self.make_desk(self.make_store())
        text = type(self).expected or Expected()
        self.clerk = Clerk(expected=text, calendar_for=make_lookup(type(self).calendar))
        self.examiner = Examiner(clerk=self.clerk)
        self.lines: list[dict[str, Any]] = []
        self.names: dict[str, str] = {}
        self.case_id = ""
        self.last: tuple[Act, str, Case] | None = None
        self.tried: set[str] = set()
        self.swept_at: datetime | None = None
        self.position: str | None = None
        for difference in text.list_differences(self.regulation):
            self.fail(NUMBERS_AGREE, difference)

    def make_store(self) -> Store:
        """Return a new, empty store."""
        return MemoryStore()

    def make_desk(self, store: Store) -> Desk:
        """Return the desk that is tried. Its clock is `self.clock`."""
        return Desk(
            store=store, rules=self.regulation, calendar=type(self).calendar, clock=self.clock
        )

    def teardown(self) -> None:
        """Close the store."""
        self.desk.store.close()

    def fail(self, broken: Invariant | str, problem: str = "") -> None:
        """Raise `DeskError` with the acts that were done."""
        log = "\n".join(json.dumps(line, ensure_ascii=False) for line in self.lines)
        raise DeskError("\n".join(filter(None, [str(broken), problem, "after the acts", log])))

    @property
    def case(self) -> Case:
        """The case that is worked on, as it reads now."""
        return self.desk.as_of(self.case_id)

    @property
    def history(self) -> tuple[Event, ...]:
        """The events of the case, as they are stored."""
        return self.desk.store.load(self.case_id)

    @initialize(beginning=_OFTEN)
    def begin(self, beginning: str) -> None:
        """Begin with a case deep in the table."""
        kind, steps, _ = BEGINNINGS[beginning]
        self._receive(make_request(kind))
        for step in steps.split():
            if step != "late":
                acts = self._list_acts([_STEPS[step]])
                if not acts or not self._ask(acts[0]):
                    break  # these rules do not go so far
            elif self.case.clock is not None:
                self.clock.set(self.case.clock.late_after + _TICK)
                self.sweep()
        self.last, self.tried = None, set()

    def _receive(self, act: Act) -> None:
        """Record a request, which must not be turned away (Art. 3.1)."""
        name = f"case {len(self.names) + 1}"
        self.lines.append(make_line(act, self.clock(), case=name))
        case = self.desk.do(None, act)
        self.case_id, self.names[case.id] = case.id, name
        self._check_stored(case, ())

    def _list_acts(self, variants: Iterable[Variant], *, wrong: bool = False) -> list[Act]:
        """Return these acts on the case, by the people whom the text lets act, or by all others."""
        case, at = self.case, self.clock()
        position = self._count(at).position
        found = []
        for each in variants:
            fields = each.find(Situation(case, at, self.regulation, self.clerk.calendar_for))
            may = self.clerk.expected.find_roles(position, each.trigger)
            for person, identity in list_actors(case):
                is_right = identity == "right" and person.role in may
                # Of the other roles one is enough, unless somebody of theirs is accused.
                is_odd = identity in ("right", "accused") or person.role in may
                if fields is not None and is_right is not wrong and is_odd:
                    found.append(ACTS[each.trigger](by=person, **dict(fields)))
        return found

    def _count(self, at: datetime) -> Count:
        return self.clerk.pass_time(self.clerk.count(self.history), at)

    def _ask(self, act: Act) -> bool:
        """Ask for an act, and return whether it was recorded. A citizen names the case by code."""
        at, history, rows = self.clock(), self.history, self._find_rows()
        counted, case = self.clerk.count(history), fold(history)
        now, is_citizen = self.clerk.pass_time(counted, at), act.by.role is Role.CITIZEN
        key, command = str(case.code) if is_citizen else case.id, f"command {len(self.lines)}"
        self.lines.append(make_line(act, at, case=self.names[case.id]))
        asked = Asked(
            before=now, act=act, at=at, by_code=is_citizen, history=history,
            expected=self.clerk.expected,
        )  # fmt: skip
        try:
            done = self.desk.do(key, act, command_id=command)
        except (RefusedError, StepNotAllowedError) as error:
            reasons = error.refusals if isinstance(error, RefusedError) else ()
            if act.by.role in self.clerk.expected.find_roles(now.position, act.trigger):
                self._fail_at(act, self.examiner.examine_refusal(asked, reasons))
            if (self.history, self._find_rows()) != (history, rows) or self._read_feed():
                self.fail(f"{act.trigger} was refused, and changed the history, a row or the feed")
            if self.desk.store.find_command(command) is not None:
                self.fail("the command id of a refused act was recorded")
            self.lines.pop()
            return False
        new = self._check_stored(done, history)
        self._fail_at(act, self.examiner.examine(attrs.evolve(asked, before=counted), new, done))
        self.last = act, command, done
        return True

    def _fail_at(self, act: Act, found: Iterable[tuple[Invariant, str]]) -> None:
        for broken, problem in found:
            self.fail(broken, f"{act.trigger} by {act.by.role.value}: {problem}")

    def _find_rows(self) -> tuple[IndexRow, ...]:
        return self.desk.store.find(Query(limit=1000)).rows

    def _read_feed(self) -> tuple[Event, ...]:
        """Return the events of the feed since it was last read."""
        found = self.desk.store.scan(self.position, limit=1000)
        self.position = found[-1].position if found else self.position
        return tuple(entry.event for entry in found)

    def _check_stored(self, case: Case, before: tuple[Event, ...]) -> tuple[Event, ...]:
        """Return the new events. The returned case is stored, in a row and in the feed."""
        history = self.history
        new = history[len(before) :]
        if not new or history[: len(before)] != before or fold(history) != case:
            self.fail("the history adds up to another case")
        if make_index_row(case) not in self._find_rows():
            self.fail("no row says what the case is")
        if self._read_feed() != new:
            self.fail("the feed has other events than the history")
        return new

    @rule(data=st.data())
    def work(self, data: Any) -> None:
        """Ask for what the text lets somebody do, more often for what leads the case on."""
        self._work(data)

    @rule(data=st.data())
    def work_on(self, data: Any) -> None:
        """Ask for it as often as for all else."""
        self._work(data)

    def _work(self, data: Any) -> None:
        acts = self._list_acts(_WELL)
        named = dict.fromkeys(act.trigger for act in acts if act.trigger not in self.tried)
        triggers = [each for each in named for _ in range(_WEIGHTS.get(each, 1))]
        if triggers:
            trigger = data.draw(st.sampled_from(triggers))
            act = data.draw(st.sampled_from([act for act in acts if act.trigger == trigger]))
            is_moved = self._ask(act) and trigger not in _ASIDES
            self.tried = set() if is_moved else {*self.tried, trigger}

    @precondition(lambda self: "wrong" not in self.tried)
    @rule(data=st.data(), spoiled=st.booleans())
    def ask_wrongly(self, data: Any, spoiled: bool) -> None:  # noqa: FBT001  # Hypothesis names it
        """Ask for what must be refused: an act spoilt in each way, or by the wrong people."""
        known = list_triggers(self.case, self.regulation)[data.draw(st.integers(0, 2)) :: 3]
        self.tried |= {"wrong"}
        ways = SPOILED_ACTS if spoiled else GOOD_ACTS
        chosen = [each for each in ways if each.trigger in known]
        for act in self._list_acts(chosen, wrong=not spoiled):
            if self._ask(act):
                self.tried = set()
                return

    @precondition(lambda self: self.last is not None)
    @rule()
    def repeat(self) -> None:
        """Ask once more for the act that was recorded last, under the same command id."""
        act, command, case = self.last or (None, "", None)
        assert act is not None  # says the precondition
        key = str(case.code) if case and act.by.role is Role.CITIZEN else self.case_id
        before = self.history
        try:
            again = self.desk.do(key, act, command_id=command)
        except (RefusedError, StepNotAllowedError) as error:
            self.fail(f"{act.trigger} under its id was refused: {error}")
        else:
            if again != case or self.history != before or self._read_feed():
                self.fail(f"{act.trigger} was recorded twice under one id, or differs")
        self.last = None

    @precondition(lambda self: self.swept_at != self.clock())
    @rule()
    def sweep(self) -> None:
        """Mark limits that ran out, as the office does every few minutes."""
        at, late = self.clock(), set()
        self.swept_at = at
        for case in self.names:
            counted = self.clerk.count(self.desk.store.load(case))
            late |= {case} if self.clerk.pass_time(counted, at) != counted else set()
        self.lines.append({"act": "sweep", "at": at.isoformat()})
        lapsed = {event.case for event in self.desk.sweep().lapsed}
        if lapsed != late:
            self.fail(f"the sweep marked {sorted(lapsed)} and not {sorted(late)}")
        self._read_feed()
        for case in late:
            history = self.desk.store.load(case)
            counted, done = self.clerk.count(history), fold(history)
            if [x.due for x in done.lapses] != [x.due for x in counted.missed] or counted.disorder:
                self.fail(f"lapses of {self.names[case]}", counted.disorder or str(done.lapses))

    @rule(data=st.data())
    def move_clock(self, data: Any) -> None:
        """Go on to another moment: soon, about the due time, or to the next day."""
        now, clock = self.clock(), self.case.clock
        moments = [now + timedelta(minutes=1), now + _HOUR]
        if clock is None:
            moments.append(now + 16 * _HOUR)
        else:
            due = [clock.due + tick for tick in (-_TICK, 0 * _TICK, _TICK)]
            moments += [at for at in (*due, *[clock.late_after + _TICK] * 4) if at > now]
        self._go_to(data.draw(st.sampled_from(moments)))

    @precondition(lambda self: self.case.clock is not None)
    @rule()
    def run_out(self) -> None:
        """Go on to the first instant at which the limit of the case has run out."""
        clock = self.case.clock
        if clock is not None:
            self._go_to(clock.late_after + _TICK)

    def _go_to(self, at: datetime) -> None:
        self.clock.set(at)
        seen, counted = self.case, self._count(self.clock())
        if (seen.due, seen.is_late) != (counted.due, counted.is_late):
            self.fail(f"as of now the case is due {seen.due}", f"expected {counted.due}")
        self.tried &= _ASIDES

    @precondition(lambda self: self.case.state in _DONE and len(self.tried) > 3)
    @rule(beginning=_OFTEN)
    def begin_again(self, beginning: str) -> None:
        """Go on with another case deep in the table, once this one is done."""
        self.begin(beginning)
