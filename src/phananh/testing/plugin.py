"""The pytest plugin: fixtures, and a marker.

You take it in by one line in the conftest.py at the root of your tests:

    pytest_plugins = ["phananh.testing.plugin"]

There is no entry point: pytest would import phananh in every run then, before coverage is
measured, whether a test needs it or not. PYTEST_DONT_REWRITE: there is no `assert` in here, and
you get no warning if you import the plugin before pytest does.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Any

import pytest

from phananh.desk.desk import Desk
from phananh.errors import PhanAnhError
from phananh.regulation.rules import HOA_BINH_2019, Rules, list_rules
from phananh.stores.base import Store
from phananh.stores.memory import MemoryStore
from phananh.testing.cases import START, a_desk
from phananh.testing.clock import ManualClock, parse_instant
from phananh.testing.exploration import choose_start

NAME = "phananh"
MARKER = (
    f'{NAME}(at="2025-04-21 09:00", rules=..., hours=..., store=...): when `phananh_clock` begins, '
    "the rules and hours of `phananh_desk`, and what makes `phananh_store`"
)


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line("markers", MARKER)


def read_settings(node: pytest.Item) -> dict[str, Any]:
    """Return the settings of a test's markers, the nearest one of each."""
    found: dict[str, Any] = {}
    for marker in reversed([*node.iter_markers(NAME)]):
        found |= marker.kwargs
    return found


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a marker that says what there is not, before any test runs.

    Raises:
        pytest.UsageError: it names the test, and the known settings.
    """
    for item in items:
        for marker in item.iter_markers(NAME):
            try:
                check_settings(*marker.args, **marker.kwargs)
            except (TypeError, PhanAnhError) as error:
                problem = f"{item.nodeid}: the marker {NAME}: {error}; it is {MARKER}"
                raise pytest.UsageError(problem) from None


def check_settings(
    *,
    at: datetime | str = "2025-04-21",
    rules: Rules | Iterable[Rules] = HOA_BINH_2019,
    hours: object = None,
    store: Callable[[], Store] = MemoryStore,
) -> None:
    """Refuse a time or rules that are none. What else a marker takes is seen when it is used."""
    parse_instant(at)
    list_rules(rules)


@pytest.fixture
def phananh_clock(request: pytest.FixtureRequest) -> ManualClock:
    """A clock that stops until the test moves it. The marker says when it begins."""
    settings = read_settings(request.node)
    rules = list_rules(settings.get("rules", HOA_BINH_2019))
    return ManualClock(settings.get("at") or choose_start(rules[-1], START))


@pytest.fixture
def phananh_store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store. Override this fixture, or name another in the marker. It is closed after."""
    store = read_settings(request.node).get("store", MemoryStore)()
    yield store
    store.close()


@pytest.fixture
def phananh_desk(
    request: pytest.FixtureRequest, phananh_store: Store, phananh_clock: ManualClock
) -> Desk:
    """A desk on `phananh_store` and `phananh_clock`, under the rules and hours of the marker."""
    settings = read_settings(request.node)
    return a_desk(
        store=phananh_store,
        clock=phananh_clock,
        rules=settings.get("rules", HOA_BINH_2019),
        hours=settings.get("hours"),
    )
