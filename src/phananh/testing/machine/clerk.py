"""A careful clerk beside a desk, who notes by hand the effect of each act on a case (Art. 8, 9).

The clerk reads the acts that were done, not the events, the table or the guards, and computes due
times session by session. So a mistake in any of those shows as a difference.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import attrs

from phananh.regulation import acts as a
from phananh.regulation.case import Case
from phananh.regulation.cleaning import fold_id, is_blank, is_same_id
from phananh.regulation.context import CalendarLookup
from phananh.regulation.deadline import Budget
from phananh.regulation.request import Accused, Holder, Role
from phananh.regulation.rules import Limit, Rules
from phananh.testing.machine.counting import count_due, count_worked, find_opening
from phananh.worktime.instants import VIETNAM

_BY_HOLDER = (a.RequestVerification, a.ReportFindings, a.Reschedule)
_TEXTS = ("text", "reason", "guidance")


@attrs.define(kw_only=True)
class Clerk:
    """The clerk's notes on a case: its holder, its due time, and the limits that ran out."""

    rules: Rules
    calendar_for: CalendarLookup
    holder: Holder | None = attrs.Factory(lambda: Holder(role=Role.OPERATOR))
    accused: tuple[Accused, ...] = ()
    officer: Holder | None = None
    due: datetime | None = None
    late_after: datetime | None = None
    budget: Budget | None = None
    is_put_off: bool = False
    reschedules: int = 0
    appointments: int = 0
    lapses: list[tuple[Role, datetime]] = attrs.Factory(list)
    left: dict[str, timedelta] = attrs.Factory(dict)

    def pass_time(self, at: datetime) -> None:
        """Note that a limit ran out, if it did before `at`: late is after, not at it."""
        if self.holder is None or self.due is None or self.late_after is None:
            return
        if at > self.late_after:
            self.lapses.append((self.holder.role, self.due))
            self.due = self.late_after = None

    def follow(self, act: a.Act, at: datetime) -> None:
        """Note an act that was recorded. A limit that ran out by then ran out first."""
        self.pass_time(at)
        step = _STEPS.get(type(act))
        if step is not None:
            step(self, act, at)

    def find_objection(self, act: a.Act, at: datetime) -> str | None:
        """Return why this act is not allowed, by the text of the Regulation, or None if it is.

        The table of steps is not asked here.
        """
        named = (act.by.id, *_list_nominees(act))
        if any(is_same_id(each.id, name) for each in self.accused for name in named if each.id):
            return "8.1.c2: whoever is accused neither acts nor is given the case"
        if any(
            isinstance(text := getattr(act, name, None), str) and is_blank(text) for name in _TEXTS
        ):
            return "a text that has to be given is blank"
        if isinstance(act, _BY_HOLDER) and not self._is_held_by(act):
            return "8.1.c1: only whoever the case lies with does this"
        if isinstance(act, a.RequestVerification) and act.appointment <= at:
            return "8.1.c1: the time told to the citizen is not ahead"
        return self._find_late_move(act, at) if isinstance(act, a.Reschedule) else None

    def _find_late_move(self, act: a.Reschedule, at: datetime) -> str | None:
        first = 1 if self.rules.first_appointment_counts and self.appointments else 0
        if self.reschedules + first >= self.rules.reschedules:
            return f"9.3: put off {self.rules.reschedules} times, and no more"
        is_over = self.late_after is None or at > self.late_after
        if is_over and not self.rules.reschedule_after_due:
            return "9.3: the limit has run out"
        if act.to <= max(at, self.due or at):
            return "9.3: the new time is not later"
        return None

    def _is_held_by(self, act: a.Act) -> bool:
        holder, by = self.holder, act.by
        if holder is None or holder.role is not by.role:
            return False
        if by.role is Role.AGENCY:
            return is_same_id(holder.unit, by.unit)
        return is_same_id(holder.id, by.id)

    def list_differences(self, case: Case) -> list[str]:
        """Return in words the differences between a case and the clerk's notes."""
        seen = {
            "due": (case.due, self.due),
            "late after": (case.clock.late_after if case.clock else None, self.late_after),
            "lapses": ([(lapse.stage, lapse.due) for lapse in case.lapses], self.lapses),
            "late": (case.is_late, bool(self.lapses)),
            "holder": (_key(case.holder), _key(self.holder)),
            "reschedules": (len(case.reschedules), self.reschedules),
            "accused": ({_name(each) for each in case.accused}, {*map(_name, self.accused)}),
        }
        return [
            f"{name}: the case says {_show(told)}, it should be {_show(own)}"
            for name, (told, own) in seen.items()
            if told != own
        ]

    def start(self, limit: Limit | None, at: datetime) -> None:
        """Start the limit of the present holder, if they have one."""
        self.run(limit.budget if limit else None, at)

    def run(self, budget: Budget | None, at: datetime) -> None:
        """Start the time of the present holder. None stops the running limit."""
        self.budget, self.due, self.late_after, self.is_put_off = budget, None, None, False
        if budget is not None:
            self.set_due(count_due(self.calendar, at, budget))

    def set_due(self, due: datetime) -> None:
        """Let the running limit end then. R14 says when it is late."""
        is_strict = self.rules.late_after == "due"
        self.due = due
        self.late_after = due if is_strict else find_opening(self.calendar, due)

    @property
    def calendar(self) -> Any:
        """The calendar of the holder of the case."""
        assert self.holder is not None  # a limit runs on somebody
        return self.calendar_for(self.holder.role, self.holder.unit)


