"""On a terminal no word of a table is broken: a time or a number cut in two cannot be read."""

import os
import re
import struct
import subprocess

import pytest

from tests.cli.terminal import command, run

STYLE = re.compile(r"\x1b\[[0-9;]*m")


def _shown(*words: str, columns: int) -> str:
    """Return what a terminal of so many columns gets."""
    fcntl, pty = pytest.importorskip("fcntl"), pytest.importorskip("pty")
    termios = pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
    env = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "LINES")}
    done = subprocess.Popen(
        command(*words), stdout=theirs, stdin=theirs,
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
