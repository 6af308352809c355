"""Keys of an act log: what is done twice gives its first result, in this run and in the next."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from unicodedata import normalize

import pytest

from phananh import Desk, MemoryStore, Person, open_store
from phananh.act_log.replay import LogReplay
from tests.act_log.test_replay import OFFICER, OPERATOR, RECEIVE, TO_OFFICER, line, outcomes, run
from tests.desk.contested import Contested
from tests.desk.people import MORNING

KEYED = TO_OFFICER | {"key": "k-1"}
ANSWER = line("answer", 30, by=OFFICER, text="t")
NEXT_DAY = "2026-03-05T09:00:00+07:00"


@pytest.fixture(params=["memory", "sqlite"])
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Desk]:
    """Return a desk on each store."""
    memory = request.param == "memory"
    made = Desk(store=MemoryStore() if memory else open_store(tmp_path / "cases.db"))
    yield made
    made.store.close()


def twice(desk: Desk, lines: list[Any]) -> list[dict[str, Any]]:
    """Return what a log says, after it said the same on a second and a third run."""
    first, events = run(desk, lines), desk.store.scan()
    assert (run(desk, lines), run(desk, lines), desk.store.scan()) == (first, first, events)
    return first


def test_a_repeated_line_prints_its_first_result(desk: Desk) -> None:
    """An act done again long after is as it was: no lapse of a limit that was met."""
    again = KEYED | {"at": NEXT_DAY}
    found = twice(desk, [RECEIVE, KEYED, ANSWER, again, line("close") | {"at": NEXT_DAY}])
    assert ([x["outcome"] for x in found], found[3]) == (["recorded"] * 5, found[1] | {"line": 4})
    assert (found[3]["state"], found[3]["due"]) == ("escalated", "2026-03-04T15:05:00+07:00")
    assert (found[4]["state"], found[4]["late"], found[4]["lapses"]) == ("closed", False, [])


def test_refused_first_and_recorded_later(desk: Desk) -> None:
    """A key whose first line was not allowed is free for a later one; a second run says so too."""
    early = line("close", 2, key="c")
    found = twice(desk, [RECEIVE, early, TO_OFFICER, ANSWER, line("close", 40, key="c")])
    assert [x["outcome"] for x in found] == ["recorded", "not_allowed", *["recorded"] * 3]
    assert found[1]["state"] == "received"


def test_a_late_act_is_recalled_behind_its_lapse(desk: Desk) -> None:
    """An act that recorded a lapse first is found again on a second run, under its key."""
    late = line("answer", by=OFFICER, text="t", key="late") | {"at": NEXT_DAY}
    found = twice(desk, [RECEIVE, TO_OFFICER, late])
    assert (found[2]["outcome"], found[2]["state"], found[2]["late"]) == (
        "recorded",
        "answered",
        True,
    )


def test_another_log_of_a_name_is_not_taken_for_an_erased_one(desk: Desk) -> None:
    """After an erasure the same lines give their first results, and others are invalid as ever."""
    lines = [RECEIVE, TO_OFFICER, line("note", 10, by=OFFICER, text="Ghi"), ANSWER]
    first = run(desk, lines)
    desk.store.erase(desk.find().rows[0].case, at=desk.now())
    assert run(desk, lines) == first
    for n, changed in (
        (0, {"case": "B"}), (0, {"kind": "service"}), (0, {"content": "Chuyện khác hẳn"}),
        (0, {"by": {"id": "x", "role": "citizen"}, "channel": "portal"}),
        (2, {"at": "2026-03-04T08:10:01+07:00"}), (3, {"text": "Khác"}),
    ):  # fmt: skip
        assert run(desk, [*lines[:n], lines[n] | changed])[n]["outcome"] == "invalid", changed
    assert len(desk.store.scan()) == 4


def test_a_log_goes_on_behind_an_erasure(desk: Desk) -> None:
    """What erases a case is no line of a log, so only a later line is recorded, and once."""
    close = line("close", key="c") | {"at": NEXT_DAY}
    lines = [RECEIVE, TO_OFFICER, ANSWER, line("close", 50), close]
    assert outcomes(desk, lines[:3]) == ["recorded"] * 3
    evening, by = MORNING.replace(hour=20), Person(**OPERATOR)
    desk.erase(desk.find().rows[0].case, by=by, ground="Hết hạn", at=evening)
    found = [each["outcome"] for each in twice(desk, lines)]
    assert found == [*["recorded"] * 3, "invalid", "recorded"]


SWEEP = {"act": "sweep", "at": "2026-03-04T17:00:00+07:00", "key": "s"}


def test_a_sweep_with_a_key(desk: Desk) -> None:
    """A sweep done again marks nothing and prints what it marked; later lines go on."""
    asked = line(
        "request_verification", by=OFFICER, agency="U-2", appointment="2026-03-10T08:00:00+07:00"
    ) | {"at": NEXT_DAY}
    later = SWEEP | {"at": "2026-03-09T17:00:00+07:00", "key": "s-2"}
    found = twice(desk, [RECEIVE, TO_OFFICER, SWEEP, SWEEP, asked, later])
    assert [x["outcome"] for x in found] == ["recorded"] * 6
    assert [x["lapsed"] for x in found if x["act"] == "sweep"] == [["A"], ["A"], ["A"]]


def test_a_sweep_with_a_key_after_a_conflict() -> None:
    """What was in conflict is no first result: under the same key the sweep is done once more."""
    store = Contested()
    log = LogReplay(desk=Desk(store=store), name="day")
    for number, each in enumerate((RECEIVE, TO_OFFICER), 1):
        assert log.do_line(number, json.dumps(each).encode()).outcome == "recorded"
    store.times = 1
    found = [log.do_line(number, json.dumps(SWEEP).encode()) for number in (3, 4, 5)]
    assert [x.outcome for x in found] == ["conflict", "recorded", "recorded"]
    assert ([x.lapsed for x in found], [x.line for x in found]) == ([(), ("A",), ("A",)], [3, 4, 5])
    assert found[0].as_dict()["reasons"][0]["code"] == "conflict"


def test_a_key_names_a_sweep_by_its_time(desk: Desk) -> None:
    """A sweep's key used at another time is invalid, and the replay goes on."""
    later = SWEEP | {"at": "2026-03-04T18:00:00+07:00"}
    found = twice(desk, [RECEIVE, TO_OFFICER, SWEEP, later, line("close") | {"at": NEXT_DAY}])
    assert [x["outcome"] for x in found] == [*["recorded"] * 3, "invalid", "not_allowed"]


