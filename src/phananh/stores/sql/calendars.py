"""Which versions of calendars the running limits name, counted in an index that holds only that."""

from collections.abc import Sequence
from typing import Any

from phananh.stores.base import CalendarUse, IndexRow
from phananh.stores.conflicts import damaged_row_error
from phananh.stores.index_row import SHOWN, make_use
from phananh.stores.json_values import CORRUPTED
from phananh.stores.sql.dialect import Dialect
from phananh.stores.sql.rows import COLUMNS, read_row
from phananh.stores.sql.session import Select
from phananh.stores.sql.statements import ROW

_INDEX = "phananh_case_calendar"
_CASE = COLUMNS.index("case_id")
_GROUPED = ("calendar", "calendar_version", "holder", "unit_key")


def list_calendars(dialect: Dialect, select: Select) -> tuple[CalendarUse, ...]:
    """Return each calendar and version in use, for each role and unit, and some of its cases."""
    groups = sorted(select(dialect.sql.calendars, ()), key=_sort_key)
    return tuple([_describe(dialect, select, *group) for group in groups])


def _sort_key(group: Sequence[Any]) -> list[str]:
    """Return the position of a group: engines differ in where they put null."""
    return [name or "" for name in group[:-1]]


def _describe(dialect: Dialect, select: Select, *group: Any) -> CalendarUse:
    *names, deadlines = group
    said = [
        f"{column} is null" if name is None else f"{column} = ?"
        for column, name in zip(_GROUPED, names, strict=True)
    ]
    statement = (
        f"select {ROW} from phananh_case{dialect.hint(_INDEX)} where {' and '.join(said)} "  # noqa: S608
        "and due is not null and calendar is not null order by case_id limit ?"
    )
    given = [name for name in names if name is not None]
    found = select(dialect.say(statement), (*given, SHOWN))
    return make_use(tuple([_read(values) for values in found]), deadlines)


def _read(values: Sequence[Any]) -> IndexRow:
    try:
        return read_row(values)
    except CORRUPTED as error:
        raise damaged_row_error(str(values[_CASE])) from error
