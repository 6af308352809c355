"""Where a store is: a value that another process can open, whatever engine it is of."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs

from phananh.stores import SqliteStore
from phananh.stores.base import Store


@attrs.frozen
class Place:
    """An engine, an address and options; `open` gives a new store on the same histories."""

    engine: str
    address: str
    options: tuple[tuple[str, Any], ...] = ()

    def open(self, **more: Any) -> Store:
        """Return a store of its own on what lies here."""
        return ENGINES[self.engine](self.address, **{**dict(self.options), **more})


ENGINES: dict[str, Any] = {"sqlite": SqliteStore}


@contextmanager
def make_sqlite(**options: Any) -> Iterator[Place]:
    """Lend a new SQLite file."""
    with tempfile.TemporaryDirectory(prefix="phananh-") as folder:
        place = Place("sqlite", str(Path(folder) / "cases.db"), tuple(options.items()))
        place.open().close()
        yield place
