"""A second reading of the history, apart from the code: what the invariants are measured with.

It counts hours, accused, agencies and officers from the events alone. It never asks the case,
the table or a guard.
"""

from datetime import datetime, timedelta

import attrs

from phananh.regulation.values import events as e
from tests.regulation import cast


@attrs.define
class Reading:
    """What a careful clerk would note beside a history."""

    clock: datetime | None = None
    begun: datetime | None = None
    dues: list[datetime] = attrs.Factory(list)
    missed: list[datetime] = attrs.Factory(list)
    unmarked: list[str] = attrs.Factory(list)
    accused: list[tuple[str | None, str]] = attrs.Factory(list)
    agency: str | None = None
    asked_by: str | None = None
    person: str | None = None
    unit: str | None = None
    kind: str = ""
    sender: str | None = None


def plain(identifier: str | None) -> str | None:
    """Return an id as the clerk compares it."""
    import unicodedata

    return identifier and unicodedata.normalize("NFC", identifier).casefold()


def read(history: tuple[e.Event, ...]) -> Reading:
    """Return the clerk's notes on a history."""
    notes = Reading()
    for event in history:
        _clocked(notes, event)
        _noted(notes, event)
    return notes


def _clocked(notes: Reading, event: e.Event) -> None:
    if isinstance(event, e.Lapsed):
        if notes.clock is None or event.at != notes.clock or event.due != notes.clock:
            notes.unmarked.append(f"lapse at {event.at}, clock {notes.clock}")
        notes.missed.append(event.due)
        notes.clock = None
        return
    if notes.missed and event.at <= notes.missed[-1]:
        notes.unmarked.append(f"{type(event).__name__} in time, after a lapse")
    told_late = not isinstance(event, e.DeadlineMoved)  # judged before the lapse: R37
    if told_late and notes.clock is not None and event.at > notes.clock:
        notes.unmarked.append(f"{type(event).__name__} after {notes.clock} without a lapse")
    if isinstance(event, e.Escalated):
        officer = event.holder is not None and event.holder.role.value == "officer"
        notes.clock = cast.CENTRE.add(event.at, timedelta(hours=5)) if officer else None
    elif isinstance(event, e.VerificationRequested):
        notes.clock = cast.AGENCY.add(event.at, timedelta(hours=8))
    elif isinstance(event, e.Rescheduled):
        notes.clock = event.to
    elif isinstance(event, e.DeadlineMoved) and notes.clock is not None:
        asked = event.holder is not None and event.holder.role.value == "agency"
        hours = timedelta(hours=8 if asked else 5)
        notes.clock = (cast.AGENCY_SHUT if asked else cast.CENTRE_SHUT).add(notes.begun, hours)
    elif isinstance(event, e.Answered | e.Rejected | e.Advised | e.FindingsReported):
        notes.clock = None
    opened = isinstance(event, e.Escalated | e.VerificationRequested)
    notes.begun = event.at if opened else notes.begun
    if (opened or isinstance(event, e.DeadlineMoved)) and notes.clock is not None:
        notes.dues.append(notes.clock)


def _noted(notes: Reading, event: e.Event) -> None:
    if isinstance(event, e.Received):
        notes.kind = event.kind.value
        notes.sender = event.by.id if event.by.role.value == "citizen" else None
    if isinstance(event, e.Received | e.Completed):
        if event.accused is not None:
            notes.accused = [(plain(a.id), plain(a.unit)) for a in event.accused]
        notes.kind = (event.kind or notes.kind) and str(event.kind or notes.kind)
    if isinstance(event, e.VerificationRequested):
        notes.agency, notes.asked_by = plain(event.agency), plain(event.by.id)
        notes.person, notes.unit = plain(event.focal), notes.agency
    if isinstance(event, e.Escalated | e.Reassigned | e.FindingsReported) and event.holder:
        notes.person, notes.unit = plain(event.holder.id), plain(event.holder.unit)
    if isinstance(event, e.Advised | e.Answered | e.Rejected):
        notes.person = notes.unit = None
