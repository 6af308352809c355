"""What a text says is checked when it is typed."""

from datetime import timedelta

import pytest

from phananh import HOA_BINH_2019, InputError
from phananh.errors import InputTypeError
from phananh.testing import Expected, check
from phananh.testing.invariants import read_outcomes


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        ({"late_after": "x"}, "'x' is unknown; use one of due, next_opening"),
        ({"asked_again": "never"}, "'never' is unknown; use one of continues, fresh"),
        ({"overdue_stages": ["boss"]}, "boss is unknown; use one of agency"),
        ({"overdue_stages": "agency"}, "'agency' is not a set"),
        ({"officer_limit": 8}, "8 is neither a timedelta nor a Term"),
        ({"agency_limit": None}, "None is neither a timedelta nor a Term"),
        ({"provider_limit": HOA_BINH_2019.officer_limit}, "neither a timedelta nor a Term"),
        ({"reply_limit": timedelta()}, "0:00:00 is not a limit"),
        ({"reschedules": -1}, "-1 is not a number of times"),
        ({"contact_gate": "no"}, "'no' is not a boolean"),
        ({"outcomes": "[closed]"}, r"'\[closed\]' is not a table of outcomes; read it with"),
        ({"outcomes": {"closed": 5}}, "is not a table of outcomes"),
        ({"outcomes": {"closed": {"rate": "R"}}}, "is not a table of outcomes"),
    ],
    ids=str,
)
def test_a_wrong_value_is_refused(given, problem):
    """The field is named, and the way out is that of the rules' own fields."""
    (field,) = given
    with pytest.raises(InputError, match=f"^{field}: .*{problem}"):
        Expected(**given)


def test_rules_in_its_place_are_refused():
    """Rules given as `expected` are refused with the way to what they say."""
    for given in (HOA_BINH_2019, "HB-2019", {}):
        with pytest.raises(InputTypeError, match=r"expected: .* give Expected\(\.\.\.\), or Exp"):
            check(expected=given)  # type: ignore[arg-type]


def test_stages_may_be_listed():
    """Stages are taken as rules take them."""
    assert Expected(overdue_stages=["agency"]) == Expected(overdue_stages=frozenset({"agency"}))


def test_a_reading_has_its_own_lines():
    """Typed lines of a reading take the place of the others where it is the reading."""
    typed = read_outcomes("""
        [overdue/officer if reply_limit]
        lapse F F F F F F F F R = 8
        [overdue/officer]
        lapse F F F F F F F F F - 9
        note  R R R F R F F F F =
    """)
    plain = Expected(outcomes=typed)
    limited = Expected(outcomes=typed, reply_limit=timedelta(hours=1))
    found = [each.find_outcome("overdue/officer", "lapse") for each in (plain, limited)]
    assert [each.clauses for each in found] == [("9",), ("8",)]
    assert limited.find_outcome("overdue/officer", "note") is typed["overdue/officer"]["note"]
    assert limited.find_outcome("overdue/officer", "rate") is None
    assert limited.list_positions() == ["overdue/officer"]


@pytest.mark.parametrize(
    ("given", "late"),
    [
        ({}, {"officer", "agency"}),
        ({"provider_limit": timedelta(1)}, {"officer", "agency", "provider"}),
        ({"leadership_limit": timedelta(1)}, {"officer", "agency", "leadership"}),
        ({"overdue_stages": ["agency"]}, {"officer", "agency"}),
        ({"overdue_stages": ["officer", "provider"]}, {"officer"}),
        ({"overdue_stages": []}, set()),
    ],
    ids=lambda each: " ".join(sorted(each)) or "none",  # a set has another order in each process
)
def test_the_positions_depend_on_the_readings(given, late):
    """A case comes late to those whose limit changes the state, and to the officer after them."""
    found = Expected(**given).list_positions()
    assert {each.split("/")[1] for each in found if each.startswith("overdue")} == late
    assert {"received/operator", "answered", "closed", "rejected"} < {*found}
