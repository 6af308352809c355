"""A table of outcomes, typed by hand from a text: position, act, role -> letter, state (Art. 7-10).

`decision_2370.txt` says how it is written. It is read apart from the code that it is compared
with, so that a row that was changed in both places by mistake is the only one that passes.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeVar

import attrs

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.regulation.acts import ACTS
from phananh.regulation.case import Case
from phananh.regulation.request import OPEN_STATES, Role, State

ROLES = ("citizen", "operator", "officer", "provider", "leadership", "agency", "agency_head",
         "office", "system")  # fmt: skip
NEW = "new"
"""The position of a request before it is received."""
READINGS = ("provider_limit", "leadership_limit", "reply_limit", "reschedule_after_due",
            "no_reschedule")  # fmt: skip
"""What a block can be typed for: the reading of `Expected` that is not the default."""
_POSITION = re.compile(r"\[(\w+)(?:/(\w+))?(?: if (\w+))?\]")
_CLAUSE = re.compile(r"\d[^,]*")
_SAME, _NONE = "=", "-"
_HELD, _DONE = "[received/operator]", "[answered]"
T = TypeVar("T")


@attrs.frozen(kw_only=True)
class Outcome:
    """One act at one position: a letter for each role, the state that follows, the clauses."""

    letters: Mapping[str, str]
    leads_to: str
    clauses: tuple[str, ...] = ()

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

    def may_cite(self, article: str | None) -> bool:
        """Return whether this is one of the clauses, as far as some of its document are typed."""
        if article is None:
            return True
        document = article.partition("@")[2]
        typed = [each for each in self.clauses if each.partition("@")[2] == document]
        return not typed or article in typed


Outcomes = Mapping[str, Mapping[str, Outcome]]


def read_outcomes(text: str) -> dict[str, dict[str, Outcome]]:
    """Return position -> act -> outcome of a table as it is typed.

    A position is a state with the role of the holder, such as `escalated/officer`, or a state
    without a holder, such as `answered`. It is followed by ` if ` and a reading if its block is
    typed for that reading.

    Raises:
        InputTypeError: `text` is no text.
        InputError: a line is malformed, a position or an act stands there twice, or a position, an
            act or a state is unknown.
    """
    if not isinstance(text, str):
        raise InputTypeError(field="text", code="not_a_text", value=short_repr(text))
    found: dict[str, dict[str, Outcome]] = {}
    position = ""
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        if not line or line.startswith("#"):
            continue
        if line.startswith("["):
            position = _read_position(line, number)
            _add(found, position, {}, number)
        elif position:
            _add(found[position], *_read_line(line, number), number)
        else:
            raise _make_error("before_position", number, line, form=_HELD)
    return found


def _add(found: dict[str, T], name: str, read: T, number: int) -> None:
    if name in found:
        raise _make_error("outcome_twice", number, name)
    found[name] = read


def _read_position(line: str, number: int) -> str:
    matched = _POSITION.fullmatch(line)
    if matched is None:
        raise _make_error("not_a_position", number, line, form=_HELD, other=_DONE)
    state, holder, reading = matched.groups()
    _require(state, (*(each.value for each in State), NEW), number)
    _require(holder or ROLES[0], ROLES, number)
    _require(reading or READINGS[0], READINGS, number)
    if bool(holder) is not (state in OPEN_STATES):
        raise _make_error("not_a_position", number, line, form=_HELD, other=_DONE)
    return line[1:-1]


def _read_line(line: str, number: int) -> tuple[str, Outcome]:
    trigger, *rest = line.split()
    letters, after = rest[: len(ROLES)], rest[len(ROLES) :]
    if not after or not set(letters) <= {"R", "F", "N"}:
        raise _make_error("not_an_outcome", number, line)
    _require(trigger, ACTS, number)
    _require(after[0], (_SAME, _NONE, *(each.value for each in State)), number)
    if "N" in letters and {*letters} != {"N"}:
        raise _make_error("no_step_for_some", number, line)
    if "R" in letters and after[0] == _NONE:
        raise _make_error("leads_nowhere", number, line)
    clauses = after[1].split(",") if len(after) > 1 else ()
    return trigger, Outcome(
        letters=dict(zip(ROLES, letters, strict=True)),
        leads_to=after[0],
        clauses=tuple(each for each in clauses if _CLAUSE.fullmatch(each)),
    )


def _require(value: str, known: Iterable[str], number: int) -> None:
    if value not in known:
        raise _make_error("unknown_in_outcome", number, value, known=tuple(known))


def _make_error(code: str, number: int, value: str, **facts: object) -> InputError:
    shown = short_repr(value)
    return InputError(field="outcomes", code=code, line=number, value=shown, **facts)


@cache
def read_decision() -> dict[str, dict[str, Outcome]]:
    """Return the outcomes typed from the Regulation of Decision 2370."""
    text = files("phananh.testing.invariants").joinpath("decision_2370.txt")
    return read_outcomes(text.read_text(encoding="utf-8"))


def position_of(case: Case) -> str:
    """Return how a table names where a case lies: `escalated/officer`, `answered`."""
    return f"{case.state.value}/{case.holder.role.value}" if case.holder else case.state.value
