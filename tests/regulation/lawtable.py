"""Reads outcomes.txt, the table typed from the Articles: position, act, role -> letter, state."""

from functools import cache
from pathlib import Path

import attrs

_ROLES = "citizen operator officer provider leadership agency agency_head office system"
ROLES = tuple(_ROLES.split())


@attrs.frozen(kw_only=True)
class Line:
    """One act at one position: a letter for each role, and the state that follows."""

    letters: dict[str, str]
    leads_to: str


@cache
def law() -> dict[str, dict[str, Line]]:
    """Return position -> act -> line, as typed."""
    found: dict[str, dict[str, Line]] = {}
    position = ""
    for line in (Path(__file__).parent / "outcomes.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            position = line.strip("[]")
            found[position] = {}
            continue
        trigger, *rest = line.split()
        letters = dict(zip(ROLES, rest[:9], strict=True))
        assert trigger not in found[position]
        found[position][trigger] = Line(letters=letters, leads_to=rest[9])
    return found


def position_of(case) -> str:
    """Return how the table names where a case lies."""
    return f"{case.state.value}/{case.holder.role.value}" if case.holder else case.state.value
