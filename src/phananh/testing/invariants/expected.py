"""What a regulation says, typed apart from the rules that are checked against it (Art. 7-10).

Numbers and readings are fields of `Expected`. Steps are a table of outcomes: position, act, role ->
letter, state and clauses. `decision_2370.txt` says how it is written. It is read apart from the
code that it is compared with, so that a row that was changed in both places by mistake is the only
one that passes.
"""

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from functools import cache, cached_property
from importlib.resources import files
from typing import Any, Final, Literal, TypeVar

import attrs

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.regulation.acts import ACTS
from phananh.regulation.deadline import Budget, check_budget
from phananh.regulation.request import OPEN_STATES, Role, State
from phananh.regulation.rules import Rules

ROLES: Final = ("citizen", "operator", "officer", "provider", "leadership", "agency",
                "agency_head", "office", "system")  # fmt: skip
NEW: Final = "new"
"""The position of a request before it is received."""
READINGS: Final = ("provider_limit", "leadership_limit", "reply_limit", "reschedule_after_due",
                   "no_reschedule")  # fmt: skip
"""What a block can be typed for: the reading of `Expected` that is not the default."""
_POSITION = re.compile(r"\[(\w+)(?:/(\w+))?(?: if (\w+))?\]")
_CLAUSE = re.compile(r"\d[^,]*")
_HELD, _DONE = "[received/operator]", "[answered]"
_HANDLERS = frozenset({Role.OFFICER, Role.AGENCY, Role.PROVIDER, Role.LEADERSHIP})
_HEADS, _NOBODY = frozenset({Role.AGENCY_HEAD, Role.LEADERSHIP}), frozenset[Role]()
T = TypeVar("T")


@attrs.frozen(kw_only=True)
class Outcome:
    """One act at one position: a letter for each role, the state that follows, the clauses."""

    letters: Mapping[str, str]
    leads_to: str
    clauses: tuple[str, ...] = ()

    def find_roles(self, trigger: str) -> frozenset[Role]:
        """Return the roles that this line of an act lets do it.

        Its case is one of conduct, with somebody accused in the holder's unit. So whether the head
        of a unit or the leadership acts, and whether a unit is notified, depends on the case.
        """
        roles = frozenset(Role(role) for role, letter in self.letters.items() if letter == "R")
        if trigger == "notify_unit" and "N" not in self.letters.values():
            return frozenset({Role.LEADERSHIP})
        return roles | _HEADS if trigger in ("reassign", "commend") and roles else roles

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
    state, holder, reading = matched.groups() if matched else ("", None, None)
    if matched:
        _require(state, (*State, NEW), number)
        _require(holder or ROLES[0], ROLES, number)
        _require(reading or READINGS[0], READINGS, number)
    if not matched or bool(holder) is not (state in OPEN_STATES):
        raise _make_error("not_a_position", number, line, form=_HELD, other=_DONE)
    return line[1:-1]


def _read_line(line: str, number: int) -> tuple[str, Outcome]:
    trigger, *rest = line.split()
    letters, after = rest[: len(ROLES)], rest[len(ROLES) :]
    if not after or not set(letters) <= {"R", "F", "N"}:
        raise _make_error("not_an_outcome", number, line)
    _require(trigger, ACTS, number)
    _require(after[0], ("=", "-", *State), number)
    if "N" in letters and {*letters} != {"N"}:
        raise _make_error("no_step_for_some", number, line)
    if "R" in letters and after[0] == "-":
        raise _make_error("leads_nowhere", number, line)
    clauses = after[1].split(",") if len(after) > 1 else ()
    return trigger, Outcome(
        letters=dict(zip(ROLES, letters, strict=True)),
        leads_to=after[0],
        clauses=tuple(each for each in clauses if _CLAUSE.fullmatch(each)),
    )


def _require(value: str, known: Iterable[str], number: int) -> None:
    if value not in known:
        raise _make_error("unknown_in_outcome", number, value, known=tuple(map(str, known)))


def _make_error(code: str, number: int, value: str, **facts: object) -> InputError:
    shown = short_repr(value)
    return InputError(field="outcomes", code=code, line=number, value=shown, **facts)


@cache
def read_decision() -> dict[str, dict[str, Outcome]]:
    """Return the outcomes typed from the Regulation of Decision 2370."""
    text = files("phananh.testing.invariants").joinpath("decision_2370.txt")
    return read_outcomes(text.read_text(encoding="utf-8"))


def _as_in_rules(name: str, default: Any) -> Any:
    """Return a field with a default of its own, whose values are those of the rules' field."""
    own = attrs.fields_dict(Rules)[name]
    return attrs.field(default=default, validator=own.validator, converter=own.converter)


_MAY_BE_BUDGET = attrs.validators.optional(check_budget)


