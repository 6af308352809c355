"""The machine passes on sound desks, and reaches what a blind one does not."""

import subprocess
import sys
import unittest
from collections import Counter
from typing import ClassVar

import attrs
import pytest
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine

from phananh import HOA_BINH_2019, open_store
from phananh.regulation.acts import ACTS, SYSTEM_TRIGGERS
from phananh.testing import CaseMachine
from phananh.testing.machine import NotReachedError
from phananh.testing.strategies import calendars, rules
from tests.testing.machine.runs import QUIET, run_machine
from tests.testing.strategies.drawn import draw_many


class NormalMachine(CaseMachine):
    """The machine as it comes, with the numbers that a normal run has to reach."""

    required: ClassVar = {
        **dict.fromkeys(("second_reschedule_refused", "agency_lapse", "accused_refused"), 50),
        **dict.fromkeys(("late_answer", "repeat", "reassign"), 50),
        "officer_lapse": 10,
        "steps": 5000,
    }

    @classmethod
    def assert_reached(cls):
        """Ask for the numbers, and for each act among a hundred that are recorded."""
        super().assert_reached()
        reached, triggers = cls.reached, {*ACTS} - SYSTEM_TRIGGERS
        recorded = sum(reached[trigger] for trigger in triggers)
        for trigger in triggers:
            assert reached[trigger] >= recorded / 100, (trigger, reached)
        assert reached["refused"] < reached["steps"] / 3


class TestNormalRun(NormalMachine.TestCase):
    """The normal run, which also tells `make kit` what it reached."""

    @pytest.fixture(autouse=True)
    def _tell_reached(self, record_property):
        yield
        record_property("reached", dict(NormalMachine.reached))


TestNormalRun.settings = settings(QUIET, max_examples=250)


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
def test_a_clerk_knows_every_reading(changed):
    """Under each reading of the silent text the desk does what the clerk counts."""

    class Machine(CaseMachine):
        regulation = attrs.evolve(HOA_BINH_2019, name="OTHER", **changed)

    run_machine(Machine, examples=12)
    assert Machine.reached["steps"] > 200


def test_any_rules_and_any_hours_can_be_played():
    """Rules and calendars that were drawn are played on without a difference."""
    offices = draw_many(calendars(zones=["Asia/Ho_Chi_Minh"]), examples=4)
    for regulation, calendar in zip(draw_many(rules(), examples=4), offices, strict=False):
        machine = type("Machine", (CaseMachine,), {"regulation": regulation, "calendar": calendar})
        run_machine(machine, examples=3)
        assert machine.reached["steps"]


def test_a_store_of_ones_own_is_played_on(tmp_path):
    """The store is the one that `make_store` makes, and it is closed after each play."""
    made = []

    class Machine(CaseMachine):
        def make_store(self):
            made.append(open_store(tmp_path / f"{len(made)}.db"))
            return made[-1]

    run_machine(Machine, examples=6)
    assert len(made) >= 6
    with pytest.raises(Exception, match="closed"):
        made[0].load("HB-1")


def test_a_run_that_reached_too_little_fails():
    """Two steps reach next to nothing; the test case says what is missing and the way out."""

    class HastyMachine(CaseMachine):
        pass

    case = HastyMachine.TestCase
    case.settings = settings(QUIET, max_examples=2, stateful_step_count=2)
    result = unittest.TestResult()
    case().run(result)
    ((_, shown),) = result.failures
    assert "NotReachedError: HastyMachine took" in shown
    assert "agency_lapse 0 of 1" in shown
    assert "`HastyMachine.required`" in shown
    assert HastyMachine.TestCase is case


def test_counts_are_of_the_class_and_of_the_last_run():
    """A class does not share its counts, and its test case begins to count anew."""

    class Machine(CaseMachine):
        required: ClassVar = {"steps": 5}

    Machine.reached["steps"] = 10**9
    Machine.TestCase.settings = settings(QUIET, max_examples=5)
    result = unittest.TestResult()
    Machine.TestCase().run(result)
    assert result.wasSuccessful()
    assert 5 <= Machine.reached["steps"] < 10**6
    assert CaseMachine.reached == Counter()


def test_rules_that_never_put_off_are_not_asked_to():
    """With no reschedule allowed none is required, and one that is recorded would be a fault."""

    class Machine(CaseMachine):
        regulation = attrs.evolve(HOA_BINH_2019, name="NEVER", reschedules=0)

    run_machine(Machine, examples=60)
    Machine.assert_reached()
    assert not Machine.reached["reschedule"]


def test_what_is_required_follows_the_rules():
    """Each act of the table is asked for by default, and an empty run reached none."""
    with pytest.raises(NotReachedError) as caught:
        type("Machine", (CaseMachine,), {}).assert_reached()
    for trigger in {*ACTS} - SYSTEM_TRIGGERS:
        assert f"{trigger} 0 of 1" in str(caught.value)


def test_the_machine_is_one_of_hypothesis():
    """It can be run like any other; importing it loads no profile."""
    assert issubclass(CaseMachine, RuleBasedStateMachine)
    code = (
        "from hypothesis import settings; before = settings.default; "
        "import phananh.testing.machine; assert settings.default is before"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_hypothesis_the_extra_is_named():
    """Who imports the machine without Hypothesis is told which extra brings it."""
    code = "import sys; sys.modules['hypothesis'] = None; from phananh.testing import CaseMachine"
    run = subprocess.run([sys.executable, "-c", code], check=False, capture_output=True, text=True)
    assert 'needs the extra "testing"' in run.stderr.splitlines()[-1]
