"""The events of a case: facts in the past tense, with the state they led to (Art. 7-10, 16.1).

Fields with `personal` in their metadata can name people. A store holds them separately, so that
they can be erased after their term. An erased field is then an `Erased`. The id of a citizen in
`by` can be erased too. Then `by` is an `ErasedPerson`.

Below the classes an event is put into words: when, who, what they did, and by which clause. Each
event is one sentence. `Event.as_text` says which texts it may hold. Instants are shown to the
minute on the clock in Vietnam (R46). A refusal out of competence rests on the leadership's opinion
(8.3, R43), and any other on 7.2. Article 9 calls only an agency late (9.2), so another holder is
late by R2.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any

import attrs

from phananh.articles import Article
from phananh.articles.article import is_of_another
from phananh.errors import check_language, escape_controls
from phananh.messages.labels import word
from phananh.messages.message import instant_text, say
from phananh.messages.texts import EVENT_TAILS, EVENT_TEXTS
from phananh.plain_data import PERSONAL, fields_to_plain, list_names, to_plain
from phananh.plain_value import PlainValue
from phananh.regulation.cleaning import to_vietnam_time
from phananh.regulation.deadline import Deadline
from phananh.regulation.request import (
    REASON_CLAUSES,
    Accused,
    Channel,
    Erased,
    ErasedPerson,
    Holder,
    Kind,
    Person,
    Reason,
    Role,
    Sender,
    State,
    Text,
)
from phananh.worktime.phrases import cite as cite_document


def _personal_field(**options: Any) -> Any:
    return attrs.field(repr=False, metadata=PERSONAL, **options)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Event(PlainValue):
    """One recorded fact: version `n` of the case, who acted, when, and who holds the case then.

    `at` is when it happened, as its author states, and `recorded_at` when it was entered (R49).
    Its classes have no slots, which makes a history quicker to read.

    `article` is the id of the clause that was the ground of the step, such as `8.1.b`. These two
    are None in a history from before they were stored.

    Example:
        >>> event = desk.history(case)[-1]
        >>> event.n, event.by.role.value, event.article
        (1, 'operator', '7.1')
        >>> print(event.as_text("vi"))
        15 giờ 00 phút ngày 25/4/2025: điện thoại viên DTV-MAU tiếp nhận qua điện thoại: ...
    """

    case: str
    n: int
    at: datetime
    by: Person | ErasedPerson
    state: State
    holder: Holder | None
    rules: str
    article: str | None = None
    recorded_at: datetime | None = None

    def as_text(
        self, lang: str = "en", *, personal: bool = False, beside: Iterable[datetime] = ()
    ) -> str:
        """Return the event as a sentence: when, to the minute, who did what, by which clause.

        It names officials by role, id and unit, the accused only by their units, and a citizen
        only by the role.

        Args:
            lang: `vi` or `en`.
            personal: add a citizen's id, and every text that the event holds: content, sender,
                tracking code, answer, documents, guidance, reason. If one was erased, that is
                said instead.
            beside: instants that may read like one of the event, such as
                `case.deciding_instants`. Seconds are shown where one falls into the same minute.

        Raises:
            InputError: `lang` is another language.
        """
        return tell_event(self, check_language(lang), personal=personal, beside=beside)

    def _to_line(self) -> str:
        return self.as_text()

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


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Received(Event):
    """A request came in (Art. 7.1).

    `code` is the citizen's tracking code, and a store finds the case by `code_digest`.

    Example:
        >>> print(desk.history(case)[0])
        2025-04-25 15:00: operator DTV-MAU received a case by phone: request for
        information (Art. 7(1))
        >>> desk.history(case)[0].content
        'Nội dung mẫu'
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
    procedure: str | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Completed(Event):
    """What was unclear or missing was added (Art. 10.2.a). A field that is None did not change.

    Example:
        >>> print(desk.history(desk.complete(case, kind="proposal", by=operator))[-1])
        2025-04-25 15:00: operator DTV-MAU completed kind: proposal (Art. 10(2)(a))
    """

    kind: Kind | None = None
    accused: tuple[Accused, ...] | None = None
    about_unit: str | None = None
    content: Text | None = _personal_field(default=None)
    sender: Sender | Erased | None = _personal_field(default=None)
    language: str | None = None
    procedure: str | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class _TextEvent(Event):
    """An event with a text. A class that adds no field to it is as it is, and attrs builds none."""

    text: Text = _personal_field()


