"""The migrations of Django make our tables and nothing else, and lose no case."""

import io
import re
from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.core.management import CommandError, call_command
from django.db import connections
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.test import override_settings

from phananh import Desk
from phananh.stores.django import DjangoStore
from phananh.stores.django.apps import find_client_binding, say
from phananh.stores.sql import Dialect
from phananh.stores.sql.dialects.mariadb import MariadbDialect
from phananh.stores.sql.dialects.postgres import PostgresDialect
from phananh.stores.sql.dialects.sqlite import SqliteDialect
from phananh.testing.sample_events import change, received
from tests.desk import people as p
from tests.stores.django import databases


def list_tables(alias: str) -> list[str]:
    """Return the names of our tables."""
    with databases.cursor(alias) as cursor:
        names = connections[alias].introspection.table_names(cursor)
    return [name for name in names if name.startswith("phananh")]


def run(*words: str, **options: object) -> str:
    """Run a command of `manage.py`, and return what it printed."""
    printed = io.StringIO()
    call_command(*words, stdout=printed, **options)
    return printed.getvalue()


def test_nothing_is_left_to_make() -> None:
    """`makemigrations --check` finds that models and migrations agree."""
    assert "No changes" in run("makemigrations", "phananh", check_changes=True, dry_run=True)


def test_there_is_no_going_back(store: DjangoStore) -> None:
    """`migrate phananh zero` is refused, and all is as it was."""
    store.commit([change(received("HB-1"))])
    with pytest.raises(IrreversibleError):
        run("migrate", "phananh", "zero", database=store.using)
    assert len(store.load("HB-1")) == 1


def test_tables_that_are_there_are_taken_over(alias: str) -> None:
    """Tables that were made by other means, with cases in them, are migrated, not made again."""
    store = DjangoStore(alias)
    store.migrate()
    store.commit([change(received("HB-1"))])
    databases.migrate(alias)
    assert len(store.load("HB-1")) == 1
    assert ("phananh", "0001_tables") in MigrationRecorder(connections[alias]).applied_migrations()


def test_sqlmigrate_prints_what_migrate_does(alias: str) -> None:
    """The printed statements make tables that the store runs on."""
    names = ("0001_tables", "0002_recorded_at", "0003_urgent", "0004_holder_accused")
    printed = "".join(run("sqlmigrate", "phananh", name, database=alias) for name in names)
    statements = re.sub(r"^--.*$|^(BEGIN|COMMIT);$", "", printed, flags=re.MULTILINE)
    with databases.cursor(alias) as cursor:
        for statement in filter(str.strip, statements.split(";\n")):
            cursor.execute(statement)
    store = DjangoStore(alias)
    store.commit([change(received("HB-1"))])
    assert store.migrate() == ()


class Elsewhere:
    """A router that keeps our tables away from every database."""

    def allow_migrate(self, _alias: str, label: str, **_hints: object) -> bool | None:
        """Refuse `phananh`."""
        return False if label == "phananh" else None


@override_settings(DATABASE_ROUTERS=["tests.stores.django.test_migrations.Elsewhere"])
def test_a_router_keeps_the_tables_away(alias: str) -> None:
    """A database to which the router lets no table of ours has none."""
    databases.migrate(alias)
    assert list_tables(alias) == []


@override_settings(PHANANH_DESK="tests.stores.django.databases.find_desk")
def test_the_command_sweeps_the_desk_of_the_settings(store: DjangoStore) -> None:
    """`phananh_sweep` marks what has run out, once."""
    hand = p.Hand()
    desk = Desk(store=store, clock=hand)
    databases.DESKS.append(desk)
    case = p.with_officer(desk)
    hand.at += timedelta(days=30)
    assert (run("phananh_sweep"), run("phananh_sweep")) == (
        "1 lapses were marked\n",
        "0 lapses were marked\n",
    )
    assert [row.case for row in desk.find(late=True).rows] == [case.id]


def test_the_command_asks_for_a_desk() -> None:
    """Without the setting the command names it."""
    with pytest.raises(CommandError, match="PHANANH_DESK is not in the settings"):
        run("phananh_sweep")


def test_sentences_follow_the_language_of_django() -> None:
    """Django's language decides in which one we speak."""
    from django.utils.translation import override

    with override("vi"):
        assert say("swept", lapsed=0) == "đã đánh dấu 0 PAKN trễ hạn"
    with override("fr"):
        assert say("swept", lapsed=0) == "0 lapses were marked"


def test_check_warns_of_values_in_statements() -> None:
    """`manage.py check` names a PostgreSQL whose log may show personal data, and the setting."""
    where = {"dsn": "postgresql://x@localhost/x", "schema": "public"}
    open_one = databases.add_postgres(**where, server_side_binding=False)
    bound = databases.add_postgres(**where)
    said = "".join(f"{each.msg} {each.hint}" for each in run_checks() if each.id == "phananh.W001")
    assert f"{open_one}'" in said
    assert f"{bound}'" not in said
    assert '"server_side_binding": True' in said
    with override_settings(DATABASE_ROUTERS=["tests.stores.django.test_migrations.Elsewhere"]):
        assert find_client_binding() == []


@pytest.mark.parametrize("dialect", [SqliteDialect, PostgresDialect, MariadbDialect])
def test_the_migrations_end_where_the_dialects_do(dialect: type[Dialect]) -> None:
    """Whoever adds a step to the tables of an engine adds a migration of Django that runs it."""
    migrations = sorted(MigrationLoader(None).disk_migrations.items())
    ours = [each for (label, _), each in migrations if label == "phananh"]
    steps = [operation for migration in ours for operation in migration.operations]
    assert [step.since for step in steps] == [0, *[step.upto for step in steps[:-1]]]
    assert steps[-1].upto == dialect.migrations[-1].number
