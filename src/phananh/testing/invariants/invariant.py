"""An invariant: a sentence that is true of every history, with its clause and its check.

A check returns None if all is well, and else a text that says what is wrong. There are two kinds.
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
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import attrs

from phananh.regulation import acts as a
from phananh.regulation import events as e
from phananh.regulation.acts import Act
from phananh.regulation.case import Case, fold
from phananh.regulation.context import CalendarLookup
from phananh.regulation.deadline import Budget
from phananh.regulation.events import Event
from phananh.regulation.request import Accused, Holder, Kind, Role, Sender
from phananh.testing.invariants.expected import NEW, Expected
from phananh.worktime import WorkCalendar
from phananh.worktime.instants import VIETNAM

_NONE = timedelta()
_STOPPED: dict[str, Any] = {"due": None, "late_after": None}


@attrs.frozen(kw_only=True)
class Count:
    """The counts of a clerk beside a history, and the case that it adds up to.

    `due` and `late_after` are of the limit that runs, and `given` says how much it is. `dues` is
    every due instant that was given, and `missed` those that ran out. `asker` gets the case back
    after findings. `disorder` says which event is out of its time.
    """

    case: Case
    state: str
    holder: Holder | None
    asker: Holder | None = None
    due: datetime | None = None
    late_after: datetime | None = None
    given: Budget = _NONE
    dues: tuple[datetime, ...] = ()
    missed: tuple[datetime, ...] = ()
    reschedules: int = 0
    appointments: int = 0
    left: tuple[tuple[str | None, timedelta], ...] = ()
    units: frozenset[str | None] = frozenset()
    opinion: bool | None = None
    disorder: str | None = None

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
        case = fold((first,))
        counted = Count(case=case, state="received", holder=Holder(role=Role.OPERATOR))
        for event in rest:
            counted = self.add(counted, event)
        return counted

    def pass_time(self, counted: Count, at: datetime) -> Count:
        """Return the count as of a moment: a limit that ran out is missed, in time up to it."""
        last, holder = counted.late_after, counted.holder
        if last is None or at <= last or counted.due is None or holder is None:
            return counted
        is_late = holder.role in self.expected.overdue_stages
        missed = (*counted.missed, counted.due)
        state = "overdue" if is_late else counted.state
        passed: dict[str, Any] = {"state": state, "missed": missed, **_STOPPED}
        return attrs.evolve(counted, **passed)

    def add(self, counted: Count, event: e.Event) -> Count:
        """Return the count after one more event."""
        name = type(event).__name__
        disorder = None
        if isinstance(event, e.Lapsed):
            if (event.at, event.due) != (counted.late_after, counted.due):
                disorder = f"a lapse at {event.at} of {event.due}, and the limit is {counted.due}"
            changes = {"missed": (*counted.missed, event.due), **_STOPPED}
        else:
            if event.at < counted.case.updated_at:
                disorder = f"{name} at {event.at}, before {counted.case.updated_at}"
            is_moved = isinstance(event, e.DeadlineMoved)  # it is judged before the lapse (R37)
            if counted.late_after and event.at > counted.late_after and not is_moved:
                disorder = f"{name} after {counted.late_after}, and no lapse before it"
            changes = self._find_changes(counted, event)
        case, state = fold((event,), onto=counted.case), event.state.value
        return attrs.evolve(counted, case=case, state=state, disorder=disorder, **changes)

    def _find_changes(self, counted: Count, event: e.Event) -> dict[str, Any]:
        match event:
            case e.Escalated(holder=Holder() as holder):
                started = self._start(counted, event, holder, self.expected.limit(holder.role))
                return {"asker": holder, **started}
            case e.VerificationRequested():
                holder, left = Holder(role=Role.AGENCY, id=event.focal, unit=event.agency), None
                if self.expected.asked_again == "continues":
                    left = dict(counted.left).get(fold_spelling(event.agency))
                limit = self.expected.agency_limit if left is None else left
                known = {"asker": counted.holder, "appointments": counted.appointments + 1}
                return known | self._start(counted, event, holder, limit)
            case e.FindingsReported() if counted.asker:
                unit = counted.holder.unit if counted.holder else None
                left = _NONE
                if counted.due is not None:
                    calendar = self.calendar_for(Role.AGENCY, unit)
                    left = calendar.between(event.at, counted.due)
                reported = {"left": (*counted.left, (fold_spelling(unit), left))}
                started = self._start(counted, event, counted.asker, self.expected.reply_limit)
                return reported | started
            case e.Rescheduled():
                due = event.to if self.expected.reschedule_moves_due else counted.due
                moved = {"due": due, "late_after": self._find_last(due, counted.holder)}
                return {"reschedules": counted.reschedules + 1} | moved
            case e.DeadlineMoved() if counted.due is not None:
                new = event.deadline
                dues = (*counted.dues, new.due)
                return {"due": new.due, "late_after": new.late_after, "dues": dues}
            case e.Reassigned(holder=Holder(id=name)) if counted.holder:
                holder = attrs.evolve(counted.holder, id=name)
                is_computed = bool(counted.dues) and counted.due == counted.dues[-1]
                if not (self.expected.reassign_restarts_clock and counted.due and is_computed):
                    return {"holder": holder}
                return self._start(counted, event, holder, counted.given)
            case e.Advised():
                back = {"holder": Holder(role=Role.OPERATOR), "opinion": event.within_competence}
                return back | _STOPPED
            case e.Answered() | e.Rejected():
                return {"holder": None, **_STOPPED}
        return {}

    def _start(
        self, counted: Count, event: e.Event, holder: Holder, limit: Budget | None
    ) -> dict[str, Any]:
        handles = holder.role is not Role.LEADERSHIP and holder.unit is not None
        units = counted.units | ({fold_spelling(holder.unit)} if handles else set())
        if limit is None:
            return {"holder": holder, "units": units, **_STOPPED}
        due = _find_due(self.calendar_for(holder.role, holder.unit), event.at, limit)
        return {
            "holder": holder,
            "units": units,
            "due": due,
            "late_after": self._find_last(due, holder),
            "given": limit,
            "dues": (*counted.dues, due),
        }

    def _find_last(self, due: datetime | None, holder: Holder | None) -> datetime | None:
        """Return the last instant that is still in time (R14)."""
        if self.expected.late_after == "due" or holder is None or due is None:
            return due
        return self.calendar_for(holder.role, holder.unit).next_opening(due)


@lru_cache(maxsize=10_000)
def _find_due(calendar: WorkCalendar, start: datetime, budget: Budget) -> datetime:
    if isinstance(budget, timedelta):
        return calendar.add(start, budget)
    return budget.due(start, on=calendar)


@lru_cache(maxsize=1_000)
def fold_spelling(identifier: str | None) -> str | None:
    """Return an id as a person compares it: without capitals, and with any place of the tone mark.

    The mark of oa, oe and uy is on the first letter, hòa, or on the second, hoà.
    """
    if identifier is None:
        return None
    plain = unicodedata.normalize("NFD", identifier.casefold())
    marked = re.sub("(o)([\u0300\u0301\u0309\u0303\u0323])([ae])", r"\1\3\2", plain)
    return re.sub("(u)([\u0300\u0301\u0309\u0303\u0323])(y)", r"\1\3\2", marked)


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
    """Turn a check of a `Record` into an invariant with its name and docstring."""

    def wrap(check: Callable[..., str | None]) -> Invariant:
        formula = " ".join((check.__doc__ or "").split())
        return Invariant(
            id=id, name=check.__name__, clause=clause, formula=formula, check=check, acts=acts
        )

    return wrap


def objection(id: str, clause: str, *acts: type[Act]) -> Wrap:  # noqa: A002
    """Turn a check of an `Asked` into an invariant: why these acts must be refused."""
    return invariant(id, clause, acts=acts or (Act,))


EXCLUDED = (Kind.COMPLAINT, Kind.DENUNCIATION)
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


def _keep_digits(text: str | None) -> str:
    return "".join(c for c in text or "" if c.isdigit())


def list_lacking(asked: Asked) -> set[str]:
    """Return the parts of the required contact that a case lacks (R11)."""
    sender = asked.before.case.sender
    if not isinstance(sender, Sender):
        return set()
    phone, mail = sender.phone or "", sender.email or ""
    has = {
        "name": has_text(sender.name),
        "address": has_text(sender.address),
        "phone": 8 <= len(_keep_digits(phone)) <= 15 and not re.search(r"[^\d+\-. ()]", phone),
        "email": re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", mail) is not None,
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
def a_refusal_guides(act: a.Reject, _: Asked) -> str | None:
    """A case that is not taken has a reason, and guidance that can be seen."""
    if not act.reasons:
        return "no reason is given"
    return None if has_text(act.guidance) else "the guidance is blank"


@objection("V4", "1.1.b, 6, 7.2, 8.3", a.Reject)
def reasons_are_true(act: a.Reject, asked: Asked) -> str | None:
    """A refusal gives no reason that is not so. Some the operator may judge."""
    true = list_true_reasons(asked)
    false = [reason for reason in act.reasons if not true.get(reason, True)]
    return f"{', '.join(false)} is not true of the case" if false else None


@objection("V5", "1.1.b")
def complaints_are_only_refused(act: a.Act, asked: Asked) -> str | None:
    """A complaint or denunciation is completed, noted, refused and closed only."""
    aside = a.Complete | a.Note | a.Reject | a.Close | a.Lapse | a.MoveDeadline
    kind = asked.before.case.kind
    is_wrong = kind in EXCLUDED and not isinstance(act, aside)
    return f"the case is a {kind.value}" if is_wrong else None


@objection("V6", "8.1.b, 8.2.a, 8.3", a.Escalate)
def the_target_fits_the_kind(act: a.Escalate, asked: Asked) -> str | None:
    """A case is handed on to those whom its kind concerns."""
    kind, role = asked.before.case.kind, act.to.role
    return None if kind in _FIT[role] else f"{kind.value} does not go to the {role.value}"


@objection("V41", "8.1.b, 8.1.c1, 8.2.b, 8.3, 9.3", a.Answer, a.Advise, a.RequestVerification,
           a.ReportFindings, a.Reschedule, a.Note)  # fmt: skip
def the_holder_acts(act: a.Act, asked: Asked) -> str | None:
    """Only the holder of a case answers, advises, asks an agency, reports and reschedules."""
    holder, by = asked.before.holder, act.by
    beside = (Role.OPERATOR, Role.CITIZEN, Role.LEADERSHIP)
    if holder is None or (isinstance(act, a.Note) and by.role in beside):
        return None
    if holder.role is not by.role:
        return f"the case lies with the {holder.role.value}"
    if holder.role is Role.AGENCY:
        return None if _is_same(holder.unit, by.unit) else f"the case lies with {holder.unit}"
    in_person = holder.role in (Role.OFFICER, Role.PROVIDER)
    return (
        f"the case lies with {holder.id}" if in_person and not _is_same(holder.id, by.id) else None
    )


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
    units = list_accused_units(before) | {fold_spelling(before.case.about_unit)}
    is_theirs = concerns and fold_spelling(act.unit) in units
    return None if is_theirs else f"the case is not about conduct in {act.unit}"


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
    if before.given == timedelta() and before.due is not None and not is_after:
        return "the limit went on without time left"
    last = before.due or before.missed[-1]
    if act.to <= max(last, asked.at):
        return f"{act.to} is no later than {max(last, asked.at)}"
    return None if has_text(act.reason) else "the reason is blank"


@objection("V24", "8.1.c2, R33", a.Reassign)
def another_person_of_the_unit_takes_over(act: a.Reassign, asked: Asked) -> str | None:
    """The head of the unit names another person of it, the leadership if someone is accused."""
    holder, by = asked.before.holder, act.by
    if holder is None:
        return "nobody has the case"
    if by.role is Role.AGENCY_HEAD and not _is_same(holder.unit, by.unit):
        return f"{by.id} is not the head of {holder.unit}"
    is_free = holder.unit is None or fold_spelling(holder.unit) in list_accused_units(asked.before)
    if by.role is Role.LEADERSHIP and not is_free:
        return f"nobody of {holder.unit} is accused"
    if act.to.unit is not None and not _is_same(holder.unit, act.to.unit):
        return f"{act.to.unit} is another unit than {holder.unit}"
    return f"{act.to.id} has the case" if _is_same(holder.id, act.to.id) else None


@objection("V27", "R48", a.Rate)
def the_sender_rates_once(act: a.Rate, asked: Asked) -> str | None:
    """A case is rated once at most, by the citizen who sent it or has the code of a call."""
    if any(isinstance(past, e.Rated) for past in asked.history):
        return "the case was rated before"
    return _find_stranger(act, asked)


@objection("V28", "2.2, 10.2.b, R16, R45", a.Publish)
def a_person_publishes_no_names(act: a.Publish, asked: Asked) -> str | None:
    """Somebody outside the accused's unit publishes, without the people of the case."""
    units, text = list_accused_units(asked.before), fold_spelling(act.text) or ""
    if act.by.unit is not None and fold_spelling(act.by.unit) in units:
        return f"{act.by.unit} is the unit of an accused"
    if any(name in text for name in list_accused(asked.before) if name):
        return "the text names an accused"
    shown = _find_shown(asked, act.text)
    return f"the text shows {shown}" if shown else None


