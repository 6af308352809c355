"""The errors for a conflict of keys: the same from every store, whatever its engine."""

from collections.abc import Sequence
from typing import Any

from phananh.errors import CommandReusedError, DuplicateError, short_repr
from phananh.stores.base import Change, CommandRecord


def describe_commit(changes: Sequence[Change]) -> dict[str, Any]:
    """Return what a commit was doing, as arguments of a StoreError."""
    if not changes:
        return {"doing": "recording_nothing"}
    case, version, more = changes[0].case, changes[0].row.version, len(changes) - 1
    doing = "recording_cases" if more else "recording_case"
    return {"doing": doing, "case": case, "version": version, "more": more}


def known_command_error(known: CommandRecord, digest: str) -> DuplicateError | CommandReusedError:
    """Return the error for a command id that is known: the same act again, or another."""
    if known.digest == digest:
        return DuplicateError(command_id=known.command, case=known.case, version=known.version)
    name = short_repr(known.command)
    return CommandReusedError(
        field="command_id", code="command_of_another_act", value=name, case=known.case
    )