class Noted(_TextEvent):
    """A new fact or an interim word, which moves no deadline (Art. 10.2.a, 8.2.b, 10.1.b).

    Example:
        >>> print(desk.history(desk.note(case, text="Mẫu", by=operator))[-1])
        2025-04-25 15:00: operator DTV-MAU added a note (Art. 10(2)(a))
    """


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Rejected(Event):
    """The request was rejected, with reasons and guidance (Art. 7.2).

    Example:
        >>> case = desk.reject(case, reasons=["unclear"], guidance="Mẫu", by=operator)
        >>> print(desk.history(case)[-1])
        2025-04-25 15:00: operator DTV-MAU did not accept the case: the content is not
        clear (Art. 7(2); Art. 6(b))
        >>> desk.history(case)[-1].reasons
        ('unclear',)
    """

    reasons: tuple[str, ...]
    guidance: Text = _personal_field()


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Answered(_TextEvent):
    """The citizen was answered (Art. 8.1.a, 8.1.b, 8.1.c1, 8.2.b).

    Example:
        >>> print(desk.history(desk.answer(case, text="Mẫu", by=operator))[-1])
        2025-04-25 15:00: operator DTV-MAU answered the sender (Art. 8(1)(a))
    """

    documents: tuple[str, ...] | Erased = _personal_field(default=())


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Escalated(Event):
    """The case was passed on (Art. 8.1.b, 8.2.a, 8.3). `deadline` is the officer's limit (9.1).

    Example:
        >>> print(desk.history(desk.escalate(case, to=officer, by=operator))[-1])
        2025-04-25 15:00: operator DTV-MAU passed the case to one-stop officer CB-MAU
        (Một cửa Mẫu), due 2025-04-26 10:00 (Art. 8(1)(b))
    """

    deadline: Deadline | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Advised(_TextEvent):
    """The leadership gave its opinion, and said whether the centre is competent (Art. 8.3, R43).

    `within_competence` is None in histories from before it was asked.

    Example:
        >>> case = desk.escalate(case, to=leadership, by=operator)
        >>> case = desk.advise(case, text="Mẫu", within_competence=True, by=leadership)
        >>> print(desk.history(case)[-1])
        2025-04-25 15:00: centre leadership LD-MAU gave an opinion: within competence
        (Art. 8(3))
    """

    within_competence: bool | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class VerificationRequested(Event):
    """An agency was asked (Art. 8.1.c1). `deadline` is its limit (9.2).

    Example:
        >>> print(desk.history(a_case("pending_verification", desk=desk))[-1])
        2025-04-25 15:00: one-stop officer CB-MAU asked agency focal point DM-MAU (Sở
        Mẫu) to verify, with an appointment on 2025-05-09 15:00, due 2025-04-26 15:00
        (...
    """

    agency: str
    focal: str | None
    appointment: datetime
    deadline: Deadline | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class FindingsReported(_TextEvent):
    """The agency reported, and the case is back with the officer (Art. 8.1.c1).

    `deadline` is None, unless the rules give the officer a limit (R8). `agency` is the unit that
    reported, case folded, and `left` the working time that was left of its limit (R41). Both are
    None in older histories, and `left` also beyond the calendar's days.

    Example:
        >>> case = a_case("pending_verification", desk=desk)
        >>> print(desk.history(desk.report_findings(case, text="Mẫu", by=agency))[-1])
        2025-04-25 15:00: agency focal point DM-MAU reported the findings (Art. 8(1)(c,
        first))
    """

    deadline: Deadline | None = None
    agency: str | None = None
    left: timedelta | None = None
    documents: tuple[str, ...] | Erased = _personal_field(default=())


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class SentBack(_TextEvent):
    """The holder `by_whom` sent the case back, as it was not for them (Art. 10.1.b, R53).

    `left` is the working time that was left of their limit, which they get if they get the case
    again. It is None if no limit ran, or beyond the calendar's days.

    Example:
        >>> case = desk.send_back(a_case("escalated", desk=desk), text="Mẫu", by=officer)
        >>> print(desk.history(case)[-1])
        2025-04-25 15:00: one-stop officer CB-MAU sent the case back to operator (Art.
        10(1)(b), reading R53)
    """

    by_whom: Holder
    left: timedelta | None = None
    deadline: Deadline | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Rescheduled(Event):
    """The agency gave the citizen a later time, `to` (Art. 9.3).

    `old` is the due time before, and `due` the one that runs from then on. `due` and `late_after`
    are None if the rules let a reschedule move no limit (R3). It is `provisional` if the day of
    `to` is not official yet.

    Example:
        >>> case = a_case("pending_verification", rescheduled=True, desk=desk)
        >>> print(desk.history(case)[-1])
        2025-04-25 15:00: agency focal point DM-MAU rescheduled the answer to 2025-04-27
        15:00, and the limit from 2025-04-26 15:00 to 2025-04-27 15:00 (Art. 9(3))
    """

    to: datetime
    old: datetime
    due: datetime | None
    late_after: datetime | None
    reason: Text = _personal_field()
    provisional: bool = False


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class DeadlineMoved(Event):
    """The calendar changed while a limit ran, and moved its deadline (R15).

    `clock` is the version that opened the limit, and `deadline` the new one. `old` is the due
    time before, and `old_calendar` and `old_version` are what it was computed on. `days` are the
    dates that changed, by `notices`. `cause` is day_off, worked_day, other_hours or unexplained.

    Example:
        >>> from phananh.worktime import NoticeDay
        >>> case = a_case("escalated", desk=desk)
        >>> closed = vietnam_calendar("A", overrides=[NoticeDay(date(2025, 4, 26), "off")])
        >>> desk = desk.with_calendars(closed)
        >>> desk.recalculate(dry_run=False).moved
        1
        >>> print(desk.history(case)[-1])
        2025-04-25 15:00: moved the deadline from 2025-04-26 10:00 to 2025-04-28 10:00,
        because of a day off (2025-04-26) (Art. 9(1))
    """

    clock: int
    old: datetime
    old_calendar: str
    old_version: str
    deadline: Deadline
    cause: str
    days: tuple[date, ...]
    notices: tuple[str, ...]


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Lapsed(Event):
    """The limit of `late`, opened by version `clock`, ran out at `due` (Art. 9.1, 9.2).

    Example:
        >>> print(desk.history(a_case("overdue", desk=desk))[-1])
        2025-04-26 10:00: the limit ran out, 2025-04-26 10:00: one-stop officer CB-MAU
        (Một cửa Mẫu) is late (Art. 9(1), reading R2)
    """

    clock: int
    due: datetime
    late: Holder


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class LapseLifted(Event):
    """The lapse of `late` at `due`, of the limit opened by version `clock`, was wrong (R50).

    `deadline` is the limit on the calendar of that day, if it still runs, else None.

    Example:
        >>> case = desk.lift_lapse(a_case("overdue", desk=desk), text="Mẫu", by=leadership)
        >>> print(desk.history(case)[-1])
        2025-04-26 10:01: centre leadership LD-MAU lifted the lapse of one-stop officer
        CB-MAU (Một cửa Mẫu) at 2025-04-26 10:00 (Art. 9(1), reading R50)
    """

    clock: int
    due: datetime
    late: Holder
    text: Text = _personal_field()
    documents: tuple[str, ...] = ()
    deadline: Deadline | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Reassigned(Event):
    """Another person of the unit took the case (Art. 8.1.c2, 11.1.a).

    `deadline` is None, unless the rules start the limit anew (R10). `officer` is who gets the
    case back from an agency, if that was changed, else None.

    Example:
        >>> case = a_case("escalated", desk=desk)
        >>> print(desk.history(desk.reassign(case, to=Assignee(id="CB-2"), by=head))[-1])
        2025-04-25 15:00: head of the unit TT-MAU named one-stop officer CB-2 (Một cửa
        Mẫu) to handle the case (Art. 11(1)(a))
    """

    deadline: Deadline | None = None
    officer: Holder | None = None


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class UnitNotified(Event):
    """The accused's unit was notified (Art. 8.1.c2).

    Example:
        >>> case = a_case(desk=desk, accused=[Accused(unit="MC-1")])
        >>> print(desk.history(desk.notify_unit(case, unit="MC-1", by=leadership))[-1])
        2025-04-25 15:00: centre leadership LD-MAU notified MC-1, and asked for another
        person (Art. 8(1)(c, second))
    """

    unit: str
    text: Text | None = _personal_field(default=None)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class OutcomeReported(_TextEvent):
    """A unit that was notified reported what it did about its staff (Art. 8.1.c2).

    Example:
        >>> case = a_case(desk=desk, accused=[Accused(unit=agency.unit)])
        >>> case = desk.notify_unit(case, unit=agency.unit, by=leadership)
        >>> print(desk.history(desk.report_outcome(case, text="Mẫu", by=agency))[-1])
        2025-04-25 15:00: agency focal point DM-MAU reported what Sở Mẫu did about its
        staff (Art. 8(1)(c, second))
    """

    unit: str


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Withdrawn(Event):
    """The sender took the request back, and the case is closed (R54).

    Example:
        >>> print(desk.history(desk.withdraw(case, by=citizen))[-1])
        2025-04-25 15:00: citizen withdrew the case (Art. 3(1), reading R54)
    """

    text: Text | None = _personal_field(default=None)


