"""A CSV file row by row: each with its line, and any byte that is not UTF-8 with its place."""

import csv
from collections.abc import Iterator
from typing import BinaryIO

import attrs

from phananh.cli.errors import CommandError
from phananh.cli.input.files import not_utf8
from phananh.errors import short_repr
from phananh.spreadsheet import read_text_cell

HEADER = ["start", "budget_seconds"]
HOURS = "hours"
LONGEST = 1_000_000  # bytes of a line


@attrs.define
class Lines:
    """The lines of a file as text. It knows the place of an unreadable byte."""

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
            return self.stream.readline(LONGEST + 1)
        except OSError as error:
            raise CommandError("cannot_read", path=self.name, problem=error) from None

    def _text(self, raw: bytes) -> str:
        if len(raw) > LONGEST:
            limit = f"{LONGEST:,}"
            raise CommandError("line_too_long", path=self.name, line=self.number, limit=limit)
        try:
            text = raw.decode()
        except UnicodeDecodeError as error:
            raise self._not_utf8(raw, error.start) from None
        if self.number == 1 and "\0" in text:  # UTF-16 without a mark
            raise self._not_utf8(raw, raw.index(0))
        return text

    def _not_utf8(self, raw: bytes, index: int) -> CommandError:
        return not_utf8(self.name, line=self.number, byte=index + 1, value=raw[index])


def read_rows(lines: Lines) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line it begins on, and pass over blank lines."""
    reader = csv.reader(iter(lines))
    first = 1
    try:
        for row in reader:
            if lines.ended:
                raise CommandError("unclosed_quote", path=lines.name, line=first)
            if row:
                yield first, [read_text_cell(cell) for cell in row]
            first = reader.line_num + 1
    except csv.Error as error:
        limit = csv.field_size_limit()
        if str(limit) in str(error):
            facts = {"path": lines.name, "line": first, "limit": f"{limit:,}"}
            raise CommandError("cell_too_long", **facts) from None
        raise CommandError("bad_line", path=lines.name, line=first, problem=error) from None


def check_header(found: list[str] | None, name: str) -> list[str]:
    """Return the columns, and refuse a first row that is not the header, with the reason."""
    if found is not None and found in (HEADER, [*HEADER, HOURS]):
        return found
    raise CommandError("wrong_header", path=name, problem=tuple(_find_header_errors(found)))


def _find_header_errors(found: list[str] | None) -> Iterator[CommandError]:
    if found is None:
        yield CommandError("header_absent")
        return
    missing = [column for column in HEADER if column not in found]
    twice = sorted({column for column in found if found.count(column) > 1})
    unknown = [column for column in found if column not in (*HEADER, HOURS)]
    named = {"header_missing": missing, "header_twice": twice, "header_unknown": unknown}
    for code, columns in named.items():
        if columns:
            yield CommandError(code, columns=tuple(map(short_repr, columns)))
    if not any(named.values()):
        yield CommandError("header_order")
