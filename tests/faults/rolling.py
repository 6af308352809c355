"""Two releases at once: this code, and a next one that has two steps of migration more."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from phananh.stores.sql.dialect import Migration
from phananh.stores.sql.dialects.postgres import PostgresDialect
from phananh.stores.sql.dialects.sqlite import SqliteDialect
from tests.faults.places import Place

_DIALECTS = (SqliteDialect, PostgresDialect)
_BEFORE = {dialect: dialect.migrations for dialect in _DIALECTS}
OLD = SqliteDialect.migrations[-1].number
PRE, POST = f"{OLD + 1}_pre_remark", f"{OLD + 2}_post_remark"


def list_next(dialect: type[Any]) -> tuple[Migration, ...]:
    """Return the steps of the next release: one before it runs, one when no old code runs."""
    pre = ("alter table phananh_case add column remark integer not null default 0",)
    post = ("create index phananh_case_remark on phananh_case (remark, case_id)",)
    return (
        *_BEFORE[dialect],
        Migration(OLD + 1, "pre", OLD, "remark", pre),
        Migration(OLD + 2, "post", OLD + 2, "remark", post),
    )


@contextmanager
def run_next() -> Iterator[None]:
    """Be the next release meanwhile."""
    for dialect in _DIALECTS:
        dialect.migrations = list_next(dialect)
    try:
        yield
    finally:
        for dialect in _DIALECTS:
            dialect.migrations = _BEFORE[dialect]


def migrate(place: Place, phase: str = "all") -> tuple[str, ...]:
    """Do the steps of the code that runs; return their names."""
    with place.open(check_schema=False) as store:
        names: tuple[str, ...] = store.migrate(phase)
        return names


def migrate_at_once(place: Place, start: Any, answers: Any) -> None:
    """Migrate at the same moment as other processes, and put the names of what was done."""
    start.wait(60)
    with run_next():
        answers.put(migrate(place))
