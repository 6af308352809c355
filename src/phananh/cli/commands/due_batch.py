"""`phananh due --batch`: a CSV of starts and budgets in, the same rows with their due times out.

Row by row, so that a million rows need no more memory than one. A bad row stays in its place with
an empty `due`, and its cells are escaped so that they steer no terminal and no spreadsheet computes
them. A file that is unreadable as a whole ends the run. A column `hours` names each row's calendar:
that of `--hours`, or a preset. A cell cannot name a file to read.
"""

import csv
import sys
from collections.abc import Iterator
from io import StringIO
from typing import BinaryIO, TextIO

import attrs

from phananh.cli.base import (
    SENTENCES,
    CommandError,
    RunContext,
    discard_output,
    error_text,
    escape_control,
    to_json,
)
from phananh.cli.input import (
    calendar_of,
    find_preset,
    not_utf8,
    open_file,
    parse_instant,
    parse_seconds,
)
from phananh.cli.terminal import Progress
from phananh.errors import PhanAnhError, short_repr
from phananh.spreadsheet import read_text_cell, to_text_cell
from phananh.worktime import WorkCalendar
from phananh.worktime.presets import PRESETS

HEADER = ["start", "budget_seconds"]
HOURS = "hours"
LONGEST = 1_000_000  # bytes of a line


def run_batch(path: str, calendar: WorkCalendar, context: RunContext) -> int:
    """Compute a file of rows, and return the exit code.

    If the reader of the output goes away, writing ends without an error.
    """
    name = "stdin" if path == "-" else path
    with open_file(path) as stream:
        rows = read_rows(Lines(stream, name))
        columns = check_header(next((row for _, row in rows), None), name)
        batch = Batch(context, name, columns, {calendar.name: calendar, "": calendar})
        if sys.stdout is not None:
            sys.stdout.reconfigure(  # type: ignore[union-attr]  # it is a text stream of Python's
                encoding="utf-8", errors="backslashreplace", newline=""
            )
        out = sys.stdout or StringIO()
        try:
            batch.write(rows, out)
            out.flush()
        except BrokenPipeError:
            discard_output()  # what is left would wait for a reader who may never read it
    if batch.provisional:
        context.warn("provisional_rows", n=batch.provisional)
    return 3 if batch.bad else 0


@attrs.define
class Lines:
    """The lines of a file as text. It knows the place of an unreadable byte."""

    stream: BinaryIO
    name: str
    number: int = 0
    ended: bool = False

    def __iter__(self) -> Iterator[str]:
        """Yield each line."""
        try:
            while raw := self.stream.readline(LONGEST + 1):
                self.number += 1
                yield self._decode(raw)
        except OSError as error:
            raise CommandError("cannot_read", path=self.name, problem=error) from None
        self.ended = True

    def _decode(self, raw: bytes) -> str:
        is_first = self.number == 1
        if is_first:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if len(raw) > LONGEST:
            limit = f"{LONGEST:,}"
            raise CommandError("line_too_long", path=self.name, line=self.number, limit=limit)
        try:
            text, bad = raw.decode(), raw.find(0) if is_first else -1  # 0: UTF-16 without a mark
        except UnicodeDecodeError as error:
            text, bad = "", error.start
        if bad >= 0:
            raise not_utf8(self.name, line=self.number, byte=bad + 1, value=raw[bad])
        return text


