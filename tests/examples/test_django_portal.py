"""The portal on Django: its own tests, and two real servers that are killed under load."""

import http.client
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.page_console import SOURCES
from tests.servers.home import free_port
from tests.servers.postgres import PostgresServer

pytest.importorskip("django")
FOLDER = Path(__file__).parents[2] / "examples" / "django_portal"
CALL = {"kind": "information", "content": "Câu hỏi mẫu", "seconds": 95}
KILLS = 4
LOAD = 8  # cases between two kills
TOKEN = "a" * 32  # as a page of the portal would set it
SESSION = """
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
call_command("make_samples")
client = Client()
client.force_login(User.objects.get(username="dien-thoai-vien"))
print("sessionid", client.cookies["sessionid"].value)
"""


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return a database for the project: a file, or one of a durable server of the test's own."""
    if request.param == "sqlite":
        return str(tmp_path / "portal.db")
    dsn: str = request.getfixturevalue("own_postgres").dsn()
    return dsn


def environment(database: str) -> dict[str, str]:
    """Return the variables of a process of the project."""
    return {**os.environ, "PYTHONPATH": SOURCES, "PYTHONUTF8": "1", "PORTAL_DATABASE": database}


def manage(database: str, *words: str) -> str:
    """Run `manage.py`, and return what it printed."""
    done = subprocess.run(
        [sys.executable, "-W", "error", str(FOLDER / "manage.py"), *words],
        env=environment(database),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_a_project_migrates_tests_and_sweeps(database: str) -> None:
    """`migrate` is all that is needed; nothing is left to migrate; the project's tests pass."""
    assert "Applying phananh.0001_tables... OK" in manage(database, "migrate")
    assert "No changes detected" in manage(database, "makemigrations", "--check")
    assert "no issues" in manage(database, "check", "--fail-level", "WARNING")
    assert manage(database, "test", "hotline", "--noinput").splitlines()[-2] == "OK"
    assert "0" in manage(database, "phananh_sweep")


def sign_in(database: str) -> str:
    """Make the sample users, and return the cookies of a session of the operator."""
    told = manage(database, "shell", "-c", SESSION).splitlines()
    assert {"dien-thoai-vien: operator", "mot-cua: officer/MC-MAU", "lanh-dao: leadership"} < {
        *told
    }
    session = next(line for line in told if line.startswith("sessionid"))
    return f"{session.replace(' ', '=')}; csrftoken={TOKEN}"


class Server:
    """A real server, on a port of its own; it can be killed and started again."""

    def __init__(self, database: str, cookies: str) -> None:
        """Start it on a free port; requests have these cookies."""
        self.cookies = cookies
        self.environment = environment(database)
        self.port = free_port()
        self.start()

    def start(self) -> None:
        """Start the process."""
        words = ["runserver", "--noreload", "--skip-checks", str(self.port)]
        self.process = subprocess.Popen(
            [sys.executable, str(FOLDER / "manage.py"), *words],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        """Kill it at once, whatever it does."""
        self.process.kill()
        self.process.wait(60)


@contextmanager
def two_servers(database: str) -> Iterator[list[Server]]:
    """Run two servers on one database, and end them whatever happens."""
    cookies = sign_in(database)
    servers = [Server(database, cookies), Server(database, cookies)]
    try:
        yield servers
    finally:
        for each in servers:
            each.process.send_signal(signal.SIGKILL)
            each.process.wait(60)


def ask(server: Server, method: str, path: str, key: str = "", body: object = None) -> Any:
    """Send a request to a server, and return the status and the JSON."""
    headers = {"Cookie": server.cookies, "X-CSRFToken": TOKEN, "Idempotency-Key": key}
    headers["Content-Type"] = "application/json"
    with closing(http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)) as connection:
        connection.request(method, path, json.dumps(body), headers)
        told = connection.getresponse()
        return told.status, json.loads(told.read())


def send(servers: list[Server], path: str, key: str, body: object) -> Any:
    """Send a request to one server after the other until one answers; return the JSON."""
    end = time.monotonic() + 60
    while True:
        for server in servers:
            assert time.monotonic() < end, f"no server answers to {key}"
            try:
                status, told = ask(server, "POST", path, key, body)
            except (OSError, http.client.HTTPException, ValueError):
                time.sleep(0.05)  # it was killed, before or after it recorded
                continue
            if status != 503:
                assert status in (200, 201), told
                return told


def work(name: str, servers: list[Server], until: threading.Event, made: dict[str, str]) -> None:
    """Record calls and answer them until told; keep which key made which case."""
    n = 0
    while not until.is_set():
        n, servers = n + 1, servers[::-1]
        case = send(servers, "/cases", f"{name}-{n}", CALL)["case"]
        said = {"text": "Trả lời mẫu", "version": 1}
        assert send(servers, f"/cases/{case}/answer", f"{name}-{n}-a", said)["version"] == 2
        made[f"{name}-{n}"] = case


def wait_for(made: dict[str, str], enough: int) -> None:
    """Wait until so many cases were acknowledged, however slow the machine is."""
    end = time.monotonic() + 120
    while len(made) < enough:
        assert time.monotonic() < end, f"{len(made)} of {enough} cases"
        time.sleep(0.01)


def kill_in_turn(
    servers: list[Server], postgres: PostgresServer | None, made: dict[str, str]
) -> None:
    """Kill one server after the other under load, and the database's, and start them again."""
    for turn in range(KILLS):
        wait_for(made, LOAD * (turn + 1))
        servers[turn % 2].kill()
        if postgres is not None and turn == 2:
            postgres.restart("immediate")
        servers[turn % 2].start()
    wait_for(made, LOAD * (KILLS + 1))


def test_nothing_acknowledged_is_lost_when_servers_are_killed(
    database: str, request: pytest.FixtureRequest
) -> None:
    """Two servers are killed under load: each key made one case and one call, answered once.

    PostgreSQL's own is stopped as in a crash meanwhile.
    """
    postgres: PostgresServer | None = None
    if database.startswith("postgresql:"):
        postgres = request.getfixturevalue("own_postgres")
    manage(database, "migrate")
    made: dict[str, str] = {}
    until = threading.Event()
    with two_servers(database) as servers:
        threads = [
            threading.Thread(target=work, args=(f"w{n}", servers, until, made)) for n in range(4)
        ]
        for thread in threads:
            thread.start()
        try:
            kill_in_turn(servers, postgres, made)
        finally:
            until.set()
            for thread in threads:
                thread.join()
        send(servers, "/cases", "w0-1", CALL)  # which waits until one has started
        found = next(filter(None, (count(server) for server in servers)))
    assert len(made) == len({*made.values()}) >= LOAD * (KILLS + 1)
    assert {*found.values()} == {len(made)}, found


def count(server: Server) -> Any:
    """Return what the project counts, if the server is up."""
    try:
        return ask(server, "GET", "/counts")[1]
    except (OSError, http.client.HTTPException, ValueError):
        return None
