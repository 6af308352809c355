"""The machine finds defects that are put in as values: rules, rows, guards, wrapped stores."""

import re
from datetime import timedelta

import attrs
import pytest
from hypothesis import stateful
from hypothesis import strategies as st

from phananh import HOA_BINH_2019, Desk, MemoryStore, RefusedError, StepNotAllowedError
from phananh.act_log.replay import replay
from phananh.regulation import recorders as record
from phananh.regulation.events import Lapsed
from phananh.regulation.guards import Guard
from phananh.regulation.lifecycle import LIFECYCLE
from phananh.regulation.rules import Rules
from phananh.testing import CaseMachine
from phananh.testing.machine import DeskError
from tests.testing.machine.runs import run_machine


class WrappedStore:
    """A store that does what another does, but for what a subclass does otherwise."""

    def __init__(self):
        """Begin with nothing stored."""
        self.inner = MemoryStore()

    def __getattr__(self, name):
        """Do as the other store does."""
        return getattr(self.inner, name)


class ForgetsLapses(WrappedStore):
    """Drops a change that is nothing but a lapse, and says that it was recorded."""

    def commit(self, changes):
        """Record all but lapses."""
        self.inner.commit([c for c in changes if not isinstance(c.events[-1], Lapsed)])


class ForgetsCommands(WrappedStore):
    """Records an act without its command id, so that it is done twice."""

    def commit(self, changes):
        """Record the changes alone."""
        self.inner.commit([attrs.evolve(change, commands=()) for change in changes])


class KeepsOldRows(WrappedStore):
    """Lists a case as it was when it was received."""

    def find(self, query):
        """Return the rows with the state of the first event."""
        page = self.inner.find(query)
        rows = [attrs.evolve(r, state=self.inner.load(r.case)[0].state) for r in page.rows]
        return attrs.evolve(page, rows=tuple(rows))


class SkipsFeed(WrappedStore):
    """Leaves the second of two events that were recorded at once out of the feed."""

    def scan(self, after=None, *, limit=500):
        """Return one of two."""
        found = self.inner.scan(after, limit=limit)
        return found[:1] if len(found) == 2 else found


class SweepingDesk(Desk):
    """Sweeps after what was refused, so that it leaves a lapse behind."""

    def do(self, case, act, **options):
        """Do as the act asks; where it is refused, sweep."""
        try:
            return super().do(case, act, **options)
        except (RefusedError, StepNotAllowedError):
            if act.trigger != "lapse":
                self.sweep()
            raise


def change_rows(trigger, **changed):
    """Return the rules with each row of an act changed."""
    rows = [attrs.evolve(r, **changed) if r.trigger == trigger else r for r in LIFECYCLE]
    return attrs.evolve(HOA_BINH_2019, name="CHANGED", lifecycle=rows)


def drop_guards(trigger, *codes):
    """Return the rules without the guards of an act that have these codes."""
    rows = [
        attrs.evolve(row, guards=tuple(g for g in row.guards if g.code not in codes))
        if row.trigger == trigger
        else row
        for row in LIFECYCLE
    ]
    return attrs.evolve(HOA_BINH_2019, name="CHANGED", lifecycle=rows)


def read(**changed) -> Rules:
    """Return the rules with readings changed."""
    return attrs.evolve(HOA_BINH_2019, name="CHANGED", **changed)


def keep_with_agency(case, act, head, context):
    """Record findings, and leave the case where it was."""
    return attrs.evolve(record.report_findings(case, act, head, context), holder=case.holder)


def never(*_):
    """Object always."""
    return {}


