"""The property test of the naive loop finds the make-up Saturday, as its page says."""

import os
import subprocess
import sys
from pathlib import Path

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
