"""Each mistake in rules is caught by the invariant that it names, in six acts at most."""

import pytest

from phananh.testing import check
from phananh.testing.invariants import INVARIANTS
from tests.testing.invariants.mistakes import LOOSE, QUICK, STRICT

MISTAKES = LOOSE | STRICT
NAMES = [n if n in QUICK else pytest.param(n, marks=pytest.mark.slow) for n in MISTAKES]


@pytest.mark.parametrize("name", NAMES)
def test_a_mistake_is_caught_by_its_invariant(name):
    """The invariant named finds the mistake, with acts that a person can read."""
    invariant, kind, given = MISTAKES[name]
    (found,) = check(**given, kinds=kind, only=[invariant])
    assert found.invariant.id == invariant
    assert len(found.acts) <= 1 + 6  # the receipt, and what is done then
    assert found.problem


def test_every_invariant_has_a_mistake():
    """Each is needed to find one, but what the code cannot do without breaking another."""
    known = {each.id for each in INVARIANTS}
    assert known - {invariant for invariant, _, _ in MISTAKES.values()} == {"V31"}


@pytest.mark.parametrize("kind", ["service", pytest.param("conduct", marks=pytest.mark.slow)])
def test_sound_rules_have_no_counterexample(kind):
    """The built-in rules break no invariant. Of every kind `examples/sla_rules` asks it."""
    assert check(kinds=kind) == ()
