"""A read that PostgreSQL gives up is no race: there was nothing to win."""

import pytest
from sqlalchemy import Engine

from phananh.errors import StoreError
from phananh.stores.sqlalchemy import SqlalchemyStore

BOOM = (
    "create function boom() returns boolean stable language plpgsql as "
    "$$ begin raise sqlstate '40001'; end $$",
    "alter table phananh_event rename to hidden",
    "create view phananh_event as select * from hidden where boom()",
)


def test_serialization_failure_of_a_read_is_a_store_error(postgres_engine: Engine) -> None:
    """As under SERIALIZABLE, and on a replica: a StoreError, in the caller's transaction too."""
    with postgres_engine.begin() as connection:
        for statement in BOOM:
            connection.exec_driver_sql(statement)
    with pytest.raises(StoreError, match="40001"):
        SqlalchemyStore(postgres_engine).load("HB-1")
    with (
        postgres_engine.connect() as connection,
        SqlalchemyStore.bound(connection) as bound,
        pytest.raises(StoreError, match="40001"),
    ):
        bound.load("HB-1")
