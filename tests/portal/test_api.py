"""The portal on FastAPI: its JSON, and two real servers that are killed under load."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest

from phananh import Accused, Desk, Person, open_store
from phananh.regulation.events import Answered
from phananh.stores.postgres import PostgresStore
from tests.page_console import SOURCES
from tests.servers.home import free_port

httpx2 = pytest.importorskip("httpx2")
testclient = pytest.importorskip("fastapi.testclient")

portal = pytest.importorskip("examples.portal.app")

from examples.portal.database import open_engine  # noqa: E402 - needs fastapi
from tests.portal.visitor import (  # noqa: E402
    app,
    begin_session,
    clock,
    make_people,
    sign_in,
)

__all__ = ["app", "clock"]

ROOT = Path(__file__).parents[2]
CALL = {"kind": "information", "content": "Câu hỏi mẫu", "phone": "0218 383 1022"}
APP = "examples.portal.app:make_app"
LOAD = 25  # cases between two kills


def headers(key: str = "") -> dict[str, str]:
    """Return the headers of a request by a program."""
    return {"Idempotency-Key": key}


@pytest.fixture
def client(app: Any) -> Iterator[Any]:
    """Return a client of the portal on a file of its own, an operator signed in."""
    with ExitStack() as opened:
        browser = testclient.TestClient(app)
        opened.callback(browser.close)
        begin_session(browser, "dien-thoai-vien")
        yield browser


def test_a_request_is_taken_once_and_answered(client: Any) -> None:
    """The same key gives the same case, and takes no id of others; the answer is in the list."""
    made = client.post("/cases", json=CALL, headers=headers("k-1"))
    again = client.post("/cases", json=CALL, headers=headers("k-1"))
    assert made.status_code == again.status_code == 201
    assert made.json() == again.json()
    case = made.json()["case"]
    other = client.post("/cases", json=CALL, headers=headers("k-0")).json()["case"]
    desk, by = client.app.state.desk.desk, Person(id="dtv-2", role="operator")
    me = desk.history(other)[0].by.id
    desk.complete(other, accused=[Accused(id=me, unit="don-vi-mau")], by=by)
    assert client.post("/cases", json=CALL, headers=headers("k-0")).status_code == 404
    url, said = f"/cases/{case}/answer", {"text": "Trả lời mẫu", "version": 1}
    assert client.post(url, json=said, headers=headers("k-2")).json()["state"] == "answered"
    late = client.post(url, json=said, headers=headers("k-3"))
    assert (late.status_code, late.json()["actual"]) == (409, 2)
    rows = client.get("/cases", params={"state": "answered"}, headers=headers()).json()["rows"]
    assert [row["case"] for row in rows] == [case]
    assert client.get(f"/cases/{case}", headers=headers()).json()["version"] == 2
    for key in ("k-1", "k-2"):  # such as an import has for its lines
        desk.receive(kind="information", channel="phone", content="Khác", by=by, command_id=key)


def test_a_body_is_bounded_before_the_sign_in(client: Any) -> None:
    """JSON and forms alike, with a length in the header or without, and NaN is no fault."""
    client.cookies.clear()
    for path in ("/cases", "/cases/HB-0/answer", "/sign-in"):
        for body in (b" " * 600_000, (b" " * 1_000 for _ in range(600))):
            sent = client.post(path, content=body, headers=headers("k"))
            assert sent.status_code == 413, path
    begin_session(client, "dien-thoai-vien")
    named = {**headers("k"), "Content-Type": "application/json"}
    sent = client.post("/cases", content='{"kind": NaN, "content": "x"}', headers=named)
    assert (sent.status_code, sent.json()["detail"][0]["loc"]) == (422, ["body", "kind"])


@pytest.mark.parametrize(
    ("method", "url", "more", "status"),
    [
        ("post", "/cases", {"json": {**CALL, "kind": "nope"}}, 422),
        ("post", "/cases", {"json": {**CALL, "content": "x" * 20_001}}, 422),
        ("post", "/cases/HB-0/answer", {"json": {"text": "x", "version": 1}}, 404),
        ("get", "/cases/HB-0", {}, 404),
        ("get", "/cases", {"params": {"after": "nonsense"}}, 422),
    ],
)
def test_what_is_wrong_is_told(
    client: Any, method: str, url: str, more: dict[str, Any], status: int
) -> None:
    """A wrong request gets the number that says whose turn it is, and records nothing."""
    told = getattr(client, method)(url, **{"headers": headers("k"), **more})
    assert told.status_code == status, told.text
    assert client.get("/cases", headers=headers()).json()["rows"] == []


@pytest.mark.parametrize(("name", "status"), [(None, 401), ("mot-cua", 403)])
def test_only_operators_have_the_lists(client: Any, name: str | None, status: int) -> None:
    """Without a sign-in it is 401, for another role 403, and nothing is recorded."""
    client.cookies.clear()
    if name:
        begin_session(client, name)
    for path in ("/cases", "/cases/HB-0"):
        assert client.get(path, headers=headers()).status_code == status
    assert client.post("/cases", json=CALL, headers=headers("k-1")).status_code == status
    begin_session(client, "dien-thoai-vien")
    assert client.get("/cases", headers=headers()).json()["rows"] == []


class Server:
    """A real server of one worker, on a port of its own; it can be killed and started again."""

    def __init__(self, address: str) -> None:
        """Start it on a free port, over the store at an address."""
        self.address = address
        self.port = free_port()
        self.start()

    def start(self) -> None:
        """Start the process."""
        words = ["--app-dir", str(ROOT), "--port", str(self.port), "--log-level", "warning"]
        own = {"PYTHONPATH": SOURCES, "PHANANH_DB": self.address}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "uvicorn", *words, "--factory", APP], env={**os.environ, **own}
        )

    def kill_and_start(self) -> None:
        """Kill it at once, whatever it does, and start it again."""
        self.process.kill()
        self.process.wait(60)
        self.start()

    def stop(self) -> int:
        """Ask it to end, and return its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(60)


