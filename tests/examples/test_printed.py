"""An example that prints to a page prints what the page says, from a process of its own."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.mark.parametrize(
    "name",
    ["one_day", "ministry_terms", pytest.param("sla_rules", marks=pytest.mark.slow)],
)
def test_the_program_prints_its_page(name):
    """The program prints expected.txt, and nothing else."""
    run = subprocess.run(
        [sys.executable, "-X", "utf8", str(EXAMPLES / name / f"{name}.py")],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert (run.stderr, run.returncode) == ("", 0)
    assert run.stdout == (EXAMPLES / name / "expected.txt").read_text(encoding="utf-8")


def test_ministry_terms_by_hand():
    """Each last day is the one counted by hand on a wall calendar."""
    printed = (EXAMPLES / "ministry_terms" / "expected.txt").read_text(encoding="utf-8")
    found = re.findall(r"by (\w{3} \d\d \w{3})", printed)
    by_hand = """
        Mon 12 Jan, Mon 12 Jan, Thu 15 Jan, Tue 13 Jan, Thu 22 Jan,
        Tue 24 Feb, Tue 24 Feb, Fri 27 Feb, Wed 25 Feb, Fri 06 Mar,
        Tue 24 Feb, Tue 24 Feb, Fri 27 Feb, Wed 25 Feb, Fri 06 Mar,
        Sat 22 Aug, Sat 22 Aug, Wed 26 Aug, Mon 24 Aug, Mon 07 Sep
    """
    assert found == [day.strip() for day in by_hand.split(",")]
