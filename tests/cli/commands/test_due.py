"""`phananh due`: one question, a term in days, a picture, or a file of questions."""

import tracemalloc
from datetime import datetime, timedelta
from io import RawIOBase, StringIO
from zoneinfo import ZoneInfo

import pytest

from phananh.cli.base import RunContext
from phananh.cli.commands.due import LONGEST, Batch, Lines, read_rows
from phananh.worktime import vietnam_calendar
from tests.cli.terminal import process, rows, run


def test_explain_json_is_what_the_calendar_says():
    """`--explain --json` prints exactly the calendar's own explanation."""
    from datetime import datetime, timedelta
    from zoneinfo import ZoneInfo

    start = datetime(2026, 3, 4, 9, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    expected = vietnam_calendar("A").explain(start, timedelta(hours=5)).as_dict()
    assert rows(run("due", "2026-03-04T09:00", "5h", "--explain", "--json")) == [expected]
    short = {key: value for key, value in expected.items() if key != "steps"}
    assert rows(run("--json", "due", "2026-03-04T09:00", "5h")) == [short]


FRIDAY = ("2026-01-09T15:00", "8h", "--hours", "VP")


def test_a_worked_saturday_drawn():
    """Hours across, a day a line; four letters are an hour, and the reason stands beneath."""
    result = run("due", *FRIDAY, "--picture", "--lang", "vi")
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "15:00 thứ Bảy 10/01/2026",
        "",
        "                 07  08  09  10  11  12  13  14  15  16  17",
        "T6 09/01           ░░░░░░░░░░░░░░░░░░    ░░░░░░░░██████    1 giờ 30 phút  nhận 15:00",
        "T7 10/01           ██████████████████    ████████░░░░░░    6 giờ 30 phút  hạn 15:00",
        "                 làm bù cho thứ Sáu 02/01 (Công văn số 12729/VPCP-KGVX ngày 25/12/2025)",
        "                 ██ giờ được tính   ░░ giờ làm việc khác",
    ]


def test_night_hours_count_on():
    """Twelve hours and more take half the letters, and the clock goes on past midnight."""
    whole = run("due", "2026-03-04T23:50", "1h", "--picture").stdout.splitlines()
    assert whole[2].split()[:4] == ["07", "09", "11", "13"]
    assert whole[3].endswith("received 23:50")


def test_plain_letters_where_blocks_cannot_be_written():
    """On a terminal of another encoding the picture is drawn in ASCII."""
    done = process("due", *FRIDAY, "--picture", env={"PYTHONIOENCODING": "ascii"})
    text = done.stdout.decode("ascii")
    assert "######" in text
    assert "------" in text
    assert "\\u2588" not in text


