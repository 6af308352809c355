"""A child keeps what it recorded in an SQLite file, although its parent closes the file.

SQLite counts the locks of a file for the whole process. A child that inherits an open connection
believes that it holds them, and it does not: a parent that closes its last connection then takes
itself for the last user, and deletes the log that the child writes.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.page_console import SOURCES

OPENING = {
    "sqlite": """
from phananh.stores import SqliteStore

store = SqliteStore(path)
close = store.close
""",
    "sqlalchemy": """
from sqlalchemy import create_engine, event
from phananh.stores.sqlalchemy import SqlalchemyStore

engine = create_engine(f"sqlite:///{path}")
event.listen(engine, "connect", lambda driver, _: driver.execute("pragma journal_mode = wal"))
store = SqlalchemyStore(engine)
store.migrate()
close = engine.dispose
""",
    "django": """
import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections

options = {"transaction_mode": "IMMEDIATE", "init_command": "pragma journal_mode = wal"}
file = {"ENGINE": "django.db.backends.sqlite3", "NAME": path, "OPTIONS": options}
settings.configure(
    INSTALLED_APPS=["phananh.stores.django"], USE_TZ=True, DATABASES={"default": file}
)
django.setup()
call_command("migrate", verbosity=0)

from phananh.stores.django import DjangoStore

store = DjangoStore()
close = connections.close_all
""",
}
REST = """
import threading

from phananh import Desk, Person

desk, operator = Desk(store=store), Person(id="OP-1", role="operator")


def take():
    desk.receive(kind="information", channel="phone", content="x", by=operator)


opened, ended = threading.Event(), threading.Event()


def hold():
    take()
    opened.set()
    ended.wait()
    close()


thread = threading.Thread(target=hold)
if in_thread:
    thread.start()
    opened.wait()
else:
    take()
to_parent, to_child = os.pipe(), os.pipe()
child = os.fork()
if not child:
    if in_new_store:
        desk = Desk(store=SqlalchemyStore(engine))
    try:
        take()
        os.write(to_parent[1], b"x")
        os.read(to_child[0], 1)
        take()
    finally:
        os._exit(0)
os.read(to_parent[0], 1)
ended.set()
if in_thread:
    thread.join()
close()
os.write(to_child[1], b"x")
os.waitpid(child, 0)
with sqlite3.connect(path) as connection:
    print(connection.execute("select count(*) from phananh_case").fetchone()[0])
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.parametrize("opener", ["the-same-thread", "another-thread"])
@pytest.mark.parametrize("kind", [*OPENING, "sqlalchemy, a new store"])
def test_a_child_keeps_what_it_recorded(kind: str, opener: str, tmp_path: Path) -> None:
    """Recorded before and after the parent closed the file, both are there."""
    engine, _, new = kind.partition(", ")
    if engine != "sqlite":
        pytest.importorskip(engine)
    facts = (str(tmp_path / "cases.db"), opener == "another-thread", bool(new))
    head = f"import os, sqlite3\npath, in_thread, in_new_store = {facts!r}\n"
    done = subprocess.run(
        [sys.executable, "-c", head + OPENING[engine] + REST],
        env={**os.environ, "PYTHONPATH": SOURCES},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "3\n", done.stderr
