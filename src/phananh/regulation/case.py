"""A Case is a value: what a history of events adds up to (Art. 8, 9).

Events are checked when they are recorded, and trusted when they are read. Each event says which
state it led to, so the fold needs no table, and a history outlives every change of the rules.
Below the class is what each event changes besides state, holder, version and time: a function
per event, on the fields that a fold is building. They do not ask the table, because an event is a
fact. Instants are put on the clock in Vietnam.

A limit is identified by the version that opened it, and each lapse or move names that version.
An appointment is the time by which the citizen expects the answer. It is made when an agency is
asked (8.1.c1), and again when it is rescheduled (9.3). A missed one changes neither the due time
nor lateness, but it stays missed for good (R35). A `CaseDeadline` is a limit of the case with the
time that counts: its deadline as stored last, or the time that it was rescheduled to (R15, R38).
"""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from itertools import chain, starmap
from typing import Any, Literal

import attrs

from phananh.errors import CoverageError, InputError
from phananh.plain_data import fields_to_plain, item_to_plain, to_plain
from phananh.plain_value import PlainValue, make_unchecked
from phananh.regulation import events as e
from phananh.regulation.access import (
    is_holder_accused,
    leave_out_accused,
    list_hidden,
    require_reader,
)
from phananh.regulation.cleaning import fold_id, is_same_id, to_vietnam_time as local
from phananh.regulation.deadline import Deadline, is_late, is_provisional
from phananh.regulation.events import Event
from phananh.regulation.figures import COUNTED, Figure, list_figures
from phananh.regulation.request import (
    OPEN_STATES,
    Accused,
    Channel,
    Erased,
    ErasedPerson,
    Holder,
    Kind,
    Person,
    Role,
    Sender,
    State,
    Text,
)
from phananh.worktime import WorkCalendar
from phananh.worktime.instants import require_aware


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class RunningLimit(PlainValue):
    """A running limit: which version opened it, and when it is due (Art. 9.1, 9.2).

    `late_after` is the last instant that is in time.
    """

    opened_by: int
    due: datetime
    late_after: datetime


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class LapseRecord(PlainValue):
    """A limit that ran out: its stage, who had the case then, and when it was due (Art. 9.2, R51).

    `holder` is a person, or the unit: of an agency, or if the person may not act as an accused.
    They had the case `since`. `ended_at` is when it left them by whatever step, and None until
    then. How late they were is the working time from `due` to `ended_at`. A lapse that was
    `lifted` does not count as late (R50). If who was late is accused later, the lapse ends, and
    one of their unit follows, late `since` then.
    """

    opened_by: int
    stage: Role
    holder: str | None
    due: datetime
    ended_at: datetime | None = None
    lifted: bool = False
    unit: str | None = None
    since: datetime | None = None

    @property
    def late(self) -> Holder:
        """Who is late: the unit, or a person of it."""
        person = None if self.holder == self.unit else self.holder
        return Holder(role=self.stage, id=person, unit=self.unit)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class FindingsRecord(PlainValue):
    """An agency reported its findings: which one, when, and by event `n` (Art. 8.1.c1).

    `due` is when its limit would have run out, or None if it had already. `left` is the working
    time that was left, which it gets if it is asked again (R41), or None if that was not stored.
    """

    n: int
    agency: str | None
    at: datetime
    due: datetime | None
    left: timedelta | None


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class SendBackRecord(PlainValue):
    """A holder sent the case back by event `n`: who, an agency by its unit, and when (R53).

    `due` is when their limit ended, or None if none ran or had run out. `left` is the working
    time that was left, which they get with the case if they get it again.
    """

    n: int
    role: Role
    holder: str | None
    at: datetime
    due: datetime | None
    left: timedelta | None


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class MoveRecord(PlainValue):
    """A due time that a changed calendar moved: from when to when, and by which documents."""

    opened_by: int
    at: datetime
    old: datetime
    new: datetime
    notices: tuple[str, ...]


def name_holder(holder: Holder) -> str | None:
    """Return who holds a limit: the person, or the unit of an agency."""
    return holder.unit if holder.role is Role.AGENCY else holder.id


