"""The tests of a sample province's rules pass as its author runs them."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "sla_rules"
ASKED = ("-m", "pytest", "-q", "-p", "no:cacheprovider")


@pytest.mark.parametrize(
    ("asked", "passed"), [("hour", 1), pytest.param("test", 4, marks=pytest.mark.slow)]
)
def test_the_tests_of_the_example_pass(tmp_path, asked, passed):
    """The author's own tests pass in a folder of their own. Whole walks are of `make slow`."""
    for name in ("province.py", "test_province.py"):
        (tmp_path / name).write_bytes((EXAMPLE / name).read_bytes())
    done = subprocess.run(
        [sys.executable, "-X", "utf8", *ASKED, "-k", asked, str(tmp_path)],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{passed} passed" in done.stdout
