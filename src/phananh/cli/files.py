"""Files as they are read: opened, decoded, and refused with the place of a bad byte."""

import sys
from pathlib import Path, PurePath
from typing import BinaryIO

from phananh.cli.errors import CommandError

LARGEST = 10_000_000  # bytes of a file of hours or notices

ICAL_SUFFIXES = (".ics", ".ical", ".ifb")


def open_file(path: str, *, absent: CommandError | None = None) -> BinaryIO:
    """Return the bytes of a file, or of standard input for `-`. Raise `absent` without one."""
    if path == "-":
        if sys.stdin is None:
            raise CommandError("cannot_read", path="stdin", problem=CommandError("stdin_closed"))
        return sys.stdin.buffer
    try:
        return Path(path).open("rb")
    except (OSError, ValueError) as error:
        if absent and isinstance(error, FileNotFoundError | ValueError):
            raise absent from None
        raise CommandError("cannot_read", path=path, problem=error) from None


def read_text(path: str, *, absent: CommandError | None = None) -> str:
    """Return the whole text of a file, and refuse one too large, or not in UTF-8."""
    with open_file(path, absent=absent) as file:
        try:
            raw = file.read(LARGEST + 1)
        except OSError as error:
            raise CommandError("cannot_read", path=path, problem=error) from None
    if len(raw) > LARGEST:
        raise CommandError("file_too_large", path=path, limit=f"{LARGEST:,}")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        line, byte = before.count(b"\n") + 1, error.start - before.rfind(b"\n")
        raise not_utf8(path, line=line, byte=byte, value=raw[error.start]) from None


def not_utf8(path: str, *, line: int, byte: int, value: int) -> CommandError:
    """Return the error of a file in another encoding: its line, and which byte of it."""
    return CommandError("not_utf8", path=path, line=line, byte=byte, value=f"{value:02X}")


def is_ical(path: str, text: str) -> bool:
    """Return whether a file is iCalendar, by its name or by its first line."""
    named = PurePath(path).suffix.lower() in ICAL_SUFFIXES
    return named or text.lstrip()[:15].upper() == "BEGIN:VCALENDAR"
