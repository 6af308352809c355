"""A clause as people cite it, in either language and order, is found (Art. 1-17)."""

import pytest

from phananh.articles import ARTICLES
from phananh.cli.commands.articles import find_clauses
from tests.cli.terminal import run


@pytest.mark.parametrize("article", ARTICLES, ids=str)
def test_every_printed_form_is_found(article):
    """The id and both citations of each clause lead to it alone."""
    for text in (article.id, article.vi, article.en, article.vi.upper(), f" {article.vi} "):
        assert find_clauses(text, ARTICLES) == (article,)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("điểm b khoản 1 Điều 8", "8.1.b"),
        ("Điều 8, khoản 1, điểm b", "8.1.b"),
        ("Điều 8 khoản 1 điểm b", "8.1.b"),
        ("khoản 1 Điều 8", "8.1.a 8.1.b 8.1.c1 8.1.c2"),
        ("8.1", "8.1.a 8.1.b 8.1.c1 8.1.c2"),
        ("Art. 9", "9.1 9.2 9.3"),
        ("article 8 (2)", "8.2.a 8.2.b"),
        ("điểm a Điều 6", "6.a"),
        ("Art. 6(a)", "6.a"),
        ("Điều 10 khoản 1 điểm đ", "10.1.dd"),
        ("Điều 1", "1.1.a 1.1.b 1.2.a 1.2.b 1.2.c 1.2.d"),
        ("khoản 1 Điều 16", "16.1"),
        ("điểm z khoản 1 Điều 8", ""),
        ("Điều 99", ""),
        ("khoản 1", ""),
        ("", ""),
        ("Điều " + "8" * 300, ""),
    ],
)
def test_what_a_text_cites(text, found):
    """A clause brings those below it, and nothing of another number that starts alike."""
    assert " ".join(each.id for each in find_clauses(text, ARTICLES)) == found


@pytest.mark.parametrize("text", ["điểm c khoản 1 Điều 8", "8.1.c", "Art. 8(1)(c)"])
def test_the_two_points_c(text):
    """R1: the signed text has two points c there, and both are shown with the reading."""
    assert [each.id for each in find_clauses(text, ARTICLES)] == ["8.1.c1", "8.1.c2"]
    first, *table = run("articles", text, "--lang", "vi").stdout.splitlines()
    assert first == "Khoản 1 Điều 8 có hai điểm c (R1)"
    assert [line.split()[0] for line in table] == ["Mã", "8.1.c1", "8.1.c2"]
