"""A table of outcomes is read as it is typed, and a line that is none is refused."""

import pytest

from phananh import InputError
from phananh.regulation.values.request import Role
from phananh.testing.invariants import read_outcomes

LINE = "answer F R F F F F F F F answered 8.1.a\n"


def test_a_table_is_read():
    """Positions, acts, letters and the state that follows are as typed."""
    found = read_outcomes(f"# sample\n\n[received/operator]\n{LINE}[closed]\n")
    answer = found["received/operator"]["answer"]
    assert answer.leads_to == "answered"
    assert answer.may(Role.OPERATOR)
    assert not answer.may(Role.OFFICER)
    assert (answer.may_somebody, answer.has_no_step) == (True, False)
    assert found["closed"] == {}


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (LINE, 1),
        (f"[received/operator]\n{LINE}{LINE}", 3),
        ("[received/operator]\nanswer F R X F F F F F F answered\n", 2),
        ("[received/operator]\nanswer F R F\n", 2),
    ],
)
def test_a_line_that_is_none_is_refused(text, line):
    """A line before a position, an act twice, another letter or too few of them are refused."""
    with pytest.raises(InputError, match=f"line {line} is not an outcome"):
        read_outcomes(text)