class Reopened(_TextEvent):
    """The leadership took back the refusal, and the operators have the case again (R55).

    Example:
        >>> case = desk.reject(case, reasons=["unclear"], guidance="Mẫu", by=operator)
        >>> print(desk.history(desk.reopen(case, text="Mẫu", by=leadership))[-1])
        2025-04-25 15:00: centre leadership LD-MAU reopened the case (Art. 7(2), reading
        R55)
    """


class Closed(Event):
    """The case was closed (Art. 8.1.a, 7.2, reading R13).

    Example:
        >>> print(desk.history(a_case("closed", desk=desk))[-1])
        2025-04-25 15:00: operator DTV-MAU closed the case (Art. 8(1)(a))
    """


class Published(_TextEvent):
    """The result was published, as a redacted text (Art. 2.2, 10.2.b).

    Example:
        >>> case = desk.publish(a_case("closed", desk=desk), text="Mẫu", by=operator)
        >>> print(desk.history(case)[-1])
        2025-04-25 15:00: operator DTV-MAU published the result (Art. 10(2)(b))
    """


class PublicationWithdrawn(_TextEvent):
    """The result is public no more, and `text` says why (Art. 2.2).

    Example:
        >>> case = desk.publish(a_case("closed", desk=desk), text="Mẫu", by=operator)
        >>> print(desk.history(desk.unpublish(case, text="Mẫu", by=operator))[-1])
        2025-04-25 15:00: operator DTV-MAU withdrew the published result (Art. 2(2))
    """


