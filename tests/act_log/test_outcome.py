"""What the output says of a line: its keys, and the case as the line left it."""

import json
from typing import Any

import pytest

from phananh import Desk
from phananh.act_log.replay import LogReplay
from tests.act_log.test_replay import DAY, OFFICER, RECEIVE, TO_OFFICER, line, run
from tests.desk.contested import Contested


def rate(minute: int) -> dict[str, Any]:
    """Return the line of a citizen's rating."""
    return line("rate", minute, score=5, by={"id": "CD-1", "role": "citizen"})


def test_keys_of_the_output() -> None:
    """An outcome has the output's keys in order, `allowed` and `lapsed` only where they belong."""
    found = run(Desk(), DAY)
    named = "line act case outcome state holder holder_id unit due late lapses reasons"
    keys = named.split()
    assert (list(found[0]), list(found[2])) == (keys, [*keys, "allowed"])
    named = "complete note answer request_verification send_back withdraw lift_lapse reassign"
    named += " notify_unit"
    assert found[2]["allowed"] == named.split()
    assert (found[6]["lapsed"], found[7]["lapsed"]) == ([], ["A"])
    assert found[1]["due"] == "2026-03-04T15:05:00+07:00"
    assert found[8]["lapses"] == [
        {
            "stage": "officer",
            "holder": "OF-1",
            "due": "2026-03-04T15:05:00+07:00",
            "lifted": False,
        }
    ]
    assert [list(r) for r in found[3]["reasons"]] == [["code", "article", "vi", "en"]] * 2


def test_an_act_that_needs_another_is_no_step_before_it() -> None:
    """8.1.c2, 2.2: until a unit is told, and a result is public, no line is told of the step."""
    leader = {"id": "LD-1", "role": "leadership"}
    report = {"text": "đã nhắc nhở", "by": {"id": "AG-1", "role": "agency", "unit": "U-1"}}
    lines = [
        RECEIVE | {"kind": "conduct", "about_unit": "u-1"},
        line("report_outcome", 1, **report),
        line("notify_unit", 2, unit="U-1", by=leader),
        line("report_outcome", 3, **report),
        line("close", 4),
        line("answer", 5, text="xong"),
        line("unpublish", 6, text="có tên người"),
        line("publish", 7, text="xong"),
        line("unpublish", 8, text="có tên người"),
        line("publish", 9, text="xong"),
    ]
    found = run(Desk(), lines)
    refused = {1: "report_outcome", 4: "close", 6: "unpublish"}
    assert {n: x["act"] for n, x in enumerate(found) if x["outcome"] != "recorded"} == refused
    named = [{"report_outcome", "unpublish"} & {*found[n]["allowed"]} for n in refused]
    assert named == [set(), {"report_outcome"}, {"report_outcome"}]


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


@pytest.mark.parametrize(
    ("lang", "texts"),
    [
        (
            "en",
            [
                "   4  -  sweep  conflict  somebody else changed the case first: reload and retry",
                "   5  -  sweep  recorded  A, B",
                "   6  -  sweep  recorded",
            ],
        ),
        (
            "vi",
            [
                "   4  -  rà soát thời hạn  đã có cập nhật khác  người khác đã cập nhật phản ánh, "
                "kiến nghị trước, đọc lại rồi thử lại",
                "   5  -  rà soát thời hạn  đã ghi nhận  A, B",
                "   6  -  rà soát thời hạn  đã ghi nhận",
            ],
        ),
    ],
)
def test_the_words_of_a_sweep(lang: str, texts: list[str]) -> None:
    """The line of a sweep names the cases that it marked, by due time, or why it marked none."""
    store = Contested()
    log = LogReplay(desk=Desk(store=store), name="day")
    more = [RECEIVE | {"case": "B"}, TO_OFFICER | {"case": "B"}, TO_OFFICER | {"case": "A"}]
    for number, each in enumerate((RECEIVE, *more), 10):
        assert log.do_line(number, json.dumps(each).encode()).outcome == "recorded"
    store.times = 2
    sweep = json.dumps({"act": "sweep", "at": "2026-03-05T10:00:00+07:00"}).encode()
    assert [log.do_line(number, sweep).text(lang) for number in (4, 5, 6)] == texts
