"""`due --batch`: every row comes out, in order; what is wrong is named with its place."""

import csv
import io
import json

import pytest

from tests.cli.terminal import process, rows, run

HEAD = "start,budget_seconds\n"


def batch(text, *more):
    """Run a batch over standard input."""
    return run("due", "--batch", *more, given=text)


def test_rows_come_out_in_order(file):
    """Each row gets its due time in the form of its start, which is written back as it came."""
    text = HEAD + (
        "2026-03-04T09:00,18000\n2026-03-04T09:00:00.1234567+07:00,18000\n"
        "2026-03-04T02:00Z,0018000\n2026-03-04T09:00,0\n"
    )
    expected = (
        "start,budget_seconds,due\n"
        "2026-03-04T09:00,18000,2026-03-04T16:00:00\n"
        "2026-03-04T09:00:00.1234567+07:00,18000,2026-03-04T16:00:00.123456+07:00\n"
        "2026-03-04T02:00Z,0018000,2026-03-04T09:00:00Z\n"
        "2026-03-04T09:00,0,2026-03-04T09:00:00\n"
    )
    result = batch(text)
    assert (result.stdout, result.stderr, result.exit_code) == (expected, "", 0)
    assert run("due", "--batch", file(text, "rows.csv")).stdout == expected
    assert run("due", "--batch", "-", "--hours", "A", given=text).stdout == expected


@pytest.mark.parametrize(
    ("start", "budget"),
    [
        ("x", "5"),
        ("2026-03-04T24:00", "5"),
        ("2026-03-04T09:00:60", "5"),
        ("1900-03-04T09:00", "5"),
        ("2026-03-04T09:00", "+5"),
        ("2026-03-04T09:00", "-5"),
        ("2026-03-04T09:00", "5.0"),
        ("2026-03-04T09:00", "1_000"),
        ("2026-03-04T09:00", " 5"),
        ("2026-03-04T09:00", "\u0665"),
        ("2026-03-04T09:00", "5h"),
        ("2026-03-04T09:00", ""),
        ("2026-03-04T09:00", "9" * 15),
        ("2026-03-04T09:00", "9" * 5000),
        ("2026-03-04T09:00\0", "5"),
    ],
)
def test_a_bad_row_stays_in_its_place(start, budget):
    """A bad row keeps its cells and an empty due; its line is named, and the rest goes on.

    No spreadsheet computes such a cell, and what cannot be seen is an escape.
    """
    result = batch(f"{HEAD}{start},{budget}\n2026-03-04T09:00,18000\n")
    assert result.exit_code == 3
    found = list(csv.reader(io.StringIO(result.stdout)))
    kept = [
        start.replace("\0", "\\u0000"),
        f"'{budget}" if budget.startswith(("+", "-")) else budget,
    ]
    assert found[1:] == [[*kept, ""], ["2026-03-04T09:00", "18000", "2026-03-04T16:00:00"]]
    assert result.stderr.startswith("stdin:2: ")
    assert len(result.stderr.splitlines()) == 1


def test_cells_too_many_or_too_few():
    """A row with another number of cells is a bad row; blank lines are passed over."""
    result = batch(f"{HEAD}2026-03-04T09:00\n\n2026-03-04T09:00,5,6\n")
    assert result.stdout.splitlines()[1:] == ["2026-03-04T09:00,,", "2026-03-04T09:00,5,"]
    assert [line.split(": ")[0] for line in result.stderr.splitlines()] == ["stdin:2", "stdin:4"]


def test_a_bad_cell_is_named_by_its_column():
    """One bad row among a thousand is told with line, column and reason; the others are done."""
    given = ["2026-03-04T09:00,18000"] * 1000
    given[499], given[700] = "2026-03-04T09:00,5h", "x,18000"
    result = batch(HEAD + "\n".join(given) + "\n", "--lang", "vi")
    assert result.exit_code == 3
    assert result.stdout.count(",2026-03-04T16:00:00\n") == 998
    first, second = result.stderr.splitlines()
    assert first == "stdin:501: budget_seconds: '5h' không phải số giây nguyên từ 0 trở lên"
    assert second.startswith("stdin:702: start: 'x' không phải thời điểm")


@pytest.mark.parametrize(
    ("head", "named"),
    [
        ("", "empty"),
        ("start\n", "missing: 'budget_seconds'"),
        ("start,start,budget_seconds\n", "twice: 'start'"),
        ("start,budget_seconds,due\n", "unknown: 'due'"),
        ("budget_seconds,start\n", "another order"),
        ("2026-03-04T09:00,5\n", "unknown: '2026-03-04T09:00', '5'"),
    ],
)
def test_another_header(head, named):
    """A first line that is not the header ends the run, and what is wrong with it is named."""
    result = batch(head)
    assert (result.exit_code, result.stdout) == (2, "")
    assert named in result.stderr


