"""The contract on a server: schemas of its own, which are gone afterwards."""

import psycopg
import pytest

from phananh.testing.__main__ import main

SCHEMAS = """select count(*) from information_schema.schemata
where schema_name like 'phananh#_%' escape '#'"""


@pytest.mark.postgres
def test_schemas_are_made_and_dropped(
    postgres_dsn: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """A database is left as it was, whatever else is in it."""
    for text in ("second_beginning", "known_command_leaves", "resumes_after", "old_history"):
        assert main(["conform", postgres_dsn, "-k", text]) == 0, capsys.readouterr().out
    with psycopg.connect(postgres_dsn) as connection:
        assert connection.execute(SCHEMAS).fetchone() == (0,)
