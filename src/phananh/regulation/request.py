"""Art. 4-6: who asks, what about, and by which channel. Also the people who take part."""

from copy import copy
from enum import StrEnum
from typing import Any, Literal, TypeVar

import attrs

from phananh.errors import InputError, InputTypeError, check_language, short_repr
from phananh.messages.message import say
from phananh.messages.texts import EVENT_TAILS
from phananh.plain_data import PERSONAL, fields_to_plain
from phananh.plain_value import PlainValue
from phananh.regulation import cleaning as clean


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Erased(PlainValue):
    """What is left of a personal field after erasure: its length and a salted digest.

    The length is in characters: of the text, or of a sender or documents as they were stored.
    """

    length: int
    digest: str

    def text(self, lang: str = "en") -> str:
        """Return that it was erased, in `vi` or `en`."""
        return say(EVENT_TAILS["erased"], check_language(lang))

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        return {"erased": True, "length": self.length}


Text = str | Erased


KindSlug = Literal[
    "information", "regulation", "conduct", "proposal", "service", "complaint", "denunciation"
]
ChannelSlug = Literal["phone", "portal", "email", "message"]
RoleSlug = Literal[
    "citizen",
    "operator",
    "officer",
    "provider",
    "leadership",
    "agency",
    "agency_head",
    "office",
    "system",
]
StateSlug = Literal[
    "received", "rejected", "escalated", "pending_verification", "overdue", "answered", "closed"
]
ReasonSlug = Literal[
    "complaint_or_denunciation",
    "outside_article_4",
    "unclear",
    "not_vietnamese",
    "no_name",
    "no_contact",
    "out_of_competence",
]


E = TypeVar("E", bound=StrEnum)


class _Slug(StrEnum):
    """A slug that is looked up as fast as a text. The hash of `Enum` is slower Python code."""

    __hash__ = str.__hash__


class Kind(_Slug):
    """What is asked (Art. 2.1, 4.1, 4.2, 4.3, 8.2).

    Complaints and denunciations are outside (Art. 1.1.b).

    Example:
        >>> print(*Kind)
        information regulation conduct proposal service complaint denunciation
    """

    INFORMATION = "information"
    REGULATION = "regulation"
    CONDUCT = "conduct"
    PROPOSAL = "proposal"
    SERVICE = "service"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"


class Channel(_Slug):
    """How it came in (Art. 5.1, 5.2, 7.1, 8.1.a).

    Example:
        >>> print(*Channel)
        phone portal email message
    """

    PHONE = "phone"
    PORTAL = "portal"
    EMAIL = "email"
    MESSAGE = "message"


class Role(_Slug):
    """The role in which a person acts (Art. 1.2.a, 1.2.c, 7, 8, 12, 16).

    Example:
        >>> print(*Role)
        citizen operator officer provider leadership agency agency_head office system
        >>> operator.role is Role.OPERATOR, operator.role == "operator"
        (True, True)
    """

    CITIZEN = "citizen"
    OPERATOR = "operator"
    OFFICER = "officer"
    PROVIDER = "provider"
    LEADERSHIP = "leadership"
    AGENCY = "agency"
    AGENCY_HEAD = "agency_head"
    OFFICE = "office"
    SYSTEM = "system"


class State(_Slug):
    """The state of a case: which stage it is at, and whether it is late (Art. 7, 8, 9.2).

    Example:
        >>> print(*State)
        received rejected escalated pending_verification overdue answered closed
    """

    RECEIVED = "received"
    REJECTED = "rejected"
    ESCALATED = "escalated"
    PENDING_VERIFICATION = "pending_verification"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    CLOSED = "closed"


class Reason(_Slug):
    """Why a request is rejected (Art. 1.1.b, 4, 6, 7.2, 8.3)."""

    COMPLAINT_OR_DENUNCIATION = "complaint_or_denunciation"
    OUTSIDE_ARTICLE_4 = "outside_article_4"
    UNCLEAR = "unclear"
    NOT_VIETNAMESE = "not_vietnamese"
    NO_NAME = "no_name"
    NO_CONTACT = "no_contact"
    OUT_OF_COMPETENCE = "out_of_competence"


