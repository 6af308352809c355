"""The world of a test: in memory, on each store, or in each place that can be hurt from outside."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phananh.stores.base import Store
from tests.adversarial.world import World
from tests.faults.conftest import ALCHEMY, DJANGO, ENGINES, lend_place
from tests.stores.conftest import every_store

__all__ = ["every_store"]
QUICK = {"sqlite": {"synchronous": "NORMAL"}, "postgres": {"retry_for": 0, "timeout": 60}}


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return a world with a store in memory."""
    return World(folder=tmp_path, patch=monkeypatch)


@pytest.fixture
def stored_world(world: World, every_store: Store) -> World:
    """Return a world with each store in turn."""
    world.store = every_store
    return world


@pytest.fixture(params=[*ENGINES, *ALCHEMY, *DJANGO])
def placed_world(world: World, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[World]:
    """Return a world in each place that can be hurt from outside."""
    options = QUICK.get(request.param, {})
    with lend_place(request.param, request, tmp_path, **options) as world.place:
        yield world
