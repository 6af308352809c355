"""Why an act must be refused: one check a clause, and none of them asks the code (Art. 6-16).

Each returns why, or None. An act that none of them objects to must be recorded.
"""

import re
from datetime import timedelta

from phananh.regulation import acts as a
from phananh.regulation import events as e
from phananh.regulation.request import Kind, Role, Sender
from phananh.testing.invariants.clerk import Count, fold_spelling
from phananh.testing.invariants.invariant import Asked, objection
from phananh.worktime.instants import VIETNAM

EXCLUDED = (Kind.COMPLAINT, Kind.DENUNCIATION)
_FIT = {
    Role.OFFICER: {"information", "regulation", "conduct", "proposal"},
    Role.PROVIDER: {"service"},
    Role.LEADERSHIP: {"information", "regulation", "conduct", "proposal", "service"},
}


def has_text(text: object) -> bool:
    """Return whether a person can see anything of a text."""
    return isinstance(text, str) and any(c.isprintable() and not c.isspace() for c in text)


def list_accused(of: Count) -> set[str | None]:
    """Return the ids of the accused, as a person compares them."""
    return {fold_spelling(each.id) for each in of.case.accused if each.id}


def list_accused_units(of: Count) -> set[str | None]:
    """Return the units of the accused, as a person compares them."""
    return {fold_spelling(each.unit) for each in of.case.accused}


def _keep_digits(text: str | None) -> str:
    return "".join(c for c in text or "" if c.isdigit())


def list_lacking(asked: Asked) -> set[str]:
    """Return the parts of the required contact that a case lacks (R11)."""
    sender = asked.before.case.sender
    if not isinstance(sender, Sender):
        return set()
    phone, mail = sender.phone or "", sender.email or ""
    has = {
        "name": has_text(sender.name),
        "address": has_text(sender.address),
        "phone": 8 <= len(_keep_digits(phone)) <= 15 and not re.search(r"[^\d+\-. ()]", phone),
        "email": re.fullmatch(r"[^@\s]+@[^@\s.]+(\.[^@\s.]+)+", mail) is not None,
    }
    has["reply"] = any(has[way] for way in ("address", "phone", "email"))
    return {name for name in asked.expected.contact_required if not has[name]}


def _find_shown(asked: Asked, text: str) -> str | None:
    """Return what a text shows of a sender that the case has or had, or of its tracking code."""
    case, shown, digits = asked.before.case, text.casefold(), _keep_digits(text)
    code = case.code if isinstance(case.code, str) else ""
    if code and code.casefold() in shown:
        return "the tracking code"
    if not isinstance(case.sender, Sender):
        return None
    for sender in (case.sender, *case.former_senders):
        for name in ("name", "address", "email"):
            if getattr(sender, name) and getattr(sender, name).casefold() in shown:
                return f"the {name} of the sender"
        if sender.phone and _keep_digits(sender.phone) in digits:
            return "the phone of the sender"
    return None


def _is_same(one: str | None, other: str | None) -> bool:
    return one is not None and fold_spelling(one) == fold_spelling(other)


@objection("V34", "7.2, 8, 9, 10, 16")
def the_typed_table_has_it(act: a.Act, asked: Asked) -> str | None:
    """Each step is in the table typed by hand, at its position and for its role."""
    position, by, last = asked.before.position, act.by.role, asked.before.late_after
    if asked.expected.outcomes is None:
        return None
    if isinstance(act, a.Lapse) and last is not None and asked.at > last:
        return None if by is Role.SYSTEM else "only the system lapses a limit"
    roles = asked.expected.find_roles(position, act.trigger)
    if not roles:
        return f"there is no {act.trigger} from {position}"
    return None if by in roles else f"{act.trigger} from {position} is not for the {by.value}"


@objection("V3", "7.2", a.Reject)
def a_refusal_guides(act: a.Reject, _: Asked) -> str | None:
    """A case that is not taken has a reason, and guidance that can be seen."""
    if not act.reasons:
        return "no reason is given"
    return None if has_text(act.guidance) else "the guidance is blank"