REASON_CLAUSES = {
    Reason.COMPLAINT_OR_DENUNCIATION: "1.1.b",
    Reason.OUTSIDE_ARTICLE_4: "6.b",
    Reason.UNCLEAR: "6.b",
    Reason.NOT_VIETNAMESE: "6.a",
    Reason.NO_NAME: "6.c",
    Reason.NO_CONTACT: "6.c",
    Reason.OUT_OF_COMPETENCE: "8.3",
}
"""The clause that each reason rests on."""


_FORMS = {
    "Person": "Person(id=..., role=...)",
    "Assignee": "Assignee(id=...)",
    "Accused": "Accused(id=..., unit=...)",
    "Sender": "Sender(name=..., phone=...)",
}
OPEN_STATES = frozenset(
    {State.RECEIVED, State.ESCALATED, State.PENDING_VERIFICATION, State.OVERDUE}
)


def parse_slug(kind: type[E], value: object, *, field: str) -> E:
    """Return the member of `kind` for a slug, or raise InputError with the list of slugs.

    The error does not repeat a text that cannot be a slug, because it may be a person's name.
    """
    if type(value) is kind:
        return value
    members = {member.value: member for member in kind}
    if isinstance(value, str) and value in members:
        return members[value]
    known = tuple(members)
    if isinstance(value, str) and value.isascii() and value.replace("-", "_").isidentifier():
        raise InputError(field=field, code="unknown_value", value=short_repr(value), known=known)
    raise InputError(field=field, code="not_one_of", known=known)