class Commended(_TextEvent):
    """It was proposed to commend the sender (Art. 16.1.p2).

    Example:
        >>> case = desk.commend(a_case("closed", desk=desk), text="Mẫu", by=leadership)
        >>> print(desk.history(case)[-1])
        2025-04-25 15:00: centre leadership LD-MAU proposed a commendation (Art. 16(1),
        para. 2)
    """


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Rated(Event):
    """The citizen rated the answer, from 1 to 5 (Art. 10.2.c).

    Example:
        >>> case = desk.rate(desk.answer(case, text="Mẫu", by=operator), score=5, by=citizen)
        >>> print(desk.history(case)[-1])
        2025-04-25 15:00: citizen rated the handling 5 of 5 (Art. 10(2)(c))
    """

    score: int


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class PersonalDataErased(Event):
    """The personal data was erased, on a `ground` that names nobody (R57).

    If you keep a copy of personal data, erase it when you read this event.

    Example:
        >>> case = a_case("closed", desk=desk)
        >>> desk.erase(case.id, ground="Mẫu", by=leadership)
        >>> print(desk.history(case)[-1])
        2025-04-25 15:00: centre leadership LD-MAU erased the personal data, on the
        ground: Mẫu
    """

    ground: str


EVENTS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        Received, Completed, Noted, Rejected, Answered, Escalated, Advised, VerificationRequested,
        FindingsReported, SentBack, Rescheduled, DeadlineMoved, Lapsed, LapseLifted, Reassigned,
        UnitNotified, OutcomeReported, Withdrawn, Closed, Reopened, Published, PublicationWithdrawn,
        Commended, Rated, PersonalDataErased,
    )
}  # fmt: skip


