"""What a line that cannot be read says: the key, what is wrong with it, and the way out."""

import json
from typing import Any

import pytest

from phananh import Desk
from phananh.act_log.replay import LogReplay
from tests.act_log.test_replay import OFFICER, RECEIVE, TO_OFFICER, line

REJECT = line("reject", 1, guidance="x")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (b'{"act": }', "line: not JSON from character 9 on; one JSON object a line"),
        (b"[]", "line: a list is not an object"),
        (
            REJECT | {"reasons": "unclear"},
            "reasons: a text is not a list; give a list, even of one",
        ),
        (REJECT | {"reasons": [5]}, "reasons: a number is not a text"),
        (
            REJECT | {"wxyz": 1},
            "'wxyz': no such key; known: act, at, by, case, key, reasons, guidance",
        ),
        (REJECT | {"reason": ["unclear"]}, "'reason': no such key; did you mean reasons?"),
        (line("escalate", 1, to={"id": "CB-1"}), "to.role: is missing"),
        (
            line("answer", by=OFFICER, text="a", documents=["a signature: valid"]),
            "documents: has the result of a check of signatures",
        ),
    ],
)
def test_a_line_that_cannot_be_read_says_why(given: bytes | dict[str, Any], said: str) -> None:
    """The reason of the outcome names the key, and in words of one line what to do."""
    log = LogReplay(desk=Desk(), name="day")
    log.do_line(1, json.dumps(RECEIVE).encode())
    outcome = log.do_line(2, given if isinstance(given, bytes) else json.dumps(given).encode())
    assert outcome.outcome == "invalid"
    assert said in outcome.reasons[0].facts["problem"]


def test_the_words_of_a_line_tell_its_due_time_or_what_is_wrong() -> None:
    """After the act and its outcome comes the due time to the minute, or the problem alone."""
    log = LogReplay(desk=Desk(), name="day")
    log.do_line(1, json.dumps(RECEIVE).encode())
    assert log.do_line(2, json.dumps(TO_OFFICER).encode()).text().endswith("  due 2026-03-04 15:05")
    odd = log.do_line(3, json.dumps(line("answer", by=OFFICER)).encode())
    assert odd.text().endswith("  invalid  passed on  due 2026-03-04 15:05  text: is missing")
    assert odd.text("vi").endswith("  text (nội dung): còn thiếu")
    assert odd.text("vi").count("không hợp lệ") == 1
