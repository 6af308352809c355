"""The canonical state of a case: the parts that can matter to later acts, and no more.

Two histories with equal keys have the same futures: for each next act, both give the same outcome,
the same reasons (perhaps by another clause), and again equal keys. So notes, texts, versions, names
and instants are left out. Of an instant only its place beside the running limit stays.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import NamedTuple

from phananh.errors import InputError, short_repr
from phananh.regulation.case import Case
from phananh.regulation.cleaning import fold_id, is_blank, is_same_id
from phananh.regulation.context import CalendarLookup
from phananh.regulation.intake import find_unmet, is_email, parse_phone
from phananh.regulation.lifecycle import Transition
from phananh.regulation.request import Holder, Kind, Role, Sender, State
from phananh.regulation.rules import Rules
from phananh.testing.exploration.recounts import is_moved


class HeldBy(NamedTuple):
    """With whom a case lies, or to whom it goes back: role, unit, and whether they are accused."""

    role: Role
    unit: str | None
    is_accused: bool


class Running(NamedTuple):
    """The running limit: the place of the last act beside it, and how it came about.

    `nothing_left`: it went on with no time left (R41).
    """

    position: str
    rescheduled: bool
    moved: bool
    nothing_left: bool


class StateKey(NamedTuple):
    """The parts of a canonical state. A part that no longer matters is None or empty."""

    state: State
    holder: HeldBy | None
    kind: Kind
    accused: tuple[tuple[str | None, str], ...]
    about_unit: str | None
    sender_known: bool
    lapses: int
    running: Running | None = None
    officer: HeldBy | None = None
    reschedules: int = 0
    told: bool = False
    findings: tuple[tuple[str, bool | None], ...] = ()
    within_competence: bool | None = None
    unmet: tuple[str, ...] = ()
    handled_by: tuple[str, ...] = ()
    rated: bool = False
    counts: tuple[bool, ...] = ()

    def text(self) -> str:
        """Return the state and the holder, such as `overdue/agency`."""
        return f"{self.state.value}/{self.holder.role.value}" if self.holder else self.state.value


READABLE = ("published", "commended", "units_told", "findings", "appointments", "advised")
"""What of its past only guards of the user's own can ask a case."""


def parse_readable(names: Iterable[str]) -> tuple[str, ...]:
    """Return names of `READABLE`, in its order. Another name is an InputError."""
    given = {*names}
    for name in given - {*READABLE}:
        raise InputError(
            field="guards_read", code="unknown_value", value=short_repr(name), known=READABLE
        )
    return tuple(name for name in READABLE if name in given)


class Canonical:
    """Finds the canonical state of cases under some rules."""

    def __init__(
        self,
        rules: Rules,
        calendar_for: CalendarLookup,
        *,
        counts: frozenset[State],
        guards_read: Iterable[str] = READABLE,
    ) -> None:
        """Remember the rules, and in which states what own guards read of the past counts."""
        self.guards_read = tuple(guards_read)
        self.rules, self.calendar_for, self.counts = rules, calendar_for, counts
        self.most = rules.reschedules + 1
        self.opinion_counts = counts | _find_opinion_states(rules)

    def find(self, case: Case) -> StateKey:
        """Return the canonical state of a case."""
        accused = tuple(sorted(_fold_accused(each.id, each.unit) for each in case.accused))
        sender_known = isinstance(case.sender_id, str)
        about = fold_id(case.about_unit) if case.about_unit else None
        lapses = min(len(case.lapses), 1)
        holder, counts = (
            _find_holder(case, case.holder),
            _count(case, self.guards_read) if case.state in self.counts else (),
        )
        handled = tuple(sorted(map(fold_id, case.handled_by)))
        if not case.is_open:
            return StateKey(
                case.state, holder, case.kind, accused, about, sender_known, lapses,
                handled_by=handled, rated=case.rating is not None, counts=counts,
            )  # fmt: skip
        return StateKey(
            case.state, holder, case.kind, accused, about, sender_known, lapses,
            self._find_running(case),
            None if case.officer == case.holder else _find_holder(case, case.officer),
            min(len(case.reschedules), self.most),
            bool(case.appointments) if self.rules.first_appointment_counts or counts else False,
            _find_left(case),
            case.within_competence if case.state in self.opinion_counts else None,
            (*_list_lacking(case), *self._list_unmet(case)),
            handled,
            case.rating is not None,
            counts,
        )  # fmt: skip

    def _list_unmet(self, case: Case) -> tuple[str, ...]:
        return tuple(each.code.value for each in find_unmet(case, rules=self.rules))

    def _find_running(self, case: Case) -> Running | None:
        limit, deadline = case.clock, case.deadline
        if limit is None:
            return None
        at = case.updated_at
        position = "in time"
        if at >= limit.due:
            position = "at due" if at == limit.due or at == limit.late_after else "after due"
        left = deadline is not None and deadline.continues is not None and not deadline.budget
        is_named = case.is_due_rescheduled  # then no calendar moves it any more
        moved = not is_named and is_moved(case, self.calendar_for)
        return Running(position, is_named, moved, left)


