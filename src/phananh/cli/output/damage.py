"""The damage in a store, printed while all of it is read."""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import attrs

from phananh.cli.context import RunContext
from phananh.errors import CorruptError, SchemaError, StoreError

Repair = Callable[[StoreError], bool]  # mends what an error names, and returns whether it did

_UNREACHED = (
    "no_connection", "pool_timeout", "server_gone", "too_many_connections",
    "login_refused", "database_missing", "schema_missing", "rights_missing",
)  # fmt: skip


def repair_nothing(_error: StoreError) -> bool:
    """Leave damage as it is."""
    return False


@attrs.define
class Damage:
    """The damage that a store finds in itself, printed while it looks, and how much is left."""

    context: RunContext
    errors: Iterable[StoreError]
    repair: Repair = repair_nothing
    count: int = 0
    repaired: int = 0

    def lines(self) -> Iterator[str]:
        """Yield all damage in words, and no line if there is none."""
        for error, is_repaired in self._find():
            what = error.text(self.context.lang)
            if is_repaired and isinstance(error, CorruptError):
                what = self.context.say("row_of_case", case=error.case)
            yield self.context.say("repaired" if is_repaired else "damaged", what=what)
        if self.count:
            yield self.context.say("database_damaged", n=self.count)

    def data(self) -> Iterator[dict[str, Any]]:
        """Yield each error as data."""
        for error, is_repaired in self._find():
            facts = error.as_dict(self.context.lang)
            yield {"repaired" if is_repaired else "damaged": facts}

    def _find(self) -> Iterator[tuple[StoreError, bool]]:
        for error in self.errors:
            if isinstance(error, SchemaError) or error.code in _UNREACHED:
                raise error  # the database was not read at all, so nothing is known of it
            is_repaired = self.repair(error)
            self.count += not is_repaired
            self.repaired += is_repaired
            yield error, is_repaired
