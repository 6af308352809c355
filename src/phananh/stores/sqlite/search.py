"""The statement of a list: a range of one index, with the row of each of its entries.

Entries are also read that do not agree with their row, or that lie behind the last due time
asked for. So a damaged entry is seen, and does not end the list unseen.
"""

from typing import Any, Literal

import attrs

from phananh.regulation.values.cleaning import fold_id
from phananh.stores.base import Query
from phananh.stores.paging import format_instant, read_cursor
from phananh.stores.sqlite.sql import AGREES, COLUMNS

Start = Literal["near", "exact", "walk"]
CROWD = 100
_ROW = ", ".join(f"c.{name}" for name in COLUMNS)


@attrs.frozen
class _Path:
    """An index, the column of it that is the order, the one that is looked in, and for what."""

    index: str
    order: str
    column: str
    wanted: str | None = None

    def agreeing(self) -> str:
        """Return the condition that an entry and its row say the same."""
        columns = dict.fromkeys((self.order, self.column))
        return " and ".join(f"c.{name} is i.{name}" for name in columns)


def _choose_path(query: Query) -> _Path:
    if query.due_before is not None:
        return _Path("phananh_case_due", "due", "due")
    if query.code is not None and query.after is None:
        return _Path("phananh_case_code", "case_id", "code", query.code)
    for name, wanted in (("holder", query.holder_id), ("unit", query.unit)):
        if wanted is not None:
            return _Path(f"phananh_case_{name}", "received_at", f"{name}_key", fold_id(wanted))
    return _Path("phananh_case_time", "received_at", "received_at")


def find_sql(query: Query, *, start: Start = "near") -> tuple[str, list[Any]]:
    """Return the statement and its values; it goes on behind the page, for as long as is read.

    A page begins with the last row of the page before, whatever the filters say: so it shows
    that an entry where the two meet is damaged.

    Args:
        query: what is asked for.
        start: where reading starts, for a page that is not the first: at its time ("near"), so
            that an entry is seen that should not stand behind; "exact", as many entries share
            the time; or with the first entry of the index ("walk").
    """
    path, after = _choose_path(query), read_cursor(query)
    ranged, values = _range(path, after, start)
    wanted, given = _filters(query)
    if wanted:
        also, always = _exceptions(path, query, after)
        ranged.append(f"(({' and '.join(wanted)}) or {' or '.join(also)})")
        values += [*given, *always]
    at = "c.received_at" if path.order == "case_id" else f"i.{path.order}"
    statement = f"""select {at}, i.case_id, {path.agreeing()}, {_ROW}
        from phananh_case i indexed by {path.index}
        left join phananh_case c on c.case_id = i.case_id
        where {" and ".join(ranged)} order by i.{path.order}, i.case_id"""  # noqa: S608  # names of ours
    return statement, values


def crowd_sql(query: Query) -> tuple[str, list[Any]]:
    """Return the statement that counts the entries at the time of a cursor, up to a hundred."""
    column = "received_at" if query.due_before is None else "due"
    at, _ = read_cursor(query) or ("", "")
    counted = f"select 1 from phananh_case where {column} = ? limit {CROWD}"  # noqa: S608
    return f"select count(*) from ({counted})", [at]  # noqa: S608  # names of ours


def _exceptions(
    path: _Path, query: Query, after: tuple[str, str] | None
) -> tuple[list[str], list[Any]]:
    """Return the conditions on which an entry is read, whatever the filters say."""
    also, values = [f"not ({path.agreeing()})", f"not ({AGREES})"], list[Any]()
    if query.due_before is not None:
        also.append("i.due >= ?")
        values.append(format_instant(query.due_before))
    if after is not None:
        also.append("i.case_id = ?")
        values.append(after[1])
    return also, values


def _range(path: _Path, after: tuple[str, str] | None, start: Start) -> tuple[list[str], list[Any]]:
    """Return the conditions that are a range of the index, and those on where a page begins.

    SQLite tests a condition on a pair again for each entry, and one on the time does not.
    """
    ranged, values = [f"i.{path.column} is not null"], list[Any]()
    if path.wanted is not None:
        ranged, values = [f"i.{path.column} = ?"], [path.wanted]
    if after is not None and start == "exact":
        ranged.append(f"(i.{path.order}, i.case_id) >= (?, ?)")
        values += after
    elif after is not None and start == "near":
        ranged.append(f"i.{path.order} >= ?")
        ranged.append(f"(i.{path.order} > ? or i.case_id >= ? or not ({path.agreeing()}))")
        values += [after[0], *after]
    return ranged, values


def _filters(query: Query) -> tuple[list[str], list[Any]]:
    wanted = {
        "c.holder = ?": query.holder,
        "c.holder_key = ?": query.holder_id and fold_id(query.holder_id),
        "c.unit_key = ?": query.unit and fold_id(query.unit),
        "c.kind = ?": query.kind,
        "c.is_open = ?": query.is_open,
        "c.late = ?": query.late,
        "c.code = ?": query.code,
        "c.rules = ?": query.rules,
    }
    given = {condition: value for condition, value in wanted.items() if value is not None}
    conditions, values = list(given), list(given.values())
    if query.states is not None:
        conditions.append(f"c.state in ({', '.join('?' * len(query.states))})")
        values.extend(sorted(query.states))
    return conditions, values


# Both read the table itself, which the lists do not: so an entry that an index lost is missed.
UNLISTED = """select c.case_id from phananh_case c not indexed
where ifnull(c.due, '~') < ? and c.is_open and not exists (select 1 from phananh_case i
indexed by phananh_case_due where i.due is not null and i.due = c.due and i.case_id = c.case_id)"""
SHORT_INDEXES = """with t as (select count(*) as n, count(due) as due, count(unit_key) as unit,
count(holder_key) as holder from phananh_case not indexed)
select 'phananh_case_time' from t where n <> (select count(*) from phananh_case
    indexed by phananh_case_time where received_at is not null)
union all select 'phananh_case_due' from t where due <> (select count(*) from phananh_case
    indexed by phananh_case_due where due is not null)
union all select 'phananh_case_unit' from t where unit <> (select count(*) from phananh_case
    indexed by phananh_case_unit where unit_key is not null)
union all select 'phananh_case_holder' from t where holder <> (select count(*) from phananh_case
    indexed by phananh_case_holder where holder_key is not null)"""
