"""What the output says of a line: its keys, and the case as the line left it."""

from typing import Any

from phananh import Desk
from tests.act_log.test_replay import DAY, OFFICER, RECEIVE, TO_OFFICER, line, run


def rate(minute: int) -> dict[str, Any]:
    """Return the line of a citizen's rating."""
    return line("rate", minute, score=5, by={"id": "CD-1", "role": "citizen"})


def test_keys_of_the_output() -> None:
    """An outcome has the output's keys in order, `allowed` and `lapsed` only where they belong."""
    found = run(Desk(), DAY)
    named = "line act case outcome state holder holder_id unit due late lapses reasons"
    keys = named.split()
    assert list(found[0]) == keys
    assert list(found[2]) == [*keys, "allowed"]
    named = "complete note answer request_verification reassign notify_unit"
    assert found[2]["allowed"] == named.split()
    assert (found[6]["lapsed"], found[7]["lapsed"]) == ([], ["A"])
    assert found[1]["due"] == "2026-03-04T15:05:00+07:00"
    assert found[8]["lapses"] == [
        {"stage": "officer", "holder": "OF-1", "due": "2026-03-04T15:05:00+07:00"}
    ]
    assert [list(r) for r in found[3]["reasons"]] == [["code", "article", "vi", "en"]] * 2


def test_keys_of_a_reason_that_rests_on_a_reading() -> None:
    """A reason in the output has its four keys, also where it rests on a reading."""
    lines = [RECEIVE, line("answer", 1, text="xong"), *[rate(minute) for minute in (2, 3)]]
    found = run(Desk(), lines)[3]["reasons"]
    assert [reason["code"] for reason in found] == ["rated_before"]
    assert list(found[0]) == ["code", "article", "vi", "en"]


def test_an_invalid_line_shows_the_case_as_the_last_valid_line_left_it() -> None:
    """A lapse shows once a line that is not invalid comes after it, and no sooner."""
    late = {"at": "2026-03-05T10:00:00+07:00"}
    odd = line("answer", by=OFFICER) | late  # it has no text
    refused = line("answer", by={"id": "OF-2", "role": "officer"}, text="t") | late
    found = run(Desk(), [RECEIVE, TO_OFFICER, odd, refused, odd])
    assert [x["outcome"] for x in found[2:]] == ["invalid", "refused", "invalid"]
    assert [(x["state"], x["late"]) for x in found[2:]] == [
        ("escalated", False),
        ("overdue", True),
        ("overdue", True),
    ]
