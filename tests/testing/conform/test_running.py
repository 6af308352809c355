"""`python -m phananh.testing conform` while it runs: its tests, and what it says by then."""

import signal
import subprocess
import sys

import pytest

from phananh.testing.__main__ import main
from phananh.testing.conform.runner import list_tests
from phananh.testing.conformance import StoreConformance
from tests.testing.conform.test_command import ENVIRONMENT, HERE, SECOND, run


def test_text_may_be_left_out() -> None:
    """`not TEXT` runs the other tests, and a text runs those that have it."""
    names = list_tests(StoreConformance)
    some, others = list_tests(StoreConformance, "kill"), list_tests(StoreConformance, "not kill")
    assert {*some, *others} == {*names}
    assert all("kill" in name for name in some)
    assert not any("kill" in name for name in others)


def test_failures_are_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """Where stderr is no terminal each failed test is a line of it, and the others are none."""
    code, _, err = run(capsys, f"{HERE}:Broken", "-k", "beginning")
    assert code == 1
    assert f"FAILED {SECOND}: recorded what should be a ConflictError\n" in err
    assert "FAILED" not in run(capsys, "memory:", "-k", "beginning")[2]


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=lambda each: each.name)
def test_what_was_run_is_reported_at_the_end(number: signal.Signals) -> None:
    """A run that is stopped says what it has run, and that some tests were not run."""
    call = [sys.executable, "-m", "phananh.testing", "conform", f"{HERE}:StopsAtALoad"]
    with subprocess.Popen(
        [*call, "-k", "history"],
        env={**ENVIRONMENT, "STOP_BY": str(int(number))},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        out, err = process.communicate(timeout=60)
    assert process.returncode == 1, err
    assert out.startswith("StopsAtALoad (")
    assert " not run" in out.splitlines()[-1]
    assert "Traceback" not in err


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
def test_a_crash_names_the_running_test() -> None:
    """A store that ends the process in C leaves the stacks on stderr, with the running test."""
    call = [sys.executable, "-m", "phananh.testing", "conform", f"{HERE}:StopsAtALoad"]
    ended = subprocess.run(
        [*call, "-k", "history"],
        check=False,
        env={**ENVIRONMENT, "STOP_BY": str(int(signal.SIGSEGV))},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert ended.returncode == -signal.SIGSEGV
    assert "Fatal Python error: Segmentation fault" in ended.stderr
    assert " in test_" in ended.stderr


def test_signal_is_as_before_after_a_run() -> None:
    """The command leaves the handler of the signal as it was."""
    before = signal.getsignal(signal.SIGTERM)
    assert main(["conform", "memory:", "-k", "test_unknown_case_is_empty"]) == 0
    assert signal.getsignal(signal.SIGTERM) is before
