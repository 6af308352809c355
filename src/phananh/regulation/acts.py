"""The acts that you can ask a desk for: one class per trigger (Art. 7-10, 16.1).

An act is what a person asks for, and an event is what was recorded. Leave `at` out, unless you
know the moment better than the desk's clock does (imports, replays).
"""

import re
from collections.abc import Iterable
from datetime import datetime
from itertools import islice
from typing import Any, ClassVar

import attrs
from attrs.converters import optional

from phananh.errors import InputError, InputTypeError
from phananh.plain_data import fields_to_plain, item_to_plain
from phananh.plain_value import PlainValue
from phananh.regulation import cleaning as clean
from phananh.regulation.cleaning import SHORT_LINE, clean_text
from phananh.regulation.deadline import Recount
from phananh.regulation.request import (
    Accused,
    Assignee,
    Channel,
    ChannelSlug,
    Kind,
    KindSlug,
    Person,
    Reason,
    ReasonSlug,
    Sender,
    check_type,
    make_type_error,
    parse_slug,
)

LONGEST_LIST = 200


def _parse_kind(value: Kind | KindSlug) -> Kind:
    """Return the kind that a slug names."""
    return parse_slug(Kind, value, field="kind")


def _parse_channel(value: Channel | ChannelSlug) -> Channel:
    """Return the channel that a slug names."""
    return parse_slug(Channel, value, field="channel")


def _clean_list(value: object, *, field: str) -> tuple[Any, ...]:
    if isinstance(value, str | bytes) or not isinstance(value, Iterable):
        raise InputTypeError(field=field, code="not_a_list", value=type(value).__name__)
    items = tuple(islice(value, LONGEST_LIST + 1))
    if len(items) > LONGEST_LIST:
        raise InputError(field=field, code="list_too_long", most=LONGEST_LIST)
    return items


def _parse_accused(value: Iterable[Accused]) -> tuple[Accused, ...]:
    """Return the people accused as a tuple. A single one needs no list."""
    alone = isinstance(value, Accused | str)
    people = (value,) if alone else _clean_list(value, field="accused")
    for person in people:
        if type(person) is not Accused:
            raise make_type_error(person, Accused, field="accused")
    return people


def _parse_documents(value: Iterable[str]) -> tuple[str, ...]:
    """Return the names of documents, cleaned."""
    return tuple(
        clean_text(name, field="documents", limit=SHORT_LINE)
        for name in _clean_list(value, field="documents")
    )


def _parse_reasons(value: Iterable[Reason | ReasonSlug]) -> tuple[str, ...]:
    """Return the reasons why a request is rejected, each once."""
    given = (
        parse_slug(Reason, reason, field="reasons")
        for reason in _clean_list(value, field="reasons")
    )
    return tuple(dict.fromkeys(reason.value for reason in given))


_SCORES = range(1, 6)


