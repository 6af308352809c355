"""Sample cases come in order, mostly in office hours."""

from datetime import timedelta
from random import Random

from phananh.samples import UNTIL
from phananh.samples.arrivals import draw_arrivals

YEAR = timedelta(days=364)


def test_they_come_in_order_within_the_time():
    """Each is no earlier than the one before, in whole seconds, and within the time given."""
    found = list(draw_arrivals(Random(1), 10_000, since=UNTIL - YEAR, until=UNTIL))
    assert len(found) == 10_000
    assert found == sorted(found)
    assert found[0] >= UNTIL - YEAR
    assert found[-1] < UNTIL
    assert {at.microsecond for at in found} == {0}


def test_most_come_in_office_hours_and_some_at_night():
    """Every hour of the week has some; a Monday morning has many times what a Sunday night has."""
    found = list(draw_arrivals(Random(1), 50_000, since=UNTIL - YEAR, until=UNTIL))
    by_hour = {}
    for at in found:
        by_hour[at.weekday(), at.hour] = by_hour.get((at.weekday(), at.hour), 0) + 1
    assert len(by_hour) == 7 * 24
    assert by_hour[0, 8] > 50 * by_hour[6, 3]
    office = sum(n for (day, hour), n in by_hour.items() if day < 5 and 7 <= hour < 18)
    assert 0.6 < office / len(found) < 0.8


def test_every_week_has_as_many():
    """Quarters of a year have the same number within a percent."""
    found = list(draw_arrivals(Random(1), 40_000, since=UNTIL - YEAR, until=UNTIL))
    quarters = [0] * 4
    for at in found:
        quarters[int((at - (UNTIL - YEAR)) / (YEAR / 4))] += 1
    assert all(abs(count - 10_000) < 100 for count in quarters)
