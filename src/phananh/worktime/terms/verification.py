"""Checks an explained term by walking its days again, and says which step is wrong.

The walk takes one date after the other from the event on, and looks at the office's clock a
microsecond before the due instant and at it. Only the day of the event and the flag are asked
of the count again.
"""

import datetime as dt
from collections.abc import Iterator

from phananh.worktime.session import DAY
from phananh.worktime.terms.counting import counted
from phananh.worktime.terms.day_end import closing_of
from phananh.worktime.terms.expiry import DayStep, Expiry

_TICK = dt.timedelta.resolution


def faults(expiry: Expiry) -> list[str]:
    """Return what is wrong with an expiry, in the order of its parts."""
    return [*_steps(expiry), *_nominal(expiry), *_last(expiry), *_due(expiry), *_flags(expiry)]


def _off(expiry: Expiry, day: dt.date) -> bool:
    return not expiry.on.day(day).sessions


def _steps(expiry: Expiry) -> Iterator[str]:
    total, expected = 0, expiry.event_day + DAY * (not expiry.term.counts_first_day)
    for number, step in enumerate(expiry.steps, 1):
        if step.kind == "event":
            if step.last != expiry.event_day:
                yield f"step {number} ends on {step.last}, the event is on {expiry.event_day}"
            continue
        expected = expiry.nominal_day if step.kind == "rolled" else expected
        total += (step.last - step.first).days + 1 if step.kind == "counted" else 0
        yield from (f"step {number} {fault}" for fault in _step(expiry, step, expected, total))
        expected = step.last + DAY


def _step(expiry: Expiry, step: DayStep, expected: dt.date, total: int) -> Iterator[str]:
    if step.first != expected:
        yield f"begins on {step.first}, not on {expected}"
    days = [step.first + DAY * n for n in range((step.last - step.first).days + 1)]
    counts = len(days) if step.kind == "counted" else 0
    if (step.counted, step.total) != (counts, total):
        yield f"counts {step.counted}, {step.total} in all, not {counts} and {total}"
    wants_off = step.kind != "counted"
    if wants_off or expiry.term.unit == "working_days":
        strays = [day for day in days if _off(expiry, day) != wants_off]
        if strays:
            yield f"is {step.kind}, but {strays[0]} is {'not a' if wants_off else 'a'} day off"
    if wants_off and [day.date for day in step.days] != days:
        yield "does not say why each of its days is passed over"
    yield from (f"misstates {d.date}" for d in step.days if expiry.on.day(d.date) != d)


def _nominal(expiry: Expiry) -> Iterator[str]:
    steps = [step for step in expiry.steps if step.kind == "counted"]
    if not steps or steps[-1].last != expiry.nominal_day:
        yield f"the days counted do not end on {expiry.nominal_day}"
    term = expiry.term
    if term.unit in ("months", "years"):
        if not _corresponds(expiry):
            yield f"{expiry.nominal_day} does not correspond to {expiry.event_day}"
        return
    found = sum(step.counted for step in steps)
    wanted = term.count * (7 if term.unit == "weeks" else 1)
    if found != wanted:
        yield f"{found} days are counted, the term has {wanted}"


def _corresponds(expiry: Expiry) -> bool:
    event, after = expiry.event_day, expiry.nominal_day + DAY * expiry.term.counts_first_day
    if after.day != event.day:  # then the month ends too early for it
        after = expiry.nominal_day
        if (after + DAY).day != 1 or after.day >= event.day:
            return False
    months = (after.year - event.year) * 12 + after.month - event.month
    return months == expiry.term.count * (12 if expiry.term.unit == "years" else 1)


def _last(expiry: Expiry) -> Iterator[str]:
    day = expiry.nominal_day
    while expiry.term.rolls and _off(expiry, day):
        day += DAY
    if day != expiry.last_day:
        yield f"the last day is {day}, not {expiry.last_day}"
    if expiry.steps and expiry.steps[-1].last != day - DAY * (day != expiry.nominal_day):
        yield f"the steps do not lead to {day}"


def _due(expiry: Expiry) -> Iterator[str]:
    if expiry.term.ends == "closing":
        if _off(expiry, expiry.last_day) or closing_of(expiry.last_day, expiry.on) != expiry.due:
            yield f"due {expiry.due} is not the closing of {expiry.last_day}"
        return
    instant = expiry.due.astimezone(dt.UTC)
    before, after = ((instant + t).astimezone(expiry.on.tzinfo) for t in (-_TICK, _TICK * 0))
    if before.date() != expiry.last_day or after.date() <= expiry.last_day:
        yield f"due {expiry.due} is not the end of {expiry.last_day}"


def _flags(expiry: Expiry) -> Iterator[str]:
    again = counted(expiry.term, expiry.start, expiry.on)
    if expiry.event_day != again.event_day:
        yield f"the event is on {again.event_day}, not on {expiry.event_day}"
    if expiry.provisional != again.provisional:
        yield "provisional is not what the calendar says"
    if expiry.version != expiry.on.version:
        yield f"counted on calendar version {expiry.version}, this is {expiry.on.version}"