@objection("V36", "3.5, 6.c, R11, R42", a.Escalate)
def what_is_handed_on_can_be_answered(_: a.Escalate, asked: Asked) -> str | None:
    """A case is handed on with the contact that is required: a name and one way to reply."""
    lacking = sorted(list_lacking(asked)) if asked.expected.contact_gate else []
    return f"the request lacks {', '.join(lacking)}" if lacking else None


@objection("V37", "10.2.a, R39", a.Complete)
def what_was_handed_on_stays(act: a.Complete, asked: Asked) -> str | None:
    """After the hand-over content and kind stay."""
    is_changed = act.content is not None or act.kind is not None
    is_late = asked.before.state != "received"
    return "the case was handed on with another content" if is_changed and is_late else None


@objection("V39", "16.1.p2", a.Commend)
def the_unit_that_handled_it_proposes(act: a.Commend, asked: Asked) -> str | None:
    """The head of a unit that handled it proposes a commendation, or the leadership if none did."""
    units = asked.before.units
    if act.by.role is Role.LEADERSHIP:
        return "a unit handled the case" if units else None
    return None if fold_spelling(act.by.unit) in units else f"{act.by.unit} did not handle the case"


@objection("V42", "10.2.a, R48", a.Complete, a.Note)
def a_citizen_completes_their_own_case(act: a.Complete | a.Note, asked: Asked) -> str | None:
    """A citizen completes or notes their own case only, and changes neither kind nor accused."""
    names = ("kind", "accused", "about_unit", "language")
    changed = [name for name in names if getattr(act, name, None) is not None]
    if act.by.role is Role.CITIZEN and changed:
        return f"a citizen changes {', '.join(changed)}"
    return _find_stranger(act, asked)


