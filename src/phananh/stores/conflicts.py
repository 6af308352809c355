"""How every store words the breach of its keys, so that callers cannot tell stores apart."""

from collections.abc import Sequence

from phananh.errors import CommandReusedError, DuplicateError
from phananh.stores.base import Change, CommandRecord


def doing(changes: Sequence[Change]) -> str:
    """Return what a commit was doing, for an error message."""
    first = changes[0] if changes else None
    name = f"case {first.case} version {first.row.version}" if first else "nothing"
    return f"recording {name}" + (f" and {len(changes) - 1} more" if len(changes) > 1 else "")


def repeated(known: CommandRecord, digest: str) -> DuplicateError | CommandReusedError:
    """Return the error for a command id that is known: the same act again, or another."""
    if known.digest == digest:
        return DuplicateError(command_id=known.command, case=known.case, version=known.version)
    return CommandReusedError(
        field="command_id",
        problem=f"was used for another act, on case {known.case} version {known.version}",
        way_out="give each act an id of its own, and repeat an act unchanged",
    )
