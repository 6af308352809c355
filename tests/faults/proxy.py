"""A proxy before a PostgreSQL that lets a statement reach the server, and swallows the reply."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import attrs
from psycopg.conninfo import conninfo_to_dict, make_conninfo

_READY = b"Z\x00\x00\x00\x05"  # ReadyForQuery: the server has done what it was asked
_SIZE = 65536


@attrs.define
class Proxy:
    """Forwards to the server; once armed, the reply to the next such statement is lost."""

    address: tuple[str, int]
    listener: socket.socket = attrs.field(factory=lambda: socket.create_server(("127.0.0.1", 0)))
    marker: bytes | None = None
    swallowed: int = 0
    lock: threading.Lock = attrs.field(factory=threading.Lock)

    def arm(self, marker: bytes) -> None:
        """Lose the reply to the next message from a client that holds these bytes."""
        with self.lock:
            self.marker = marker

    def serve(self) -> None:
        """Take connections until the listener is closed."""
        with suppress(OSError):
            while True:
                client, _ = self.listener.accept()
                threading.Thread(target=self._forward, args=(client,), daemon=True).start()

    def _forward(self, client: socket.socket) -> None:
        with client, socket.create_connection(self.address) as server:
            swallows = threading.Event()
            back = threading.Thread(target=self._reply, args=(client, server, swallows))
            back.start()
            with suppress(OSError):
                while data := client.recv(_SIZE):
                    if self._is_marked(data):
                        swallows.set()
                    server.sendall(data)
            _shut(server)
            back.join()

    def _is_marked(self, data: bytes) -> bool:
        with self.lock:
            found = self.marker is not None and self.marker in data
            if found:
                self.marker = None
        return found

    def _reply(
        self, client: socket.socket, server: socket.socket, swallows: threading.Event
    ) -> None:
        kept = b""
        with suppress(OSError):
            while data := server.recv(_SIZE):
                if not swallows.is_set():
                    client.sendall(data)
                    continue
                kept += data
                if _READY in kept:
                    self.swallowed += 1
                    break
        _shut(client)
        _shut(server)


def _shut(end: socket.socket) -> None:
    with suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)


@contextmanager
def run_proxy(dsn: str) -> Iterator[tuple[Proxy, str]]:
    """Lend a proxy before a server, and the connection string that goes through it."""
    parts = conninfo_to_dict(dsn)
    proxy = Proxy((str(parts["host"]), int(str(parts["port"]))))
    serving = threading.Thread(target=proxy.serve)
    serving.start()
    host, port = proxy.listener.getsockname()
    try:
        yield proxy, make_conninfo(dsn, host=host, port=port, sslmode="disable")
    finally:
        with suppress(OSError):
            proxy.listener.shutdown(socket.SHUT_RDWR)
        proxy.listener.close()
        serving.join()
