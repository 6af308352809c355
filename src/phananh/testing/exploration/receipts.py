"""What comes in at the start of a walk: a request of each kind, and some that lack something."""

from collections.abc import Iterable, Iterator

import attrs

from phananh.errors import InputError, short_repr
from phananh.regulation.acts import Receive
from phananh.regulation.request import Kind, KindSlug, Role, Sender, parse_slug
from phananh.testing.exploration.people import ACCUSED, PEOPLE, SENDER, UNIT

KINDS: tuple[Kind, ...] = (Kind.INFORMATION, Kind.CONDUCT, Kind.SERVICE, Kind.COMPLAINT)
"""One of each kind that the Regulation treats in its own way."""


EVERY_KIND: tuple[Kind, ...] = tuple(Kind)
_TREATED_AS = {
    Kind.REGULATION: Kind.INFORMATION,
    Kind.PROPOSAL: Kind.INFORMATION,
    Kind.DENUNCIATION: Kind.COMPLAINT,
}


def split_kinds(kinds: Iterable[Kind]) -> tuple[tuple[Kind, ...], tuple[Kind, ...]]:
    """Return the first of each kinds that the Regulation treats alike, and the others."""
    first: dict[Kind, Kind] = {}
    given = tuple(kinds)
    for kind in given:
        first.setdefault(_TREATED_AS.get(kind, kind), kind)
    chosen = tuple(first.values())
    return chosen, tuple(kind for kind in given if kind not in chosen)


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
            yield from _list_incomplete(kind)


def list_other_receipts(kinds: Iterable[Kind]) -> Iterator[Receive]:
    """Yield what `list_receipts` has of no kind, or of the first only.

    That is a receipt of each further kind that is treated like another, and receipts by mail, in
    another language, and without a name or a way to reply.
    """
    chosen, others = split_kinds(kinds)
    for kind in others:
        yield _receive(kind, SENDER)
    yield attrs.evolve(_receive(chosen[0], SENDER), language="en")
    yield attrs.evolve(_receive(chosen[0], SENDER), by=PEOPLE[Role.CITIZEN], channel="email")
    for kind in chosen[1:]:
        yield from _list_incomplete(kind)


def _list_incomplete(kind: Kind) -> Iterator[Receive]:
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
