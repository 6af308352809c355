"""`phananh due --batch`: a CSV of starts and budgets in, the same rows with their due times out.

Row by row, so that a million rows need no more memory than one. A bad row stays in its
place with an empty `due`; what makes the whole file unreadable ends the run. A column `hours`
names each row's calendar: that of `--hours`, or a preset; a cell never names a file to read.
"""

import csv
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO, TextIOWrapper
from typing import Any

import attrs

from phananh.cli.context import RunContext, dumped, hush
from phananh.cli.errors import CommandError, told
from phananh.cli.input.csv_rows import Lines, check_header, rows
from phananh.cli.input.parsing import instant, seconds
from phananh.cli.options.hours import calendar_of, opened, preset_named
from phananh.cli.output.terminal import Progress
from phananh.errors import PhanAnhError
from phananh.worktime import PRESETS, WorkCalendar

_APART = 2  # dates: so far may the same instant's lie apart in two zones


@attrs.define
class Batch:
    """One run over a file: how many rows were bad, and how many due times may still move."""

    calendar: WorkCalendar
    frame: RunContext
    name: str
    columns: list[str]
    bad: int = 0
    provisional: int = 0
    named: dict[str, WorkCalendar] = attrs.field(
        init=False,
        default=attrs.Factory(lambda batch: {batch.calendar.name: batch.calendar}, takes_self=True),
    )

    def due(self, line: int, row: list[str]) -> str:
        """Return the due time of a row, or nothing where it is bad; say in which cell, and why."""
        cell = ""
        try:
            if len(row) != len(self.columns):
                raise CommandError("{n} cells, but {needed} are needed",
                            n=len(row), needed=len(self.columns))  # fmt: skip
            calendar = self._of(row[2]) if len(row) > 2 else self.calendar
            cell = "start: "
            start = instant(row[0])
            cell = "budget_seconds: "
            due = calendar.add(start.at, seconds(row[1]))
            if due.toordinal() + _APART >= calendar.day_rules.first_unsettled:
                self.provisional += calendar.provisional(start.at, due)
            return start.like(due)
        except (CommandError, PhanAnhError) as error:
            self.bad += 1
            self.frame.note(f"{self.name}:{line}: {cell}{told(error, self.frame)}")
            return ""

    def _of(self, hours: str) -> WorkCalendar:
        if not hours.strip():
            problem = "no hours; write one of {names}, or leave the column out"
            raise CommandError(problem, names=", ".join(PRESETS))
        calendar = self.named.get(hours)
        if calendar is None:
            calendar = self.named[hours] = calendar_of(preset_named(hours).name)
        return calendar

    def summary(self) -> None:
        """Say what the columns cannot."""
        if self.provisional:
            self.frame.note(
                self.frame.say("provisional rows: {n}; notices yet to come may move them",
                               n=self.provisional)
            )  # fmt: skip


def run_batch(path: str, calendar: WorkCalendar, frame: RunContext) -> int:
    """Do a file of rows; return the exit code."""
    name = "stdin" if path == "-" else path
    with opened(path) as stream:
        found = rows(Lines(stream, name))
        columns = check_header(next((row for _, row in found), None), name)
        batch = Batch(calendar, frame, name, columns)
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
    frame, columns = batch.frame, batch.columns
    writer = csv.writer(out, lineterminator="\n")
    if not frame.json:
        writer.writerow([*columns, "due"])
    with Progress(frame, "rows") as progress:
        for line, row in found:
            due = batch.due(line, row)
            cells = (*row, "", "", "")[: len(columns)]
            if frame.json:
                facts = {"line": line, **dict(zip(columns, cells, strict=True))}
                out.write(dumped({**facts, "due": due or None}) + "\n")
            else:
                writer.writerow((*cells, due))
            progress.step()
