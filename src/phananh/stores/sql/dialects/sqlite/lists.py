"""A list on SQLite: a range of one index, with the row of each of its entries.

Entries are also read that do not agree with their row, or that lie behind the last due time
asked for. So a damaged entry is seen, and does not end the list unseen.
"""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, Literal

import attrs

from phananh.stores.base import IndexRow
from phananh.stores.json_values import CORRUPTED
from phananh.stores.paging import Key, format_instant
from phananh.stores.sql.lists import Found
from phananh.stores.sql.paths import Slice, join_conditions, list_filters
from phananh.stores.sql.rows import COLUMNS, read_row
from phananh.stores.sql.session import Select
from phananh.stores.sql.statements import Speech

Start = Literal["near", "exact", "walk"]
CROWD = 100
_ROW = ", ".join(f"c.{name}" for name in COLUMNS)
_AGREES = """c.filters is c.state || '|' || ifnull(c.holder, '') || '|' || c.kind || '|' ||
c.is_open || '|' || c.late || '|' || c.rules"""


def find_slice(select: Select, speech: Speech, one: Slice, limit: int) -> list[Found]:
    """Return up to `limit` rows of a slice, each with its position."""
    if one.path.index == "phananh_case_code":
        after = one.after  # at most one row, whose place in the list is not in the index
        one = attrs.evolve(one, after=None)
        found = _read(select, speech, one, "near", limit)[0]
        return [each for each in found if after is None or _is_behind(one, each[0], after)]
    start: Start = "exact" if _is_crowded(select, speech, one) else "near"
    found, is_joined = _read(select, speech, one, start, limit)
    if is_joined or not _has_row_of_cursor(select, speech, one):
        return found
    walked, is_met = _read(select, speech, one, "walk", limit)
    return walked if is_met else found


def _read(
    select: Select, speech: Speech, one: Slice, start: Start, limit: int
) -> tuple[list[Found], bool]:
    """Return what is found from where reading starts, and whether it joins the page before."""
    statement, values = entries_statement(one, start)

    def take(cursor: Iterable[Any]) -> tuple[list[Found], bool]:  # again, where a text is no text
        reader = _EntryReader(one, limit)
        return reader.take(cursor, walks=start == "walk"), reader.is_joined

    found: tuple[list[Found], bool] = select(speech.say(statement), values, take)
    return found


def entries_statement(one: Slice, start: Start) -> tuple[str, list[Any]]:
    """Return the statement and its values. Its rows go on behind the page, as far as you read.

    A page begins with the last row of the page before, whatever the filters say: so it shows
    that an entry where the two meet is damaged.

    Args:
        one: the slice to read.
        start: where reading starts, for a page that is not the first: at its time ("near"), so that
            an entry is seen that should not be behind, "exact", as many entries share the time, or
            with the first entry of the index ("walk").
    """
    path, agree = one.path, _agreeing(one)
    ranged, values = _range(one, start, agree)
    filters = list_filters(one.query, one.part)
    if filters:
        also, always = _exceptions(one, agree)
        both, given = join_conditions((f"c.{text}", each) for text, each in filters)
        ranged.append(f"(({both}) or {' or '.join(also)})")
        values += [*given, *always]
    towards = " desc" if one.is_reversed else ""
    statement = f"""select i.{path.order}, i.case_id, {agree}, {_ROW}
        from phananh_case i indexed by {path.index}
        left join phananh_case c on c.case_id = i.case_id
        where {" and ".join(ranged)}
        order by i.{path.order}{towards}, i.case_id{towards}"""  # noqa: S608  # names of ours
    return statement, values


def _agreeing(one: Slice) -> str:
    """Return the condition that an entry and its row say the same."""
    columns = dict.fromkeys((one.path.order, *(column for column, _ in one.path.equal)))
    return " and ".join(f"c.{name} is i.{name}" for name in columns)


def _exceptions(one: Slice, agree: str) -> tuple[list[str], list[Any]]:
    """Return the conditions on which an entry is read, whatever the filters say."""
    also, values = [f"not ({agree})", f"not ({_AGREES})"], list[Any]()
    if (end := _end_of(one)) is not None:
        also.append("i.due >= ?")
        values.append(end)
    if one.after is not None:
        also.append("i.case_id = ?")
        values.append(one.after.case)
    return also, values


def _end_of(one: Slice) -> str | None:
    """Return the due time at which a list by due times ends, if it ends at one."""
    if one.part != "due" or one.query.due_before is None:
        return None
    return format_instant(one.query.due_before)


