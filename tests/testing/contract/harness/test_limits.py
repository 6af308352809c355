"""A store that hangs is reported within the time limit, and says where it hangs."""

import signal
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import pytest

from phananh.stores import MemoryStore
from phananh.stores.base import Change, FeedEntry
from phananh.testing.conformance import ContractError
from phananh.testing.contract.harness import limits
from phananh.testing.contract.harness.threads import repeat_until_met, run_beside, run_together
from tests.testing.contract.harness.run import make_suite, run_test

LIMIT = 0.3  # seconds
FOREVER = threading.Event()


class HangsInCommit(MemoryStore):
    """Waits for something that never comes."""

    def commit(self, changes: Sequence[Change], /) -> None:
        """Wait."""
        FOREVER.wait()


class HangsInLoad(MemoryStore):
    """Waits, and begins to wait again whatever interrupts it."""

    def load(self, case: str, /) -> Any:
        """Wait."""
        while True:
            try:
                time.sleep(10)
            except Exception:  # noqa: BLE001, S112  # as stores do that never give up
                continue


class HangsInScan(MemoryStore):
    """Waits in threads other than the main one."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        """Wait, if a thread of a test reads."""
        if threading.current_thread() is not threading.main_thread():
            FOREVER.wait()
        return super().scan(after, limit=limit)


class HangsInClose(MemoryStore):
    """Waits when it is closed."""

    def close(self) -> None:
        """Wait."""
        FOREVER.wait()


@pytest.fixture(autouse=True)
def _short_grace(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "GRACE", 0.1)


@pytest.mark.parametrize(
    ("store", "name", "place"),
    [
        (HangsInCommit, "test_refuses_a_second_beginning", r"HangsInCommit\.commit \(test_limits"),
        (HangsInCommit, "test_one_of_racing_threads_wins", r"8 of 8 threads .* HangsInCommit"),
        (HangsInLoad, "test_unknown_case_is_empty", r"HangsInLoad\.load \(test_limits"),
        (HangsInScan, "test_shows_nothing_behind_a_position", r"1 of 6 threads .* HangsInScan"),
        (HangsInClose, "test_closing_twice_is_closing_once", r"HangsInClose\.close \(test_limits"),
    ],
)
def test_a_hanging_store_is_reported(store: type[MemoryStore], name: str, place: str) -> None:
    """The error names the place, and says how to allow more time."""
    suite = make_suite(store, time_limit=LIMIT)
    with pytest.raises(ContractError, match=place) as raised:
        run_test(suite, name)
    assert "not done after 0.3 seconds" in str(raised.value)
    assert "higher `time_limit`" in str(raised.value)


def test_without_alarms_a_test_runs_in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """So it is limited on systems without alarms, and outside the main thread."""
    monkeypatch.delattr(signal, "setitimer")
    assert limits.run_limited(lambda: "done", LIMIT) == "done"
    with pytest.raises(ValueError, match="wrong"):
        limits.run_limited(_raise_wrong, LIMIT)
    with pytest.raises(ContractError, match=r"HangsInLoad\.load"):
        limits.run_limited(partial(HangsInLoad().load, "HB-1"), LIMIT)


def _raise_wrong() -> None:
    raise ValueError("wrong")


def test_an_alarm_of_somebody_else_is_left_as_it_was() -> None:
    """A timer that ran before a limited call runs on after it, with its own handler."""
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda number, _frame: rung.append(number))
    signal.setitimer(signal.ITIMER_REAL, 60)
    try:
        limits.run_limited(lambda: None, LIMIT)
        left, _ = signal.getitimer(signal.ITIMER_REAL)
        assert 0 < left <= 60
        signal.raise_signal(signal.SIGALRM)
        assert rung == [signal.SIGALRM]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_outside_a_test_there_is_time() -> None:
    """What waits outside of any test may wait as long as a test by default."""
    assert limits.time_left() == limits.DEFAULT_LIMIT
    assert "60 seconds" in str(limits.make_limit_error("nothing"))


def test_results_of_threads_are_in_order() -> None:
    """Results and errors come in the order of the calls, an exit of a thread too."""
    calls: list[Callable[[], Any]] = [lambda: 1, _raise_wrong, _exit]
    one, two, three = run_together(calls)
    assert one == 1
    assert isinstance(two, ValueError)
    assert isinstance(three, SystemExit)


def _exit() -> None:
    raise SystemExit


def test_what_a_writer_raises_beside_a_reader_is_reported() -> None:
    """A writer that fails ends the race with its error."""
    with pytest.raises(ContractError, match="wrong"):
        run_beside([_raise_wrong], lambda: None)


def test_a_race_is_repeated_until_it_met() -> None:
    """An attempt in which nothing met is no proof; one that never meets is reported."""
    tried: list[int] = []

    def attempt(number: int) -> int:
        tried.append(number)
        return number

    repeat_until_met(attempt, wanted=4, what="they met")
    assert tried == [0, 1, 2, 3]
    with pytest.raises(ContractError, match="they met 0 times, 1 are needed"):
        limits.run_limited(lambda: repeat_until_met(lambda _: 0, wanted=1, what="they met"), LIMIT)
