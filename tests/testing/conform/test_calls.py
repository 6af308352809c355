"""Which calls a failing test shows: the last ones, and the last that wrote."""

import pytest

from phananh.testing.conform.recording import CallLog
from phananh.testing.conform.runner import run_suite
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
