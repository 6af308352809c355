"""What is written where no library is used: a loop from day to day, and a NumPy recipe."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from tests.oracle.days import OFF, WORKED

ZERO, DAY = timedelta(), timedelta(days=1)
_SESSIONS = ((time(7, 30), time(11, 30)), (time(13, 30), time(17, 30)))


class DayLoop:
    """From day to day and session to session, on the wall clock, forward only."""

    def __init__(self, sessions: Any = None) -> None:
        """Take the sessions of a date from a function; without one, those of A."""
        self._sessions = sessions or _of_a

    def add(self, t: datetime, w: timedelta) -> datetime:
        """Return the instant by which `w` has been worked from `t`."""
        if not w:
            return t
        day = t.date()
        while True:
            if day in WORKED or (day.weekday() < 5 and day not in OFF):
                for start, end in self._sessions(day):
                    begin = start if start > t else t
                    if begin < end:
                        if w <= end - begin:
                            return begin + w
                        w -= end - begin
            day += DAY


def _of_a(day: date) -> list[tuple[datetime, datetime]]:
    return [(datetime.combine(day, a), datetime.combine(day, b)) for a, b in _SESSIONS]


class NumpyRecipe:
    """Days by `busday_offset`, the hours of A by arithmetic; it also takes arrays."""

    HOUR = 3_600_000_000
    DAY = 24 * HOUR

    def __init__(self, closed: Sequence[date]) -> None:
        """Keep the calendar of a week of six days without the closed ones."""
        import numpy as np

        self._np = np
        self._days = np.busdaycalendar(weekmask="1111110", holidays=closed)

    def add(self, t: datetime, w: timedelta) -> datetime:
        """Return when `w` is used up from `t`, both of the wall clock."""
        if not w:
            return t
        amount = w // timedelta(microseconds=1)
        due = self.add_many(self._np.datetime64(t, "us"), amount, back=amount < 0)
        found: datetime = due.item()
        return found

    def add_many(self, t: Any, w: Any, *, back: bool = False) -> Any:
        """Return the same for arrays of datetime64[us] and microseconds."""
        np = self._np
        day = t.astype("datetime64[D]")
        done = (t - day).astype(np.int64) - 15 * self.HOUR // 2
        done = np.minimum(np.maximum(done, 0), 4 * self.HOUR) + np.minimum(
            np.maximum(done - 6 * self.HOUR, 0), 4 * self.HOUR
        )
        total = np.where(np.is_busday(day, busdaycal=self._days), done, 0) + w
        days, rest = np.divmod(total if back else total - 1, 8 * self.HOUR)
        rest = rest if back else rest + 1
        noon = rest >= 4 * self.HOUR if back else rest > 4 * self.HOUR
        due = np.busday_offset(day, days, roll="forward", busdaycal=self._days)
        clock = 15 * self.HOUR // 2 + rest + np.where(noon, 2 * self.HOUR, 0)
        return due.astype("datetime64[us]") + clock.astype("timedelta64[us]")
