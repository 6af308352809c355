"""Hypothesis strategies for instants and budgets, drawn where working time goes wrong.

Uniform instants rarely meet a closing, a make-up Saturday or the border of a season, and that is
where defects are. So half of the instants drawn here lie within a microsecond of a session's
boundary, and half within a day of a closure, a swap or a border. Importing this module loads no
profile and changes no setting.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from phananh.errors import InputError
from phananh.testing.drawing import st
from phananh.worktime.instants import VIETNAM, load_zone, require_timedelta
from phananh.worktime.validators import require_date

MICROSECOND = timedelta(microseconds=1)
DAY = timedelta(days=1)

_NUDGES = st.sampled_from((0, -1, 1))
_ORDINARY_DAY = date(2025, 4, 21)  # a Monday
_ON_THE_HOUR = tuple(time(hour) for hour in (9, *range(9), *range(10, 24)))

BOUNDARIES = (
    time(7, 30), time(11, 30), time(13, 30), time(17, 30), time(7, 0),
    time(12, 0), time(13, 0), time(16, 30), time(17, 0), time(0, 0),
)  # fmt: skip
"""Where the sessions of the presets A and VP open and close, and midnight."""

TURNING_DAYS = (
    date(2018, 12, 31), date(2019, 1, 5), date(2019, 2, 1), date(2019, 2, 4), date(2019, 4, 29),
    date(2019, 5, 4), date(2020, 1, 23), date(2021, 2, 9), date(2021, 2, 16), date(2021, 5, 3),
    date(2022, 1, 28), date(2022, 4, 11), date(2022, 5, 3), date(2023, 1, 20), date(2023, 9, 4),
    date(2024, 2, 7), date(2024, 2, 14), date(2024, 4, 16), date(2024, 4, 29), date(2024, 5, 4),
    date(2024, 10, 16), date(2025, 1, 24), date(2025, 4, 16), date(2025, 4, 26), date(2025, 5, 2),
    date(2025, 10, 16), date(2026, 1, 2), date(2026, 1, 10), date(2026, 2, 13), date(2026, 2, 16),
    date(2026, 2, 20), date(2026, 4, 16), date(2026, 4, 27), date(2026, 8, 22), date(2026, 8, 31),
    date(2026, 9, 2), date(2026, 10, 16), date(2026, 11, 24), date(2026, 11, 28),
)  # fmt: skip
"""Eves of Tết, closures, both days of swaps, borders of the seasons: 2018-12-31 to 2026-11-28."""


def instants(
    *,
    first: date = date(2019, 1, 2),
    last: date = date(2026, 12, 31),
    boundaries: Iterable[time] = BOUNDARIES,
    turning_days: Iterable[date] = TURNING_DAYS,
    zone: tzinfo | str = VIETNAM,
) -> st.SearchStrategy[datetime]:
    """Draw aware instants of `zone`: half at a boundary, give or take a microsecond.

    Those of Vietnam carry the offset +07:00, as a person writes them. The simplest is a Monday at
    nine.

    Args:
        first: the earliest date.
        last: the latest date, included.
        boundaries: wall-clock times at which sessions open or close.
        turning_days: dates near which half of the instants lie. Those outside are left out.
        zone: the zone of the wall clock, or its IANA name. A repeated hour is drawn both times, a
            skipped one is not drawn.

    Raises:
        InputError: `last` is before `first`. InputTypeError: one of them is no date.
    """
    if require_date(last, "last") < require_date(first, "first"):
        raise InputError(field="last", code="last_before_first", last=last, first=first)
    where = load_zone(zone) if isinstance(zone, str) else zone
    ordinary = _find_ordinary_day(first, last)
    near = [day + step * DAY for day in turning_days for step in (0, -1, 1)]
    near = [day for day in near if first <= day <= last]
    low, high = (first - ordinary).days, (last - ordinary).days
    whole = st.integers(low, high).map(lambda n: ordinary + n * DAY)
    dates = st.one_of(whole, st.sampled_from(near)) if near else whole
    at_boundary = st.builds(_near_boundary, dates, st.sampled_from(tuple(boundaries)), _NUDGES)
    walls = st.one_of(
        st.builds(datetime.combine, dates, st.sampled_from(_ON_THE_HOUR)),
        at_boundary,
        at_boundary,
        st.builds(datetime.combine, dates, st.times()),
    )
    return _instants(walls, where).filter(lambda at: first <= at.date() <= last)


def _find_ordinary_day(first: date, last: date) -> date:
    """Return the Monday that a failing example shrinks to, or the first one there is."""
    if first <= _ORDINARY_DAY <= last:
        return _ORDINARY_DAY
    return min(first + -first.weekday() % 7 * DAY, last)


def _near_boundary(day: date, boundary: time, nudge: int) -> datetime:
    return datetime.combine(day, boundary) + nudge * MICROSECOND


@st.composite
def _instants(draw: st.DrawFn, walls: st.SearchStrategy[datetime], zone: tzinfo) -> datetime:
    wall, fold = draw(walls), draw(st.sampled_from((0, 1)))
    found = wall.replace(tzinfo=zone, fold=fold).astimezone(UTC).astimezone(zone)
    return datetime.fromisoformat(found.isoformat()) if zone is VIETNAM else found


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
        InputError: no timedeltas, a step of zero, or `most` below `least`.
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
    within = rounded.map(lambda drawn: min(max(drawn, least), most))
    hour = st.just(min(max(timedelta(hours=1), least), most))
    return st.one_of(hour, within, within, st.timedeltas(least, most))
