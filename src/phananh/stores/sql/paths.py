"""Which index a list is read from: a list is a range of an index, or a few of them merged.

No filter is slow by itself: each has an index that also holds the order. Where several filters
are given, the narrowest is chosen, and the others are looked at row by row.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import attrs

from phananh.regulation.cleaning import fold_id
from phananh.regulation.request import OPEN_STATES
from phananh.stores.base import Query
from phananh.stores.paging import Key, Part, format_instant

_OPEN_OR_NOT = (1, 0)
_RUNNING = ("due is not null",)
Equal = tuple[tuple[str, Any], ...]


@attrs.frozen
class Path:
    """An index, in the order of `order`: the columns that equal a value, and what holds of it.

    `holds` are the conditions of a partial index, which a statement must repeat literally.
    """

    index: str
    order: str
    equal: Equal = ()
    holds: tuple[str, ...] = ()


def list_paths(query: Query, part: Part) -> list[Path]:
    """Return the indexes that hold a part of a list, each in its order."""
    if query.code is not None:
        return [Path("phananh_case_code", _order(part), (("code", query.code),))]
    for name, wanted in (("holder", query.holder_id), ("unit", query.unit)):
        if wanted is not None:
            return list(_list_of_inbox(name, fold_id(wanted), query, part))
    if _is_of_limits(query, part):
        return [Path("phananh_case_due", _order(part), (), _RUNNING)]
    return list(_list_by_receipt(query, part))


def _list_of_inbox(name: str, key: str, query: Query, part: Part) -> Iterator[Path]:
    """Yield the indexes of what lies with a person or a unit."""
    equal = ((f"{name}_key", key),)
    if _is_of_limits(query, part):
        yield Path(f"phananh_case_{name}_due", _order(part), equal, _RUNNING)
    else:
        yield from _split_open(f"phananh_case_{name}", equal, query)


def _is_of_limits(query: Query, part: Part) -> bool:
    """Return whether only running limits are asked for: in another order few are sorted."""
    return part == "due" or query.due_before is not None


def _list_by_receipt(query: Query, part: Part) -> Iterator[Path]:
    """Yield the indexes in the order of receipt, the narrowest that a filter leads to."""
    order = _order(part)
    if query.late:
        yield from _split_open("phananh_case_late", (), query, holds=("late = 1",))
    elif query.holder is not None:
        yield from _split_open("phananh_case_role", (("holder", query.holder),), query)
    elif query.states is not None:
        for state in sorted(query.states):
            yield Path("phananh_case_state", order, (("state", state),))
    elif query.is_open:
        yield Path("phananh_case_open", order, (), ("is_open = 1",))
    else:
        yield _choose_wide(query, order)


def _choose_wide(query: Query, order: str) -> Path:
    """Return the index of a filter that most cases may meet."""
    if query.kind is not None:
        return Path("phananh_case_kind", order, (("kind", query.kind),))
    if query.rules is not None:
        return Path("phananh_case_rules", order, (("rules", query.rules),))
    return Path("phananh_case_time", order)


def _split_open(
    index: str, equal: Equal, query: Query, *, holds: tuple[str, ...] = ()
) -> Iterator[Path]:
    """Yield the open cases by receipt and those that are done, unless one of them is asked for."""
    both = _OPEN_OR_NOT if query.is_open is None else (int(query.is_open),)
    for is_open in both:
        yield Path(index, "received_at", (*equal, ("is_open", is_open)), holds)


def _order(part: Part) -> str:
    return "due" if part == "due" else "received_at"


Condition = tuple[str, tuple[Any, ...]]  # on a row, and the values of its marks


def list_filters(query: Query, part: Part) -> list[Condition]:
    """Return the conditions on a row that the filters of a query are."""
    wanted = {
        "holder = ?": query.holder,
        "holder_key = ?": query.holder_id and fold_id(query.holder_id),
        "unit_key = ?": query.unit and fold_id(query.unit),
        "kind = ?": query.kind,
        "is_open = ?": _find_openness(query),
        "late = ?": None if query.late is None else int(query.late),
        "code = ?": query.code,
        "rules = ?": query.rules,
        "due < ?": query.due_before and format_instant(query.due_before),
        "received_at >= ?": query.received_since and format_instant(query.received_since),
        "received_at < ?": query.received_before and format_instant(query.received_before),
    }
    found: list[Condition] = [
        (each, (value,)) for each, value in wanted.items() if value is not None
    ]
    if query.states is not None:
        marks = ", ".join("?" * len(query.states)) or "null"
        found.append((f"state in ({marks})", tuple(sorted(query.states))))
    if part in ("due", "none"):
        found.append(("due is not null" if part == "due" else "due is null", ()))
    return found


def _find_openness(query: Query) -> int | None:
    """Return whether a row must be open, or None, also if the wanted states imply it.

    A planner takes two conditions for rarer than one, and then sorts rows that it could read in
    order.
    """
    if query.is_open is None:
        return None
    states = query.states or frozenset()
    implied = states <= OPEN_STATES if query.is_open else states.isdisjoint(OPEN_STATES)
    return None if states and implied else int(query.is_open)


def list_ranges(path: Path) -> list[Condition]:
    """Return the conditions that are a range of the index."""
    equal: list[Condition] = [(f"{column} = ?", (value,)) for column, value in path.equal]
    return [*equal, *((each, ()) for each in path.holds)]


def join_conditions(conditions: Iterable[Condition]) -> tuple[str, list[Any]]:
    """Return conditions that all hold as one text, each once, and its values in order."""
    each_once = dict(conditions)
    text = " and ".join(each_once) or "1 = 1"
    return text, [value for values in each_once.values() for value in values]


@attrs.frozen
class Slice:
    """What one statement reads: a part of the list, from one index, behind a key."""

    query: Query
    part: Part
    path: Path
    after: Key | None

    @property
    def is_reversed(self) -> bool:
        """Whether the newest come first."""
        return self.part == "newest"
