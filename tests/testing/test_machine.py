"""The machine passes on sound desks, reaches what a blind one does not, and finds mistakes."""

from collections import Counter

import attrs
import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from phananh import HOA_BINH_2019, Desk, MemoryStore, RefusedError, StepNotAllowedError
from phananh.act_log.replay import replay
from phananh.regulation.acts import ACTS, SYSTEM_TRIGGERS
from phananh.regulation.events import Lapsed
from phananh.testing import CaseMachine, Expected
from phananh.testing.machine import DeskError
from tests.testing.invariants.mistakes import LOOSE, STRICT

SLOW = pytest.mark.slow
QUIET = settings(
    derandomize=True, deadline=None, database=None, phases=[Phase.generate],
    suppress_health_check=list(HealthCheck), stateful_step_count=50,
)  # fmt: skip


def run(*, examples, **members):
    """Run a machine with these members over so many examples."""
    machine = type("Machine", (CaseMachine,), members)
    run_state_machine_as_test(machine, settings=settings(QUIET, max_examples=examples))


def test_a_sound_desk_passes_and_every_act_is_met():
    """Each act is recorded, limits run out, and late cases are answered."""
    seen = Counter()

    class Watched(Desk):
        def do(self, case, act, **how):
            done = super().do(case, act, **how)
            seen.update([act.trigger, *(f"{lapse.stage}_lapse" for lapse in done.lapses)])
            seen["late_answer"] += act.trigger == "answer" and done.is_late
            return done

    run(examples=50, make_desk=lambda self, store: Watched(store=store, clock=self.clock))
    wanted = {*ACTS} - SYSTEM_TRIGGERS | {"officer_lapse", "agency_lapse", "late_answer"}
    assert wanted - seen.keys() == set()


@SLOW
@pytest.mark.parametrize(
    "changed",
    [
        {"late_after": "next_opening"},
        {"reschedules": 2, "first_appointment_counts": True},
        {"reschedule_after_due": True, "asked_again": "fresh"},
        {"reschedule_moves_due": False, "reply_limit": HOA_BINH_2019.officer_limit},
        {"reassign_restarts_clock": True, "provider_limit": HOA_BINH_2019.agency_limit},
        {"overdue_stages": ["agency"], "leadership_limit": HOA_BINH_2019.officer_limit},
    ],
    ids=str,
)
def test_a_reading_that_is_expected_is_played(changed):
    """Under each reading of the silent text the desk does what the clerk counts."""
    rules = attrs.evolve(HOA_BINH_2019, name="OTHER", **changed)
    run(examples=12, regulation=rules, expected=Expected.of(rules))


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
            self.sweep()
            raise


@pytest.mark.parametrize(
    ("broken", "says"),
    [
        (ForgetsLapses, "the history adds up to another case|the sweep marked|lapses"),
        (ForgetsCommands, "under its id"),
        (KeepsOldRows, "no row says what the case is"),
        (SkipsFeed, "the feed has other events than the history"),
    ],
)
def test_a_broken_store_is_found(broken, says):
    """What a store drops, forgets, lists wrongly or leaves out of its feed shows."""
    with pytest.raises(DeskError, match=says):
        run(examples=200, make_store=lambda _: broken())


def test_a_refusal_that_leaves_a_lapse_is_found():
    """A refused act changes nothing, not even a limit that ran out is written down."""
    with pytest.raises(DeskError, match="was refused, and changed the history"):
        run(examples=200, make_desk=lambda self, store: SweepingDesk(store=store, clock=self.clock))


SHOWN = ("twice", "any officer answers", "a blank answer", "no opinion", "the text is lost",
         "an answer needs findings")  # fmt: skip


# How many examples the others take is a matter of luck, which each change of the rules draws anew.
@pytest.mark.parametrize(
    "name",
    ["an accused acts", "an answer closes", *(pytest.param(n, marks=SLOW) for n in SHOWN)],
)
def test_a_mistake_in_the_rules_is_found(name):
    """Rules and desk agree on a mistake, and the text does not."""
    _, _, given = (LOOSE | STRICT)[name]
    with pytest.raises(DeskError, match=r"^(V\d+|W) \("):
        run(examples=300, regulation=given["rules"])


def test_another_number_than_the_text_is_found_at_once():
    """A desk by other rules is found by what it does, and other rules by their numbers."""
    twice = attrs.evolve(HOA_BINH_2019, name="TWICE", reschedules=2)
    with pytest.raises(DeskError, match=r"V49 .*\nreschedules is 2 in the rules, and 1"):
        run(examples=1, regulation=twice)
    with pytest.raises(DeskError, match="V21") as caught:
        run(examples=300, make_desk=lambda self, store: Desk(
            store=store, rules=twice, clock=self.clock))  # fmt: skip
    _, log = str(caught.value).split("after the acts\n")
    lines = log.encode().splitlines()
    outcomes = [each.outcome for each in replay(lines, desk=Desk(), name="shown")]
    assert outcomes == [*["recorded"] * (len(lines) - 1), "refused"]
