"""`due --batch` with a column `hours`, each row on its own calendar; what a million rows need."""

import os
import re
import select
import subprocess
import tracemalloc
from io import RawIOBase, StringIO

import pytest

from phananh.cli.base import RunContext
from phananh.cli.commands.due import Batch, Lines, _write, read_rows
from phananh.cli.input import parse_instant
from phananh.worktime import vietnam_calendar
from tests.cli.terminal import command, process, run
from tests.cli.terminal import rows as json_rows

HEAD = "start,budget_seconds,hours\n"
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


def batch(text, *more):
    """Run a batch over standard input."""
    return run("due", "--batch", *more, given=text)


def test_each_row_on_its_own_hours():
    """A row is counted on the hours that it names, in whatever case, and keeps its cells."""
    result = batch(f"{HEAD}{LATE},A\n{LATE},VP\n{LATE},vp\n")
    assert result.stdout.splitlines() == [
        "start,budget_seconds,hours,due",
        f"{LATE},A,2026-03-05T08:00:00",
        f"{LATE},VP,2026-03-05T09:00:00",
        f"{LATE},vp,2026-03-05T09:00:00",
    ]
    assert (result.stderr, result.exit_code) == ("", 0)


def test_a_calendar_of_one_s_own_is_named(file):
    """The name in the file of `--hours` is one of the names; a file's path is none."""
    path = file(OWN)
    result = batch(f"{HEAD}{LATE},centre\n{LATE},A\n{LATE},{path}\n", "--hours", path)
    assert [line.rpartition(",")[2] for line in result.stdout.splitlines()[1:]] == [
        "2026-03-05T09:00:00",
        "2026-03-05T08:00:00",
        "",
    ]
    assert result.exit_code == 3
    assert result.stderr.startswith("stdin:4: no hours '")


@pytest.mark.parametrize("cell", ["XYZ", "", " ", "centre", "/dev/null", "A,"])
def test_unknown_hours_are_a_bad_row(cell):
    """A name that is none of the hours, or no name, is never counted on others instead."""
    result = batch(f"{HEAD}{LATE},{cell}\n{LATE},A\n")
    assert result.exit_code == 3
    first, second = result.stdout.splitlines()[1:]
    assert first == f"{LATE},{cell.removesuffix(',')},"
    assert second == f"{LATE},A,2026-03-05T08:00:00"
    assert result.stderr.startswith("stdin:2: ")
    assert len(result.stderr.splitlines()) == 1


def test_cells_are_counted_against_the_header():
    """A row as long as the shorter header is a bad row under the longer one."""
    result = batch(f"{HEAD}{LATE}\n")
    assert result.stdout.splitlines()[1] == f"{LATE},,"
    assert result.stderr == "stdin:2: 2 cells, but 3 are needed\n"
    assert "có 2 ô, cần 3 ô" in batch(f"{HEAD}{LATE}\n", "--lang", "vi").stderr
    assert batch("start,hours,budget_seconds\n").exit_code == 2


def test_days_are_changed_for_every_row():
    """What was known on a day holds for the rows' own hours too: 2 January was not yet off."""
    text = f"{HEAD}2025-12-31T16:00,28800,A\n2025-12-31T16:00,28800,VP\n"
    dues = [line[-19:] for line in batch(text).stdout.splitlines()[1:]]
    then = [line[-19:] for line in batch(text, "--as-of", "2025-12-24").stdout.splitlines()[1:]]
    assert dues == ["2026-01-05T16:00:00", "2026-01-05T16:00:00"]
    assert then == ["2026-01-02T16:00:00", "2026-01-02T16:00:00"]


def test_json_names_the_hours():
    """With `--json` the column is a field."""
    (row,) = json_rows(batch(f"{HEAD}{LATE},VP\n", "--json"))
    assert row == {
        "line": 2, "start": "2026-03-04T16:30", "budget_seconds": "5400", "hours": "VP",
        "due": "2026-03-05T09:00:00",
    }  # fmt: skip


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


@pytest.mark.parametrize(
    ("text", "offset"), [("1905-01-01T09:00", None), ("1905-01-01T09:00:00", None)]
)
def test_local_mean_time_is_written_as_the_wall_clock(text, offset):
    """When Vietnamese clocks were not on a whole minute, the wall clock comes back all the same."""
    written = parse_instant(text)
    assert written.at.utcoffset().seconds % 60  # so this is such a time
    assert written.offset is offset
    assert written.format_like(written.at) == "1905-01-01T09:00:00"


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
    batch = Batch(vietnam_calendar("A"), RunContext(), "flood", ["start", "budget_seconds"])
    batch.compute(1, ["2026-03-04T09:00", "18000"])  # loads the years
    tracemalloc.start()
    try:
        _write(batch, read_rows(Lines(Flood(count), "flood")), Void())
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_memory_does_not_grow_with_the_rows():
    """Twenty thousand rows need no more memory than two hundred."""
    _peak(1)
    assert _peak(20_000) < _peak(200) + 50_000


def test_a_large_file_as_a_process(file):
    """Rows of two calendars in turn go through a process, whole and in order."""
    path = file(HEAD + f"{LATE},A\n{LATE},VP\n" * 5_000, "many.csv")
    done = process("due", "--batch", path)
    lines = done.stdout.decode().splitlines()[1:]
    assert (done.returncode, done.stderr) == (0, b"")
    assert lines == [f"{LATE},A,2026-03-05T08:00:00", f"{LATE},VP,2026-03-05T09:00:00"] * 5_000


def test_progress_is_shown_to_who_looks(tmp_path):
    """While the output goes to a file, a terminal counts the rows once a second, and is wiped."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    with (tmp_path / "out.csv").open("wb") as out:
        run = subprocess.Popen(
            command("due", "--batch", "--lang", "en"), stdin=subprocess.PIPE, stdout=out,
            stderr=theirs,
        )  # fmt: skip
        os.close(theirs)
        run.stdin.write(HEAD.encode())
        given = 0
        while not select.select([ours], [], [], 0.4)[0] and given < 10_000:
            run.stdin.write(f"{LATE},A\n".encode() * 64)
            run.stdin.flush()
            given += 64
        run.communicate(timeout=60)
    with os.fdopen(ours, "rb") as seen:
        said = re.fullmatch(rb"\r(\d+) rows \r\x1b\[K", seen.read1())
    assert 0 < int(said[1]) <= given
    assert (tmp_path / "out.csv").read_text().count(",A,2026-03-05") == given
