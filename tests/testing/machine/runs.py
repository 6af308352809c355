"""How the tests run a machine: the same examples each time, and no shrinking where none is read."""

from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

QUIET = settings(
    derandomize=True,
    deadline=None,
    database=None,
    print_blob=False,
    report_multiple_bugs=False,
    suppress_health_check=list(HealthCheck),
    stateful_step_count=50,
)
NO_SHRINKING = settings(QUIET, phases=[Phase.generate])


def run_machine(machine, *, examples, steps=50, quick=True):
    """Run a machine over so many examples."""
    how = NO_SHRINKING if quick else QUIET
    run_state_machine_as_test(
        machine, settings=settings(how, max_examples=examples, stateful_step_count=steps)
    )
