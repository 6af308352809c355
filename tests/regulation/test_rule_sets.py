"""Several sets of rules: in order of the day on which they begin, one of them for each day."""

from datetime import date

import attrs
import pytest

from phananh.desk.desk import Desk
from phananh.errors import InputError, UnknownRulesError
from phananh.regulation.rules import HOA_BINH_2019, find_in_force, list_rules
from tests.regulation import cast

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


def test_two_sets_of_one_id_are_refused():
    """A stored case names its rules by an id, and a former one counts."""
    later = attrs.evolve(HOA_BINH_2019, valid_from=date(2027, 1, 1), valid_until=None)
    heir = attrs.evolve(later, name="HEIR", former_ids=(HOA_BINH_2019.id,))
    for other in (later, heir):
        with pytest.raises(InputError) as caught:
            list_rules([HOA_BINH_2019, other])
        assert (caught.value.field, caught.value.code) == ("rules", "rules_of_one_id")
        assert caught.value.facts["value"] == HOA_BINH_2019.id


def test_a_case_stored_under_a_former_id_is_read_and_goes_on():
    """Rules that got another id name the former one, and their cases are decided as before."""
    former = attrs.evolve(HOA_BINH_2019, name="MAU", version="1a2b3c4d", former_ids=())
    desk = Desk(rules=former, clock=lambda: cast.MONDAY)
    case = desk.receive(
        kind="information", channel="phone", content="Câu hỏi", sender=cast.SENDER,
        by=cast.OPERATOR,
    )  # fmt: skip
    renamed = attrs.evolve(former, version="1")
    with pytest.raises(UnknownRulesError):
        attrs.evolve(desk, rules=renamed).answer(case, text="Trả lời", by=cast.OPERATOR)
    heir = attrs.evolve(desk, rules=attrs.evolve(renamed, former_ids=[former.id]))
    heir.answer(case, text="Trả lời", by=cast.OPERATOR)
    assert [event.rules for event in heir.history(case)] == [former.id, "MAU-1"]
    assert heir.get(case.id).rules == former.id


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