AppointmentStatus = Literal["open", "kept", "missed", "replaced"]
End = Literal["replaced_at", "answered_at"]


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)  # quicker to make and to end
class Appointment(PlainValue):
    """A time promised to the citizen: who promised it, when, and what ended it.

    An answer at `time` itself is in time. `told_at` and `version` are those of the event that
    promised it. `again` says that an agency was asked again, so that the citizen waits once more
    (R41). `provisional` says that its day is not official yet (9.3). `replaced_at` is when
    another time was promised, or the sender withdrew, and `answered_at` when the answer or the
    refusal came, whether in time or not.
    """

    told_at: datetime
    time: datetime
    by: Person | ErasedPerson
    version: int
    again: bool = False
    provisional: bool = False
    replaced_at: datetime | None = None
    answered_at: datetime | None = None

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return the appointment. `status` is how it ended, or None while it is open or overdue."""
        fields = fields_to_plain(self, lang, personal=personal)
        ended = self.replaced_at or self.answered_at
        return {**fields, **item_to_plain("status", self.status(ended) if ended else None, lang)}

    def status(self, at: datetime) -> AppointmentStatus:
        """Return the status at a moment: open, kept, missed, or replaced before its time.

        Raises:
            InputError: `at` has no offset.
        """
        last = min(require_aware(at, "at").astimezone(UTC), self.time.astimezone(UTC))
        if self.replaced_at and not is_late(self.replaced_at, late_after=last):
            return "replaced"
        if self.answered_at and not is_late(self.answered_at, late_after=last):
            return "kept"
        return "missed" if is_late(at, late_after=self.time) else "open"


# Fields that `as_dict` has under other keys, or leaves out.
WRITTEN_OTHERWISE = (
    "id", "holder", "clock", "last_limit", "deadlines", "code_digest", "former_senders",
    "is_sender_erased", "figures_and_steps",
    "staff", "stored",
)  # fmt: skip


# Without slots a fold copies all fields at once.
@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Case(PlainValue):
    """A case after version `version`, computed from its events.

    Its instants are on the clock in Vietnam, and those of a deadline on that of its calendar.

    A desk trusts the Case that you pass: it does not read the case again before it decides an
    act, and only compares the version. So pass a Case that this process got from a desk. If a
    form, a cookie or a cache could have changed it, pass its id instead, and the version that was
    seen as `expected`. Then the desk reads the case from its store.

    Args:
        id: the id of the case: a prefix, year and month, and ten letters or digits.
        version: the number of its last event, from 1.
        rules: the id of the rules that it is decided under.
        state: its state.
        holder: the role, person and unit that hold it, or None once it was answered or rejected.
        kind: what is asked.
        channel: how it came in.
        language: the tag of its language, such as "vi".
        about_unit: the unit that it is about, or None.
        procedure: the code of the procedure that it is about, or None.
        accused: the people accused.
        content: what the citizen wrote or said.
        sender: the citizen's name and contact.
        sender_id: the citizen's id, or None if it is unknown.
        code: the tracking code.
        code_digest: the digest of the code, by which a store finds the case.
        received_at: when it was received.
        since: when the holder got it.
        updated_at: when its last event happened.
        recorded_at: when that was entered, or None in an older history (R49).
        clock: the limit that runs, or None.
        last_limit: the last limit that ran, or None.
        deadlines: each stored deadline, with the version that opened its limit.
        entered_after_due: whether a step that says who was in time was entered late (R49).
        lapses: the limits that ran out, those that were lifted too (R50). One is in two parts if
            who was late was accused: theirs, and the rest of their unit (R51).
        moves: the due times that a changed calendar moved.
        findings: the reports of agencies.
        sent_back: who sent the case back, and what was left of their limits (R53).
        reschedules: the new times of its reschedules.
        appointments: the times promised to the citizen.
        officer: the holder of the last hand-over, or who replaced them, who gets the case back.
        handled_by: the units that handled it.
        units_told: the units that were notified of an accused.
        reasons: why it was rejected.
        result_article: the id of the clause of its answer or refusal, or None.
        answered_at: when it was answered, or None.
        advised: whether the leadership gave an opinion.
        opinions: how often it did.
        within_competence: what its last opinion says about competence, or None.
        published: how often its result was published, 0 if it is public no more.
        commended: how often it was proposed to commend the sender.
        rating: the citizen's rating from 1 to 5, or None.
        former_senders: the senders that completions replaced.
        figures_and_steps: the `figures` that were asked for, and the steps that lead to the rest.
        is_sender_erased: whether an earlier sender was erased, with whom no text can be compared.
        staff: the id and unit of everybody of the staff who had it, or acted on it.
        stored: the case as it is stored, if `Desk.as_of` showed it with a lapse, or None.

    Example:
        >>> case = desk.escalate(case, to=officer, by=operator)
        >>> print(case.state, "|", case.holder, "|", case.due)
        escalated | officer CB-MAU (Một cửa Mẫu) | 2025-04-26 10:00:00+07:00
    """

    id: str
    version: int
    rules: str
    state: State
    holder: Holder | None
    kind: Kind
    channel: Channel
    language: str
    about_unit: str | None
    accused: tuple[Accused, ...]
    content: Text = attrs.field(repr=False)
    sender: Sender | Erased = attrs.field(repr=False)
    sender_id: Text | None = attrs.field(repr=False)
    code: Text = attrs.field(repr=False)
    code_digest: str = attrs.field(repr=False)
    received_at: datetime
    since: datetime
    updated_at: datetime
    recorded_at: datetime | None = None
    clock: RunningLimit | None = None
    last_limit: RunningLimit | None = None
    deadlines: tuple[tuple[int, Deadline], ...] = ()
    entered_after_due: bool = False
    lapses: tuple[LapseRecord, ...] = ()
    moves: tuple[MoveRecord, ...] = ()
    findings: tuple[FindingsRecord, ...] = ()
    sent_back: tuple[SendBackRecord, ...] = ()
    reschedules: tuple[datetime, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    officer: Holder | None = None
    handled_by: tuple[str, ...] = ()
    units_told: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    result_article: str | None = None
    answered_at: datetime | None = None
    advised: bool = False
    opinions: int = 0
    within_competence: bool | None = None
    published: int = 0
    commended: int = 0
    rating: int | None = None
    figures_and_steps: tuple[tuple[Figure, ...], tuple[Any, ...]] = attrs.field(
        default=((), ()), repr=False, metadata={"compared": "figures"}
    )
    procedure: str | None = None
    # What a completion replaced, so that no text shows it either.
    former_senders: tuple[Sender, ...] = attrs.field(default=(), repr=False)
    is_sender_erased: bool = False
    staff: frozenset[tuple[str | None, str]] = attrs.field(default=frozenset(), repr=False)
    # If `as_of` added a lapse that is not recorded yet: the case as it is stored.
    stored: "Case | None" = attrs.field(default=None, eq=False, repr=False)

    def as_dict(
        self,
        lang: str | None = None,
        *,
        personal: bool = False,
        for_: Person | None = None,
        by_code: bool = False,
    ) -> dict[str, Any]:
        """Return the case as plain data, ready for JSON.

        Args:
            lang: as in every value, `vi` or `en` adds words.
            personal: include what can name people.
            for_: the person who reads it. They get the personal data too, with None for what is
                not for them: `Desk.may_read` says who reads what.
            by_code: `for_` is a citizen who named the case by its tracking code.

        Raises:
            RefusedError: this person may not read the case.
            InputError: `lang` is another language.
        """
        plain = super().as_dict(lang, personal=personal or for_ is not None)
        if for_ is None:
            return plain
        require_reader(self, for_, by_code=by_code)
        return plain | dict.fromkeys(list_hidden(self, for_))

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return the case, with the same keys as an IndexRow for what both have.

        `deadline` is the running limit's, as it was stored last, and `due` is the time that
        counts.
        """
        holder = self.holder
        fields = fields_to_plain(self, lang, personal=personal, without=WRITTEN_OTHERWISE)
        first = {name: fields.pop(name) for name in ("version", "rules")}
        return {
            "case": self.id,
            **first,
            **item_to_plain("holder", holder.role if holder else None, lang),
            "holder_id": holder.id if holder else None,
            "unit": holder.unit if holder else None,
            "is_open": self.is_open,
            "late": self.is_late,
            "due": to_plain(self.due),
            **fields,
            "deadline": to_plain(self.deadline, lang),
        }

    def _to_line(self) -> str:
        due = f"due {self.due:%Y-%m-%d %H:%M}" if self.due else ""
        return ", ".join(filter(None, (f"{self.id} {self.state}", str(self.holder or ""), due)))

    @property
    def is_open(self) -> bool:
        """Whether the citizen still waits for an answer."""
        return self.state in OPEN_STATES

    @property
    def figures(self) -> tuple[Figure, ...]:
        """What a report counts of it: see `regulation/figures.py`. A decision needs none."""
        counted, steps = self.figures_and_steps
        if steps:
            counted += tuple(chain.from_iterable(starmap(list_figures, steps)))
            object.__setattr__(self, "figures_and_steps", (counted, ()))
        return counted

    @property
    def promised(self) -> datetime | None:
        """The time by which the citizen was last promised an answer, or None."""
        return self.appointments[-1].time if self.appointments else None

    @property
    def due(self) -> datetime | None:
        """The running limit's due instant, or None if no limit runs."""
        return self.clock.due if self.clock else None

    @property
    def deciding_instants(self) -> tuple[datetime, ...]:
        """When its limits and appointments end or ended, which a text shows to the second.

        That is so only where two of them, or one and that of an event, fall into one minute.
        """
        told = (each for a in self.appointments for each in (a.told_at, a.time, a.answered_at))
        ran_out = (each for x in self.lapses for each in (x.since, x.due, x.ended_at))
        ends = (*(each.due for _, each in self.deadlines), self.answered_at)
        return tuple(each for each in (*told, *ran_out, *ends) if each)

    @property
    def deadline(self) -> Deadline | None:
        """The deadline of the running limit as it was stored last, with its reasons.

        After a reschedule it still has the time before, and `due` is the one that runs. After
        the calendar moved it, it is the new one. `deadlines` has them all (R15).
        """
        return find_stored(self, self.clock.opened_by) if self.clock else None

    @property
    def is_due_rescheduled(self) -> bool:
        """Whether the running due time was rescheduled, not computed (Art. 9.3, R38)."""
        return self.clock is not None and (
            self.deadline is None or self.deadline.due != self.clock.due
        )

    @property
    def is_late(self) -> bool:
        """Whether a limit of this case has run out, ever, and was not lifted (Art. 9.2, R50)."""
        return any(not lapse.lifted for lapse in self.lapses)

    @property
    def is_withdrawn(self) -> bool:
        """Whether the sender took the request back (R54)."""
        return self.state is State.CLOSED and self.result_article is None


