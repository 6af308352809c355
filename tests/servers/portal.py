"""The portal of `examples/portal` as a server of two workers, which tests kill."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psutil

from tests.page_console import SOURCES
from tests.servers.home import free_port


@contextmanager
def serve(address: str) -> Iterator[tuple[str, psutil.Process]]:
    """Run two workers over a store; return their address, and what starts dead ones anew."""
    port, own = free_port(), {"PYTHONPATH": SOURCES, "PHANANH_DB": address}
    words = ["--workers", "2", "--port", str(port), "--log-level", "error"]
    server = psutil.Popen(
        [sys.executable, "-m", "uvicorn", "--factory", "examples.portal.app:make_app", *words],
        cwd=Path(__file__).parents[2],
        env={**os.environ, **own},
    )
    try:
        yield f"http://127.0.0.1:{port}", server
    finally:
        for each in (*server.children(), server):
            each.kill()
        server.wait(60)


def kill_worker(server: psutil.Process, turn: int) -> None:
    """Kill one of the workers at once, whatever it does."""
    workers = list[psutil.Process]()
    while not workers and server.poll() is None:  # dead ones are started anew
        for each in server.children():
            with suppress(psutil.NoSuchProcess):  # or a zombie
                workers += [each] if "spawn_main" in " ".join(each.cmdline()) else []
    workers[turn % len(workers)].kill()
