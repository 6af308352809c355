"""The events of a case: facts in the past tense, with the state they led to (Art. 7-10, 16.1).

Fields with `personal` in their metadata can name people. A store holds them separately, so that
they can be erased after their term. An erased field is then an `Erased`. The id of a citizen in
`by` can be erased too. Then `by` is an `ErasedPerson`.
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
    """One recorded fact: version `n` of the case, who acted, when, and who holds the case then.

    `article` is the id of the clause that was the ground of the step, such as `8.1.b`. It is None
    in a history from before this was stored.
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

        It names officials by role, id and unit, the accused only by their units, and a citizen
        only by the role.

        Args:
            lang: `vi` or `en`.
            personal: add a citizen's id, and every text that the event holds: content, sender,
                tracking code, answer, documents, guidance, reason. If one was erased, that is
                said instead.

        Raises:
            InputError: `lang` is another language.
        """
        from phananh.regulation.values.event_words import tell_event

        return tell_event(self, check_language(lang), personal=personal)

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return `event` (the class name) and the fields, with instants on the clock in Vietnam.

        With a language there is `event_text` too, the sentence of `as_text`.
        """
        plain = fields_to_plain(self, lang, personal=personal, without=("code_digest",))
        for name in list_names(type(self), personal=personal):
            if isinstance(item := getattr(self, name), datetime):
                plain[name] = to_plain(to_vietnam_time(item))
        told = {} if lang is None else {"event_text": self.as_text(lang, personal=personal)}
        return {"event": type(self).__name__, **told, **plain}


@attrs.frozen(kw_only=True)
class Received(Event):
    """A request came in (Art. 7.1).

    `code` is the citizen's tracking code, and a store finds the case by `code_digest`.
    """

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
    """What was unclear or missing was added (Art. 10.2.a). A field that is None did not change."""

    kind: Kind | None = None
    accused: tuple[Accused, ...] | None = None
    about_unit: str | None = None
    content: Text | None = _personal_field(default=None)
    sender: Sender | Erased | None = _personal_field(default=None)
    language: str | None = None


@attrs.frozen(kw_only=True)
class Noted(Event):
    """A new fact or an interim word, which moves no deadline (Art. 10.2.a, 8.2.b, 10.1.b)."""

    text: Text = _personal_field()


@attrs.frozen(kw_only=True)
class Rejected(Event):
    """The request was rejected, with reasons and guidance (Art. 7.2)."""

    reasons: tuple[str, ...]
    guidance: Text = _personal_field()


@attrs.frozen(kw_only=True)
class Answered(Event):
    """The citizen was answered (Art. 8.1.a, 8.1.b, 8.1.c1, 8.2.b)."""

    text: Text = _personal_field()
    documents: tuple[str, ...] | Erased = _personal_field(default=())


@attrs.frozen(kw_only=True)
class Escalated(Event):
    """The case was passed on (Art. 8.1.b, 8.2.a, 8.3). `deadline` is the officer's limit (9.1)."""

    deadline: Deadline | None = None


@attrs.frozen(kw_only=True)
class Advised(Event):
    """The leadership gave its opinion, and said whether the centre is competent (Art. 8.3, R43).

    `within_competence` is None in histories from before it was asked.
    """

    text: Text = _personal_field()
    within_competence: bool | None = None


@attrs.frozen(kw_only=True)
class VerificationRequested(Event):
    """An agency was asked (Art. 8.1.c1). `deadline` is its limit (9.2)."""

    agency: str
    focal: str | None
    appointment: datetime
    deadline: Deadline | None = None


@attrs.frozen(kw_only=True)
class FindingsReported(Event):
    """The agency reported, and the case is back with the officer (Art. 8.1.c1).

    `deadline` is None, unless the rules give the officer a limit (R8). `agency` is the unit that
    reported, case folded, and `left` the working time that was left of its limit (R41). Both are
    None in older histories, and `left` also beyond the calendar's days.
    """

    text: Text = _personal_field()
    deadline: Deadline | None = None
    agency: str | None = None
    left: timedelta | None = None


@attrs.frozen(kw_only=True)
class Rescheduled(Event):
    """The agency gave the citizen a later time, `to` (Art. 9.3).

    `old` is the due time before, and `due` the one that runs from then on. `due` and `late_after`
    are None if the rules let a reschedule move no limit (R3). It is `provisional` if the day of
    `to` is not official yet.
    """

    to: datetime
    old: datetime
    due: datetime | None
    late_after: datetime | None
    reason: Text = _personal_field()
    provisional: bool = False


@attrs.frozen(kw_only=True)
class DeadlineMoved(Event):
    """The calendar changed while a limit ran, and moved its deadline (R15).

    `clock` is the version that opened the limit, and `deadline` the new one. `old` is the due
    time before, and `old_calendar` and `old_version` are what it was computed on. `days` are the
    dates that changed, by `notices`. `cause` is day_off, worked_day, other_hours or unexplained.
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
    """The limit of `late`, opened by version `clock`, ran out at `due` (Art. 9.1, 9.2)."""

    clock: int
    due: datetime
    late: Holder


@attrs.frozen(kw_only=True)
class Reassigned(Event):
    """Another person of the unit took the case (Art. 8.1.c2).

    `deadline` is None, unless the rules start the limit anew (R10).
    """

    deadline: Deadline | None = None


@attrs.frozen(kw_only=True)
class UnitNotified(Event):
    """The accused's unit was notified (Art. 8.1.c2)."""

    unit: str
    text: Text | None = _personal_field(default=None)


@attrs.frozen(kw_only=True)
class Closed(Event):
    """The case was closed (Art. 8.1.a, 7.2, reading R13)."""


@attrs.frozen(kw_only=True)
class Published(Event):
    """The result was published, as a redacted text (Art. 2.2, 10.2.b)."""

    text: Text = _personal_field()


@attrs.frozen(kw_only=True)
class Commended(Event):
    """It was proposed to commend the sender (Art. 16.1.p2)."""

    text: Text = _personal_field()


@attrs.frozen(kw_only=True)
class Rated(Event):
    """The citizen rated the answer, from 1 to 5 (Art. 10.2.c)."""

    score: int


EVENTS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        Received, Completed, Noted, Rejected, Answered, Escalated, Advised, VerificationRequested,
        FindingsReported, Rescheduled, DeadlineMoved, Lapsed, Reassigned, UnitNotified, Closed,
        Published, Commended, Rated,
    )
}  # fmt: skip
