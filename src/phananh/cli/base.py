"""What every command is made of: its language and form, its options and help, and its errors.

You can give `--lang`, `--json` and `--db` before or after the command's name.

Each file adds its texts to `SENTENCES`: `code: (Vietnamese, English)`. Both take the same facts, as
a test checks.
"""

import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from difflib import get_close_matches
from errno import errorcode
from importlib.metadata import PackageNotFoundError, version
from typing import Any, TypeVar

import attrs
import click

from phananh.errors import PhanAnhError, StoreError, UnknownCalendarError
from phananh.messages.labels import WORDS, word
from phananh.messages.message import put_in
from phananh.regulation.readings import name_readings
from phananh.stores.passwords import hide_passwords

F = TypeVar("F", bound=Callable[..., Any])  # a command, which a decorator returns

SENTENCES: dict[str, tuple[str, str]] = {}
# How a command ends. If it is UNDONE, some rows or acts were not done, or something was found.
OK, WRONG, UNDONE, FAULTY, INTERRUPTED = 0, 2, 3, 70, 130

# Controls (C0, C1), bidi marks and overrides, line separators, halves of surrogate pairs.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def escape_control(text: str) -> str:
    """Return one line in which what cannot be seen is written as \\uXXXX."""
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


@attrs.define
class RunContext:
    """The language and form of one run. `reader_gone` is set once its output is no longer read.

    `has_lang`: the language is that of `--lang`, and not that of the locale.
    """

    lang: str = "en"
    has_lang: bool = False
    json: bool = False
    db: str | None = None
    db_from_environment: str | None = None
    reader_gone: bool = False

    @classmethod
    def from_arguments(cls, args: Sequence[str], environ: Mapping[str, str]) -> "RunContext":
        """Return the context as far as it is known before the arguments are parsed.

        An error in the arguments, and `--help`, already come in the language asked for. Without
        `--lang` that is Vietnamese if the locale for messages is, else English.
        """
        locale = next(filter(None, map(environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
        context = cls(
            lang="vi" if locale.lower().startswith("vi") else "en",
            json="--json" in args,
            db_from_environment=environ.get("PHANANH_DB") or None,
        )
        for given, following in zip(args, [*args[1:], ""], strict=False):
            asked = following if given == "--lang" else given.removeprefix("--lang=")
            if given.startswith("--lang") and asked in ("vi", "en"):
                context.lang, context.has_lang = asked, True
        return context

    @property
    def address(self) -> str | None:
        """The address of the cases: that of `--db`, else that of the environment."""
        return self.db_from_environment if self.db is None else self.db

    def say(self, code: str, **facts: object) -> str:
        """Return the sentence of a code in the language of this run, its facts made visible."""
        return escape_control(put_in(self.pick(*SENTENCES[code]), facts, self.lang))

    def translate_metavars(self, text: str) -> str:
        """Return `[FILE]` with its words in capitals in this language, where we have them."""
        return re.sub(
            r"[A-Z]+(?:-[A-Za-z]+)*",
            lambda found: self.pick(*SENTENCES.get(f"metavar.{found[0]}", (found[0],) * 2)),
            text,
        )

    def pick(self, vi: str, en: str) -> str:
        """Return the one of two texts that is in the language of this run."""
        return vi if self.lang == "vi" else en

    def warn(self, code: str, **facts: object) -> None:
        """Print a sentence of the catalogue beside the output, on standard error."""
        self.write_aside(self.say(code, **facts))

    def write(self, text: str, *, nl: bool = True) -> None:
        """Print text. If the reader is gone, that is no error, and no more is written."""
        if self.reader_gone:
            return
        try:
            click.echo(text, nl=nl)
        except BrokenPipeError:
            self.reader_gone = True
            discard_output()

    def write_aside(self, text: str) -> None:
        """Print one line beside the output, on standard error."""
        with suppress(BrokenPipeError):
            click.echo(escape_control(text), err=True)


def find_version(package: str) -> str | None:
    """Return the version of a package, or None if it is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def find_context(ctx: click.Context) -> RunContext:
    """Return the context of the run, or a plain one for a command that is run by itself."""
    return ctx.find_object(RunContext) or RunContext()


def to_json(facts: Mapping[str, Any]) -> str:
    """Return one line of JSON. Characters that could steer a terminal are escaped."""
    return escape_control(json.dumps(facts, ensure_ascii=False))


def discard_output() -> None:
    """Point standard output at the null device, so that the last flush does not fail."""
    with suppress(OSError, ValueError, AttributeError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)


def _store_value(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    if value not in (None, False):
        setattr(ctx.find_object(RunContext), str(param.name), value)


def _option(name: str, **options: Any) -> Callable[[F], F]:
    return click.option(f"--{name}", callback=_store_value, expose_value=False, **options)


def shared_options(command: F) -> F:
    """Add the options that every command has."""
    return speech_options(_option("db", metavar="PATH-or-URL", help="app.db")(command))


def speech_options(command: F) -> F:
    """Add the options of every command that say how it speaks, and no `--db`."""
    lang = _option("lang", type=click.Choice(("vi", "en")), help="app.lang")
    return lang(_option("json", is_flag=True, help="app.json")(command))


class TranslatedCommand(click.Command):
    """A command with help in Vietnamese or English."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run, but refuse a `--db` that was given before the command and would be ignored."""
        takes_it = any(each.name == "db" for each in self.params)
        if not takes_it and find_context(ctx).db is not None:
            raise click.NoSuchOption("--db", ctx=ctx)
        return super().invoke(ctx)

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the line of usage."""
        context = find_context(ctx)
        pieces = context.translate_metavars(" ".join(self.collect_usage_pieces(ctx)))
        formatter.write_usage(ctx.command_path, pieces, context.say("app.usage"))

    def format_help_text(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the description of the command."""
        formatter.write_paragraph()
        with formatter.indentation():
            formatter.write_text(find_context(ctx).say(str(self.help)))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each option means."""
        context = find_context(ctx)
        records = (parameter.get_help_record(ctx) for parameter in self.get_params(ctx))
        # click puts the range of a number behind what we say of it
        rows = [
            (context.translate_metavars(record[0]), context.say(record[1].split()[0]))
            for record in records
            if record and record[1]
        ]
        with formatter.section(context.say("app.options")):
            formatter.write_dl(rows)
        if isinstance(self, TranslatedGroup):
            self.format_commands(ctx, formatter)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the end of the help."""
        if self.epilog:
            formatter.write_paragraph()
            formatter.write_text(find_context(ctx).say(self.epilog))

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """Return `--help`, also described by a code."""
        option = super().get_help_option(ctx)
        if option is not None:
            option.help = "app.show_help"
        return option


class TranslatedGroup(TranslatedCommand, click.Group):
    """A command with commands below it. Its help describes them in full unless `is_brief`."""

    is_brief = False

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of the help."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command below, or name those that are near."""
        names = self.list_commands(ctx)
        if args[0] not in names and not args[0].startswith("-"):
            few = names if len(names) <= 3 else []  # as few as these can all be named
            near = ", ".join(get_close_matches(args[0], names, n=3, cutoff=0.5) or few)
            code = "no_such_command" if near else "no_command_near"
            raise click.UsageError(find_context(ctx).say(code, name=args[0], close=near), ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write one line a command."""
        rows = []
        for name in self.list_commands(ctx):
            command = self.get_command(ctx, name)
            text = find_context(ctx).say(str(command and command.help))
            rows.append((name, text.split(". ")[0].rstrip(".") if self.is_brief else text))
        with formatter.section(find_context(ctx).say("app.commands")):
            formatter.write_dl(rows)


class CommandError(Exception):
    """An error in the command line or in a file: a code of the catalogue, and facts.

    A fact that is an error itself, or several, is shown by its message.
    """

    def __init__(self, code: str, **facts: object) -> None:
        """Keep the code and its facts. The language is known when it is printed."""
        super().__init__(code)
        self.code = code
        self.facts = facts

    def text(self, context: RunContext) -> str:
        """Return the sentence in the language of the run."""
        facts = {name: _fact_text(fact, context) for name, fact in self.facts.items()}
        return context.say(self.code, **facts)


def _fact_text(fact: object, context: RunContext) -> object:
    if isinstance(fact, tuple) and any(isinstance(each, Exception) for each in fact):
        return "; ".join(error_text(each, context) for each in fact)
    return error_text(fact, context) if isinstance(fact, Exception) else fact


def error_text(error: Exception, context: RunContext) -> str:
    """Return an error in words, in the language of the run where we have them."""
    match error:
        case click.ClickException():
            return _usage_problem(error, context)
        case CommandError():
            return error.text(context)
        case StoreError():
            return context.say("database_failed", problem=error.text(context.lang))
        case UnknownCalendarError(calendars=calendars, cases=cases, known=known):
            return context.say(
                "unknown_calendar",
                deadlines=error.deadlines,
                calendars=calendars,
                cases=cases,
                known=known,
            )
        case PhanAnhError():
            return name_readings(error.text(context.lang))
        case OSError() if (code := f"system.{errorcode.get(error.errno or 0)}") in SENTENCES:
            return context.say(code)
        case OSError(strerror=str(problem)):
            return problem
        case _:
            return str(error)


def report(error: Exception, context: RunContext, *, kind: str = "InputError") -> None:
    """Print an error on standard error, as a line of text or JSON without passwords.

    `kind` is the JSON's `error` of a `CommandError` that no error of the library led to.
    """
    text = error_text(error, context)
    if isinstance(error, click.ClickException):
        ctx, kind = getattr(error, "ctx", None), "UsageError"
        text = context.say(
            "see_help", problem=" ".join(text.split()), path=ctx.command_path if ctx else "phananh"
        )
    if not context.json:
        context.write_aside(hide_passwords(f"phananh: {text}"))
        return
    ours = error.__cause__ if isinstance(error, CommandError) else error
    facts = ours.as_dict() if isinstance(ours, PhanAnhError) else {"error": kind}
    click.echo(hide_passwords(to_json({**facts, "message": text})), err=True)


def _usage_problem(error: click.ClickException, context: RunContext) -> str:
    match error:
        case click.NoSuchOption(option_name="--db" as name):  # other commands have it
            return context.say("option_without_effect", name=name)
        case click.NoSuchOption(option_name=name):
            return context.say("no_such_option", name=name)
        case click.MissingParameter(param=click.Parameter() as param):
            has_name = param.param_type_name == "option"
            name = f"{param.opts[0]} {param.metavar}" if has_name else param.human_readable_name
            return context.say("missing_argument", name=context.translate_metavars(name))
        case click.BadParameter(param=click.Parameter() as param, message=problem):
            return _bad_value_text(param, problem, context)
        case click.BadOptionUsage(option_name=name, message=problem):
            lacks = "requires" in problem  # click says no more of what is wrong
            return context.say(
                "option_needs_value" if lacks else "option_takes_no_value", name=name
            )
        case click.UsageError(message=str(message)) if found := re.search(
            r"unexpected extra arguments? \((.*)\)", message, re.DOTALL
        ):  # click keeps them nowhere else
            return context.say("too_much_given", words=found[1])
        case _:
            return error.format_message()


def _bad_value_text(param: click.Parameter, problem: str, context: RunContext) -> str:
    """Return what can be given instead, and in Vietnamese what each slug means."""
    name, known = param.opts[0], param.type  # an option as it is typed
    if param.param_type_name != "option":
        name = context.pick(context.translate_metavars(param.human_readable_name), name)
    if isinstance(known, click.IntRange):
        return context.say("not_in_range", name=name, first=known.min, last=known.max)
    if not isinstance(known, click.Choice):
        return context.say("impossible_value", name=name, problem=problem)
    choices = list(known.choices)
    for group in ("state", "role", "kind") if context.lang == "vi" else ():
        if set(choices) <= WORDS[group].keys():
            choices = [f"{slug} ({word(group, slug, 'vi')})" for slug in choices]
    some = context.say("or", some=", ".join(choices[:-1]), last=choices[-1])
    return context.say("not_a_choice", name=name, known=some)


SENTENCES.update({
    "app.lang": (
        "Ngôn ngữ; mặc định theo ngôn ngữ của máy.",
        "Language. The default is Vietnamese if the locale is Vietnamese, else English.",
    ),
    "app.json": ("In JSON, mỗi dòng một đối tượng.", "Print JSON, one object a line."),
    "app.db": (
        "Nơi lưu phản ánh, kiến nghị: tệp, sqlite:///ĐƯỜNG-DẪN, postgresql://..., "
        "sqlalchemy+URL hoặc memory:; nếu không thì PHANANH_DB.",
        "Where the cases are: a file, sqlite:///PATH, postgresql://..., sqlalchemy+URL or "
        "memory: (default PHANANH_DB).",
    ),
    "app.usage": ("Cách dùng: ", "Usage: "),
    "app.options": ("Tùy chọn", "Options"),
    "app.commands": ("Lệnh", "Commands"),
    "app.show_help": ("Hiện hướng dẫn này.", "Show this message and exit."),
    "no_such_command": (
        "không có lệnh {name}; gần giống: {close}.", "no command {name}; the nearest: {close}.",
    ),
    "no_command_near": ("không có lệnh {name}.", "no command {name}."),
    "metavar.A": ("LÚC-ĐẦU", "A"),
    "metavar.ARGS": ("THAM-SỐ", "ARGS"),
    "metavar.B": ("LÚC-CUỐI", "B"),
    "metavar.BUDGET": ("THỜI-HẠN", "BUDGET"),
    "metavar.COMMAND": ("LỆNH", "COMMAND"),
    "metavar.CURSOR": ("VỊ-TRÍ", "CURSOR"),
    "metavar.DATE": ("NGÀY", "DATE"),
    "metavar.FILE": ("TỆP", "FILE"),
    "metavar.FOLDER": ("THƯ-MỤC", "FOLDER"),
    "metavar.FROM": ("TỪ", "FROM"),
    "metavar.ID": ("MÃ", "ID"),
    "metavar.ID-or-code": ("MÃ", "ID-or-code"),
    "metavar.KIND": ("LOẠI", "KIND"),
    "metavar.LOG": ("NHẬT-KÝ", "LOG"),
    "metavar.MONTH": ("THÁNG", "MONTH"),
    "metavar.N": ("SỐ", "N"),
    "metavar.NAME": ("TÊN", "NAME"),
    "metavar.NUMBER": ("SỐ", "NUMBER"),
    "metavar.OPTIONS": ("TÙY-CHỌN", "OPTIONS"),
    "metavar.PATH-or-URL": ("ĐƯỜNG-DẪN hoặc URL", "PATH-or-URL"),
    "metavar.ROLE": ("VAI-TRÒ", "ROLE"),
    "metavar.START": ("TỪ-LÚC", "START"),
    "metavar.TEXT": ("NỘI-DUNG", "TEXT"),
    "metavar.TIME": ("THỜI-ĐIỂM", "TIME"),
    "metavar.TO": ("ĐẾN", "TO"),
    "metavar.UNIT": ("ĐƠN-VỊ", "UNIT"),
    "metavar.YEAR": ("NĂM", "YEAR"),
    "cannot_read": ("không đọc được {path}: {problem}", "cannot read {path}: {problem}"),
    "cannot_write": ("không ghi được {path}: {problem}", "cannot write {path}: {problem}"),
    "cannot_read_or_write": (
        "không đọc hoặc ghi được: {problem}", "cannot read or write: {problem}",
    ),
    "cannot_read_or_write_file": (
        "không đọc hoặc ghi được {path}: {problem}", "cannot read or write {path}: {problem}",
    ),
    "system.ENOENT": ("không có tệp hoặc thư mục này", "No such file or directory"),
    "system.EACCES": ("không có quyền", "Permission denied"),
    "system.EISDIR": ("đây là thư mục", "Is a directory"),
    "system.ENOSPC": ("đĩa đã đầy", "No space left on device"),
    "system.ENOTDIR": ("đường dẫn đi qua một tệp", "Not a directory"),
    "stdin_closed": ("không có đầu vào", "closed"),
    "not_utf8": (
        "{path}, dòng {line}, byte {byte} (0x{value}): không phải UTF-8; lưu tệp dạng UTF-8",
        "{path}, line {line}, byte {byte} (0x{value}): not UTF-8. Save the file as UTF-8.",
    ),
    "file_too_large": (
        "{path}: lớn hơn {limit} byte; chia tệp thành nhiều tệp",
        "{path}: larger than {limit} bytes. Split the file.",
    ),
    "database_failed": ("lỗi cơ sở dữ liệu: {problem}", "the database failed: {problem}"),
    "unknown_calendar": (
        "lịch {calendars}: PAKN {cases} còn dùng (tổng cộng {deadlines} hạn), nhưng chỉ có "
        "{known}; dùng --former để đưa lịch đó",
        "calendar {calendars}: named by {cases} ({deadlines} in all), but the desk knows only "
        "{known}. Give it, as it was, with --former.",
    ),
    "see_help": ("{problem} Xem: {path} --help", "{problem} See: {path} --help"),
    "no_such_option": ("không có tùy chọn {name}.", "no such option {name}."),
    "missing_argument": ("thiếu {name}.", "{name} is missing."),
    "not_a_choice": (
        "{name}: không có giá trị này; dùng {known}.",
        "{name}: there is no such value. Use {known}.",
    ),
    "or": ("{some} hoặc {last}", "{some} or {last}"),
    "option_without_effect": (
        "{name} không có tác dụng ở đây; hãy bỏ đi.", "{name} has no effect here. Leave it out.",
    ),
    "not_in_range": (
        "{name}: giá trị không hợp lệ; viết số nguyên từ {first} đến {last}.",
        "{name}: not a possible value. Write a whole number, {first} to {last}.",
    ),
    "impossible_value": (
        "{name}: giá trị không hợp lệ. {problem}", "{name}: not a possible value. {problem}",
    ),
    "option_needs_value": ("{name} cần một giá trị.", "{name} needs a value."),
    "option_takes_no_value": ("{name} không nhận giá trị.", "{name} takes no value."),
    "too_much_given": ("thừa: {words}.", "too much was given: {words}."),
    "program_fault": ("lỗi của chương trình: {problem}", "a fault of the program: {problem}"),
})  # fmt: skip
