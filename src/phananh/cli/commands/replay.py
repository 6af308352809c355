"""`phananh replay`: an act log, done line by line on a database or in memory.

A log is read in flat memory: of a line beyond the limit only its beginning is kept. Its name and a
line's number name each act that has no key of its own. Two logs of one name would be taken for one,
so you must give the name if a file gives none.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

import click

from phananh.act_log.entry import LONGEST_LINE, clean_name
from phananh.act_log.replay import Outcome, replay
from phananh.cli.base import (
    OK,
    SENTENCES,
    UNDONE,
    WRONG,
    CommandError,
    RunContext,
    TranslatedCommand,
    shared_options,
)
from phananh.cli.database import open_desk_at
from phananh.cli.input import hours_option, open_file
from phananh.cli.log_table import ENDINGS, read_log_table, write_template
from phananh.cli.terminal import emit, is_terminal
from phananh.desk.desk import Desk
from phananh.errors import InputError, StoreError, UnknownRulesError
from phananh.messages.labels import word
from phananh.regulation.readings import name_readings

ENDLESS = 100_000_000  # bytes after which a line is taken for no line at all
_CUT = LONGEST_LINE + 1  # so much is kept, and tells the replay that the line was longer
_NAMELESS = ("/dev/", "/proc/")  # standard input by another name, and what a shell makes of <(...)
_APPOINTMENT = (
    "appointment_again", "appointment_provisional", "appointment_off_hours",
    "appointment_earlier", "appointment_before_limit", "put_off",
)  # fmt: skip
# What may deserve a look in a step itself, and not in all that the case has come to.
_CAUTIONS = {
    "advise": ("passed_around",),
    "complete": ("complaint", "holder_accused", "not_vietnamese"),
    "escalate": ("not_within_competence",),
    "request_verification": _APPOINTMENT,
    "reschedule": _APPOINTMENT,
    "send_back": ("passed_around",),
}


@click.command("replay", cls=TranslatedCommand, help="replay.help")
@click.argument("log", metavar="LOG")
@hours_option
@click.option("--strict", is_flag=True, help="replay.strict")
@click.option("--log-name", metavar="NAME", help="replay.log_name")
@click.option("--template", is_flag=True, help="replay.template")
@shared_options
@click.pass_obj
def command(
    context: RunContext, *, log: str, hours: str, strict: bool, log_name: str | None,
    template: bool,
) -> int:  # fmt: skip
    """Replay a log, or write a template of one."""
    if template:
        write_template(context, log)
        emit(context, [{"template": log}], [context.say("replay.template_written", path=log)])
        return OK
    # A file name as UTF-8 text, whatever the locale, with other bytes as escapes.
    base = os.fsencode(Path(log).name).decode("utf-8", "backslashreplace")
    shown = "stdin" if log == "-" else base
    name = _name_log(log, shown, log_name, context)
    address = "memory:" if context.address is None else context.address
    with open_file(log) as stream, open_desk_at(address, hours=hours) as desk:
        lines = (
            read_log_table(log, context.lang)
            if log.lower().endswith(ENDINGS)
            else read_log_lines(stream, shown)
        )
        outcomes = replay(lines, desk=desk, name=name, strict=strict)
        counts = _print_outcomes(context, desk, outcomes, shown)
    texts = (f"{word('outcome', slug, context.lang)} {n}" for slug, n in sorted(counts.items()))
    emit(context, [], [f"{context.say('line_count', n=counts.total())}: {', '.join(texts) or '-'}"])
    if context.address is None:
        context.warn("replay.not_saved")
    return WRONG if counts["invalid"] else UNDONE if set(counts) - {"recorded"} else OK


def _name_log(path: str, shown: str, given: str | None, context: RunContext) -> str:
    """Return the name of a log: the one given, else the base name of its file.

    Raises:
        CommandError: the acts are kept, and neither gives a name, or it is no valid name.
    """
    if given is None and (path == "-" or path.startswith(_NAMELESS) or Path(path).is_fifo()):
        if context.address not in (None, "memory:"):
            raise CommandError("log_name_needed")
        return "stdin"
    try:
        return clean_name(shown if given is None else given, field="--log-name")
    except InputError as error:
        raise CommandError("log_name_wrong", problem=error) from error


def read_log_lines(stream: BinaryIO, name: str) -> Iterator[bytes]:
    """Yield each line. An endless one is a CommandError that names it."""
    number = 0
    while raw := stream.readline(_CUT):
        number, rest, size = number + 1, raw, len(raw)
        while size < ENDLESS and len(rest) == _CUT and not rest.endswith(b"\n"):
            rest = stream.readline(_CUT)
            size += len(rest)
        if size >= ENDLESS:
            raise CommandError("line_without_end", path=name, line=number, limit=f"{ENDLESS:,}")
        yield raw


def _print_outcomes(
    context: RunContext, desk: Desk, outcomes: Iterator[Outcome], name: str
) -> Counter[str]:
    """Print each outcome as it comes, and return how many there were of each kind."""
    shows_both = is_terminal(sys.stdout) and is_terminal(sys.stderr) and not context.json
    counts: Counter[str] = Counter()
    try:
        for outcome in outcomes:
            counts[outcome.outcome] += 1
            texts = () if context.json else (_outcome_text(context, desk, outcome),)
            emit(context, [outcome], texts)
            if outcome.outcome == "invalid" and not shows_both:
                problems = "; ".join(reason.text(context.lang) for reason in outcome.reasons)
                context.write_aside(f"{name}:{outcome.line}: {problems}")
    except StoreError as error:
        raise CommandError("database_failed_midway", problem=error.text(context.lang)) from error
    return counts


def _outcome_text(context: RunContext, desk: Desk, outcome: Outcome) -> str:
    """Return the line of an outcome in words, with the cautions of a recorded act."""
    wanted, case, lang = _CAUTIONS.get(outcome.act or "", ()), outcome.after, context.lang
    found: tuple[str, ...] = ()
    if wanted and case is not None and outcome.outcome == "recorded":
        with suppress(UnknownRulesError):
            found = desk.cautions(case, at=case.updated_at)
    words = [word("caution", slug, lang) for slug in found if slug in wanted]
    note = f"  {context.say('line_caution', cautions='; '.join(words))}" if words else ""
    return name_readings(outcome.text(lang) + note)


SENTENCES.update({
    "line_without_end": (
        "{path}, dòng {line}: quá {limit} byte mà chưa hết dòng; kiểm tra xem đây có phải nhật ký "
        "không",
        "{path}, line {line}: no end within {limit} bytes. Check that this is a log.",
    ),
    "replay.help": (
        "Thực hiện các bước ghi trong nhật ký (tệp .xlsx, .csv hoặc JSON Lines) và cho biết kết "
        "quả từng bước. Chạy lại trên cùng --db không thực hiện bước nào hai lần.",
        "Record the acts of a log (a file .xlsx, .csv or JSON Lines), and show the outcome of "
        "each. On the same --db it is safe to repeat.",
    ),
    "replay.template": (
        "Tạo nhật ký mẫu ở NHẬT-KÝ (tệp .xlsx hoặc .csv) để điền vào.",
        "Write a template to LOG (a file .xlsx or .csv), to fill in.",
    ),
    "replay.template_written": (
        "đã tạo nhật ký mẫu {path}: thay các dòng mẫu bằng các bước của mình",
        "wrote the template {path}. Put your own steps in place of its rows.",
    ),
    "replay.not_saved": (
        "chạy thử, không lưu gì; để lưu, thêm --db ĐƯỜNG-DẪN",
        "a trial run: nothing was saved. To save it, give --db PATH.",
    ),
    "replay.strict": (
        "Dừng ở dòng đầu tiên không được ghi.", "Stop at the first line that is not recorded.",
    ),
    "replay.log_name": (
        "Tên nhật ký, cùng số dòng là mã của từng bước để không ghi hai lần; mặc định là tên tệp.",
        "The log's name: with the line's number it marks each act as done (default: the file's "
        "name).",
    ),
    "log_name_needed": (
        "nhật ký từ đầu vào chuẩn không có tên để phân biệt các dòng đã ghi vào cơ sở dữ liệu; "
        "dùng --log-name TÊN, mỗi nhật ký một tên",
        "a log from standard input has no name to tell what was recorded before. Give "
        "--log-name NAME, another for each log.",
    ),
    "log_name_wrong": (
        "tên nhật ký không dùng được: {problem}; đặt tên khác bằng --log-name TÊN",
        "the log's name cannot be used: {problem}. Give another with --log-name NAME.",
    ),
    "line_caution": ("lưu ý: {cautions}", "note: {cautions}"),
    "line_count": ("{n} dòng", "{n} lines"),
    "database_failed_midway": (
        "lỗi cơ sở dữ liệu: {problem}; không có bước nào ghi dở dang, có thể chạy lại nhật ký",
        "the database failed: {problem}. No act is half recorded, and you can run the log on it "
        "again.",
    ),
})  # fmt: skip
