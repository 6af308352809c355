"""Rules that say something else than the Articles, as values: each names what must find it.

A mistake is a changed row, guard, number or reading, or a judge or desk in place of the
library's. Nothing is patched.
"""

from datetime import timedelta

import attrs

from phananh.articles import Article
from phananh.regulation import conduct
from phananh.regulation.acts import SYSTEM_TRIGGERS
from phananh.regulation.case import fold
from phananh.regulation.decide import Recorded, Refused, decide, find_pending_lapse
from phananh.regulation.events import Answered, Lapsed, LapseLifted, Noted
from phananh.regulation.guards import Guard
from phananh.regulation.lifecycle import SAME_STATE
from phananh.regulation.request import Role, State
from phananh.regulation.rules import HOA_BINH_2019
from tests.regulation.changed_rows import dropped, on, rules_of, unguarded, wider

HB = HOA_BINH_2019
FIRST = {row.trigger: row.make_event for row in reversed(HB.lifecycle)}


def read(**changes):
    """Return what `check` is given for rules with other numbers or readings."""
    return {"rules": attrs.evolve(HB, **changes), "guards_read": ()}


def row(change):
    """Return what `check` is given for rules with changed rows."""
    return {"rules": rules_of(change), "guards_read": ()}


def limit(of, *, hours, clause=None):
    """Return a limit of other hours, or by another clause."""
    return attrs.evolve(
        of, budget=timedelta(hours=hours), article=Article(clause) if clause else of.article
    )


def recorded(trigger, **fields):
    """Return the change that records these values in place of those of the act."""

    def record(case, act, head, context):
        event = FIRST[trigger](case, act, head, context)
        given = {name: v(event, case, context) if callable(v) else v for name, v in fields.items()}
        return attrs.evolve(event, **given)

    return on(trigger, make_event=record)


def guarded(trigger, check, *, needs_act=False, clause="8.1.c2", **where):
    """Return the change that adds a guard of this check to the rows of a trigger."""
    guard = Guard(code="own", article=Article(clause), check=check, needs_act=needs_act)

    def changed(found):
        hit = found.trigger == trigger and all(getattr(found, k) == v for k, v in where.items())
        return attrs.evolve(found, guards=(*found.guards, guard)) if hit else found

    return changed


def without_role(trigger, role):
    """Return the change that takes a role from the rows of a trigger."""
    return lambda r: attrs.evolve(r, roles=r.roles - {role}) if r.trigger == trigger else r


def without_states(trigger, *states):
    """Return the change that takes states from the rows of a trigger."""
    return lambda r: (
        attrs.evolve(r, sources=tuple(s for s in r.sources if s not in states) or r.sources)
        if r.trigger == trigger
        else r
    )


def citing(trigger, clause):
    """Return the change that cites another clause."""
    return on(trigger, article=Article(clause), others=(), cite=None)


def late_at_the_due(case, act, context):
    """Let a limit run out at its last instant, not after it."""
    limit = case.clock
    if limit is None or context.at != limit.late_after or act.trigger in SYSTEM_TRIGGERS:
        return decide(case, act, context)
    lapse = find_pending_lapse(case, attrs.evolve(context, at=context.at + timedelta.resolution))
    found = decide(fold(lapse, onto=case), act, context)
    is_done = isinstance(found, Recorded)
    return Recorded(events=(*lapse, *found.events), case=found.case) if is_done else found


def without_lapse(case, act, context):
    """Record an act without the lapse that is due before it."""
    if case.clock is None or act.trigger in SYSTEM_TRIGGERS:
        return decide(case, act, context)
    found = decide(attrs.evolve(case, clock=None), act, context)
    is_done = isinstance(found, Recorded)
    return Recorded(events=found.events, case=fold(found.events, onto=case)) if is_done else found


def judge(change):
    """Return a judge that changes what the library records."""

    def decides(case, act, context):
        found = decide(case, act, context)
        return change(found, case, context) if isinstance(found, Recorded) else found

    return decides


def dated_now(found, case, context):
    """Date a lapse at the act that found it, not at its due instant."""
    events = tuple(
        attrs.evolve(x, at=context.at) if isinstance(x, Lapsed) else x for x in found.events
    )
    return Recorded(events=events, case=fold(events, onto=case))


def forgiven(found, _case, _context):
    """Let an answer take lateness away."""
    is_answer = isinstance(found.events[-1], Answered)
    return attrs.evolve(found, case=attrs.evolve(found.case, lapses=())) if is_answer else found


def not_lifted(found, _case, _context):
    """Let a lapse that was lifted count as late."""
    lapses = tuple(attrs.evolve(each, lifted=False) for each in found.case.lapses)
    is_lifted = isinstance(found.events[-1], LapseLifted)
    return attrs.evolve(found, case=attrs.evolve(found.case, lapses=lapses)) if is_lifted else found