def find_latest_lapse(case: Case) -> LapseRecord | None:
    """Return the lapse that counts and is the latest, or None (R50)."""
    return next((each for each in reversed(case.lapses) if not each.lifted), None)


def find_overdue(case: Case) -> LapseRecord | None:
    """Return the lapse of who has the case, or None if they are not late.

    Whoever gets a case of which the unit is late, for an accused, is not late themselves (R51),
    unless they may not act either.
    """
    holder = case.holder and case.holder.id
    return next(
        (
            each
            for each in reversed(case.lapses)
            if each.ended_at is None
            if each.stage is Role.AGENCY
            or is_same_id(each.holder, holder)
            or is_holder_accused(case)
        ),
        None,
    )


def has_missed(lapses: Iterable[LapseRecord], holder: Holder | None) -> bool:
    """Return whether a limit ran out with this holder, and was not lifted (R50)."""
    return holder is not None and any(
        each.stage is holder.role
        and is_same_id(each.holder, name_holder(holder))
        and not each.lifted
        for each in lapses
    )


def find_stored(case: Case, opened_by: int) -> Deadline | None:
    """Return the deadline stored last of the limit that this version opened, or None.

    A time that was set after its limit had run out (R4) belongs to it too.
    """
    return next((found for n, found in reversed(case.deadlines) if n <= opened_by), None)


