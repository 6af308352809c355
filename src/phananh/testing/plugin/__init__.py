"""The pytest plugin: fixtures, a marker, and reports of failing tests that show cases.

You take it in by one line in the conftest.py at the root of your tests:

    pytest_plugins = ["phananh.testing.plugin"]

There is no entry point: pytest would import phananh in every run then, before coverage is
measured, whether a test needs it or not. PYTEST_DONT_REWRITE: there is no `assert` in here, and
you get no warning if you import the plugin before pytest does.
"""

from collections.abc import Generator, Iterator
from typing import Any

import pytest

from phananh.desk.desk import Desk
from phananh.stores.base import Store
from phananh.testing.cases.desks import a_desk, choose_start
from phananh.testing.clock import ManualClock
from phananh.testing.plugin.comparison import compare
from phananh.testing.plugin.explanation import WatchedDesks
from phananh.testing.plugin.marker import MARKER, check_marker, read_settings

_DESKS = pytest.StashKey[WatchedDesks]()
_TABLES = pytest.StashKey[list[str]]()
SECTIONS = ("phananh: what was compared", "phananh: why each limit ends when it does")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--phananh-explain`."""
    parser.getgroup("phananh").addoption(
        "--phananh-explain",
        action="store_true",
        help="print, in the report of a failing test, why each limit of the cases that a desk of "
        "its fixtures recorded ends when it does",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Register the marker."""
    config.addinivalue_line("markers", MARKER)
    config.stash[_TABLES] = []
    is_explaining = config.getoption("phananh_explain", default=False)
    config.stash[_DESKS] = WatchedDesks(is_explaining=is_explaining)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Refuse a marker that says what there is not, before any test runs."""
    for item in items:
        check_marker(item)


@pytest.fixture
def phananh_clock(request: pytest.FixtureRequest) -> ManualClock:
    """A clock that stops until the test moves it. The marker says when it begins."""
    settings = read_settings(request.node)
    return ManualClock(choose_start(settings.rules[-1]) if settings.at is None else settings.at)


@pytest.fixture
def phananh_store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """An empty store. Override this fixture, or name another in the marker. It is closed after."""
    store = read_settings(request.node).store()
    yield store
    store.close()


@pytest.fixture
def phananh_desk(
    request: pytest.FixtureRequest, phananh_store: Store, phananh_clock: ManualClock
) -> Desk:
    """A desk on `phananh_store` and `phananh_clock`, under the rules and hours of the marker."""
    settings = read_settings(request.node)
    return a_desk(
        store=phananh_store, clock=phananh_clock, rules=settings.rules, hours=settings.hours
    )


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Begin anew with the desks that earlier tests used too."""
    item.config.stash[_DESKS].begin()


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> Generator[None, object, object]:
    """Watch every desk that a fixture gives, whatever its name, as long as the fixture lives."""
    value = yield
    if isinstance(value, Desk):
        forget = request.config.stash[_DESKS].add(value)
        fixturedef.addfinalizer(forget)
    return value


def pytest_assertrepr_compare(
    config: pytest.Config, op: str, left: object, right: object
) -> list[str] | None:
    """Show the fields in which two cases, events or histories differ, and all as a section."""
    found = compare(left, right, config.stash[_DESKS].load_history) if op == "==" else None
    if found is None:
        return None
    config.stash[_TABLES].append(found.whole)
    return [found.title, *found.differences]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[Any]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the compared values to the report of a failing test, and why limits end when they do."""
    report = yield
    tables, item.config.stash[_TABLES] = item.config.stash[_TABLES], []
    if report.when == "call" and report.failed:
        report.sections += [(SECTIONS[0], table) for table in tables]
        report.sections += [(SECTIONS[1], text) for text in item.config.stash[_DESKS].explain()]
    return report
