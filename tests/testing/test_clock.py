"""The manual clock stands still, moves by elapsed time, and knows its offset."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from phananh.errors import InputError
from phananh.testing.clock import ManualClock

AT = datetime(2019, 11, 4, 8, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def test_clock_stands_still_until_it_is_told() -> None:
    """Reading the clock does not move it; advance and set do."""
    clock = ManualClock(AT)
    assert clock() == clock() == AT
    clock.advance(timedelta(hours=9, microseconds=1))
    assert clock() == AT + timedelta(hours=9, microseconds=1)
    clock.set(AT - timedelta(days=1))
    assert clock() == AT - timedelta(days=1)


def test_clock_advances_by_elapsed_time() -> None:
    """Over a change of the wall clock an hour is an hour."""
    clock = ManualClock(
        datetime(2019, 3, 31, 0, 30, tzinfo=UTC).astimezone(ZoneInfo("Europe/Berlin"))
    )
    clock.advance(timedelta(hours=1))
    assert clock().hour == 3
    assert clock().astimezone(UTC) == datetime(2019, 3, 31, 1, 30, tzinfo=UTC)


def test_clock_refuses_naive_times_and_going_back() -> None:
    """A time without offset is an InputError, at once and later; so is a negative advance."""
    naive = datetime(2019, 11, 4, 8, 0)  # what is refused
    clock = ManualClock(AT)
    with pytest.raises(InputError, match="no offset"):
        ManualClock(naive)
    with pytest.raises(InputError, match="no offset"):
        clock.set(naive)
    with pytest.raises(InputError, match=r"use set\(\)"):
        clock.advance(timedelta(microseconds=-1))
    assert clock() == AT