Fields = dict[str, Any]


def _apply_received(f: Fields, event: e.Received) -> None:
    f.update(
        id=event.case,
        rules=event.rules,  # to its end: no later event changes them (R47)
        kind=event.kind,
        channel=event.channel,
        language=event.language,
        about_unit=event.about_unit,
        procedure=event.procedure,
        accused=event.accused,
        content=event.content,
        sender=event.sender,
        sender_id=event.by.id
        if event.by.role is Role.CITIZEN
        else getattr(event.sender, "id", None),
        code=event.code,
        code_digest=event.code_digest,
        received_at=local(event.at),
    )


def _apply_completed(f: Fields, event: e.Completed) -> None:
    for name in ("kind", "accused", "about_unit", "content", "language", "procedure"):
        if getattr(event, name) is not None:
            f[name] = getattr(event, name)
    if isinstance(event.sender, Erased):
        f["sender"], f["former_senders"] = event.sender, ()
    elif event.sender is not None and isinstance(f["sender"], Erased):  # given after an erasure
        f["sender"], f["is_sender_erased"] = event.sender, True
        f["sender_id"] = event.sender.id or f["sender_id"]
    elif event.sender is not None:
        before, f["sender"] = f["sender"], f["sender"].merge(event.sender)
        if f["sender"] != before:
            f["former_senders"] = (*f["former_senders"], before)
        if f["sender_id"] == before.id:  # a citizen who sent it themselves stays the sender
            f["sender_id"] = f["sender"].id
    if event.accused and event.holder and f["lapses"]:
        late, at = leave_out_accused(event.holder, event.accused), local(event.at)
        *before, last = f["lapses"]
        if late is not event.holder and not last.ended_at and last.late.id == event.holder.id:
            f["lapses"] = (
                *before,
                attrs.evolve(last, ended_at=at),
                attrs.evolve(last, holder=late.unit, unit=late.unit, since=at),
            )


