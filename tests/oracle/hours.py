"""The sessions of a date for A and VP, as naive Vietnamese wall-clock times.

A: 07:30-11:30 and 13:30-17:30 all year.
VP: 07:00-11:30 and 13:30-17:00 from 16 April to 15 October, else 07:30-12:00 and 13:00-16:30
(Vĩnh Phúc, Decision 873/2020).
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time

from tests.oracle.days import is_worked

Session = tuple[datetime, datetime]
Sessions = Callable[[date], Sequence[Session]]

_A = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 30)))
_VP_SUMMER = ((time(7, 0), time(11, 30)), (time(13, 30), time(17, 0)))
_VP_WINTER = ((time(7, 30), time(12, 0)), (time(13, 0), time(16, 30)))


def _on(day: date, hours: Sequence[tuple[time, time]]) -> list[Session]:
    return [(datetime.combine(day, a), datetime.combine(day, b)) for a, b in hours]


def sessions_a(day: date) -> list[Session]:
    """Return the sessions of preset A on `day`."""
    return _on(day, _A) if is_worked(day) else []


def sessions_vp(day: date) -> list[Session]:
    """Return the sessions of preset VP on `day`, by its season."""
    summer = (4, 16) <= (day.month, day.day) <= (10, 15)
    return _on(day, _VP_SUMMER if summer else _VP_WINTER) if is_worked(day) else []


SESSIONS: dict[str, Sessions] = {"A": sessions_a, "VP": sessions_vp}