def _list_nominees(act: a.Act) -> list[str]:
    if isinstance(act, a.Escalate | a.Reassign):
        return [act.to.id]
    return [act.focal] if isinstance(act, a.RequestVerification) and act.focal else []


def _show(value: object) -> str:
    """Return a value in words, with every time in the zone of Vietnam."""
    if isinstance(value, datetime):
        return value.astimezone(VIETNAM).isoformat()
    if isinstance(value, list | set | tuple):
        return f"({', '.join(map(_show, value))})"
    return "none" if value is None else str(value)


def _key(holder: Holder | None) -> tuple[Role, str, str] | None:
    if holder is None:
        return None
    return holder.role, fold_id(holder.id or ""), fold_id(holder.unit or "")


def _name(accused: Accused) -> tuple[str, str]:
    return fold_id(accused.id or ""), fold_id(accused.unit)


def _receive(clerk: Clerk, act: a.Receive, _at: datetime) -> None:
    clerk.accused = act.accused


def _complete(clerk: Clerk, act: a.Complete, _at: datetime) -> None:
    """Add accused once the case was handed on. Before that, replace them (R39)."""
    if act.accused is not None:
        clerk.accused = act.accused if clerk.officer is None else (*clerk.accused, *act.accused)


def _escalate(clerk: Clerk, act: a.Escalate, at: datetime) -> None:
    clerk.officer = clerk.holder = Holder(role=act.to.role, id=act.to.id, unit=act.to.unit)
    clerk.start(clerk.rules.limit(act.to.role), at)


def _advise(clerk: Clerk, _act: a.Advise, at: datetime) -> None:
    clerk.holder = Holder(role=Role.OPERATOR)
    clerk.run(None, at)


def _request_verification(clerk: Clerk, act: a.RequestVerification, at: datetime) -> None:
    clerk.officer, clerk.appointments = clerk.holder, clerk.appointments + 1
    clerk.holder = Holder(role=Role.AGENCY, id=act.focal, unit=act.agency)
    left = clerk.left.get(fold_id(act.agency)) if clerk.rules.asked_again == "continues" else None
    clerk.run(clerk.rules.agency_limit.budget if left is None else left, at)


def _report_findings(clerk: Clerk, act: a.ReportFindings, at: datetime) -> None:
    assert clerk.holder is not None  # the agency has it
    left = count_worked(clerk.calendar, at, clerk.due) if clerk.due else timedelta()
    clerk.left[fold_id(clerk.holder.unit or "")] = left
    clerk.holder = clerk.officer
    clerk.start(clerk.rules.reply_limit, at)


def _reschedule(clerk: Clerk, act: a.Reschedule, _at: datetime) -> None:
    clerk.reschedules += 1
    if clerk.rules.reschedule_moves_due:
        clerk.set_due(act.to)
        clerk.is_put_off = True


def _reassign(clerk: Clerk, act: a.Reassign, at: datetime) -> None:
    """Let the limit go on (R10), or give the other person the same time again."""
    assert clerk.holder is not None  # somebody has it
    clerk.holder = attrs.evolve(clerk.holder, id=act.to.id)
    if clerk.rules.reassign_restarts_clock and clerk.due is not None and not clerk.is_put_off:
        clerk.run(clerk.budget, at)


def _end(clerk: Clerk, _act: a.Act, at: datetime) -> None:
    clerk.run(None, at)
    clerk.holder = None


_STEPS: Mapping[type[a.Act], Callable[[Clerk, Any, datetime], None]] = {
    a.Receive: _receive,
    a.Complete: _complete,
    a.Escalate: _escalate,
    a.Advise: _advise,
    a.RequestVerification: _request_verification,
    a.ReportFindings: _report_findings,
    a.Reschedule: _reschedule,
    a.Reassign: _reassign,
    a.Answer: _end,
    a.Reject: _end,
}
