"""The errors of a machine: a desk that breaks the rules, or a run that met too little.

They are raised by functions, not by `assert`, which vanishes under -O.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any


class DeskError(AssertionError):
    """The desk broke the rules. The message ends with the act log that shows it."""


class NotReachedError(AssertionError):
    """A run did not reach all it has to, so that it is no proof."""


def check(ok: object, message: str, lines: Sequence[Mapping[str, Any]]) -> None:
    """Raise `DeskError` unless `ok`, with the acts that led there as an act log."""
    if not ok:
        log = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
        raise DeskError(f"{message}\nafter the acts\n{log}")


def require_reached(machine: str, reached: Mapping[str, int], required: Mapping[str, int]) -> None:
    """Raise `NotReachedError` where something was met less often than required."""
    missing = [
        f"{name} {reached.get(name, 0)} of {least}"
        for name, least in required.items()
        if reached.get(name, 0) < least
    ]
    if missing:
        raise NotReachedError(
            f"{machine} took {reached.get('steps', 0)} steps and reached too little: "
            f"{', '.join(missing)}. Give it more examples or steps; or say in "
            f"`{machine}.required` what rules of your own can reach"
        )
