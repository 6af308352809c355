"""`lifecycle` and `articles`: every step and every clause, as tables, diagrams and JSON."""

import pytest

from phananh.articles import CLAUSES
from phananh.cli.commands.lifecycle import draw_dot, draw_mermaid, list_edges
from phananh.messages.labels import word
from phananh.regulation.lifecycle import LIFECYCLE
from phananh.regulation.readings import READINGS
from phananh.regulation.rules import HOA_BINH_2019
from tests.cli.terminal import rows, run


def test_the_table_has_every_row():
    """The table has a line for each row of the lifecycle, with its clause."""
    lines = run("lifecycle").stdout.splitlines()
    assert len(lines) == 1 + len(LIFECYCLE)
    assert [row["article"] for row in rows(run("lifecycle", "--json"))] == [
        row.article.id for row in LIFECYCLE
    ]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("draw", "arrow"), [(draw_mermaid, "-->"), (draw_dot, "->")])
def test_diagrams_have_every_arrow(draw, arrow, lang):
    """Each diagram has every arrow of the rows, said in its language, with the clause."""
    lines = draw(lang).splitlines()
    for source, dest, row in list_edges():
        found = [line for line in lines if f"{source.value} {arrow} {dest.value} " in line]
        assert len(found) == 1
        assert word("trigger", row.trigger, lang) in found[0]
        assert f"({', '.join(clause.id for clause in (row.article, *row.others))})" in found[0]


def test_formats():
    """`--format` chooses the diagram; another one is refused with those there are."""
    assert run("lifecycle", "--format", "mermaid").stdout == draw_mermaid("en") + "\n"
    assert run("lifecycle", "--format", "dot", "--lang", "vi").stdout == draw_dot("vi") + "\n"
    result = run("lifecycle", "--format", "png")
    assert result.exit_code == 2
    assert "mermaid" in result.stderr


@pytest.mark.parametrize("form", ["table", "mermaid", "dot"])
def test_a_format_beside_json_is_refused(form):
    """`--format` is for people, `--json` for programs: both at once are a wrong usage."""
    result = run("lifecycle", "--format", form, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "--format" in result.stderr
    assert "--json" in result.stderr


def test_articles():
    """All clauses are listed with their printed forms; one is shown in both, or in Vietnamese."""
    assert [row["id"] for row in rows(run("articles", "--json"))] == list(CLAUSES)
    one = run("articles", "9.3").stdout
    assert "khoản 3 Điều 9" in one
    assert "Art. 9(3)" in one
    assert "R3" in one
    vietnamese = run("articles", "9.3", "--lang", "vi").stdout.splitlines()
    assert vietnamese[0] == "9.3  khoản 3 Điều 9"
    assert not any("agency" in line for line in vietnamese)


@pytest.mark.parametrize(
    ("wrong", "close"),
    [
        ("8.1.e", "8.1."), ("khoản 4 Điều 9", "9.3"), ("9.4", "9.3"), ("x", "phananh articles"),
        ("điều", "phananh articles"), ("điểm c khoản 1", "phananh articles"),
    ],
)  # fmt: skip
def test_an_unknown_clause(wrong, close):
    """An unknown clause is refused with those that are close, or with where all are."""
    result = run("articles", wrong)
    assert result.exit_code == 2
    assert close in result.stderr
    assert ("9.1" in result.stderr) == ("9." in close)


def test_readings():
    """R1 to R48 are all there, each with its clauses, and an option only where `Rules` has it."""
    assert [reading.id for reading in READINGS] == [f"R{n}" for n in range(1, 49)]
    for reading in READINGS:
        assert reading.articles
        assert set(reading.articles) <= CLAUSES.keys()
        assert reading.option is None or hasattr(HOA_BINH_2019, reading.option)
        assert all((*reading.gap, *reading.default))
    assert len(rows(run("articles", "--readings", "--json"))) == 48
    assert "overdue_stages" in run("articles", "r2").stdout
    unknown = run("articles", "--readings", "R99")
    assert (unknown.exit_code, f"R1 to {READINGS[-1].id}" in unknown.stderr) == (2, True)
    assert f"R1 to {READINGS[-1].id}" in " ".join(run("articles", "--help").stdout.split())


@pytest.mark.parametrize("asked", ["9.1", "điểm b khoản 1 Điều 8", "Art. 8(1)(b)", "qd.2"])
def test_one_clause_by_its_id_or_as_messages_print_it(asked):
    """What a message cites can be pasted: one clause comes out, in both languages."""
    found = rows(run("articles", asked, "--json"))
    assert len(found) == 1
    assert asked.casefold() in [str(found[0][key]).casefold() for key in ("id", "vi", "en")]


@pytest.mark.parametrize("asked", ["9", "Điều 9", "điều  9", "Article 9", "Art. 9"])
def test_all_clauses_of_an_article(asked):
    """An article by its number lists its clauses; a part of it the points below."""
    assert [row["id"] for row in rows(run("articles", asked, "--json"))] == ["9.1", "9.2", "9.3"]
    points = [row["id"] for row in rows(run("articles", "8.1", "--json"))]
    assert points == ["8.1.a", "8.1.b", "8.1.c1", "8.1.c2"]