def test_a_sweep_whose_time_was_edited(desk: Desk) -> None:
    """On a second run a sweep at another time than before is invalid, and nothing is doubled."""
    unkeyed = {"act": "sweep", "at": "2026-03-04T17:00:00+07:00"}
    run(desk, [RECEIVE, TO_OFFICER, unkeyed])
    events = desk.store.scan()
    found = run(desk, [RECEIVE, TO_OFFICER, unkeyed | {"at": NEXT_DAY}, line("close", 6)])
    assert [x["outcome"] for x in found] == ["recorded", "recorded", "invalid", "not_allowed"]
    assert desk.store.scan() == events


def test_a_key_of_a_receipt_under_another_name(desk: Desk) -> None:
    """The name of a case is part of what a key names: the same receipt is not two cases."""
    first = RECEIVE | {"key": "r"}
    found = twice(desk, [first, first, first | {"case": "B"}, line("close", case="B")])
    assert [x["outcome"] for x in found] == ["recorded", "recorded", "invalid", "invalid"]
    assert found[1] == found[0] | {"line": 2}


def test_a_receipt_again_under_a_key_of_another(desk: Desk) -> None:
    """A second receipt of a name is invalid whatever its key, also where that is used later."""
    keyed = RECEIVE | {"key": "r"}
    found = twice(desk, [RECEIVE, keyed, keyed | {"case": "B"}])
    assert [x["outcome"] for x in found] == ["recorded", "invalid", "recorded"]


def test_a_refused_receipt_again(desk: Desk) -> None:
    """A receipt that was refused, tried again once the name is taken, is a second receipt."""
    refused = RECEIVE | {"by": {"id": "x", "role": "system"}, "key": "r"}
    found = twice(desk, [refused, RECEIVE, refused])
    assert [x["outcome"] for x in found] == ["refused", "recorded", "invalid"]


@pytest.mark.parametrize("name", ["Hồ sơ số 1", "Дело", "x" * 150, "#7"])
def test_a_name_is_the_log_s_own(desk: Desk, name: str) -> None:
    """A case may have any name that can be shown, and is found by it in either normal form."""
    apart = normalize("NFD", name)
    lines = [RECEIVE | {"case": name}, line("rate", case=apart, score=9), line("close", case=apart)]
    found = twice(desk, lines)
    assert [x["outcome"] for x in found] == ["recorded", "invalid", "not_allowed"]
    assert [(x["case"], x["state"]) for x in found] == [(name, "received")] * 3


@pytest.mark.parametrize("name", ["", " ", "A ", "a\nb", "a\x1b[31m", "\ud800", 7, None, "x" * 201])
def test_no_name(desk: Desk, name: object) -> None:
    """A blank name, or one that would break a line, is invalid."""
    [found] = run(desk, [RECEIVE | {"case": name}])
    assert (found["outcome"], found["state"]) == ("invalid", None)


def test_the_accused_as_the_system(desk: Desk) -> None:
    """8.1.c2: whoever is accused may not act, in whatever role: every reason is listed."""
    accused = [{"id": "CC-01", "unit": "U-9"}]
    system = {"id": "cc-01", "role": "system"}
    found = run(desk, [RECEIVE | {"accused": accused}, TO_OFFICER | {"by": system}])[1]
    assert found["outcome"] == "refused"
    assert "8.1.c2" in [reason["article"] for reason in found["reasons"]]
