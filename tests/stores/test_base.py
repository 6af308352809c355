"""What every store shares: values of the contract, cursors, positions and cancelled waits."""

import time
from contextvars import copy_context
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from phananh import Desk, StoreError
from phananh.errors import InputError
from phananh.stores import SqliteStore
from phananh.stores.base import Query
from phananh.stores.index_row import make_use
from phananh.stores.paging import format_instant, read_cursor, read_position
from phananh.stores.waiting import is_cancelled, watch_cancelled
from phananh.testing.sample_events import change, completed, received
from tests.desk import people as p


@pytest.mark.parametrize(
    "changed",
    [
        {"expected": 1},
        {"expected": -1},
        {"events": ()},
        {"events": (completed("HB-1", 2), received("HB-1"))},
        {"events": (received("HB-2"), completed("HB-2", 2))},
        {"case": "HB-2"},
    ],
)
def test_change_that_does_not_continue_is_refused(changed: dict[str, object]) -> None:
    """Events, row and expected version of a change have to fit; else it is an InputError."""
    whole = change(received("HB-1"), completed("HB-1", 2))
    with pytest.raises(InputError, match="do not continue"):
        attrs.evolve(whole, **changed)


@pytest.mark.parametrize("limit", [0, -1, True, 2.5, 2**31, 10**30])
def test_page_without_rows_is_refused(limit: int) -> None:
    """A page holds one row or more, and no more than a database can count to."""
    with pytest.raises(InputError, match="1 or more"):
        Query(limit=limit)


@pytest.mark.parametrize("field", ["rules", "code", "after"])
def test_half_a_character_is_asked_of_no_database(field: str) -> None:
    """Half a surrogate pair, which no stored text holds, is an InputError that names the field."""
    with pytest.raises(InputError) as caught:
        Query(**{field: "received|\ud800"})  # type: ignore[arg-type]  # the name is drawn
    assert (caught.value.field, caught.value.code) == (field, "half_surrogate")


@pytest.mark.parametrize("field", ["rules", "code", "after"])
def test_nul_is_asked_of_no_database(field: str) -> None:
    """A NUL, which PostgreSQL takes in no text, is an InputError that names the field."""
    with pytest.raises(InputError) as caught:
        Query(**{field: "oldest|\0"})  # type: ignore[arg-type]  # the name is drawn
    assert (caught.value.field, caught.value.code) == (field, "nul_character")


ZONES = st.integers(-14 * 60, 14 * 60).map(lambda m: timezone(timedelta(minutes=m)))
BERLIN = st.just(ZoneInfo("Europe/Berlin"))
INSTANTS = st.datetimes(
    datetime(1950, 1, 1), datetime(2190, 1, 1), timezones=ZONES | BERLIN
)  # the zone is drawn


@given(one=INSTANTS, other=INSTANTS)
def test_text_sorts_as_time_does(one: datetime, other: datetime) -> None:
    """The text is that of isoformat in UTC, and two texts compare as their instants do."""
    texts = [format_instant(at) for at in (one, other)]
    moments = [at.astimezone(UTC) for at in (one, other)]
    assert texts == [f"{at.replace(tzinfo=None).isoformat('T', 'microseconds')}Z" for at in moments]
    assert (texts[0] < texts[1]) == (moments[0] < moments[1])


def test_positions_and_cursors_are_those_that_a_store_wrote() -> None:
    """A position is a number in plain digits, short enough for an engine; a cursor is a key."""
    assert (read_position(None), read_position("0"), read_position("9" * 18)) == (0, 0, 10**18 - 1)
    for position in ("\u0663", "\u00b2", "-1", " 1", "", "1" * 19, 1, b"1"):
        with pytest.raises(InputError) as caught:
            read_position(position)
        assert (caught.value.field, caught.value.code) == ("after", "position_unknown")
    at = "2019-11-04T01:00:00.000000Z"
    assert read_cursor(Query(after=f"oldest|{at}|x|y")) == ("oldest", at, "x|y")
    assert read_cursor(Query(order="due", after=f"none|{at}|")) == ("none", at, "")
    for cursor in (f"newest|{at}|x", f"due|{at}|x", f"oldest|{at}", "oldest|2019-11-04|x", "x", ""):
        with pytest.raises(InputError) as caught:
            read_cursor(Query(after=cursor))
        assert (caught.value.field, caught.value.code) == ("after", "cursor_unknown")


def test_use_of_a_calendar_is_spelt_as_its_first_case_is() -> None:
    """Units of one key may be spelt in several ways."""
    rows = [attrs.evolve(change(received("HB-1")).row, unit=unit) for unit in ("Sở A", "SỞ A")]
    assert make_use(tuple(rows), 2).unit == "Sở A"


def test_an_hour_that_comes_twice_has_two_texts() -> None:
    """Datetimes that Python calls equal, but that are an hour apart, have different texts."""
    first = datetime(2026, 10, 25, 2, 30, tzinfo=ZoneInfo("Europe/Berlin"))
    again = first.replace(fold=1)
    texts = [format_instant(at) for at in (first, again, first)]
    assert texts == [
        "2026-10-25T00:30:00.000000Z",
        "2026-10-25T01:30:00.000000Z",
        "2026-10-25T00:30:00.000000Z",
    ]


def test_a_call_is_not_cancelled_unless_its_context_says_so() -> None:
    """What is asked in one context is not asked in another."""
    context = copy_context()
    context.run(watch_cancelled, lambda: True)
    assert context.run(is_cancelled)
    assert not is_cancelled()


def test_a_cancelled_call_does_not_wait_for_the_lock_file(tmp_path: Path) -> None:
    """It ends at once, and nothing is recorded; a lock that is free is taken as ever."""
    path = tmp_path / "cases.db"
    with SqliteStore(path) as other, SqliteStore(path, timeout=30) as store:
        context, desk = copy_context(), Desk(store=store)
        context.run(watch_cancelled, lambda: True)
        start = time.monotonic()
        with other._lock, pytest.raises(StoreError):
            context.run(p.a_case, desk)
        assert time.monotonic() - start < 10
        assert desk.count() == 0
        assert context.run(p.a_case, desk).version == 1