def _check_outcomes(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    tables = value.values() if isinstance(value, Mapping) else [value]
    lines = [line for each in tables if isinstance(each, Mapping) for line in each.values()]
    is_whole = all(isinstance(each, Mapping) for each in tables)
    if value is not None and not (is_whole and all(isinstance(line, Outcome) for line in lines)):
        raise InputTypeError(field=field.name, code="not_outcomes", value=short_repr(value))


@attrs.frozen(kw_only=True, slots=False)
class Expected:
    """The numbers, readings and outcomes that rules must have.

    By default they are those of Decision 2370: 5 working hours (9.1), 8 (9.2), rescheduled once
    (9.3), under the default readings. If you check rules of your own, type here what their text
    says. `Expected.of(rules)` takes numbers and readings from the rules themselves: then only
    what the rules do with them is checked.

    Args:
        officer_limit, agency_limit, provider_limit, leadership_limit, reply_limit: working time,
            or a `Term`. None is no limit.
        reschedules: how often a case may be rescheduled.
        outcomes: which role may do what in which position, typed by hand. None leaves it out.

    Raises:
        InputError: a field has a value that rules cannot have.
    """

    officer_limit: Budget = attrs.field(default=timedelta(hours=5), validator=check_budget)
    agency_limit: Budget = attrs.field(default=timedelta(hours=8), validator=check_budget)
    provider_limit: Budget | None = attrs.field(default=None, validator=_MAY_BE_BUDGET)
    leadership_limit: Budget | None = attrs.field(default=None, validator=_MAY_BE_BUDGET)
    reply_limit: Budget | None = attrs.field(default=None, validator=_MAY_BE_BUDGET)
    reschedules: int = _as_in_rules("reschedules", 1)
    first_appointment_counts: bool = _as_in_rules("first_appointment_counts", default=False)
    reschedule_moves_due: bool = _as_in_rules("reschedule_moves_due", default=True)
    reschedule_after_due: bool = _as_in_rules("reschedule_after_due", default=False)
    reassign_restarts_clock: bool = _as_in_rules("reassign_restarts_clock", default=False)
    asked_again: Literal["continues", "fresh"] = _as_in_rules("asked_again", "continues")
    late_after: Literal["due", "next_opening"] = _as_in_rules("late_after", "due")
    overdue_stages: frozenset[Role] = _as_in_rules("overdue_stages", _HANDLERS)
    contact_gate: bool = _as_in_rules("contact_gate", default=True)
    contact_required: frozenset[str] = _as_in_rules(
        "contact_required", frozenset({"name", "reply"})
    )
    notice_reaches_back: bool = _as_in_rules("notice_reaches_back", default=False)
    outcomes: Outcomes | None = attrs.field(
        factory=read_decision, repr=False, validator=_check_outcomes
    )

    @classmethod
    def of(cls, rules: Rules, **typed: Any) -> "Expected":
        """Return the numbers and readings of the rules themselves, but for those that are typed.

        The table of outcomes is that of Decision 2370, if none is typed.

        Raises:
            InputTypeError: `rules` are no `Rules`.
        """
        if not isinstance(rules, Rules):
            raise InputTypeError(field="rules", code="not_rules", value=short_repr(rules))
        return cls(**_read_fields(rules) | typed)

    def list_differences(self, rules: Rules) -> list[str]:
        """Return in words each number and reading that the rules have otherwise."""
        return [
            f"{name} is {_show(own)} in the rules, and {_show(getattr(self, name))} in the text"
            for name, own in _read_fields(rules).items()
            if own != getattr(self, name)
        ]

    def limit(self, role: Role) -> Budget | None:
        """Return the limit that starts when a case comes to `role`."""
        return {
            Role.OFFICER: self.officer_limit,
            Role.AGENCY: self.agency_limit,
            Role.PROVIDER: self.provider_limit,
            Role.LEADERSHIP: self.leadership_limit,
        }.get(role)

    @property
    def no_reschedule(self) -> bool:
        """Whether no case may be rescheduled, as R5 and R32 are read."""
        return self.reschedules <= self.first_appointment_counts

    @cached_property
    def typed(self) -> Outcomes:
        """The typed lines by position, those of a reading in place of the others if it is so."""
        found: dict[str, dict[str, Outcome]] = {}
        blocks = sorted((self.outcomes or {}).items(), key=lambda each: " if " in each[0])
        for name, lines in blocks:
            position, _, reading = name.partition(" if ")
            if not reading or getattr(self, reading):
                found[position] = {**found.get(position, {}), **lines}
        return found

    @cached_property
    def _roles(self) -> dict[tuple[str, str], frozenset[Role]]:
        return {
            (position, trigger): line.find_roles(trigger)
            for position, lines in self.typed.items()
            for trigger, line in lines.items()
        }

    def find_roles(self, position: str, trigger: str) -> frozenset[Role]:
        """Return the roles that the typed table lets do this at a position."""
        return self._roles.get((position, trigger), _NOBODY)


def _read_fields(rules: Rules) -> dict[str, Any]:
    names = {field.name for field in attrs.fields(Expected)} - {"outcomes"}
    given = {name: getattr(rules, name) for name in sorted(names)}
    return {name: getattr(value, "budget", value) for name, value in given.items()}


def _show(value: object) -> str:
    return ", ".join(sorted(map(str, value))) if isinstance(value, frozenset) else str(value)
