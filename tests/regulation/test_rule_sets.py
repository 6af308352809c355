"""Several sets of rules: in order of the day on which they begin, one of them for each day."""

from datetime import date

import attrs
import pytest

from phananh.errors import InputError
from phananh.regulation.rule_sets import find_in_force, list_rules
from phananh.regulation.rules import HOA_BINH_2019

LATER = attrs.evolve(HOA_BINH_2019, name="LATER", valid_from=date(2027, 1, 1), valid_until=None)


def test_two_sets_of_one_day_are_refused_with_both_names():
    """Both ids and the day are said, so that one of them can be taken out."""
    other = attrs.evolve(HOA_BINH_2019, name="OTHER")
    for sets in ([HOA_BINH_2019, other], [HOA_BINH_2019, HOA_BINH_2019]):
        with pytest.raises(InputError) as caught:
            list_rules([LATER, *sets])
        assert (caught.value.field, caught.value.code) == ("rules", "rules_of_one_day")
        assert caught.value.facts["sets"] == tuple(each.id for each in sets)
        assert caught.value.facts["first"] == HOA_BINH_2019.valid_from


def test_the_set_that_began_last_is_in_force():
    """From its own day on, and before all of them the first."""
    sets = list_rules([LATER, HOA_BINH_2019])
    assert sets == (HOA_BINH_2019, LATER)
    assert find_in_force(sets, date(2026, 12, 31)) is HOA_BINH_2019
    assert find_in_force(sets, date(2027, 1, 1)) is LATER
    assert find_in_force(sets, date(1999, 1, 1)) is HOA_BINH_2019


def test_rules_are_shown_with_the_number_of_their_rows():
    """The repr counts the rows of the lifecycle, each of which would fill a screen."""
    shown = repr(HOA_BINH_2019)
    assert f"lifecycle=<{len(HOA_BINH_2019.lifecycle)}>" in shown
    assert len(shown) < 5_000