def _range(one: Slice, start: Start, agree: str) -> tuple[list[str], list[Any]]:
    """Return the conditions that are a range of the index, and those on where a page begins.

    SQLite tests a condition on a pair again for each entry, and one on the time does not.
    """
    path, order = one.path, one.path.order
    ranged = [f"i.{column} = ?" for column, _ in path.equal]
    ranged += [f"i.{condition}" for condition in path.holds]
    ranged = ranged or [f"i.{order} is not null"]
    within, limits = _range_of_time(one)
    values = [*(value for _, value in path.equal), *limits]
    begin, first = _begin(one, start, agree)
    return [*ranged, *within, *begin], [*values, *first]


def _range_of_time(one: Slice) -> tuple[list[str], list[str]]:
    """Return the times between which the index is read: of receipt, or due where it is sorted."""
    if one.path.order != "received_at":
        return [], []
    limits = {"i.received_at >= ?": one.query.received_since}
    limits["i.received_at < ?"] = one.query.received_before
    if one.path.index.endswith("_due"):
        limits = {"i.due < ?": one.query.due_before}
    given = {condition: limit for condition, limit in limits.items() if limit is not None}
    return list(given), [format_instant(limit) for limit in given.values()]


def _begin(one: Slice, start: Start, agree: str) -> tuple[list[str], list[str]]:
    """Return the conditions on where a page begins that is not the first."""
    after, order = one.after, one.path.order
    sense = "<" if one.is_reversed else ">"
    if after is None or start == "walk":
        return [], []
    if start == "exact":
        return [f"(i.{order}, i.case_id) {sense}= (?, ?)"], [after.at, after.case]
    near = f"(i.{order} {sense} ? or i.case_id {sense}= ? or not ({agree}))"
    return [f"i.{order} {sense}= ?", near], [after.at, after.at, after.case]


def _is_crowded(select: Select, speech: Speech, one: Slice) -> bool:
    """Return whether many entries share the time of the cursor."""
    if one.after is None:
        return False
    counted = f"select 1 from phananh_case where {one.path.order} = ? limit {CROWD}"  # noqa: S608
    ((count,),) = select(speech.say(f"select count(*) from ({counted})"), (one.after.at,))  # noqa: S608
    return bool(count >= CROWD)


def _has_row_of_cursor(select: Select, speech: Speech, one: Slice) -> bool:
    """Return whether the last row of the page before still is where it was found, and here."""
    if one.after is None:
        return False
    path = one.path
    conditions = ["case_id = ?", f"{path.order} = ?"]
    conditions += [f"{column} = ?" for column, _ in path.equal] + list(path.holds)
    statement = f"select 1 from phananh_case not indexed where {' and '.join(conditions)}"  # noqa: S608
    values = (one.after.case, one.after.at, *(value for _, value in path.equal))
    return bool(select(speech.say(statement), values))


def _is_behind(one: Slice, key: Key, last: Key) -> bool:
    return key < last if one.is_reversed else key > last


@attrs.define
class _EntryReader:
    """The entries of a slice as they are read. `is_joined`: the page before was met."""

    one: Slice
    limit: int
    is_joined: bool = False
    last: Key | None = None

    def take(self, cursor: Iterable[Any], *, walks: bool) -> list[Found]:
        """Read until there are enough, or the due times that are asked for end."""
        end = _end_of(self.one)
        found: list[Found] = []
        for at, case, agrees, *values in self._walk(cursor) if walks else self._skip(cursor):
            key = Key(self.one.part, str(at), str(case))
            row = self._read_row(key, values) if agrees else None
            if row is not None and end is not None and at >= end:
                break
            if row is not None:
                self.last = key
            found.append((key, row))
            if len(found) == self.limit:
                break
        return found

    def _skip(self, cursor: Iterable[Any]) -> Iterator[Any]:
        """Return the entries behind the page before, which is met as the next one, or not."""
        if self.one.after is None:
            self.is_joined = True
            return iter(cursor)
        rest = iter(cursor)
        head = next(rest, None)
        self.last = self.one.after
        self.is_joined = head is not None and self._is_last(head)
        return chain([] if head is None or self.is_joined else [head], rest)

    def _walk(self, cursor: Iterable[Any]) -> Iterator[Any]:
        """Return the entries behind the page before, which is met somewhere, or not at all."""
        self.last = self.one.after
        rest = iter(cursor)
        self.is_joined = any(self._is_last(each) for each in rest)
        return rest

    def _is_last(self, entry: Any) -> bool:
        after = self.one.after
        return after is not None and tuple(entry[:2]) == (after.at, after.case)

    def _read_row(self, key: Key, values: Any) -> IndexRow | None:
        """Return a row that is as it was written, and follows the one before."""
        try:
            row = read_row(values)
        except CORRUPTED:
            return None
        return row if self.last is None or _is_behind(self.one, key, self.last) else None
