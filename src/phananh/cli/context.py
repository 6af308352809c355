"""What every command shares: the language, text or JSON, the database, and how it prints.

`--lang`, `--json` and `--db` may stand before or after the command's name.
"""

import json
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any, TypeVar

import attrs
import click

from phananh.cli.catalogue import say
from phananh.cli.output.escaping import escape_control

F = TypeVar("F", bound=Callable[..., Any])


def language(environ: Mapping[str, str]) -> str:
    """Return `vi` when the locale for messages is Vietnamese, else `en`."""
    names = (environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    return "vi" if next((n for n in names if n), "").lower().startswith("vi") else "en"


@attrs.define
class RunContext:
    """How one run of the command line speaks; `deaf` once nobody reads what it prints."""

    lang: str = "en"
    json: bool = False
    db: str | None = None
    db_from_environment: str | None = None
    deaf: bool = False

    @classmethod
    def of(cls, args: Sequence[str], environ: Mapping[str, str]) -> "RunContext":
        """Return the frame as far as it is known before the arguments are parsed.

        An error in the arguments, and `--help`, already come in the language asked for.
        """
        frame = cls(lang=language(environ), json="--json" in args)
        frame.db_from_environment = environ.get("PHANANH_DB") or None
        for word, following in zip(args, [*args[1:], ""], strict=False):
            asked = following if word == "--lang" else word.removeprefix("--lang=")
            if word.startswith("--lang") and asked in ("vi", "en"):
                frame.lang = asked
        return frame

    @property
    def address(self) -> str | None:
        """Where cases are kept: what `--db` says, else what the environment says."""
        return self.db_from_environment if self.db is None else self.db

    def say(self, english: str, **facts: object) -> str:
        """Return a sentence in the language of this run, facts put in and made visible."""
        return say(english, self.lang, **facts)

    def out(self, text: str, *, nl: bool = True) -> None:
        """Print text; a reader who has gone away is no error, and is not written to again."""
        if self.deaf:
            return
        try:
            click.echo(text, nl=nl)
        except BrokenPipeError:
            self.deaf = True
            hush()

    def line(self, text: str) -> None:
        """Print one line in which everything can be seen."""
        self.out(escape_control(text))

    def row(self, facts: Mapping[str, Any]) -> None:
        """Print one object as a line of JSON."""
        self.out(dumped(facts))

    def note(self, text: str) -> None:
        """Say something beside the output, on standard error."""
        with suppress(BrokenPipeError):
            click.echo(escape_control(text), err=True)


def dumped(facts: Mapping[str, Any]) -> str:
    """Return one line of JSON; what could steer a terminal is escaped, and means the same."""
    return escape_control(json.dumps(facts, ensure_ascii=False))


def hush() -> None:
    """Point standard output at nothing, so that the last flush has somewhere to go."""
    with suppress(OSError, ValueError, AttributeError):
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, sys.stdout.fileno())
        os.close(null)


def _keeper(name: str) -> Callable[[click.Context, click.Parameter, Any], None]:
    def keep(ctx: click.Context, _param: click.Parameter, value: Any) -> None:
        if value not in (None, False):
            setattr(ctx.find_object(RunContext), name, value)

    return keep


def _kept(name: str, *, text: str, **options: Any) -> Callable[[F], F]:
    return click.option(
        f"--{name}", callback=_keeper(name), expose_value=False, help=text, **options
    )


def shared(command: F) -> F:
    """Add the options that every command has."""
    lang = _kept(
        "lang",
        type=click.Choice(("vi", "en")),
        text="Language; Vietnamese when the locale is.",
    )
    as_json = _kept("json", is_flag=True, text="Print JSON, one object a line.")
    db = _kept(
        "db",
        metavar="PATH-or-URL",
        text="What keeps the cases: a file, sqlite:///PATH or memory:; else PHANANH_DB.",
    )
    return lang(as_json(db(command)))
