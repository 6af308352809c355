"""Hypothesis strategies for instants and budgets, drawn where working time goes wrong.

Uniform instants rarely meet a closing, a make-up Saturday or the border of a season, and that
is where defects live; so half of what is drawn here lies within a microsecond of a session's
boundary, and half within a day of a closure, a swap or a border.
Importing this module loads no profile and changes no setting.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from phananh.errors import InputError
from phananh.testing.drawing import st
from phananh.worktime.instants import load_zone, require_timedelta
from phananh.worktime.localtime import VIETNAM

MICROSECOND = timedelta(microseconds=1)

_NUDGES = st.sampled_from((0, -1, 1))

BOUNDARIES = (
    time(7, 30), time(11, 30), time(13, 30), time(17, 30), time(7, 0),
    time(12, 0), time(13, 0), time(16, 30), time(17, 0), time(0, 0),
)  # fmt: skip
"""Where the sessions of the presets A and VP open and close, and midnight."""

TURNING_DAYS = (
    date(2018, 12, 31), date(2019, 1, 5), date(2019, 2, 4), date(2019, 4, 29), date(2019, 5, 4),
    date(2020, 1, 23), date(2021, 2, 16), date(2021, 5, 3), date(2022, 4, 11), date(2022, 5, 3),
    date(2023, 1, 20), date(2023, 9, 4), date(2024, 2, 14), date(2024, 4, 16), date(2024, 4, 29),
    date(2024, 5, 4), date(2024, 10, 16), date(2025, 4, 16), date(2025, 4, 26), date(2025, 5, 2),
    date(2025, 10, 16), date(2026, 1, 2), date(2026, 1, 10), date(2026, 2, 16), date(2026, 2, 20),
    date(2026, 4, 16), date(2026, 4, 27), date(2026, 8, 22), date(2026, 8, 31), date(2026, 9, 2),
    date(2026, 10, 16), date(2026, 11, 24), date(2026, 11, 28),
)  # fmt: skip
"""Closures, both days of swaps, and borders of the seasons, 2018-12-31 to 2026-12-31."""


def instants(
    *,
    first: date = date(2019, 1, 2),
    last: date = date(2026, 12, 31),
    boundaries: Iterable[time] = BOUNDARIES,
    turning_days: Iterable[date] = TURNING_DAYS,
    zone: tzinfo | str = VIETNAM,
) -> st.SearchStrategy[datetime]:
    """Draw aware instants of `zone`: half at a boundary, give or take a microsecond.

    Args:
        first: the earliest date.
        last: the latest date, included.
        boundaries: wall-clock times at which sessions open or close.
        turning_days: dates near which half of the instants lie; those outside are left out.
        zone: the zone of the wall clock, or its IANA name; a repeated hour is drawn both times,
            a skipped never.
    """
    where = load_zone(zone) if isinstance(zone, str) else zone
    near = tuple(
        day + timedelta(days=step)
        for day in turning_days
        for step in (0, -1, 1)
        if first <= day + timedelta(days=step) <= last
    )
    whole = st.dates(first, last)
    dates = st.one_of(st.sampled_from(near), whole) if near else whole
    at_boundary = st.sampled_from(tuple(boundaries))
    walls = st.one_of(
        st.builds(_near_boundary, dates, at_boundary, _NUDGES),
        st.builds(datetime.combine, dates, st.times()),
    )
    ticks = st.builds(_to_existing, walls, st.just(where), st.sampled_from((0, 1)))
    return ticks.filter(lambda at: first <= at.date() <= last)


def _near_boundary(day: date, boundary: time, nudge: int) -> datetime:
    return datetime.combine(day, boundary) + nudge * MICROSECOND


def _to_existing(wall: datetime, zone: tzinfo, fold: int) -> datetime:
    return wall.replace(tzinfo=zone, fold=fold).astimezone(UTC).astimezone(zone)


def budgets(
    *,
    least: timedelta = MICROSECOND,
    most: timedelta = timedelta(hours=200),
    step: timedelta = timedelta(minutes=30),
) -> st.SearchStrategy[timedelta]:
    """Draw budgets from `least` to `most`: half a multiple of `step`, give or take a microsecond.

    A budget that is a multiple of the slot in which sessions are cut tends to end at a closing.
    Of the multiples, half are of at most sixteen steps: a working day.

    Raises:
        InputError: no timedeltas, a step of nothing, or `most` below `least`.
    """
    for name, given in (("least", least), ("most", most), ("step", step)):
        require_timedelta(given, name)
    if step <= timedelta():
        raise InputError(field="step", code="not_a_step", value=str(step))
    if most < least:
        raise InputError(field="most", code="below_least", value=str(most), least=str(least))
    steps = most // step
    multiples = st.one_of(st.integers(0, min(16, steps)), st.integers(0, steps))
    rounded = st.builds(lambda n, nudge: n * step + nudge * MICROSECOND, multiples, _NUDGES)
    return st.one_of(
        rounded.map(lambda drawn: min(max(drawn, least), most)),
        st.timedeltas(least, most),
    )
