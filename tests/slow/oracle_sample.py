"""Deadlines drawn from a seed, half of them where working time goes wrong."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from random import Random

from tests.oracle.days import OFF, WORKED

Deadline = tuple[str, datetime, timedelta]

_FIRST, _LAST = date(2019, 1, 1), date(2026, 11, 1)
_DAYS = (_LAST - _FIRST).days
_TIMES = [time(7), time(7, 30), time(11, 30), time(12), time(13), time(13, 30)]
_TIMES += [time(16, 30), time(17), time(17, 30), time(0)]
_BORDERS = [date(year, *border) for year in range(2019, 2027) for border in ((4, 16), (10, 16))]
_TURNING = [day for day in (*OFF, *WORKED, *_BORDERS) if day <= _LAST]
_TICK = timedelta(microseconds=1)
_HALF_HOUR = timedelta(minutes=30)
_SESSIONS = (8, 8, 16, 24)  # half-hours that tend to end with a session
_LONG = 250 * timedelta(hours=1)


def _uniform(random: Random) -> tuple[datetime, timedelta]:
    start = datetime.combine(_FIRST, time()) + random.randrange(_DAYS * 86_400_000_000) * _TICK
    return start, random.randrange(1, _LONG // _TICK) * _TICK


def _biased(random: Random) -> tuple[datetime, timedelta]:
    day = random.choice(_TURNING) + random.randrange(-3, 4) * timedelta(days=1)
    start = datetime.combine(day, random.choice(_TIMES)) + random.choice((-1, 0, 1)) * _TICK
    steps = random.choice((random.randrange(1, 17), random.randrange(1, 500), *_SESSIONS))
    return start, steps * _HALF_HOUR + random.choice((-1, 0, 0, 1)) * _TICK


def deadlines(seed: int, count: int) -> Iterator[Deadline]:
    """Yield `count` deadlines as schedule, naive start and budget: the same for a seed.

    One half has uniform starts and budgets up to 250 hours; the other starts within a
    microsecond of a boundary, near a closure, a swap or a border of the seasons.
    """
    random = Random(seed)
    for number in range(count):
        start, budget = (_biased if number % 2 else _uniform)(random)
        yield random.choice(("A", "VP")), start, budget
