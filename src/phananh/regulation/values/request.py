"""Art. 4-6: who asks, what about, by which channel; and who takes part."""

from copy import copy
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar

import attrs
from attrs.converters import optional

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.plain_data import PERSONAL, fields_to_plain
from phananh.plain_value import PlainValue
from phananh.regulation.values import converters as clean
from phananh.regulation.values.erased import Erased
from phananh.regulation.values.slugs import RoleSlug

E = TypeVar("E", bound=StrEnum)


class _Slug(StrEnum):
    """A slug that is looked up as quickly as the text that it is; `Enum` hashes in Python."""

    __hash__ = str.__hash__


class Kind(_Slug):
    """What is asked (Art. 4, 8.2; complaints and denunciations are outside, 1.1.b)."""

    INFORMATION = "information"
    REGULATION = "regulation"
    CONDUCT = "conduct"
    PROPOSAL = "proposal"
    SERVICE = "service"
    COMPLAINT = "complaint"
    DENUNCIATION = "denunciation"


class Channel(_Slug):
    """How it came in (Art. 5, 7.1, 8.1.a)."""

    PHONE = "phone"
    PORTAL = "portal"
    EMAIL = "email"
    MESSAGE = "message"


class Role(_Slug):
    """Who takes part (Art. 7, 8, 12, 16)."""

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
    """On whose desk a case lies, and whether it is late (Art. 7, 8, 9.2)."""

    RECEIVED = "received"
    REJECTED = "rejected"
    ESCALATED = "escalated"
    PENDING_VERIFICATION = "pending_verification"
    OVERDUE = "overdue"
    ANSWERED = "answered"
    CLOSED = "closed"


class Reason(_Slug):
    """Why a request is not taken (Art. 1.1.b, 4, 6, 7.2, 8.3)."""

    COMPLAINT_OR_DENUNCIATION = "complaint_or_denunciation"
    OUTSIDE_ARTICLE_4 = "outside_article_4"
    UNCLEAR = "unclear"
    NOT_VIETNAMESE = "not_vietnamese"
    NO_NAME = "no_name"
    NO_CONTACT = "no_contact"
    OUT_OF_COMPETENCE = "out_of_competence"


_FORMS = {
    "Person": "Person(id=..., role=...)",
    "Assignee": "Assignee(id=...)",
    "Accused": "Accused(id=..., unit=...)",
    "Sender": "Sender(name=..., phone=...)",
}
OPEN_STATES = frozenset(
    {State.RECEIVED, State.ESCALATED, State.PENDING_VERIFICATION, State.OVERDUE}
)


@cache
def _list_members(kind: type[E]) -> dict[str, E]:
    return {member.value: member for member in kind}


def parse_slug(kind: type[E], value: object, *, field: str) -> E:
    """Return the member of `kind` for a slug; an unknown one is refused with the list.

    What could be no slug is not repeated: it may be somebody's name in the wrong place.
    """
    if type(value) is kind:
        return value
    slug = str.__str__(value) if issubclass(type(value), str) else " "
    members = _list_members(kind)
    if slug in members:
        member: E = members[slug]
        return member
    known = tuple(members)
    if slug.isascii() and slug.replace("-", "_").isidentifier():
        raise InputError(field=field, code="unknown_value", value=short_repr(slug), known=known)
    raise InputError(field=field, code="not_one_of", known=known)


