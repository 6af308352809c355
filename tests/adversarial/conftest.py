"""The world of a test: in memory, or on each store."""

from pathlib import Path

import pytest

from phananh.stores.base import Store
from tests.adversarial.world import World
from tests.stores.conftest import every_store

__all__ = ["every_store"]


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Return a world with a store in memory."""
    return World(folder=tmp_path, patch=monkeypatch)


@pytest.fixture
def stored_world(world: World, every_store: Store) -> World:
    """Return a world with each store in turn."""
    world.store = every_store
    return world