@objection("V4", "1.1.b, 6, 7.2, 8.3", a.Reject)
def reasons_are_true(act: a.Reject, asked: Asked) -> str | None:
    """A refusal gives no reason that is not so. Some the operator may judge."""
    true = list_true_reasons(asked)
    false = [reason for reason in act.reasons if not true.get(reason, True)]
    return f"{', '.join(false)} is not true of the case" if false else None


@objection("V5", "1.1.b")
def complaints_are_only_refused(act: a.Act, asked: Asked) -> str | None:
    """A complaint or denunciation is completed, noted, refused and closed only."""
    aside = a.Complete | a.Note | a.Reject | a.Close | a.Lapse | a.MoveDeadline
    kind = asked.before.case.kind
    is_wrong = kind in EXCLUDED and not isinstance(act, aside)
    return f"the case is a {kind.value}" if is_wrong else None


@objection("V6", "8.1.b, 8.2.a, 8.3", a.Escalate)
def the_target_fits_the_kind(act: a.Escalate, asked: Asked) -> str | None:
    """A case is handed on to those whom its kind concerns."""
    kind, role = asked.before.case.kind, act.to.role
    return None if kind in _FIT[role] else f"{kind.value} does not go to the {role.value}"


@objection("V41", "8.1.b, 8.1.c1, 8.2.b, 8.3, 9.3", a.Answer, a.Advise, a.RequestVerification,
           a.ReportFindings, a.Reschedule, a.Note)  # fmt: skip
def the_holder_acts(act: a.Act, asked: Asked) -> str | None:
    """Only the holder of a case answers, advises, asks an agency, reports and reschedules."""
    holder, by = asked.before.holder, act.by
    beside = (Role.OPERATOR, Role.CITIZEN, Role.LEADERSHIP)
    if holder is None or (isinstance(act, a.Note) and by.role in beside):
        return None
    if holder.role is not by.role:
        return f"the case lies with the {holder.role.value}"
    if holder.role is Role.AGENCY:
        return None if _is_same(holder.unit, by.unit) else f"the case lies with {holder.unit}"
    in_person = holder.role in (Role.OFFICER, Role.PROVIDER)
    return (
        f"the case lies with {holder.id}" if in_person and not _is_same(holder.id, by.id) else None
    )


@objection("V9", "8.1.c1", a.RequestVerification)
def the_appointment_lies_ahead(act: a.RequestVerification, asked: Asked) -> str | None:
    """The appointment given to the citizen lies after the request to the agency."""
    return None if act.appointment > asked.at else f"the appointment is at {act.appointment}"


@objection("V12", "8.1.c2, R39")
def an_accused_never_acts(act: a.Act, asked: Asked) -> str | None:
    """No act on a case is by an accused of it, however the id is spelled."""
    is_accused = fold_spelling(act.by.id) in list_accused(asked.before)
    is_own = act.trigger in a.SYSTEM_TRIGGERS  # of the clock and of the calendar
    return f"{act.by.id} is accused in the case" if is_accused and not is_own else None


@objection("V13", "8.1.c2, R39", a.Escalate, a.Reassign, a.RequestVerification)
def an_accused_is_never_given_the_case(
    act: a.Escalate | a.Reassign | a.RequestVerification, asked: Asked
) -> str | None:
    """No act gives the case to an accused. A holder may become one later."""
    named = act.focal if isinstance(act, a.RequestVerification) else act.to.id
    is_accused = named is not None and fold_spelling(named) in list_accused(asked.before)
    return f"{named} gets the case, and is accused in it" if is_accused else None


@objection("V14", "8.1.c2", a.NotifyUnit)
def only_their_unit_is_notified(act: a.NotifyUnit, asked: Asked) -> str | None:
    """A unit is notified of its own accused staff, or of conduct that the case is about."""
    before = asked.before
    concerns = before.case.kind == "conduct" or bool(before.case.accused)
    units = list_accused_units(before) | {fold_spelling(before.case.about_unit)}
    is_theirs = concerns and fold_spelling(act.unit) in units
    return None if is_theirs else f"the case is not about conduct in {act.unit}"


