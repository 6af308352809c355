"""`phananh due --batch`: a CSV of starts and budgets in, the same rows with their due times out.

Row by row, so that a million rows need no more memory than one. A bad row stays in its
place with an empty `due`; what makes the whole file unreadable ends the run.
"""

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO, TextIOWrapper
from typing import Any

import attrs

from phananh.cli.faults import Fault, told
from phananh.cli.frame import Frame, dumped, hush
from phananh.cli.grammar import instant, seconds
from phananh.cli.hours import opened
from phananh.cli.rows import HEADER, Lines, check_header, rows
from phananh.cli.show import Progress
from phananh.errors import PhanAnhError
from phananh.worktime import WorkCalendar


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
        check_header(next((row for _, row in found), None), name)
        with _stdout() as out:
            _write(batch, found, out)
    batch.summary()
    return 3 if batch.bad else 0


@contextmanager
def _stdout() -> Iterator[TextIOWrapper]:
    """Lend standard output as UTF-8; a reader who goes away ends the writing, quietly."""
    raw = BytesIO() if sys.stdout is None else sys.stdout.buffer
    out = TextIOWrapper(raw, "utf-8", "backslashreplace", newline="")
    try:
        yield out
        out.flush()
    except (BrokenPipeError, KeyboardInterrupt) as stopped:
        hush()  # what is still to be written would wait for a reader who may never read it
        if isinstance(stopped, KeyboardInterrupt):
            raise
    finally:
        with suppress(BrokenPipeError):
            out.detach()


def _write(batch: Batch, found: Iterator[tuple[int, list[str]]], out: Any) -> None:
    frame = batch.frame
    writer = csv.writer(out, lineterminator="\n")
    if not frame.json:
        writer.writerow([*HEADER, "due"])
    with Progress(frame, "rows") as progress:
        for line, row in found:
            start, budget = (*row, "", "")[:2]
            due = batch.due(line, row)
            if frame.json:
                facts = {"line": line, "start": start, "budget_seconds": budget}
                out.write(dumped({**facts, "due": due or None}) + "\n")
            else:
                writer.writerow((start, budget, due))
            progress.step()
