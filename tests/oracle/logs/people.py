"""Who acts in a drawn log: mostly whoever may, now and then anybody.

The names are samples, with letters that are told apart in one form and not in another.
"""

from collections.abc import Sequence
from typing import Any

from tests.oracle.acts.case import Case
from tests.oracle.acts.form import ROLES
from tests.oracle.logs.chance import Chance

UNITS = ("Phòng Một cửa", "Sở Hòa Mẫu", "Bưu điện mẫu", "U-4")
HEADS = ("tt-1", "tt-2")
IDS: dict[str, Sequence[str]] = {
    "operator": ("dtv-1", "dtv-2"),
    "officer": ("CC-01", "cc-02", "\u0110òa-3"),
    "agency": ("dm-1", "dm-2", "\u0110m-3"),
    "agency_head": HEADS,
    "leadership": ("ld-1",),
    "provider": ("bd-1", "bd-2"),
    "citizen": ("cd-1", "cd-2"),
    "office": ("vp-1",),
    "system": ("may-1",),
}
EVERYBODY = tuple(person for role in ROLES for person in IDS[role])
_OF_A_UNIT = ("agency", "agency_head", "officer", "provider")

Person = dict[str, Any]


def person(chance: Chance, role: str, unit: str | None = None) -> Person:
    """Return somebody of a role, and of a unit where one is given."""
    pool = EVERYBODY if chance.happens(chance.wild * 0.3) else IDS[role]
    found: Person = {"id": chance.spell(chance.one_of(pool)), "role": role}
    if unit is not None:
        found["unit"] = chance.spell(unit)
    elif chance.happens(0.8 if role in _OF_A_UNIT else 0.05):
        found["unit"] = chance.one_of(UNITS)
    if chance.happens(0.01):
        found["unit"] = None
    return found


def anybody(chance: Chance) -> Person:
    """Return somebody of any role."""
    return person(chance, chance.one_of(ROLES))


def receiver(chance: Chance) -> Person:
    """Return who receives a case: an operator, or the citizen who writes."""
    if chance.happens(chance.wild * 0.3):
        return anybody(chance)
    return person(chance, "operator" if chance.happens(0.7) else "citizen")


def _holder(chance: Chance, case: Case) -> Person:
    role = case.holder or "officer"
    found = person(chance, role, case.unit)
    if role in ("officer", "provider") and case.holder_id is not None:
        found["id"] = chance.spell(case.holder_id)
        if chance.happens(0.1):
            found.pop("unit", None)
    return found


def actor(chance: Chance, act: str, case: Case) -> Person:
    """Return who does an act on a case, mostly somebody who may."""
    if chance.happens(chance.wild * 0.5):
        return anybody(chance)
    match act:
        case "complete" if chance.happens(0.4):
            return person(chance, "citizen")
        case "note" if chance.happens(0.5):
            return person(chance, chance.one_of(("operator", "citizen", "leadership")))
        case "reassign" if chance.happens(0.7):
            return person(chance, "agency_head", case.unit)
        case "reassign" | "notify_unit":
            return person(chance, "leadership")
        case "close":
            return person(chance, chance.one_of(("operator", "officer")))
        case "publish":
            theirs = case.accused and chance.happens(0.3)
            unit = chance.one_of(case.accused)["unit"] if theirs else None
            return person(chance, chance.one_of(("operator", "leadership")), unit)
        case "commend" if not case.units or chance.happens(0.2):
            return person(chance, "leadership")
        case "commend":
            handled = case.units and chance.happens(0.7)
            unit = chance.one_of(sorted(case.units) if handled else UNITS)
            return person(chance, "agency_head", unit)
        case "rate":
            return person(chance, "citizen")
        case _:
            return _holder(chance, case)
