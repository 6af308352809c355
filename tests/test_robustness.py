"""The acceptance list names tests that exist; what no other file of tests holds is held here."""

import io
import json
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest

from phananh import Case, Desk, Sender, open_store
from phananh.act_log.replay import replay
from phananh.stores.base import Store
from tests import robustness
from tests.desk import people as p

ROWS = tuple(robustness.read_rows())


def test_the_list_is_whole() -> None:
    """There are rows 1 to 137, in order, each with what comes, what happens and a test."""
    assert [row.number for row in ROWS] == list(range(1, 138))
    assert [row.number for row in ROWS if not (row.given and row.happens)] == []
    assert [row.number for row in ROWS if not (row.tests or row.checked)] == []


def test_counts_are_those_of_the_list() -> None:
    """The counts at the top of the page add up, and most rows have a test of their number."""
    counts = robustness.count_rows()
    assert counts.rows == 137
    assert counts.tested == sum(row.checked is not None for row in ROWS)
    assert counts.twins >= counts.with_twins >= 56
    assert counts.waiting == sum(bool(row.waits) for row in ROWS)
    assert counts.text() in robustness.page()


def test_a_note_says_which_it_is() -> None:
    """A note of a row that is neither a wait nor a reason is an error."""
    assert robustness.read_notes(["waits for reports", "differs: it is kinder"]) == (
        "reports",
        "it is kinder",
    )
    with pytest.raises(ValueError, match="a note begins with"):
        robustness.read_notes(["later"])


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.number))
def test_each_row_names_tests_that_exist(row: robustness.Row) -> None:
    """A test that is renamed or lost is missed by its row."""
    missing = [each for each in row.tests if each[1] not in robustness.tests_of(each[0])]
    assert missing == []


def test_signs_of_sql_are_letters(store: Store) -> None:
    """Row 12: quotes, semicolons, % and _ in a text, an id and a filter stand for themselves."""
    desk = Desk(store=store, clock=p.Hand())
    odd = "x'); drop table phananh_case; --"
    case = desk.escalate(
        p.a_case(desk, content=odd),
        to=p.Person(id="C%_'B", role="officer", unit="U_%"),
        by=p.OPERATOR,
    )
    p.with_officer(desk)
    assert desk.get(case.id).content == odd
    assert [row.case for row in desk.find(unit="U_%").rows] == [case.id]
    assert [row.case for row in desk.find(holder_id="C%_'B").rows] == [case.id]
    assert [len(desk.find(unit=one).rows) for one in ("U%", "%", "U__")] == [0, 0, 0]
    assert len(desk.find().rows) == 2


def received_from_log(content: str, at: str) -> tuple[str, Case | None]:
    """Return the outcome of a log of one receipt, and the case that it made."""
    line = {
        "act": "receive", "at": at, "case": "A", "kind": "information", "channel": "phone",
        "content": content, "sender": {}, "by": {"id": "OP-1", "role": "operator"},
    }  # fmt: skip
    raw = (json.dumps(line, ensure_ascii=False) + "\n# a remark\n").encode()
    (found,) = replay(io.BytesIO(raw), desk=Desk(), name="log")
    return found.outcome, found.after


def test_a_line_of_a_log_ends_with_a_line_feed() -> None:
    """Row 15: what some take for the end of a line is a character of a text."""
    text = "một\u2028hai\x85ba"
    outcome, case = received_from_log(text, "2026-03-04T08:00:00+07:00")
    assert (outcome, case and case.content) == ("recorded", text)


@pytest.mark.parametrize(
    "at",
    [
        "2026-03-04T02:30:00Z",
        "20260304T093000+0700",
        "2026-W10-3T09:30:00+07:00",
        "2026-03-04T09:30:30+07:00:30",
    ],
)
def test_an_instant_in_other_forms_is_the_same(at: str) -> None:
    """Row 35: UTC, the basic form, a week date and an offset of seconds name one instant."""
    outcome, case = received_from_log("x", at)
    assert (outcome, case and case.received_at) == (
        "recorded",
        datetime(2026, 3, 4, 2, 30, tzinfo=UTC),
    )


def test_an_offset_of_a_day_is_none() -> None:
    """Row 35: no clock is a day ahead of another."""
    assert received_from_log("x", "2026-03-04T09:30:00+24:00") == ("invalid", None)


def test_two_sweeps_at_once_mark_once(tmp_path: Path) -> None:
    """Row 103: of two sweeps over one file that start together, each lapse is marked by one."""
    hand = p.Hand()
    with open_store(tmp_path / "cases.db") as store:
        desk = Desk(store=store, clock=hand)
        late = {p.with_officer(desk).id for _ in range(12)}
        hand.at += 240 * p.HOUR
        start, found = threading.Barrier(2), []

        def sweep() -> None:
            start.wait(timeout=10)
            found.extend(lapse.case for lapse in desk.sweep().lapsed)

        threads = [threading.Thread(target=sweep) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sorted(found) == sorted(late)
        assert {len(desk.get(case).lapses) for case in late} == {1}


def test_ten_thousand_cases_on_a_page_name_nobody() -> None:
    """Row 134: no name, number, mail or content is in the plain data that a page is made of."""
    desk = Desk(clock=p.Hand())
    for n in range(10_000):
        sender = Sender(name=f"Bimat {n}", phone=f"0977 {n:06}", email=f"bimat{n}@vidu.vn")
        citizen = p.Person(id=f"bimat-{n}", role="citizen")
        more = {"channel": "portal", "sender": sender, "content": f"bimat {n}"}
        desk.receive(kind="proposal", by=citizen, **more)  # type: ignore[arg-type]  # mixed
    after, told = None, []
    while True:
        page = desk.find(limit=1000, after=after)
        told += [json.dumps(page.as_dict("vi"))]
        told += [json.dumps(desk.get(row.case).as_dict("vi")) for row in page.rows]
        after = page.next
        if after is None:
            break
    assert len(told) == 10_010
    text = "".join(told).lower()
    assert [one for one in ("bimat", "0977 ", "vidu") if one in text] == []
