"""Requests, refusals, publication, proposals and ratings (Art. 1.1.b, 3.5, 6, 7.2, 10.2, 16.1)."""

from phananh.regulation import events as e
from phananh.regulation.request import Role, Sender
from phananh.testing.invariants.clerk import Count, fold_spelling
from phananh.testing.invariants.invariant import Record, invariant

EXCLUDED = ("complaint", "denunciation")
_AFTER_CLOSING = e.Published | e.Commended | e.Rated | e.UnitNotified


def has_text(text: object) -> bool:
    """Return whether a person can see anything of a text."""
    return isinstance(text, str) and any(c.isprintable() and not c.isspace() for c in text)


def list_accused(of: Count) -> set[str | None]:
    """Return the ids of the accused, as a person compares them."""
    return {fold_spelling(each.id) for each in of.case.accused if each.id}


def list_accused_units(of: Count) -> set[str | None]:
    """Return the units of the accused, as a person compares them."""
    return {fold_spelling(each.unit) for each in of.case.accused}


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


def _list_lacking(record: Record) -> set[str]:
    """Return the parts of the required contact that a case lacks (R11)."""
    sender = _sender(record.before)
    given = {name for name in ("name", "address", "phone", "email") if getattr(sender, name)}
    reply = {"reply"} if given - {"name"} else set()
    return {*record.expected.contact_required} - given - reply


def _shows_sender(record: Record, text: str) -> bool:
    """Return whether a text shows a sender that the case has or had, or its tracking code."""
    given = [getattr(past, "sender", None) for past in record.history]
    senders = [sender for sender in given if isinstance(sender, Sender)]
    texts = [getattr(each, name) for each in senders for name in ("name", "address", "email")]
    shown, digits = text.casefold(), _digits(text)
    named = any(part.casefold() in shown for part in (*texts, record.before.case.code) if part)
    phones = [_digits(each.phone or "") for each in senders]
    return named or any(phone and phone in digits for phone in phones)


def _sender(of: Count) -> Sender:
    sender = of.case.sender
    return sender if isinstance(sender, Sender) else Sender()


@invariant("V3", "7.2", "M3 refused without guidance")
def a_refusal_guides(record: Record) -> bool:
    """A case that is not taken has a reason, and guidance that can be seen."""
    event = record.event
    return not isinstance(event, e.Rejected) or bool(event.reasons and has_text(event.guidance))


@invariant("V4", "1.1.b, 4, 6, 7.2, 8.3", "M4 the first reason only", "M4 a false reason")
def reasons_are_true_and_whole(record: Record) -> bool:
    """A refusal gives every reason that can be seen in the case, and none that is not so."""
    event, case = record.event, record.before.case
    if not isinstance(event, e.Rejected):
        return True
    lacking = _list_lacking(record)
    opinions = [p.within_competence for p in record.history if isinstance(p, e.Advised)]
    true = {
        "complaint_or_denunciation": case.kind in EXCLUDED,
        "no_name": "name" in lacking,
        "no_contact": bool(lacking - {"name"}),
    }
    judged = {  # the operator may also judge these
        "not_vietnamese": case.language.split("-")[0] != "vi",
        "unclear": not has_text(case.content),
    }
    given = set(event.reasons)
    whole = {reason for reason, holds in (true | judged).items() if holds} <= given
    known = true | {"out_of_competence": opinions[-1:] == [False]}
    return whole and all(known.get(reason, True) for reason in given)


@invariant("V5", "1.1.b", "M5 a complaint is answered")
def complaints_are_only_refused(record: Record) -> bool:
    """A complaint or denunciation is completed, noted, refused and closed only."""
    is_excluded = record.before.case.kind in EXCLUDED
    allowed = e.Completed | e.Noted | e.Rejected | e.Closed
    return not is_excluded or isinstance(record.event, allowed)


@invariant("V26", "R13", "M26 answered when closed")
def closed_stays_closed(record: Record) -> bool:
    """A closed case is published, commended and rated, its unit is notified, and no more."""
    was_closed = record.before.case.state.value == "closed"
    return not was_closed or isinstance(record.event, _AFTER_CLOSING)


@invariant("V27", "R48", "M27 rated twice", "M27 rated by anybody")
def the_sender_rates_once(record: Record) -> bool:
    """A case is rated once at most, by the citizen who sent it or has the code of a call."""
    rated = [past for past in record.history if isinstance(past, e.Rated)]
    sender = record.history[0].by
    by_citizen = all(past.by.role is Role.CITIZEN for past in rated)
    if sender.role is not Role.CITIZEN:  # then by the citizen who names the tracking code (R48)
        named = record.by_code or not isinstance(record.event, e.Rated)
        return len(rated) <= 1 and by_citizen and named
    senders = {fold_spelling(getattr(sender, "id", None))}
    is_sender = {fold_spelling(getattr(past.by, "id", None)) for past in rated} <= senders
    return len(rated) <= 1 and by_citizen and is_sender