@contextmanager
def two_servers(address: str) -> Iterator[list[Server]]:
    """Run two servers over one store, and end them whatever happens."""
    servers = [Server(address), Server(address)]
    try:
        yield servers
    finally:
        for each in servers:
            each.process.kill()
            each.process.wait(60)


async def send(client: Any, servers: list[Server], path: str, key: str, body: object) -> Any:
    """Send a request to one server after the other until one answers; return the JSON."""
    deadline = time.monotonic() + 120
    for turn in range(10_000):
        assert time.monotonic() < deadline, f"no server answers to {key}"
        url = f"http://127.0.0.1:{servers[turn % 2].port}{path}"
        try:
            told = await client.post(url, json=body, headers=headers(key))
        except httpx2.TransportError:  # it was killed, before or after it recorded
            await asyncio.sleep(0.05)
            continue
        if told.status_code != 503:
            assert told.status_code in (200, 201), told.text
            return told.json()
    raise AssertionError(key)


def cookies_of(server: Server) -> dict[str, str]:
    """Return the session of an operator, which is signed in as soon as the server is up."""
    for _ in range(600):
        try:
            with httpx2.Client(base_url=f"http://127.0.0.1:{server.port}") as client:
                assert sign_in(client, "dien-thoai-vien").status_code == 303
                return dict(client.cookies)
        except httpx2.TransportError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


async def work(
    name: str, servers: list[Server], cookies: dict[str, str], made: dict[str, str], enough: int
) -> None:
    """Take and answer requests until there are enough; note which key made which case."""
    async with httpx2.AsyncClient(cookies=cookies) as client:
        for turn in range(enough):
            if len(made) >= enough:
                return
            key, order = f"{name}-{turn}", servers[:: 1 if turn % 2 else -1]
            case = (await send(client, order, "/cases", key, CALL))["case"]
            said = {"text": "Trả lời mẫu", "version": 1}
            done = await send(client, order, f"/cases/{case}/answer", f"{key}-a", said)
            assert done["version"] == 2
            made[key] = case


async def break_in_turn(breaks: list[Callable[[], None]], made: dict[str, str]) -> None:
    """Break one thing after the other under load."""
    for number, each in enumerate(breaks, start=1):
        while len(made) < number * LOAD:
            await asyncio.sleep(0.005)
        await asyncio.to_thread(each)


def break_under_load(
    address: str, kills: int, also: Callable[[], None] | None = None
) -> dict[str, str]:
    """Return which key made which case while two servers were killed in turn."""
    made: dict[str, str] = {}

    async def main(servers: list[Server]) -> None:
        breaks: list[Callable[[], None]] = []
        for turn in range(kills):
            breaks += [servers[turn % 2].kill_and_start, *([also] if also else [])]
        enough = LOAD * (len(breaks) + 1)
        cookies = await asyncio.to_thread(cookies_of, servers[0])
        workers = [work(f"w{n}", servers, cookies, made, enough) for n in range(4)]
        await asyncio.wait_for(asyncio.gather(*workers, break_in_turn(breaks, made)), 240)

    with two_servers(address) as servers:
        asyncio.run(main(servers))
        assert {each.stop() for each in servers} <= {0, -signal.SIGTERM}
    return made


def check_once_each(desk: Desk, made: dict[str, str]) -> None:
    """Compare what is stored with what was acknowledged."""
    assert len(made) == len({*made.values()}) >= LOAD * 4
    assert desk.count(limit=100_000) == len(made)
    assert desk.count(states=["answered"], limit=100_000) == len(made)
    answered = desk.feed(events=[Answered], limit=100_000).entries
    assert sorted(entry.event.case for entry in answered) == sorted(made.values())


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of an empty store for several processes."""
    address = str(tmp_path / "cases.db")
    if request.param == "postgres":
        address = request.getfixturevalue("own_postgres").dsn()
        with PostgresStore(address) as store:
            store.migrate()
    make_people(open_engine(address))
    return address


def test_nothing_acknowledged_is_lost_when_servers_are_killed(address: str) -> None:
    """Two servers are killed four times under load: each key made one case, answered once."""
    pytest.importorskip("uvicorn")
    made = break_under_load(address, kills=4)
    with open_store(address) as store:
        check_once_each(Desk(store=store), made)