def lift_again(case, act, head, context):
    """Record a lift though no lapse counts any more."""
    is_late = case.is_late
    return FIRST["lift_lapse"](case, act, head, context) if is_late else Noted(**head, text="x")


def make_moody_judge():
    """Return a judge that says no to every seventh question, whatever it is."""
    asked = []

    def decides(case, act, context):
        asked.append(act)
        found = decide(case, act, context)
        is_moody = len(asked) % 7 == 0 and isinstance(found, Recorded)
        return Refused(trigger=act.trigger, reasons=()) if is_moody else found

    return decides


def same(one, other):
    """Return whether two ids are equal but for capitals."""
    return bool(one and other) and one.casefold() == other.casefold()


def by_first_accused(case, act, _at, _rules):
    """Object to the first accused only."""
    is_first = case.accused and same(case.accused[0].id, act.by.id)
    return {} if is_first and act.trigger not in SYSTEM_TRIGGERS else None


OFFICER, AGENCY, LEADERSHIP = (frozenset({Role(r)}) for r in ("officer", "agency", "leadership"))
NOBODY = frozenset()
LIMIT = {"officer": HB.officer_limit, "agency": HB.agency_limit}
# By name: the invariant that finds it, the kinds of requests that show it, what `check` is given.
LOOSE = {
    "no opinion": ("V1", "service", row(dropped("advise"))),
    "refused without guidance": ("V43", "complaint", row(unguarded("reject", "blank"))),
    "refused for no reason": ("V3", "complaint", row(unguarded("reject", "no_reasons"))),
    "a false reason": ("V4", "information", row(unguarded("reject", "no_ground"))),
    "without an opinion": ("V4", "information", row(unguarded("reject", "not_advised"))),
    "a complaint is answered": ("V5", "complaint", row(unguarded("answer", "complaint"))),
    "anybody gets anything": ("V6", "service", row(unguarded("escalate", "unfit_target"))),
    "an appointment now": (
        "V9", "conduct", row(unguarded("request_verification", "past_appointment"))),
    "findings stay with the agency": (
        "V11", "conduct", row(recorded("report_findings", holder=lambda _e, c, _x: c.holder))),
    "an accused acts": ("V12", "conduct", read(guards=conduct.EVERY_ACT[1:])),
    "the second accused acts": ("V12", "conduct", read(guards=(
        attrs.evolve(conduct.EVERY_ACT[0], check=by_first_accused), conduct.EVERY_ACT[1]))),
    "an accused gets the case": ("V13", "conduct", read(guards=conduct.EVERY_ACT[:1])),
    "any unit is notified": ("V14", "conduct", row(unguarded("notify_unit", "not_their_unit"))),
    "counted from receipt": ("V15", "conduct", row(recorded("escalate", deadline=lambda e, c, x:
        e.deadline and attrs.evolve(x, at=c.received_at).start_limit(
            x.rules.officer_limit, e.holder)))),
    "the clock starts anew": ("V15", "conduct", read(reassign_restarts_clock=True)),
    "on the centre's calendar": ("V15", "conduct", row(recorded(
        "request_verification",
        deadline=lambda _e, c, x: x.start_limit(x.rules.agency_limit, c.holder)))),
    "the due stays": ("V15", "conduct", read(reschedule_moves_due=False)),
    "late at the due instant": ("V15", "conduct", {"decide": late_at_the_due}),
    "an answer forgives": ("V18", "conduct", {"decide": judge(forgiven)}),
    "dated now": ("V20", "conduct", {"decide": judge(dated_now)}),
    "marked by a sweep only": ("V20", "conduct", {"decide": without_lapse}),
    "lapsed by an operator": ("V34", "conduct", row(wider("lapse", who="operator"))),
    "twice": ("V21", "conduct", row(unguarded("reschedule", "rescheduled_before"))),
    "late reschedule": ("V22", "conduct", row(unguarded("reschedule", "already_late"))),
    "to the same time": ("V22", "conduct", row(unguarded("reschedule", "not_later"))),
    "without a reason": ("V22", "conduct", row(unguarded("reschedule", "blank"))),
    "without time left": ("V22", "conduct", row(unguarded("reschedule", "nothing_left"))),
    "to the same person": ("V24", "conduct", row(unguarded("reassign", "same_person"))),
    "to another unit": ("V24", "conduct", row(unguarded("reassign", "other_unit"))),
    "by another unit's head": ("V24", "conduct", row(unguarded("reassign", "not_head"))),
    "rated twice": ("V27", "service", row(unguarded("rate", "rated_before"))),
    "rated by anybody": ("V27", "information", row(unguarded("rate", "not_the_sender"))),
    "published with the phone": ("V28", "information", row(unguarded("publish", "names_sender"))),
    "published by a colleague": ("V28", "conduct", row(unguarded("publish", "accused_unit"))),
    "names the accused": ("V28", "conduct", row(unguarded("publish", "names_accused"))),
    "by a clock of its own": ("V33", "complaint", {"decide": make_moody_judge()}),
    "closed unanswered": ("V34", "conduct", row(wider("close", sources="escalated"))),
    "answered when closed": ("V34", "information", row(on(
        "answer", "received", sources=(State.RECEIVED, State.CLOSED), by_holder=NOBODY))),
    "a citizen publishes": ("V34", "conduct", row(wider("publish", who="citizen"))),
    "the agency closes": ("V34", "conduct", row(wider("close", who="agency"))),
    **{f"moved in spite of {code}": ("V35", "conduct", row(unguarded("move_deadline", code)))
       for code in ("promised_time", "day_off_earlier", "unexplained", "moved_into_past",
                    "ran_out_before", "not_yet_known")},
    "moved by a notice that reaches back": ("V35", "conduct", read(notice_reaches_back=True)),
    "no contact is asked": ("V36", "information", row(unguarded("escalate", "no_contact"))),
    "recast by the way": ("V37", "conduct", row(unguarded("complete", "handed_on"))),
    "the leadership proposes": ("V39", "conduct", row(unguarded("commend", "unit_proposes"))),
    "any officer answers": ("V41", "conduct", row(on(
        "answer", "overdue", by_holder=NOBODY))),
    "any officer asks": ("V41", "conduct", row(on("request_verification", by_holder=NOBODY))),
    "any agency reports": ("V41", "conduct", row(on("report_findings", by_holder=NOBODY))),
    "any citizen notes": ("V42", "information", row(unguarded("note", "not_the_sender"))),
    "a citizen changes the kind": ("V42", "information", row(unguarded(
        "complete", "operator_only"))),
    "a blank answer": ("V43", "conduct", row(unguarded("answer", "blank"))),
    "tells who complained": ("V44", "conduct", row(unguarded("notify_unit", "names_sender"))),
    "any unit reports": ("V52", "conduct", row(unguarded("report_outcome", "not_notified"))),
    "a colleague completes": ("V51", "conduct", row(unguarded("complete", "accused_unit"))),
    "the opinion turned round": ("V45", "proposal", row(recorded(
        "advise", within_competence=lambda e, _c, _x: not e.within_competence))),
    "the text is lost": ("V45", "information", row(recorded("note", text="x"))),
    "the accused are lost": ("V45", "conduct", row(recorded("complete", accused=None))),
    "the first reason only": ("V47", "information", row(recorded(
        "reject", reasons=lambda e, _c, _x: e.reasons[:1]))),
    "a lapse leaves the state": ("V48", "conduct", row(on("lapse", dest=SAME_STATE))),
    "an answer closes": ("V48", "information", row(on("answer", dest=State.CLOSED))),
    "a reschedule cites 9.2": ("V48", "conduct", row(citing("reschedule", "9.2"))),
    "a receipt cites 7.2": ("V48", "complaint", read(receipt_article=Article("7.2"))),
    "nine hours": ("V49", "complaint", read(
        officer_limit=limit(LIMIT["officer"], hours=9))),
    # The acts that send a case back, withdraw it, reopen it and lift a lapse.
    "no reason is asked to send back": ("V43", "service", row(unguarded("send_back", "blank"))),
    "a fresh limit after it was sent back": ("V15", "conduct", row(recorded(
        "escalate", deadline=lambda e, _c, x:
        e.deadline and x.start_limit(x.rules.officer_limit, e.holder)))),
    "sent back by anybody": ("V41", "service", row(on("send_back", by_holder=NOBODY))),
    "a stranger withdraws": ("V42", "information", row(unguarded("withdraw", "not_the_sender"))),
    "rated when withdrawn": ("V50", "information", row(unguarded("rate", "withdrawn"))),
    "published when withdrawn": ("V50", "information", row(unguarded("publish", "not_answered"))),
    "reopened when answered": ("V50", "information", row(unguarded("reopen", "not_rejected"))),
    "an officer lifts": ("V34", "conduct", row(wider("lift_lapse", who="officer"))),
    "lifted twice": ("V50", "conduct", row(on("lift_lapse", guards=(), make_event=lift_again))),
    "lifted without a reason": ("V43", "conduct", row(unguarded("lift_lapse", "blank"))),
    "a lifted lapse counts": ("V18", "conduct", {"decide": judge(not_lifted)}),
    "a lifted limit stays ended": ("V15", "information", row(recorded(
        "lift_lapse", deadline=None))),
    "an accused is late": ("V18", "information", row(recorded(
        "lapse", late=lambda _e, c, _x: c.holder))),
    "findings go to the accused": ("V11", "information", row(recorded(
        "report_findings", holder=lambda _e, c, _x: c.officer))),
    "the agency keeps its officer": ("V45", "information", row(recorded(
        "reassign", officer=None))),
    "a blank request is handed on": ("V36", "information", row(unguarded(
        "escalate", "no_content"))),
    "a foreign one too": ("V36", "information", row(unguarded("escalate", "not_vietnamese"))),
    "another unit's head reports": ("V41", "conduct", row(on("report_findings", by_holder=AGENCY))),
    "a found complaint is published": ("V5", "information", row(unguarded(
        "publish", "complaint"))),
    "a found complaint goes to an agency": ("V5", "information", row(unguarded(
        "request_verification", "complaint"))),
    "outside Article 4, though within": ("V4", "service", row(unguarded("reject", "no_ground"))),
}  # fmt: skip
STRICT = {
    "no reschedule": ("W", "conduct", read(reschedules=0)),
    "the first appointment counts": ("W", "conduct", read(first_appointment_counts=True)),
    "an address is required": ("V49", "complaint", read(
        contact_required={"name", "reply", "address"})),
    "the leadership never publishes": ("W", "information", row(without_role(
        "publish", Role.LEADERSHIP))),
    "the provider takes no note": ("W", "service", row(without_role("note", Role.PROVIDER))),
    "published when closed only": ("W", "information", row(without_states(
        "publish", State.ANSWERED))),
    "no agency is asked once late": ("W", "conduct", row(without_states(
        "request_verification", State.OVERDUE))),
    "reassigned in time only": ("W", "conduct", row(without_states("reassign", State.OVERDUE))),
    "no provider": ("W", "service", row(lambda r: None if r.target is Role.PROVIDER else r)),
    "an answer needs findings": ("W", "conduct", row(guarded(
        "answer", lambda c, _a, _t, _r: None if c.findings else {}, holders=OFFICER))),
    "put off by a week at most": ("W", "conduct", row(guarded(
        "reschedule", lambda _c, a, t, _r: {} if a.to > t + timedelta(days=7) else None,
        needs_act=True))),
    "not at the last instant": ("W", "conduct", row(guarded(
        "reschedule", lambda c, _a, t, _r: {} if c.due and t >= c.due else None))),
    "good marks only": ("W", "information", row(guarded(
        "rate", lambda _c, a, _t, _r: {} if a.score < 3 else None, needs_act=True))),
    "no colleague of the accused answers": ("W", "conduct", row(guarded(
        "answer", lambda c, a, _t, _r:
        {} if any(same(x.unit, a.by.unit) for x in c.accused) else None, holders=OFFICER))),
    "a complaint takes no note": ("W", "complaint", row(guarded(
        "note", lambda c, _a, _t, _r: {} if c.kind == "complaint" else None))),
    "no lapse at the agency": ("V46", "conduct", row(guarded(
        "lapse", lambda c, _a, _t, _r: {} if c.holder.role == "agency" else None))),
    "nothing is sent back": ("W", "service", row(dropped("send_back"))),
    "no head reports": ("W", "conduct", row(without_role("report_findings", Role.AGENCY_HEAD))),
    "a closed refusal stays": ("W", "complaint", row(without_states("reopen", State.CLOSED))),
    "nobody is accused once answered": ("W", "information", row(
        lambda r: None if r.trigger == "complete" and State.CLOSED in r.sources else r)),
    "a found complaint is not answered": ("W", "information", row(guarded(
        "answer", lambda c, _a, _t, _r: {} if c.kind == "complaint" else None, holders=OFFICER))),
    "published once": ("W", "information", {"rules": rules_of(guarded(
        "publish", lambda c, _a, _t, _r: {} if c.published else None))}),
}  # fmt: skip
# One of each kind, in `make test`. The others are in `make slow`.
QUICK = (
    "no opinion", "refused without guidance", "a complaint is answered",
    "an accused acts", "an accused gets the case", "counted from receipt", "twice",
    "late at the due instant", "an answer forgives", "marked by a sweep only", "late reschedule",
    "by a clock of its own", "closed unanswered",
    "any officer answers", "a blank answer", "tells who complained", "the text is lost",
    "an answer closes", "a receipt cites 7.2", "nine hours", "no contact is asked",
    "published when closed only", "an answer needs findings", "no lapse at the agency",
    "a fresh limit after it was sent back", "a lifted lapse counts", "an accused is late",
    "reopened when answered", "another unit's head reports",
    "the leadership never publishes",
)  # fmt: skip
