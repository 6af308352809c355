"""`import phananh.pandas` gives each Series and Index of instants an accessor `.worktime` (Art. 9).

    df["due"] = df["received"].worktime.add(calendar, timedelta(hours=5))

A Series gives a Series with its index and name, in its zone. An Index gives an Index, or an
array of booleans. Each row is what the method of the same name of `WorkCalendar` says. NaT
stays NaT, and is not open. Rows are matched by position if the indexes are the same: another
Series with another index is refused, not aligned.

Only this module needs pandas (the extra `pandas`), and the rest of phananh does not import it.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any, TypeAlias

from phananh.errors import InputError, InputTypeError, make_extra_error, short_repr

try:
    import pandas as pd
except ModuleNotFoundError as error:
    raise make_extra_error(error, "pandas", "the accessor .worktime needs", "pandas") from None
import numpy as np
from numpy.typing import NDArray

from phananh.worktime import bulk
from phananh.worktime.calendar.work_calendar import WorkCalendar
from phananh.worktime.instants import budget_error_code
from phananh.worktime.terms import Term

Column: TypeAlias = "pd.Series[Any] | pd.Index[Any]"
Instants: TypeAlias = "Column | datetime"
Amounts: TypeAlias = "Column | NDArray[np.timedelta64] | timedelta | np.timedelta64"


@pd.api.extensions.register_index_accessor("worktime")
@pd.api.extensions.register_series_accessor("worktime")
class WorkTime:
    """The working time of a column of instants.

    If rows have calendars of their own, group them: `cases.groupby("unit")`.

    Raises:
        InputTypeError: a column of another type.
        InputError: no zone, a fraction of a microsecond, another index.
        CoverageError: a row for which the scalar method raises it.
    """

    def __init__(self, column: Column) -> None:
        """Set the column. It is read when a method is called."""
        self._column = column

    def add(self, calendar: WorkCalendar, budgets: Amounts) -> Any:
        """Return the earliest instant by which each budget has been worked (Art. 9)."""
        return self._ask(bulk.add_many, calendar, self._read_amounts(budgets))

    def subtract(self, calendar: WorkCalendar, budgets: Amounts) -> Any:
        """Return the latest instant from which each budget is worked until the given one."""
        return self._ask(bulk.subtract_many, calendar, self._read_amounts(budgets))

    def between(self, calendar: WorkCalendar, ends: Instants) -> Any:
        """Return the working time to each end, in microseconds, negative if the end is earlier."""
        return self._ask(bulk.between_many, calendar, self._read_instants(ends, "ends"))

    def is_open(self, calendar: WorkCalendar) -> Any:
        """Return whether each instant lies in a session."""
        return self._ask(bulk.is_open_many, calendar)

    def next_opening(self, calendar: WorkCalendar) -> Any:
        """Return each instant if it is in a session, else the next opening (Art. 3.2)."""
        return self._ask(bulk.next_opening_many, calendar)

    def provisional(self, calendar: WorkCalendar, dues: Instants) -> Any:
        """Return whether a later notice may move each deadline from its instant to its due."""
        return self._ask(bulk.provisional_many, calendar, self._read_instants(dues, "dues"))

    def _ask(self, ask: Callable[..., Any], calendar: WorkCalendar, *others: object) -> Any:
        instants = _to_utc(self._column, "instants")
        return self._in_form_of_column(ask(calendar, instants, *others))

    def _in_form_of_column(self, found: NDArray[Any]) -> Any:
        """Return what was found as a column like the one asked about."""
        column: Any = self._column
        values: Any = found
        if found.dtype.kind == "M":
            values = pd.DatetimeIndex(found).tz_localize("UTC").tz_convert(column.dtype.tz)
        if isinstance(column, pd.Series):
            return pd.Series(values, index=column.index, name=column.name)
        return values if found.dtype.kind == "b" else pd.Index(values, name=column.name)

    def _read_instants(self, given: object, field: str) -> object:
        if given is pd.NaT:
            return np.datetime64("NaT", "us")
        if pd.api.types.is_scalar(given) and not isinstance(given, datetime | np.datetime64):
            raise InputTypeError(
                code="not_a_column_or_datetime", field=field, value=short_repr(given)
            )
        return (
            given if isinstance(given, datetime) else _to_utc(self._match_rows(given, field), field)
        )

    def _read_amounts(self, given: object) -> object:
        if given is pd.NaT:
            return np.timedelta64("NaT", "us")
        if isinstance(given, timedelta | np.timedelta64):
            return given
        if pd.api.types.is_scalar(given) or isinstance(given, Term):
            raise InputTypeError(
                code=budget_error_code(given, "not_amounts_of_a_column"),
                field="budgets",
                value=short_repr(given),
            )
        rows = self._match_rows(given, "budgets")
        if not isinstance(rows.dtype, np.dtype) or rows.dtype.kind != "m":
            raise InputTypeError(code="column_of_amounts", field="budgets", type=str(rows.dtype))
        return rows.to_numpy()

    def _match_rows(self, given: Any, field: str) -> Any:
        """Return another column as one of this length. Another index is refused."""
        column: Any = self._column
        both = isinstance(given, pd.Series) and isinstance(column, pd.Series)
        if both and not given.index.equals(column.index):
            raise InputError(code="column_index", field=field, name=field)
        rows = pd.Series(given, index=column.index) if pd.api.types.is_scalar(given) else given
        if not pd.api.types.is_list_like(rows):
            raise InputTypeError(code="not_a_column", field=field, value=short_repr(rows))
        rows = rows if isinstance(rows, pd.Series | pd.Index) else pd.Index(rows)
        if len(rows) != len(column):
            raise InputError(
                code="column_length", field=field, length=len(rows), instants=len(column)
            )
        return rows


def _to_utc(column: Any, field: str) -> NDArray[np.datetime64]:
    """Return instants in UTC, in the unit of the column."""
    dtype = column.dtype
    if isinstance(dtype, pd.DatetimeTZDtype):
        return np.asarray(column.to_numpy(dtype=f"M8[{dtype.unit}]"))
    if isinstance(dtype, np.dtype) and dtype.kind == "M":
        raise InputError(code="column_without_zone", field=field)
    raise InputTypeError(code="column_of_instants", field=field, type=str(dtype))
