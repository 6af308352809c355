"""What the portal answers on loopback beside many cases: `python -m benchmarks.portal`.

Two workers serve it, on the processors of the visitors. Then workers are killed while citizens
send, and each report whose receipt came back has to be there.
"""

import argparse
import asyncio
import random
import re
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from itertools import islice
from pathlib import Path
from statistics import quantiles
from typing import Any

import attrs
import httpx2
import psutil
from sqlalchemy import insert

from benchmarks.scale.places import SERVER
from examples.portal.accounts import make_account
from examples.portal.database import SESSIONS, open_engine, record
from examples.portal.sign_in import digest
from phananh import Desk, open_store
from phananh.samples import draw_changes
from tests.servers.portal import kill_worker, serve
from tests.servers.postgres import postgres_server

VISITORS = 8  # at a time
KILLS = 6
HIDDEN = re.compile(r'name="(token|click)" value="([^"]*)"')
CODE = re.compile(r'class="code">([^<]+)<')
REPORT = {
    "kind": "information",
    "content": "Câu hỏi mẫu về thủ tục",
    "sender.name": "Người gửi mẫu",
    "sender.phone": "0218 383 1022",
}
COOKIE = "c" * 43  # of the session of an operator


@attrs.frozen
class Visitor:
    """A browser on the network of the visitors, whose requests are timed."""

    client: httpx2.AsyncClient
    times: list[float]

    async def ask(self, method: str, path: str, **more: Any) -> str:
        """Send a request, and return the page that answers it."""
        begun = time.perf_counter()
        answer = await self.client.request(method, path, **more)
        self.times.append(time.perf_counter() - begun)
        answer.raise_for_status()
        return answer.text

    async def send(self, path: str, **typed: str) -> str:
        """Open a form, fill it in and send it."""
        hidden = dict(HIDDEN.findall(await self.ask("GET", path)))
        return await self.ask("POST", path, data={**hidden, **typed})


@asynccontextmanager
async def visit(home: str, times: list[float]) -> AsyncIterator[Visitor]:
    """Lend a browser at an address of its own, as a proxy says it."""
    address = ".".join(str(random.randrange(1, 255)) for _ in range(4))
    headers = {"X-Forwarded-For": address}
    options: Any = {"timeout": 60, "follow_redirects": True, "verify": False}  # no TLS
    async with httpx2.AsyncClient(base_url=home, headers=headers, **options) as client:
        yield Visitor(client, times)


def fill(address: str, count: int) -> list[str]:
    """Record sample cases and an operator, and return the tracking codes of some."""
    with open_store(address, check_schema=False) as store:
        store.migrate()
        changes, desk = draw_changes(count), Desk(store=store)
        while some := list(islice(changes, 500)):
            store.commit(some)
        rows = desk.find(order="newest", limit=200).rows
        codes = [str(desk.get(row.case).code) for row in rows]
    engine, who = open_engine(address), {"label": "Mẫu", "role": "operator", "state": "open"}
    make_account(engine, "x" * 12, name="op", person_id="op", **who)
    content = {"content": '{"account": "op"}', "account": "op", "ends_at": 2**31 - 1}
    record(engine, insert(SESSIONS).values(id=digest(COOKIE), **content))
    return codes


def wait_until_up(home: str) -> None:
    """Wait until a page is answered."""
    for _ in range(600):
        try:
            httpx2.get(home, timeout=60).raise_for_status()
        except httpx2.TransportError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(home)


async def measure(home: str, seconds: float, what: Callable[[Visitor], Awaitable[Any]]) -> str:
    """Return how many requests a second are answered, and how long the slowest of them take."""
    begun, times = time.perf_counter(), list[float]()

    async def come_again() -> None:
        while time.perf_counter() < begun + seconds:
            async with visit(home, times) as visitor:
                await what(visitor)

    await asyncio.gather(*(come_again() for _ in range(VISITORS)))
    rate, cuts = len(times) / (time.perf_counter() - begun), quantiles(times, n=100)
    return f"{rate:.0f} requests/s, p50 {cuts[49] * 1e3:.0f} ms, p99 {cuts[98] * 1e3:.0f} ms"


async def measure_all(home: str, codes: list[str], seconds: float) -> None:
    """Print the numbers of each kind of page."""

    async def report(visitor: Visitor) -> None:
        assert CODE.search(await visitor.send("/send", **REPORT))

    async def track(visitor: Visitor) -> None:
        assert "/receipt" in await visitor.send("/track", code=random.choice(codes))

    async def read_inbox(visitor: Visitor) -> None:
        visitor.client.cookies.set("portal", COOKIE)
        assert "/case/" in await visitor.ask("GET", "/inbox")

    for what in (report, track, read_inbox):
        print(f"  {what.__name__}: {await measure(home, seconds, what)}", flush=True)


async def kill_under_load(home: str, server: psutil.Process) -> list[str]:
    """Kill a worker again and again while citizens send; return the codes of their receipts."""
    codes, ended = list[str](), asyncio.Event()

    async def report_again() -> None:
        while not ended.is_set():
            try:
                async with visit(home, []) as visitor:
                    codes.extend(CODE.findall(await visitor.send("/send", **REPORT)))
            except httpx2.TransportError:
                await asyncio.sleep(0.05)

    async def kill_in_turn() -> None:
        for turn in range(KILLS):
            before = len(codes)
            while len(codes) < before + 50:
                await asyncio.sleep(0.05)
            kill_worker(server, turn)
        ended.set()

    await asyncio.gather(kill_in_turn(), *(report_again() for _ in range(VISITORS)))
    return codes


def run(address: str, count: int, seconds: float) -> None:
    """Fill a database, print the numbers, kill workers, and look for each acknowledged case."""
    codes = fill(address, count)
    with serve(address) as (home, server):
        wait_until_up(home)
        asyncio.run(measure_all(home, codes, seconds))
        sent = asyncio.run(kill_under_load(home, server))
    with open_store(address) as store:
        found = {Desk(store=store).track(code).id for code in sent}
    assert len(found) == len(sent)
    print(f"  killed {KILLS} times: all of {len(sent)} acknowledged cases are there", flush=True)


def main() -> None:
    """Run it on SQLite and on PostgreSQL."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.portal", description=__doc__)
    parser.add_argument("--cases", type=int, default=100_000)
    parser.add_argument("--seconds", type=float, default=15, help="for each kind of page")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="portal-") as folder:
        print("SQLite")
        run(str(Path(folder) / "cases.db"), options.cases, options.seconds)
    with postgres_server(durable=True, options=SERVER) as server:
        print("PostgreSQL")
        run(server.dsn(), options.cases, options.seconds)


if __name__ == "__main__":
    main()
