"""`phananh due` with a term in days: 5wd, 10d, 2 tuần (Civil Code 2015, Art. 147 and 148)."""

import datetime as dt

import attrs

from phananh.cli.context import RunContext
from phananh.cli.errors import CommandError
from phananh.cli.input.parsing import day_or_instant
from phananh.errors import short_repr
from phananh.worktime import Term, WorkCalendar
from phananh.worktime.terms import Expiry
from phananh.worktime.terms.parse import parse_term


def term(text: str) -> Term | None:
    """Return the term that is written, or None where it may be a budget of working time."""
    found = parse_term(text)
    if found is None:
        return None
    count, unit = found
    if count == 0:
        raise CommandError("{text}: a term is at least 1", text=short_repr(text))
    return Term(count=count, unit=unit)


def tell(
    frame: RunContext, calendar: WorkCalendar, start: str, given: Term, *, ends: str, explain: bool
) -> None:
    """Print when a term ends, and with `explain` why."""
    written = day_or_instant(start)
    at = written if isinstance(written, dt.date) else written.at
    offset = None if isinstance(written, dt.date) else written.offset
    expiry = attrs.evolve(given, ends=ends).expiry(at, on=calendar)
    if frame.json:
        facts = expiry.as_dict()
        frame.row(facts if explain else {k: v for k, v in facts.items() if k != "steps"})
    elif explain:
        for line in expiry.text(frame.lang).splitlines():
            frame.line(line)
    else:
        frame.line(_shown(expiry, offset))
        if expiry.provisional:
            frame.note(frame.say("provisional: a notice yet to come may move this day"))


def _shown(expiry: Expiry, offset: str | None) -> str:
    """Return the end in the form of the question; a whole day ends at 24:00 of its own date."""
    if offset is not None:
        return expiry.due.replace(tzinfo=None).isoformat() + offset
    if expiry.term.ends == "midnight" and expiry.due.tzinfo == expiry.on.tzinfo:
        return f"{expiry.last_day}T24:00:00"
    return expiry.due.replace(tzinfo=None).isoformat()
