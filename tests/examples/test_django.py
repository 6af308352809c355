"""Our acts and the application's rows under Django: transactions, a migration, and its tests."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from phananh import Desk
from phananh.stores import SqliteStore

DJANGO = """
import django
from django.conf import settings

settings.configure(
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": "calls.db",
            "OPTIONS": {"transaction_mode": "IMMEDIATE"},
        }
    }
)
django.setup()
from django.db import connection, transaction
from phananh import Desk
from phananh.stores import SqliteStore
from tests.desk import people as p

asked = []
connection.ensure_connection()
connection.connection.executescript(SqliteStore.schema_sql())
cursor = connection.cursor()
cursor.execute("create table calls (case_id text, seconds integer not null)")
store = SqliteStore("calls.db")
connection.connection.set_trace_callback(asked.append)


def take_call(seconds):
    with store.bound(connection.connection) as lent:
        case = p.a_case(Desk(store=lent, clock=p.Hand()))
    cursor.execute("insert into calls values (%s, %s)", [case.id, seconds])


def count():
    rows = cursor.execute("select count(*) from calls").fetchone()[0]
    print(rows, len(Desk(store=store).find().rows))


with transaction.atomic():
    take_call(1)
print([each for each in asked if each.startswith("BEGIN")])
count()
try:
    with transaction.atomic():
        take_call(None)
except django.db.IntegrityError:
    count()
with transaction.atomic():
    take_call(2)
    try:
        with transaction.atomic():
            take_call(3)
            raise KeyError
    except KeyError:
        pass
count()
store.close()
"""


@pytest.fixture
def django(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Return what runs a program that uses Django in a folder of its own, and what it printed."""
    root = Path(__file__).parents[2]
    monkeypatch.setenv("PYTHONPATH", f"{root / 'src'}:{root}" if _is_source(root) else str(root))

    def run(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-W", "error", *words],
            cwd=tmp_path,
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        return done.stdout + done.stderr

    return run


def test_django_keeps_or_undoes_both(django: Callable[..., str]) -> None:
    """`atomic` begins immediately, commits both, undoes both, and an inner one its part."""
    assert django("-c", DJANGO).splitlines() == ["['BEGIN IMMEDIATE']", "1 1", "1 1", "2 2"]


PROJECT = {
    "manage.py": """
import sys

from django.conf import settings

database = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": "calls.db",
    "OPTIONS": {"transaction_mode": "IMMEDIATE"},
}
settings.configure(
    INSTALLED_APPS=["calls"], DATABASES={"default": database}, ROOT_URLCONF="calls.views"
)
import django
from django.core.management import execute_from_command_line

django.setup()
execute_from_command_line(sys.argv)
""",
    "calls/__init__.py": "",
    "calls/migrations/__init__.py": "",
    "calls/migrations/0001_initial.py": """
from django.db import migrations

from phananh.stores import SqliteStore


class Migration(migrations.Migration):
    operations = [migrations.RunSQL(SqliteStore.schema_sql())]
""",
    "calls/views.py": """
from functools import cache

from django.db import connection, transaction
from phananh import Desk
from phananh.stores import SqliteStore
from tests.desk import people as p

urlpatterns = []


@cache
def the_store():
    return SqliteStore("calls.db")


def take_call():
    with transaction.atomic(), SqliteStore.bound(connection.connection) as lent:
        return p.a_case(Desk(store=lent, clock=p.Hand()))
""",
    "calls/tests.py": """
from django.db import connection
from django.test import TestCase
from phananh import Desk
from phananh.stores import SqliteStore

from calls import views


class CallTest(TestCase):
    def test_a_call_is_recorded(self):
        case = views.take_call()
        with SqliteStore.bound(connection.connection) as lent:
            self.assertEqual(Desk(store=lent).get(case.id).state, "received")
        self.assertEqual(Desk(store=views.the_store()).find().rows, ())
""",
}


def write_project(folder: Path, **changed: str) -> None:
    """Write a project of Django with one application, whose migration makes our tables."""
    for name, content in {**PROJECT, **changed}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)


def test_django_migrates_and_tests(tmp_path: Path, django: Callable[..., str]) -> None:
    """The migration makes our tables; a test of Django's reads what it did, and leaves nothing."""
    write_project(tmp_path)
    assert "calls.0001_initial... OK" in django("manage.py", "migrate")
    assert django("manage.py", "test").rstrip().splitlines()[-2:] == [
        "OK",
        "Destroying test database for alias 'default'...",
    ]
    with SqliteStore(tmp_path / "calls.db") as store:
        assert Desk(store=store).find().rows == ()


def _is_source(root: Path) -> bool:
    """Return whether these tests run against the tree itself, not an installed wheel."""
    import phananh

    return Path(phananh.__file__).is_relative_to(root / "src")
