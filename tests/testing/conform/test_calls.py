"""Which calls a failing test shows: the last ones, and the last that wrote."""

import attrs
import pytest

from phananh.testing.conform.runner import run_suite
from phananh.testing.contract.harness.recording import CallLog
from phananh.testing.contract.harness.shortening import shorten
from phananh.testing.sample_events import change, received
from tests.testing.broken_stores.hurt import HURT

ACT = "test_failed_act_is_whole_or_absent"


@pytest.mark.parametrize(
    ("made", "shown"),
    [
        ("", ""),
        ("commit", "commit"),
        ("commit find load find_command", "commit find load find_command"),
        ("commit erase find load count scan", "erase load count scan"),
        ("commit find commit load", "find commit load"),
        ("find load count scan", "load count scan"),
    ],
)
def test_last_calls(made: str, shown: str) -> None:
    """The last three calls, and before them the last that wrote if it is none of them."""
    log = CallLog()
    for each in made.split():
        log.add(each, each)
    assert " ".join(log.last_calls()) == shown


def test_each_answer_that_disagrees_is_shown() -> None:
    """A store that finds what it does not load shows both calls, and the commit that failed."""
    (hurt,) = (each for each in HURT if each.name == "WritesTheRowFirst")
    (result,) = run_suite(hurt.suite, [ACT], target="hurt").results
    assert [call.partition("(")[0] for call in result.calls] == [
        "commit", "find", "load", "find_command",
    ]  # fmt: skip
    assert "No space left" in result.calls[0]


def test_an_answer_that_is_wrong_inside_is_shown() -> None:
    """A row with a text in the place of a state is shown as it is."""
    row = change(received("HB-1")).row
    assert shorten((row,)) == "(<row of HB-1/1: received>)"
    assert shorten((attrs.evolve(row, state="received"),)).startswith("(IndexRow(case='HB-1'")
