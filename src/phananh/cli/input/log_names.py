"""The name of a log: with a line's number it names each act that has no key of its own.

Two logs of one name would be taken for one. So you must give the name if a file gives none.
"""

import os
from pathlib import Path

from phananh.act_log.entry import clean_name
from phananh.cli.context import RunContext
from phananh.cli.errors import CommandError
from phananh.errors import InputError

_NAMELESS = ("/dev/", "/proc/")  # standard input by another name, and what a shell makes of <(...)


def name_log(path: str, given: str | None, context: RunContext) -> str:
    """Return the name of a log: the one given, else the base name of its file.

    Raises:
        CommandError: the acts are kept, and neither gives a name, or it is no valid name.
    """
    if given is None and _is_nameless(path):
        if context.address not in (None, "memory:"):
            raise CommandError("log_name_needed")
        return "stdin"
    name = to_utf8(Path(path).name) if given is None else given
    try:
        return clean_name(name, field="--log-name")
    except InputError as error:
        raise CommandError("log_name_wrong", problem=error) from error


def to_utf8(name: str) -> str:
    """Return a file name as UTF-8 text, whatever the locale, with other bytes as escapes."""
    try:
        raw = os.fsencode(name)
    except UnicodeEncodeError:  # half a surrogate pair, which no file system gives
        raw = name.encode("utf-8", "backslashreplace")
    return raw.decode("utf-8", "backslashreplace")


def _is_nameless(path: str) -> bool:
    try:
        return path == "-" or path.startswith(_NAMELESS) or Path(path).is_fifo()
    except ValueError:  # a NUL: no file has this name
        return False
