"""The property test of the naive loop finds the make-up Saturday, as its page says."""

import os
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from hypothesis import find, settings
from hypothesis import strategies as st

from examples.naive_loop import test_loop as loop
from tests.page_console import SOURCES

ROOT = Path(__file__).parents[2]
FOUND = (
    "start=datetime.fromisoformat('2026-01-10T09:00:00+07:00')",
    "budget=timedelta(hours=1)",
    "Saturday 10 Jan: worked in place of Friday 2 Jan (CV 12729/VPCP-KGVX of 2025-12-25).",
)


def test_the_command_finds_the_saturday() -> None:
    """One test fails with the Saturday and its reason, as the page quotes them; one passes."""
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "examples/naive_loop"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": SOURCES, "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert run.returncode == 1, run.stdout + run.stderr
    assert "1 failed, 1 passed" in run.stdout
    page = (ROOT / "examples" / "naive_loop" / "README.md").read_text(encoding="utf-8")
    assert [each for each in FOUND if each not in page] == []
    assert [each for each in FOUND[2:] if each not in run.stdout] == []


@pytest.mark.parametrize("seed", range(2))
def test_it_is_found_whatever_is_drawn(seed: int) -> None:
    """Other draws shrink to an hour that begins or is due on the Saturday, so it is no luck."""

    def is_missed(drawn: tuple[datetime, timedelta]) -> bool:
        return loop.add(*drawn) != loop.OFFICE.add(*drawn)

    start, budget = find(
        st.tuples(loop.STARTS, loop.BUDGETS),
        is_missed,
        settings=settings(database=None, max_examples=1000, deadline=None),
        random=Random(seed),
    )
    assert loop.MAKE_UP in (start.date(), loop.OFFICE.add(start, budget).date())
    assert (loop.MAKE_UP.isoweekday(), budget) == (6, timedelta(hours=1))
