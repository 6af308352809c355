"""On a terminal no word of a table is broken: a time or a number cut in two cannot be read."""

import os
import re
import struct
import subprocess

import pytest

from phananh.cli.base import RunContext
from phananh.cli.terminal import show, stream_table
from tests.cli.log import CALL, LAN, line
from tests.cli.terminal import command, run

STYLE = re.compile(r"\x1b\[[0-9;]*m")


def _shown(*words: str, columns: int, errors: bool = False) -> str:
    """Return what a terminal of so many columns gets, with standard error where asked."""
    fcntl, pty = pytest.importorskip("fcntl"), pytest.importorskip("pty")
    termios = pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    env = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    done = subprocess.Popen(
        command(*words), stdout=theirs, stdin=theirs, stderr=theirs if errors else None,
        env=env | {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1", "TERM": "xterm"},
    )  # fmt: skip
    os.close(theirs)
    parts = []
    try:
        while part := os.read(ours, 65_536):
            parts.append(part)
    except OSError:  # the other side has gone
        pass
    done.wait(timeout=60)
    os.close(ours)
    return STYLE.sub("", b"".join(parts).decode())


@pytest.mark.parametrize("columns", [50, 80, 81, 82, 83, 84, 100, 132])
@pytest.mark.parametrize("name", ["hours", "notices"])
def test_no_word_of_a_table_is_broken(name, columns):
    """Each word that a pipe gets stands whole, in a column or in a list, within the width."""
    whole = {word.rstrip(":;") for word in run(name, "--lang", "en").stdout.split()}
    shown = _shown(name, "--lang", "en", columns=columns)
    assert whole - {word.rstrip(":;") for word in shown.split()} - {"-"} == set()
    assert max(len(line) for line in shown.splitlines()) <= columns


def test_a_table_begins_before_its_rows_end(capsys):
    """The first hundred rows are printed before another is asked for; nothing waits for the end."""
    asked = []

    def count():
        for n in range(250):
            asked.append(n)
            yield f"HB-{n:03}", "x" * n

    context, printed = RunContext(), []
    for piece in stream_table(context, ("case", "why"), count()):
        printed.append(len(asked))
        show(context, piece)
    assert printed == [100, 200, 250]
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 251
    assert [row.split() for row in lines[2:]] == [[f"HB-{n:03}", "x" * n] for n in range(1, 250)]
    assert {row.find("x") for row in lines[2:]} == {8}


@pytest.mark.parametrize(("columns", "heads"), [(50, 101), (132, 2), (150, 2)])
def test_no_word_of_a_long_list_is_broken(keep, columns, heads):
    """A longer word far down the list gets a wider column under a new head."""
    calls = [line("receive", f"c{n}", "08:00", **CALL) for n in range(100)]
    late = line("receive", "late", "08:30", **CALL)
    moved = line("escalate", "late", "09:00", to={**LAN, "id": "mot-can-bo-co-ten-rat-dai"})
    kept = keep([*calls, late, moved])
    words = ("list", "--db", kept, "--at", "2026-11-27T09:00", "--lang", "en")
    whole = {word.rstrip(":;") for word in run(*words).stdout.split()}
    shown = _shown(*words, columns=columns)
    assert whole - {word.rstrip(":;") for word in shown.split()} - {"-"} == set()
    assert max(len(line) for line in shown.splitlines()) <= columns
    assert (shown.count("HB-2503-"), shown.count("Case")) == (101, heads)
