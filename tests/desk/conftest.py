"""A desk on each store, with a clock moved by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phananh import Desk, MemoryStore, open_store
from phananh.stores.base import Store
from tests.desk import people as p


@pytest.fixture
def hand() -> p.Hand:
    """Return a clock that stands still until a test moves it."""
    return p.Hand()


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Return each store in turn."""
    made = MemoryStore() if request.param == "memory" else open_store(tmp_path / "cases.db")
    yield made
    made.close()


@pytest.fixture
def desk(store: Store, hand: p.Hand) -> Desk:
    """Return a desk with preset A's hours and a clock moved by hand."""
    return Desk(store=store, clock=hand)
