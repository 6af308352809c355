"""Forks of this process, in which tests run: started in silence, and ended where they hang.

This process loads what tests need but for `phananh`, so a fork has only that to import.
"""

import importlib
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from hypothesis import Phase, settings

PROFILE = "mutants"
# Exit codes of a fork beside those of pytest.
BROKEN, TOO_LONG = 97, 98
MOST = 600  # seconds, for a fork that does not hear its alarm
QUIET = (
    "-q", "-x", "--no-header", "--capture=sys", "-p", "no:cacheprovider", "-p", "no:xdist",
    "-W", "ignore::pytest.PytestAssertRewriteWarning",  # plugins were loaded before the fork
)  # fmt: skip


def prepare() -> None:
    """Load what is slow to load, and let Hypothesis draw the same examples and shrink none."""
    for name in ("hypothesis.stateful", "numpy", "pandas", "click", "rich.console"):
        importlib.import_module(name)
    settings.register_profile(
        PROFILE,
        derandomize=True,
        deadline=None,
        database=None,
        phases=(Phase.explicit, Phase.generate),
    )
    os.environ["HYPOTHESIS_PROFILE"] = PROFILE


def fork(work: Callable[[], int]) -> int:
    """Do some work in a fork, in silence; return its process id."""
    pid = os.fork()
    if pid:
        return pid
    code = 3
    try:
        os.setsid()
        silent = os.open(os.devnull, os.O_RDWR)
        for stream in (0, 1, 2):
            os.dup2(silent, stream)
        code = work()
    finally:
        os._exit(code)


def wait(pid: int) -> int:
    """Return the exit code of a fork, which is killed when it does not end."""
    until = time.monotonic() + MOST
    while time.monotonic() < until:
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return os.waitstatus_to_exitcode(status)
        time.sleep(0.002)
    os.killpg(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return TOO_LONG


@contextmanager
def limit(seconds: float) -> Iterator[None]:
    """End this process where a test takes much longer than it does on the code as it is.

    Only the time of this process counts, which other programs make no longer.
    """
    signal.signal(signal.SIGPROF, lambda *_: os._exit(TOO_LONG))
    signal.setitimer(signal.ITIMER_PROF, 10 + 20 * seconds)
    yield
    signal.setitimer(signal.ITIMER_PROF, 0)
