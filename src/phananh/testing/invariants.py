"""The rules of every history, as named values, and `check`, which looks for one that breaks them.

`Expected` is what a regulation says, typed apart from the rules that are checked against it
(Art. 7-10). Numbers and readings are its fields. Steps are a table of outcomes: position, act, role
-> letter, state and clauses. `decision_2370.txt` says how it is written. It is read apart from the
code that it is compared with, so that a row that was changed in both places by mistake is the only
one that passes.

An invariant is a sentence that is true of every history, with its clause and its check. A check
returns None if all is well, and else a text that says what is wrong. There are two kinds.
An objection is asked of an act, before the answer: its text says why the act must be refused. So
the same objections find rules that allow too much, and rules that allow too little: an act that
nobody objects to is to be recorded. The others are asked of what was recorded.

Both compare with a clerk, who computes holder, limits and lapses beside a history. The clerk reads
the events and what the text says, not the case, the table or a guard. A limit is known by its place
in the history, not by its holder.
"""

import itertools
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from functools import cache, cached_property, lru_cache
from importlib.resources import files
from typing import Any, Final, Literal, NamedTuple

import attrs

from phananh.act_log.replay import Outcome as Replayed, replay
from phananh.desk.desk import Desk
from phananh.errors import InputError, InputTypeError, Refusal, short_repr
from phananh.regulation import acts as a, events as e
from phananh.regulation.acts import ACTS, SYSTEM_TRIGGERS, Act, Complete, Lapse
from phananh.regulation.case import Case, fold
from phananh.regulation.context import CalendarChoice, CalendarLookup
from phananh.regulation.deadline import Budget, check_budget
from phananh.regulation.decide import Decision, NotAllowed, Recorded, Refused, decide
from phananh.regulation.events import Event
from phananh.regulation.request import (
    OPEN_STATES,
    Accused,
    Holder,
    Kind,
    KindSlug,
    Role,
    Sender,
    State,
)
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.testing.arguments import list_given, list_members, require_kind
from phananh.testing.clock import ManualClock
from phananh.testing.exploration import (
    ACCUSED,
    ACCUSED_WITHOUT_ID,
    AMONG_ACCUSED,
    EVERY_KIND,
    GOOD,
    GOOD_ACTS,
    KINDS,
    OTHER_AGENCY,
    OTHER_WAYS,
    PEOPLE,
    READABLE,
    SAME_WAYS,
    SECOND_ACCUSED,
    SPOILED_ACTS,
    Decide,
    Exploration,
    Path,
    Step,
    Variant,
    explore,
    follow,
    list_other_requests,
    list_requests,
    make_exploration,
    make_request,
    say,
    split_kinds,
    to_act_log,
)
from phananh.worktime import WorkCalendar
from phananh.worktime.instants import VIETNAM

ROLES: Final = ("citizen", "operator", "officer", "provider", "leadership", "agency",
                "agency_head", "office", "system")  # fmt: skip
NEW: Final = "new"
"""The position of a request before it is received."""
READINGS: Final = ("provider_limit", "leadership_limit", "reply_limit", "reschedule_after_due",
                   "no_reschedule")  # fmt: skip
"""What a block can be typed for: the reading of `Expected` that is not the default."""
_POSITION = re.compile(r"\[(\w+)(?:/(\w+))?(?: if (\w+))?\]")
_CLAUSE = re.compile(r"\d[^,]*")
_HANDLERS = frozenset({Role.OFFICER, Role.AGENCY, Role.PROVIDER, Role.LEADERSHIP})
# What the leadership does where the case has what it is about, and where it leads then.
_BY_LEADERSHIP: Final = {"notify_unit": "=", "lift_lapse": "=", "reopen": "received"}
_HEADS, _NOBODY = frozenset({Role.AGENCY_HEAD, Role.LEADERSHIP}), frozenset[Role]()


@attrs.frozen(kw_only=True)
class Outcome:
    """One act at one position: a letter for each role, the state that follows, the clauses."""

    letters: Mapping[str, str]
    leads_to: str
    clauses: tuple[str, ...] = ()

    def find_roles(self, trigger: str) -> frozenset[Role]:
        """Return the roles that this line of an act lets do it.

        Its case is one of conduct, with somebody accused in the holder's unit. So whether the head
        of a unit or the leadership acts, whether a unit is notified, a lapse lifted, or a closed
        case reopened, depends on the case.
        """
        roles = frozenset(Role(role) for role, letter in self.letters.items() if letter == "R")
        if trigger in _BY_LEADERSHIP and "N" not in self.letters.values():
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
    require_kind(text, str, field="outcomes")
    found: dict[str, dict[str, Outcome]] = {}
    outcomes: dict[str, Outcome] | None = None
    for number, line in enumerate(map(str.strip, text.splitlines()), 1):
        if not line or line.startswith("#"):
            continue
        read = _read_line(line)
        name = _read_position(line) if read is None else line.split()[0]
        if name is None or name in (found if read is None else outcomes or ()):
            raise _make_error(number, line)
        if read is None:
            outcomes = found[name] = {}
        elif outcomes is None:
            raise _make_error(number, line)
        else:
            outcomes[name] = read
    return found


def _make_error(number: int, line: str) -> InputError:
    shown = short_repr(line)
    return InputError(field="outcomes", code="not_an_outcome", line=number, value=shown)


def _read_position(line: str) -> str | None:
    """Return the position that begins a block, or None if the line is none."""
    matched = _POSITION.fullmatch(line)
    state, holder, reading = matched.groups() if matched else ("", None, None)
    is_known = state in (*State, NEW) and (holder or ROLES[0]) in ROLES
    is_known = is_known and (reading or READINGS[0]) in READINGS
    return line[1:-1] if is_known and bool(holder) is (state in OPEN_STATES) else None


def _read_line(line: str) -> Outcome | None:
    """Return the outcome of an act, or None if the line is none."""
    trigger, *rest = line.split()
    letters, after = rest[: len(ROLES)], rest[len(ROLES) :]
    if trigger not in ACTS or not after or after[0] not in ("=", "-", *State):
        return None
    is_whole = {*letters} <= {"R", "F"} or {*letters} == {"N"}
    if not is_whole or ("R" in letters and after[0] == "-"):
        return None
    clauses = after[1].split(",") if len(after) > 1 else ()
    return Outcome(
        letters=dict(zip(ROLES, letters, strict=True)),
        leads_to=after[0],
        clauses=tuple(each for each in clauses if _CLAUSE.fullmatch(each)),
    )


@cache
def read_decision() -> dict[str, dict[str, Outcome]]:
    """Return the outcomes typed from the Regulation of Decision 2370."""
    text = files("phananh.testing").joinpath("decision_2370.txt")
    return read_outcomes(text.read_text(encoding="utf-8"))


def _as_in_rules(name: str, default: Any) -> Any:
    """Return a field with a default of its own, whose values are those of the rules' field."""
    own = attrs.fields_dict(Rules)[name]
    return attrs.field(default=default, validator=own.validator, converter=own.converter)


_MAY_BE_BUDGET = attrs.validators.optional(check_budget)


