"""A test that takes `every_store` is run on each store that there is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phananh.stores.base import Store
from tests.stores.every import EVERY, new_store


@pytest.fixture(params=EVERY)
def every_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Return each store in turn, empty."""
    with new_store(request.param, request, tmp_path) as store:
        yield store
