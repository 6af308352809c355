"""Options of ours in a URL go to the store, and the driver sees the rest."""

from pathlib import Path

import pytest

from phananh import Desk, open_store
from phananh.errors import InputError, SchemaError
from phananh.stores.open import split_options
from phananh.stores.postgres import PostgresStore
from tests.desk import people as p
from tests.servers.schema import PostgresSchema


def test_options_of_ours_are_taken_out_of_the_url() -> None:
    """What is ours is read by its type; hosts and options of the driver stay as they are."""
    url, options = split_options(
        "postgresql://a:b@h1,h2:5433/db?phananh_schema=hotline&target_session_attrs=read-write"
        "&phananh_timeout=2.5&phananh_prepare=off"
    )
    assert url == "postgresql://a:b@h1,h2:5433/db?target_session_attrs=read-write"
    assert options == {"schema": "hotline", "timeout": 2.5, "prepare": False}
    assert split_options("postgresql:///db?phananh_prepare=on") == (
        "postgresql:///db",
        {"prepare": True},
    )
    assert split_options("postgresql:///db") == ("postgresql:///db", {})


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("phananh_shema=x", "use one of phananh_schema, phananh_timeout"),
        ("phananh_timeout=soon", "'phananh_timeout=soon' is not understood"),
        ("phananh_prepare=maybe", "write phananh_timeout=5 or phananh_prepare=off"),
        ("phananh_schema=%22x", "not a name of a schema|schema"),
    ],
)
def test_option_that_there_is_not_is_refused(query: str, said: str) -> None:
    """A misspelt option, or a value that it cannot have, is an error that shows no password."""
    with pytest.raises(InputError, match=said) as caught:
        open_store(f"postgresql://lan:s3cret@h/db?{query}")
    assert "s3cret" not in str(caught.value)


def test_address_opens_a_schema_of_a_server(postgres: PostgresSchema) -> None:
    """A PostgreSQL URL opens a store in the schema that it names, once the tables are made."""
    joint = "&" if "?" in postgres.dsn else "?"
    address = f"{postgres.dsn}{joint}phananh_schema={postgres.name}&phananh_retry_for=0"
    with open_store(address) as store, pytest.raises(SchemaError, match="phananh db migrate"):
        store.scan()
    with open_store(address, check_schema=False) as store:
        assert isinstance(store, PostgresStore)
        store.migrate()
    with open_store(address) as store:
        desk = Desk(store=store, clock=p.Hand())
        assert desk.get(p.a_case(desk).id).version == 1
        assert "://" in repr(store)


def test_missing_driver_is_told_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without psycopg the error has the line to type."""
    import sys

    for name in [each for each in sys.modules if each.startswith("phananh.stores.postgres")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(InputError, match=r'pip install "\.\[postgres\]"') as caught:
        open_store("postgres://lan:s3cret@h/db")
    assert 'trong bản sao mã nguồn: `pip install ".[postgres]"`' in caught.value.text("vi")
