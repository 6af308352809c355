"""The rules of a sample province: the program prints what is expected, and its tests pass."""

import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).parents[2] / "examples" / "sla_rules"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments, as a reader would."""
    command = [sys.executable, "-X", "utf8", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.mark.slow
def test_the_program_prints_what_is_expected():
    """The walk, the sound rules and the mistake print the same on every machine."""
    done = run(str(EXAMPLE / "sla_rules.py"))
    assert (done.stderr, done.stdout) == (
        "",
        (EXAMPLE / "expected.txt").read_text(encoding="utf-8"),
    )


@pytest.mark.parametrize(
    ("asked", "passed"), [("hour", 1), pytest.param("test", 4, marks=pytest.mark.slow)]
)
def test_the_tests_of_the_example_pass(tmp_path, asked, passed):
    """The author's own tests pass in a folder of their own. Whole walks are of `make slow`."""
    for name in ("province.py", "test_province.py"):
        (tmp_path / name).write_bytes((EXAMPLE / name).read_bytes())
    done = run("-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", asked, str(tmp_path))
    assert done.returncode == 0, done.stdout + done.stderr
    assert f"{passed} passed" in done.stdout
