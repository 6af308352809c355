"""A calendar made of the oracle alone, so that a defect can be seeded in its sessions."""

from datetime import datetime, timedelta

from tests.oracle import walk
from tests.oracle.compare import VIETNAM, naive
from tests.oracle.hours import Sessions


class OracleCalendar:
    """Answers like a calendar, from any account of the sessions of a date."""

    def __init__(self, sessions: Sessions) -> None:
        """Keep what tells the sessions of a date."""
        self._sessions = sessions

    def add(self, at: datetime, budget: timedelta) -> datetime:
        """Return the earliest instant by which `budget` has been worked."""
        return walk.add(self._sessions, naive(at), budget).replace(tzinfo=VIETNAM)

    def subtract(self, at: datetime, budget: timedelta) -> datetime:
        """Return the latest instant from which `budget` is worked until `at`."""
        return walk.subtract(self._sessions, naive(at), budget).replace(tzinfo=VIETNAM)

    def between(self, a: datetime, b: datetime) -> timedelta:
        """Return the time worked from `a` to `b`, signed."""
        return walk.between(self._sessions, naive(a), naive(b))

    def is_open(self, at: datetime) -> bool:
        """Say whether `at` lies in a session."""
        return walk.is_open(self._sessions, naive(at))

    def next_opening(self, at: datetime) -> datetime:
        """Return `at` when it is open, else the next opening."""
        return walk.next_opening(self._sessions, naive(at)).replace(tzinfo=VIETNAM)