def clause_text(event: Any, lang: str) -> str:
    """Return the clauses of an event in words, or an empty text if none was stored with it."""
    return "; ".join(_list_clauses(event, lang))


def late_clause_text(late: Holder, article: str, lang: str) -> str:
    """Return the clause of the limit that a holder missed."""
    is_named = late.role is Role.AGENCY or is_of_another(article)
    return cite(article, None if is_named else "R2", lang)


def cite(article: str, reading: str | None, lang: str) -> str:
    """Return a clause in words, and the reading beside it."""
    clause = Article(article).text(lang)
    if reading is None:
        return clause
    return say(EVENT_TAILS["reading"], lang, clause=clause, reading=reading)


# The readings that a step rests on, beside the nearest clause.
READINGS_OF_STEPS = {"SentBack": "R53", "Withdrawn": "R54", "Reopened": "R55", "LapseLifted": "R50"}


def _list_clauses(event: Any, lang: str) -> Iterator[str]:
    article, name = event.article, type(event).__name__
    if article is None:
        return
    if name == "Lapsed":
        yield late_clause_text(event.late, article, lang)
        return
    grounds = event.reasons if name == "Rejected" and article == "7.2" else ()
    if grounds != (Reason.OUT_OF_COMPETENCE,):
        reading = "R26" if (article, name) == ("8.2.b", "Answered") else READINGS_OF_STEPS.get(name)
        yield cite(article, None if is_of_another(article) else reading, lang)
    for clause in dict.fromkeys(REASON_CLAUSES[Reason(each)] for each in grounds):
        yield cite(clause, "R43" if clause == "8.3" else None, lang)


# Fields of a completion: which were added is named, and their values are personal texts.
_COMPLETED = ("content", "sender", "accused", "about_unit", "language", "kind", "procedure")


def tell_event(event: Any, lang: str, *, personal: bool, beside: Iterable[datetime] = ()) -> str:
    """Return the whole sentence of an event, of whatever class it is."""
    beside, who = list_instants(event, beside), tell_actor(event, lang, personal=personal)
    what = tell_deed(event, lang, personal=personal, beside=beside)
    when = _moment_text(event.at, lang, beside)
    return say(EVENT_TAILS["sentence" if who else "alone"], lang, when=when, who=who, what=what)


def tell_actor(event: Any, lang: str, *, personal: bool) -> str:
    """Return who acted: role and id, a citizen by the role only. The system is an empty text."""
    role, name = event.by.role, getattr(event.by, "id", None)
    if role is Role.SYSTEM:
        return ""
    is_shown = isinstance(name, str) and (personal or role is not Role.CITIZEN)
    who = word("role", role.value, lang)
    return f"{who} {name}" if is_shown else who


def list_instants(event: Any, beside: Iterable[datetime], *more: object) -> tuple[datetime, ...]:
    """Return when an event happened, when what it names ends, and what reads like one of them.

    That is what of `beside` falls into the same minutes. `more` are instants told with the event.
    """
    names = (field.name for field in attrs.fields(type(event)) if field.name != "recorded_at")
    values = (*(getattr(event, name) for name in names), *more)
    ends = (each.due if isinstance(each, Deadline) else each for each in values)
    own = tuple(each for each in ends if isinstance(each, datetime))
    near = _group_by_minute(tuple(beside))
    return (*own, *(each for at in own for each in near.get(_cut_to_minute(at), ())))