def check_type(kind: type) -> Any:
    """Return an attrs validator: a value of exactly this `kind`, else `InputTypeError`.

    A subclass could say another id each time that it is asked.
    """

    def check(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
        if type(value) is not kind:
            raise make_type_error(value, kind, field=field.name)

    return check


def make_type_error(value: object, kind: type, *, field: str) -> InputTypeError:
    """Return the error for a value that is none of `kind`; it shows how one is made.

    Of the value it gives the type and no more: it may be personal.
    """
    given, name = type(value).__name__, kind.__name__
    form = _FORMS.get(name, name)
    return InputTypeError(field=field, code="not_of_type", value=given, kind=name, form=form)


def _parse_role(value: Role | RoleSlug) -> Role:
    return parse_slug(Role, value, field="role")


@attrs.frozen(kw_only=True)
class Person(PlainValue):
    """Somebody who acts or is named in an act.

    Args:
        id: the caller's name for the person, 1 to 100 characters: printable ASCII and Vietnamese
            letters, with single spaces inside. Ids compare composed, without capitals,
            and wherever the tone mark stands: CB-Hòa and cb-hoà are one person.
        role: a `Role`, or its slug such as "officer".
        unit: where they work, by the rules of an id; None for citizens and operators.

    Raises:
        InputError: an unknown role, or an id that is blank, too long or has another character.
        InputTypeError: the id or the unit is no string.
    """

    id: str = attrs.field(converter=clean.person_id)
    role: Role = attrs.field(converter=_parse_role)
    unit: str | None = attrs.field(default=None, converter=optional(clean.unit))

    def __repr__(self) -> str:
        """Return the fields; the id of a citizen is personal and is left out."""
        shown = "..." if self.role is Role.CITIZEN else repr(self.id)
        return f"Person(id={shown}, role={self.role!r}, unit={self.unit!r})"

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return id, role and unit; the id of a citizen only if `personal`."""
        hidden = ("id",) if self.role is Role.CITIZEN and not personal else ()
        return fields_to_plain(self, lang, personal=personal, without=hidden)


@attrs.frozen(kw_only=True)
class ErasedPerson(PlainValue):
    """A citizen who acted, and whose id was erased. No other person equals them."""

    id: Erased = attrs.field(metadata=PERSONAL)
    role: Role
    unit: str | None


@attrs.frozen(kw_only=True)
class Assignee(PlainValue):
    """Another person of the holder's unit, to whom a case is reassigned (Art. 8.1.c2).

    Args:
        id: as of a `Person`.
        unit: their unit; None for that of the holder.

    Raises:
        InputError: an id or unit that is blank, too long or has another character.
    """

    id: str = attrs.field(converter=clean.person_id)
    unit: str | None = attrs.field(default=None, converter=optional(clean.unit))


@attrs.frozen(kw_only=True)
class Accused(PlainValue):
    """A person whose conduct is reported, and who may not handle the case (Art. 8.1.c2).

    Their id is personal, never shown in a repr.

    Args:
        id: as of a `Person`; None where only the unit is known.
        unit: the unit of whoever is accused, which `notify_unit` tells.

    Raises:
        InputError: an id or unit that is blank, too long or has another character.
    """

    id: str | None = attrs.field(
        default=None, converter=optional(clean.person_id), metadata=PERSONAL, repr=False
    )
    unit: str = attrs.field(converter=clean.unit)


@attrs.frozen(kw_only=True)
class Sender(PlainValue):
    """Name and contact of the sender (Art. 6.c). They are personal, and not shown in a repr.

    Args:
        name, address, phone, email: one line of text each, at most 300 characters, kept as it
            came in NFC; None where it was not given. Neither a number nor an address is checked.
        id: as of a `Person`, where a portal knows who calls: they are the sender then (R48).

    Raises:
        InputError: a line break, too long, or a character that cannot be stored or be in an id.
        InputTypeError: no string.
    """

    name: str | None = attrs.field(default=None, converter=clean.name, repr=False)
    address: str | None = attrs.field(default=None, converter=clean.address, repr=False)
    phone: str | None = attrs.field(default=None, converter=clean.phone, repr=False)
    email: str | None = attrs.field(default=None, converter=clean.email, repr=False)
    id: str | None = attrs.field(
        default=None, converter=optional(clean.person_id), repr=False,
        metadata={"later": "left_out"},
    )  # fmt: skip

    def merge(self, newer: "Sender") -> "Sender":
        """Return this sender with what `newer` gives put over it (Art. 10.2.a)."""
        merged = copy(self)  # past the converters: what was recorded is not judged again
        for name in ("name", "address", "phone", "email", "id"):
            if (value := getattr(newer, name)) is not None:
                object.__setattr__(merged, name, value)
        return merged


@attrs.frozen(kw_only=True)
class Holder(PlainValue):
    """Where a case lies: a role, the person named at the hand-over, and the unit."""

    role: Role
    id: str | None = None
    unit: str | None = None