@invariant(
    "V28", "2.2, 10.2.b, R16, R45", "M28 publishes by itself", "M28 with the phone",
    "M28 by a colleague", "M53 names the accused",
)  # fmt: skip
def a_person_publishes_no_names(record: Record) -> bool:
    """An operator or the leadership publishes, outside the accused's unit, without the people."""
    event = record.event
    if not isinstance(event, e.Published) or not isinstance(event.text, str):
        return True
    unit = fold_spelling(getattr(event.by, "unit", None))
    is_outside = unit is None or unit not in list_accused_units(record.before)
    text = fold_spelling(event.text) or ""
    is_named = any(name in text for name in list_accused(record.before) if name)
    by_people = event.by.role in (Role.OPERATOR, Role.LEADERSHIP)
    return by_people and is_outside and not is_named and not _shows_sender(record, event.text)


@invariant("V36", "3.5, 6.c, R11, R42", "M50 no name is asked", "M50 no contact is asked")
def what_is_handed_on_can_be_answered(record: Record) -> bool:
    """A case is handed on with the contact that is required: a name and one way to reply."""
    is_gated = isinstance(record.event, e.Escalated) and record.expected.contact_gate
    return not is_gated or not _list_lacking(record)


@invariant("V37", "10.2.a, R39", "M51 recast by the way")
def what_was_handed_on_stays(record: Record) -> bool:
    """After the hand-over content and kind stay, and an accused stays accused."""
    if not any(isinstance(past, e.Escalated) for past in record.history):
        return True
    before, case = record.before.case, record.case
    is_same = (case.kind, case.content) == (before.kind, before.content)
    return set(before.accused) <= set(case.accused) and (is_same or before.state == "received")


@invariant(
    "V42", "10.2.a, R48", "M56 any citizen completes", "M56 any citizen notes",
    "M57 a citizen changes the kind",
)  # fmt: skip
def a_citizen_completes_their_own_case(record: Record) -> bool:
    """A citizen completes or notes their own case only, and changes neither kind nor accused."""
    event, known = record.event, record.before.case.sender_id
    if not isinstance(event, e.Completed | e.Noted) or event.by.role is not Role.CITIZEN:
        return True
    actor = fold_spelling(getattr(event.by, "id", None))
    is_own = actor == fold_spelling(known) if isinstance(known, str) else record.by_code
    given = [getattr(event, name, None) for name in ("kind", "accused", "about_unit", "language")]
    return is_own and given == [None] * 4


@invariant("V43", "7.2, 8.1-8.3, 10.2", *(f"M58 a blank {name}" for name in (
    "answer", "advise", "report_findings", "note", "publish", "commend",
)))  # fmt: skip
def texts_can_be_seen(record: Record) -> bool:
    """An answer, an opinion, findings, a note, a published text or new content can be seen."""
    event = record.event
    if isinstance(event, e.Completed):
        return event.content is None or has_text(event.content)
    with_text = e.Answered | e.Advised | e.FindingsReported | e.Noted | e.Published | e.Commended
    return not isinstance(event, with_text) or has_text(event.text)


@invariant("V44", "8.1.c2, R40", "M59 tells who complained")
def a_notified_unit_learns_no_sender(record: Record) -> bool:
    """The text to the unit of the accused shows neither the sender nor how to reach them."""
    event = record.event
    if not isinstance(event, e.UnitNotified) or not isinstance(event.text, str):
        return True
    return not _shows_sender(record, event.text)


@invariant("V38", "10.2.a", "M54 a note moves the case")
def notes_move_nothing(record: Record) -> bool:
    """A note or a completion leaves state, holder and limit as they were."""
    if not isinstance(record.event, e.Noted | e.Completed):
        return True
    before, case = record.before.case, record.case
    return (case.state, case.holder, case.clock) == (before.state, before.holder, before.clock)


@invariant("V39", "16.1.p2", "M52 the leadership proposes")
def the_unit_that_handled_it_proposes(record: Record) -> bool:
    """The head of a unit that handled it proposes a commendation, or the leadership if none did."""
    event = record.event
    if not isinstance(event, e.Commended):
        return True
    handlers = (Role.OFFICER, Role.PROVIDER, Role.AGENCY)
    holders = [past.holder for past in record.history if past.holder]
    units = {fold_spelling(h.unit) for h in holders if h.unit and h.role in handlers}
    if event.by.role is Role.LEADERSHIP:
        return not units
    unit = fold_spelling(getattr(event.by, "unit", None))
    return event.by.role is Role.AGENCY_HEAD and unit in units


REQUESTS = (
    a_refusal_guides,
    reasons_are_true_and_whole,
    complaints_are_only_refused,
    closed_stays_closed,
    the_sender_rates_once,
    a_person_publishes_no_names,
    what_is_handed_on_can_be_answered,
    what_was_handed_on_stays,
    a_citizen_completes_their_own_case,
    texts_can_be_seen,
    a_notified_unit_learns_no_sender,
    notes_move_nothing,
    the_unit_that_handled_it_proposes,
)
