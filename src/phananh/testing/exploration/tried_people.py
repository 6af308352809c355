"""Who tries an act in a case: the right person of each role, the accused, a colleague, a stranger.

Two who come to the same for a case, because neither is named in it nor of a unit of it, are one:
only the first of them tries.

In a small walk fewer people try: the right ones only, or with them each of several accused, also
under another unit, and a colleague of each.
"""

from collections.abc import Iterator
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from phananh.regulation.case import Case
from phananh.regulation.cleaning import fold_id
from phananh.regulation.request import Person, Role
from phananh.testing.exploration.people import (
    ACCUSED_SPELT,
    COLLEAGUE_ID,
    PEOPLE,
    STRANGER_ID,
    STRANGER_UNIT,
)

_OF_A_UNIT = frozenset({Role.OFFICER, Role.PROVIDER, Role.AGENCY, Role.AGENCY_HEAD})


class Whom(Enum):
    """The people who try acts in a walk."""

    EVERYBODY = "everybody"
    RIGHT = "right"
    ACCUSED = "accused"


class Actor(NamedTuple):
    """Somebody who tries an act, and what they are to the case."""

    person: Person
    identity: str


class _Named(NamedTuple):
    """Who and which units are named in a case, folded."""

    holder: tuple[Role, str | None, str | None] | None
    officer: tuple[Role, str | None, str | None] | None
    sender: str | None
    accused: tuple[str, ...]
    units: tuple[str, ...]
    accused_units: tuple[str, ...]

    @property
    def accused_unit(self) -> str | None:
        """The unit of the first accused."""
        return self.accused_units[0] if self.accused_units else None


def list_actors(case: Case, whom: Whom = Whom.EVERYBODY) -> tuple[Actor, ...]:
    """Return who tries acts in this case, the right people first."""
    holder, sender = case.holder, case.sender_id
    officer = case.officer if case.is_open else None  # nothing goes back to them any more
    return _list_actors(
        whom,
        _Named(
            holder=(holder.role, holder.id, holder.unit) if holder else None,
            officer=(officer.role, officer.id, officer.unit) if officer else None,
            sender=sender if isinstance(sender, str) else None,
            accused=tuple(each.id for each in case.accused if each.id),
            units=(
                *(each.unit for each in case.accused),
                *case.handled_by,
                *([case.about_unit] if case.about_unit else []),
            ),
            accused_units=tuple(each.unit for each in case.accused),
        ),
    )


@lru_cache(maxsize=4096)
def _list_actors(whom: Whom, named: _Named) -> tuple[Actor, ...]:
    found: dict[object, Actor] = {}
    for actor in _list_all(named) if whom is Whom.EVERYBODY else _list_few(whom, named):
        found.setdefault(_relate(actor.person, named), actor)
    order = ("right", "accused", "colleague", "stranger")
    return tuple(sorted(found.values(), key=lambda actor: order.index(actor.identity)))


def _list_all(named: _Named) -> Iterator[Actor]:
    for role, usual in PEOPLE.items():
        right = _find_right(role, usual, named)
        yield Actor(right, "right")
        if named.accused:
            unit = named.accused_unit
            yield Actor(Person(id=ACCUSED_SPELT, role=role, unit=unit), "accused")
        if role is Role.SYSTEM:
            continue
        unit = right.unit if role in _OF_A_UNIT else named.accused_unit
        if unit is not None:
            yield Actor(Person(id=COLLEAGUE_ID, role=role, unit=unit), "colleague")
        unit = STRANGER_UNIT if right.unit else None
        yield Actor(Person(id=STRANGER_ID, role=role, unit=unit), "stranger")


def _list_few(whom: Whom, named: _Named) -> Iterator[Actor]:
    """Yield the right person of each role, and of an accused walk those beside each accused."""
    for role, usual in PEOPLE.items():
        yield Actor(_find_right(role, usual, named), "right")
        if whom is Whom.RIGHT or role is Role.SYSTEM:
            continue
        for accused in named.accused:
            yield Actor(Person(id=accused.upper(), role=role, unit=STRANGER_UNIT), "accused")
        for unit in named.accused_units:
            yield Actor(Person(id=COLLEAGUE_ID, role=role, unit=unit), "colleague")


def _find_right(role: Role, usual: Person, named: _Named) -> Person:
    """Return the person of a role whom the case names, where it does."""
    if role is Role.CITIZEN and named.sender is not None:
        return Person(id=named.sender, role=role)
    for held in (named.holder, named.officer):
        if held is not None and held[0] is role:
            return Person(id=held[1] or usual.id, role=role, unit=held[2] or usual.unit)
    unit = named.holder[2] if named.holder else None
    if role in (Role.AGENCY, Role.AGENCY_HEAD) and unit:
        return Person(id=usual.id, role=role, unit=unit)
    return usual


def _relate(person: Person, named: _Named) -> object:
    """Return the relation of a person to a case, the same for two people who play equal parts."""
    own, unit = fold_id(person.id), fold_id(person.unit) if person.unit else None
    ids = (each[1] for each in (named.holder, named.officer) if each)
    known = (*ids, named.sender, *named.accused)
    units = {fold_id(each) for each in named.units}
    if named.holder and named.holder[2]:
        units.add(fold_id(named.holder[2]))
    return (
        person.role,
        tuple(each is not None and fold_id(each) == own for each in known),
        unit if unit in units or unit is None else "elsewhere",
        _has_code(person, named),
    )


def _has_code(person: Person, named: _Named) -> bool:
    """Return whether a citizen whom the case does not know is the one with its tracking code."""
    is_caller = person.role is Role.CITIZEN and named.sender is None
    return is_caller and person.id == PEOPLE[Role.CITIZEN].id
