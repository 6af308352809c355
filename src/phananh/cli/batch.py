"""`phananh due --batch`: a CSV of starts and budgets in, the same rows with their due times out.

Row by row, so that a million rows need no more memory than one. A bad row stays in its
place with an empty `due`; what makes the whole file unreadable ends the run.
"""

import csv
from collections.abc import Iterator
from io import TextIOWrapper
from typing import Any, BinaryIO

import attrs
import click

from phananh.cli.faults import Fault, told
from phananh.cli.frame import Frame, hush
from phananh.cli.grammar import instant, seconds
from phananh.cli.hours import not_utf8, opened, unreadable
from phananh.cli.show import Progress
from phananh.cli.visible import visible
from phananh.errors import PhanAnhError, shown
from phananh.worktime import WorkCalendar

HEADER = ["start", "budget_seconds"]
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
            raise Fault("{path}, line {line}: longer than any row", path=self.name, line=self.number)
        try:
            text = raw.decode()
            if self.number == 1 and "\0" in text:  # UTF-16 without a mark
                raise UnicodeDecodeError("utf-8", raw, raw.index(0), raw.index(0) + 1, "NUL")
        except UnicodeDecodeError as error:
            raise not_utf8(self.name, line=self.number, at=error) from None
        return text


def rows(lines: Lines) -> Iterator[tuple[int, list[str]]]:
    """Yield each row with the line it begins on; blank lines are passed over."""
    reader = csv.reader(iter(lines))
    first = 1
    try:
        for row in reader:
            if lines.ended:
                raise Fault("{path}, line {line}: a quote is never closed",
                            path=lines.name, line=first)  # fmt: skip
            if row:
                yield first, row
            first = reader.line_num + 1
    except csv.Error as error:
        raise Fault("{path}, line {line}: {problem}",
                    path=lines.name, line=first, problem=error) from None  # fmt: skip


def _check_header(found: list[str] | None, name: str) -> None:
    if found == HEADER:
        return
    if found is None:
        problem = "the file is empty"
    else:
        missing = [column for column in HEADER if column not in found]
        twice = sorted({column for column in found if found.count(column) > 1})
        unknown = [column for column in found if column not in HEADER]
        named = (("missing", missing), ("twice", twice), ("unknown", unknown))
        problem = "; ".join(f"{w}: {', '.join(map(shown, c))}" for w, c in named if c)
    raise Fault(
        "{path}: the first line must be start,budget_seconds ({problem})",
        path=name,
        problem=problem or "in another order",
    )


@attrs.define
class Batch:
    """One run over a file: how many rows were bad, and how many due times may still move."""

    calendar: WorkCalendar
    frame: Frame
    name: str
    bad: int = 0
    provisional: int = 0

    def due(self, line: int, row: list[str]) -> str:
        """Return the due time of a row, or nothing where it is bad; say why."""
        try:
            if len(row) != len(HEADER):
                raise Fault("{n} cells, but 2 are needed", n=len(row))
            start = instant(row[0])
            due = self.calendar.add(start.at, seconds(row[1]))
            self.provisional += self.calendar.provisional(start.at, due)
            return start.like(due)
        except (Fault, PhanAnhError) as error:
            self.bad += 1
            self.frame.note(f"{self.name}:{line}: {told(error, self.frame)}")
            return ""

    def summary(self) -> None:
        """Say what the columns cannot."""
        if self.provisional:
            self.frame.note(
                self.frame.say("provisional rows: {n}; notices yet to come may move them",
                               n=self.provisional)
            )  # fmt: skip


def run_batch(path: str, calendar: WorkCalendar, frame: Frame) -> int:
    """Do a file of rows; return the exit code."""
    name = "stdin" if path == "-" else path
    batch = Batch(calendar, frame, name)
    with opened(path) as stream:
        found = rows(Lines(stream, name))
        _check_header(next((row for _, row in found), None), name)
        out = TextIOWrapper(click.get_binary_stream("stdout"), "utf-8", "backslashreplace", newline="")
        try:
            _write(batch, found, out)
            out.flush()
        except BrokenPipeError:
            hush()
        finally:
            out.detach()
    batch.summary()
    return 3 if batch.bad else 0


def _write(batch: Batch, found: Iterator[tuple[int, list[str]]], out: Any) -> None:
    frame, progress = batch.frame, Progress(batch.frame, "rows")
    writer = csv.writer(out, lineterminator="\n")
    if not frame.json:
        writer.writerow([*HEADER, "due"])
    for line, row in found:
        start, budget = (*row, "", "")[:2]
        due = batch.due(line, row)
        if frame.json:
            facts = {"line": line, "start": start, "budget_seconds": budget, "due": due or None}
            out.write(_json(facts))
        else:
            writer.writerow((start, budget, due))
        progress.step()
    progress.end()


def _json(facts: dict[str, Any]) -> str:
    import json

    return visible(json.dumps(facts, ensure_ascii=False)) + "\n"