def check_type(kind: type) -> Any:
    """Return an attrs validator: a value of exactly this `kind`, else `InputTypeError`.

    A subclass could give another id each time that its field is read.
    """

    def check(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
        if type(value) is not kind:
            raise make_type_error(value, kind, field=field.name)

    return check


def make_type_error(value: object, kind: type, *, field: str) -> InputTypeError:
    """Return the error for a value that is not a `kind`, with an example of how to make one.

    It shows only the type of the value, because the value may be personal.
    """
    given, name = type(value).__name__, kind.__name__
    form = _FORMS.get(name, name)
    return InputTypeError(field=field, code="not_of_type", value=given, kind=name, form=form)


def require_person(value: object, field: str = "by") -> None:
    """Refuse a value that is not exactly a Person."""
    if type(value) is not Person:
        raise make_type_error(value, Person, field=field)


def _parse_role(value: Role | RoleSlug) -> Role:
    return parse_slug(Role, value, field="role")


@attrs.frozen(kw_only=True)
class Person(PlainValue):
    """A person who acts or is named in an act.

    Args:
        id: your name for the person, 1 to 100 characters: printable ASCII and Vietnamese letters,
            with single spaces inside. Ids compare composed, without capitals, and with the tone
            mark in either place: CB-Hòa and cb-hoà are one person.
        role: a `Role`, or its slug such as "officer".
        unit: where they work, by the rules of an id. None for citizens and operators. That of a
            citizen is not recorded, because it would be personal.

    Raises:
        InputError: an unknown role, or an id that is blank, too long or has another character.
        InputTypeError: the id or the unit is not a string.

    Example:
        >>> print(Person(id="CB-1", role="officer", unit="MC-1"))
        officer CB-1 (MC-1)
    """

    id: str = attrs.field(converter=clean.person_id)
    role: Role = attrs.field(converter=_parse_role)
    unit: str | None = clean.optional_field("unit", clean.clean_id)

    def _to_line(self) -> str:
        return _holder_line(self.role, None if self.role is Role.CITIZEN else self.id, self.unit)

    def __repr__(self) -> str:
        """Return the fields, without the id of a citizen, which is personal."""
        shown = "..." if self.role is Role.CITIZEN else repr(self.id)
        return f"Person(id={shown}, role={self.role!r}, unit={self.unit!r})"

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return id, role and unit, with the id of a citizen only if `personal`."""
        hidden = ("id",) if self.role is Role.CITIZEN and not personal else ()
        return fields_to_plain(self, lang, personal=personal, without=hidden)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ErasedPerson(PlainValue):
    """A citizen who acted, after their id was erased. No other person equals them."""

    id: Erased = attrs.field(metadata=PERSONAL)
    role: Role
    unit: str | None


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Assignee(PlainValue):
    """Another person of the holder's unit, to whom a case is reassigned (Art. 8.1.c2).

    Args:
        id: by the rules of a `Person`.
        unit: their unit. None means that of the holder.

    Raises:
        InputError: an id or unit that is blank, too long or has another character.

    Example:
        >>> case = a_case("escalated", desk=desk)
        >>> print(desk.reassign(case, to=Assignee(id="CB-2"), by=head).holder)
        officer CB-2 (Một cửa Mẫu)
    """

    id: str = attrs.field(converter=clean.person_id)
    unit: str | None = clean.optional_field("unit", clean.clean_id)

    def _to_line(self) -> str:
        return f"{self.id} ({self.unit})" if self.unit else self.id


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Accused(PlainValue):
    """A person with reported conduct, who may not handle the case (Art. 8.1.c2).

    Their id is personal, and a repr leaves it out.

    Args:
        id: by the rules of a `Person`. None if only the unit is known.
        unit: the unit of the accused, which `notify_unit` notifies.

    Raises:
        InputError: an id or unit that is blank, too long or has another character.

    Example:
        >>> case = desk.complete(case, accused=[Accused(id="CB-9", unit="MC-1")], by=operator)
        >>> case.accused
        (Accused(unit='MC-1'),)
    """

    id: str | None = clean.optional_field("id", clean.clean_id, metadata=PERSONAL, repr=False)
    unit: str = attrs.field(converter=clean.unit)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Sender(PlainValue):
    """Name and contact of the sender (Art. 1.2.d, 6.c). They are personal, and not shown in a repr.

    Args:
        name, address, phone, email: one line of text each, at most 300 characters, stored in NFC
            and not checked further. None if it was not given.
        id: by the rules of a `Person`, if a portal knows the caller: they are the sender (R48).

    Raises:
        InputError: a line break, too long, or a character that cannot be stored or be in an id.
        InputTypeError: a value that is not a string.

    Example:
        >>> sender = Sender(name="Người gửi mẫu", phone="02183831022")
        >>> sender, sender.phone
        (Sender(), '02183831022')
        >>> sender.merge(Sender(phone="02183831999")).phone
        '02183831999'
    """

    name: str | None = clean.optional_field("name", clean.clean_line, repr=False)
    address: str | None = clean.optional_field("address", clean.clean_line, repr=False)
    phone: str | None = clean.optional_field("phone", clean.clean_line, repr=False)
    email: str | None = clean.optional_field("email", clean.clean_line, repr=False)
    id: str | None = clean.optional_field(
        "id", clean.clean_id, repr=False, metadata={"later": "left_out"}
    )

    def merge(self, newer: "Sender") -> "Sender":
        """Return this sender with the fields that `newer` gives (Art. 10.2.a)."""
        merged = copy(self)  # past the converters: what was recorded is not checked again
        for name in ("name", "address", "phone", "email", "id"):
            if (value := getattr(newer, name)) is not None:
                object.__setattr__(merged, name, value)
        return merged


@attrs.frozen(kw_only=True, repr=False)
class Holder(PlainValue):
    """The holder of a case: a role, the person named at the hand-over, and the unit."""

    role: Role
    id: str | None = None
    unit: str | None = None

    def _to_line(self) -> str:
        return _holder_line(self.role, self.id, self.unit)


def _holder_line(role: Role, key: str | None, unit: str | None) -> str:
    return " ".join(filter(None, (role.value, key, unit and f"({unit})")))
