"""The operations of a Django migration on the tables: steps of the schema."""

from typing import Any

from django.db import router
from django.db.migrations.operations.base import Operation

from phananh.errors import StoreError
from phananh.stores.django.store import DjangoSession, find_dialect, name_database
from phananh.stores.sql.dialect import LostRaceError
from phananh.stores.sql.schema import list_statements, migrate


class ChangeTables(Operation):  # type: ignore[misc]  # Django has no types
    """The steps of the schema after `since`, up to `upto`, in the dialect of the database.

    Steps that were done before are not repeated, such as those of `schema_sql` in a migration that
    you wrote. There is no going back, as that would drop cases.
    """

    reversible = False

    def __init__(self, *, since: int, upto: int) -> None:
        """Take the numbers of the last step before, and of the last one of these."""
        self.since, self.upto = since, upto

    def deconstruct(self) -> tuple[str, list[Any], dict[str, int]]:
        """Return how to make it again."""
        return type(self).__name__, [], {"since": self.since, "upto": self.upto}

    def describe(self) -> str:
        """Return a line for Django's plans."""
        return f"Bring the tables of phananh to schema {self.upto}"

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Leave the models as they are: there are none."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Do the steps, or collect their statements for `sqlmigrate`."""
        connection = schema_editor.connection
        if not router.allow_migrate(connection.alias, app_label):
            return
        dialect = find_dialect(connection)
        if schema_editor.collect_sql:
            steps = [s for s in dialect.migrations if self.since < s.number <= self.upto]
            for statement in list_statements(steps):
                schema_editor.execute(statement)
            return
        where = name_database(connection)
        with connection.cursor() as cursor:
            try:
                migrate(DjangoSession(cursor), dialect, "all", where=where, upto=self.upto)
            except LostRaceError as lost:
                raise StoreError(doing="migrating", where=where, code="always_second") from lost
