"""A CSV file row by row: each with its line, and any byte that is not UTF-8 with its place."""

import csv
from collections.abc import Iterator
from typing import BinaryIO

import attrs

from phananh.cli.errors import CommandError
from phananh.cli.options.hours import not_utf8, unreadable
from phananh.errors import short_repr

HEADER = ["start", "budget_seconds"]
HOURS = "hours"
_LONGEST = 1_000_000


@attrs.define
class Lines:
    """The lines of a file as text; knows where an unreadable byte stands."""

    stream: BinaryIO
    name: str
    number: int = 0
    ended: bool = False

    def __iter__(self) -> Iterator[str]:
        """Yield each line."""
        while raw := self._read():
            self.number += 1
            if self.number == 1:
                raw = raw.removeprefix(b"\xef\xbb\xbf")
            yield self._text(raw)
        self.ended = True

    def _read(self) -> bytes:
        try:
            return self.stream.readline(_LONGEST)
        except OSError as error:
            raise unreadable(self.name, error) from None

    def _text(self, raw: bytes) -> str:
        if len(raw) == _LONGEST:
            problem = "{path}, line {line}: longer than any row"
            raise CommandError(problem, path=self.name, line=self.number)
        try:
            text = raw.decode()
        except UnicodeDecodeError as error:
            raise self._not_utf8(raw, error.start) from None
        if self.number == 1 and "\0" in text:  # UTF-16 without a mark
            raise self._not_utf8(raw, raw.index(0))
        return text

    def _not_utf8(self, raw: bytes, index: int) -> CommandError:
        return not_utf8(self.name, line=self.number, byte=index + 1, value=raw[index])


def rows(lines: Lines) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line it begins on; blank lines are passed over."""
    reader = csv.reader(iter(lines))
    first = 1
    try:
        for row in reader:
            if lines.ended:
                raise CommandError("{path}, line {line}: a quote is never closed",
                            path=lines.name, line=first)  # fmt: skip
            if row:
                yield first, row
            first = reader.line_num + 1
    except csv.Error as error:
        raise CommandError("{path}, line {line}: {problem}",
                    path=lines.name, line=first, problem=error) from None  # fmt: skip


def check_header(found: list[str] | None, name: str) -> list[str]:
    """Return the columns; a first row that is not the header is refused, and said why."""
    if found is not None and found in (HEADER, [*HEADER, HOURS]):
        return found
    if found is None:
        problem = "the file is empty"
    else:
        missing = [column for column in HEADER if column not in found]
        twice = sorted({column for column in found if found.count(column) > 1})
        unknown = [column for column in found if column not in (*HEADER, HOURS)]
        named = (("missing", missing), ("twice", twice), ("unknown", unknown))
        problem = "; ".join(f"{w}: {', '.join(map(short_repr, c))}" for w, c in named if c)
    raise CommandError(
        "{path}: the first line must be start,budget_seconds or start,budget_seconds,hours "
        "({problem})",
        path=name,
        problem=problem or "in another order",
    )