@objection("V21", "9.3, R32", a.Reschedule)
def one_reschedule_at_most(_: a.Reschedule, asked: Asked) -> str | None:
    """A case is rescheduled once at most, whatever agencies handle it."""
    before, expected = asked.before, asked.expected
    first = expected.first_appointment_counts and before.appointments > 0
    is_done = before.reschedules + first >= expected.reschedules
    return f"of {expected.reschedules} reschedules none is left" if is_done else None


@objection("V22", "9.3, R4, R24, R41", a.Reschedule)
def the_agency_reschedules_in_time(act: a.Reschedule, asked: Asked) -> str | None:
    """An agency that has time left reschedules to a later time, with a reason."""
    before, is_after = asked.before, asked.expected.reschedule_after_due
    if before.due is None and not (is_after and before.missed):
        return "no limit runs"
    if before.given == timedelta() and before.due is not None and not is_after:
        return "the limit went on without time left"
    last = before.due or before.missed[-1]
    if act.to <= max(last, asked.at):
        return f"{act.to} is no later than {max(last, asked.at)}"
    return None if has_text(act.reason) else "the reason is blank"


@objection("V24", "8.1.c2, R33", a.Reassign)
def another_person_of_the_unit_takes_over(act: a.Reassign, asked: Asked) -> str | None:
    """The head of the unit names another person of it, the leadership if someone is accused."""
    holder, by = asked.before.holder, act.by
    if holder is None:
        return "nobody has the case"
    if by.role is Role.AGENCY_HEAD and not _is_same(holder.unit, by.unit):
        return f"{by.id} is not the head of {holder.unit}"
    is_free = holder.unit is None or fold_spelling(holder.unit) in list_accused_units(asked.before)
    if by.role is Role.LEADERSHIP and not is_free:
        return f"nobody of {holder.unit} is accused"
    if act.to.unit is not None and not _is_same(holder.unit, act.to.unit):
        return f"{act.to.unit} is another unit than {holder.unit}"
    return f"{act.to.id} has the case" if _is_same(holder.id, act.to.id) else None


@objection("V27", "R48", a.Rate)
def the_sender_rates_once(act: a.Rate, asked: Asked) -> str | None:
    """A case is rated once at most, by the citizen who sent it or has the code of a call."""
    if any(isinstance(past, e.Rated) for past in asked.history):
        return "the case was rated before"
    return _find_stranger(act, asked)


@objection("V28", "2.2, 10.2.b, R16, R45", a.Publish)
def a_person_publishes_no_names(act: a.Publish, asked: Asked) -> str | None:
    """Somebody outside the accused's unit publishes, without the people of the case."""
    units, text = list_accused_units(asked.before), fold_spelling(act.text) or ""
    if act.by.unit is not None and fold_spelling(act.by.unit) in units:
        return f"{act.by.unit} is the unit of an accused"
    if any(name in text for name in list_accused(asked.before) if name):
        return "the text names an accused"
    shown = _find_shown(asked, act.text)
    return f"the text shows {shown}" if shown else None


@objection("V36", "3.5, 6.c, R11, R42", a.Escalate)
def what_is_handed_on_can_be_answered(_: a.Escalate, asked: Asked) -> str | None:
    """A case is handed on with the contact that is required: a name and one way to reply."""
    lacking = sorted(list_lacking(asked)) if asked.expected.contact_gate else []
    return f"the request lacks {', '.join(lacking)}" if lacking else None


@objection("V37", "10.2.a, R39", a.Complete)
def what_was_handed_on_stays(act: a.Complete, asked: Asked) -> str | None:
    """After the hand-over content and kind stay."""
    is_changed = act.content is not None or act.kind is not None
    is_late = asked.before.state != "received"
    return "the case was handed on with another content" if is_changed and is_late else None


@objection("V39", "16.1.p2", a.Commend)
def the_unit_that_handled_it_proposes(act: a.Commend, asked: Asked) -> str | None:
    """The head of a unit that handled it proposes a commendation, or the leadership if none did."""
    units = asked.before.units
    if act.by.role is Role.LEADERSHIP:
        return "a unit handled the case" if units else None
    return None if fold_spelling(act.by.unit) in units else f"{act.by.unit} did not handle the case"


