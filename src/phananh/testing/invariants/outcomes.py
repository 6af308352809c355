"""A table of outcomes, typed by hand from a text: position, act, role -> letter, state (Art. 7-10).

`decision_2370.txt` says how it is written. It is read apart from the code that it is compared
with, so that a row that was changed in both places by mistake is the only one that passes.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import attrs

from phananh.errors import InputError
from phananh.regulation.case import Case
from phananh.regulation.values.request import Role

ROLES = ("citizen", "operator", "officer", "provider", "leadership", "agency", "agency_head",
         "office", "system")  # fmt: skip


@attrs.frozen(kw_only=True)
class Outcome:
    """One act at one position: a letter for each role, and the state that follows."""

    letters: Mapping[str, str]
    leads_to: str

    @property
    def has_no_step(self) -> bool:
        """Whether there is no such step from this position, for anybody."""
        return "N" in self.letters.values()

    @property
    def may_somebody(self) -> bool:
        """Whether some role is recorded."""
        return "R" in self.letters.values()

    def may(self, role: Role) -> bool:
        """Return whether the right person of this role is recorded."""
        return self.letters[role.value] == "R"


Outcomes = Mapping[str, Mapping[str, Outcome]]


def read_outcomes(text: str) -> dict[str, dict[str, Outcome]]:
    """Return position -> act -> outcome of a table as it is typed.

    Raises:
        InputError: a malformed line, or an act twice at one position.
    """
    found: dict[str, dict[str, Outcome]] = {}
    position = ""
    for number, line in enumerate(text.splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            position = line.strip("[]")
            found[position] = {}
            continue
        trigger, outcome = _read_line(line, number)
        if trigger in found.get(position, {trigger: None}):
            raise InputError(field="outcomes", code="not_an_outcome", line=number)
        found[position][trigger] = outcome
    return found


def _read_line(line: str, number: int) -> tuple[str, Outcome]:
    trigger, *rest = line.split()
    letters = rest[: len(ROLES)]
    if len(rest) <= len(ROLES) or not set(letters) <= {"R", "F", "N"}:
        raise InputError(field="outcomes", code="not_an_outcome", line=number)
    leads_to = rest[len(ROLES)]
    return trigger, Outcome(letters=dict(zip(ROLES, letters, strict=True)), leads_to=leads_to)


@cache
def read_decision() -> dict[str, dict[str, Outcome]]:
    """Return the outcomes typed from the Regulation of Decision 2370."""
    text = files("phananh.testing.invariants").joinpath("decision_2370.txt")
    return read_outcomes(text.read_text(encoding="utf-8"))


def position_of(case: Case) -> str:
    """Return how a table names where a case lies: `escalated/officer`, `answered`."""
    return f"{case.state.value}/{case.holder.role.value}" if case.holder else case.state.value
