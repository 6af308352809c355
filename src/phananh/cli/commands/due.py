"""`phananh due`: when a budget of working time, or a term in days, ends (Art. 9.1-9.2).

`--batch` reads a CSV of starts and budgets, and writes the same rows with their due times: row by
row, so that a million rows need no more memory than one. A bad row stays in its place with an empty
`due`, and its cells are escaped so that they steer no terminal and no spreadsheet computes them. A
file that is unreadable as a whole ends the run. A column `hours` names each row's calendar: that of
`--hours`, or a preset. A cell cannot name a file to read.

`--picture` draws the days with letters: hours across, a day a line, closed days folded.
"""

import csv
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from itertools import groupby
from shutil import get_terminal_size
from textwrap import wrap
from typing import Any, BinaryIO, TextIO

import attrs
import click
from rich.console import Group, RenderableType
from rich.text import Text

from phananh.cli.base import (
    OK,
    SENTENCES,
    UNDONE,
    CommandError,
    RunContext,
    TranslatedCommand,
    discard_output,
    error_text,
    escape_control,
    speech_options,
    to_json,
)
from phananh.cli.input import (
    TypedInstant,
    calendar_of,
    find_preset,
    hours_option,
    not_utf8,
    open_file,
    parse_budget,
    parse_day_or_instant,
    parse_instant,
    parse_seconds,
    read_term,
    warn_of_validity,
)
from phananh.cli.terminal import emit, is_terminal, write_file
from phananh.errors import PhanAnhError, short_repr
from phananh.spreadsheet import read_text_cell, to_text_cell
from phananh.worktime import Term, WorkCalendar
from phananh.worktime.calendar.day_rules import reason, reasons
from phananh.worktime.durations import format_duration
from phananh.worktime.explain.explanation import Explanation
from phananh.worktime.explain.picture import Block, Picture, Row
from phananh.worktime.instants import VIETNAM
from phananh.worktime.phrases import (
    format_date,
    format_day_month,
    moment_text,
    weekday_abbreviation,
)
from phananh.worktime.presets import PRESETS
from phananh.worktime.session import DAY, format_clock


class Due(TranslatedCommand):
    """Lets `-5h` reach the grammar, which says why it is refused."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse a budget below zero before it is taken for an option."""
        for word in args:
            if word[:1] == "-" and word[1:2].isdigit():
                parse_budget(word)
        return super().parse_args(ctx, args)


@click.command("due", cls=Due, help="due.help")
@click.argument("start", required=False)
@click.argument("budget", required=False)
@hours_option
@click.option("--explain", is_flag=True, help="due.explain")
@click.option("--picture", is_flag=True, help="due.picture")
@click.option("--svg", metavar="FILE", help="due.svg")
@click.option("--ends", type=click.Choice(("midnight", "closing")), help="due.ends")
@click.option("--batch", is_flag=False, flag_value="-", metavar="[FILE]", help="due.batch")
@speech_options
@click.pass_obj
def command(
    context: RunContext, *, start: str | None, budget: str | None, hours: str, batch: str | None,
    explain: bool, ends: str | None, picture: bool, svg: str | None,
) -> int:  # fmt: skip
    """Answer one question, or a file of them."""
    if batch is not None:
        if batch == "-" and budget is None:  # the file may stand after other options
            batch, start = start or "-", None
        if start is not None or explain or ends or picture or svg:
            raise click.UsageError(context.say("batch_alone"))
        return run_batch(batch, calendar_of(hours), context)
    if start is None or budget is None:
        raise click.UsageError(context.say("start_and_budget_needed"))
    if picture and context.json:
        raise click.UsageError(context.say("picture_or_json"))
    calendar, term = calendar_of(hours), read_term(budget)
    if term is None and ends:
        raise click.UsageError(context.say("ends_for_days"))
    if term is not None and (picture or svg):
        raise click.UsageError(context.say("picture_for_hours"))
    amount = parse_budget(budget) if term is None else timedelta()
    written = parse_day_or_instant(start)
    if term is not None:
        term = attrs.evolve(term, ends=ends or "midnight")
        _answer_term(context, calendar, written, term, explain=explain)
    elif isinstance(written, date):
        raise CommandError("start_time_missing", text=short_repr(start), day=written)
    else:
        _answer_hours(context, calendar, written, amount, explain=explain, picture=picture, svg=svg)
    day = written if isinstance(written, date) else written.at.astimezone(VIETNAM).date()
    warn_of_validity(context, hours, day)
    return OK