NOBODY = Guard(code="never", article=LIFECYCLE[0].article, check=never)
# The desk acts by these rules, and those of Hòa Bình have to hold.
WRONG_RULES = {
    "puts off twice": (read(reschedules=2), "reschedule was recorded"),
    "late at the next opening": (read(late_after="next_opening"), "late"),
    "nine hours for the agency": (
        read(agency_limit=attrs.evolve(HOA_BINH_2019.agency_limit, budget=timedelta(hours=9))),
        "due: the case says",
    ),
    "a reassignment starts anew": (
        read(reassign_restarts_clock=True),
        r"due: the case says \S+\+07:00, it should be \S+\+07:00",
    ),
    "a reschedule that moves nothing": (read(reschedule_moves_due=False), "due: the case says"),
    "an agency asked again has it all again": (read(asked_again="fresh"), "due: the case says"),
    "late cases are put off": (read(reschedule_after_due=True), "reschedule was recorded"),
    "the accused may act": (read(guards=()), "8.1.c2"),
    "nobody may close": (change_rows("close", guards=(NOBODY,)), "close was refused"),
}  # fmt: skip
# Both act by these rules: only the clerk, who asks no table, can see it.
WRONG_TABLES = {
    "the accused may act": (read(guards=()), "8.1.c2"),
    "put off without end": (drop_guards("reschedule", "rescheduled_before"), "9.3: put off 1"),
    "put off when late": (drop_guards("reschedule", "already_late"), "9.3: the limit has run"),
    "put off to an earlier time": (drop_guards("reschedule", "not_later"), "not later"),
    "any officer asks an agency": (
        change_rows("request_verification", by_holder=frozenset()),
        "8.1.c1: only whoever",
    ),
    "blank findings": (drop_guards("report_findings", "blank"), "text that has to be given"),
    "a time told that is past": (
        drop_guards("request_verification", "past_appointment"),
        "8.1.c1: the time told",
    ),
    "findings stay with the agency": (
        change_rows("report_findings", make_event=keep_with_agency),
        "holder: the case says",
    ),
}
BROKEN = {
    ForgetsLapses: "lapses: the case says|late|adds up to another case",
    ForgetsCommands: "under its id was refused|recorded twice|another result",
    KeepsOldRows: "no row says what the case is",
    SkipsFeed: "the feed has other events",
}


# Where a play begins that comes to the defect soon; elsewhere it is drawn, and comes later.
NEAR = {
    "a reassignment starts anew": "with the officer",
    "nobody may close": "answered",
    "any officer asks an agency": "put off",
}


def make_machine(name, **members):
    """Return a machine whose plays begin near the defect of this name."""
    if name in NEAR:

        @stateful.initialize(beginning=st.just(NEAR[name]))
        def begin(self, beginning):
            CaseMachine.begin(self, beginning)

        members["begin"] = begin
    return type("Machine", (CaseMachine,), members)


def find_defect(machine, says):
    """Return what a machine says of a defect, which it has to find, and in these words."""
    with pytest.raises(DeskError) as caught:
        run_machine(machine, examples=1500)
    shown = str(caught.value)
    assert re.search(says, shown), shown
    return shown


@pytest.mark.parametrize("name", WRONG_RULES)
def test_a_desk_with_other_rules_is_found(name):
    """A desk whose rules differ from those that have to hold is told by what it did."""
    wrong, says = WRONG_RULES[name]

    def make_desk(self, store):
        return Desk(store=store, rules=wrong, clock=self.clock)

    find_defect(make_machine(name, make_desk=make_desk), says)


# Seldom drawn; `check` finds it in every run.
SELDOM = {"blank findings"}


@pytest.mark.parametrize(
    "name",
    [pytest.param(n, marks=pytest.mark.slow if n in SELDOM else ()) for n in WRONG_TABLES],
)
def test_a_mistake_in_the_rules_themselves_is_found(name):
    """Where desk and rules agree on a wrong row or guard, the clerk does not."""
    wrong, says = WRONG_TABLES[name]
    find_defect(make_machine(name, regulation=wrong), says)


@pytest.mark.parametrize("store", BROKEN, ids=lambda store: store.__name__)
def test_a_broken_store_is_found(store):
    """What a store drops, forgets, lists wrongly or leaves out of its feed shows."""
    find_defect(type("Machine", (CaseMachine,), {"make_store": lambda _: store()}), BROKEN[store])


def test_an_act_that_is_refused_and_leaves_a_lapse_is_found():
    """A refused act changes nothing, not even a limit that ran out is written down."""

    class Machine(CaseMachine):
        def make_desk(self, store):
            return SweepingDesk(store=store, rules=self.regulation, clock=self.clock)

    find_defect(Machine, "a refused act changed the history")


def test_a_counterexample_is_short_and_can_be_replayed():
    """The shrunk play ends in an act log, every line of which but the last is recorded."""

    class Machine(CaseMachine):
        @stateful.initialize(beginning=st.just("put off"))
        def begin(self, beginning):
            super().begin(beginning)

        def make_desk(self, store):
            return Desk(store=store, rules=read(reschedules=2), clock=self.clock)

    with pytest.raises(DeskError) as caught:
        run_machine(Machine, examples=100, steps=4, quick=False)
    _, log = str(caught.value).split("after the acts\n")
    lines = log.encode().splitlines()
    outcomes = [each.outcome for each in replay(lines, desk=Desk(), name="shown")]
    assert outcomes == [*["recorded"] * (len(lines) - 1), "refused"]
    assert len(lines) <= 6
    notes = "\n".join(caught.value.__notes__)
    assert "state.begin(beginning='put off')" in notes
    assert "datetime.fromisoformat(" in notes
    assert not re.search(r"lambda|builds\(|datetime\.datetime\(", notes)
