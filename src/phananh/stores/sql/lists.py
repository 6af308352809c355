"""Which index a list is read from, and how: a list is a range of an index, or a few merged.

No filter is slow by itself: each has an index that also holds the order. Where several filters
are given, the narrowest is chosen, and the others are looked at row by row. A page goes on behind
the sort key of the last row of the page before, so its cost does not grow with its number.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from operator import itemgetter
from typing import Any

import attrs

from phananh.regulation.cleaning import fold_id
from phananh.regulation.request import OPEN_STATES
from phananh.stores.base import IndexRow, Page, Query
from phananh.stores.codec import CORRUPTED
from phananh.stores.conflicts import damaged_row_error
from phananh.stores.paging import (
    Key,
    Part,
    format_instant,
    is_instant,
    list_parts,
    read_cursor,
    write_cursor,
)
from phananh.stores.sql.dialect import ROW, Dialect
from phananh.stores.sql.rows import COLUMNS, read_row

Equal = tuple[tuple[str, Any], ...]
Condition = tuple[str, tuple[Any, ...]]  # on a row, and the values of its marks
Found = tuple[Key, IndexRow | None]  # where a row stands, and None for one that is damaged
_ORDERED = {"received_at": COLUMNS.index("received_at"), "due": COLUMNS.index("due")}
_CASE = COLUMNS.index("case_id")


@attrs.frozen
class Path:
    """An index, in the order of `order`: the columns that equal a value, and what holds of it.

    `holds` are the conditions of a partial index, which a statement must repeat literally.
    """

    index: str
    order: str
    equal: Equal = ()
    holds: tuple[str, ...] = ()


def list_slices(query: Query) -> Iterator[tuple[Part, Key | None, list[Path]]]:
    """Yield each part of the list that is left, the key to go on behind, and its indexes."""
    after, parts = read_cursor(query), list_parts(query)
    for part in parts if after is None else parts[parts.index(after.part) :]:
        yield part, after if after and after.part == part else None, [*list_paths(query, part)]


def list_paths(query: Query, part: Part) -> Iterator[Path]:
    """Yield the indexes that hold a part of a list, each in its order."""
    order = "due" if part == "due" else "received_at"
    # In another order few running limits are sorted.
    is_of_limits = part == "due" or query.due_before is not None
    inbox = (("holder", query.holder_id), ("unit", query.unit))
    name, wanted = next((each for each in inbox if each[1] is not None), ("", None))
    if query.code is not None:
        yield Path("phananh_case_code", order, (("code", query.code),))
    elif is_of_limits:
        equal = ((f"{name}_key", fold_id(wanted)),) if wanted else ()
        index = f"phananh_case_{name}_due" if wanted else "phananh_case_due"
        yield Path(index, order, equal, ("due is not null",))
    elif wanted is not None:
        yield from _split_open(f"phananh_case_{name}", ((f"{name}_key", fold_id(wanted)),), query)
    else:
        yield from _list_by_receipt(query)


def _list_by_receipt(query: Query) -> Iterator[Path]:
    """Yield the indexes in the order of receipt, the narrowest that a filter leads to."""
    order = "received_at"
    if query.late:
        yield from _split_open("phananh_case_late", (), query, holds=("late = 1",))
    elif query.holder is not None:
        yield from _split_open("phananh_case_role", (("holder", query.holder),), query)
    elif query.states is not None:
        for state in sorted(query.states):
            yield Path("phananh_case_state", order, (("state", state),))
    elif query.is_open:
        yield Path("phananh_case_open", order, (), ("is_open = 1",))
    elif query.kind is not None:
        yield Path("phananh_case_kind", order, (("kind", query.kind),))
    elif query.rules is not None:
        yield Path("phananh_case_rules", order, (("rules", query.rules),))
    else:
        yield Path("phananh_case_time", order)


def _split_open(
    index: str, equal: Equal, query: Query, *, holds: tuple[str, ...] = ()
) -> Iterator[Path]:
    """Yield the open cases by receipt and those that are done, unless one of them is asked for."""
    for is_open in (1, 0) if query.is_open is None else (int(query.is_open),):
        yield Path(index, "received_at", (*equal, ("is_open", is_open)), holds)


def _list_filters(query: Query, part: Part) -> list[Condition]:
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


def _join(conditions: Iterable[Condition]) -> tuple[str, list[Any]]:
    """Return conditions that all hold as one text, each once, and its values in order."""
    each_once = dict(conditions)
    text = " and ".join(each_once) or "1 = 1"
    return text, [value for values in each_once.values() for value in values]


def _list_ranges(path: Path) -> list[Condition]:
    """Return the conditions that are a range of the index."""
    return [*((f"{name} = ?", (value,)) for name, value in path.equal),
            *((each, ()) for each in path.holds)]  # fmt: skip


def find_statement(
    dialect: Dialect, query: Query, part: Part, path: Path, after: Key | None, limit: int
) -> tuple[str, list[Any]]:
    """Return the statement that reads a part of a list from one index, and its values."""
    sense, towards = ("<", " desc") if part == "newest" else (">", "")
    order, behind = path.order, list[Condition]()
    if after is not None:
        behind.append((f"({order}, case_id) {sense} (?, ?)", (after.at, after.case)))
        if not dialect.has_ranges_of_pairs:
            behind.append((f"{order} {sense}= ?", (after.at,)))
    conditions, values = _join([*_list_ranges(path), *_list_filters(query, part), *behind])
    statement = (
        f"select {ROW} from phananh_case{dialect.hint(path.index)} where {conditions} "  # noqa: S608  # names of ours
        f"order by {order}{towards}, case_id{towards} limit ?"
    )
    return dialect.say(statement), [*values, limit]


def count_statement(
    dialect: Dialect, query: Query, path: Path, limit: int
) -> tuple[str, list[Any]]:
    """Return the statement that counts what an index holds, up to `limit`, and its values."""
    conditions, values = _join([*_list_ranges(path), *_list_filters(query, count_part(query))])
    table = f"phananh_case{dialect.hint(path.index)}"
    counted = f"select 1 from {table} where {conditions} limit ?"  # noqa: S608
    return dialect.say(f"select count(*) from ({counted}) counted"), [*values, limit]  # noqa: S608


def count_part(query: Query) -> Part:
    """Return the part of a list that a count reads the indexes of."""
    return "oldest" if query.due_before is None else "due"


def read_found(part: Part, path: Path, rows: Iterable[Any]) -> list[Found]:
    """Return the rows of `find_statement`, each with its key."""
    found: list[Found] = []
    for values in rows:
        key = Key(part, str(values[_ORDERED[path.order]]), str(values[_CASE]))
        try:
            found.append((key, read_row(values)))
        except CORRUPTED:
            found.append((key, None))
    return found


def cut_page(found: list[Found], limit: int) -> Page:
    """Return a page of rows. More than `limit` of them mean that another page follows."""
    taken, cursor = found[:limit], None
    if len(found) > limit:
        last, _ = taken[-1]
        if not is_instant(last.at):
            raise damaged_row_error(last.case)
        cursor = write_cursor(last)
    return Page(
        rows=tuple([row for _, row in taken if row is not None]),
        next=cursor,
        damaged=tuple([key.case for key, row in taken if row is None]),
    )


def merge(slices: list[list[Found]], *, is_reversed: bool) -> list[Found]:
    """Return the rows of several indexes, in the order of the list."""
    if len(slices) == 1:
        return slices[0]
    return sorted(chain(*slices), key=itemgetter(0), reverse=is_reversed)
