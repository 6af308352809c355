"""A log line by line as bytes, in flat memory: of a line beyond the limit only its beginning."""

from collections.abc import Iterator
from typing import BinaryIO

from phananh.act_log.entry import LONGEST_LINE
from phananh.cli.errors import CommandError

ENDLESS = 100_000_000  # bytes after which a line is taken for no line at all
_CUT = LONGEST_LINE + 1  # so much is kept, and tells the replay that the line was longer


def read_log_lines(stream: BinaryIO, name: str) -> Iterator[bytes]:
    """Yield each line. An endless one is a CommandError that names it."""
    number = 0
    try:
        while raw := stream.readline(_CUT):
            number += 1
            if len(raw) == _CUT and not raw.endswith(b"\n"):
                _skip_rest(stream, name, number)
            yield raw
    except OSError as error:
        raise CommandError("cannot_read", path=name, problem=error) from None


def _skip_rest(stream: BinaryIO, name: str, number: int) -> None:
    for _ in range(ENDLESS // _CUT):
        rest = stream.readline(_CUT)
        if not rest or rest.endswith(b"\n"):
            return
    raise CommandError("line_without_end", path=name, line=number, limit=f"{ENDLESS:,}")
