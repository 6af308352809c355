"""What comes in at the start of a walk: a request of each kind, and some that lack something."""

from collections.abc import Iterable, Iterator

import attrs

from phananh.errors import InputError, short_repr
from phananh.regulation.values.acts import Receive
from phananh.regulation.values.request import Kind, Role, Sender, parse_slug
from phananh.regulation.values.slugs import KindSlug
from phananh.testing.exploration.people import ACCUSED, PEOPLE, SENDER, UNIT

KINDS: tuple[Kind, ...] = (Kind.INFORMATION, Kind.CONDUCT, Kind.SERVICE, Kind.COMPLAINT)
"""One of each kind that the Regulation treats in its own way."""


def parse_kinds(kinds: Iterable[Kind | KindSlug]) -> tuple[Kind, ...]:
    """Return kinds, each once. A text is one kind.

    Raises:
        InputError: there is no kind, or one is unknown.
    """
    given = (kinds,) if isinstance(kinds, str) else kinds
    found = tuple(dict.fromkeys(parse_slug(Kind, kind, field="kinds") for kind in given))
    if not found:
        raise InputError(field="kinds", code="no_kinds", known=tuple(Kind))
    return found


def check_count(value: object, *, field: str) -> None:
    """Refuse a value that is no number of states or acts, 1 or more."""
    if type(value) is not int or value < 1:
        raise InputError(field=field, code="not_a_count", value=short_repr(value))


def list_receipts(kinds: Iterable[Kind]) -> Iterator[Receive]:
    """Yield a receipt of each kind, and of the first also one without a name or a way to reply.

    A conduct report names the accused. A request for a service names a unit that it is about, and
    comes by phone, from an unknown citizen.
    """
    for n, kind in enumerate(kinds):
        yield _receive(kind, SENDER)
        if n == 0:
            yield _receive(kind, Sender(name=SENDER.name))
            yield _receive(kind, attrs.evolve(SENDER, name=None))


def _receive(kind: Kind, sender: Sender) -> Receive:
    by_phone = kind is Kind.SERVICE
    return Receive(
        by=PEOPLE[Role.OPERATOR if by_phone else Role.CITIZEN],
        kind=kind,
        channel="phone" if by_phone else "portal",
        content="Nội dung mẫu",
        sender=sender,
        accused=(ACCUSED,) if kind is Kind.CONDUCT else (),
        about_unit=UNIT if kind is Kind.SERVICE else None,
    )
