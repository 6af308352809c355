"""What can happen: facts in the past tense, each with the state it led to (Art. 7-10, 16.1).

Fields whose metadata says `personal` can name people. A store keeps them apart, so that they
can be erased after their term; an erased field then reads as `Erased`. So can the id of a
citizen in `by`; who acted then reads as an `ErasedPerson`.
"""

from datetime import date, datetime, timedelta
from typing import Any

import attrs

from phananh.errors import check_language
from phananh.plain_data import PERSONAL, fields_to_plain, list_names, to_plain
from phananh.plain_value import PlainValue
from phananh.regulation.values.cleaning import to_vietnam_time
from phananh.regulation.values.deadline import Deadline
from phananh.regulation.values.erased import Erased, Text
from phananh.regulation.values.request import (
    Accused,
    Channel,
    ErasedPerson,
    Holder,
    Kind,
    Person,
    Sender,
    State,
)


def _personal_field(**options: Any) -> Any:
    return attrs.field(repr=False, metadata=PERSONAL, **options)


@attrs.frozen(kw_only=True)
class Event(PlainValue):
    """One recorded fact: version `n` of the case, who, when, and where the case then lay.

    `article` is the id of the clause that was the ground of the step, such as `8.1.b`; None in
    a history of before this was stored.
    """

    case: str
    n: int
    at: datetime
    by: Person | ErasedPerson
    state: State
    holder: Holder | None
    rules: str
    article: str | None = None

    def as_text(self, lang: str = "en", *, personal: bool = False) -> str:
        """Return the event as a sentence: when, to the minute, who did what, by which clause.

        It names the people of the offices by role, id and unit, of the accused only their
        units, and a citizen by the role alone.

        Args:
            lang: `vi` or `en`.
            personal: adds a citizen's id, and every text that the event holds: content, sender,
                tracking code, answer, documents, guidance, reason. What was erased reads so.

        Raises:
            InputError: `lang` is another language.
        """
        from phananh.regulation.values.event_words import tell_event

        return tell_event(self, check_language(lang), personal=personal)

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return `event`, the name of the class, and the fields, on the clock in Vietnam.

        With a language `event_text` tells the event as `as_text` does.
        """
        plain = fields_to_plain(self, lang, personal=personal, without=("code_digest",))
        for name in list_names(type(self), personal=personal):
            if isinstance(item := getattr(self, name), datetime):
                plain[name] = to_plain(to_vietnam_time(item))
        told = {} if lang is None else {"event_text": self.as_text(lang, personal=personal)}
        return {"event": type(self).__name__, **told, **plain}


@attrs.frozen(kw_only=True)
class Received(Event):
    """Art. 7.1. `code` is the citizen's tracking code, and `code_digest` finds it again."""

    kind: Kind
    channel: Channel
    language: str
    about_unit: str | None
    accused: tuple[Accused, ...]
    content: Text = _personal_field()
    sender: Sender | Erased = _personal_field()
    code: Text = _personal_field()
    code_digest: str = attrs.field(repr=False)


@attrs.frozen(kw_only=True)
class Completed(Event):
    """Art. 10.2.a: what was added. None is unchanged."""

    kind: Kind | None = None
    accused: tuple[Accused, ...] | None = None
    about_unit: str | None = None
    content: Text | None = _personal_field(default=None)
    sender: Sender | Erased | None = _personal_field(default=None)
    language: str | None = None


@attrs.frozen(kw_only=True)
class Noted(Event):
    """Art. 10.2.a, 8.2.b, 10.1.b: a new fact or an interim word, which moves no deadline."""

    text: Text = _personal_field()


@attrs.frozen(kw_only=True)
class Rejected(Event):
    """Art. 7.2: not taken, with reasons and guidance."""

    reasons: tuple[str, ...]
    guidance: Text = _personal_field()


@attrs.frozen(kw_only=True)
class Answered(Event):
    """Art. 8.1.a, 8.1.b, 8.1.c1, 8.2.b."""

    text: Text = _personal_field()
    documents: tuple[str, ...] | Erased = _personal_field(default=())


@attrs.frozen(kw_only=True)
class Escalated(Event):
    """Art. 8.1.b, 8.2.a, 8.3: handed on, which opens the officer's limit (9.1)."""

    deadline: Deadline | None = None


@attrs.frozen(kw_only=True)
class Advised(Event):
    """Art. 8.3: the leadership's opinion, and whether within competence (R43).

    `within_competence` is None in histories from before it was asked.
    """

    text: Text = _personal_field()
    within_competence: bool | None = None


@attrs.frozen(kw_only=True)
class VerificationRequested(Event):
    """Art. 8.1.c1: an agency was asked, which opens its limit (9.2)."""

    agency: str
    focal: str | None
    appointment: datetime
    deadline: Deadline | None = None


@attrs.frozen(kw_only=True)
class FindingsReported(Event):
    """Art. 8.1.c1: back with the officer, without a limit unless the rules choose one (R8).

    `agency` is the unit that reported, case folded, and `left` the working time that was left of
    its limit (R41). Both are None in a history of before, `left` also beyond the calendar's days.
    """

    text: Text = _personal_field()
    deadline: Deadline | None = None
    agency: str | None = None
    left: timedelta | None = None


@attrs.frozen(kw_only=True)
class Rescheduled(Event):
    """Art. 9.3: the new time `to`, the `old` due time, and the `due` that now runs.

    `due` and `late_after` are None where the rules let a reschedule move nothing (R3). It is
    `provisional` where the day of `to` is not official yet.
    """

    to: datetime
    old: datetime
    due: datetime | None
    late_after: datetime | None
    reason: Text = _personal_field()
    provisional: bool = False


@attrs.frozen(kw_only=True)
class DeadlineMoved(Event):
    """R15: the calendar changed while the limit of version `clock` ran. `deadline` is the new one.

    `old` is the due time before, `old_calendar` and `old_version` what it was computed on;
    `days` changed, by `notices`; `cause` is day_off, worked_day or other_hours.
    """

    clock: int
    old: datetime
    old_calendar: str
    old_version: str
    deadline: Deadline
    cause: str
    days: tuple[date, ...]
    notices: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Lapsed(Event):
    """Art. 9.1, 9.2: the limit opened by version `clock` ran out on `late`, at `due`."""

    clock: int
    due: datetime
    late: Holder


@attrs.frozen(kw_only=True)
class Reassigned(Event):
    """Art. 8.1.c2: another person of the unit. The limit is new only if the rules say so (R10)."""

    deadline: Deadline | None = None


@attrs.frozen(kw_only=True)
class UnitNotified(Event):
    """Art. 8.1.c2: the accused's unit was notified."""

    unit: str
    text: Text | None = _personal_field(default=None)


@attrs.frozen(kw_only=True)
class Closed(Event):
    """Art. 8.1.a, 7.2 (reading R13)."""


@attrs.frozen(kw_only=True)
class Published(Event):
    """Art. 2.2, 10.2.b: the redacted text."""

    text: Text = _personal_field()


@attrs.frozen(kw_only=True)
class Commended(Event):
    """Art. 16.1.p2."""

    text: Text = _personal_field()


@attrs.frozen(kw_only=True)
class Rated(Event):
    """Art. 10.2.c: 1 to 5."""

    score: int


EVENTS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        Received, Completed, Noted, Rejected, Answered, Escalated, Advised, VerificationRequested,
        FindingsReported, Rescheduled, DeadlineMoved, Lapsed, Reassigned, UnitNotified, Closed,
        Published, Commended, Rated,
    )
}  # fmt: skip
