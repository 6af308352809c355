"""One deadline, asked of a calendar and of the oracle."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tests.oracle import walk
from tests.oracle.hours import SESSIONS

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")


def naive(at):
    """Return an aware instant as Vietnamese wall-clock time."""
    return at.astimezone(VIETNAM).replace(tzinfo=None)


def expected(name: str, start: datetime, budget: timedelta) -> dict[str, object]:
    """Return what the oracle says of a naive `start` and a positive `budget`."""
    sessions = SESSIONS[name]
    due = walk.add(sessions, start, budget)
    return {
        "due": due,
        "subtract": walk.subtract(sessions, start, budget),
        "between": walk.between(sessions, start, due + budget),
        "between back": walk.between(sessions, due + budget, start),
        "is_open": walk.is_open(sessions, start),
        "due is_open": walk.is_open(sessions, due),
        "next_opening": walk.next_opening(sessions, start),
    }


def found(calendar, start: datetime, budget: timedelta, due: datetime) -> dict[str, object]:
    """Return what `calendar` says of the same; `due` is the oracle's."""
    aware = start.replace(tzinfo=VIETNAM)
    end = due.replace(tzinfo=VIETNAM)
    return {
        "due": naive(calendar.add(aware, budget)),
        "subtract": naive(calendar.subtract(aware, budget)),
        "between": calendar.between(aware, end + budget),
        "between back": calendar.between(end + budget, aware),
        "is_open": calendar.is_open(aware),
        "due is_open": calendar.is_open(end),
        "next_opening": naive(calendar.next_opening(aware)),
    }