def _list_lacking(case: Case) -> tuple[str, ...]:
    """Return what a request lacks, read from its fields: rules may fail to ask for it."""
    sender = case.sender if isinstance(case.sender, Sender) else Sender()
    has = {
        "name": not is_blank(sender.name or ""),
        "address": not is_blank(sender.address or ""),
        "email": is_email(sender.email),
        "phone": parse_phone(sender.phone) is not None,
        "vietnamese": case.language.split("-")[0] == "vi",
        "content": not (isinstance(case.content, str) and is_blank(case.content)),
    }
    return tuple(name for name, is_so in has.items() if not is_so)


def _find_opinion_states(rules: Rules) -> frozenset[State]:
    """Return the states in which the leadership's opinion can still matter to a rejection.

    That is where a case may be rejected, or can come to be so without a new opinion.
    """
    found = {s for row in rules.lifecycle if row.trigger == "reject" for s in row.sources}
    return _find_before(found, [row for row in rules.lifecycle if row.trigger != "advise"])


def _find_before(states: set[State], moves: list[Transition]) -> frozenset[State]:
    """Return these states, and those from which a case can come to one of them by these rows."""
    found = {*states}
    while more := {s for row in moves if row.dest in found for s in row.sources} - found:
        found |= more
    return frozenset(found)


def find_counting_states(rules: Rules) -> frozenset[State]:
    """Return the states in which what only guards of the user's own can ask still matters.

    That is where a row has a guard or recorder that is not the library's, and before it.
    """
    always: list[object] = [guard.check for guard in rules.guards]
    always += [each.unmet for each in rules.requirements if each.unmet is not None]
    if not all(map(_is_of_library, always)):
        return frozenset(State)
    own = {state for row in rules.lifecycle if _has_own(row) for state in row.sources}
    return _find_before(own, [*rules.lifecycle])


def _has_own(row: Transition) -> bool:
    asked: list[object] = [row.make_event, *(guard.check for guard in row.guards)]
    return not all(map(_is_of_library, asked))


def _is_of_library(function: object) -> bool:
    return getattr(function, "__module__", "").startswith("phananh.regulation.")


def _fold_accused(person: str | None, unit: str) -> tuple[str, str]:
    return fold_id(person) if person else "", fold_id(unit)


def _find_holder(case: Case, holder: Holder | None) -> HeldBy | None:
    if holder is None:
        return None
    is_accused = any(is_same_id(each.id, holder.id) for each in case.accused)
    return HeldBy(holder.role, fold_id(holder.unit) if holder.unit else None, is_accused)


def _find_left(case: Case) -> tuple[tuple[str, bool | None], ...]:
    """Return for each agency that reported whether it has time left, in case it is asked again."""
    last = {fold_id(each.agency): each.left for each in case.findings if each.agency}
    return tuple(
        (unit, None if left is None else left > timedelta()) for unit, left in sorted(last.items())
    )


def _count(case: Case, names: Iterable[str]) -> tuple[bool, ...]:
    """Return of each of these fields whether there is any."""
    return tuple(bool(getattr(case, name)) for name in names)
