"""Whether a log that was left beside a database has lost acknowledged commits.

SQLite reads a log up to the first frame that its checksum does not fit, and drops the rest without
a word. That is right for a commit that was being written when the power failed. But a frame
continues the checksum of the one before it, and its writer saw that one committed: so a commit
behind the bad frame that another frame continues was acknowledged, and is lost. For the very last
commit the log does not show whether it was.
"""

import os
from array import array
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from struct import pack, unpack
from sys import byteorder

from phananh.errors import StoreError
from phananh.stores.sqlite.lockfile import LockFile

_HEAD, _FRAME, _PAGE = 32, 24, 4096  # bytes: of the log's header, of a frame's, and of our pages
_BIG = 0x377F0683  # what a log begins with whose checksums are of big-endian words
_ALL = 0xFFFFFFFF


def check_log(path: str, lock: LockFile) -> None:
    """Raise StoreError for a database with a damaged log beside it, and leave both unchanged."""
    log = Path(f"{path}-wal")
    if not _is_left(log) or not has_lost_commits(log):
        return
    with ExitStack() as held:
        with suppress(OSError):  # where we may not write, nobody of us does
            held.enter_context(lock)
        if has_lost_commits(log):  # and nobody was beginning it anew just now
            raise StoreError(doing="opening", where=path, code="log_damaged")


def _is_left(log: Path) -> bool:
    return log.exists() and log.stat().st_size > _HEAD and os.access(log, os.R_OK)


def has_lost_commits(log: Path) -> bool:
    """Return whether there is an acknowledged commit behind a frame that does not fit."""
    try:
        data = log.read_bytes()
    except FileNotFoundError:  # whoever had it open closed the file, and copied it
        return False
    if len(data) < _HEAD or not any(data[:_HEAD]):
        return False  # its header was never written
    magic, _, size = unpack(">3I", data[:12])
    order = "big" if magic == _BIG else "little"
    if _continue(data[:24], order, bytes(8)) == data[24:_HEAD]:
        return _has_lost(data, size, order, data[16:24], is_broken=False)
    return _has_lost(data, _PAGE, order, data[_HEAD + 8 : _HEAD + 16], is_broken=True)


def _has_lost(data: bytes, size: int, order: str, salts: bytes, *, is_broken: bool) -> bool:
    """Return whether a frame behind the bad one continues a commit.

    The frames of one log have the same salts. Those behind it are of the log before.
    """
    sums, ends_commit = data[24:_HEAD], False
    for head, page in _list_frames(data, size):
        is_ours = head[8:16] == salts
        if not is_broken or (ends_commit and is_ours):
            fits = is_ours and _continue(head[:8] + page, order, sums) == head[16:]
            if fits and is_broken:
                return True
            is_broken = not fits
        sums, ends_commit = head[16:], is_ours and any(head[4:8])
    return False


def _list_frames(data: bytes, size: int) -> Iterator[tuple[bytes, bytes]]:
    step = _FRAME + size
    for start in range(_HEAD, len(data) - step + 1, step):
        yield data[start : start + _FRAME], data[start + _FRAME : start + step]


def _continue(data: bytes, order: str, sums: bytes) -> bytes:
    """Return the checksum of `data` that continues another, as SQLite writes it."""
    words = array("I", data)
    if order != byteorder:
        words.byteswap()
    one, two = unpack(">2I", sums)
    pairs = iter(words)
    for first in pairs:
        one = (one + first + two) & _ALL
        two = (two + next(pairs) + one) & _ALL
    return pack(">2I", one, two)
