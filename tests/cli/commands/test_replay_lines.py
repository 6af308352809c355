"""A log is read line by line in flat memory; a line beyond its limit hides none behind it."""

import io
import tracemalloc

import pytest

from phananh.act_log.entry import LONGEST_LINE
from phananh.cli.base import CommandError
from phananh.cli.commands.replay import ENDLESS, read_log_lines
from tests.cli.log import LOG, text
from tests.cli.terminal import rows, run


class Zeros(io.RawIOBase):
    """A file of so many zeros, or of zeros without end."""

    def __init__(self, count=None):
        """Hold the count; None is no end."""
        self.left = count

    def readline(self, size=-1):
        """Return as many zeros as are asked for, while there are any."""
        size = size if self.left is None else min(size, self.left)
        self.left = None if self.left is None else self.left - size
        return b"0" * size


def test_lines_come_whole():
    """Each line comes as it stands, with its end; the last may have none."""
    given = b"a\n\nb\xff\r\n" + b"x" * LONGEST_LINE + b"\nlast"
    assert b"".join(read_log_lines(io.BytesIO(given), "log")) == given


def test_a_long_line_is_cut_and_the_next_is_whole():
    """Of a line beyond the limit comes its beginning, one byte longer than the limit."""
    given = io.BytesIO(b"x" * 3 * LONGEST_LINE + b"\nnext\n")
    first, second = read_log_lines(given, "log")
    assert (len(first), second) == (LONGEST_LINE + 1, b"next\n")


def test_a_long_line_takes_no_memory():
    """A line of ninety million bytes takes the memory of one at the limit."""
    tracemalloc.start()
    [line] = read_log_lines(Zeros(90_000_000), "log")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(line) == LONGEST_LINE + 1
    assert peak < 5 * LONGEST_LINE


def test_a_line_without_end():
    """A stream that is no log is refused, by line and limit."""
    with pytest.raises(CommandError) as refused:
        list(read_log_lines(Zeros(), "zero"))
    facts = {"path": "zero", "line": 1, "limit": f"{ENDLESS:,}"}
    assert (refused.value.code, refused.value.facts) == ("line_without_end", facts)


@pytest.mark.parametrize("fill", [b"x", b" ", b"["])
def test_a_long_line_of_a_replay(fill):
    """A line beyond the limit is invalid, blank or not, and the replay goes on behind it."""
    given = fill * (LONGEST_LINE + 1) + b"{}\n" + text(LOG).encode()
    result = run("replay", "-", "--json", given=given)
    assert [row["outcome"] for row in rows(result)] == ["invalid", *["recorded"] * 4]
    assert "stdin:1: " in result.stderr
    assert "longer than 1,000,000 bytes" in result.stderr
    assert result.exit_code == 2
