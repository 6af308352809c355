"""`phananh due --batch`: a CSV of starts and budgets in, the same rows with their due times out.

Row by row, so that a million rows need no more memory than one. A bad row stays in its place with
an empty `due`, and its cells are escaped so that they steer no terminal and no spreadsheet computes
them. A file that is unreadable as a whole ends the run. A column `hours` names each row's calendar:
that of `--hours`, or a preset. A cell cannot name a file to read."""

import csv
import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO, TextIOWrapper
from typing import Any, BinaryIO

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


_APART = 2  # dates: so far may the same instant's lie apart in two zones


def _may_be_unsettled(calendar: WorkCalendar, start: dt.datetime, due: dt.datetime) -> bool:
    """Say whether a deadline may touch a day in doubt: what is surely not is not looked at."""
    rules = calendar.day_rules
    early = start.toordinal() - _APART < rules.first_settled
    return early or due.toordinal() + _APART >= rules.first_unsettled


@attrs.define
class Batch:
    """One run over a file: how many rows were bad, and how many due times may still move."""

    calendar: WorkCalendar
    context: RunContext
    name: str
    columns: list[str]
    bad: int = 0
    provisional: int = 0
    named: dict[str, WorkCalendar] = attrs.field(
        init=False,
        default=attrs.Factory(lambda batch: {batch.calendar.name: batch.calendar}, takes_self=True),
    )

    def compute(self, line: int, row: list[str]) -> str:
        """Return the due time of a row, or "" after reporting the bad cell and the reason."""
        cell = ""
        try:
            if len(row) != len(self.columns):
                raise CommandError("wrong_cells", n=len(row), needed=len(self.columns))
            calendar = self._find_calendar(row[2]) if len(row) > 2 else self.calendar
            cell = "start: "
            start = parse_instant(row[0])
            cell = "budget_seconds: "
            due = calendar.add(start.at, parse_seconds(row[1]))
            if _may_be_unsettled(calendar, start.at, due):
                self.provisional += calendar.provisional(start.at, due)
            return start.format_like(due)
        except (CommandError, PhanAnhError) as error:
            self.bad += 1
            self.context.write_aside(f"{self.name}:{line}: {cell}{error_text(error, self.context)}")
            return ""

    def _find_calendar(self, hours: str) -> WorkCalendar:
        if not hours.strip():
            raise CommandError("hours_blank", names=tuple(PRESETS))
        calendar = self.named.get(hours)
        if calendar is None:
            calendar = self.named[hours] = calendar_of(find_preset(hours).name)
        return calendar

    def warn_if_provisional(self) -> None:
        """Say how many due times may still move."""
        if self.provisional:
            self.context.warn("provisional_rows", n=self.provisional)


def run_batch(path: str, calendar: WorkCalendar, context: RunContext) -> int:
    """Compute a file of rows, and return the exit code."""
    name = "stdin" if path == "-" else path
    with open_file(path) as stream:
        found = read_rows(Lines(stream, name))
        columns = check_header(next((row for _, row in found), None), name)
        batch = Batch(calendar, context, name, columns)
        with _open_stdout() as out:
            _write(batch, found, out)
    batch.warn_if_provisional()
    return 3 if batch.bad else 0


@contextmanager
def _open_stdout() -> Iterator[TextIOWrapper]:
    """Lend standard output as UTF-8. If the reader goes away, writing ends without an error."""
    raw = BytesIO() if sys.stdout is None else sys.stdout.buffer
    out = TextIOWrapper(raw, "utf-8", "backslashreplace", newline="")
    try:
        yield out
        out.flush()
    except (BrokenPipeError, KeyboardInterrupt) as stopped:
        discard_output()  # what is left would wait for a reader who may never read it
        if isinstance(stopped, KeyboardInterrupt):
            raise
    finally:
        with suppress(BrokenPipeError):
            out.detach()


def _write(batch: Batch, found: Iterator[tuple[int, list[str]]], out: Any) -> None:
    context, columns = batch.context, batch.columns
    writer = csv.writer(out, lineterminator="\n")
    if not context.json:
        writer.writerow([*columns, "due"])
    with Progress(context, "rows") as progress:
        for line, row in found:
            due = batch.compute(line, row)
            cells = (*row, "", "", "")[: len(columns)]
            if context.json:
                facts = {"line": line, **dict(zip(columns, cells, strict=True))}
                out.write(to_json({**facts, "due": due or None}) + "\n")
            else:
                shown = (to_text_cell(escape_control(cell)) for cell in cells)
                writer.writerow((*shown, due))
            progress.step()


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
