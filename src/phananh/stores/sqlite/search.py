"""The statement of a list: a range of one index, with the row of each of its entries.

Entries are also read that do not agree with their row, or that lie behind the last due time
asked for. So a damaged entry is seen, and does not end the list unseen.
"""

from typing import Any

import attrs

from phananh.regulation.values.cleaning import fold_id
from phananh.stores.base import Query
from phananh.stores.paging import format_instant, read_cursor
from phananh.stores.sqlite.sql import COLUMNS

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
    if query.code is not None:
        return _Path("phananh_case_code", "case_id", "code", query.code)
    for name, wanted in (("holder", query.holder_id), ("unit", query.unit)):
        if wanted is not None:
            return _Path(f"phananh_case_{name}", "received_at", f"{name}_key", fold_id(wanted))
    return _Path("phananh_case_time", "received_at", "received_at")


def find_sql(query: Query) -> tuple[str, list[Any]]:
    """Return the statement and its values; it goes on behind the page, for as long as is read."""
    path = _choose_path(query)
    ranged, values = _range(path, query)
    filters, given = _filters(query)
    if filters:
        also = [f"not ({path.agreeing()})"]
        if query.due_before is not None:
            also.append("i.due >= ?")
            given.insert(0, format_instant(query.due_before))
        ranged.append(f"({' or '.join(also)} or ({' and '.join(filters)}))")
    where = f"where {' and '.join(ranged)}" if ranged else ""
    at = "c.received_at" if path.order == "case_id" else f"i.{path.order}"
    statement = f"""select {at}, i.case_id, {path.agreeing()}, {_ROW}
        from phananh_case i indexed by {path.index}
        left join phananh_case c on c.case_id = i.case_id
        {where} order by i.{path.order}, i.case_id"""  # noqa: S608  # names of ours
    return statement, [*values, *given]


def _range(path: _Path, query: Query) -> tuple[list[str], list[Any]]:
    ranged, values = [f"i.{path.column} is not null"], list[Any]()
    if path.wanted is not None:
        ranged, values = [f"i.{path.column} = ?"], [path.wanted]
    after = read_cursor(query)
    if after is not None and path.order != "case_id":
        ranged.append(f"(i.{path.order}, i.case_id) > (?, ?)")
        values.extend(after)
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
