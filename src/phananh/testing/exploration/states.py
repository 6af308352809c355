"""The canonical state of a case: the parts that can matter to later acts, and no more.

Two histories with equal keys have the same futures: for each next act, both give the same outcome,
the same reasons (perhaps by another clause), and again equal keys. So notes, texts, versions, names
and instants are left out. Of an instant only its place beside the running limit stays.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Final, NamedTuple

from phananh.regulation.case import Case
from phananh.regulation.cleaning import fold_id, is_blank, is_same_id
from phananh.regulation.context import CalendarLookup
from phananh.regulation.intake import find_unmet, is_email, parse_phone
from phananh.regulation.lifecycle import Transition
from phananh.regulation.request import Holder, Kind, Role, Sender, State
from phananh.regulation.rules import Rules

READABLE: Final = ("published", "commended", "units_told", "findings", "appointments", "advised")
"""What of its past only guards of the user's own can ask a case."""


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
    handled_by: tuple[str, ...]
    rated: bool
    counts: tuple[bool, ...]
    running: Running | None = None
    officer: HeldBy | None = None
    reschedules: int = 0
    told: bool = False
    findings: tuple[tuple[str, bool | None], ...] = ()
    within_competence: bool | None = None
    unmet: tuple[str, ...] = ()

    def text(self) -> str:
        """Return the state and the holder, such as `overdue/agency`."""
        return f"{self.state.value}/{self.holder.role.value}" if self.holder else self.state.value


class Canonical:
    """Finds the canonical state of cases under some rules."""

    def __init__(
        self, rules: Rules, calendar_for: CalendarLookup, guards_read: Iterable[str] = READABLE
    ) -> None:
        """Find in which states it counts what own guards read of the past, and what opinions."""
        self.rules, self.calendar_for = rules, calendar_for
        self.guards_read = tuple(name for name in READABLE if name in {*guards_read})
        self.counts = _find_counting_states(rules) if self.guards_read else frozenset()
        # An opinion can matter where a case may be rejected, or come to be so without a new one.
        rejects = {s for row in rules.lifecycle if row.trigger == "reject" for s in row.sources}
        moves = [row for row in rules.lifecycle if row.trigger != "advise"]
        self.opinion_counts = self.counts | _find_before(rejects, moves)

    def find(self, case: Case) -> StateKey:
        """Return the canonical state of a case."""
        read = self.guards_read if case.state in self.counts else ()
        counts = tuple(bool(getattr(case, name)) for name in read)
        key = StateKey(
            case.state,
            _find_holder(case, case.holder),
            case.kind,
            tuple(sorted((fold_id(each.id or ""), fold_id(each.unit)) for each in case.accused)),
            fold_id(case.about_unit) if case.about_unit else None,
            isinstance(case.sender_id, str),
            min(len(case.lapses), 1),
            tuple(sorted(map(fold_id, case.handled_by))),
            case.rating is not None,
            counts,
        )
        if not case.is_open:
            return key
        is_told = self.rules.first_appointment_counts or bool(counts)
        return key._replace(
            running=self._find_running(case),
            officer=None if case.officer == case.holder else _find_holder(case, case.officer),
            reschedules=min(len(case.reschedules), self.rules.reschedules + 1),
            told=bool(case.appointments) if is_told else False,
            findings=_find_left(case),
            within_competence=case.within_competence if case.state in self.opinion_counts else None,
            unmet=(
                *_list_lacking(case),
                *(each.code.value for each in find_unmet(case, rules=self.rules)),
            ),
        )

    def _find_running(self, case: Case) -> Running | None:
        limit, deadline, holder, at = case.clock, case.deadline, case.holder, case.updated_at
        if limit is None:
            return None
        position = "in time"
        if at >= limit.due:
            position = "at due" if at in (limit.due, limit.late_after) else "after due"
        nothing_left = (
            deadline is not None and deadline.continues is not None and not deadline.budget
        )
        is_named = case.is_due_rescheduled  # then no calendar moves it any more
        moved = False
        if not is_named and deadline is not None and holder is not None:
            moved = deadline.version != self.calendar_for(holder.role, holder.unit).version
        return Running(position, is_named, moved, nothing_left)


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


def _find_before(states: set[State], moves: Iterable[Transition]) -> frozenset[State]:
    """Return these states, and those from which a case can come to one of them by these rows."""
    found, rows = {*states}, [*moves]
    while more := {s for row in rows if row.dest in found for s in row.sources} - found:
        found |= more
    return frozenset(found)


def _find_counting_states(rules: Rules) -> frozenset[State]:
    """Return the states in which what only guards of the user's own can ask still matters.

    That is where a row has a guard or recorder that is not the library's, and before it.
    """
    always: list[object] = [guard.check for guard in rules.guards]
    always += [each.unmet for each in rules.requirements if each.unmet is not None]
    if not all(map(_is_of_library, always)):
        return frozenset(State)
    own = set[State]()
    for row in rules.lifecycle:
        if not all(map(_is_of_library, [row.make_event, *(guard.check for guard in row.guards)])):
            own |= {*row.sources}
    return _find_before(own, rules.lifecycle)


def _is_of_library(function: object) -> bool:
    return getattr(function, "__module__", "").startswith("phananh.regulation.")
