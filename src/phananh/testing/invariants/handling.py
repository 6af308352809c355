"""The people who handle a case, and those who must not (Art. 8)."""

from phananh.regulation import events as e
from phananh.regulation.events import Event
from phananh.regulation.request import Holder, Role
from phananh.testing.invariants.clerk import fold_spelling
from phananh.testing.invariants.invariant import Record, invariant
from phananh.testing.invariants.requests import list_accused, list_accused_units
from phananh.testing.invariants.typed_table import the_typed_table_agrees

_FIT = {
    Role.OFFICER: {"information", "regulation", "conduct", "proposal"},
    Role.PROVIDER: {"service"},
    Role.LEADERSHIP: {"information", "regulation", "conduct", "proposal", "service"},
}
_BY_HOLDER = e.Answered | e.Advised | e.FindingsReported | e.Rescheduled
_OWN = e.Lapsed | e.DeadlineMoved  # of the clock and of the calendar


def _find_asked(history: tuple[Event, ...]) -> e.VerificationRequested | None:
    asked = (past for past in reversed(history) if isinstance(past, e.VerificationRequested))
    return next(asked, None)


def _actor(event: Event) -> str | None:
    return fold_spelling(getattr(event.by, "id", None))


def _unit(event: Event) -> str | None:
    return fold_spelling(getattr(event.by, "unit", None))


def _id(holder: Holder | None) -> str | None:
    return fold_spelling(holder.id) if holder else None


@invariant("V6", "8.1.b, 8.2.a, 8.3", "M6 anybody gets anything")
def the_target_fits_the_kind(record: Record) -> bool:
    """A case is handed on to those whom its kind concerns."""
    event = record.event
    if not isinstance(event, e.Escalated) or event.holder is None:
        return True
    return record.before.case.kind in _FIT.get(event.holder.role, ())


@invariant("V7", "8.3", "M7 the leadership answers")
def the_leadership_only_advises(record: Record) -> bool:
    """A case that lies with the leadership is moved on by its opinion only."""
    holder = record.before.case.holder
    if holder is None or holder.role is not Role.LEADERSHIP:
        return True
    aside = e.Completed | e.Noted | e.UnitNotified
    return isinstance(record.event, e.Advised | aside | _OWN)


@invariant("V8", "8.1.c1", "M8 any officer asks")
def the_holder_asks_the_agency(record: Record) -> bool:
    """The officer who holds the case asks the agency."""
    event = record.event
    if not isinstance(event, e.VerificationRequested):
        return True
    return event.by.role is Role.OFFICER and _actor(event) == _id(record.before.case.holder)


@invariant("V9", "8.1.c1", "M9 an appointment now")
def the_appointment_lies_ahead(record: Record) -> bool:
    """The appointment given to the citizen lies after the request to the agency."""
    event = record.event
    return not isinstance(event, e.VerificationRequested) or event.appointment > event.at


@invariant("V10", "8.1.c1", "M10 any agency reports")
def the_asked_agency_reports(record: Record) -> bool:
    """Findings come from the agency that was asked."""
    event, asked = record.event, _find_asked(record.history)
    if not isinstance(event, e.FindingsReported):
        return True
    is_asked = asked is not None and _unit(event) == fold_spelling(asked.agency)
    return event.by.role is Role.AGENCY and is_asked


@invariant("V11", "8.1.c1", "M11 findings stay with the agency")
def findings_go_back_to_who_asked(record: Record) -> bool:
    """After the findings the officer who asked holds the case."""
    if not isinstance(record.event, e.FindingsReported):
        return True
    asked, holder = _find_asked(record.history), record.case.holder
    if asked is None or holder is None:
        return False
    return holder.role is Role.OFFICER and _id(holder) == _find_asker(record.history, asked)


def _find_asker(history: tuple[Event, ...], asked: Event) -> str | None:
    """Return who held the case when the agency was asked."""
    before = (past.holder for past in history if past.n == asked.n - 1)
    return _id(next(before, None))


@invariant("V12", "8.1.c2, R39", "M12 an accused acts", "M43 ids by the letter")
def an_accused_never_acts(record: Record) -> bool:
    """No act on a case is by an accused of it, however the id is spelled."""
    event = record.event
    return isinstance(event, _OWN) or _actor(event) not in list_accused(record.before)


@invariant("V13", "8.1.c2, R39", "M13 an accused gets the case")
def an_accused_is_never_given_the_case(record: Record) -> bool:
    """No act gives the case to an accused. A holder may become one later."""
    before, holder = record.before.case.holder, record.case.holder
    if holder is None or holder == before or isinstance(record.event, e.FindingsReported):
        return True
    return _id(holder) is None or _id(holder) not in list_accused(record.after)


@invariant("V14", "8.1.c2", "M14 any unit is told", "M14 told of anything")
def only_their_unit_is_notified(record: Record) -> bool:
    """A unit is notified of its own accused staff, or of conduct that the case is about."""
    event, before = record.event, record.before
    if not isinstance(event, e.UnitNotified):
        return True
    concerns = before.case.kind == "conduct" or bool(list_accused(before))
    about = {fold_spelling(before.case.about_unit)} if concerns else set()
    return fold_spelling(event.unit) in list_accused_units(before) | about


@invariant(
    "V24", "8.1.c2, R10", "M24 the clock starts anew", "M38 to the same person",
    "M38 to another unit", "M39 by another unit's head",
)  # fmt: skip
def another_person_of_the_unit_takes_over(record: Record) -> bool:
    """A case is reassigned within the unit, to another person, and its due time stays."""
    event, before = record.event, record.before.case.holder
    if not isinstance(event, e.Reassigned):
        return True
    after = record.case.holder
    if before is None or after is None:
        return False
    unit = fold_spelling(before.unit)
    by_head = event.by.role is Role.LEADERSHIP or _unit(event) == unit
    is_same_due = record.expected.reassign_restarts_clock or record.case.due == record.before.due
    moved = _id(after) != _id(before) and fold_spelling(after.unit) == unit
    asked = getattr(record.act, "to", None)  # the recorder keeps the unit, whichever is asked
    is_inside = asked is None or asked.unit is None or fold_spelling(asked.unit) == unit
    return by_head and moved and is_same_due and is_inside


@invariant(
    "V41", "8.1.b, 8.1.c1, 8.2.b, 8.3, 9.3", "M55 any officer answers", "M55 any provider answers",
)  # fmt: skip
def the_holder_acts(record: Record) -> bool:
    """Only the holder of a case answers, advises, reports and reschedules."""
    event, holder = record.event, record.before.case.holder
    if not isinstance(event, _BY_HOLDER) or holder is None:
        return True
    if holder.role is not event.by.role:
        return False
    if holder.role is Role.AGENCY:
        return _unit(event) == fold_spelling(holder.unit)
    in_person = holder.role in (Role.OFFICER, Role.PROVIDER)
    return not in_person or _actor(event) == _id(holder)


HANDLING = (
    the_target_fits_the_kind,
    the_leadership_only_advises,
    the_holder_asks_the_agency,
    the_appointment_lies_ahead,
    the_asked_agency_reports,
    findings_go_back_to_who_asked,
    an_accused_never_acts,
    an_accused_is_never_given_the_case,
    only_their_unit_is_notified,
    another_person_of_the_unit_takes_over,
    the_holder_acts,
    the_typed_table_agrees,
)
