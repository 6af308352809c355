"""What can go wrong at a command line, told in one clean line: what, where, the way out."""

import re
from typing import Any

import click

from phananh.cli.context import RunContext, dumped
from phananh.errors import (
    PhanAnhError,
    StoreError,
    UnknownCalendarError,
)

_MORE = re.compile(r"unexpected extra arguments? \((.*)\)", re.DOTALL)  # click keeps them nowhere


class CommandError(Exception):
    """Something given on the command line or in a file; its words are a key of `words.VI`."""

    def __init__(self, english: str, **facts: object) -> None:
        """Keep the sentence and its facts; the language is known when it is told."""
        super().__init__(english)
        self.english = english
        self.facts = facts

    def text(self, frame: RunContext) -> str:
        """Return the sentence in the language of the run."""
        told = {
            name: frame.say(fact) if name == "problem" and isinstance(fact, str) else fact
            for name, fact in self.facts.items()
        }
        return frame.say(self.english, **told)


def told(error: Exception, frame: RunContext) -> str:
    """Return an error in words, in the language of the run where we have them."""
    match error:
        case CommandError():
            return error.text(frame)
        case StoreError():
            return frame.say("the database failed: {problem}", problem=error.text(frame.lang))
        case UnknownCalendarError():
            return frame.say(
                "calendar {calendars}: named by {cases} ({deadlines} in all), but the desk knows "
                "only {known}; give it, as it was, with --former",
                calendars=", ".join(error.calendars),
                cases=", ".join(error.cases),
                deadlines=error.deadlines,
                known=", ".join(error.known),
            )
        case PhanAnhError():
            return error.text(frame.lang)
        case _:
            return str(error)


def report(error: Exception, frame: RunContext, *, kind: str = "InputError") -> None:
    """Tell an error on standard error: a line of text, or of JSON.

    `kind` is the JSON's `error` of a `CommandError` that no error of ours led to.
    """
    usage = isinstance(error, click.ClickException)
    text = _usage(error, frame) if usage else told(error, frame)
    if frame.json:
        click.echo(dumped(_facts(error, text, kind)), err=True)
    else:
        frame.note(f"phananh: {text}")


def _usage(error: Exception, frame: RunContext) -> str:
    assert isinstance(error, click.ClickException)  # the only caller has looked
    text = " ".join(_words(error, frame).split())
    ctx = getattr(error, "ctx", None)
    path = ctx.command_path if ctx else "phananh"
    return frame.say("{problem} See: {path} --help", problem=text, path=path)


def _words(error: click.ClickException, frame: RunContext) -> str:
    match error:
        case click.NoSuchOption():
            return frame.say("no such option {name}.", name=error.option_name)
        case click.MissingParameter(param=click.Parameter() as param):
            return frame.say("{name} is missing.", name=param.human_readable_name)
        case click.BadParameter(param=click.Parameter(type=click.Choice() as known) as param):
            said = "{name}: not a possible value; one of {known}."
            return frame.say(said, name=_name(param), known=", ".join(known.choices))
        case click.BadParameter(param=click.Parameter() as param):
            said = "{name}: not a possible value. {problem}"
            return frame.say(said, name=_name(param), problem=error.message)
        case click.BadOptionUsage(option_name=str() as name):
            lacks = "requires" in error.message  # click says no more of what is wrong
            said = "{name} needs a value." if lacks else "{name} takes no value."
            return frame.say(said, name=name)
        case click.UsageError(message=str(said)) if found := _MORE.search(said):
            return frame.say("too much was given: {words}.", words=found[1])
        case _:
            return error.format_message()


def _name(param: click.Parameter) -> str | None:
    return param.opts[0] if param.param_type_name == "option" else param.name


def _facts(error: Exception, text: str, kind: str) -> dict[str, Any]:
    ours = error.__cause__ if isinstance(error, CommandError) else error
    if isinstance(ours, PhanAnhError):
        return {**ours.as_dict(), "message": text}
    name = "UsageError" if isinstance(error, click.ClickException) else kind
    return {"error": name, "message": text}
