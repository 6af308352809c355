"""Where a server lives: a folder of its own, an account that is not root, and a guard.

The paths are short, because the path of a Unix socket may have 100 characters at most.
"""

import fcntl
import os
import pwd
import random
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import uuid4

from tests.servers import guard

# Workers of pytest-xdist share the name of their run, and so the servers of it.
RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)[:8]
# Locks of this process on the servers that it shares; they end with the process.
_HELD: dict[str, int] = {}
# Kept, because Python warns when it forgets a process that still runs.
_STARTED: list[subprocess.Popen[bytes]] = []


class NoServerError(Exception):
    """A server is not installed here; the message says in one line how to get it."""


def account() -> dict[str, Any]:
    """Return the arguments of `subprocess` that run a server as somebody who is not root."""
    if os.geteuid():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def hand_over(path: Path) -> None:
    """Give a file or folder to the account that the servers run as."""
    if who := account():
        os.chown(path, who["user"], who["group"])


def environment() -> dict[str, str]:
    """Return the environment of a server: no settings of the person who runs the tests."""
    path = os.environ.get("PATH", os.defpath)
    return {"PATH": f"{path}:/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "TZ": "UTC"}


def run(command: list[str | Path], *, cwd: Path) -> str:
    """Run a program as the servers' account and return what it printed, or raise with that."""
    words = [str(word) for word in command]
    # A daemon that it starts keeps the output open, so the output is a file and no pipe.
    with tempfile.TemporaryFile("w+") as output:
        done = subprocess.run(
            words, cwd=cwd, env=environment(), stdout=output, stderr=output, **account()
        )
        output.seek(0)
        text = output.read()
    if done.returncode:
        raise RuntimeError(f"{' '.join(words)} ended with {done.returncode}:\n{text}")
    return text


def start_in_background(command: list[str | Path], *, cwd: Path, log: Path) -> None:
    """Start a program that outlives this process, with its output in a file.

    A shell would do so too, but its children would be deaf to SIGQUIT.
    """
    words = [str(word) for word in command]
    with log.open("a") as output:
        _STARTED.append(
            subprocess.Popen(
                words,
                cwd=cwd,
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                **account(),
            )
        )


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on.

    It is none that the system gives to clients, which could take it while a server restarts.
    """
    while True:
        port = random.SystemRandom().randrange(20000, 32000)
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def hold(folder: Path) -> int | None:
    """Take the shared lock of a folder, or return None if the folder has just gone."""
    with suppress(FileNotFoundError):
        alive = os.open(folder / "alive", os.O_RDWR | os.O_CREAT, 0o600)
        fcntl.flock(alive, fcntl.LOCK_SH)
        with suppress(FileNotFoundError):
            if os.fstat(alive).st_ino == (folder / "alive").stat().st_ino:
                return alive
        os.close(alive)
    return None


def set_guard(folder: Path) -> None:
    """Start the program that clears the folder after the last holder of its lock is gone."""
    command = 'exec "$@" >/dev/null 2>&1 </dev/null &'
    subprocess.run(
        ["sh", "-c", f"({command})", "sh", sys.executable, guard.__file__, str(folder)],
        cwd="/",
        check=True,
        start_new_session=True,
    )


@contextmanager
def home(kind: str) -> Iterator[Path]:
    """Lend a folder for servers; what runs in it stops afterwards, and the folder goes."""
    folder = Path(tempfile.mkdtemp(prefix=f"phananh-{kind}-"))
    hand_over(folder)
    held = hold(folder)
    assert held is not None
    set_guard(folder)
    try:
        yield folder
    finally:
        guard.clear(folder)
        os.close(held)


def shared(kind: str, start: Callable[[Path], str]) -> str:
    """Return what the first caller of this run got from `start`: the address of a server.

    `start` gets a folder. The server stops when the last process that asked for it has ended.
    """
    folder = Path(tempfile.gettempdir(), f"phananh-{kind}-{RUN}")
    while kind not in _HELD:
        folder.mkdir(mode=0o700, exist_ok=True)
        if (held := hold(folder)) is not None:
            _HELD[kind] = held
    with (folder / "start").open("w") as first:
        fcntl.flock(first, fcntl.LOCK_EX)
        address = folder / "address"
        if not address.exists():
            hand_over(folder)
            set_guard(folder)
            address.write_text(start(folder))
        return address.read_text()


def option_file(settings: Mapping[str, Any]) -> str:
    """Return settings as lines of a file of options."""
    return "".join(f"{name} = {value}\n" for name, value in settings.items())
