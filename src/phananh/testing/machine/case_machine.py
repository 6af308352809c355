"""The state machine: one rule per act, one for wrong acts, one for time, one for repeating.

It is guided: it begins deep in the table, asks for what the case's state has, and moves the clock
to where limits run out. What it reached is counted over the whole run.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, ClassVar

from phananh.desk.desk import Desk
from phananh.regulation.acts import Act, Receive
from phananh.regulation.case import Case
from phananh.regulation.context import CalendarChoice, make_lookup
from phananh.regulation.decide import list_triggers
from phananh.regulation.request import Kind, State
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.stores.base import Store
from phananh.stores.memory import MemoryStore
from phananh.testing.cases.desks import choose_start
from phananh.testing.clock import ManualClock
from phananh.testing.drawing import st, stateful
from phananh.testing.machine.beginnings import BEGINNINGS, OFTEN, make_receipt
from phananh.testing.machine.checked_run import CheckedTestCase
from phananh.testing.machine.counts import count_asked, list_required
from phananh.testing.machine.errors import require_reached
from phananh.testing.machine.office import Asked, Office
from phananh.testing.strategies.acts import acts, by_accused
from phananh.testing.strategies.people import requests
from phananh.testing.strategies.source_code import print_as_code

_TICK = timedelta(microseconds=1)
_DONE = (State.ANSWERED, State.REJECTED, State.CLOSED)
_REQUESTS = requests(complete=True, kinds=[kind for kind in Kind if kind != "denunciation"])
# What moves nothing; it is asked once until something moves, else a play consists of it.
_ASIDES = frozenset({"complete", "note", "notify_unit", "publish", "commend", "reassign"})
initialize, precondition, rule = stateful.initialize, stateful.precondition, stateful.rule
_Drawn = st.SearchStrategy[Any]


def _ask_machine(draw: Callable[["CaseMachine"], _Drawn]) -> _Drawn:
    """Return a strategy that the machine that runs chooses for its case of now."""
    return st.runner().flatmap(draw)


def _step(trigger: str) -> Any:
    """Return the rule of an act: enabled where the case's state has it, with an act that fits."""

    def ask(machine: "CaseMachine", act: Act) -> None:
        machine.ask(act)

    ask.__name__ = ask.__qualname__ = trigger
    ask.__doc__ = f"Ask for {trigger} on the case."
    drawn = _ask_machine(lambda machine: machine.acts(trigger))
    return precondition(lambda machine: machine.is_next(trigger))(rule(act=drawn)(ask))