def test_an_empty_table_is_no_fault():
    """The header alone gives the header alone."""
    assert batch(HEAD).stdout == "start,budget_seconds,due\n"


def test_spreadsheets_are_read():
    """A BOM and CRLF, as spreadsheets write them, are read."""
    result = batch(b"\xef\xbb\xbfstart,budget_seconds\r\n2026-03-04T09:00,18000\r\n")
    assert result.stdout.splitlines()[1] == "2026-03-04T09:00,18000,2026-03-04T16:00:00"
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (f"{HEAD}1,2\n".encode("utf-16"), "line 1, byte 1 (0xFF)"),
        (f"{HEAD}1,2\n".encode("utf-16-le"), "line 1, byte 2 (0x00)"),
        (HEAD.encode() + b"2026-03-04T09:00,5\nTh\xe1,5\n", "line 3, byte 3 (0xE1)"),
    ],
)
def test_another_encoding(raw, place):
    """A file that is not UTF-8 ends the run with line, byte and the way out."""
    result = batch(raw)
    assert result.exit_code == 2
    assert place in result.stderr
    assert "Save the file as UTF-8" in result.stderr


@pytest.mark.parametrize(
    "tail", ['"2026-03-04T09:00,5\n1,2\n', f'"{"x" * 200_000}",5\n', "x" * 1_500_000]
)
def test_an_open_quote_or_an_endless_field(tail):
    """A quote that is never closed, or a field without end, ends the run with its line."""
    result = batch(f"{HEAD}2026-03-04T09:00,5\n{tail}")
    assert result.exit_code == 2
    assert "line 3" in result.stderr


def test_json_rows():
    """With `--json` each row is an object with its line."""
    result = batch(f"{HEAD}2026-03-04T09:00,18000\nx,5\n", "--json")
    first, second = rows(result)
    assert first["due"] == "2026-03-04T16:00:00"
    assert (second["line"], second["due"]) == (3, None)
    assert json.dumps(second["start"]) == '"x"'


def test_provisional_rows_are_counted():
    """Due times that a later notice may move are counted beside the output."""
    assert "provisional rows: 1" in batch(f"{HEAD}2027-03-04T09:00,5\n").stderr


def test_a_file_that_cannot_be_read(tmp_path):
    """A missing file or a folder is named."""
    for path in (tmp_path / "none.csv", tmp_path):
        result = run("due", "--batch", str(path))
        assert result.exit_code == 2
        assert str(path) in result.stderr
    assert run("due", "--batch", "--explain", given=HEAD).exit_code == 2


def test_rows_stream(file):
    """Many rows go through as a process, whole and in order."""
    path = file(HEAD + "".join(f"2026-03-04T09:00,{n}\n" for n in range(20_000)), "many.csv")
    done = process("due", "--batch", path)
    lines = done.stdout.decode().splitlines()
    assert (done.returncode, done.stderr, len(lines)) == (0, b"", 20_001)
    assert lines[-1].startswith("2026-03-04T09:00,19999,")


@pytest.mark.parametrize("cell", ["=1+1", " =1+1", "+84218", "-5", "@SUM(1)", "\uff1d1"])
def test_no_spreadsheet_computes_a_cell(cell):
    """A cell that a spreadsheet would compute is written as text, and read back as it was."""
    first = batch(f"{HEAD}{cell},5\n")
    assert first.stdout.splitlines()[1] == f"'{cell},5,"
    again = batch(HEAD + first.stdout.splitlines()[1].removesuffix(",") + "\n")
    assert (again.stdout, again.stderr) == (first.stdout, first.stderr)
    [row] = rows(batch(HEAD + first.stdout.splitlines()[1].removesuffix(",") + "\n", "--json"))
    assert row["start"] == cell


@pytest.mark.parametrize(
    "canary", ["\x1b[2J", "\x1b]0;x\x07", "\x9b2J", "\u202ex", "a\rb", "\u2028", "\x7f", "\x00"]
)
def test_nothing_of_a_cell_steers_the_terminal(canary):
    """Cells that hold controls or bidi marks are written with escapes, and told with escapes."""
    for row in (f'"{canary}",5', f'2026-03-04T09:00,"{canary}"', f'a,b,"{canary}"'):
        for more in ((), ("--json",)):
            result = batch(f"{HEAD}{row}\n", *more)
            assert result.exit_code == 3
            for char in canary:
                assert char.isprintable() or char not in result.stdout + result.stderr
