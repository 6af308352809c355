"""What becomes of command ids, and the errors that are the same in every store."""

import os
from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

from phananh.errors import (
    CommandReusedError,
    ConflictError,
    CorruptError,
    DuplicateError,
    InputError,
    short_repr,
)
from phananh.stores.base import Change, Command, CommandRecord


def describe_commit(changes: Sequence[Change]) -> dict[str, Any]:
    """Return the task of a commit of one change or more, as arguments of a StoreError."""
    case, version, more = changes[0].case, changes[0].row.version, len(changes) - 1
    return {
        "doing": "recording_cases" if more else "recording_case",
        "case": case,
        "version": version,
        "more": more,
    }


def new_salt() -> bytes:
    """Return sixteen unpredictable bytes: the key of digests that are to be lost."""
    return os.urandom(16)


def damaged_row_error(case: str) -> CorruptError:
    """Return the error for a case that a page names as damaged."""
    return CorruptError(doing="finding", code="row_checksum_differs", case=case, version=0)


def known_command_error(
    known: CommandRecord, command: Command
) -> DuplicateError | CommandReusedError:
    """Return the error for a command id that is known: the same act again, or another."""
    if known.is_same(command):
        return DuplicateError(command_id=known.command, case=known.case, version=known.version)
    return reused_command_error(known.command)


def reused_command_error(command_id: str) -> CommandReusedError:
    """Return the error for a command id that names another act, without the case of that act."""
    return CommandReusedError(
        field="command_id", code="command_of_another_act", value=short_repr(command_id)
    )


def list_commands(changes: Sequence[Change]) -> list[tuple[str, Command]]:
    """Return the commands of a commit, each with its case, and refuse a name given twice."""
    named: dict[str, tuple[str, Command]] = {}
    for change in changes:
        for command in change.commands:
            if command.id in named:
                case, first = named[command.id]
                raise known_command_error(CommandRecord.of(first, case, b""), command)
            named[command.id] = change.case, command
    return list(named.values())


def check_commands(
    commands: Sequence[Command], find_known: Callable[[Command], CommandRecord | None]
) -> None:
    """Let the commands of one commit pass if none is known.

    Raises:
        DuplicateError: all of them were recorded, and are the same acts.
        CommandReusedError: one is known as another act, or only some are known.
    """
    known = [(record, each) for each in commands if (record := find_known(each)) is not None]
    if not known:
        return
    errors = [known_command_error(record, each) for record, each in known]
    reused = next((error for error in errors if isinstance(error, CommandReusedError)), None)
    if reused is None and len(known) < len(commands):
        name = short_repr(known[0][0].command)
        reused = CommandReusedError(field="command_id", code="some_commands_known", value=name)
    raise reused or errors[0]


def check_one_change(changes: Sequence[Change]) -> None:
    """Refuse more than one change, in a store that does not declare `lists`.

    Raises:
        InputError: nothing was recorded.
    """
    if len(changes) > 1:
        raise InputError(field="changes", code="one_change_at_a_time", count=len(changes))


def check_chain(
    changes: Sequence[Change], find_version: Callable[[Change], int] = attrgetter("expected")
) -> None:
    """Refuse changes of one case that do not continue each other, or what is recorded of it."""
    versions: dict[str, int] = {}
    for change in changes:
        actual = versions.get(change.case, find_version(change))
        if change.expected != actual:
            raise ConflictError(case=change.case, expected=change.expected, actual=actual)
        versions[change.case] = change.row.version
