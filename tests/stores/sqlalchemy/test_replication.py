"""A commit that is perhaps on no replica is not taken for one that is."""

import pytest
from sqlalchemy import Engine

from phananh.errors import StoreError
from phananh.stores.sqlalchemy import SqlalchemyStore
from phananh.testing.sample_events import change, received

# The warning is the one that a cancelled wait for a replica ends with, also at the commit.
WARN = """create function warn() returns trigger language plpgsql as
$$ begin raise warning 'cancelled' using errcode = '01000'; return null; end $$"""
AT_COMMIT = """create constraint trigger warn after insert on phananh_event
deferrable initially deferred for each row execute function warn()"""


@pytest.mark.postgres
@pytest.mark.parametrize("cases", [("HB-1",), ("HB-1", "HB-2")])
def test_a_cancelled_wait_for_the_replica_is_an_error(
    postgres_engine: Engine, cases: tuple[str, ...]
) -> None:
    """The error says that the act is perhaps recorded, and the connection is used again."""
    with postgres_engine.begin() as connection:
        connection.exec_driver_sql(WARN)
        connection.exec_driver_sql(AT_COMMIT)
    store = SqlalchemyStore(postgres_engine)
    with pytest.raises(StoreError) as caught:
        store.commit([change(received(case)) for case in cases])
    assert caught.value.code == "not_replicated"
    assert [len(store.load(case)) for case in cases] == [1] * len(cases)
    with postgres_engine.begin() as connection:
        connection.exec_driver_sql("drop trigger warn on phananh_event")
    store.commit([change(received("HB-9"))])