def _apply_rejected(f: Fields, event: e.Rejected) -> None:
    f["reasons"] = event.reasons
    f["result_article"] = event.article or "7.2"
    _end_wait(f, "answered_at", event)


def _apply_answered(f: Fields, event: e.Answered) -> None:
    f["result_article"] = event.article or _find_answer_article(f, event.by.role)
    f["answered_at"] = local(event.at)
    _end_wait(f, "answered_at", event)


def _end_wait(f: Fields, how: End, event: Event) -> None:
    """End the limit and the appointment of a sender who waits for nothing more."""
    if f["appointments"]:
        f["appointments"] = _end_last(f, how, local(event.at))
    f["clock"] = None


def _find_answer_article(f: Fields, role: Role) -> str:
    """Return the clause of an answer that was recorded before clauses were stored."""
    return {
        Role.OFFICER: "8.1.c1" if f["findings"] else "8.1.b",
        Role.PROVIDER: "8.2.b",
    }.get(role, "8.1.a")


def _run(opened_by: int, due: datetime, late_after: datetime) -> RunningLimit:
    fields = {"opened_by": opened_by, "due": local(due), "late_after": local(late_after)}
    return make_unchecked(RunningLimit, fields)


def _start_limit(f: Fields, event: Event, deadline: Deadline | None) -> None:
    if deadline is None:
        f["clock"] = None
    else:
        f["deadlines"] = (*f["deadlines"], (event.n, deadline))
        f["clock"] = f["last_limit"] = _run(event.n, deadline.due, deadline.late_after)


def _add_unit(f: Fields, holder: Holder | None) -> None:
    # The leadership gives an opinion (8.3), but does not handle cases.
    unit = holder.unit if holder and holder.role is not Role.LEADERSHIP else None
    if unit and not (f["handled_by"] and fold_id(unit) in map(fold_id, f["handled_by"])):
        f["handled_by"] = (*f["handled_by"], unit)


def _apply_escalated(f: Fields, event: e.Escalated) -> None:
    _start_limit(f, event, event.deadline)
    _add_unit(f, event.holder)
    f["officer"] = event.holder


def _apply_verification_requested(f: Fields, event: e.VerificationRequested) -> None:
    f["officer"] = f["holder"]
    asked = [each.agency for each in f["findings"]]
    asked += [each.holder for each in f["sent_back"] if each.role is Role.AGENCY]
    again = any(is_same_id(each, event.agency) for each in asked)
    _tell_time(f, event, event.appointment, again=again)
    _start_limit(f, event, event.deadline)
    _add_unit(f, event.holder)


def _tell_time(f: Fields, event: Event, time: datetime, **why: Any) -> None:
    """Add a time promised to the citizen, which replaces the one before."""
    at, by, before = local(event.at), event.by, f["appointments"]
    told = Appointment(told_at=at, time=local(time), by=by, version=event.n, **why)
    f["appointments"] = (*_end_last(f, "replaced_at", at), told) if before else (told,)