def test_the_svg_is_the_explanations_own(tmp_path):
    """`--svg` writes what `Explanation.svg` returns, beside text or JSON."""
    file = tmp_path / "due.svg"
    result = run("due", *FRIDAY, "--svg", str(file), "--lang", "vi")
    assert result.stdout == "15:00 thứ Bảy 10/01/2026\n"
    start = datetime(2026, 1, 9, 15, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    explanation = vietnam_calendar("VP").explain(start, timedelta(hours=8))
    assert file.read_text(encoding="utf-8") == explanation.svg("vi")
    result = run("due", *FRIDAY, "--svg", str(file), "--json")
    assert (result.exit_code, file.read_text(encoding="utf-8")) == (0, explanation.svg())


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


HEADED = "start,budget_seconds,hours\n"
LATE = "2026-03-04T16:30,5400"  # 16:30 and an hour and a half: A closes at 17:30, VP has closed
OWN = """
format = 1
name = "centre"

[[schedule]]
days = ["mon-fri"]
sessions = ["08:00-12:00", "13:00-17:00"]
"""
ALWAYS = """
format = 1
base = "none"
known_through = 2026-12-31

[[schedule]]
days = ["mon-sun"]
sessions = ["00:00-24:00"]
"""


def test_a_calendar_of_one_s_own_is_named(file):
    """The name in the file of `--hours` is one of the names; a file's path is none."""
    path = file(OWN)
    result = batch(f"{HEADED}{LATE},centre\n{LATE},A\n{LATE},{path}\n", "--hours", path)
    assert [line.rpartition(",")[2] for line in result.stdout.splitlines()[1:]] == [
        "2026-03-05T09:00:00",
        "2026-03-05T08:00:00",
        "",
    ]
    assert result.exit_code == 3
    assert result.stderr.startswith("stdin:4: no hours '")


def test_days_are_changed_for_every_row():
    """What was known on a day holds for the rows' own hours too: 2 January was not yet off."""
    text = f"{HEADED}2025-12-31T16:00,28800,A\n2025-12-31T16:00,28800,VP\n"
    dues = [line[-19:] for line in batch(text).stdout.splitlines()[1:]]
    then = [line[-19:] for line in batch(text, "--as-of", "2025-12-24").stdout.splitlines()[1:]]
    assert dues == ["2026-01-05T16:00:00", "2026-01-05T16:00:00"]
    assert then == ["2026-01-02T16:00:00", "2026-01-02T16:00:00"]


@pytest.mark.parametrize(
    ("start", "provisional"),
    [
        ("2026-12-31T23:59:58.999999", False),
        ("2026-12-31T23:59:59", True),
        ("2026-12-31T16:59:58Z", False),
        ("2026-12-31T16:59:59Z", True),
        ("2026-12-31T04:59:58-12:00", False),
        ("2026-12-31T04:59:59-12:00", True),
        ("2027-01-01T06:59:58+14:00", False),
        ("2027-01-01T06:59:59+14:00", True),
    ],
)
def test_provisional_by_the_office_s_clock(start, provisional, file):
    """Whatever its offset, a due time is provisional from the office's midnight on."""
    result = batch(f"start,budget_seconds\n{start},1\n", "--hours", file(ALWAYS))
    assert (result.exit_code, result.stderr.count("\n")) == (0, provisional)
    assert ("provisional rows: 1" in result.stderr) is provisional


class Flood(RawIOBase):
    """A file of many rows that is nowhere whole."""

    def __init__(self, count):
        """Have so many rows to give."""
        self.left = count

    def readline(self, size=-1):
        """Give a row."""
        self.left -= 1
        return b"2026-03-04T09:00,18000\n" if self.left >= 0 else b""


class Void(StringIO):
    """A place where rows go and do not stay."""

    def write(self, text):
        """Forget a row."""
        return len(text)


def _peak(count):
    batch = Batch(RunContext(), "flood", ["start", "budget_seconds"], {"": vietnam_calendar("A")})
    batch.compute(1, ["2026-03-04T09:00", "18000"])  # loads the years
    tracemalloc.start()
    try:
        batch.write(read_rows(Lines(Flood(count), "flood")), Void())
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_rows():
    """Twenty thousand rows need no more memory than two hundred."""
    _peak(1)
    assert _peak(20_000) < _peak(200) + 50_000


def test_a_line_at_the_limit_is_read():
    """A line of just as many bytes as the limit is a row, whatever is wrong with it."""
    result = run("due", "--batch", given=f"{HEAD}{',' * (LONGEST - 1)}\n2026-03-04T09:00,18000\n")
    assert result.exit_code == 3
    assert result.stdout.endswith("2026-03-04T09:00,18000,2026-03-04T16:00:00\n")


@pytest.mark.parametrize(("lang", "said"), [("vi", "dòng 2: dài hơn"), ("en", "line 2: longer")])
def test_a_line_beyond_the_limit(lang, said):
    """One byte more ends the run with 2; what stands behind the limit makes no row."""
    row = "," * LONGEST
    result = run("due", "--batch", "--lang", lang, given=f"{HEAD}{row}\n2026-03-04T09:00,18000\n")
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
