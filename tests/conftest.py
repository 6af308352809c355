"""What tests share: how hard Hypothesis looks, that Ctrl-C is heard, a desk on each store.

The profile `ci` draws the same examples on each run and sets no deadline, so that a slow
machine proves nothing; `HYPOTHESIS_PROFILE=default` explores anew. Hypothesis also tries the
constants of all local modules that are imported, so that what a test draws would depend on the
tests that run beside it: we tell it that no module is local.

`PHANANH_TEST_NOW=2026-02-01T02:00+07:00` starts the clock of this process there, so that a test
that takes today for an ordinary day is found; processes that tests start have the true time, and
a test that compares its own time with theirs takes `true_time`.

Database servers come from `tests/servers`.

What a shell starts in the background ignores Ctrl-C, and so does whatever that starts.
"""

import os
import signal
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import settings

from phananh import Desk, MemoryStore, open_store
from phananh.stores.base import Store
from tests.desk import people as p
from tests.forks import wait_before_forks

TRAVEL = None
if NOW := os.environ.get("PHANANH_TEST_NOW"):
    import time_machine

    TRAVEL = time_machine.travel(datetime.fromisoformat(NOW), tick=True)
    TRAVEL.start()

pytest_plugins = ["tests.servers.fixtures"]

settings.register_profile("ci", derandomize=True, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

with suppress(ImportError):  # it has another name, or none, in other versions
    from hypothesis.internal.conjecture import providers

    vars(providers).update(is_local_module_file=lambda _file: False)

wait_before_forks()

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def true_time() -> Iterator[None]:
    """Give a test the time that the processes which it starts have."""
    if TRAVEL is not None:
        TRAVEL.stop()
    yield
    if TRAVEL is not None:
        TRAVEL.start()


@pytest.fixture
def hand() -> p.Hand:
    """Return a clock that stands still until a test moves it."""
    return p.Hand()


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Return each store in turn."""
    with MemoryStore() if request.param == "memory" else open_store(tmp_path / "cases.db") as made:
        yield made


@pytest.fixture
def desk(store: Store, hand: p.Hand) -> Desk:
    """Return a desk with preset A's hours and a clock moved by hand."""
    return Desk(store=store, clock=hand)