@objection("V42", "10.2.a, R48", a.Complete, a.Note)
def a_citizen_completes_their_own_case(act: a.Complete | a.Note, asked: Asked) -> str | None:
    """A citizen completes or notes their own case only, and changes neither kind nor accused."""
    names = ("kind", "accused", "about_unit", "language")
    changed = [name for name in names if getattr(act, name, None) is not None]
    if act.by.role is Role.CITIZEN and changed:
        return f"a citizen changes {', '.join(changed)}"
    return _find_stranger(act, asked)


@objection("V43", "7.2, 8.1-8.3, 10.2")
def texts_can_be_seen(act: a.Act, _: Asked) -> str | None:
    """An answer, an opinion, findings, a note, a published text or new content can be seen."""
    texts = {name: getattr(act, name, None) for name in ("text", "content")}
    blank = [name for name, text in texts.items() if text is not None and not has_text(text)]
    return f"the {blank[0]} is blank" if blank else None


@objection("V44", "8.1.c2, R40", a.NotifyUnit)
def a_notified_unit_learns_no_sender(act: a.NotifyUnit, asked: Asked) -> str | None:
    """The text to the unit of the accused shows neither the sender nor how to reach them."""
    shown = _find_shown(asked, act.text or "")
    return f"the text shows {shown}" if shown else None


@objection("V35", "R15, R37, R38", a.MoveDeadline)
def only_a_changed_calendar_moves_a_due_time(act: a.MoveDeadline, asked: Asked) -> str | None:
    """A due time that was computed moves because of a notice that was known in time."""
    before, new, counted = asked.before, act.recount.deadline, act.recount
    if before.due is None or before.late_after is None:
        return "no limit runs"
    if before.due != before.dues[-1]:
        return "the due time was rescheduled, not computed"
    if (new.due, new.late_after) == (before.due, before.late_after):
        return "the due time stays"
    if (counted.unexplained and not act.unexplained) or counted.cause == "unexplained":
        return "no notice explains it"
    if new.late_after < before.late_after and (counted.cause == "day_off" or not act.earlier):
        return f"{new.due} is earlier than {before.due}"
    if counted.known is not None and counted.known > asked.at.astimezone(VIETNAM).date():
        return f"the notice is known from {counted.known} on"
    if new.late_after < asked.at:
        return f"{new.due} has passed"
    last = before.late_after.astimezone(VIETNAM).date()
    in_time = asked.at <= before.late_after or asked.expected.notice_reaches_back
    in_time = in_time or (counted.issued is not None and counted.issued <= last)
    return None if in_time else f"the limit ran out at {before.late_after}, before the notice"


def _find_stranger(act: a.Act, asked: Asked) -> str | None:
    """Return who acts as a citizen without being the sender, or having the code of a call."""
    known = asked.before.case.sender_id
    is_own = _is_same(known, act.by.id) if isinstance(known, str) else asked.by_code
    is_stranger = act.by.role is Role.CITIZEN and not is_own
    return f"{act.by.id} did not send the case" if is_stranger else None


def list_true_reasons(asked: Asked) -> dict[str, bool]:
    """Return of each reason that no operator judges whether it is true of a case."""
    lacking = list_lacking(asked)
    return {
        "complaint_or_denunciation": asked.before.case.kind in EXCLUDED,
        "no_name": "name" in lacking,
        "no_contact": bool(lacking - {"name"}),
        "out_of_competence": asked.before.opinion is False,
    }


OBJECTIONS = (
    the_typed_table_has_it,
    a_refusal_guides,
    reasons_are_true,
    complaints_are_only_refused,
    the_target_fits_the_kind,
    the_appointment_lies_ahead,
    an_accused_never_acts,
    an_accused_is_never_given_the_case,
    only_their_unit_is_notified,
    one_reschedule_at_most,
    the_agency_reschedules_in_time,
    another_person_of_the_unit_takes_over,
    the_sender_rates_once,
    a_person_publishes_no_names,
    only_a_changed_calendar_moves_a_due_time,
    what_is_handed_on_can_be_answered,
    what_was_handed_on_stays,
    the_unit_that_handled_it_proposes,
    the_holder_acts,
    a_citizen_completes_their_own_case,
    texts_can_be_seen,
    a_notified_unit_learns_no_sender,
)
