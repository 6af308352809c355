"""A store on each database of Django's, made by the migrations."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phananh.stores.django import DjangoStore
from tests.stores.django import databases


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgres", marks=pytest.mark.postgres),
        pytest.param("mariadb", marks=pytest.mark.mariadb),
    ]
)
def alias(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return a new database of Django's without tables."""
    if request.param == "sqlite":
        made = databases.add_sqlite(tmp_path / "cases.db")
    elif request.param == "mariadb":
        made = databases.add_mariadb(request.getfixturevalue("mariadb").url)
    else:
        schema = request.getfixturevalue("postgres")
        made = databases.add_postgres(schema.dsn, schema.name)
    yield made
    databases.close_all()


@pytest.fixture
def store(alias: str) -> DjangoStore:
    """Return a store on it, with tables; and one of the application's, `calls`."""
    databases.migrate(alias)
    with databases.cursor(alias) as cursor:
        cursor.execute("create table calls (case_id text, seconds integer not null)")
    return DjangoStore(alias)