def _end_last(f: Fields, how: End, at: datetime) -> tuple[Appointment, ...]:
    """Return the appointments, at least one, with the last ended at that moment.

    What ended before, such as by a refusal that was reopened, ended for good (R35).
    """
    told: tuple[Appointment, ...] = f["appointments"]
    ended = attrs.evolve(told[-1], **{how: at})  # type: ignore[arg-type]  # an instant
    return told if told[-1].answered_at else (*told[:-1], ended)


def _apply_findings_reported(f: Fields, event: e.FindingsReported) -> None:
    limit, holder = f["clock"], f["holder"]
    f["findings"] += (
        FindingsRecord(
            n=event.n,
            agency=event.agency or (holder.unit if holder else None),
            at=local(event.at),
            due=limit.due if limit else None,
            # A limit that was lifted did not run out: asked again, the agency begins anew (R50),
            # unless an earlier one of theirs ran out.
            left=event.left if limit else timedelta() if has_missed(f["lapses"], holder) else None,
        ),
    )
    _start_limit(f, event, event.deadline)


def _apply_sent_back(f: Fields, event: e.SentBack) -> None:
    who, limit, lapses = event.by_whom, f["clock"], f["lapses"]
    before = f["sent_back"]
    # Or it ran out with a colleague whose overdue case they got. One that ran out before the case
    # was last sent back was another's, and one that was lifted counts no more.
    is_overdue = (
        bool(lapses and f["last_limit"])  # it need not be a state (R2)
        and lapses[-1].opened_by == f["last_limit"].opened_by
        and lapses[-1].stage is who.role
        and not lapses[-1].lifted
        and not (before and lapses[-1].ended_at and lapses[-1].ended_at <= before[-1].at)
    )
    due = limit.due if limit else lapses[-1].due if is_overdue else None
    f["sent_back"] += (
        SendBackRecord(
            n=event.n,
            role=who.role,
            holder=name_holder(who),
            at=local(event.at),
            due=due,
            left=event.left,
        ),
    )
    _start_limit(f, event, event.deadline)


def _apply_rescheduled(f: Fields, event: e.Rescheduled) -> None:
    f["reschedules"] = (*f["reschedules"], local(event.to))
    _tell_time(f, event, event.to, provisional=event.provisional)
    if event.due is None:
        return
    assert event.late_after is not None  # there are both, or neither
    limit = f["clock"]
    opened_by = limit.opened_by if limit else event.n
    f["clock"] = f["last_limit"] = _run(opened_by, event.due, event.late_after)


def _apply_deadline_moved(f: Fields, event: e.DeadlineMoved) -> None:
    new = event.deadline
    f["deadlines"] = (*f["deadlines"], (event.clock, new))
    f["clock"] = f["last_limit"] = _run(event.clock, new.due, new.late_after)
    f["moves"] += (
        MoveRecord(
            opened_by=event.clock,
            at=local(event.at),
            old=local(event.old),
            new=f["clock"].due,
            notices=event.notices,
        ),
    )


def _apply_lapsed(f: Fields, event: e.Lapsed) -> None:
    late, starts = event.late, {n: each.start for n, each in f["deadlines"]}
    # A unit has had it since its limit began, whoever of the unit does the work.
    is_unit = name_holder(late) in (None, late.unit)
    f["lapses"] += (
        LapseRecord(
            opened_by=event.clock,
            stage=late.role,
            holder=name_holder(late) or late.unit,
            due=local(event.due),
            unit=late.unit,
            since=local(starts[event.clock] if is_unit and event.clock in starts else f["since"]),
        ),
    )
    f["clock"] = None


def _end_lapses(f: Fields, event: Event) -> None:
    """End the lateness of whom the case leaves, so that it grows no more (R51).

    A unit that is late, as an agency or for an accused, has it whoever of the unit does the work.
    """
    new, at = event.holder, local(event.at)
    f["lapses"] = tuple(
        each
        if each.ended_at
        or (
            new is not None
            and new.role is each.stage
            and each.holder == each.unit
            and is_same_id(each.unit, new.unit)
        )
        else attrs.evolve(each, ended_at=at)
        for each in f["lapses"]
    )


