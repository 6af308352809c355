"""A test that takes `every_store` is run on each store that there is.

A suite that says `shares_statements` runs on an engine on which another store runs the same
statements. What depends on them alone is asked of it in `make slow`.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from phananh.stores.base import Store
from tests.stores.every import EVERY, new_store

CONTRACT = "phananh.testing.contract."
OF_STATEMENTS = ("growth", "queries", "values", "walks")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave to `make slow` what another suite asks of the same statements."""
    for item in items:
        if not getattr(getattr(item, "cls", None), "shares_statements", False):
            continue
        module = item.function.__module__  # type: ignore[attr-defined]  # of a test function
        if module.startswith(tuple(CONTRACT + each for each in OF_STATEMENTS)):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(params=EVERY)
def every_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Return each store in turn, empty."""
    with new_store(request.param, request, tmp_path) as store:
        yield store
