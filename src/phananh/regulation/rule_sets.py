"""Which rules a case is decided under, to its end: those in force at receipt (17.2, R47)."""

from collections.abc import Iterable
from datetime import date

from phananh.errors import InputError
from phananh.regulation.rules import Rules
from phananh.worktime.validators import tuple_of


def list_rules(value: Rules | Iterable[Rules]) -> tuple[Rules, ...]:
    """Return one set of rules, or several, as a tuple in the order of their first days.

    Raises:
        InputError: no set, or two with one id or one first day.
        InputTypeError: a value that is not `Rules`.
    """
    found = (value,) if isinstance(value, Rules) else tuple_of(Rules, "rules", value)
    if not found:
        raise InputError(field="rules", code="no_rules")
    return _sort_by_day(found)


def _sort_by_day(sets: tuple[Rules, ...]) -> tuple[Rules, ...]:
    found: dict[date, Rules] = {}
    for each in sets:
        other = found.setdefault(each.valid_from, each)
        if other is not each or sets.count(each) > 1:
            names = (other.id, each.id)
            raise InputError(
                field="rules", code="rules_of_one_day", sets=names, first=each.valid_from
            )
    _check_ids(sets)
    return tuple(found[day] for day in sorted(found))


def _check_ids(sets: tuple[Rules, ...]) -> None:
    """Refuse an id of two sets: a stored case names its rules by it."""
    known: set[str] = set()
    for each in sets:
        ids = {each.id, *each.former_ids}
        if twice := known & ids:
            raise InputError(field="rules", code="rules_of_one_id", value=min(twice))
        known |= ids


def find_in_force(sets: tuple[Rules, ...], day: date) -> Rules:
    """Return the set in force on a day, from sets in order: the last that had begun by then.

    A day before all of them is under the first.
    """
    begun = [each for each in sets if each.valid_from <= day]
    return begun[-1] if begun else sets[0]