def read_rows(lines: Lines) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line it begins on, and pass over blank lines."""
    reader, first, limit = csv.reader(iter(lines)), 1, csv.field_size_limit()
    try:
        for row in reader:
            if lines.ended:
                raise CommandError("unclosed_quote", path=lines.name, line=first)
            if row:
                yield first, [read_text_cell(cell) for cell in row]
            first = reader.line_num + 1
    except csv.Error as error:
        code = "cell_too_long" if str(limit) in str(error) else "bad_line"
        facts = {"line": first, "limit": f"{limit:,}", "problem": error}
        raise CommandError(code, path=lines.name, **facts) from None


def check_header(found: list[str] | None, name: str) -> list[str]:
    """Return the columns, and refuse a first row that is not the header, with the reason."""
    if found is not None and found in (HEADER, [*HEADER, HOURS]):
        return found
    row = HEADER if found is None else found
    wrong = {
        "header_missing": [column for column in HEADER if column not in row],
        "header_twice": sorted({column for column in row if row.count(column) > 1}),
        "header_unknown": [column for column in row if column not in (*HEADER, HOURS)],
    }
    problems = [
        CommandError(code, columns=tuple(map(short_repr, columns)))
        for code, columns in wrong.items()
        if columns
    ] or [CommandError("header_absent" if found is None else "header_order")]
    raise CommandError("wrong_header", path=name, problem=tuple(problems))


@attrs.define
class Batch:
    """One run over a file: how many rows were bad, and how many due times may still move.

    `calendars` are those that rows have named, by name. A row without a column has that of "".
    """

    context: RunContext
    name: str
    columns: list[str]
    calendars: dict[str, WorkCalendar]
    bad: int = 0
    provisional: int = 0

    def write(self, rows: Iterator[tuple[int, list[str]]], out: TextIO) -> None:
        """Write each row with its due time."""
        as_json, columns = self.context.json, self.columns
        writer = csv.writer(out, lineterminator="\n")
        if not as_json:
            writer.writerow([*columns, "due"])
        with Progress(self.context, "rows") as progress:
            for line, row in rows:
                due = self.compute(line, row)
                cells = (*row, "", "", "")[: len(columns)]
                if as_json:
                    facts = {"line": line, **dict(zip(columns, cells, strict=True))}
                    out.write(to_json({**facts, "due": due or None}) + "\n")
                else:
                    writer.writerow((*(to_text_cell(escape_control(c)) for c in cells), due))
                progress.step()

    def compute(self, line: int, row: list[str]) -> str:
        """Return the due time of a row, or "" after reporting the bad cell and the reason."""
        cell = ""
        try:
            if len(row) != len(self.columns):
                raise CommandError("wrong_cells", n=len(row), needed=len(self.columns))
            calendar = self._find_calendar(row[2]) if len(row) > 2 else self.calendars[""]
            cell = "start: "
            start = parse_instant(row[0])
            cell = "budget_seconds: "
            due = calendar.add(start.at, parse_seconds(row[1]))
            self.provisional += calendar.provisional(start.at, due)
            return start.format_like(due)
        except (CommandError, PhanAnhError) as error:
            self.bad += 1
            self.context.write_aside(f"{self.name}:{line}: {cell}{error_text(error, self.context)}")
            return ""

    def _find_calendar(self, hours: str) -> WorkCalendar:
        if not hours.strip():
            raise CommandError("hours_blank", names=tuple(PRESETS))
        if hours not in self.calendars:
            self.calendars[hours] = calendar_of(find_preset(hours).name)
        return self.calendars[hours]


SENTENCES.update({
    "wrong_header": (
        "{path}: dòng đầu phải là start,budget_seconds hoặc start,budget_seconds,hours ({problem})",
        "{path}: the first line must be start,budget_seconds or start,budget_seconds,hours "
        "({problem})",
    ),
    "header_absent": ("tệp trống", "the file is empty"),
    "header_order": ("sai thứ tự", "in another order"),
    "header_missing": ("thiếu: {columns}", "missing: {columns}"),
    "header_twice": ("lặp lại: {columns}", "twice: {columns}"),
    "header_unknown": ("không có cột: {columns}", "unknown: {columns}"),
    "wrong_cells": ("có {n} ô, cần {needed} ô", "{n} cells, but {needed} are needed"),
    "hours_blank": (
        "chưa ghi bộ giờ; ghi một trong {names}, hoặc bỏ cột này",
        "no hours: write one of {names}, or leave the column out",
    ),
    "rows": ("dòng", "rows"),
    "provisional_rows": (
        "dòng tạm tính: {n}; văn bản ban hành sau này có thể làm thay đổi",
        "provisional rows: {n}. Later notices may move them.",
    ),
    "cell_too_long": (
        "{path}, dòng {line}: có ô dài hơn {limit} ký tự",
        "{path}, line {line}: a cell of more than {limit} characters",
    ),
    "line_too_long": (
        "{path}, dòng {line}: dài hơn {limit} byte",
        "{path}, line {line}: longer than {limit} bytes",
    ),
    "bad_line": ("{path}, dòng {line}: {problem}", "{path}, line {line}: {problem}"),
    "unclosed_quote": (
        "{path}, dòng {line}: dấu ngoặc kép không được đóng",
        "{path}, line {line}: a quote is not closed",
    ),
})  # fmt: skip