def _apply_lapse_lifted(f: Fields, event: e.LapseLifted) -> None:
    lapse = next(each for each in f["lapses"] if each.opened_by == event.clock)
    f["lapses"] = tuple(  # that of the unit of an accused, too
        attrs.evolve(each, lifted=True, ended_at=each.ended_at or local(event.at))
        if each.opened_by == event.clock
        else each
        for each in f["lapses"]
    )
    if not has_missed(f["lapses"], lapse.late):
        # What they ended since did not run out either.
        f["findings"] = tuple(
            attrs.evolve(x, due=None, left=None)
            if (x.due is None or x.left == timedelta())
            and lapse.stage is Role.AGENCY
            and is_same_id(x.agency, lapse.holder)
            else x
            for x in f["findings"]
        )
        f["sent_back"] = tuple(
            attrs.evolve(x, due=None)
            if x.due is not None
            and x.due <= x.at
            and x.role is lapse.stage
            and (is_same_id(x.holder, lapse.holder) or x.due == lapse.due)
            else x
            for x in f["sent_back"]
        )
    if event.deadline is not None:
        _start_limit(f, event, event.deadline)


def _apply_reassigned(f: Fields, event: e.Reassigned) -> None:
    officer, holder = f["officer"], event.holder
    is_officer = holder and officer and holder.role is officer.role
    f["officer"] = event.officer or (holder if is_officer else officer)
    _add_unit(f, holder)  # whoever had none may be replaced by a person of one
    if event.deadline is not None:
        _start_limit(f, event, event.deadline)


def _apply_nothing(f: Fields, event: Event) -> None:
    """Only the header changes the case."""


EFFECTS: dict[type[Event], Callable[[Fields, Any], None]] = {
    e.Received: _apply_received,
    e.Completed: _apply_completed,
    e.Noted: _apply_nothing,
    e.Rejected: _apply_rejected,
    e.Answered: _apply_answered,
    e.Escalated: _apply_escalated,
    e.Advised: lambda f, event: f.update(
        advised=True,
        opinions=f["opinions"] + 1,
        within_competence=event.within_competence,
        clock=None,
    ),
    e.VerificationRequested: _apply_verification_requested,
    e.FindingsReported: _apply_findings_reported,
    e.SentBack: _apply_sent_back,
    e.Rescheduled: _apply_rescheduled,
    e.DeadlineMoved: _apply_deadline_moved,
    e.Lapsed: _apply_lapsed,
    e.LapseLifted: _apply_lapse_lifted,
    e.Reassigned: _apply_reassigned,
    e.UnitNotified: lambda f, event: f.update(units_told=(*f["units_told"], event.unit)),
    e.OutcomeReported: _apply_nothing,
    e.Withdrawn: lambda f, event: _end_wait(f, "replaced_at", event),
    e.Closed: _apply_nothing,
    e.Reopened: lambda f, _: f.update(reasons=(), result_article=None, rating=None),
    e.Published: lambda f, _: f.update(published=f["published"] + 1),
    e.PublicationWithdrawn: lambda f, _: f.update(published=0),
    e.Commended: lambda f, _: f.update(commended=f["commended"] + 1),
    e.Rated: lambda f, event: f.update(rating=event.score),
    e.PersonalDataErased: _apply_nothing,
}


_COUNT = len(attrs.fields(Case))
_EMPTY: Fields = {
    field.name: field.default for field in attrs.fields(Case) if field.default is not attrs.NOTHING
}


def fold(history: Iterable[Event], *, onto: Case | None = None) -> Case:
    """Return the case that `history` adds up to, alone or `onto` an earlier case."""
    f = dict(_EMPTY, holder=None) if onto is None else vars(onto.stored or onto).copy()
    event = None
    for event in history:
        limit, before, happened = f["clock"], f["holder"], type(event)
        was = (f.get("kind"), f["officer"] and f["about_unit"]) if happened is e.Completed else None
        EFFECTS[happened](f, event)
        holder, at, entered, after = event.holder, local(event.at), event.recorded_at, f["clock"]
        has_moved = not (holder is before or (holder and holder == before))
        for each in (event.by, holder if has_moved else f["officer"]):  # or who gets it back
            if each is not None and each.unit and (each.id, each.unit) not in f["staff"]:
                f["staff"] |= {(each.id, each.unit)}
        if has_moved or happened in COUNTED or limit is not after:
            (counted, steps), moved_to = f["figures_and_steps"], holder if has_moved else None
            f["figures_and_steps"] = (
                counted,
                (*steps, (event, limit, after, moved_to, was, f.get("accused", ()))),
            )
            if entered is not event.at and _is_entered_late(
                event, limit, after, has_moved=has_moved
            ):
                f["entered_after_due"] = True
        if has_moved:
            if f["lapses"]:
                _end_lapses(f, event)
            f["holder"] = holder
            f["since"] = at
        f["state"] = event.state
        f["version"] = event.n
        f["updated_at"] = at
        f["recorded_at"] = at if entered is event.at else entered and local(entered)
    if event is None and onto is None:
        raise InputError(field="history", code="empty_history")
    # A history that does not begin with Received lacks fields, and the class says which.
    case = make_unchecked(Case, f) if len(f) == _COUNT else Case(**f)
    _ = onto or case.figures  # a case that is kept keeps no event, which says more than it does
    return case


