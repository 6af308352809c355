"""Instants as the text that rows are sorted by: UTC, six digits, Z."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from phananh.stores.paging import format_instant

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
