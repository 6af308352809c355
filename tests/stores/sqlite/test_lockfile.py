"""The lock beside the database: held each time that it is taken, and waited for as long as told."""

import threading
from pathlib import Path

import pytest

from phananh.errors import InputError
from phananh.stores import SqliteStore
from phananh.stores.sqlite import LockFile
from phananh.stores.waiting import check_seconds
from phananh.testing.sample_events import change, received

HUGE = [1e300, 10**400, 2**31, 9_223_372_037]


def test_an_open_file_is_locked_again_each_time(tmp_path: Path) -> None:
    """Whoever has locked before, and keeps the file open, is kept out as long as another holds it.

    Two of them on one file stand for two processes: each opens the file for itself.
    """
    path = str(tmp_path / "cases.db")
    one, other = LockFile(path, timeout=0.01), LockFile(path, timeout=0.01)
    for _ in range(2):
        with one:
            assert one.is_open
            with pytest.raises(TimeoutError), other:
                pass
        with other, pytest.raises(TimeoutError), one:
            pass
    one.close()
    other.close()


@pytest.mark.parametrize("seconds", HUGE)
def test_a_huge_timeout_is_a_long_one(tmp_path: Path, seconds: float) -> None:
    """It is what an engine can count at most, and whoever is held up waits all the same."""
    with SqliteStore(tmp_path / "cases.db", timeout=seconds) as store:
        [(limit,)] = store._select("reading", "pragma busy_timeout", ())
        assert limit == 2_147_483_000
        writer = threading.Thread(target=store.commit, args=([change(received("HB-1"))],))
        with store._lock:
            writer.start()
            writer.join(timeout=0.05)
            assert writer.is_alive()
        writer.join(timeout=60)
        assert store.load("HB-1") != ()


@pytest.mark.parametrize("wrong", [float("inf"), float("nan"), -1, -0.5, True, "5", None])
def test_what_is_no_number_of_seconds(tmp_path: Path, wrong: object) -> None:
    """Endless, negative and other values are refused before there is a file."""
    with pytest.raises(InputError, match="timeout"):
        SqliteStore(tmp_path / "cases.db", timeout=wrong)  # type: ignore[arg-type]  # on purpose
    assert list(tmp_path.iterdir()) == []


def test_a_usual_number_of_seconds_stays_as_it_is() -> None:
    """A whole number, a fraction, and none at all."""
    assert [check_seconds(each, field="x") for each in (5, 0.25, 0, 86_400)] == [5, 0.25, 0, 86_400]
