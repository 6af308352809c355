"""The page on scale partitions tables by month; the store works on them as on plain ones."""

import re

import pytest

from phananh.errors import StoreError
from phananh.regulation.request import Erased
from phananh.stores.postgres import PostgresStore
from phananh.testing.sample_events import answered, change, received
from tests.house import ROOT
from tests.servers.schema import PostgresSchema

PAGE = ROOT / "docs" / "explanation" / "scale.md"
IDS = ("HB-2611-AAAAAAAAAA", "HB-2612-BBBBBBBBBB")


def partition(postgres: PostgresSchema) -> PostgresStore:
    """Return a store of which events and personal texts are partitioned as the page says."""
    store = PostgresStore(postgres.dsn, schema=postgres.name)
    store.migrate()
    (block,) = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    with postgres.connect(autocommit=True) as connection:
        connection.execute(block)
        connection.execute(block_of_next_month(block))
    return store


def block_of_next_month(block: str) -> str:
    """Return the statements that make the partitions of the month after."""
    creating = block[block.index("create table phananh_event_2611") :]
    return creating.replace("2612", "2701").replace("2611", "2612")


def test_cases_of_two_months_are_recorded_read_and_erased(postgres: PostgresSchema) -> None:
    """Acts, histories, the feed and an erasure are as on plain tables, over two partitions."""
    with partition(postgres) as store:
        for case in IDS:
            store.commit([change(received(case), command=f"c-{case}")])
            store.commit([change(answered(case, 2), after=(received(case),))])
        assert [entry.event.case for entry in store.scan()] == [IDS[0]] * 2 + [IDS[1]] * 2
        assert [event.n for event in store.load(IDS[0])] == [1, 2]
        store.erase(IDS[0], at=received(IDS[0]).at)
        assert isinstance(store.load(IDS[0])[0].content, Erased)
        assert isinstance(store.load(IDS[1])[0].content, str)


def test_a_load_reads_one_partition(postgres: PostgresSchema) -> None:
    """The plan of a load names the partition of the case's month, and no other."""
    with partition(postgres) as store, postgres.connect() as connection:
        statement = f"explain {store.dialect.sql.load}".replace("%s", f"'{IDS[0]}'")
        plan = "\n".join(line for (line,) in connection.execute(statement))
    assert "phananh_event_2611" in plan
    assert "_2612" not in plan


def test_a_month_without_partition_is_refused_whole(postgres: PostgresSchema) -> None:
    """A receipt of a month that nobody prepared is an error of the store, and leaves nothing."""
    missing = "HB-2702-CCCCCCCCCC"
    with partition(postgres) as store:
        with pytest.raises(StoreError, match="23514"):
            store.commit([change(received(missing))])
        assert store.load(missing) == ()
        assert store.scan() == ()