def _answer_hours(
    context: RunContext, calendar: WorkCalendar, written: TypedInstant, amount: timedelta, *,
    explain: bool, picture: bool, svg: str | None,
) -> None:  # fmt: skip
    """Print when a budget of working time ends, in the form of the question."""
    lang, at = context.lang, written.at
    is_short = not (explain or picture or svg or context.json)
    explanation = None if is_short else calendar.explain(at, amount)  # to add is faster
    due = explanation.due if explanation else calendar.add(at, amount)
    in_words = lang == "vi" and written.offset is None
    text = moment_text(due.astimezone(VIETNAM), lang) if in_words else written.format_like(due)
    facts, lines = list[Any](), list[RenderableType]([text])
    if explanation:
        facts = [_facts(explanation, explain=explain)]
        if svg:  # a file that cannot be written is refused before anything is printed
            write_file(svg, explanation.svg(lang))
        if explain:
            lines = [*explanation.text(lang).splitlines()]
        if picture or (explain and is_terminal(sys.stdout)):
            lines += ["", draw_picture(context, explanation)]
    emit(context, facts, lines)
    if not (explain or context.json) and calendar.provisional(at, due):
        context.warn("provisional_day")


def _answer_term(
    context: RunContext, calendar: WorkCalendar, written: date | TypedInstant, term: Term, *,
    explain: bool,
) -> None:  # fmt: skip
    """Print when a term in days ends. A whole day ends at 24:00 of its own date."""
    at, offset = (written, None) if isinstance(written, date) else (written.at, written.offset)
    expiry, lang = term.expiry(at, on=calendar), context.lang
    if explain:
        text = expiry.text(lang)
    elif offset is None and term.ends == "midnight" and expiry.due.tzinfo == expiry.on.tzinfo:
        whole_day = f"hết ngày {format_date(expiry.last_day, lang)}"
        text = whole_day if lang == "vi" else f"{expiry.last_day}T24:00:00"
    elif offset is None and lang == "vi":
        text = moment_text(expiry.due, lang)
    else:
        text = expiry.due.replace(tzinfo=None).isoformat() + (offset or "")
    emit(context, [_facts(expiry, explain=explain)], text.splitlines())
    if expiry.provisional and not (explain or context.json):
        context.warn("provisional_day")


def _facts(answer: Any, *, explain: bool) -> dict[str, Any]:
    facts: dict[str, Any] = answer.as_dict()
    return facts if explain else {name: fact for name, fact in facts.items() if name != "steps"}


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
    return UNDONE if batch.bad else OK


@attrs.define
class Lines:
    """The lines of a file as text. It knows the place of an unreadable byte."""

    stream: BinaryIO
    name: str
    number: int = 0
    ended: bool = False

    def __iter__(self) -> Iterator[str]:
        """Yield each line."""
        while raw := self.stream.readline(LONGEST + 1):
            self.number += 1
            yield self._decode(raw)
        self.ended = True

    def _decode(self, raw: bytes) -> str:
        is_first = self.number == 1
        if is_first:
            raw = raw.removeprefix(b"\xef\xbb\xbf")
        if len(raw) > LONGEST:
            raise CommandError(
                "line_too_long", path=self.name, line=self.number, limit=f"{LONGEST:,}"
            )
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
        raise CommandError(
            code, path=lines.name, line=first, limit=f"{limit:,}", problem=error
        ) from None


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
        for line, row in rows:
            due = self.compute(line, row)
            cells = (*row, "", "", "")[: len(columns)]
            if as_json:
                facts = {"line": line, **dict(zip(columns, cells, strict=True))}
                out.write(to_json({**facts, "due": due or None}) + "\n")
            else:
                writer.writerow((*(to_text_cell(escape_control(c)) for c in cells), due))

    def compute(self, line: int, row: list[str]) -> str:
        """Return the due time of a row, or "" after reporting the bad cell and the reason."""
        cell = ""
        try:
            if len(row) != len(self.columns):
                raise CommandError("wrong_cells", n=len(row), needed=len(self.columns))
            hours = row[2] if len(row) > 2 else ""
            if len(row) > 2 and not hours.strip():
                raise CommandError("hours_blank", names=tuple(PRESETS))
            if hours not in self.calendars:
                self.calendars[hours] = calendar_of(find_preset(hours).name)
            calendar, cell = self.calendars[hours], "start: "
            start = parse_instant(row[0])
            cell = "budget_seconds: "
            due = calendar.add(start.at, parse_seconds(row[1]))
            self.provisional += calendar.provisional(start.at, due)
            return start.format_like(due)
        except (CommandError, PhanAnhError) as error:
            self.bad += 1
            self.context.write_aside(f"{self.name}:{line}: {cell}{error_text(error, self.context)}")
            return ""