def _is_entered_late(
    event: Event, before: RunningLimit | None, after: RunningLimit | None, *, has_moved: bool
) -> bool:
    """Return whether a step says who was in time, and was entered after that limit ran out (R49).

    It ended the limit, gave the case or the blame to another, or began the limit so long ago that
    it had run out when it was entered.
    """
    entered = event.recorded_at
    if entered is None or isinstance(event, e.Lapsed):
        return False
    if after is not None and after is not before and after.late_after < entered:
        return True
    has_moved = has_moved or (
        isinstance(event, e.Completed)
        and event.holder is not None
        and any(is_same_id(each.id, event.holder.id) for each in event.accused or ())
    )
    if before is None or not (has_moved or after is not before):
        return False
    return event.at <= before.late_after < entered


def show_unrecorded(events: Iterable[Event], *, onto: Case) -> Case:
    """Return the case with events that are not recorded. Its `stored` is `onto`."""
    case = fold(events, onto=onto)
    object.__setattr__(case, "stored", onto)
    return case


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class CaseDeadline(PlainValue):
    """A limit's deadline, the version of the case that opened it, and the `due` that counts.

    `is_time_provisional`: that time was set on a day that is not official (Art. 9.3).
    """

    opened_by: int
    deadline: Deadline
    due: datetime
    is_time_provisional: bool = False

    @property
    def is_rescheduled(self) -> bool:
        """Whether the due time was rescheduled, not computed (Art. 9.3, R38)."""
        return self.due != self.deadline.due

    @property
    def is_provisional(self) -> bool:
        """Whether it was computed, or set, on days that a notice could still change."""
        return self.is_time_provisional if self.is_rescheduled else self.deadline.provisional

    def is_provisional_on(self, calendar: WorkCalendar | None) -> bool:
        """Return whether a notice can still move it, as far as `calendar` knows.

        With a calendar of another name, or None, you get the stored answer.
        """
        if calendar is None or calendar.name != self.deadline.calendar:
            return self.is_provisional
        if not self.is_provisional:
            return False
        try:
            return is_provisional(self.deadline.budget, self.deadline.start, self.due, calendar)
        except CoverageError:
            return True


def find_running(case: Case) -> CaseDeadline | None:
    """Return the limit that runs, or None."""
    return find_deadline(case, case.clock)


def find_missed(case: Case) -> tuple[CaseDeadline, ...]:
    """Return the limits that ran out, in order."""
    limits = {each.opened_by: each for each in case.lapses if not each.lifted}
    return tuple(filter(None, (find_deadline(case, each) for each in limits.values())))


def find_current(case: Case) -> CaseDeadline | None:
    """Return the limit that counts now: the running one, else the overdue one, else None.

    Lateness need not be a state (R2), and the state may last longer. A limit is overdue until
    the case has left the holder who missed it.
    """
    return find_deadline(case, case.clock or find_overdue(case))


def find_last(case: Case) -> CaseDeadline | None:
    """Return the limit that counts now, else the last one that ran, answered in time or late.

    It is None if the case had no limit so far.
    """
    return find_deadline(case, case.last_limit)


def find_deadline(case: Case, limit: RunningLimit | LapseRecord | None) -> CaseDeadline | None:
    """Return the limit as stored last, or None if its deadline is not in the history."""
    deadline = find_stored(case, limit.opened_by) if limit else None
    if limit is None or deadline is None:
        return None
    named = any(told.provisional and told.time == limit.due for told in case.appointments)
    return CaseDeadline(
        opened_by=limit.opened_by, deadline=deadline, due=limit.due, is_time_provisional=named
    )
