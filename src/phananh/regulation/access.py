"""Who a person is to a case: accused in it, or its holder (Art. 8)."""

from typing import TYPE_CHECKING, Any

from phananh.regulation.cleaning import is_same_id
from phananh.regulation.request import Person, Role

if TYPE_CHECKING:
    from phananh.regulation.case import Case as Case
else:
    Case = Any  # a case asks here what to show

_IN_PERSON = frozenset({Role.OFFICER, Role.PROVIDER})


def is_accused(case: Case, person: str | None) -> bool:
    """Return whether the person with this id is accused in the case."""
    return any(is_same_id(accused.id, person) for accused in case.accused)


def is_unit_accused(case: Case, unit: str | None) -> bool:
    """Return whether a person of this unit is accused in the case."""
    return any(is_same_id(accused.unit, unit) for accused in case.accused)


def is_holder(case: Case, person: Person) -> bool:
    """Return whether `person` holds the case: by id, an agency by unit, others by role."""
    holder, role = case.holder, person.role
    if holder is None or holder.role is not role:
        return False
    if role is Role.AGENCY:
        return is_same_id(holder.unit, person.unit)
    return role not in _IN_PERSON or is_same_id(holder.id, person.id)