_LABEL = 17
_HOUR = timedelta(hours=1)
_NARROW, _WIDEST = 100, 14  # columns, and hours, that still take four letters an hour
_STYLES = {"counted": "bold cyan", "open": "dim", "received": "green", "due": "bold red"}
_LETTERS = {"counted": "█", "open": "░"}
_PLAIN = {"counted": "#", "open": "-"}


def draw_picture(context: RunContext, explanation: Explanation) -> RenderableType:
    """Return the picture of an explanation, in ASCII if blocks cannot be written."""
    told, letters = explanation.in_minutes(), _LETTERS
    told = told if told.steps else explanation  # less than a minute is still seen
    try:
        "█░".encode(getattr(sys.stdout, "encoding", None) or "ascii")
    except (UnicodeError, LookupError):
        letters = _PLAIN
    return Group(*_Drawing(context, told, told.picture(), letters).lines())


@attrs.frozen
class _Drawing:
    """A picture on its way to the terminal: how wide an hour is, and with which letters."""

    context: RunContext
    explanation: Explanation
    picture: Picture
    letters: dict[str, str]

    @property
    def _cell(self) -> timedelta:
        """The time that one letter represents."""
        narrow = is_terminal(sys.stdout) and get_terminal_size().columns < _NARROW
        hours = (self.picture.closes - self.picture.opens) // _HOUR
        return _HOUR / 4 if hours <= _WIDEST and not narrow else _HOUR / 2

    def lines(self) -> Iterator[Text]:
        """Yield the picture line by line: the hours above with space between them, and the key."""
        line, an_hour = Text(" " * _LABEL), round(_HOUR / self._cell)
        apart = 1 if an_hour == 4 else 2
        for n in range(0, (self.picture.closes - self.picture.opens) // _HOUR + 1, apart):
            at = (self.picture.opens + n * _HOUR) % DAY
            line.append(format_clock(at)[:2].ljust(an_hour * apart), style="dim")
        yield line
        for row in self.picture.rows:
            yield from self._day_lines(row) if row.blocks else self._off_lines(row)
        line = Text(" " * _LABEL)
        for kind, gap in (("counted", "   "), ("open", "")):
            line.append(self.letters[kind] * 2, style=_STYLES[kind])
            line.append(f" {self.context.say(f'picture_{kind}')}{gap}")
        yield line
        if self.explanation.provisional:
            doubt = self.context.say("provisional_day")
            yield from (Text(part, style="bold") for part in self._wrap(doubt))

    def _day_lines(self, row: Row) -> Iterator[Text]:
        day, lang, special = row.days[0], self.context.lang, row.days[0].kind != "open"
        label = f"{weekday_abbreviation(day.date, lang)} {format_day_month(day.date, lang)}"
        line = Text(label.ljust(_LABEL), style="bold green" if special else "")
        cells = range(-((self.picture.opens - self.picture.closes) // self._cell))
        kinds = (self._find_kind(row.blocks, self.picture.opens + n * self._cell) for n in cells)
        for kind, same in groupby(kinds):
            line.append(self.letters.get(kind, " ") * len(list(same)), style=_STYLES.get(kind, ""))
        line.append("  " + (format_duration(row.worked, lang) if row.worked else ""))
        for name, at in (("received", row.received), ("due", row.due)):
            if at is not None:
                note = self.context.say(f"picture_{name}", time=format_clock(at % DAY))
                line.append(f"  {note}", style=_STYLES[name])
        yield line
        for part in self._wrap(reason(day, lang)) if special else ():
            yield Text(" " * _LABEL + part, style="dim")

    def _find_kind(self, blocks: tuple[Block, ...], at: timedelta) -> str:
        """Return the kind that the letter of a moment shows. Counted time is always visible."""
        middle, end = at + self._cell / 2, at + self._cell
        for block in blocks:
            if block.counted:
                first, last = block.counted
                brief = last - first < self._cell and at <= first < end
                if brief or first <= middle < last:
                    return "counted"
        return "open" if any(b.open <= middle < b.close for b in blocks) else ""

    def _off_lines(self, row: Row) -> Iterator[Text]:
        say, lang = self.context.say, self.context.lang
        first, last = (format_day_month(row.days[n].date, lang) for n in (0, -1))
        label = first if first == last else f"{first}{'-' if lang == 'vi' else ' - '}{last}"
        whys = [part for why in reasons(row.days, lang) for part in self._wrap(why)]
        if row.folded:
            whys = [say("picture_folded", n=row.folded, worked=format_duration(row.worked, lang))]
        lines = [Text(why, style="dim") for why in whys]
        if row.received is not None and not row.folded:
            at = moment_text(self.explanation.on.local(self.explanation.start), lang)
            lines.insert(0, Text(say("picture_received", time=at), style=_STYLES["received"]))
        for n, line in enumerate(lines):
            yield Text(("" if n else label).ljust(_LABEL), style="dim") + line

    def _wrap(self, text: str) -> list[str]:
        """Return a reason wrapped beside the labels, or whole without a terminal."""
        if not is_terminal(sys.stdout):
            return [escape_control(text)]
        return wrap(escape_control(text), max(20, get_terminal_size().columns - _LABEL - 1))


SENTENCES.update({
    "due.help": (
        "Tính thời điểm hết hạn. TỪ-LÚC viết như '09:00 04/03/2026' hoặc 2026-03-04T09:00 "
        "(giờ Việt Nam), hoặc kèm múi giờ; THỜI-HẠN viết như 5h, 8h30m, 45m hoặc 90s, hoặc thời "
        "hạn tính bằng ngày, có thể kể từ một ngày: 5wd (ngày làm việc), 10d, 2w, 3mo hoặc 1y. "
        "--batch đọc các dòng CSV start,budget_seconds, và hours nếu cần, rồi ghi lại kèm thời "
        "hạn.",
        "Compute when a budget of working time is used up. START is like 2026-03-04T09:00 or "
        "'09:00 04/03/2026' (Vietnamese time), or with an offset. BUDGET is like 5h, 8h30m, 45m or "
        "90s, or a term in days, which may start on a date: 5wd (working days), 10d, 2w, 3mo or "
        "1y. --batch reads CSV rows start,budget_seconds, and hours if you need them, and writes "
        "them with their due times.",
    ),
    "due.explain": ("Giải thích theo từng buổi.", "Say why, session by session."),
    "due.picture": (
        "Vẽ các ngày với những giờ được tính; trên màn hình dòng lệnh, --explain cũng vẽ.",
        "Draw the days with the spans that count. On a terminal, --explain does so too.",
    ),
    "due.svg": (
        "Ghi hình các ngày vào tệp SVG.", "Write the picture of the days to an SVG file.",
    ),
    "due.ends": (
        "Ngày cuối của thời hạn tính bằng ngày kết thúc lúc 24 giờ (mặc định) hay khi hết giờ làm "
        "việc.",
        "When the last day of a term in days ends: at 24:00 (default), or at closing.",
    ),
    "due.batch": (
        "Các dòng start,budget_seconds từ TỆP hoặc đầu vào chuẩn.",
        "Rows start,budget_seconds from FILE or standard input.",
    ),
    "batch_alone": (
        "--batch không đi cùng TỪ-LÚC, THỜI-HẠN, --explain, --ends, --picture hay --svg.",
        "--batch takes no START, BUDGET, --explain, --ends, --picture or --svg.",
    ),
    "start_and_budget_needed": (
        "cần TỪ-LÚC và THỜI-HẠN, ví dụ '09:00 04/03/2026' 5h.",
        "START and BUDGET are needed, such as 2026-03-04T09:00 5h.",
    ),
    "picture_or_json": (
        "--picture dành cho người, --json dành cho chương trình; chỉ dùng một trong hai.",
        "--picture is for people and --json for programs. Give one of them.",
    ),
    "ends_for_days": (
        "--ends chỉ dùng cho thời hạn tính bằng ngày, ví dụ 5wd.",
        "--ends is for terms in days, such as 5wd.",
    ),
    "picture_for_hours": (
        "--picture và --svg chỉ dùng cho giờ làm việc, không dùng cho thời hạn tính bằng ngày.",
        "--picture and --svg are for working time, not for terms in days.",
    ),
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
    "provisional_day": (
        "tạm tính: văn bản ban hành sau này có thể làm thay đổi ngày này",
        "provisional: a later notice may move this day",
    ),
    "picture_received": ("nhận {time}", "received {time}"),
    "picture_due": ("hạn {time}", "due {time}"),
    "picture_folded": (
        "{n} ngày khác, trong đó tính {worked}", "{n} more days, {worked} of them count",
    ),
    "picture_counted": ("giờ được tính", "time that counts"),
    "picture_open": ("giờ làm việc khác", "other working time"),
})  # fmt: skip
