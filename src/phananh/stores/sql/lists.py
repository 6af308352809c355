"""A page of a list: its slices, merged and cut, and their count."""

import heapq
from collections.abc import Iterable, Sequence
from typing import Any

from phananh.stores.base import IndexRow, Page, Query
from phananh.stores.conflicts import damaged_row_error
from phananh.stores.json_values import CORRUPTED
from phananh.stores.paging import Key, Part, is_instant, list_parts, read_cursor, write_cursor
from phananh.stores.sql.paths import (
    Condition,
    Path,
    Slice,
    join_conditions,
    list_filters,
    list_paths,
    list_ranges,
)
from phananh.stores.sql.rows import COLUMNS, read_row
from phananh.stores.sql.statements import ROW

Found = tuple[Key, IndexRow | None]  # where a row stands, and None for one that is damaged
_ORDERED = {"received_at": COLUMNS.index("received_at"), "due": COLUMNS.index("due")}
_CASE = COLUMNS.index("case_id")


def list_slices(query: Query) -> list[list[Slice]]:
    """Return the slices that a page is read from, for each part of the list that is left."""
    after = read_cursor(query)
    parts = list_parts(query)
    left = parts if after is None else parts[parts.index(after.part) :]
    return [
        [
            Slice(query, part, path, after if after and after.part == part else None)
            for path in list_paths(query, part)
        ]
        for part in left
    ]


def find_statement(one: Slice, hint: str, limit: int) -> tuple[str, list[Any]]:
    """Return the statement that reads a slice, and its values.

    `hint` is put behind the table, such as the index to read.
    """
    sense, towards = ("<", " desc") if one.is_reversed else (">", "")
    order, behind = one.path.order, list[Condition]()
    if (after := one.after) is not None:
        # The first condition is a range on every engine, also where a pair is not one.
        beside = f"({order} {sense} ? or case_id {sense} ?)"
        behind = [(f"{order} {sense}= ?", (after.at,)), (beside, (after.at, after.case))]
    filters = list_filters(one.query, one.part)
    conditions, values = join_conditions([*list_ranges(one.path), *filters, *behind])
    statement = (
        f"select {ROW} from phananh_case{hint} where {conditions} "  # noqa: S608  # names of ours
        f"order by {order}{towards}, case_id{towards} limit ?"
    )
    return statement, [*values, limit]


def count_part(query: Query) -> Part:
    """Return the part of a list that a count reads the indexes of."""
    return "oldest" if query.due_before is None else "due"


def count_statement(path: Path, query: Query, hint: str, limit: int) -> tuple[str, list[Any]]:
    """Return the statement that counts a slice up to `limit`, and its values."""
    filters = list_filters(query, count_part(query))
    conditions, values = join_conditions([*list_ranges(path), *filters])
    counted = f"select 1 from phananh_case{hint} where {conditions} limit ?"  # noqa: S608
    return f"select count(*) from ({counted}) counted", [*values, limit]  # noqa: S608


def read_found(one: Slice, rows: Iterable[Sequence[Any]]) -> list[Found]:
    """Return the rows of `find_statement`, each with its key."""
    return [(_key_of(one, values), _read_or_none(values)) for values in rows]


def _key_of(one: Slice, values: Sequence[Any]) -> Key:
    return Key(one.part, str(values[_ORDERED[one.path.order]]), str(values[_CASE]))


def _read_or_none(values: Sequence[Any]) -> IndexRow | None:
    try:
        return read_row(values)
    except CORRUPTED:
        return None


def merge(slices: Sequence[list[Found]], *, is_reversed: bool) -> list[Found]:
    """Return the rows of several slices of one part, in its order."""
    if len(slices) == 1:
        return slices[0]
    return list(heapq.merge(*slices, key=lambda found: found[0], reverse=is_reversed))


def cut_page(found: Sequence[Found], limit: int) -> Page:
    """Return a page of rows. More than `limit` of them mean that another page follows.

    A page that another follows ends with a sound row, or else with a damaged one.
    """
    if len(found) <= limit:
        return _make_page(found, None)
    taken = list(found[:limit])
    while taken and taken[-1][1] is None:
        taken.pop()
    if taken:
        return _make_page(taken, write_cursor(taken[-1][0]))
    last, _ = found[limit - 1]
    if not is_instant(last.at):
        raise damaged_row_error(last.case)
    return _make_page(found[:limit], write_cursor(last))


def _make_page(found: Sequence[Found], cursor: str | None) -> Page:
    return Page(
        rows=tuple([row for _, row in found if row is not None]),
        next=cursor,
        damaged=tuple([key.case for key, row in found if row is None]),
    )
