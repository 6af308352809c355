"""A connection string is named without its password, however that was written."""

import pytest

from phananh.errors import InputError
from phananh.stores.postgres import PostgresStore

HOSTS = (
    ("postgresql://u:s3cret@h:5432/d", "postgresql://h:5432/d"),
    ("postgresql://u:s3c%2Fr%40et@h1:1,h2:2/d", "postgresql://h1,h2:1,2/d"),
    ("host=/run/pg dbname=a@b password=s3cret", "postgresql:///run/pg/a@b"),
    ("host=@abstract dbname=d", "postgresql://@abstract/d"),
)


@pytest.mark.parametrize(("dsn", "name"), HOSTS)
def test_store_is_named_by_host_port_and_database(dsn: str, name: str) -> None:
    """What names a store is where it connects to, and nobody's password."""
    assert repr(PostgresStore(dsn)) == f"PostgresStore({name!r})"


@pytest.mark.parametrize(
    "dsn",
    ["postgresql://u:s3cr/et@h/d", "postgresql://u:1234/s3cr@h/d", "postgresql://u:x@s3cr@h/d"],
)
def test_password_that_nobody_escaped_is_not_shown(dsn: str) -> None:
    """A `/` or `@` in a password makes another part of it: it is refused, and not repeated."""
    with pytest.raises(InputError) as caught:
        PostgresStore(dsn)
    shown = str(caught.value) + repr(caught.value) + repr(caught.value.as_dict())
    assert "s3cr" not in shown
    assert caught.value.code == "not_a_dsn"
