"""The errors of a command line, each as one line: what, where, the way out."""

import re
from collections.abc import Sequence
from errno import errorcode
from typing import Any

import click

from phananh.cli.context import SENTENCES, RunContext, to_json
from phananh.errors import PhanAnhError, StoreError, UnknownCalendarError
from phananh.messages.labels import WORDS, word
from phananh.stores.passwords import hide_passwords

_MORE = re.compile(r"unexpected extra arguments? \((.*)\)", re.DOTALL)  # click keeps them nowhere


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
    match fact:
        case Exception():
            return error_text(fact, context)
        case (Exception(), *_):
            return "; ".join(str(_fact_text(each, context)) for each in fact)
        case _:
            return fact


def error_text(error: Exception, context: RunContext) -> str:
    """Return an error in words, in the language of the run where we have them."""
    match error:
        case CommandError():
            return error.text(context)
        case StoreError():
            return context.say("database_failed", problem=error.text(context.lang))
        case UnknownCalendarError(calendars=calendars, cases=cases, known=known):
            facts = {"calendars": calendars, "cases": cases, "known": known}
            return context.say("unknown_calendar", deadlines=error.deadlines, **facts)
        case PhanAnhError():
            return error.text(context.lang)
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
    is_usage = isinstance(error, click.ClickException)
    text = _usage_text(error, context) if is_usage else error_text(error, context)
    if context.json:
        click.echo(to_json(_without_passwords(_error_facts(error, text, kind))), err=True)
    else:
        context.write_aside(hide_passwords(f"phananh: {text}"))


def _without_passwords(fact: Any) -> Any:
    match fact:
        case str():
            return hide_passwords(fact)
        case dict():
            return {name: _without_passwords(each) for name, each in fact.items()}
        case list():
            return [_without_passwords(each) for each in fact]
        case _:
            return fact


def _usage_text(error: Exception, context: RunContext) -> str:
    assert isinstance(error, click.ClickException)  # the only caller has looked
    problem = " ".join(_usage_problem(error, context).split())
    ctx = getattr(error, "ctx", None)
    return context.say("see_help", problem=problem, path=ctx.command_path if ctx else "phananh")


def _usage_problem(error: click.ClickException, context: RunContext) -> str:
    match error:
        case click.NoSuchOption(option_name="--db" as name):  # other commands have it
            return context.say("option_without_effect", name=name)
        case click.NoSuchOption(option_name=name):
            return context.say("no_such_option", name=name)
        case click.MissingParameter(param=click.Parameter() as param):
            return context.say(
                "missing_argument", name=context.translate_metavars(param.human_readable_name)
            )
        case click.BadParameter(param=click.Parameter(type=click.Choice() as known) as param):
            choices = _join_choices(known.choices, context)
            return context.say("not_a_choice", name=_parameter_name(param, context), known=choices)
        case click.BadParameter(param=click.Parameter(type=click.IntRange() as known) as param):
            asked, ends = _parameter_name(param, context), (known.min, known.max)
            return context.say("not_in_range", name=asked, first=ends[0], last=ends[1])
        case click.BadParameter(param=click.Parameter() as param, message=problem):
            facts = {"name": _parameter_name(param, context), "problem": problem}
            return context.say("impossible_value", **facts)
        case click.BadOptionUsage(option_name=str() as name):
            lacks = "requires" in error.message  # click says no more of what is wrong
            return context.say(
                "option_needs_value" if lacks else "option_takes_no_value", name=name
            )
        case click.UsageError(message=str(message)) if found := _MORE.search(message):
            return context.say("too_much_given", words=found[1])
        case _:
            return error.format_message()


def _parameter_name(param: click.Parameter, context: RunContext) -> str | None:
    """Return an option as it is typed, or the name of an argument, in Vietnamese as in the help."""
    if param.param_type_name == "option":
        return param.opts[0]
    if context.lang == "vi":
        return context.translate_metavars(param.human_readable_name)
    return param.name


def _error_facts(error: Exception, text: str, kind: str) -> dict[str, Any]:
    ours = error.__cause__ if isinstance(error, CommandError) else error
    if isinstance(ours, PhanAnhError):
        return {**ours.as_dict(), "message": text}
    name = "UsageError" if isinstance(error, click.ClickException) else kind
    return {"error": name, "message": text}


def _join_choices(choices: Sequence[str], context: RunContext) -> str:
    *first, last = _list_choices(choices, context.lang)
    return context.say("or", some=", ".join(first), last=last)


def _list_choices(choices: Sequence[str], lang: str) -> list[str]:
    """Return what can be given, and in Vietnamese what each slug means."""
    for name in ("state", "role", "kind") if lang == "vi" else ():
        if set(choices) <= WORDS[name].keys():
            return [f"{slug} ({word(name, slug, lang)})" for slug in choices]
    return list(choices)


SENTENCES.update({
    "cannot_read": ("không đọc được {path}: {problem}", "cannot read {path}: {problem}"),
    "cannot_write": ("không ghi được {path}: {problem}", "cannot write {path}: {problem}"),
    "cannot_read_or_write": (
        "không đọc hoặc ghi được: {problem}", "cannot read or write: {problem}",
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
