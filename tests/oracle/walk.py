"""Working time by walking from day to day: slow, exact to the microsecond, and easy to check.

Every function takes first what tells the sessions of a date; instants are naive wall-clock
times.
Sessions are half-open, in order, and belong to the date they open on; one may pass midnight,
and that date may be of another clock than the instants, so a walk begins a day before and ends
a day after the dates it is asked about.
"""

from datetime import date, datetime, timedelta

from tests.oracle.hours import Session, Sessions

_DAY = timedelta(days=1)
_NONE = timedelta(0)


def add(sessions: Sessions, start: datetime, budget: timedelta) -> datetime:
    """Return the earliest instant by which `budget` has been worked from `start`."""
    if budget == _NONE:
        return start
    if budget < _NONE:
        return subtract(sessions, start, -budget)
    left = budget
    day = start.date() - _DAY
    while True:
        for opens, closes in sessions(day):
            begin = max(opens, start)
            if begin < closes:
                if left <= closes - begin:
                    return begin + left
                left -= closes - begin
        day += _DAY


def subtract(sessions: Sessions, end: datetime, budget: timedelta) -> datetime:
    """Return the latest instant from which `budget` is worked until `end`."""
    if budget == _NONE:
        return end
    if budget < _NONE:
        return add(sessions, end, -budget)
    left = budget
    day = end.date() + _DAY
    while True:
        for opens, closes in reversed(sessions(day)):
            finish = min(closes, end)
            if opens < finish:
                if left <= finish - opens:
                    return finish - left
                left -= finish - opens
        day -= _DAY


def spans(sessions: Sessions, start: datetime, end: datetime) -> list[Session]:
    """Return the stretches worked between `start` and a later `end`."""
    worked = []
    day = start.date() - _DAY
    while day <= end.date() + _DAY:
        for opens, closes in sessions(day):
            begin, finish = max(opens, start), min(closes, end)
            if begin < finish:
                worked.append((begin, finish))
        day += _DAY
    return worked


def between(sessions: Sessions, start: datetime, end: datetime) -> timedelta:
    """Return the time worked from `start` to `end`; negative when `end` is the earlier."""
    if end < start:
        return -between(sessions, end, start)
    return sum((b - a for a, b in spans(sessions, start, end)), _NONE)


def is_open(sessions: Sessions, at: datetime) -> bool:
    """Say whether `at` lies in a session; an opening does, a closing does not."""
    near = [session for step in (-1, 0, 1) for session in sessions(at.date() + step * _DAY)]
    return any(opens <= at < closes for opens, closes in near)


def next_opening(sessions: Sessions, at: datetime) -> datetime:
    """Return `at` when it is open, else the next opening."""
    if is_open(sessions, at):
        return at
    day = at.date() - _DAY
    while True:
        for opens, _ in sessions(day):
            if opens > at:
                return opens
        day += _DAY


def dates(first: date, last: date) -> list[date]:
    """Return every date from `first` to `last`, both included."""
    return [first + _DAY * n for n in range((last - first).days + 1)]
