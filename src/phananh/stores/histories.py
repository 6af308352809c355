"""Whether the index row of a case is what its history adds up to."""

from collections.abc import Sequence
from typing import Any

import attrs

from phananh.errors import CorruptError
from phananh.regulation.case import fold
from phananh.regulation.events import Event
from phananh.stores.base import IndexRow
from phananh.stores.index_row import make_index_row
from phananh.stores.json_values import CORRUPTED


def fold_row(history: Sequence[Event]) -> IndexRow:
    """Return the index row that a history adds up to.

    Raises:
        CorruptError: its events do not follow each other.
    """
    try:
        return make_index_row(fold(history))
    except (*CORRUPTED, AttributeError) as error:
        last, facts = history[-1], {"cause": type(error).__name__}
        code: str = "history_not_folded"
        raise CorruptError(
            doing="examining", code=code, case=last.case, version=last.n, **facts
        ) from error


def check_row_of(history: Sequence[Event], row: IndexRow) -> None:
    """Raise CorruptError unless a row is the sum of its history."""
    wanted = fold_row(history)
    if row != wanted:
        names = [each.name for each in attrs.fields(IndexRow)]
        raise row_error(row.case, len(history), names, row, wanted)


def row_error(case: str, version: int, names: Sequence[str], row: Any, wanted: Any) -> CorruptError:
    """Return the error for a row that differs, which names the columns."""
    pairs = zip(names, _list_values(row), _list_values(wanted), strict=True)
    columns = [name for name, one, other in pairs if one != other]
    return CorruptError(
        doing="examining", code="row_not_of_history", columns=columns, case=case, version=version
    )


def _list_values(row: Any) -> list[Any]:
    return list(row) if isinstance(row, list | tuple) else list(attrs.astuple(row, recurse=False))


@attrs.define
class EventSum:
    """How many events were seen, and a sum of what each is called, in whatever order they came.

    Two sums are equal if the same events were seen, each as many times. It holds in one process.
    """

    count: int = 0
    total: int = 0

    def add(self, case: str, version: int) -> None:
        """Count an event."""
        self.count += 1
        self.total = (self.total + hash((case, version))) & (2**64 - 1)
