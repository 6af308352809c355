"""The limits of a history, counted apart from the code: what the invariants are measured with.

Hours are counted from the events alone, never from the case, the table or a guard. Everything
else that an invariant asks is in the case of the history, which `folded` compares.
"""

import re
import unicodedata
from datetime import datetime, timedelta

import attrs

from phananh.regulation import events as e
from phananh.regulation.case import Case, fold
from tests.regulation import cast

OLD_SPELLING = dict(zip("àáảãạ", ("òa", "óa", "ỏa", "õa", "ọa"), strict=True))


@attrs.define
class Count:
    """What a careful clerk counts beside a history, and the case that it adds up to."""

    case: Case
    clock: datetime | None = None
    begun: datetime | None = None
    dues: list[datetime] = attrs.Factory(list)
    missed: list[datetime] = attrs.Factory(list)
    unmarked: list[str] = attrs.Factory(list)
    given: timedelta = timedelta()
    left: dict[str | None, timedelta] = attrs.Factory(dict)


def plain(identifier: str | None) -> str | None:
    """Return an id as the clerk compares it: hoà is read as hòa, the one such rhyme of the cast."""
    if identifier is None:
        return None
    small = unicodedata.normalize("NFC", identifier).casefold()
    return re.sub("o([àáảãạ])", lambda found: OLD_SPELLING[found[1]], small)


def count(history: tuple[e.Event, ...]) -> Count:
    """Return the clerk's count of a history."""
    counted = Count(fold(history))
    for event in history:
        if isinstance(event, e.Lapsed):
            _lapse(counted, event)
        else:
            _check_in_time(counted, event)
            _run(counted, event)
    return counted


def _lapse(counted: Count, event: e.Lapsed) -> None:
    if counted.clock is None or event.at != counted.clock or event.due != counted.clock:
        counted.unmarked.append(f"lapse at {event.at}, clock {counted.clock}")
    counted.missed.append(event.due)
    counted.clock = None


def _check_in_time(counted: Count, event: e.Event) -> None:
    if counted.missed and event.at <= counted.missed[-1]:
        counted.unmarked.append(f"{type(event).__name__} in time, after a lapse")
    told_late = not isinstance(event, e.DeadlineMoved)  # judged before the lapse: R37
    if told_late and counted.clock is not None and event.at > counted.clock:
        counted.unmarked.append(f"{type(event).__name__} after {counted.clock} without a lapse")


def _run(counted: Count, event: e.Event) -> None:
    if isinstance(event, e.FindingsReported):
        counted.left[plain(event.agency)] = _left(counted.clock, event.at)
    if isinstance(event, e.Escalated):
        officer = event.holder is not None and event.holder.role.value == "officer"
        counted.given = timedelta(hours=5)
        counted.clock = cast.CENTRE.add(event.at, counted.given) if officer else None
    elif isinstance(event, e.VerificationRequested):
        counted.given = counted.left.get(plain(event.agency), timedelta(hours=8))
        counted.clock = cast.AGENCY.add(event.at, counted.given)
    elif isinstance(event, e.Rescheduled):
        counted.clock = event.to
    elif isinstance(event, e.DeadlineMoved) and counted.clock is not None:
        asked = event.holder is not None and event.holder.role.value == "agency"
        shut = cast.AGENCY_SHUT if asked else cast.CENTRE_SHUT
        counted.clock = shut.add(counted.begun, counted.given)
    elif isinstance(event, e.Answered | e.Rejected | e.Advised | e.FindingsReported):
        counted.clock = None
    opened = isinstance(event, e.Escalated | e.VerificationRequested)
    counted.begun = event.at if opened else counted.begun
    if (opened or isinstance(event, e.DeadlineMoved)) and counted.clock is not None:
        counted.dues.append(counted.clock)


def _left(clock: datetime | None, at: datetime) -> timedelta:
    """Return what an agency that reports then had left, session by session: R41."""
    if clock is None:
        return timedelta()
    return sum((s.length for s in cast.AGENCY.spans(at, clock)), timedelta())
