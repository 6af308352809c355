"""A row beyond the limit of a line is refused by file, line and limit; one at the limit is read."""

import pytest

from phananh.cli.commands.due import LONGEST
from tests.cli.terminal import run

HEAD = "start,budget_seconds\n"


def test_a_line_at_the_limit_is_read():
    """A line of just as many bytes as the limit is a row, whatever is wrong with it."""
    row = "," * (LONGEST - 1)
    result = run("due", "--batch", given=f"{HEAD}{row}\n2026-03-04T09:00,18000\n")
    assert result.exit_code == 3
    assert result.stdout.endswith("2026-03-04T09:00,18000,2026-03-04T16:00:00\n")


@pytest.mark.parametrize(("lang", "said"), [("vi", "dòng 2: dài hơn"), ("en", "line 2: longer")])
def test_a_line_beyond_the_limit(lang, said):
    """One byte more ends the run with 2; what stands behind the limit makes no row."""
    row = "," * LONGEST
    given = f"{HEAD}{row}\n2026-03-04T09:00,18000\n"
    result = run("due", "--batch", "--lang", lang, given=given)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "1,000,000 byte" in result.stderr
    assert "2026" not in result.stdout


@pytest.mark.parametrize(
    ("lang", "said"),
    [("vi", "stdin, dòng 2: có ô dài hơn 131,072 ký tự"),
     ("en", "stdin, line 2: a cell of more than 131,072 characters")],
)  # fmt: skip
def test_a_cell_beyond_the_limit(lang, said):
    """A cell that is too long ends the run with its line and the limit, in words of the run."""
    result = run("due", "--batch", "--lang", lang, given=f"{HEAD}{'x' * 131_073},5\n")
    assert (result.exit_code, result.stderr) == (2, f"phananh: {said}\n")