@objection("V43", "7.2, 8.1-8.3, 10.2")
def texts_can_be_seen(act: a.Act, _: Asked) -> str | None:
    """An answer, an opinion, findings, a note, a published text or new content can be seen."""
    texts = {name: getattr(act, name, None) for name in ("text", "content")}
    blank = [name for name, text in texts.items() if text is not None and not has_text(text)]
    return f"the {blank[0]} is blank" if blank else None


@objection("V44", "8.1.c2, R40", a.NotifyUnit)
def a_notified_unit_learns_no_sender(act: a.NotifyUnit, asked: Asked) -> str | None:
    """The text to the unit of the accused shows neither the sender nor how to reach them."""
    shown = _find_shown(asked, act.text or "")
    return f"the text shows {shown}" if shown else None


@objection("V35", "R15, R37, R38", a.MoveDeadline)
def only_a_changed_calendar_moves_a_due_time(act: a.MoveDeadline, asked: Asked) -> str | None:
    """A due time that was computed moves because of a notice that was known in time."""
    before, new, counted = asked.before, act.recount.deadline, act.recount
    if before.due is None or before.late_after is None:
        return "no limit runs"
    if before.due != before.dues[-1]:
        return "the due time was rescheduled, not computed"
    if (new.due, new.late_after) == (before.due, before.late_after):
        return "the due time stays"
    if (counted.unexplained and not act.unexplained) or counted.cause == "unexplained":
        return "no notice explains it"
    if new.late_after < before.late_after and (counted.cause == "day_off" or not act.earlier):
        return f"{new.due} is earlier than {before.due}"
    if counted.known is not None and counted.known > asked.at.astimezone(VIETNAM).date():
        return f"the notice is known from {counted.known} on"
    if new.late_after < asked.at:
        return f"{new.due} has passed"
    last = before.late_after.astimezone(VIETNAM).date()
    in_time = asked.at <= before.late_after or asked.expected.notice_reaches_back
    in_time = in_time or (counted.issued is not None and counted.issued <= last)
    return None if in_time else f"the limit ran out at {before.late_after}, before the notice"


