"""The origin of an error of a store, and ending a process with a store that hangs."""

import faulthandler
import sys
import sysconfig
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from traceback import walk_tb

from phananh.testing.contract.harness.limits import GRACE, OURS

_STDLIB = sysconfig.get_path("stdlib") + "/"


@contextmanager
def end_if_stuck(time_limit: float) -> Iterator[None]:
    """End the process, with its stacks on stderr, if the block takes twice the time limit.

    It is for calls that the time limit cannot interrupt: they are blocked in C, or catch
    everything that is raised.
    """
    if sys.__stderr__ is not None:
        if not faulthandler.is_enabled():  # a crash in C, such as SIGSEGV, shows the test too
            faulthandler.enable(file=sys.__stderr__)
        faulthandler.dump_traceback_later(
            2 * time_limit + 2 * GRACE, exit=True, file=sys.__stderr__
        )
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


def describe_origin(error: BaseException) -> str:
    """Return which line of a store raised an error, or of the test that its answer stopped."""
    places = [(each.f_code.co_filename, line) for each, line in walk_tb(error.__traceback__)]
    outside = [place for place in places if not _is_known(place[0])]
    if outside:
        path, line = outside[-1]
        return f" (in {Path(path).name}:{line})"
    ours = [place for place in places if place[0].startswith(OURS)]
    where = "".join(f", {Path(path).name}:{line}" for path, line in ours[-1:])
    return f" (in the test, which cannot go on with what the store returned{where})"


def _is_known(path: str) -> bool:
    """Return whether a file is of the suite or of Python itself."""
    is_stdlib = path.startswith(_STDLIB) and "site-packages" not in path
    return is_stdlib or path.startswith((OURS, "<"))