@lru_cache(maxsize=1)
def _group_by_minute(instants: tuple[datetime, ...]) -> dict[str, set[datetime]]:
    """Return the instants of each minute. A long history asks for the same ones at each event."""
    return {minute: {*same} for minute, same in groupby(sorted(instants), _cut_to_minute)}


def _cut_to_minute(instant: datetime) -> str:
    return to_vietnam_time(instant).isoformat(" ", "minutes")


def tell_deed(
    event: Any, lang: str, *, personal: bool, before: object = None,
    beside: Iterable[datetime] = (),
) -> str:  # fmt: skip
    """Return what was done, by which clause, and, if asked for, with the personal texts.

    `before` is what the event does not have: the time that a citizen had before a reschedule, or
    the kind before another.
    """
    facts, name = _find_facts(event, lang, beside), _name_sentence(event)
    if name == "Rescheduled" and isinstance(before, datetime):
        name, facts["told"] = "RescheduledFrom", _moment_text(before, lang, beside)
    parts = [say(EVENT_TEXTS[name], lang, **facts)]
    if name == "Completed" and "kind" in facts:
        old = word("kind", before.value, lang) if isinstance(before, Kind) else None
        code = "kind_set" if old is None else "kind_changed"
        parts.append(_tail(code, lang, old=old, kind=facts["kind"]))
    parts += _list_tails(event, lang, beside)
    if clause := clause_text(event, lang):
        parts.append(_tail("clause", lang, clause=clause))
    return "".join((*parts, *(list_personal(event, lang) if personal else ())))


def _name_sentence(event: Any) -> str:
    """Return the name of an event's sentence, which in some cases depends on who acted."""
    name = type(event).__name__
    match name, event.by.role:
        case "Received", Role.CITIZEN:
            return "Sent"
        case "Answered", Role.PROVIDER:
            return "AnsweredByProvider"
        case "Reassigned", _ if event.officer:
            return "OfficerNamed"
        case "Reassigned", Role.LEADERSHIP if event.holder.unit:
            return "ReassignedByCentre"
    return name


def _moment_text(moment: datetime, lang: str, beside: Iterable[datetime] = ()) -> str:
    """Return an instant on the clock in Vietnam, as a sentence has it."""
    return instant_text(to_vietnam_time(moment), lang, beside)


def due_text(
    deadline: Deadline, due: datetime, lang: str, beside: Iterable[datetime] = (), *,
    in_cell: bool = False,
) -> str:  # fmt: skip
    """Return when a limit ends. One in days ends at 24:00 of its last, not 00:00 of the next."""
    local = to_vietnam_time(due)
    in_days = not isinstance(deadline.budget, timedelta) and due == deadline.due
    if not in_days or local.time() != time():
        return instant_text(local, lang, beside, in_cell=in_cell)
    text = instant_text(local - timedelta(days=1), lang, in_cell=in_cell)
    return text.replace("00 giờ", "24 giờ").replace("00:00", "24:00")


def _tail(code: str, lang: str, **facts: object) -> str:
    return say(EVENT_TAILS[code], lang, **facts)


def _find_facts(event: Any, lang: str, beside: Iterable[datetime]) -> dict[str, object]:
    """Return the facts of an event's sentence, with a slug as words and an instant as text."""
    completed = (name for name in _COMPLETED if getattr(event, name, None) is not None)
    found: dict[str, object] = {"field": "|".join(completed)}
    for field in attrs.fields(type(event)):
        value = getattr(event, field.name)
        if isinstance(value, datetime):
            found[field.name] = _moment_text(value, lang, beside)
        elif field.name in ("kind", "channel", "cause") and value is not None:
            found[field.name] = word(field.name, str(value), lang)
        elif field.name == "late":
            found["late"] = late_holder_text(value, lang)
        elif isinstance(value, Holder):
            found["whom" if field.name == "holder" else field.name] = _holder_text(value, lang)
        elif field.name in ("unit", "score"):
            found[field.name] = value
        elif field.name == "ground":
            found[field.name] = escape_controls(value)
    if type(event).__name__ == "Rejected":
        found["reason"] = "|".join(event.reasons)
    if type(event).__name__ == "DeadlineMoved":
        found["due"] = due_text(event.deadline, event.deadline.due, lang, beside)
    return found


