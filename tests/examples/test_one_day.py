"""The example of one day prints what its page says, from a process of its own."""

import subprocess
import sys
from pathlib import Path

EXAMPLE = Path(__file__).parents[2] / "examples" / "one_day"


def test_one_day():
    """The program prints expected.txt, and nothing else."""
    run = subprocess.run(
        [sys.executable, "-X", "utf8", str(EXAMPLE / "one_day.py")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (run.stderr, run.returncode) == ("", 0)
    assert run.stdout == (EXAMPLE / "expected.txt").read_text(encoding="utf-8")
