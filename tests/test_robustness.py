"""The acceptance list names tests that exist; what no other file of tests holds is held here."""

import json

import pytest

from phananh import Desk, Sender
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