class CaseMachine(stateful.RuleBasedStateMachine):
    """An office at work on a desk, and a clerk who counts along. Subclass it and run `TestCase`.

    regulation: the rules to check. `make_desk` may use others, to be tried against them.
    calendar: the office hours, as a `Desk` takes them.
    required: how often a run has to reach each thing, by name. None requires each act, lapse,
    late answer and so on at least once.
    reached: how often the last run did, with `steps` and `refused`.
    """

    regulation: ClassVar[Rules] = HOA_BINH_2019
    calendar: ClassVar[CalendarChoice | None] = None
    required: ClassVar[Mapping[str, int] | None] = None
    reached: ClassVar[Counter[str]] = Counter()
    TestCase = CheckedTestCase()

    def __init_subclass__(cls, **options: Any) -> None:
        """Give each class its own counts."""
        super().__init_subclass__(**options)
        cls.reached = Counter()

    def __init__(self) -> None:
        """Open an office without a case."""
        super().__init__()
        self.clock = ManualClock(choose_start(self.regulation))
        desk = self.make_desk(self.make_store())
        hours = make_lookup(type(self).calendar)
        self.office = Office(desk=desk, rules=self.regulation, calendar_for=hours)
        self.case_id = ""
        self.last: Asked | None = None
        self.tried: set[str] = set()
        self.swept_at: datetime | None = None
        self._seen: tuple[object, Case] | None = None

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
        self.office.desk.store.close()

    @property
    def case(self) -> Case:
        """The case that is worked on, as it reads now."""
        moment = (self.case_id, self.office.asked, self.clock())
        if self._seen is None or self._seen[0] != moment:
            self._seen = moment, self.office.desk.as_of(self.case_id)
        return self._seen[1]

    def is_new(self, what: str) -> bool:
        """Return whether this was not tried since anything moved."""
        return what not in self.tried

    def is_next(self, trigger: str) -> bool:
        """Return whether the case's state has this, and it was not asked since anything moved."""
        return self.is_new(trigger) and trigger in list_triggers(self.case, self.regulation)

    @property
    def is_put_off(self) -> bool:
        """Whether the citizen was put off as often as may be, and the agency's limit runs."""
        clerk, case = self.office.clerks[self.case_id], self.case
        return (
            clerk.reschedules >= max(self.regulation.reschedules, 1)
            and case.state is State.PENDING_VERIFICATION
            and case.clock is not None
        )

    def acts(self, trigger: str) -> st.SearchStrategy[Act]:
        """Return a strategy of acts that fit the case. Override it for your own people."""
        at = self.clock()
        return acts(case=self.case, triggers=[trigger], at=at, rules=self.regulation)

    @initialize(beginning=st.sampled_from(OFTEN))
    def begin(self, beginning: str) -> None:
        """Begin with a case deep in the table. Its acts are checked, but not counted."""
        kind, steps = BEGINNINGS[beginning]
        self.case_id = self.office.receive(make_receipt(kind)).id
        for step in steps:
            if isinstance(step, str):
                self._let_run_out()
            elif self.office.ask(self.case_id, step(self.case, self.clock())).case is None:
                return  # these rules do not go so far

    def _let_run_out(self) -> None:
        clock = self.case.clock
        if clock is not None:
            self.clock.set(clock.late_after + _TICK)
            self.office.sweep()

    def ask(self, act: Act) -> Asked:
        """Ask for an act on the case, check its outcome, and count it."""
        before = self.office.clerks[self.case_id]
        lapses = len(before.lapses)
        asked = self.office.ask(self.case_id, act)
        self.reached.update(count_asked(asked, before, lapses, self.clock()))
        if asked.case is not None:
            self.last = asked
        has_moved = asked.case is not None and act.trigger not in _ASIDES
        self.tried = set() if has_moved else {*self.tried, act.trigger}
        return asked

    def try_once(self, what: str, act: Act) -> None:
        """Ask for an act, and for none of this sort again until something moves."""
        self.ask(act)
        self.tried |= {what}

    complete = _step("complete")
    note = _step("note")
    reject = _step("reject")
    answer = _step("answer")
    escalate = _step("escalate")
    advise = _step("advise")
    request_verification = _step("request_verification")
    report_findings = _step("report_findings")
    reschedule = _step("reschedule")
    reassign = _step("reassign")
    notify_unit = _step("notify_unit")
    close = _step("close")
    publish = _step("publish")
    commend = _step("commend")
    rate = _step("rate")

    @precondition(lambda self: self.case.state in _DONE)
    @rule(act=_REQUESTS)
    def receive(self, act: Receive) -> None:
        """Take the next request, once this case is done."""
        self.case_id, self.last, self.tried = self.office.receive(act).id, None, set()
        self.reached.update(["steps", "receive"])

    @precondition(lambda self: self.is_new("begin_again") and self.case.state in _DONE)
    @rule(beginning=st.sampled_from(OFTEN))
    def begin_again(self, beginning: str) -> None:
        """Go on with another case deep in the table, once this one is done."""
        self.last, self.tried = None, {"begin_again"}
        self.begin(beginning)

    @rule(act=_ask_machine(lambda machine: machine.fitting_acts()))
    def work(self, act: Act) -> None:
        """Ask for what fits the case, more often for what leads it on."""
        self.ask(act)

    def fitting_acts(self) -> st.SearchStrategy[Act]:
        """Return a strategy of acts that fit the case."""
        return acts(case=self.case, at=self.clock(), rules=self.regulation)

    @precondition(lambda self: self.is_new("ask_wrongly"))
    @rule(act=_ask_machine(lambda machine: machine.wrong_acts()))
    def ask_wrongly(self, act: Act) -> None:
        """Ask for what must be refused: by a stranger, without text, out of turn, too late."""
        self.try_once("ask_wrongly", act)

    def wrong_acts(self) -> st.SearchStrategy[Act]:
        """Return a strategy of acts with one thing wrong."""
        return acts(case=self.case, well_formed=False, at=self.clock(), rules=self.regulation)

    @precondition(lambda self: self.is_new("ask_as_accused"))
    @precondition(lambda self: any(each.id for each in self.case.accused))
    @rule(act=_ask_machine(lambda machine: machine.acts_of_accused()))
    def ask_as_accused(self, act: Act) -> None:
        """Ask for what fits the case, as somebody who is accused in it."""
        self.try_once("ask_as_accused", act)

    def acts_of_accused(self) -> st.SearchStrategy[Act]:
        """Return a strategy of acts that fit, by an accused person."""
        fitting = self.fitting_acts()
        named = [each for each in self.case.accused if each.id]
        return print_as_code(st.builds(by_accused, fitting, st.sampled_from(named)))

    @precondition(lambda self: self.last is not None and self.is_new("repeat"))
    @rule()
    def repeat(self) -> None:
        """Ask once more for the act that was recorded last, under the same command id."""
        assert self.last is not None  # says the precondition
        self.office.repeat(self.last)
        self.last, self.tried = None, {*self.tried, "repeat"}
        self.reached.update(["steps", "repeat"])

    @precondition(lambda self: self.swept_at != self.clock())
    @rule()
    def sweep(self) -> None:
        """Mark what ran out, as the office does every few minutes."""
        lapsed, self.swept_at = self.office.sweep(), self.clock()
        self.reached.update(["steps", "sweep", *(f"{role}_lapse" for role in lapsed)])

    @precondition(lambda self: self.is_new("put_off_again") and self.is_put_off)
    @rule(act=_ask_machine(lambda machine: machine.acts("reschedule")))
    def put_off_again(self, act: Act) -> None:
        """Ask once more to put the citizen off, in time and to a later time: refused by 9.3."""
        self.try_once("put_off_again", act)

    @precondition(lambda self: self.is_new("move_clock"))
    @rule(to=_ask_machine(lambda machine: machine.moments()))
    def move_clock(self, to: datetime) -> None:
        """Go on to another moment: soon, or where a limit runs out."""
        self._go_on(to)

    @precondition(lambda self: self.case.clock is not None)
    @rule()
    def run_out(self) -> None:
        """Go on to the first instant at which the limit of the case has run out."""
        clock = self.case.clock
        assert clock is not None  # says the precondition
        self._go_on(clock.late_after + _TICK)

    def _go_on(self, to: datetime) -> None:
        self.clock.set(to)
        self.office.check_now()
        self.tried = {*(self.tried & _ASIDES), "move_clock"}
        self.reached.update(["steps", "move_clock"])

    def moments(self) -> st.SearchStrategy[datetime]:
        """Return a strategy of the next moment: soon, about the due time, or the next opening."""
        now, clock = self.clock(), self.case.clock
        soon = [now + timedelta(minutes=minutes) for minutes in (1, 60)]
        due = [clock.due + tick for tick in (-_TICK, 0 * _TICK, _TICK)] if clock else []
        late = [clock.late_after + _TICK] * 3 if clock else [now + timedelta(hours=16)]
        moments = [*soon, *(at for at in (*due, *late) if at > now)]
        return print_as_code(
            st.sampled_from([datetime.fromisoformat(at.isoformat()) for at in moments])
        )

    @classmethod
    def assert_reached(cls) -> None:
        """Raise `NotReachedError` if the last run met something less often than required."""
        required = list_required(cls.regulation) if cls.required is None else cls.required
        require_reached(cls.__name__, cls.reached, required)
