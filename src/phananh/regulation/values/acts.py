"""What people may ask for: one value a trigger (Art. 7-10, 16.1).

An act is what somebody asks; an event is what was recorded. `at` is left out unless the
moment is known better than the desk's clock knows it (imports, replays).
"""

from datetime import datetime
from typing import Any, ClassVar

import attrs
from attrs.converters import optional

from phananh.errors import InputError, InputTypeError
from phananh.plain_data import fields_to_plain, item_to_plain
from phananh.plain_value import PlainValue
from phananh.regulation.values import act_fields as parse
from phananh.regulation.values import converters as clean
from phananh.regulation.values.recount import Recount
from phananh.regulation.values.request import (
    Accused,
    Assignee,
    Channel,
    Kind,
    Person,
    Sender,
    check_type,
)


@attrs.frozen(kw_only=True)
class Act(PlainValue):
    """Something a person asks for.

    Args:
        by: who asks.
        at: when, if not now: an aware datetime, for imports and replays. It is trusted.
    """

    trigger: ClassVar[str]
    by: Person = attrs.field(validator=check_type(Person))
    at: datetime | None = attrs.field(default=None, converter=clean.at)

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return `act`, the trigger, and the fields."""
        fields = fields_to_plain(self, lang, personal=personal)
        return {**item_to_plain("act", self.trigger, lang), **fields}


@attrs.frozen(kw_only=True)
class Receive(Act):
    """A question, report or proposal comes in (Art. 7.1).

    Args:
        kind: a `Kind` or its slug: information, regulation, conduct, proposal, service,
            complaint or denunciation; the last two are recorded, to be rejected (Art. 7.2).
        channel: a `Channel` or its slug: phone, portal, email or message.
        content: what is asked, at most 20,000 characters; it may be blank, 6.b is unmet then.
        sender: name and contact; `Desk.unmet` says what is missing.
        accused: whose conduct is reported, where it is (Art. 8.1.c2).
        about_unit: the unit or rule-maker that it is about, where nobody is accused.
        language: a tag such as "vi" or "zh-Hant"; another than Vietnamese is unmet (Art. 6.a).

    Raises:
        InputError: an unknown slug, a text too long, or one that cannot be stored.
    """

    trigger = "receive"
    kind: Kind = attrs.field(converter=parse.kind)
    channel: Channel = attrs.field(converter=parse.channel)
    content: str = attrs.field(converter=clean.content, repr=False)
    sender: Sender = attrs.field(factory=Sender, validator=check_type(Sender), repr=False)
    accused: tuple[Accused, ...] = attrs.field(default=(), converter=parse.accused)
    about_unit: str | None = attrs.field(default=None, converter=clean.about_unit)
    language: str = attrs.field(default="vi", converter=clean.language)


@attrs.frozen(kw_only=True)
class Complete(Act):
    """What was unclear or missing is added (Art. 10.2.a), in every open state.

    `content` and `kind` change before the hand-over only. Kind, accused, unit and language are
    the operator's to put right; after the hand-over accused are only added (R39).
    """

    trigger = "complete"
    content: str | None = attrs.field(default=None, converter=optional(clean.content), repr=False)
    sender: Sender | None = attrs.field(
        default=None, validator=attrs.validators.optional(check_type(Sender)), repr=False
    )
    kind: Kind | None = attrs.field(default=None, converter=optional(parse.kind))
    accused: tuple[Accused, ...] | None = attrs.field(
        default=None, converter=optional(parse.accused)
    )
    about_unit: str | None = attrs.field(default=None, converter=clean.about_unit)
    language: str | None = attrs.field(default=None, converter=optional(clean.language))

    def __attrs_post_init__(self) -> None:
        """Refuse an act that adds nothing."""
        own = (field.name for field in attrs.fields(Complete) if field.name not in ("by", "at"))
        if all(getattr(self, name) in (None, Sender()) for name in own):
            raise InputError(field="complete", code="adds_nothing")


@attrs.frozen(kw_only=True)
class Note(Act):
    """A new fact or an interim word, which moves no deadline (Art. 10.2.a, 8.2.b, 10.1.b)."""

    trigger = "note"
    text: str = attrs.field(converter=clean.text, repr=False)


@attrs.frozen(kw_only=True)
class Reject(Act):
    """Not taken, with every reason and where to go instead (Art. 7.2)."""

    trigger = "reject"
    reasons: tuple[str, ...] = attrs.field(converter=parse.reasons)
    guidance: str = attrs.field(converter=clean.guidance, repr=False)


@attrs.frozen(kw_only=True)
class Answer(Act):
    """The citizen is answered (Art. 8.1.a, 8.1.b, 8.1.c1, 8.2.b)."""

    trigger = "answer"
    text: str = attrs.field(converter=clean.text, repr=False)
    documents: tuple[str, ...] = attrs.field(default=(), converter=parse.documents, repr=False)


_TARGETS = ("officer", "provider", "leadership")


@attrs.frozen(kw_only=True)
class Escalate(Act):
    """Passed on at once to officer, service or leadership (Art. 8.1.b, 8.2.a, 8.3).

    What lacks the contact that the rules require is completed first (Art. 3.5, 6.c; R42).
    """

    trigger = "escalate"
    to: Person = attrs.field(validator=check_type(Person))

    @to.validator
    def _check_target(self, _: "attrs.Attribute[Person]", value: Person) -> None:
        if value.role not in _TARGETS:
            role = value.role.value
            raise InputError(field="to.role", code="not_escalated_to", role=role, known=_TARGETS)


@attrs.frozen(kw_only=True)
class Advise(Act):
    """The centre's leadership gives its opinion, and the operator goes on (Art. 8.3).

    `within_competence`: whether the matter is the centre's to handle. Only a "no" lets the
    operator refuse the case as out of competence (R43).
    """

    trigger = "advise"
    text: str = attrs.field(converter=clean.text, repr=False)
    within_competence: bool = attrs.field(validator=parse.check_yes_or_no)


@attrs.frozen(kw_only=True)
class RequestVerification(Act):
    """The officer asks an agency and tells the citizen a time (Art. 8.1.c1)."""

    trigger = "request_verification"
    agency: str = attrs.field(converter=clean.agency)
    appointment: datetime = attrs.field(converter=clean.appointment)
    focal: str | None = attrs.field(default=None, converter=clean.focal)


@attrs.frozen(kw_only=True)
class ReportFindings(Act):
    """The agency reports what it found to the officer (Art. 8.1.c1)."""

    trigger = "report_findings"
    text: str = attrs.field(converter=clean.text, repr=False)


@attrs.frozen(kw_only=True)
class Reschedule(Act):
    """The agency puts the citizen off to a later time: once (Art. 9.3)."""

    trigger = "reschedule"
    to: datetime = attrs.field(converter=clean.to)
    reason: str = attrs.field(converter=clean.reason, repr=False)


@attrs.frozen(kw_only=True)
class Reassign(Act):
    """Another person of the same unit takes the case (Art. 8.1.c2)."""

    trigger = "reassign"
    to: Assignee = attrs.field(validator=check_type(Assignee))


@attrs.frozen(kw_only=True)
class NotifyUnit(Act):
    """The centre tells the accused's unit and asks for another person (Art. 8.1.c2).

    `unit` is that of an accused, or the one the case is about; `text` never names the sender (R40).
    """

    trigger = "notify_unit"
    unit: str = attrs.field(converter=clean.unit)
    text: str | None = attrs.field(default=None, converter=optional(clean.text), repr=False)


@attrs.frozen(kw_only=True)
class Close(Act):
    """The citizen knows, and the result is recorded (Art. 8.1.a, 7.2, reading R13)."""

    trigger = "close"


@attrs.frozen(kw_only=True)
class Publish(Act):
    """The result is made public, redacted by hand (Art. 2.2, 10.2.b)."""

    trigger = "publish"
    text: str = attrs.field(converter=clean.text, repr=False)


@attrs.frozen(kw_only=True)
class Commend(Act):
    """The head of the unit that handled it proposes to commend the sender (Art. 16.1.p2).

    Where no unit handled it, the leadership does.
    """

    trigger = "commend"
    text: str = attrs.field(converter=clean.text, repr=False)


@attrs.frozen(kw_only=True)
class Rate(Act):
    """The citizen says how satisfied they are, 1 to 5 (Art. 10.2.c)."""

    trigger = "rate"
    score: int = attrs.field(validator=parse.check_score)


SYSTEM = Person(id="clock", role="system")


@attrs.frozen(kw_only=True)
class Lapse(Act):
    """A limit has run out (Art. 9.1, 9.2). The sweep does this to each late case."""

    trigger = "lapse"
    by: Person = SYSTEM


@attrs.frozen(kw_only=True)
class MoveDeadline(Act):
    """The calendar changed while a limit runs (R15). A recalculation does this to a case.

    `earlier`: whether a worked day may make it due earlier. `unexplained`: whether
    it may move although today's calendar gives no reason for a day that changed.
    """

    trigger = "move_deadline"
    by: Person = SYSTEM
    recount: Recount = attrs.field(validator=check_type(Recount))
    earlier: bool = False
    unexplained: bool = False


# What no person asks for, and what is judged before the lapse.
SYSTEM_TRIGGERS = frozenset({Lapse.trigger, MoveDeadline.trigger})

ACTS: dict[str, type[Act]] = {
    act.trigger: act
    for act in (
        Receive, Complete, Note, Reject, Answer, Escalate, Advise, RequestVerification,
        ReportFindings, Reschedule, MoveDeadline, Lapse, Reassign, NotifyUnit, Close, Publish,
        Commend, Rate,
    )
}  # fmt: skip


def check_act(value: object) -> None:
    """Refuse what is no act, such as its name, and a subclass of one.

    A subclass could name another person each time that it is asked.
    """
    kind = type(value)
    if ACTS.get(str(getattr(kind, "trigger", ""))) is not kind:
        raise InputTypeError(field="act", code="not_an_act", value=kind.__name__)
