"""A store that lets two acts meet, whatever store is inside, so no luck is needed."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from django.db import connections

from phananh import PhanAnhError
from phananh.stores.base import Change

PATIENCE = 20.0
"""Seconds after which a thread that nobody meets goes on alone."""


class Wrapped:
    """A store that asks another one."""

    def __init__(self, store: Any) -> None:
        """Keep the store."""
        self.store = store

    def __getattr__(self, name: str) -> Any:
        """Pass every other question on."""
        return getattr(self.store, name)


class Meeting(Wrapped):
    """Lets the first commits wait for one another: each was decided on the same version."""

    def __init__(self, store: Any, many: int) -> None:
        """Keep the store, and how many are to meet."""
        super().__init__(store)
        self.start, self.left = threading.Barrier(many), many
        self.lock = threading.Lock()

    def commit(self, changes: Sequence[Change], /) -> None:
        """Wait for the others, and record."""
        with self.lock:
            self.left -= 1
            is_expected = self.left >= 0
        if is_expected:
            with suppress(threading.BrokenBarrierError):
                self.start.wait(PATIENCE)
        self.store.commit(changes)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run each in a thread of its own; return "recorded" or the name of the error, sorted."""
    found: list[str] = []

    def run(act: Callable[[], object]) -> None:
        try:
            act()
            found.append("recorded")
        except PhanAnhError as error:
            found.append(type(error).__name__)
        finally:
            connections.close_all()  # Django has a connection for each thread

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)
