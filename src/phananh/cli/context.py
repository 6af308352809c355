"""The parts that all commands share: language, text or JSON, sentences, the database, and printing.

You can give `--lang`, `--json` and `--db` before or after the command's name.

Each file adds its texts to `SENTENCES`: `code: (Vietnamese, English)`. Both take the same facts, as
a test checks."""

import json
import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import attrs
import click

from phananh.messages.message import put_in

F = TypeVar("F", bound=Callable[..., Any])  # a command, which a decorator returns

SENTENCES: dict[str, tuple[str, str]] = {}

# Controls (C0, C1), bidi marks and overrides, line separators, halves of surrogate pairs.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]"
)


def escape_control(text: str) -> str:
    """Return one line in which what cannot be seen is written as \\uXXXX."""
    return _HIDDEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def sentence(code: str, lang: str, **facts: object) -> str:
    """Return the sentence of a code in `vi` or `en`, its facts put in and made visible."""
    if code not in SENTENCES:
        raise LookupError(f"no sentence for {code!r}: add it to SENTENCES in its file")
    vi, en = SENTENCES[code]
    return escape_control(put_in(vi if lang == "vi" else en, facts, lang))


_METAVAR = re.compile(r"[A-Z]+(?:-[A-Za-z]+)*")


def detect_language(environ: Mapping[str, str]) -> str:
    """Return `vi` when the locale for messages is Vietnamese, else `en`."""
    names = (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "vi" if next((n for n in names if n), "").lower().startswith("vi") else "en"


@attrs.define
class RunContext:
    """The language and form of one run. `reader_gone` is set once its output is no longer read."""

    lang: str = "en"
    json: bool = False
    db: str | None = None
    db_from_environment: str | None = None
    reader_gone: bool = False

    @classmethod
    def from_arguments(cls, args: Sequence[str], environ: Mapping[str, str]) -> "RunContext":
        """Return the context as far as it is known before the arguments are parsed.

        An error in the arguments, and `--help`, already come in the language asked for.
        """
        context = cls(lang=detect_language(environ), json="--json" in args)
        context.db_from_environment = environ.get("PHANANH_DB") or None
        for word, following in zip(args, [*args[1:], ""], strict=False):
            asked = following if word == "--lang" else word.removeprefix("--lang=")
            if word.startswith("--lang") and asked in ("vi", "en"):
                context.lang = asked
        return context

    @property
    def address(self) -> str | None:
        """The address of the cases: that of `--db`, else that of the environment."""
        return self.db_from_environment if self.db is None else self.db

    def say(self, code: str, **facts: object) -> str:
        """Return a sentence of the catalogue in the language of this run."""
        return sentence(code, self.lang, **facts)

    def translate_metavars(self, text: str) -> str:
        """Return `[FILE]` with those words in capitals that the catalogue has in this language."""

        def translate(found: re.Match[str]) -> str:
            code = f"metavar.{found[0]}"
            return self.say(code) if code in SENTENCES else found[0]

        return _METAVAR.sub(translate, text)

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

    def write_line(self, text: str) -> None:
        """Print one line in which everything can be seen."""
        self.write(escape_control(text))

    def write_json(self, facts: Mapping[str, Any]) -> None:
        """Print one object as a line of JSON."""
        self.write(to_json(facts))

    def write_aside(self, text: str) -> None:
        """Print one line beside the output, on standard error."""
        with suppress(BrokenPipeError):
            click.echo(escape_control(text), err=True)


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
    as_json = _option("json", is_flag=True, help="app.json")
    return lang(as_json(command))


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
})  # fmt: skip