def _check_score(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    """Refuse a value that is not a whole number from 1 to 5."""
    if type(value) is not int or value not in _SCORES:
        is_shown = isinstance(value, int | float) and -100 < value < 100
        shown = repr(value) if is_shown else type(value).__name__
        raise InputError(field=field.name, code="not_a_score", value=shown)


def _check_yes_or_no(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    """Refuse a value that is not True or False: `"no"` would count as true."""
    if type(value) is not bool:
        raise InputTypeError(field=field.name, code="not_a_boolean", value=type(value).__name__)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Act(PlainValue):
    """Something that a person asks for.

    Args:
        by: the person who asks.
        at: an aware datetime, for imports and replays. It is trusted, and defaults to now.

    Example:
        >>> act = Note(text="Mẫu", by=operator)
        >>> print(act)
        note by operator DTV-MAU
        >>> print(desk.history(desk.do(case, act))[-1])
        2025-04-25 15:00: operator DTV-MAU added a note (Art. 10(2)(a))
    """

    trigger: ClassVar[str]
    by: Person = attrs.field(validator=check_type(Person))
    at: datetime | None = attrs.field(default=None, converter=clean.at)

    def _to_line(self) -> str:
        return f"{self.trigger} by {self.by}"

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return `act`, the trigger, and the fields."""
        fields = fields_to_plain(self, lang, personal=personal)
        return {**item_to_plain("act", self.trigger, lang), **fields}


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Receive(Act):
    """A question, report or proposal comes in (Art. 7.1).

    Args:
        kind: a `Kind` or its slug: information, regulation, conduct, proposal, service,
            complaint or denunciation. The last two are recorded, to be rejected (Art. 7.2).
        channel: a `Channel` or its slug: phone, portal, email or message.
        content: what is asked, at most 20,000 characters. If it is blank, 6.b is unmet.
        sender: name and contact. `Desk.unmet` says what is missing.
        accused: the people whose conduct is reported, if any (Art. 8.1.c2).
        about_unit: the unit or rule-maker that it is about, if no person is accused.
        language: a tag such as "vi" or "zh-Hant". If it is not Vietnamese, 6.a is unmet.
        procedure: the code of the procedure that it is about, by the rules of an id (Art. 12.2).

    Raises:
        InputError: an unknown slug, a text too long, or one that cannot be stored.

    Example:
        >>> act = Receive(kind="information", channel="phone", content="Mẫu", by=operator)
        >>> print(desk.do(None, act))
        HB-2504-... received, operator
    """

    trigger = "receive"
    kind: Kind = attrs.field(converter=_parse_kind)
    channel: Channel = attrs.field(converter=_parse_channel)
    content: str = attrs.field(converter=clean.content, repr=False)
    sender: Sender = attrs.field(factory=Sender, validator=check_type(Sender), repr=False)
    accused: tuple[Accused, ...] = attrs.field(default=(), converter=_parse_accused)
    about_unit: str | None = clean.optional_field("about_unit", clean.clean_id)
    language: str = attrs.field(default="vi", converter=clean.language)
    procedure: str | None = clean.optional_field(
        "procedure", clean.clean_id, metadata={"later": "left_out"}
    )


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Complete(Act):
    """What was unclear or missing is added (Art. 10.2.a), in every open state.

    `content` and `kind` change before the hand-over only, but the operator may still find a
    complaint or denunciation (R56). Only the operator corrects kind, accused, unit, language and
    procedure.
    After the hand-over you can add accused, but not remove any. Once it was answered or closed,
    the operator and the leadership can add accused and unit, and nothing else (R39).

    Example:
        >>> desk.do(case, Complete(kind="proposal", by=operator)).kind.value
        'proposal'
    """

    trigger = "complete"
    content: str | None = attrs.field(default=None, converter=optional(clean.content), repr=False)
    sender: Sender | None = attrs.field(
        default=None, validator=attrs.validators.optional(check_type(Sender)), repr=False
    )
    kind: Kind | None = attrs.field(default=None, converter=optional(_parse_kind))
    accused: tuple[Accused, ...] | None = attrs.field(
        default=None, converter=optional(_parse_accused)
    )
    about_unit: str | None = clean.optional_field("about_unit", clean.clean_id)
    language: str | None = attrs.field(default=None, converter=optional(clean.language))
    procedure: str | None = clean.optional_field(
        "procedure", clean.clean_id, metadata={"later": "left_out"}
    )

    def __attrs_post_init__(self) -> None:
        """Refuse an act without any addition."""
        own = (field.name for field in attrs.fields(Complete) if field.name not in ("by", "at"))
        if all(getattr(self, name) in (None, Sender()) for name in own):
            raise InputError(field="complete", code="adds_nothing")


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class _TextAct(Act):
    """An act with a text. A class that adds no field to it is as it is, and attrs builds none."""

    text: str = attrs.field(converter=clean.text, repr=False)


class Note(_TextAct):
    """A new fact or an interim word. It moves no deadline (Art. 10.2.a, 8.2.b, 10.1.b).

    Example:
        >>> case = desk.do(case, Note(text="Mẫu", by=operator))
        >>> print(desk.history(case)[-1])
        2025-04-25 15:00: operator DTV-MAU added a note (Art. 10(2)(a))
    """

    trigger = "note"


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Reject(Act):
    """The request is rejected, with every reason and where to go instead (Art. 7.2).

    Example:
        >>> print(desk.do(case, Reject(reasons=["unclear"], guidance="Mẫu", by=operator)))
        HB-2504-... rejected
    """

    trigger = "reject"
    reasons: tuple[str, ...] = attrs.field(converter=_parse_reasons)
    guidance: str = attrs.field(converter=clean.guidance, repr=False)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Answer(_TextAct):
    """The citizen is answered (Art. 8.1.a, 8.1.b, 8.1.c1, 8.2.b).

    Example:
        >>> print(desk.do(case, Answer(text="Mẫu", by=operator)))
        HB-2504-... answered
    """

    trigger = "answer"
    documents: tuple[str, ...] = attrs.field(default=(), converter=_parse_documents, repr=False)


TARGETS = ("officer", "provider", "leadership")


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Escalate(Act):
    """The case is passed on at once to officer, service or leadership (Art. 8.1.b, 8.2.a, 8.3).

    If the contact that the rules require is missing, complete it first (Art. 3.5, 6.c, R42).

    Example:
        >>> print(desk.do(case, Escalate(to=officer, by=operator)))
        HB-2504-... escalated, officer CB-MAU (Một cửa Mẫu), due 2025-04-26 10:00
    """

    trigger = "escalate"
    to: Person = attrs.field(validator=check_type(Person))

    @to.validator
    def _check_target(self, _: "attrs.Attribute[Person]", value: Person) -> None:
        if value.role not in TARGETS:
            role = value.role.value
            raise InputError(field="to.role", code="not_escalated_to", role=role, known=TARGETS)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Advise(_TextAct):
    """The centre's leadership gives its opinion, and the operator goes on (Art. 8.3).

    `within_competence`: whether the centre is competent to handle the matter. Only a "no" lets
    the operator refuse the case as out of competence (R43).

    Example:
        >>> case = desk.escalate(case, to=leadership, by=operator)
        >>> print(desk.do(case, Advise(text="Mẫu", within_competence=True, by=leadership)))
        HB-2504-... received, operator
    """

    trigger = "advise"
    within_competence: bool = attrs.field(validator=_check_yes_or_no)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class RequestVerification(Act):
    """The officer asks an agency, and promises the citizen an answer by a time (Art. 8.1.c1).

    `appointment` is that time, and `focal` the person of the agency, if known.

    Example:
        >>> case, monday = a_case("escalated", desk=desk), friday + timedelta(days=3)
        >>> act = RequestVerification(agency=agency.unit, appointment=monday, by=officer)
        >>> print(desk.do(case, act))
        HB-2504-... pending_verification, agency (Sở Mẫu), due 2025-04-26 15:00
    """

    trigger = "request_verification"
    agency: str = attrs.field(converter=clean.agency)
    appointment: datetime = attrs.field(converter=clean.appointment)
    focal: str | None = clean.optional_field("focal", clean.clean_id)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class ReportFindings(_TextAct):
    """The agency reports what it found to the officer (Art. 8.1.c1).

    Example:
        >>> case = a_case("pending_verification", desk=desk)
        >>> print(desk.do(case, ReportFindings(text="Mẫu", by=agency)))
        HB-2504-... escalated, officer CB-MAU (Một cửa Mẫu)
    """

    trigger = "report_findings"
    documents: tuple[str, ...] = attrs.field(
        default=(), converter=_parse_documents, repr=False, metadata={"later": "left_out"}
    )


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Reschedule(Act):
    """The agency gives the citizen a later time, `to`. This is possible once (Art. 9.3).

    Example:
        >>> case = a_case("pending_verification", desk=desk)
        >>> later = friday + timedelta(days=28)
        >>> print(desk.do(case, Reschedule(to=later, reason="Mẫu", by=agency)))
        HB-2504-... pending_verification, agency DM-MAU (Sở Mẫu), due 2025-05-23 15:00
    """

    trigger = "reschedule"
    to: datetime = attrs.field(converter=clean.to)
    reason: str = attrs.field(converter=clean.reason, repr=False)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Reassign(Act):
    """Another person of the same unit takes the case (Art. 8.1.c2, 11.1.a).

    While an agency has it, the head of the officer's unit names who gets it back. If both are of
    one unit, that is so if the officer is accused, and the focal point is not.

    Example:
        >>> case = a_case("escalated", desk=desk)
        >>> print(desk.do(case, Reassign(to=Assignee(id="CB-2"), by=head)))
        HB-2504-... escalated, officer CB-2 (Một cửa Mẫu), due 2025-04-26 10:00
    """

    trigger = "reassign"
    to: Assignee = attrs.field(validator=check_type(Assignee))


class SendBack(_TextAct):
    """The holder sends the case back: it is not for them, and `text` says why (Art. 10.1.b, R53).

    An officer or a provider sends it to the operators, an agency to the officer who asked.

    Example:
        >>> case = a_case("escalated", desk=desk)
        >>> print(desk.do(case, SendBack(text="Mẫu", by=officer)))
        HB-2504-... received, operator
    """

    trigger = "send_back"


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Withdraw(Act):
    """The sender takes the request back, which closes the case (R54).

    Example:
        >>> print(desk.do(case, Withdraw(by=citizen)))
        HB-2504-... closed
    """

    trigger = "withdraw"
    text: str | None = clean.optional_field("text", clean.clean_text, repr=False)


class Reopen(_TextAct):
    """The leadership takes back a refusal that was wrong, with the reason (Art. 7.2, R55).

    Example:
        >>> case = desk.reject(case, reasons=["unclear"], guidance="Mẫu", by=operator)
        >>> print(desk.do(case, Reopen(text="Mẫu", by=leadership)))
        HB-2504-... received, operator
    """

    trigger = "reopen"


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class LiftLapse(_TextAct):
    """The leadership lifts the latest lapse, because its limit was wrong (Art. 9.1, 9.2, R50).

    `text` is the reason, such as a day off that was announced later, and `documents` name it.

    Example:
        >>> case = a_case("overdue", desk=desk)
        >>> print(desk.do(case, LiftLapse(text="Mẫu", by=leadership)))
        HB-2504-... escalated, officer CB-MAU (Một cửa Mẫu)
    """

    trigger = "lift_lapse"
    documents: tuple[str, ...] = attrs.field(default=(), converter=_parse_documents, repr=False)


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class NotifyUnit(Act):
    """The centre notifies the accused's unit and asks for another person (Art. 8.1.c2).

    `unit` is that of an accused, or the one the case is about. `text` must not name the sender
    (R40).

    Example:
        >>> case = a_case(desk=desk, accused=[Accused(id="CB-9", unit="MC-1")])
        >>> desk.do(case, NotifyUnit(unit="MC-1", by=leadership)).units_told
        ('MC-1',)
    """

    trigger = "notify_unit"
    unit: str = attrs.field(converter=clean.unit)
    text: str | None = clean.optional_field("text", clean.clean_text, repr=False)


class ReportOutcome(_TextAct):
    """A unit that was notified reports what it did about its staff (Art. 8.1.c2).

    Example:
        >>> case = a_case(desk=desk, accused=[Accused(id="CB-9", unit=agency.unit)])
        >>> case = desk.notify_unit(case, unit=agency.unit, by=leadership)
        >>> print(desk.history(desk.do(case, ReportOutcome(text="Mẫu", by=agency)))[-1])
        2025-04-25 15:00: agency focal point DM-MAU reported what Sở Mẫu did about its
        staff (Art. 8(1)(c, second))
    """

    trigger = "report_outcome"


class Close(Act):
    """The citizen knows the result, and it is recorded (Art. 8.1.a, 7.2, reading R13).

    Example:
        >>> print(desk.do(a_case("answered", desk=desk), Close(by=operator)))
        HB-2504-... closed
    """

    trigger = "close"


class Publish(_TextAct):
    """The result is made public (Art. 2.2, 10.2.b). `text` is what you redacted by hand.

    Example:
        >>> desk.do(a_case("answered", desk=desk), Publish(text="Mẫu", by=operator)).published
        1
    """

    trigger = "publish"


class Unpublish(_TextAct):
    """The result is public no more, and `text` says why (Art. 2.2).

    Example:
        >>> case = desk.publish(a_case("answered", desk=desk), text="Mẫu", by=operator)
        >>> desk.do(case, Unpublish(text="Mẫu", by=operator)).published
        0
    """

    trigger = "unpublish"


class Commend(_TextAct):
    """The head of the unit that handled it proposes to commend the sender (Art. 16.1.p2).

    If no unit handled it, the leadership does.

    Example:
        >>> desk.do(a_case("closed", desk=desk), Commend(text="Mẫu", by=leadership)).commended
        1
    """

    trigger = "commend"


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Rate(Act):
    """The citizen says how satisfied they are, 1 to 5 (Art. 10.2.c).

    Example:
        >>> case = desk.answer(case, text="Mẫu", by=operator)
        >>> desk.do(case, Rate(score=5, by=citizen)).rating
        5
    """

    trigger = "rate"
    score: int = attrs.field(validator=_check_score, metadata={"choices": _SCORES})


SYSTEM = Person(id="clock", role="system")


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Lapse(Act):
    """A limit has run out (Art. 9.1, 9.2). The sweep records this for each late case."""

    trigger = "lapse"
    by: Person = SYSTEM


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class MoveDeadline(Act):
    """The calendar changed while a limit runs (R15). A recalculation records this.

    `earlier`: whether a worked day may make it due earlier. `unexplained`: whether
    it may move although today's calendar gives no reason for a day that changed.
    """

    trigger = "move_deadline"
    by: Person = SYSTEM
    recount: Recount = attrs.field(validator=check_type(Recount))
    earlier: bool = False
    unexplained: bool = False


# Only the system does these, and they are decided before the lapse.
SYSTEM_TRIGGERS = frozenset({Lapse.trigger, MoveDeadline.trigger})

ACTS: dict[str, type[Act]] = {
    act.trigger: act
    for act in (
        Receive, Complete, Note, Reject, Answer, Escalate, Advise, RequestVerification,
        ReportFindings, SendBack, Reschedule, MoveDeadline, Lapse, LiftLapse, Reassign, NotifyUnit,
        ReportOutcome, Withdraw, Close, Reopen, Publish, Unpublish, Commend, Rate,
    )
}  # fmt: skip
_ACT_CLASSES = frozenset(ACTS.values())
# And what looks like one.
_COLON = re.compile("[:\u02d0\u02f8\u0589\u05c3\u0703\u0704\u16ec\u205a\u2236\u2982\ua4fd\ua789]")


def check_act(value: object) -> None:
    """Refuse a value that is not an act, such as its name, and a subclass of an act.

    A subclass could name another person each time that its field is read.
    """
    kind = type(value)
    if kind not in _ACT_CLASSES:
        raise InputTypeError(field="act", code="not_an_act", value=kind.__name__)


def check_typed(act: Act) -> None:
    """Refuse documents with what an application says of a signature, as a person typed them.

    They are read as they look: without invisible marks, and with any colon.
    """
    from phananh.regulation.personal_data import reveal  # slow to load

    seen = (
        _COLON.sub(" colon ", reveal(each.replace("\ufe30", ":")))
        for each in getattr(act, "documents", ())
    )
    if any("signature colon" in clean.fold_marks(each) for each in seen):
        raise InputError(field="documents", code="typed_signature")