def _check_outcomes(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    if value is not None and not isinstance(value, Mapping):
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

    Example:
        >>> Expected(officer_limit=timedelta(hours=8)).list_differences(HOA_BINH_2019)
        ['officer_limit is 5:00:00 in the rules, and 8:00:00 in the text']
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
        require_kind(rules, Rules, field="rules")
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


_NONE = timedelta()
Who = tuple[Role, str | None]
_STOPPED: dict[str, Any] = {"due": None, "late_after": None}


class Missed(NamedTuple):
    """A limit that ran out: when, who is late, and until when, and what it was computed from.

    `who` is a person, or the unit of an agency or of an accused (R51). `begun` is None if the time
    was rescheduled.
    """

    due: datetime
    role: Role
    who: str | None
    begun: datetime | None
    given: Budget
    ended: datetime | None = None
    lifted: bool = False


@attrs.frozen(kw_only=True)
class Count:
    """The counts of a clerk beside a history, and the case that it adds up to.

    `due` and `late_after` are of the limit that runs, `given` says how much it is, and `begun`
    since when. `dues` is every due instant that was given, and `missed` the limits that ran out.
    `asker` gets the case back after findings. `had` is who had the last limit. `left` is what was
    left to whom when the case was given away, and when the limit ended, if it ran out.
    `result` is "answered" or "refused". `disorder` says which event is out of its time.
    """

    case: Case
    state: str
    holder: Holder | None
    asker: Holder | None = None
    due: datetime | None = None
    late_after: datetime | None = None
    given: Budget = _NONE
    begun: datetime | None = None
    dues: tuple[datetime, ...] = ()
    missed: tuple[Missed, ...] = ()
    reschedules: int = 0
    appointments: int = 0
    had: tuple[Who, ...] = ()
    left: tuple[tuple[Who, timedelta | None, datetime | None], ...] = ()
    units: frozenset[str | None] = frozenset()
    opinion: bool | None = None
    result: str = ""
    disorder: str | None = None

    @property
    def is_late(self) -> bool:
        """Whether a limit ran out that was not lifted."""
        return not all(each.lifted for each in self.missed)

    def find_who(self, holder: Holder) -> Who:
        """Return whom a limit of a holder is kept for: a person, or the unit of an agency."""
        return holder.role, fold_spelling(holder.unit if holder.role is Role.AGENCY else holder.id)

    def leave_out_accused(self, holder: Holder) -> Holder:
        """Return the holder, or their unit alone if they are accused."""
        is_accused = fold_spelling(holder.id) in list_accused(self)
        return attrs.evolve(holder, id=None) if is_accused else holder

    @property
    def position(self) -> str:
        """Where the case lies, as a table names it: `escalated/officer`, `answered`."""
        return f"{self.state}/{self.holder.role.value}" if self.holder else self.state


@attrs.frozen(kw_only=True)
class Clerk:
    """Counts histories under the expected numbers, on the calendars of their holders."""

    expected: Expected
    calendar_for: CalendarLookup

    def count(self, history: Iterable[e.Event]) -> Count:
        """Return the count of a whole history."""
        first, *rest = history
        counted = Count(case=fold((first,)), state="received", holder=Holder(role=Role.OPERATOR))
        for event in rest:
            counted = self.add(counted, event)
        return counted

    def pass_time(self, counted: Count, at: datetime) -> Count:
        """Return the count as of a moment: a limit that ran out is missed, in time up to it."""
        last, holder = counted.late_after, counted.holder
        if last is None or at <= last or holder is None:
            return counted
        is_late = holder.role in self.expected.overdue_stages
        return attrs.evolve(
            counted, state="overdue" if is_late else counted.state, **_miss(counted)
        )

    def add(self, counted: Count, event: e.Event) -> Count:
        """Return the count after one more event."""
        name = type(event).__name__
        disorder = None
        if isinstance(event, e.Lapsed):
            if (event.at, event.due) != (counted.late_after, counted.due):
                disorder = f"a lapse at {event.at} of {event.due}, and the limit is {counted.due}"
            changes = _miss(counted)
        else:
            if event.at < counted.case.updated_at:
                disorder = f"{name} at {event.at}, before {counted.case.updated_at}"
            is_moved = isinstance(event, e.DeadlineMoved)  # it is judged before the lapse (R37)
            if counted.late_after and event.at > counted.late_after and not is_moved:
                disorder = f"{name} after {counted.late_after}, and no lapse before it"
            changes = self._find_changes(counted, event)
            changes = _end_missed(counted, changes, event.at) | changes
        return attrs.evolve(
            counted,
            case=fold((event,), onto=counted.case),
            state=event.state.value,
            disorder=disorder,
            **changes,
        )

    def _find_changes(self, counted: Count, event: e.Event) -> dict[str, Any]:
        match event:
            case e.Escalated(holder=Holder() as holder):
                limit = self.expected.limit(holder.role)
                return {"asker": holder, **self._start_again(counted, event, holder, limit)}
            case e.VerificationRequested():
                holder = Holder(role=Role.AGENCY, id=event.focal, unit=event.agency)
                limit = self.expected.agency_limit
                known = {"asker": counted.holder, "appointments": counted.appointments + 1}
                return known | self._start_again(counted, event, holder, limit)
            case e.FindingsReported() | e.SentBack() if counted.holder:
                return self._give_back(counted, event, counted.holder)
            case e.Rescheduled():
                due = event.to if self.expected.reschedule_moves_due else counted.due
                moved = {"due": due, "late_after": self._find_last(due, counted.holder)}
                return {"reschedules": counted.reschedules + 1} | moved
            case e.DeadlineMoved() if counted.due is not None:
                new = event.deadline
                dues = (*counted.dues, new.due)
                return {"due": new.due, "late_after": new.late_after, "dues": dues}
            case e.Reassigned(officer=Holder(id=name)) if counted.asker:
                return {"asker": attrs.evolve(counted.asker, id=name)}
            case e.Reassigned(holder=Holder(id=name, unit=unit)) if counted.holder:
                holder = attrs.evolve(counted.holder, id=name, unit=counted.holder.unit or unit)
                is_computed = bool(counted.dues) and counted.due == counted.dues[-1]
                if not (self.expected.reassign_restarts_clock and counted.due and is_computed):
                    return {
                        "holder": holder,
                        "units": counted.units | ({fold_spelling(holder.unit)} - {None}),
                        "had": (*counted.had, counted.find_who(holder)),
                    }
                return self._start(counted, event, holder, counted.given)
            case e.Advised():
                back = {"holder": Holder(role=Role.OPERATOR), "opinion": event.within_competence}
                return back | _STOPPED
            case e.Answered() | e.Rejected() | e.Withdrawn():
                results = {e.Answered: "answered", e.Rejected: "refused"}
                return {"holder": None, "result": results.get(type(event), ""), **_STOPPED}
            case e.Reopened():
                return {"holder": Holder(role=Role.OPERATOR), "result": ""}
            case e.LapseLifted():
                return self._lift(counted, event)
            case e.Completed(accused=[*named], holder=Holder() as holder) if counted.missed:
                last, who = counted.missed[-1], fold_spelling(holder.id)
                unit = {fold_spelling(x.id): holder.unit or x.unit for x in named}.get(who)
                if unit and last.who == who and not last.ended:  # who is accused is late no more
                    since = last._replace(who=fold_spelling(unit))
                    return {"missed": (*counted.missed[:-1], last._replace(ended=event.at), since)}
        return {}

    def _give_back(self, counted: Count, event: e.Event, holder: Holder) -> dict[str, Any]:
        """Return the case with who asked, or the operators, and what was left to the holder."""
        back, limit = counted.asker, self.expected.reply_limit
        if back is None or holder.role is not Role.AGENCY:
            back, limit = Holder(role=Role.OPERATOR), None
        lost = _find_lost(counted, holder) if counted.due is None else None
        left = _NONE if lost else None
        if counted.due is not None:
            left = self.calendar_for(holder.role, holder.unit).between(event.at, counted.due)
        started = self._start(counted, event, counted.leave_out_accused(back), limit)
        had = {counted.find_who(holder), *counted.had}
        kept = ((who, left, lost.due if lost else None) for who in had if who[0] is holder.role)
        return {"left": (*counted.left, *kept), **started}

    def _lift(self, counted: Count, event: e.Event) -> dict[str, Any]:
        """Return the count without the latest lapse, whose limit may still run today (R50)."""
        last = next((each for each in reversed(counted.missed) if not each.lifted), None)
        if last is None:
            return {}
        lapse = next(x for x in counted.missed if (x.due, x.begun) == (last.due, last.begun))
        missed = tuple(  # whoever is late by the limit
            x._replace(lifted=True, ended=x.ended or event.at)
            if (x.due, x.begun) == (last.due, last.begun)
            else x
            for x in counted.missed
        )
        holder, left, own = counted.holder, counted.left, (lapse.role, lapse.who)
        if not any((each.role, each.who, each.lifted) == (*own, False) for each in missed):
            left = tuple(
                (who, None, None)
                if lost and (who == own or (lost, who[0]) == (lapse.due, lapse.role))
                else (who, kept, lost)
                for who, kept, lost in left
            )
        is_theirs = last.ended is None or counted.state == "overdue"
        if (
            not (holder and holder.role is lapse.role and is_theirs)
            or counted.due
            or not lapse.begun
        ):
            return {"missed": missed, "left": left}
        again = attrs.evolve(event, at=lapse.begun)
        started = self._start(counted, again, holder, lapse.given)
        return {"missed": missed, "left": left, **(started if started["due"] > event.at else {})}

    def _start_again(
        self, counted: Count, event: e.Event, holder: Holder, limit: Budget | None
    ) -> dict[str, Any]:
        """Return a limit that starts, or goes on for who had the case before (R41, R53)."""
        who = counted.find_who(holder)
        left = {who: kept for who, kept, _ in counted.left}.get(who)
        if any((each.role, each.who, each.lifted) == (*who, False) for each in counted.missed):
            left = _NONE
        is_fresh = holder.role is Role.AGENCY and self.expected.asked_again == "fresh"
        is_anew = is_fresh or holder.role is Role.LEADERSHIP
        kept = limit if left is None or limit is None or is_anew else left
        return self._start(counted, event, holder, kept)

    def _start(
        self, counted: Count, event: e.Event, holder: Holder, limit: Budget | None
    ) -> dict[str, Any]:
        handles = holder.role is not Role.LEADERSHIP and holder.unit is not None
        units = counted.units | ({fold_spelling(holder.unit)} if handles else set())
        had = (*(counted.had if limit is None else ()), counted.find_who(holder))
        if limit is None:
            return {"holder": holder, "units": units, "had": had, **_STOPPED}
        due = _find_due(self.calendar_for(holder.role, holder.unit), event.at, limit)
        return {
            "holder": holder,
            "units": units,
            "had": had,
            "due": due,
            "late_after": self._find_last(due, holder),
            "given": limit,
            "begun": event.at,
            "dues": (*counted.dues, due),
        }

    def _find_last(self, due: datetime | None, holder: Holder | None) -> datetime | None:
        """Return the last instant that is still in time (R14)."""
        if self.expected.late_after == "due" or holder is None or due is None:
            return due
        return self.calendar_for(holder.role, holder.unit).next_opening(due)


def _find_lost(counted: Count, holder: Holder) -> Missed | None:
    """Return the limit that ran out with a holder, or with whose overdue case they have (R53)."""
    role, who = counted.find_who(holder)
    given = [x.at for x in counted.case.sent_back if x.role is role]
    for lapse in reversed(counted.missed):
        is_before = bool(given and lapse.ended and lapse.ended <= given[-1])
        is_last = lapse is counted.missed[-1] and counted.state == "overdue" and not is_before
        if (is_last or lapse.who == who) and lapse.role is role and not lapse.lifted:
            return lapse
    return None


def _miss(counted: Count) -> dict[str, Any]:
    """Return the changes if the running limit runs out."""
    holder, due = counted.holder, counted.due
    if holder is None or due is None:
        return {}
    role, who = counted.find_who(counted.leave_out_accused(holder))
    begun = counted.begun if due == counted.dues[-1] else None
    named = (
        x.unit for x in counted.case.accused if fold_spelling(x.id) == fold_spelling(holder.id)
    )
    unit = holder.unit or next(named, None)
    missed = Missed(due, role, who or fold_spelling(unit), begun, counted.given)
    return {"missed": (*counted.missed, missed), **_STOPPED}


def _end_missed(counted: Count, changes: dict[str, Any], at: datetime) -> dict[str, Any]:
    """Return the lapses, ended if the case leaves whoever is late: a unit, or a person."""
    old, new = counted.holder, changes.get("holder", counted.holder)
    if old == new:
        return {}
    late = (new.role, fold_spelling(new.unit)) if new and new.unit else None
    return {
        "missed": tuple(
            each if (each.role, each.who) == late else each._replace(ended=each.ended or at)
            for each in counted.missed
        )
    }


@lru_cache(maxsize=10_000)
def _find_due(calendar: WorkCalendar, start: datetime, budget: Budget) -> datetime:
    if isinstance(budget, timedelta):
        return calendar.add(start, budget)
    return budget.due(start, on=calendar)


_LONE_I = re.compile(  # with its tone behind it, in a word whose letters are taken apart
    r"(?<![^\W\d_])(?<![\u0300-\u036f])(qu|[hklmstv])i(?=[\u0300-\u036f]?(?![^\W\d_]|[\u0300-\u036f]))"
)


@lru_cache(maxsize=1_000)
def fold_spelling(identifier: str | None) -> str | None:
    """Return an id as a person compares it: without capitals, and with any place of the tone mark.

    The mark of oa, oe and uy is on the first letter, hòa, or on the second, hoà. Alone behind h, k,
    l, m, qu, s, t, v an i is a y, unless the id is a code of ASCII.
    """
    if identifier is None:
        return None
    plain = unicodedata.normalize("NFD", identifier.casefold())
    marked = re.sub("(o)([\u0300\u0301\u0309\u0303\u0323])([ae])", r"\1\3\2", plain)
    marked = re.sub("(u)([\u0300\u0301\u0309\u0303\u0323])(y|(?<=qu.)i)", r"\1\3\2", marked)
    return marked if marked.isascii() else _LONE_I.sub(r"\1y", marked)


@attrs.frozen(kw_only=True)
class Asked:
    """An act that was asked for: the case before it as a clerk counts it, and who asks how.

    `before` has the lapse of a limit that ran out by then. `by_code` says whether the person named
    the case by its tracking code. `history` is that before the act.
    """

    before: Count
    act: Act
    at: datetime
    by_code: bool
    history: tuple[Event, ...]
    expected: Expected


@attrs.frozen(kw_only=True)
class Record(Asked):
    """An act that was recorded: its event, the count after it, and the case.

    `events` is what the act led to: `event`, after a lapse if one was due. `history` has them.
    `case` is what the rules say follows.
    """

    after: Count
    event: Event
    events: tuple[Event, ...]
    case: Case


@attrs.frozen(kw_only=True)
class Invariant:
    """A named rule of the regulation that every history keeps.

    Args:
        id: V and its number, or W for what must be possible.
        name: a short name of its check.
        clause: the articles and readings that it comes from.
        formula: what must hold, in one sentence.
        check: takes an `Asked` or a `Record`, and returns what is wrong, or None. Without one it
            is asked of all that was walked, of a desk, or of each answer.
        acts: the kinds of acts that it objects to. None if it is asked of what was recorded.
    """

    id: str
    name: str
    clause: str
    formula: str
    check: Callable[..., str | None] | None = attrs.field(default=None, repr=False)
    acts: tuple[type[Act], ...] | None = None

    def __str__(self) -> str:
        """Return id, clause and formula."""
        return f"{self.id} ({self.clause}): {self.formula}"


Wrap = Callable[[Callable[..., str | None]], Invariant]


def invariant(id: str, clause: str, *, acts: tuple[type[Act], ...] | None = None) -> Wrap:  # noqa: A002  # its name everywhere
    """Turn a check of a `Record` into an invariant with its name and docstring.

    Example:
        >>> @invariant("X1", "7.2")
        ... def complaints_have_no_answer(record):
        ...     '''No complaint is answered.'''
        ...     return "it is answered" if record.case.answered_at else None
        >>> check(invariants=[complaints_have_no_answer], only=["X1"], kinds=["complaint"])
        ()
    """

    def wrap(check: Callable[..., str | None]) -> Invariant:
        return Invariant(
            id=id,
            name=check.__name__,
            clause=clause,
            formula=" ".join((check.__doc__ or "").split()),
            check=check,
            acts=acts,
        )

    return wrap


def objection(id: str, clause: str, *acts: type[Act]) -> Wrap:  # noqa: A002
    """Turn a check of an `Asked` into an invariant: why these acts must be refused."""
    return invariant(id, clause, acts=acts or (Act,))


EXCLUDED = (Kind.COMPLAINT, Kind.DENUNCIATION)
SystemAct = a.Lapse | a.MoveDeadline
_FIT = {
    Role.OFFICER: {"information", "regulation", "conduct", "proposal"},
    Role.PROVIDER: {"service"},
    Role.LEADERSHIP: {"information", "regulation", "conduct", "proposal", "service"},
}


def has_text(text: object) -> bool:
    """Return whether a person can see anything of a text."""
    return isinstance(text, str) and any(c.isprintable() and not c.isspace() for c in text)


def list_accused(of: Count) -> set[str | None]:
    """Return the ids of the accused, as a person compares them."""
    return {fold_spelling(each.id) for each in of.case.accused if each.id}


def list_accused_units(of: Count) -> set[str | None]:
    """Return the units of the accused, as a person compares them."""
    return {fold_spelling(each.unit) for each in of.case.accused}


def list_acted_units(of: Count) -> set[str | None]:
    """Return the units for which an accused had the case, or acted on it."""
    return {
        fold_spelling(unit)
        for key, unit in of.case.staff
        if any(_is_same(key, each.id) for each in of.case.accused)
    }


def _keep_digits(text: str | None) -> str:
    return "".join(c for c in text or "" if c.isdigit())


def list_lacking(asked: Asked) -> set[str]:
    """Return the parts of the required contact that a case lacks (R11)."""
    sender = asked.before.case.sender
    if not isinstance(sender, Sender):
        return set()
    phone, both = sender.phone or "", f"{sender.phone} {sender.email}"
    dense, is_plain = re.sub(r"[^\w+]", "", both), not re.search(r"[^\d+\-. ()]|^1[89]00", phone)
    has = {
        "name": has_text(sender.name),
        "address": has_text(sender.address),
        "phone": re.search(r"(84|0)([35789]\d{8}|2\d{9})", dense) is not None
        or (is_plain and 8 <= len(_keep_digits(phone)) <= 15),
        "email": re.search(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", both) is not None,
    }
    has["reply"] = any(has[way] for way in ("address", "phone", "email"))
    return {name for name in asked.expected.contact_required if not has[name]}


def _find_shown(asked: Asked, text: str) -> str | None:
    """Return what a text shows of a sender that the case has or had, or of its tracking code."""
    case, shown, digits = asked.before.case, text.casefold(), _keep_digits(text)
    code = case.code if isinstance(case.code, str) else ""
    if code and code.casefold() in shown:
        return "the tracking code"
    if not isinstance(case.sender, Sender):
        return None
    for sender in (case.sender, *case.former_senders):
        for name in ("name", "address", "email"):
            if getattr(sender, name) and getattr(sender, name).casefold() in shown:
                return f"the {name} of the sender"
        if sender.phone and _keep_digits(sender.phone) in digits:
            return "the phone of the sender"
    return None


def _find_first(problems: Mapping[str, bool]) -> str | None:
    """Return the first text that is so, or None."""
    return next((text for text, is_so in problems.items() if is_so), None)


def _is_same(one: str | None, other: str | None) -> bool:
    return one is not None and fold_spelling(one) == fold_spelling(other)


@objection("V34", "7.2, 8, 9, 10, 16")
def the_typed_table_has_it(act: a.Act, asked: Asked) -> str | None:
    """Each step is in the table typed by hand, at its position and for its role."""
    position, by, last = asked.before.position, act.by.role, asked.before.late_after
    if asked.expected.outcomes is None:
        return None
    if isinstance(act, a.Lapse) and last is not None and asked.at > last:
        return None if by is Role.SYSTEM else "only the system lapses a limit"
    roles = asked.expected.find_roles(position, act.trigger)
    if not roles:
        return f"there is no {act.trigger} from {position}"
    return None if by in roles else f"{act.trigger} from {position} is not for the {by.value}"


@objection("V3", "7.2", a.Reject)
def a_refusal_has_a_reason(act: a.Reject, _: Asked) -> str | None:
    """A case that is not taken has a reason."""
    return None if act.reasons else "no reason is given"


@objection("V4", "1.1.b, 6, 7.2, 8.3", a.Reject)
def reasons_are_true(act: a.Reject, asked: Asked) -> str | None:
    """A refusal gives no reason that is not so. Some the operator may judge."""
    true = list_true_reasons(asked)
    false = [reason for reason in act.reasons if not true.get(reason, True)]
    return f"{', '.join(false)} is not true of the case" if false else None


@objection("V5", "1.1.b")
def complaints_are_only_refused(act: a.Act, asked: Asked) -> str | None:
    """A complaint is completed, noted, refused, withdrawn and closed only.

    One that was found after the hand-over is answered with guidance, and not made public (R56).
    """
    before, kind = asked.before, asked.before.case.kind
    aside = a.Complete | a.Note | a.Reject | a.Close | a.Reopen | a.Withdraw | SystemAct
    aside |= a.ReportOutcome
    never = a.Escalate | a.RequestVerification | a.NotifyUnit | a.Publish | a.Commend | a.Rate
    is_found = before.asker is not None and not isinstance(act, never)
    is_wrong = kind in EXCLUDED and not isinstance(act, aside) and not is_found
    return f"the case is a {kind.value}" if is_wrong else None


@objection("V6", "8.1.b, 8.2.a, 8.3", a.Escalate)
def the_target_fits_the_kind(act: a.Escalate, asked: Asked) -> str | None:
    """A case is handed on to those whom its kind concerns."""
    kind, role = asked.before.case.kind, act.to.role
    return None if kind in _FIT[role] else f"{kind.value} does not go to the {role.value}"


@objection("V41", "8.1.b, 8.1.c1, 8.2.b, 8.3, 9.3", a.Answer, a.Advise, a.RequestVerification,
           a.ReportFindings, a.Reschedule, a.Note, a.SendBack)  # fmt: skip
def the_holder_acts(act: a.Act, asked: Asked) -> str | None:
    """Only the holder answers, advises, asks an agency, reports, reschedules and sends back."""
    holder, by = asked.before.holder, act.by
    beside = (Role.OPERATOR, Role.CITIZEN, Role.LEADERSHIP)
    if holder is None or (isinstance(act, a.Note) and by.role in beside):
        return None
    is_head = by.role is Role.AGENCY_HEAD and holder.role is Role.AGENCY
    if holder.role is not by.role and not is_head:
        return f"the case lies with the {holder.role.value}"
    if holder.role not in (Role.AGENCY, Role.OFFICER, Role.PROVIDER):
        return None
    is_agency = holder.role is Role.AGENCY
    own, theirs = (holder.unit, by.unit) if is_agency else (holder.id, by.id)
    return None if _is_same(own, theirs) else f"the case lies with {own}"


@objection("V9", "8.1.c1", a.RequestVerification)
def the_appointment_lies_ahead(act: a.RequestVerification, asked: Asked) -> str | None:
    """The appointment given to the citizen lies after the request to the agency."""
    return None if act.appointment > asked.at else f"the appointment is at {act.appointment}"


@objection("V12", "8.1.c2, R39")
def an_accused_never_acts(act: a.Act, asked: Asked) -> str | None:
    """No act on a case is by an accused of it, however the id is spelled."""
    is_accused = fold_spelling(act.by.id) in list_accused(asked.before)
    is_own = act.trigger in a.SYSTEM_TRIGGERS  # of the clock and of the calendar
    return f"{act.by.id} is accused in the case" if is_accused and not is_own else None


@objection("V13", "8.1.c2, R39", a.Escalate, a.Reassign, a.RequestVerification)
def an_accused_is_never_given_the_case(
    act: a.Escalate | a.Reassign | a.RequestVerification, asked: Asked
) -> str | None:
    """No act gives the case to an accused. A holder may become one later."""
    named = act.focal if isinstance(act, a.RequestVerification) else act.to.id
    is_accused = named is not None and fold_spelling(named) in list_accused(asked.before)
    return f"{named} gets the case, and is accused in it" if is_accused else None


@objection("V14", "8.1.c2", a.NotifyUnit)
def only_their_unit_is_notified(act: a.NotifyUnit, asked: Asked) -> str | None:
    """A unit is notified of its own accused staff, or of conduct that the case is about."""
    before = asked.before
    concerns = before.case.kind == "conduct" or bool(before.case.accused)
    units = list_accused_units(before) | list_acted_units(before)
    is_theirs = concerns and fold_spelling(act.unit) in units | {
        fold_spelling(before.case.about_unit)
    }
    return None if is_theirs else f"the case is not about conduct in {act.unit}"


@objection("V52", "8.1.c2", a.ReportOutcome)
def only_a_notified_unit_reports(act: a.ReportOutcome, asked: Asked) -> str | None:
    """Only a unit that was notified of its staff reports what it did about them."""
    told = (each.unit for each in asked.history if isinstance(each, e.UnitNotified))
    is_theirs = any(_is_same(act.by.unit, unit) for unit in told)
    return None if is_theirs else f"{act.by.unit} was not notified"


@objection("V21", "9.3, R32", a.Reschedule)
def one_reschedule_at_most(_: a.Reschedule, asked: Asked) -> str | None:
    """A case is rescheduled once at most, whatever agencies handle it."""
    before, expected = asked.before, asked.expected
    first = expected.first_appointment_counts and before.appointments > 0
    is_done = before.reschedules + first >= expected.reschedules
    return f"of {expected.reschedules} reschedules none is left" if is_done else None


@objection("V22", "9.3, R4, R24, R41", a.Reschedule)
def the_agency_reschedules_in_time(act: a.Reschedule, asked: Asked) -> str | None:
    """An agency that has time left reschedules to a later time, with a reason."""
    before, is_after = asked.before, asked.expected.reschedule_after_due
    if before.due is None and not (is_after and before.missed):
        return "no limit runs"
    last = max(before.due or before.missed[-1].due, asked.at)
    is_spent = before.given == timedelta() and before.due is not None and not is_after
    return _find_first({
        "the limit went on without time left": is_spent,
        f"{act.to} is no later than {last}": act.to <= last,
        "the reason is blank": not has_text(act.reason),
    })  # fmt: skip


@objection("V24", "8.1.c2, R33", a.Reassign)
def another_person_of_the_unit_takes_over(act: a.Reassign, asked: Asked) -> str | None:
    """The head of the unit names another person of it, the leadership if someone is accused.

    While an agency has the case, the head of the officer's unit names who gets it back.
    """
    replaced, by, to = find_replaced(asked.before, act), act.by, act.to
    if replaced is None:
        return "nobody has the case"
    unit, units = replaced.unit, list_accused_units(asked.before) | list_acted_units(asked.before)
    is_free = by.role is not Role.LEADERSHIP or unit is None or fold_spelling(unit) in units
    return _find_first({
        f"{by.id} is not the head of {unit}":
            by.role is Role.AGENCY_HEAD and not _is_same(unit, by.unit),
        f"nobody of {unit} is accused": not is_free,
        f"{to.unit} is another unit than {unit}":
            None not in (unit, to.unit) and not _is_same(unit, to.unit),
        f"{to.id} has the case": _is_same(replaced.id, to.id),
    })  # fmt: skip


def find_replaced(before: Count, act: a.Reassign) -> Holder | None:
    """Return whom another person replaces: the holder, or the officer whom an agency reports to."""
    holder, asker = before.holder, before.asker
    if holder is None or holder.role is not Role.AGENCY or asker is None:
        return holder
    is_back = _is_same(asker.unit, act.to.unit) and (
        not _is_same(holder.unit, act.to.unit)  # or it is the officer alone who is accused
        or {fold_spelling(x.id) for x in (asker, holder)} & list_accused(before)
        == {fold_spelling(asker.id)}
    )
    return asker if is_back else holder


@objection("V27", "R48", a.Rate)
def the_sender_rates_once(act: a.Rate, asked: Asked) -> str | None:
    """A result is rated once at most, by the citizen who sent it or has the code of a call."""
    last = [each for each in asked.history if isinstance(each, e.Rated | e.Reopened)][-1:]
    is_again = any(isinstance(each, e.Rated) for each in last)
    return "the case was rated before" if is_again else _find_stranger(act, asked)


@objection("V50", "7.2, 9, 10.2, 16.1.p2, R50, R54, R55", a.Publish, a.Commend, a.Rate, a.Reopen,
           a.LiftLapse, a.Unpublish)  # fmt: skip
def what_it_is_about_is_there(act: a.Act, asked: Asked) -> str | None:
    """An answer is published and commended, a result rated, a refusal reopened, a lapse lifted.

    Only what is public is withdrawn from publication.
    """
    before, result = asked.before, asked.before.result
    is_public, is_mark = isinstance(act, a.Publish | a.Commend), isinstance(act, a.Rate)
    posts = [x for x in asked.history if isinstance(x, e.Published | e.PublicationWithdrawn)]
    is_shown = bool(posts) and isinstance(posts[-1], e.Published)
    return _find_first({
        "no lapse counts": isinstance(act, a.LiftLapse) and not before.is_late,
        "the case was not refused": isinstance(act, a.Reopen) and result != "refused",
        "nothing is public": isinstance(act, a.Unpublish) and not is_shown,
        "the case was not answered":
            (is_public and result != "answered") or (is_mark and not result),
    })  # fmt: skip


@objection("V28", "2.2, 10.2.b, R16, R45", a.Publish, a.Unpublish)
def a_person_publishes_no_names(act: a.Publish | a.Unpublish, asked: Asked) -> str | None:
    """Somebody outside the accused's unit publishes, without the people of the case."""
    said = act.text if isinstance(act, a.Publish) else ""  # the reason is not public
    text, shown = fold_spelling(said) or "", _find_shown(asked, said)
    is_theirs = fold_spelling(act.by.unit) in list_accused_units(asked.before)
    return _find_first({
        f"{act.by.unit} is the unit of an accused": is_theirs,
        "the text names an accused": any(x in text for x in list_accused(asked.before) if x),
        f"the text shows {shown}": shown is not None,
    })  # fmt: skip


@objection("V36", "3.5, 6, R11, R42", a.Escalate)
def what_is_handed_on_can_be_answered(_: a.Escalate, asked: Asked) -> str | None:
    """What is handed on can be read, in Vietnamese, and has a name and one way to reply."""
    case, lacking = asked.before.case, sorted(list_lacking(asked))
    lacking += ["content"] if isinstance(case.content, str) and not has_text(case.content) else []
    lacking += [] if is_vietnamese(case) else ["Vietnamese"]
    is_wrong = asked.expected.contact_gate and lacking
    return f"the request lacks {', '.join(lacking)}" if is_wrong else None


def is_vietnamese(case: Case) -> bool:
    """Return whether the language of a case is Vietnamese."""
    return case.language.split("-")[0] == "vi"


@objection("V37", "10.2.a, R39, R56", a.Complete)
def what_was_handed_on_stays(act: a.Complete, asked: Asked) -> str | None:
    """After the hand-over content and kind stay, but for a complaint that an operator finds.

    After the answer only accused and unit are added.
    """
    before, names = asked.before, ["content", "kind"]
    if before.state == "received":
        return None
    if before.holder is None:
        names += ["sender", "language"]
    elif act.kind in EXCLUDED and act.by.role is Role.OPERATOR:
        names.remove("kind")
    changed = [name for name in names if getattr(act, name) is not None]
    return f"the {changed[0]} of a case that was handed on changes" if changed else None


@objection("V39", "16.1.p2", a.Commend)
def the_unit_that_handled_it_proposes(act: a.Commend, asked: Asked) -> str | None:
    """The head of a unit that handled it proposes a commendation, or the leadership if none did."""
    units = asked.before.units
    if act.by.role is Role.LEADERSHIP:
        return "a unit handled the case" if units else None
    return None if fold_spelling(act.by.unit) in units else f"{act.by.unit} did not handle the case"


@objection("V42", "10.2.a, R48, R54", a.Complete, a.Note, a.Withdraw)
def a_citizen_completes_their_own_case(act: a.Act, asked: Asked) -> str | None:
    """A citizen adds to their own case only, or withdraws it, and changes no kind or accused."""
    names = ("kind", "accused", "about_unit", "language")
    changed = [name for name in names if getattr(act, name, None) is not None]
    is_wrong = act.by.role is Role.CITIZEN and changed
    return f"a citizen changes {', '.join(changed)}" if is_wrong else _find_stranger(act, asked)


@objection("V43", "7.2, 8.1-8.3, 10.2")
def texts_can_be_seen(act: a.Act, _: Asked) -> str | None:
    """An answer, an opinion, guidance, a note, a published text or new content can be seen."""
    texts = {name: getattr(act, name, None) for name in ("text", "content", "guidance")}
    blank = [name for name, text in texts.items() if text is not None and not has_text(text)]
    return f"the {blank[0]} is blank" if blank else None


@objection("V44", "8.1.c2, R40", a.NotifyUnit)
def a_notified_unit_learns_no_sender(act: a.NotifyUnit, asked: Asked) -> str | None:
    """The text to the unit of the accused shows neither the sender nor how to reach them."""
    shown = _find_shown(asked, act.text or "")
    return f"the text shows {shown}" if shown else None


@objection("V51", "8.1.c2, R40", a.Complete)
def their_unit_completes_nothing(act: a.Complete, asked: Asked) -> str | None:
    """Of the accused's unit they add accused, what it lacks, and find it is about conduct."""
    case, unit, lacking = asked.before.case, fold_spelling(act.by.unit), list_lacking(asked)
    is_about = case.kind == "conduct" and unit == fold_spelling(case.about_unit)
    told = {fold_spelling(each) for each in case.units_told} | list_acted_units(asked.before)
    is_theirs = unit in list_accused_units(asked.before) | told or is_about
    ways = {"name": "name" in lacking, "phone": bool(lacking - {"name"})}
    sent = (getattr(act.sender, name, None) for name in ("name", "phone", "address", "email", "id")
            if not ways.get(name))  # fmt: skip
    is_new = case.state == "received" and case.officer is None
    lost = set(case.accused) - set(act.accused or ()) if is_new and act.accused is not None else ()
    said = (*sent, act.content, act.about_unit, lost or None,
            None if act.kind in ("conduct", "complaint", "denunciation") else act.kind)  # fmt: skip
    is_theirs = is_theirs and unit is not None and act.by.role in ("operator", "leadership")
    is_wrong = is_theirs and any(each is not None for each in said)
    return f"the case is about {act.by.unit}, their own unit" if is_wrong else None


@objection("V35", "R15, R37, R38", a.MoveDeadline)
def only_a_changed_calendar_moves_a_due_time(act: a.MoveDeadline, asked: Asked) -> str | None:
    """A due time that was computed moves because of a notice that was known in time."""
    before, new, counted = asked.before, act.recount.deadline, act.recount
    due, last = before.due, before.late_after
    if due is None or last is None:
        return "no limit runs"
    known, issued, cause = counted.known, counted.issued, counted.cause
    is_late = asked.at > last and not asked.expected.notice_reaches_back
    is_issued = issued is not None and issued <= last.astimezone(VIETNAM).date()
    is_open = bool(counted.unexplained) and not act.unexplained
    is_forbidden = cause == "day_off" or not act.earlier
    return _find_first({
        "the due time was rescheduled, not computed": due != before.dues[-1],
        "the due time stays": (new.due, new.late_after) == (due, last),
        "no notice explains it": is_open or cause == "unexplained",
        f"{new.due} is earlier than {due}": new.late_after < last and is_forbidden,
        f"the notice is known from {known} on":
            known is not None and known > asked.at.astimezone(VIETNAM).date(),
        f"{new.due} has passed": new.late_after < asked.at,
        f"the limit ran out at {last}, before the notice": is_late and not is_issued,
    })  # fmt: skip


def _find_stranger(act: a.Act, asked: Asked) -> str | None:
    """Return who acts as a citizen without being the sender, or having the code of a call."""
    known = asked.before.case.sender_id
    is_own = _is_same(known, act.by.id) if isinstance(known, str) else asked.by_code
    is_stranger = act.by.role is Role.CITIZEN and not is_own
    return f"{act.by.id} did not send the case" if is_stranger else None


def list_true_reasons(asked: Asked) -> dict[str, bool]:
    """Return of each reason that no operator judges whether it is true of a case."""
    lacking, case, opinion = list_lacking(asked), asked.before.case, asked.before.opinion
    is_inside = case.kind is Kind.SERVICE or opinion is True
    inside = {"outside_article_4": False} if is_inside else {}  # else the operator judges it
    return inside | {
        "complaint_or_denunciation": case.kind in EXCLUDED,
        "not_vietnamese": not is_vietnamese(case),
        "no_name": "name" in lacking,
        "no_contact": bool(lacking - {"name"}),
        "out_of_competence": opinion is False,
    }


OBJECTIONS = (
    the_typed_table_has_it,
    a_refusal_has_a_reason,
    reasons_are_true,
    complaints_are_only_refused,
    the_target_fits_the_kind,
    the_appointment_lies_ahead,
    an_accused_never_acts,
    an_accused_is_never_given_the_case,
    only_their_unit_is_notified,
    only_a_notified_unit_reports,
    one_reschedule_at_most,
    the_agency_reschedules_in_time,
    another_person_of_the_unit_takes_over,
    the_sender_rates_once,
    what_it_is_about_is_there,
    a_person_publishes_no_names,
    only_a_changed_calendar_moves_a_due_time,
    what_is_handed_on_can_be_answered,
    what_was_handed_on_stays,
    the_unit_that_handled_it_proposes,
    the_holder_acts,
    a_citizen_completes_their_own_case,
    texts_can_be_seen,
    a_notified_unit_learns_no_sender,
    their_unit_completes_nothing,
)


# An event holds these in its own way: they are compared apart, or by V35.
_OTHERWISE = frozenset(
    {"by", "at", "to", "accused", "reasons", "recount", "earlier", "unexplained"}
)


def _differ(what: str, found: object, due: object) -> str | None:
    return None if found == due else f"{what} {_show(found)}, expected {_show(due)}"


def _show(value: object) -> str:
    if isinstance(value, Holder):
        return f"{value.role.value} {value.id or value.unit or ''}".strip()
    if isinstance(value, frozenset):
        return ", ".join(sorted(map(str, value)))
    return "none" if value is None else str(value)


@invariant("V47", "1.1.b, 6, 7.2")
def reasons_are_whole(record: Record) -> str | None:
    """A refusal records every reason that can be seen in the case, and none that is not so."""
    if not isinstance(record.event, e.Rejected):
        return None
    case, given = record.before.case, {*record.event.reasons}
    true = list_true_reasons(record)
    judged = {"unclear": not has_text(case.content)}  # the operator may also judge it
    seen = {reason for reason, is_so in (true | judged).items() if is_so} - {"out_of_competence"}
    missing = sorted(seen - given) + [each for each in given if not true.get(each, True)]
    return (
        f"the reasons are {', '.join(sorted(given))}, not so is {missing[0]}" if missing else None
    )


@invariant("V15", "9.1, 9.2, R14")
def each_limit_is_counted_from_its_hand_over(record: Record) -> str | None:
    """A limit is due its working time after its hand-over, by its holder's hours, and in time."""
    case, after = record.case, record.after
    if any(isinstance(past, e.Lapsed) and record.at <= past.at for past in record.events):
        return f"a lapse by {record.at}, which is in time"
    last = case.clock.late_after if case.clock else None
    is_due = _differ("due", case.due, after.due)
    return is_due or _differ("in time until", last, after.late_after)


@invariant("V18", "9.2")
def lateness_stays(record: Record) -> str | None:
    """A limit that ran out is late for ever, unless it is lifted, and its holder's lateness."""
    case, after = record.case, record.after
    if case.is_late is not after.is_late:
        return f"the case is {'' if case.is_late else 'not '}late"
    found = [_tell_lapse(fold_spelling(x.holder), x.due, x.ended_at, x.lifted) for x in case.lapses]
    due = [_tell_lapse(x.who, x.due, x.ended, x.lifted) for x in after.missed]
    return _differ("lapses", found, due)


def _tell_lapse(who: str | None, due: datetime, ended: datetime | None, lifted: bool) -> str:  # noqa: FBT001
    return f"{who} {due}{f' until {ended}' if ended else ''}{' lifted' * lifted}"


@invariant("V20", "9.2")
def a_lapse_comes_before_the_act(record: Record) -> str | None:
    """After a due instant the lapse is recorded first, and no event is earlier in time."""
    disorder: str | None = record.after.disorder or record.before.disorder
    return disorder


@invariant("V31", "of the library")
def the_case_is_its_history(record: Record) -> str | None:
    """A case is what its history adds up to. Versions count up by one, and times only rise."""
    steps = itertools.pairwise(record.history[-len(record.events) - 1 :])
    if not all(b.n == a.n + 1 and b.at >= a.at for a, b in steps):
        return "versions or times of the history do not rise"
    return None if record.after.case == record.case else "the history adds up to another case"


@invariant("V11", "8")
def the_case_lies_where_the_act_puts_it(record: Record) -> str | None:
    """The case lies with whom the act names, after findings with who asked, and else stays."""
    return _differ("with", record.case.holder, record.after.holder)


@invariant("V48", "7.2, 8, 9, 10, 16")
def each_step_leads_where_typed(record: Record) -> str | None:
    """Each step leads to the state, and cites a clause, that are typed by hand."""
    event, position, typed = record.event, record.before.position, record.expected.typed
    first, received = record.history[0], typed.get(NEW, {}).get("receive")
    if received is not None and not received.may_cite(first.article):
        return f"the receipt cites {first.article}, not {' or '.join(received.clauses)}"
    line = typed.get(position, {}).get(record.act.trigger)
    if isinstance(event, e.Lapsed):
        is_overdue = event.late.role in record.expected.overdue_stages
        return _differ("state", event.state.value, "overdue" if is_overdue else record.before.state)
    if line is None:
        return None
    leads_to = line.leads_to if line.leads_to != "-" else _BY_LEADERSHIP.get(record.act.trigger)
    if leads_to in (None, "="):
        leads_to = record.before.state
    if event.state.value != leads_to:
        return _differ("state", event.state.value, leads_to)
    is_right = line.may_cite(event.article)
    return None if is_right else f"it cites {event.article}, not {' or '.join(line.clauses)}"


@invariant("V45", "7.2, 8.1-8.3, 9.3, 10.2")
def what_was_said_is_recorded(record: Record) -> str | None:
    """What a person says is recorded: text, opinion, reasons, time, unit, accused, person named."""
    act, event = record.act, record.event
    said: dict[str, Any] = {
        field.name: getattr(act, field.name)
        for field in attrs.fields(type(act))
        if field.name not in _OTHERWISE
    }
    found = {name: getattr(event, name, None) for name in said}
    said["by"], found["by"] = act.by, event.by
    match act:
        case a.Complete(accused=tuple() as accused):  # once handed on, none is taken away (R39)
            known = record.before.case.accused if record.before.asker else ()
            said["accused"] = _fold((*accused, *known))
            found["accused"] = said["accused"] & _fold(record.case.accused)
        case a.Complete() | a.Note():
            said["accused"], found["accused"] = record.before.case.accused, record.case.accused
        case a.Reject(reasons=reasons):
            said["reasons"] = {*reasons}
            found["reasons"] = {*reasons} & {*getattr(event, "reasons", ())}
        case a.MoveDeadline():
            said = {"deadline": act.recount.deadline}
            found = {"deadline": getattr(event, "deadline", None)}
        case a.Reschedule():
            said["to"], found["to"] = act.to, getattr(event, "to", None)
        case a.Escalate(to=to):
            said["to"] = (to.role, to.id, to.unit)
            found["to"] = event.holder and (event.holder.role, event.holder.id, event.holder.unit)
        case a.Reassign(to=to):
            given = getattr(event, "officer", None) or event.holder
            replaced = find_replaced(record.before, act)
            unit = (replaced and replaced.unit) or to.unit
            said["to"] = (to.id, unit, replaced is not record.before.holder)
            found["to"] = given and (given.id, given.unit, given is not event.holder)
    wrong = next((name for name in said if said[name] != found[name]), None)
    return wrong and f"{wrong} is {_show(found[wrong])!r}, said {_show(said[wrong])!r}"


def _fold(accused: tuple[Accused, ...]) -> set[tuple[str | None, str | None]]:
    return {(fold_spelling(each.id), fold_spelling(each.unit)) for each in accused}


RECORDS = (
    reasons_are_whole,
    each_limit_is_counted_from_its_hand_over,
    lateness_stays,
    a_lapse_comes_before_the_act,
    the_case_lies_where_the_act_puts_it,
    the_case_is_its_history,
    each_step_leads_where_typed,
    what_was_said_is_recorded,
)


CAN_BE_ANSWERED = Invariant(
    id="V1",
    name="every_case_can_be_answered",
    clause="3.1",
    formula="Every open case can still reach an answer or a reasoned refusal, and be closed.",
)
SAME_ANSWER = Invariant(
    id="V33",
    name="the_same_answer_again",
    clause="of the library",
    formula="The same history, act and instant have the same answer, whenever it is asked for.",
)
RAN_OUT_IS_LATE = Invariant(
    id="V46",
    name="a_limit_that_ran_out_lapses",
    clause="9.2",
    formula="Once its last instant has passed, a limit lapses when a sweep looks, in every case.",
)
NUMBERS_AGREE = Invariant(
    id="V49",
    name="the_numbers_are_those_of_the_text",
    clause="9",
    formula="Each number and reading of the rules is the one that the text has.",
)
IS_POSSIBLE = Invariant(
    id="W",
    name="what_must_be_possible_happens",
    clause="3.1, 7-10, 16",
    formula="An act that the text provides for, and that nothing speaks against, is recorded.",
)
_WHOLE = (CAN_BE_ANSWERED, SAME_ANSWER, RAN_OUT_IS_LATE, NUMBERS_AGREE, IS_POSSIBLE)  # fmt: skip


def _find_number(of: Invariant) -> tuple[bool, int]:
    number = of.id[1:]
    return of.id == "W", int(number) if number.isdigit() else 0


INVARIANTS: Final = tuple(sorted((*OBJECTIONS, *RECORDS, *_WHOLE), key=_find_number))
# What the engine itself objects to, by the clause of the row.
_OF_ROWS = frozenset({"wrong_role", "wrong_holder", "not_the_holder"})
Found = Iterator[tuple[Invariant, str]]


@attrs.frozen(kw_only=True)
class Counterexample:
    """The shortest acts found that break an invariant.

    `log` is the act log of them, a line of JSON an act: `phananh replay` reads it.
    """

    invariant: Invariant
    acts: Path = attrs.field(repr=False)
    problem: str
    rules: Rules = attrs.field(repr=False)
    calendar_for: CalendarLookup = attrs.field(repr=False)

    @property
    def log(self) -> tuple[str, ...]:
        """The acts in the format of an act log."""
        return tuple(to_act_log(self.acts))

    def replay(self) -> tuple[Replayed, ...]:
        """Do the acts again on a new desk with the rules and hours, and return their outcomes."""
        desk = Desk(
            rules=self.rules, calendar=self.calendar_for, clock=ManualClock(self.acts[-1][1])
        )
        return tuple(replay(self.log, desk=desk, name=self.invariant.id))

    def __str__(self) -> str:
        """Return the invariant, what is wrong, and the log."""
        return "\n".join([str(self.invariant), f"  {self.problem}", *(f"  {x}" for x in self.log)])


class _Enough(Exception):  # noqa: N818  # it ends a walk, and nobody else sees it
    """What was looked for is found."""


@attrs.frozen(kw_only=True, slots=False)
class Examiner:
    """Compares an act and what came of it with the objections to it and the clerk's counts."""

    clerk: Clerk
    invariants: tuple[Invariant, ...] = (*OBJECTIONS, *RECORDS)

    @cached_property
    def _of_acts(self) -> dict[type[Act], tuple[Invariant, ...]]:
        return {
            kind: tuple(
                each for each in self.invariants if each.acts and issubclass(kind, each.acts)
            )
            for kind in ACTS.values()
        }

    def examine(self, asked: Asked, events: tuple[Event, ...], case: Case) -> Found:
        """Yield what is wrong with an act that was recorded, a lapse first if one was due."""
        *lapses, event = events
        for lapse in lapses:
            asked = attrs.evolve(asked, before=self.clerk.add(asked.before, lapse))
        yield from self._list_objections(asked)
        record = Record(
            before=asked.before, act=asked.act, at=asked.at, by_code=asked.by_code,
            history=(*asked.history, *events), expected=asked.expected,
            after=self.clerk.add(asked.before, event), event=event, events=events, case=case,
        )  # fmt: skip
        for each in self.invariants:
            if each.acts is None and each.check is not None and (problem := each.check(record)):
                yield each, problem

    def examine_refusal(self, asked: Asked, reasons: Iterable[Refusal]) -> Found:
        """Yield what is wrong with an act that was refused, without reasons if there is no step.

        A guard that cites a document of your own is yours: what it refuses is not compared.
        """
        texts = [(each.code, each.article.id if each.article else "") for each in reasons]
        is_own = any("@" in article and code not in _OF_ROWS for code, article in texts)
        if is_own or any(self._list_objections(asked)):
            return
        why = ", ".join(" ".join(text) for text in texts) or "there is no such step"
        broken = RAN_OUT_IS_LATE if isinstance(asked.act, Lapse) else IS_POSSIBLE
        yield broken, f"it is refused: {why}"

    def _list_objections(self, asked: Asked) -> Found:
        for each in self._of_acts[type(asked.act)]:
            if each.check is not None and (problem := each.check(asked.act, asked)):
                yield each, problem


@attrs.define(kw_only=True)
class _Checker:
    """Looks at each step of a walk, and keeps the first that breaks an invariant."""

    rules: Rules
    examiner: Examiner
    decide: Decide
    asked: frozenset[str]
    stops: bool
    found: dict[str, Counterexample] = attrs.Factory(dict)
    _history: tuple[Event, ...] = ()
    _at: datetime | None = None
    _counts: tuple[Count, Count] | None = None
    _places: tuple[str, str] = ("", "")

    def visit(self, step: Step) -> None:
        """Look at one act that was tried."""
        clerk, act, answer = self.examiner.clerk, step.act, step.decision
        if step.history is not self._history or step.at != self._at or self._counts is None:
            self._history, self._at = step.history, step.at
            counted = clerk.count(step.history)
            now = clerk.pass_time(counted, step.at)
            self._counts, self._places = (counted, now), (counted.position, now.position)
        stored, now = self._counts
        is_done, is_system = isinstance(answer, Recorded), act.trigger in SYSTEM_TRIGGERS
        before = stored if is_done or is_system else now
        expected, place = clerk.expected, self._places[before is now]
        # If the table lets nobody of the role do it, a refusal needs no other reason.
        may = isinstance(act, Lapse) or act.by.role in expected.find_roles(place, act.trigger)
        if is_done or may:
            asked = Asked(
                before=before, act=act, at=step.at, by_code=step.context.named_by_code,
                history=step.history, expected=expected,
            )  # fmt: skip
            self._examine(asked, step)

    def _examine(self, asked: Asked, step: Step) -> None:
        answer = step.decision
        if isinstance(answer, Recorded):
            found = self.examiner.examine(asked, answer.events, answer.case)
            if step.variant == GOOD:
                again = self.decide(step.case, step.act, step.context)
                if not isinstance(again, Recorded) or again.events != answer.events:
                    self.add(SAME_ANSWER, step, "asked twice, it differs")
        else:
            reasons = answer.reasons if isinstance(answer, Refused) else ()
            found = self.examiner.examine_refusal(asked, reasons)
        for each, problem in found:
            self.add(each, step, problem)

    def add(self, broken: Invariant, step: Step, problem: str) -> None:
        """Keep a step that breaks an invariant, with who did what."""
        done = f"{step.act.trigger} by {step.act.by.role.value} ({step.identity}, {step.variant})"
        self.keep(broken, (*step.path, (step.act, step.at)), f"{done}: {problem}")

    def keep(self, broken: Invariant, acts: Path, problem: str) -> None:
        """Keep acts that break an invariant, if it is asked and has no counterexample yet."""
        if broken.name not in self.asked or broken.name in self.found:
            return
        self.found[broken.name] = Counterexample(
            invariant=broken, acts=acts, problem=problem, rules=self.rules,
            calendar_for=self.examiner.clerk.calendar_for,
        )  # fmt: skip
        if self.stops and self.found.keys() >= self.asked:
            raise _Enough


def check(
    rules: Rules = HOA_BINH_2019,
    *,
    expected: Expected | None = None,
    kinds: Iterable[Kind | KindSlug] = EVERY_KIND,
    guards_read: Iterable[str] = READABLE,
    calendar_for: CalendarChoice | None = None,
    decide: Decide = decide,
    only: Iterable[str] = (),
    skip: Mapping[str, str] | None = None,
    invariants: Iterable[Invariant] = (),
    acts: Iterable[tuple[str, Mapping[str, Any]]] = (),
) -> tuple[Counterexample, ...]:
    """Return for each invariant that some history breaks the shortest acts that do.

    Every reachable state is visited, and each act is tried in it, well formed and spoilt in each
    known way. Small walks of few acts follow, by fewer people: kinds that are treated like another,
    receipts by mail, in another language or without contact, several accused, and two agencies.

    Args:
        rules: the built-in rules, or your own.
        expected: the numbers of the text, by default those of Decision 2370.
        kinds: the kinds of requests that begin a history. Of those that the Regulation treats
            alike, such as information and proposal, the first has the large walk.
        guards_read: the parts of a case's past that your own guards read, as in `explore`.
        calendar_for: role and unit -> calendar. By default the centre and agencies have different
            hours, so that a limit on the wrong calendar shows.
        decide: your own function in place of the library's.
        only: names or numbers of the invariants that are asked. Then the walk ends once each of
            them has a counterexample. By default all are asked.
        skip: name or number of an invariant -> why it is not asked of these rules.
        invariants: your own, made by `invariant` or `objection`, besides those of the library.
        acts: further ways to do an act, each a trigger and its fields, such as
            `("rate", {"score": 2})`. Those who may do it try it in every state.

    Raises:
        InputTypeError: `skip` is no mapping to reasons.
        InputError: `only` or `skip` names no invariant, or no invariant is left to ask. Or there
            are more states than a walk visits, so that the others are unknown.

    Example:
        >>> import attrs
        >>> limit = attrs.evolve(HOA_BINH_2019.officer_limit, budget=timedelta(hours=8))
        >>> ours = attrs.evolve(HOA_BINH_2019, name="OURS", officer_limit=limit)
        >>> check(ours, only=["V49"], kinds=["complaint"])[0].problem
        'officer_limit is 8:00:00 in the rules, and 5:00:00 in the text'
    """
    given = Expected() if expected is None else expected
    require_kind(given, Expected, field="expected")
    chosen = list_members(Kind, list_given(kinds, field="kinds"), field="kinds")
    every, only = (*INVARIANTS, *invariants), list_given(only, field="only")
    asked = _choose_asked(every, only, {} if skip is None else skip)
    own = tuple(say(trigger, f"own {n}", **said) for n, (trigger, said) in enumerate(acts, 1))
    walks = [
        make_exploration(rules, calendar_for, guards_read=guards_read, decide=decide)
        for _ in range(4)
    ]
    clerk = Clerk(expected=given, calendar_for=walks[0].calendar_for)
    checker = _Checker(
        rules=rules, decide=decide, asked=asked, stops=bool(only),
        examiner=Examiner(
            clerk=clerk, invariants=tuple(each for each in every if each.check is not None)
        ),
    )  # fmt: skip
    try:
        _walk_all(walks, checker, chosen, own)
        for difference in given.list_differences(rules):
            checker.keep(NUMBERS_AGREE, (), difference)
    except _Enough:
        pass
    return tuple(sorted(checker.found.values(), key=_rank))


def _walk_all(
    walks: list[Exploration],
    checker: _Checker,
    kinds: tuple[Kind, ...],
    own: tuple[Variant, ...],
) -> None:
    """Do the large walk, then the small ones: other requests, several accused, two agencies.

    What the large walk would multiply is tried by few people there, or with few acts.
    """
    large, others, accused, agencies = walks
    for walk in walks:
        walk.visit = checker.visit
    large.variants = (*GOOD_ACTS, *OTHER_WAYS, *SAME_WAYS, *SPOILED_ACTS, *own)
    large.walk(list_requests(split_kinds(kinds)[0]))
    for node in large.find_stuck(State.CLOSED):
        if node.key.state is not State.CLOSED:
            problem = f"it can never be closed from {node.key.text()}"
            checker.keep(CAN_BE_ANSWERED, node.path, problem)
    ways = tuple(way for way in OTHER_WAYS if way.trigger != "complete")
    others.variants, others.depth = (*GOOD_ACTS, *ways), 4
    others.walk(list_other_requests(kinds), only_right=True)
    if Kind.CONDUCT in kinds:
        accused.variants, accused.depth = (*GOOD_ACTS, *AMONG_ACCUSED), 4
        complaint = attrs.evolve(
            make_request(Kind.CONDUCT), accused=(ACCUSED, ACCUSED_WITHOUT_ID, SECOND_ACCUSED)
        )
        accused.walk(
            [complaint],
            [Complete(by=PEOPLE[Role.OPERATOR], sender=Sender(phone="0218 111 1111"))],
        )
    handled = [kind for kind in kinds if kind in split_kinds(EVERY_KIND)[1] or kind in _BY_OFFICER]
    agencies.depth = 7
    agencies.variants = (
        *(way for way in GOOD_ACTS if way.trigger in _TO_AGENCIES), *OTHER_AGENCY
    )  # fmt: skip
    agencies.walk(map(make_request, handled[:1]), only_right=True)
    for walk in walks:
        if walk.truncated:
            raise InputError(field="rules", code="too_many_states", most=walk.limit)


_BY_OFFICER = (Kind.INFORMATION, Kind.REGULATION, Kind.CONDUCT, Kind.PROPOSAL)
_TO_AGENCIES = frozenset(
    {"escalate", "request_verification", "report_findings", "reschedule", "lapse", "lift_lapse"}
)


def _rank(example: Counterexample) -> tuple[bool, int, bool, int]:
    """Put few acts first, and a wrong due time before its echoes."""
    is_echo = example.invariant.id not in ("V15", "V21", "V22")
    return not example.acts, len(example.acts), is_echo, _find_number(example.invariant)[1]


def _choose_asked(
    every: tuple[Invariant, ...], only: tuple[str, ...], skip: object
) -> frozenset[str]:
    """Return the names of the invariants that are asked."""
    if not isinstance(skip, Mapping) or not all(map(has_text, skip.values())):
        raise InputTypeError(field="skip", code="not_reasons", value=short_repr(skip))
    known = {name for each in every for name in (each.id, each.name)}
    for field, names in (("only", only), ("skip", (*skip,))):
        for name in names:
            if name not in known:
                raise InputError(field=field, code="not_an_invariant", value=short_repr(name))
    asked = frozenset(
        each.name
        for each in every
        if (not only or {each.id, each.name} & {*only}) and not {each.id, each.name} & skip.keys()
    )
    if not asked:
        raise InputError(field="skip", code="no_invariant_left")
    return asked


@attrs.frozen(kw_only=True)
class Difference:
    """The fewest acts after which two sets of rules part, and what each says to the last one."""

    acts: Path = attrs.field(repr=False)
    first: str
    second: str

    @property
    def log(self) -> tuple[str, ...]:
        """The acts in the format of an act log."""
        return tuple(to_act_log(self.acts))

    def __str__(self) -> str:
        """Return what both say, and the log."""
        return "\n".join([f"first:  {self.first}", f"second: {self.second}", *self.log])


@attrs.define
class _Beside:
    """Decides under other rules what a walk tries, and stops at the first act that parts them."""

    others: Rules
    clauses: bool
    found: tuple[Path, str, str] | None = None
    _path: Path = ()
    _case: Case | None = None

    def visit(self, step: Step) -> None:
        """Compare one act that was tried."""
        if step.path is not self._path or self._case is None:
            self._path = step.path
            self._case = follow(step.path, self.others, step.context.calendar_for)[2]
        context = attrs.evolve(step.context, rules=self.others)
        answers = step.decision, decide(self._case, step.act, context)
        one, other = (self._tell(answer, step.act) for answer in answers)
        if one != other and any(isinstance(answer, Recorded) for answer in answers):
            self.found = (*step.path, (step.act, step.at)), one, other
            raise _Enough

    def _tell(self, decision: Decision, act: Act) -> str:
        """Return in words what is compared: the answer, and where the case lies until when."""
        who = f"{act.trigger} by {act.by.role.value}"
        if isinstance(decision, NotAllowed):
            return f"{who}: there is no such step from {decision.state.value}"
        if not isinstance(decision, Recorded):
            return f"{who}: refused, {', '.join(each.code for each in decision.reasons)}"
        case, events = decision.case, decision.events
        names = [
            f"{type(e).__name__} {e.article}" if self.clauses else type(e).__name__ for e in events
        ]
        holder = f", with the {case.holder.role.value}" if case.holder else ""
        late = [str(lapse.due) for lapse in case.lapses]
        limit = f", due {case.due}, late after {case.clock.late_after}" if case.clock else ""
        return f"{who}: {', '.join(names)}, {case.state.value}{holder}{limit}, missed {late}"


def diff(
    rules: Rules,
    others: Rules,
    *,
    kinds: Iterable[Kind | KindSlug] = KINDS,
    clauses: bool = False,
    guards_read: Iterable[str] = READABLE,
    calendar_for: CalendarChoice | None = None,
) -> Difference | None:
    """Return the shortest acts after which two sets of rules part, or None if none was found.

    They part where one records an act that the other refuses or has no step for, and where they
    record something else: another state, holder, due time or lapse.

    Args:
        rules, others: such as those of a province, and those of the next.
        kinds: the kinds of requests that begin a history.
        clauses: whether another clause that is cited is a difference too.
        guards_read, calendar_for: as of `explore`.

    Raises:
        InputTypeError: one of them is no `Rules`.

    Example:
        >>> import attrs
        >>> limit = attrs.evolve(HOA_BINH_2019.officer_limit, budget=timedelta(hours=8))
        >>> ours = attrs.evolve(HOA_BINH_2019, name="OURS", officer_limit=limit)
        >>> print(diff(HOA_BINH_2019, ours))
        first:  escalate by operator: Escalated, ... due 2025-03-03 17:30:00+07:00, ...
        second: escalate by operator: Escalated, ... due 2025-03-04 10:30:00+07:00, ...
    """
    require_kind(others, Rules, field="others")
    found = []
    for walked, beside in ((rules, others), (others, rules)):
        visitor = _Beside(beside, clauses)
        try:
            explore(
                walked, kinds=kinds, spoiled=True, guards_read=guards_read,
                calendar_for=calendar_for, visit=visitor.visit,
            )  # fmt: skip
        except _Enough:
            path, one, other = visitor.found or ((), "", "")
            said = (one, other) if walked is rules else (other, one)
            found.append(Difference(acts=path, first=said[0], second=said[1]))
    return min(found, key=lambda each: len(each.acts), default=None)
