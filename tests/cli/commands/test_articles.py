"""`phananh articles` and `phananh lifecycle`: clauses as people cite them, and all readings."""

import pytest

from phananh.articles import ARTICLES, CLAUSES, OUTSIDE, PARTLY_OUTSIDE
from phananh.cli.base import CommandError
from phananh.cli.commands.articles import find_clauses
from phananh.regulation.readings import READINGS
from phananh.regulation.rules import HOA_BINH_2019
from tests.cli.terminal import rows, run

CITED = {
    "điểm b khoản 1 Điều 8": "8.1.b",
    "Điều 8, khoản 1, điểm b": "8.1.b",
    "Điều 8 khoản 1 điểm b": "8.1.b",
    "khoản 1 Điều 8": "8.1.a 8.1.b 8.1.c1 8.1.c2",
    "8.1": "8.1.a 8.1.b 8.1.c1 8.1.c2",
    "điểm c khoản 1 Điều 8": "8.1.c1 8.1.c2",  # R1: the signed text has two points c there
    "Art. 8(1)(c)": "8.1.c1 8.1.c2",
    "Art. 9": "9.1 9.2 9.3",
    "article 8 (2)": "8.2.a 8.2.b",
    "điểm a Điều 6": "6.a",
    "Art. 6(a)": "6.a",
    "Điều 10 khoản 1 điểm đ": "10.1.dd",
    "Điều 1": "1.1.a 1.1.b 1.2.a 1.2.b 1.2.c 1.2.d",
    "khoản 1 Điều 16": "16.1",
}


def test_a_clause_is_found_as_it_is_cited():
    """Each printed form leads to its clause alone, and a clause brings those below it."""
    for article in ARTICLES:
        for text in (article.id, article.vi, article.en, article.vi.upper(), f" {article.vi} "):
            assert find_clauses(text) == (article,)
    for text, found in CITED.items():
        assert " ".join(each.id for each in find_clauses(text)) == found
    for text in ("điểm z khoản 1 Điều 8", "Điều 99", "khoản 1", "", "Điều " + "8" * 300):
        with pytest.raises(CommandError):
            find_clauses(text)


def test_readings():
    """R1 to R58 are all there, each with its clauses, and an option only where `Rules` has it."""
    assert [reading.id for reading in READINGS] == [f"R{n}" for n in range(1, 59)]
    for reading in READINGS:
        assert reading.articles
        assert set(reading.articles) <= CLAUSES.keys()
        assert reading.option is None or hasattr(HOA_BINH_2019, reading.option)
        assert all((*reading.gap, *reading.default))
    assert len(rows(run("articles", "--readings", "--json"))) == 58
    assert f"R1 to {READINGS[-1].id}" in " ".join(run("articles", "--help").stdout.split())


def test_the_matrix():
    """A clause has its functions and tests, or why no software does it, and all are counted."""
    (once,) = rows(run("articles", "9.3", "--matrix", "--json"))
    assert once["status"] == "done"
    assert "Desk.reschedule" in once["functions"]
    assert any("::test_9_3_" in test for test in once["tests"])
    (budget,) = rows(run("articles", "12.4", "--matrix", "--json"))
    assert (budget["status"], budget["functions"], budget["tests"]) == ("outside", [], [])
    (part,) = rows(run("articles", "17.2", "--matrix", "--json"))
    assert (part["status"], part["outside_en"]) == ("done", PARTLY_OUTSIDE["17.2"][1])
    told = run("articles", "--matrix", "--lang", "vi").stdout
    assert f"regulation.rules.find_in_force. {part['outside_vi']}" in told
    assert budget["outside_vi"] in told
    assert f"trong {65 - len(OUTSIDE)} điều khoản có yêu cầu" in told.splitlines()[-1]
