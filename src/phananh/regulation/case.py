"""A Case is a value: what a history of events adds up to (Art. 8, 9).

Events are checked when they are recorded, and trusted when they are read. Each event says which
state it led to, so the fold needs no table, and a history outlives every change of the rules.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import attrs

from phananh.errors import InputError
from phananh.plain_data import fields_to_plain, item_to_plain, to_plain
from phananh.plain_value import PlainValue
from phananh.regulation.effects import EFFECTS, Fields
from phananh.regulation.values.appointment import Appointment
from phananh.regulation.values.cleaning import to_vietnam_time
from phananh.regulation.values.deadline import Deadline
from phananh.regulation.values.erased import Erased, Text
from phananh.regulation.values.events import Event
from phananh.regulation.values.limits import FindingsRecord, LapseRecord, MoveRecord, RunningLimit
from phananh.regulation.values.request import (
    OPEN_STATES,
    Accused,
    Channel,
    Holder,
    Kind,
    Sender,
    State,
)
from phananh.worktime.localtime import VIETNAM

# Fields that `as_dict` has under other keys, or leaves out.
WRITTEN_OTHERWISE = (
    "id", "holder", "clock", "last_limit", "deadlines", "code_digest", "former_senders",
    "stored",
)  # fmt: skip


@attrs.frozen(kw_only=True, slots=False)  # so that a fold copies all fields at once
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
        accused: the people accused.
        content: what the citizen wrote or said.
        sender: the citizen's name and contact.
        sender_id: the citizen's id, or None if it is unknown.
        code: the tracking code.
        code_digest: the digest of the code, by which a store finds the case.
        received_at: when it was received.
        since: when the holder got it.
        updated_at: when its last event happened.
        clock: the limit that runs, or None.
        last_limit: the last limit that ran, or None.
        deadlines: each stored deadline, with the version that opened its limit.
        lapses: the limits that ran out.
        moves: the due times that a changed calendar moved.
        findings: the reports of agencies.
        reschedules: the new times of its reschedules.
        appointments: the times promised to the citizen.
        officer: the holder of the last hand-over, who gets the case back after findings.
        handled_by: the units that handled it.
        units_told: the units that were notified of an accused.
        reasons: why it was rejected.
        result_article: the id of the clause of its answer or refusal, or None.
        advised: whether the leadership gave an opinion.
        within_competence: what its last opinion says about competence, or None.
        published: how often its result was published.
        commended: how often it was proposed to commend the sender.
        rating: the citizen's rating from 1 to 5, or None.
        former_senders: the senders that completions replaced.
        stored: the case as it is stored, if `Desk.as_of` showed it with a lapse, or None.
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
    clock: RunningLimit | None = None
    last_limit: RunningLimit | None = None
    deadlines: tuple[tuple[int, Deadline], ...] = ()
    lapses: tuple[LapseRecord, ...] = ()
    moves: tuple[MoveRecord, ...] = ()
    findings: tuple[FindingsRecord, ...] = ()
    reschedules: tuple[datetime, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    officer: Holder | None = None
    handled_by: tuple[str, ...] = ()
    units_told: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    result_article: str | None = None
    advised: bool = False
    within_competence: bool | None = None
    published: int = 0
    commended: int = 0
    rating: int | None = None
    # What a completion replaced, so that no text shows it either.
    former_senders: tuple[Sender, ...] = attrs.field(default=(), repr=False)
    # If `as_of` added a lapse that is not recorded yet: the case as it is stored.
    stored: "Case | None" = attrs.field(default=None, eq=False, repr=False)

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

    @property
    def is_open(self) -> bool:
        """Whether the citizen still waits for an answer."""
        return self.state in OPEN_STATES

    @property
    def promised(self) -> datetime | None:
        """The time by which the citizen was last promised an answer, or None."""
        return self.appointments[-1].time if self.appointments else None

    @property
    def due(self) -> datetime | None:
        """The running limit's due instant, or None if no limit runs."""
        return self.clock.due if self.clock else None

    @property
    def deadline(self) -> Deadline | None:
        """The deadline of the running limit as it was stored last, with its reasons.

        After a reschedule it still has the time before, and `due` is the one that runs. After
        the calendar moved it, it is the new one. `deadlines` has them all (R15).
        """
        if self.clock is None:
            return None
        return find_stored(self, self.clock.opened_by)

    @property
    def is_due_rescheduled(self) -> bool:
        """Whether the running due time was rescheduled, not computed (Art. 9.3, R38)."""
        return self.clock is not None and (
            self.deadline is None or self.deadline.due != self.clock.due
        )

    @property
    def is_late(self) -> bool:
        """Whether any limit of this case has run out (Art. 9.2)."""
        return bool(self.lapses)


def find_stored(case: Case, opened_by: int) -> Deadline | None:
    """Return the deadline stored last of the limit that this version opened, or None."""
    for n, found in reversed(case.deadlines):
        if n == opened_by:
            return found
    return None


_COUNT = len(attrs.fields(Case))
_new, _set = object.__new__, object.__setattr__
_EMPTY: Fields = {
    field.name: field.default for field in attrs.fields(Case) if field.default is not attrs.NOTHING
}


def fold(history: Iterable[Event], *, onto: Case | None = None) -> Case:
    """Return the case that `history` adds up to, alone or `onto` an earlier case."""
    f = dict(_EMPTY, holder=None) if onto is None else vars(onto.stored or onto).copy()
    event = None
    for event in history:
        EFFECTS[type(event)](f, event)
        holder = event.holder
        if not (holder is f["holder"] or holder == f["holder"]):
            f["holder"] = holder
            f["since"] = event.at
        f["state"] = event.state
        f["version"] = event.n
        f["updated_at"] = event.at
    if event is None and onto is None:
        raise InputError(field="history", code="empty_history")
    if f["since"].tzinfo is not VIETNAM or f["updated_at"].tzinfo is not VIETNAM:
        f["since"], f["updated_at"] = to_vietnam_time(f["since"]), to_vietnam_time(f["updated_at"])
    # A history that does not begin with Received lacks fields, and the class says which.
    return _make_case(f) if len(f) == _COUNT else Case(**f)


def show_unrecorded(events: Iterable[Event], *, onto: Case) -> Case:
    """Return the case with events that are not recorded. Its `stored` is `onto`."""
    case = fold(events, onto=onto)
    _set(case, "stored", onto)
    return case


def _make_case(f: Fields) -> Case:
    """Return the case of these fields, all of them, without a check."""
    case = _new(Case)
    _set(case, "__dict__", f)
    return case
