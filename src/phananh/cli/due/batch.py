"""`phananh due --batch`: a CSV of starts and budgets in, the same rows with their due times out.

Row by row, so that a million rows need no more memory than one. A bad row stays in its place with
an empty `due`, and its cells are escaped so that they steer no terminal and no spreadsheet computes
them. A file that is unreadable as a whole ends the run. A column `hours` names each row's calendar:
that of `--hours`, or a preset. A cell cannot name a file to read.
"""

import csv
import datetime as dt
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO, TextIOWrapper
from typing import Any

import attrs

from phananh.cli.context import RunContext, discard_output, to_json
from phananh.cli.errors import CommandError, error_text
from phananh.cli.escaping import escape_control
from phananh.cli.input.calendars import find_preset
from phananh.cli.input.csv_rows import Lines, check_header, read_rows
from phananh.cli.input.files import open_file
from phananh.cli.input.parsing import parse_instant, parse_seconds
from phananh.cli.options.hours import calendar_of
from phananh.cli.output.terminal import Progress
from phananh.errors import PhanAnhError
from phananh.spreadsheet import to_text_cell
from phananh.worktime import PRESETS, WorkCalendar

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
