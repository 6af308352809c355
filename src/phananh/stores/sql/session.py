"""The methods a SQL store needs of a driver: run a statement, read rows, count changed ones."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

Row = Sequence[Any]


class Result(Protocol):
    """The result of a statement, as a cursor of the DB-API has it."""

    @property
    def rowcount(self) -> int:
        """How many rows were changed, of all that were given together."""

    def fetchone(self) -> Any:
        """Return the next row, or None."""

    def fetchall(self) -> Sequence[Any]:
        """Return the rows that are left."""

    def __iter__(self) -> Iterator[Any]:
        """Yield the rows that are left."""


class Session(Protocol):
    """A connection inside a transaction, as the statements of a store see it."""

    def execute(self, statement: str, values: Sequence[Any], /) -> Result:
        """Run a statement with its values."""

    def executemany(self, statement: str, rows: Sequence[Sequence[Any]], /) -> Result:
        """Run a statement once for each row. Its `rowcount` is the sum."""


Take = Callable[[Any], Any]  # what makes a result of the rows
Select = Callable[..., Any]  # of a statement, its values, and a Take if it is not fetch_all


def fetch_all(result: Result) -> list[Any]:
    """Return all rows as a list."""
    return list(result.fetchall())


class LostRaceError(Exception):
    """No change was recorded, as another was first. `__cause__` is the driver's error."""
