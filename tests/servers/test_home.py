"""What lives in a home is gone afterwards, however the one who lent it ended."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.house import ROOT
from tests.servers.guard import processes_in
from tests.servers.home import home, run, start_in_background

SLEEPER = ["sleep", "1000"]
LENT = """
import sys, time
from tests.servers.home import {name}, start_in_background

def start(folder):
    start_in_background(["sleep", "1000"], cwd=folder, log=folder / "log")
    return str(folder)

{body}
"""
OWN = LENT.format(
    name="home",
    body="with home('t') as folder:\n    print(start(folder), flush=True)\n    time.sleep(1000)",
)
SHARED = LENT.format(name="shared", body="print(shared('t', start), flush=True)\nsys.stdin.read()")


def program(text: str) -> subprocess.Popen[str]:
    """Start a program that lends a home and prints its folder."""
    return subprocess.Popen(
        [sys.executable, "-c", text],
        cwd=ROOT,
        env={"PYTEST_XDIST_TESTRUNUID": "0123test", "PATH": "/usr/bin:/bin"},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


def folder_of(started: subprocess.Popen[str]) -> Path:
    """Return the folder that a program printed."""
    assert started.stdout is not None
    return Path(started.stdout.readline().strip())


def is_cleared(folder: Path, *, seconds: float = 10) -> bool:
    """Tell whether the folder and its processes go away within a while."""
    end = time.monotonic() + seconds
    while folder.exists() or processes_in(folder):
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


def test_a_home_ends_with_its_block():
    """After the block no process works in the folder, and the folder is gone."""
    with home("t") as folder:
        start_in_background(SLEEPER, cwd=folder, log=folder / "log")
        while not processes_in(folder):
            time.sleep(0.01)
    assert not folder.exists()
    assert not processes_in(folder)


def test_a_home_ends_with_a_killed_owner():
    """If the process that lent a home is killed, the guard clears it."""
    with program(OWN) as owner:
        folder = folder_of(owner)
        assert folder.is_dir()
        owner.send_signal(signal.SIGKILL)
    assert is_cleared(folder)


def test_a_shared_server_is_one_and_outlives_the_first_who_asked():
    """Two processes of a run get the same server, and it stops after the last of them."""
    with program(SHARED) as first, program(SHARED) as second:
        folder = folder_of(first)
        assert folder_of(second) == folder
        first.send_signal(signal.SIGKILL)
        first.wait()
        time.sleep(0.3)
        assert len(processes_in(folder)) == 1
        assert second.stdin is not None
        second.stdin.close()
        second.wait()
    assert is_cleared(folder)


def test_a_failed_program_says_what_it_said(tmp_path: Path):
    """If a server's program fails, the error holds what it printed."""
    with pytest.raises(RuntimeError, match="cannot access"):
        run(["ls", "/no/such/folder"], cwd=Path("/"))
