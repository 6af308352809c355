"""A disk that is full for a while, for stores that keep files."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from unittest import SkipTest

try:
    import resource
except ImportError:  # Windows has none
    resource = None  # type: ignore[assignment]


@contextmanager
def full_disk(path: str | os.PathLike[str], *, room: int = 0) -> Iterator[None]:
    """Let no file of this process grow beyond the size of the one at `path`, and `room` bytes.

    A write beyond it fails with an OSError ("File too large"), in SQLite with "disk is full".
    Bytes that fit are written, so with a few bytes of room a line is torn.
    """
    if resource is None:
        raise SkipTest("not offered: a limit on the size of files")
    size = os.path.getsize(path) if os.path.exists(path) else 0
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
