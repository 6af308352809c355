"""A limit as data: how much working time, by which clause, and since when."""

from datetime import timedelta

import attrs
import pytest

from phananh.errors import InputError, InputTypeError
from phananh.regulation.rules import HOA_BINH_2019


def test_a_limit_as_data_has_its_budget_once():
    """The budget stands as microseconds, and in words where a language is asked for."""
    limit = HOA_BINH_2019.officer_limit
    plain = limit.as_dict()
    assert plain == {"budget_us": 18_000_000_000, "article": "9.1", "since": "2019-10-30"}
    assert limit.as_dict("en")["budget_text"] == "5 working hours"
    assert "budget" not in limit.as_dict("vi")


@pytest.mark.parametrize("budget", [timedelta(), timedelta(hours=-1)])
def test_a_limit_of_nothing_is_refused(budget):
    """9.1: working time that is not above zero is no limit, and the error says what was given."""
    with pytest.raises(InputError) as caught:
        attrs.evolve(HOA_BINH_2019.officer_limit, budget=budget)
    error = caught.value
    assert (error.field, error.code, error.facts["value"]) == (
        "budget", "not_a_limit", str(budget),
    )  # fmt: skip


def test_a_limit_that_is_no_working_time_is_shown():
    """The error about a number in place of working time says what was given."""
    with pytest.raises(InputTypeError) as caught:
        attrs.evolve(HOA_BINH_2019.officer_limit, budget=5)
    assert (caught.value.field, caught.value.code) == ("budget", "not_a_budget")
    assert caught.value.facts["value"] == "5"