def _holder_text(holder: Holder, lang: str) -> str:
    """Return who holds a case: the role, the person if one is named, and the unit."""
    unit = f"({holder.unit})" if holder.unit else ""
    return " ".join(filter(None, (word("role", holder.role.value, lang), holder.id, unit)))


def late_holder_text(late: Holder, lang: str) -> str:
    """Return who is late. An agency (9.2), or the unit of an accused (R51), is a unit only."""
    if late.role is not Role.AGENCY and (late.id or not late.unit):
        return _holder_text(late, lang)
    return _tail("agency" if late.role is Role.AGENCY else "late_unit", lang, unit=late.unit)


def _list_tails(event: Any, lang: str, beside: Iterable[datetime]) -> Iterator[str]:
    name, deadline = type(event).__name__, getattr(event, "deadline", None)
    if name == "Advised" and event.within_competence is not None:
        yield _tail("within" if event.within_competence else "without", lang)
    if name == "Received":
        yield from _list_subjects(event, lang)
    if name == "Rescheduled":
        code, due = ("limit_stays", event.old) if event.due is None else ("limit_moved", event.due)
        old, due = (_moment_text(each, lang, beside) for each in (event.old, due))
        yield _tail(code, lang, old=old, due=due)
    if name == "DeadlineMoved":
        yield from _list_causes(event, lang)
    elif deadline is not None:
        continues = "continues" if deadline.budget else "continues_over"
        code = "due" if deadline.continues is None else continues
        yield _tail(code, lang, due=due_text(deadline, deadline.due, lang, beside))
    if name == "LapseLifted" and event.documents:
        yield _tail("notices", lang, notices=event.documents)
    if event.recorded_at and name != "Lapsed":
        happened, recorded = (_moment_text(t, lang) for t in (event.at, event.recorded_at))
        if happened != recorded:
            yield _tail("recorded", lang, recorded=recorded)


def _list_causes(event: Any, lang: str) -> Iterator[str]:
    """Yield the days that count differently, and the documents behind them."""
    if event.days:
        yield _tail("days", lang, days=event.days)
    if event.notices:
        cited = tuple(cite_document(document, None, lang) for document in event.notices)
        yield _tail("notices", lang, notices=cited)


def _list_subjects(event: Any, lang: str) -> Iterator[str]:
    """Yield the subject of a case: the units of the accused, without their ids."""
    if units := tuple(dict.fromkeys(accused.unit for accused in event.accused)):
        yield _tail("accused", lang, units=units)
    elif event.about_unit:
        yield _tail("about", lang, unit=event.about_unit)
    if event.procedure:
        yield _tail("procedure", lang, procedure=event.procedure)


def list_personal(event: Any, lang: str, *, without: tuple[str, ...] = ()) -> Iterator[str]:
    """Yield the personal texts of an event, each with its name, as they follow its sentence."""
    for field in attrs.fields(type(event)):
        value, is_left_out = getattr(event, field.name), field.name in without
        if field.metadata.get("personal") and value not in (None, ()) and not is_left_out:
            name = word("field", field.name, lang)
            yield _tail("personal", lang, name=name, value=personal_text(value, lang))


def personal_text(value: Any, lang: str) -> str:
    """Return a personal value in words: a text, a sender, documents, or that it was erased."""
    if isinstance(value, Erased):
        return value.text(lang)
    if isinstance(value, Sender):
        return "; ".join(filter(None, (getattr(value, f.name) for f in attrs.fields(Sender))))
    return "; ".join(value) if isinstance(value, tuple) else str(value)
