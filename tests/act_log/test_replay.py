"""An act log replayed: each outcome, in its order, and twice the same."""

import json
from pathlib import Path
from time import process_time
from typing import Any

import pytest

from phananh import Desk, Person, open_store
from phananh.act_log.replay import replay
from tests.desk.people import MORNING

OPERATOR = {"id": "OP-1", "role": "operator"}
OFFICER = {"id": "OF-1", "role": "officer", "unit": "U-1"}
AGENCY = {"id": "AG-1", "role": "agency", "unit": "U-2"}


def line(act: str, minute: int = 0, **more: Any) -> dict[str, Any]:
    """Return an act line so many minutes after the morning's start."""
    at = MORNING.replace(hour=8 + minute // 60, minute=minute % 60).isoformat()
    return {"act": act, "at": at, "by": OPERATOR, "case": "A"} | more


RECEIVE = line(
    "receive",
    kind="regulation",
    channel="phone",
    content="x",
    sender={"name": "M", "phone": "0218383102"},
)
TO_OFFICER = line("escalate", 5, to=OFFICER)
DAY = [
    RECEIVE,
    TO_OFFICER,
    line("close", 6),
    line("answer", 7, by={"id": "OF-2", "role": "officer"}, text=" "),
    line("answr", 8),
    line("sweep", 9) | {"case": None},
    {"act": "sweep", "at": "2026-03-04T15:05:00+07:00"},
    {"act": "sweep", "at": "2026-03-04T15:05:00.000001+07:00"},
    line("answer", by=OFFICER, text="t") | {"at": "2026-03-04T16:00:00+07:00"},
]


def run(desk: Desk, lines: list[Any], name: str = "day.jsonl", **more: Any) -> list[dict[str, Any]]:
    """Replay lines (objects, or bytes as they are) and return the outcomes as data."""
    raw = [x if isinstance(x, bytes) else json.dumps(x).encode() + b"\n" for x in lines]
    return [outcome.as_dict() for outcome in replay(raw, desk=desk, name=name, **more)]


def outcomes(desk: Desk, lines: list[Any]) -> list[str]:
    """Return only what became of each line."""
    return [found["outcome"] for found in run(desk, lines)]


def test_a_day() -> None:
    """Each line of a mixed day has the outcome that the log's rules give it."""
    said = "recorded recorded not_allowed refused invalid invalid recorded recorded recorded"
    assert outcomes(Desk(), DAY) == said.split()


@pytest.mark.parametrize("kept", ["memory", "sqlite"])
def test_twice_is_once(kept: str, tmp_path: Path) -> None:
    """A second run on the same store prints what the first did, and records nothing."""
    path = tmp_path / "cases.db"
    desk = Desk() if kept == "memory" else Desk(store=open_store(path))
    first, before = run(desk, DAY), desk.store.scan()
    if kept == "sqlite":
        desk.store.close()
        desk = Desk(store=open_store(path))
    assert (run(desk, DAY), desk.store.scan()) == (first, before)
    desk.store.close()


@pytest.mark.parametrize("cut", range(1, len(DAY)))
def test_interrupted_and_run_again(cut: int) -> None:
    """A log that stopped anywhere goes on when it is run again, with nothing done twice."""
    desk, whole = Desk(), Desk()
    run(desk, DAY[:cut])
    assert (run(desk, DAY), len(desk.store.scan())) == (run(whole, DAY), len(whole.store.scan()))


def test_notes_and_the_leaderships_finding() -> None:
    """A note moves nothing; an opinion without its finding, or with a text for it, is invalid."""
    boss = {"id": "GD-1", "role": "leadership"}
    opinion = line("advise", 7, by=boss, text="Thuộc bộ khác")
    lines = [
        RECEIVE,
        line("escalate", 5, to=boss),
        line("note", 6, text="Đã gọi lại"),
        opinion,
        opinion | {"within_competence": "no"},
        opinion | {"within_competence": False},
        line("reject", 8, reasons=["out_of_competence"], guidance="Bộ mẫu"),
    ]
    found = run(Desk(), lines)
    assert [each["outcome"] for each in found] == [
        *("recorded", "recorded", "recorded", "invalid", "invalid", "recorded", "recorded")
    ]
    assert (found[2]["state"], found[2]["holder"]) == ("escalated", "leadership")


def test_an_edited_line() -> None:
    """On a second run a line whose content was changed is invalid; the others say what they did."""
    desk = Desk()
    run(desk, DAY)
    edited = [*DAY[:-1], DAY[-1] | {"text": "khác"}]
    assert run(desk, edited)[-1]["outcome"] == "invalid"
    assert run(desk, edited)[:-1] == run(Desk(), DAY)[:-1]


def test_somebody_else_was_first() -> None:
    """A line decided on what the log had reached is in conflict where the case has gone on."""
    desk = Desk()
    run(desk, [RECEIVE])
    (row,) = desk.find().rows
    desk.complete(row.case, content="thêm", by=Person(**OPERATOR), at=MORNING)
    found = run(desk, [RECEIVE, TO_OFFICER])
    assert ([x["outcome"] for x in found], found[1]["state"]) == (
        ["recorded", "conflict"],
        "received",
    )


def test_a_key_names_an_act() -> None:
    """A key used again gives the first result; with other content it is invalid."""
    keyed = TO_OFFICER | {"key": "k-1"}
    later = keyed | {"at": "2026-03-04T09:00:00+07:00"}
    found = run(Desk(), [RECEIVE, keyed, later, later | {"to": OFFICER | {"id": "OF-9"}}])
    assert [x["outcome"] for x in found] == ["recorded", "recorded", "recorded", "invalid"]
    assert found[2]["due"] == found[1]["due"]


@pytest.mark.parametrize(
    "spoiled",
    [
        pytest.param(RECEIVE, id="received twice"),
        pytest.param(line("close", case="B"), id="unknown name"),
        pytest.param(TO_OFFICER | {"at": "2026-03-04T07:59:59+07:00"}, id="earlier"),
        pytest.param(TO_OFFICER | {"at": "2026-03-04T09:00:00"}, id="no offset"),
        pytest.param(TO_OFFICER | {"at": "2026-03-04T24:00:00+07:00"}, id="24 o'clock"),
        pytest.param(TO_OFFICER | {"at": 5}, id="time a number"),
        pytest.param(TO_OFFICER | {"by": None}, id="by null"),
        pytest.param(TO_OFFICER | {"by": OPERATOR | {"role": "Operator"}}, id="role unknown"),
        pytest.param(TO_OFFICER | {"to": OFFICER | {"role": "agency"}}, id="target unknown"),
        pytest.param(TO_OFFICER | {"too": 1}, id="unknown key"),
        pytest.param({k: v for k, v in TO_OFFICER.items() if k != "to"}, id="missing key"),
        pytest.param(line("reject", reasons="unclear", guidance="g"), id="reasons a string"),
        pytest.param(line("reject", reasons=["odd"], guidance="g"), id="reason unknown"),
        pytest.param(line("complete"), id="adds nothing"),
        pytest.param(line("complete", sender={}), id="adds an empty sender"),
        pytest.param(line("complete", accused={"unit": "U"}), id="accused an object"),
        pytest.param(line("complete", content="a\0b"), id="NUL"),
        pytest.param(b'{"act":"complete","content":"\\ud800"}', id="surrogate"),
        pytest.param(b'{"act":["receive"],"at":"2026-03-05T10:00:00+07:00"}', id="a list"),
        pytest.param(b'{"act":"close","act":"close"}', id="key twice"),
        pytest.param(b"[" * 100_000, id="brackets"),
        pytest.param(b'{"score":' + b"9" * 5_000 + b"}", id="digits"),
        pytest.param(b'{"score":NaN}', id="NaN"),
        pytest.param(b'{"score":1e400}', id="beyond all numbers"),
        pytest.param(b'{"score":-123456789012345678901}', id="21 digits"),
        pytest.param(b'{"act":' + b"[" * 980 + b"]" * 980 + b"}", id="deep, but JSON"),
        pytest.param(b'{"act":"' + b"x" * 1_000_000 + b'"}', id="long line"),
        pytest.param(b'{"act":', id="cut"),
        pytest.param(b"\xff\xfe{", id="UTF-16"),
        pytest.param(b'"text"', id="no object"),
    ],
)
def test_invalid_lines(spoiled: Any) -> None:
    """A spoiled line is invalid, changes nothing, and the lines after it go on."""
    found = run(Desk(), [RECEIVE, spoiled, TO_OFFICER])
    assert [x["outcome"] for x in found] == ["recorded", "invalid", "recorded"]
    assert found[1]["reasons"][0]["en"]


def test_a_key_is_named_as_it_is_typed() -> None:
    """In Vietnamese a key stands beside what it is called, and no way out speaks of Python."""
    naive = TO_OFFICER | {"at": "2026-03-04T09:00:00"}
    said = [x["reasons"][0]["vi"] for x in run(Desk(), [line("answer"), naive])]
    assert said == [
        "không hợp lệ: text (nội dung): còn thiếu",
        "không hợp lệ: at: 2026-03-04T09:00:00 không có múi giờ; thêm múi giờ, ví dụ +07:00",
    ]


def test_passed_over() -> None:
    """A BOM, CRLF, blank lines, comments and a last line without an end are passed over."""
    raw = [
        b"\xef\xbb\xbf" + json.dumps(RECEIVE).encode() + b"\r\n",
        b"\r\n",
        b"# a remark\n",
        json.dumps(TO_OFFICER).encode(),
    ]
    assert [x["line"] for x in run(Desk(), raw)] == [1, 4]


def test_strict_stops() -> None:
    """With `strict` the replay stops after the first line that is not recorded."""
    assert [x["outcome"] for x in run(Desk(), DAY, strict=True)][-1] == "not_allowed"
    assert len(run(Desk(), DAY, strict=True)) == 3


def test_an_agency_reads_late() -> None:
    """A refused line shows the case as of its own time, the unrecorded lapse included."""
    late = line("answer", by=AGENCY, text="t") | {"at": "2026-03-05T08:00:00+07:00"}
    found = run(Desk(), [RECEIVE, TO_OFFICER, late])[-1]
    assert (found["outcome"], found["state"], found["due"]) == ("refused", "overdue", None)
    assert found["late"]
    assert len(found["lapses"]) == 1


def test_a_sweep_from_elsewhere() -> None:
    """A lapse that a sweep wrote between two runs is the same fact: the late answer is recorded."""
    late = line("answer", by=OFFICER, text="t") | {"at": "2026-03-05T09:00:00+07:00"}
    swept, alone = Desk(), Desk()
    run(swept, [RECEIVE, TO_OFFICER])
    assert len(swept.sweep(at=MORNING.replace(hour=23)).lapsed) == 1
    assert run(swept, [RECEIVE, TO_OFFICER, late]) == run(alone, [RECEIVE, TO_OFFICER, late])
    assert run(swept, [RECEIVE, TO_OFFICER, late]) == run(alone, [RECEIVE, TO_OFFICER, late])


def test_a_line_that_was_edited_since() -> None:
    """A line recorded with other content before is told as a line, and a key as a key."""
    desk = Desk()
    run(desk, [RECEIVE, TO_OFFICER | {"key": "k"}])
    other = {"id": "CB-9", "role": "officer"}
    found = run(desk, [RECEIVE | {"content": "khác"}])[0]
    assert (found["outcome"], found["reasons"][0]["en"]) == (
        "invalid",
        "line: was recorded before with other content; put it back as it was, give another log of "
        "the same name its own name (--log-name), or give the line its own key",
    )
    assert found["reasons"][0]["vi"].startswith("không hợp lệ: line: đã được ghi trước đó với nội")
    found = run(desk, [RECEIVE, TO_OFFICER | {"key": "k", "to": other}])[1]
    assert found["reasons"][0]["en"] == (
        "key: 'k' was used for another act; give each act its own key"
    )


def test_the_sender_s_id_says_who_may_go_on() -> None:
    """Where a call names the sender's id, no other citizen completes, notes or rates the case."""
    known, other = ({"id": name, "role": "citizen"} for name in ("C-9", "C-8"))
    call = RECEIVE | {"sender": {"name": "M", "id": "c-9"}}
    done = [line("answer", 5, text="t"), line("rate", 6, by=other, score=2)]
    wrong = [
        line(act, by=other, **{key: "m"})
        for act, key in (("complete", "content"), ("note", "text"))
    ]
    found = run(
        Desk(),
        [call, *wrong, line("note", by=known, text="m"), *done, line("rate", 7, by=known, score=5)],
    )
    said = "recorded refused refused recorded recorded refused recorded"
    assert [x["outcome"] for x in found] == said.split()
    assert {x["reasons"][0]["code"] for x in found if x["reasons"]} == {"not_the_sender"}


def test_the_sender_s_id_may_be_completed() -> None:
    """An id that is completed counts from then on; who sent it in themselves stays the sender."""
    known, other = ({"id": name, "role": "citizen"} for name in ("C-9", "C-8"))
    add = line("complete", sender={"id": "C-9"})
    lines = [RECEIVE, line("note", by=other, text="m"), add, line("note", by=other, text="m")]
    assert outcomes(Desk(), lines) == ["recorded", "recorded", "recorded", "refused"]
    own = RECEIVE | {"by": other, "channel": "portal"}
    lines = [own, add, line("note", by=other, text="m"), line("note", by=known, text="m")]
    assert outcomes(Desk(), lines) == ["recorded", "recorded", "recorded", "refused"]


def test_the_name_of_an_invalid_line_is_not_composed_whatever_its_length() -> None:
    """A name of 160,000 marks is none; one that a case could have is shown composed."""
    began, names = process_time(), ["a" + "\u0301\u0323" * 80_000, "a\u0300"]
    lines = [json.dumps({"act": "x", "case": name}, ensure_ascii=False) for name in names]
    outcomes = list(replay([each.encode() for each in lines], desk=Desk(), name="n"))
    assert [each.outcome for each in outcomes] == ["invalid", "invalid"]
    assert (len(outcomes[0].case or "") <= 800, outcomes[1].case) == (True, "à")
    assert process_time() - began < 10
