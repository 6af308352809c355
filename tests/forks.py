"""A fork waits until threads that have ended are gone, with the locks that they still hold.

`Thread.join` returns a little before the thread is gone: what it clears up last, such as the
random numbers of OpenSSL, is done under locks of the process. A child that is forked in this
moment waits for such a lock for ever, at its first connection to PostgreSQL.
"""

import os
import threading
import time
from pathlib import Path

TASKS = Path("/proc/self/task")
PATIENCE = 0.5  # seconds
_foreign: set[int] = set()  # threads of libraries, which do not end


def wait_for_ended_threads() -> None:
    """Wait until each thread of this process is one that Python knows, or is there to stay."""
    end = time.monotonic() + PATIENCE
    while others := _find_others():
        if time.monotonic() > end:
            _foreign.update(others)
            return
        time.sleep(0.0005)


def _find_others() -> set[int]:
    known = {thread.native_id for thread in threading.enumerate()}
    return {int(task) for task in os.listdir(TASKS)} - known - _foreign


def wait_before_forks() -> None:
    """Let each fork of this process wait so."""
    if TASKS.is_dir():
        os.register_at_fork(before=wait_for_ended_threads)