def _find_stranger(act: a.Act, asked: Asked) -> str | None:
    """Return who acts as a citizen without being the sender, or having the code of a call."""
    known = asked.before.case.sender_id
    is_own = _is_same(known, act.by.id) if isinstance(known, str) else asked.by_code
    is_stranger = act.by.role is Role.CITIZEN and not is_own
    return f"{act.by.id} did not send the case" if is_stranger else None


def list_true_reasons(asked: Asked) -> dict[str, bool]:
    """Return of each reason that no operator judges whether it is true of a case."""
    lacking = list_lacking(asked)
    return {
        "complaint_or_denunciation": asked.before.case.kind in EXCLUDED,
        "no_name": "name" in lacking,
        "no_contact": bool(lacking - {"name"}),
        "out_of_competence": asked.before.opinion is False,
    }


OBJECTIONS = (
    the_typed_table_has_it,
    a_refusal_guides,
    reasons_are_true,
    complaints_are_only_refused,
    the_target_fits_the_kind,
    the_appointment_lies_ahead,
    an_accused_never_acts,
    an_accused_is_never_given_the_case,
    only_their_unit_is_notified,
    one_reschedule_at_most,
    the_agency_reschedules_in_time,
    another_person_of_the_unit_takes_over,
    the_sender_rates_once,
    a_person_publishes_no_names,
    only_a_changed_calendar_moves_a_due_time,
    what_is_handed_on_can_be_answered,
    what_was_handed_on_stays,
    the_unit_that_handled_it_proposes,
    the_holder_acts,
    a_citizen_completes_their_own_case,
    texts_can_be_seen,
    a_notified_unit_learns_no_sender,
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
    return "none" if value is None else str(value)


@invariant("V47", "1.1.b, 6, 7.2")
def reasons_are_whole(record: Record) -> str | None:
    """A refusal records every reason that can be seen in the case, and none that is not so."""
    if not isinstance(record.event, e.Rejected):
        return None
    case, given = record.before.case, {*record.event.reasons}
    true = list_true_reasons(record)
    judged = {  # the operator may also judge these
        "not_vietnamese": case.language.split("-")[0] != "vi",
        "unclear": not has_text(case.content),
    }
    seen = {reason for reason, is_so in (true | judged).items() if is_so} - {"out_of_competence"}
    missing = sorted(seen - given) + [each for each in given if not true.get(each, True)]
    return (
        f"the reasons are {', '.join(sorted(given))}, not so is {missing[0]}" if missing else None
    )


@invariant("V15", "9.1")
def the_officers_limit_is_counted_from_the_hand_over(record: Record) -> str | None:
    """A limit of the centre is due its working hours after its own hand-over, on its calendar."""
    is_agency = record.after.holder is not None and record.after.holder.role is Role.AGENCY
    return None if is_agency else _differ("due", record.case.due, record.after.due)


@invariant("V16", "9.2")
def the_agencys_limit_is_counted_from_the_hand_over(record: Record) -> str | None:
    """An agency's limit is due its working hours after the officer's request, by its own hours."""
    is_agency = record.after.holder is not None and record.after.holder.role is Role.AGENCY
    return _differ("due", record.case.due, record.after.due) if is_agency else None


@invariant("V17", "9.1, 9.2, R14")
def the_due_instant_is_in_time(record: Record) -> str | None:
    """The due instant itself is in time: a limit runs out only after it."""
    last = record.case.clock.late_after if record.case.clock else None
    if any(isinstance(past, e.Lapsed) and record.at <= past.at for past in record.events):
        return f"a lapse by {record.at}, which is in time"
    return _differ("in time until", last, record.after.late_after)


@invariant("V18", "9.2")
def lateness_stays(record: Record) -> str | None:
    """A limit that ran out is late for ever, answered or not."""
    case, missed = record.case, record.after.missed
    if case.is_late is not bool(missed):
        return f"the case is {'' if case.is_late else 'not '}late"
    return _differ("lapses", [str(each.due) for each in case.lapses], [*map(str, missed)])


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
    found, due = record.case.holder, record.after.holder
    is_same = (found and (found.role, found.id, found.unit)) == (
        due and (due.role, due.id, due.unit)
    )
    return None if is_same else _differ("with", found, due)


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
    if line is None or line.leads_to == "-":
        return None
    leads_to = record.before.state if line.leads_to == "=" else line.leads_to
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
            said["to"], found["to"] = to.id, event.holder and event.holder.id
    wrong = next((name for name in said if said[name] != found[name]), None)
    return wrong and f"{wrong} is {_show(found[wrong])!r}, said {_show(said[wrong])!r}"


def _fold(accused: tuple[Accused, ...]) -> set[tuple[str | None, str | None]]:
    return {(fold_spelling(each.id), fold_spelling(each.unit)) for each in accused}


RECORDS = (
    reasons_are_whole,
    the_officers_limit_is_counted_from_the_hand_over,
    the_agencys_limit_is_counted_from_the_hand_over,
    the_due_instant_is_in_time,
    lateness_stays,
    a_lapse_comes_before_the_act,
    the_case_lies_where_the_act_puts_it,
    the_case_is_its_history,
    each_step_leads_where_typed,
    what_was_said_is_recorded,
)
