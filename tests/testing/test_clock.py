"""The manual clock stands still, moves by elapsed time, and knows its offset."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from phananh import Desk
from phananh.errors import InputError, InputTypeError
from phananh.testing.clock import ManualClock, parse_duration, parse_instant
from tests.desk import people as p

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
    assert (clock().hour, clock().astimezone(UTC)) == (3, datetime(2019, 3, 31, 1, 30, tzinfo=UTC))


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


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("1h30m", timedelta(minutes=90)),
        ("2d", timedelta(hours=48)),
        ("90s", timedelta(seconds=90)),
        ("5ms", timedelta(milliseconds=5)),
        ("1s1us", timedelta(seconds=1, microseconds=1)),
        ("-2h", timedelta(hours=-2)),
        ("0s", timedelta()),
        ("1d2h3m4s5ms6us", timedelta(1, 2 * 3600 + 3 * 60 + 4, 5006)),
    ],
)
def test_amounts_are_read_from_text(text: str, span: timedelta) -> None:
    """Days, hours and smaller units add up, and a sign turns the sum round."""
    assert (parse_duration(text), parse_duration(span)) == (span, span)


@pytest.mark.parametrize("text", ["", "-", "1", "h", "1m1h", "1.5h", "1h 3m", "1x", "\u0661h"])
def test_other_text_is_no_amount(text: str) -> None:
    """What is not exactly units in order is refused, with the form to write."""
    with pytest.raises(InputError, match='write it like "1h30m"'):
        parse_duration(text)
    with pytest.raises(InputTypeError):
        parse_duration(90)  # type: ignore[arg-type]  # what is refused


def test_instants_are_read_from_text() -> None:
    """Text without an offset is Vietnamese time, one that has an offset keeps it."""
    assert parse_instant("2019-11-04 08:00") == AT
    assert parse_instant("2019-11-04T08:00+02:00").utcoffset() == timedelta(hours=2)
    with pytest.raises(InputError, match="not an instant in ISO 8601"):
        ManualClock("next Monday")
    assert repr(ManualClock("2019-11-04 08:00")) == "ManualClock('2019-11-04T08:00:00+07:00')"


def test_clock_goes_to_the_due_time() -> None:
    """At the due time nothing is late yet, and a microsecond later the sweep marks the case."""
    clock = ManualClock(p.MORNING)
    desk = Desk(clock=clock)
    case = p.with_officer(desk)
    clock.to_due(case)
    assert (clock(), desk.sweep().lapsed) == (case.due, ())
    clock.to_due(case, plus="1us")
    assert len(desk.sweep().lapsed) == 1
    clock.to_due(case, plus="-2h")
    assert case.due is not None
    assert clock() == case.due - timedelta(hours=2)


def test_clock_needs_a_limit_that_runs() -> None:
    """A case without a running limit is refused, and the clock stands where it stood."""
    clock = ManualClock(AT)
    with pytest.raises(InputError, match=r"no limit of case HB-.* is running: it is received"):
        clock.to_due(p.a_case(Desk(clock=clock)))
    assert clock() == AT
