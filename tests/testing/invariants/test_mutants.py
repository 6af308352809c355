"""Each mistake in rules is caught by the invariant that it names, in six acts at most."""

import re

import pytest

from phananh.testing import INVARIANTS, check
from phananh.testing.invariants.checking import check as check_rules
from tests.testing.invariants.mutants import MUTANTS

NAMES = {each.name for each in INVARIANTS}
# One or two kinds of request show these mistakes; to look at all takes seconds.
KINDS = {
    "M1 no opinion": "service",
    "M2 refused out of hours": "complaint",
    "M21 counted anew after a second hand-over": "information",
    "M30 recorded before the guards": "information",
    "M31 the old holder": "complaint",
    "M37 the first appointment counts": "information",
    "M45 no answer once overdue": "information",
    "M46 a lapse a stage": "information",
    "M4 another language is no reason": "complaint",
    "M5 a denunciation is answered": ["complaint", "denunciation"],
    "M6 a regulation to the provider": "regulation",
    "M10 the agency of the officer's unit": "information",
    "M12 an accused under another unit": "conduct",
    "M12 the second accused": "conduct",
    "M12 an accused beside an unknown one": "conduct",
    "M13 the second accused gets the case": "conduct",
    "M21 once an agency": "information",
    "M28 with a former phone": "conduct",
    "M28 by a colleague of the second accused": "conduct",
    "M50 the provider gets it without contact": ["complaint", "service"],
    "M60 never published": "conduct",
    "M60 the leadership names nobody": "conduct",
    "M60 no agency gets another person": "conduct",
}


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_is_caught_by_its_invariant(mutant):
    """The invariant named finds the mistake, with acts that a person can read."""
    given = {"kinds": KINDS[mutant.name]} if mutant.name in KINDS else {}
    counterexamples = check(**mutant.given, **given, only=[mutant.found_by])
    found = {each.invariant.name: each for each in counterexamples}
    assert mutant.found_by in found
    assert len(found[mutant.found_by].acts) <= 1 + 6  # the receipt, and what is done then


def test_every_mutant_of_the_research_is_there():
    """M1 to M46 are all there, and each invariant names those that it catches."""
    numbers = {int(mutant.id[1:]) for mutant in MUTANTS}
    assert numbers >= {*range(1, 47)}
    told = {
        int(found)
        for each in INVARIANTS
        for m in each.mutants
        for found in re.findall(r"M(\d+)", m)
    }
    assert told == numbers
    assert all(mutant.found_by in NAMES for mutant in MUTANTS)


def test_sound_rules_have_no_counterexample():
    """The built-in rules break no invariant."""
    assert check_rules() == ()
