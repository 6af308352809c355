"""Rules that say something else than the Articles, as values: each names what must find it.

A mutant is a changed row, guard, number or reading, or a judge or desk in place of the
library's. Nothing is patched. M1 to M46 are of the test kit's research, M47 to M54 are ours.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import attrs

from phananh.articles import Article
from phananh.regulation import conduct
from phananh.regulation.deadline import SIGNED_ON, Limit
from phananh.regulation.guards import guard
from phananh.regulation.lifecycle import SAME_STATE, Transition
from phananh.regulation.request import Role, State
from phananh.regulation.rules import HOA_BINH_2019, Rules
from tests.regulation.changed_rows import Change, dropped, on, rules_of, unguarded, wider
from tests.testing.invariants import desks, judges, recorders
from tests.testing.invariants.more_mutants import MORE_MUTANTS
from tests.testing.invariants.mutant import Mutant
from tests.testing.invariants.typed_mutants import TYPED_MUTANTS


def _row(name: str, found_by: str, change: Change) -> Mutant:
    return Mutant(name=name, found_by=found_by, given={"rules": rules_of(change)})


def _rules(name: str, found_by: str, **changes: Any) -> Mutant:
    return Mutant(name=name, found_by=found_by, given={"rules": _evolve(**changes)})


def _evolve(**changes: Any) -> Rules:
    return attrs.evolve(HOA_BINH_2019, **changes)


def _other(name: str, found_by: str, **given: Any) -> Mutant:
    return Mutant(name=name, found_by=found_by, given=given)


def _limit(hours: int, article: str) -> Limit:
    return Limit(budget=timedelta(hours=hours), article=Article(article), since=SIGNED_ON)


@guard("past_appointment", "8.1.c1", needs_act=True)
def not_before_now(_case, act, at, _rules):
    """Object only to an appointment before now: the mistake of a `>=`."""
    return None if act.appointment >= at else {}


@guard("rescheduled_before", "9.3")
def once_an_agency(case, _act, _at, _rules):
    """Object only where nothing was found since: each agency gets its own reschedule."""
    return {"times": "1", "most": "1"} if len(case.reschedules) > len(case.findings) else None


@guard("accused", "8.1.c2")
def actor_by_letter(case, act, _at, _rules):
    """Object to an actor whose id is spelled as that of an accused, letter by letter."""
    return {} if act.by.id in {each.id for each in case.accused} else None


def _answered_when_closed(row: Transition) -> Transition:
    if row.trigger != "answer" or State.RECEIVED not in row.sources:
        return row
    return attrs.evolve(row, sources=(*row.sources, State.CLOSED), by_holder=frozenset())


@guard("not_later", "10.2.b")
def never(_case, _act, _at, _rules):
    """Object always."""
    return {"due": "-"}


def _never(trigger: str) -> Change:
    return lambda row: attrs.evolve(row, guards=(never,)) if row.trigger == trigger else row


def _anybody(role: str) -> Change:
    def changed(row: Transition) -> Transition:
        hit = row.trigger == "answer" and row.holders == {Role(role)}
        return attrs.evolve(row, by_holder=frozenset()) if hit else row

    return changed


def _late_never_answered(row: Transition) -> Transition:
    return attrs.evolve(row, sources=row.sources[:1]) if row.trigger == "answer" else row


def _replaced(trigger: str, code: str, new: Any) -> Callable[[Transition], Transition]:
    def changed(row: Transition) -> Transition:
        guards = tuple(new if g.code == code else g for g in row.guards)
        return attrs.evolve(row, guards=guards) if row.trigger == trigger else row

    return changed


OFFICERS = "the_officers_limit_is_counted_from_the_hand_over"
AGENCYS = "the_agencys_limit_is_counted_from_the_hand_over"
RESCHEDULED = "the_agency_reschedules_in_time"
TAKES_OVER = "another_person_of_the_unit_takes_over"
PUBLISHES = "a_person_publishes_no_names"
TABLE = "the_typed_table_agrees"
REACHED = "what_must_be_possible_happens"
MOVED = "only_a_changed_calendar_moves_a_due_time"
SENDER = "the_sender_rates_once"
HANDED_ON = "what_is_handed_on_can_be_answered"
HEADS = frozenset({Role.AGENCY_HEAD})
OWN_CASE = "a_citizen_completes_their_own_case"
AGENT = frozenset({Role.AGENCY, Role.OFFICER})

MUTANTS: tuple[Mutant, ...] = (
    _row("M1 no opinion", "every_case_can_be_answered", dropped("advise")),
    _other("M2 refused out of hours", "received_at_any_hour", make_desk=desks.OfficeHoursDesk),
    _row("M3 refused without guidance", "a_refusal_guides", unguarded("reject", "blank")),
    _row(
        "M4 the first reason only",
        "reasons_are_true_and_whole",
        on("reject", make_event=recorders.reject_with_given_reasons),
    ),
    _row("M4 a false reason", "reasons_are_true_and_whole", unguarded("reject", "no_ground")),
    _row("M4 without an opinion", "reasons_are_true_and_whole", unguarded("reject", "not_advised")),
    _row("M5 a complaint is answered", "complaints_are_only_refused",
         unguarded("answer", "complaint")),
    _row("M6 anybody gets anything", "the_target_fits_the_kind",
         unguarded("escalate", "unfit_target")),
    _row(
        "M7 the leadership answers",
        "the_leadership_only_advises",
        wider("answer", sources="escalated", who="leadership", holders="operator leadership"),
    ),
    _row("M8 any officer asks", "the_holder_asks_the_agency",
         on("request_verification", by_holder=frozenset())),
    _row("M9 an appointment now", "the_appointment_lies_ahead",
         on("request_verification", guards=(not_before_now,))),
    _row("M10 any agency reports", "the_asked_agency_reports",
         on("report_findings", by_holder=frozenset())),
    _row("M11 findings stay with the agency", "findings_go_back_to_who_asked",
         on("report_findings", make_event=recorders.findings_stay)),
    _rules("M12 an accused acts", "an_accused_never_acts", guards=conduct.EVERY_ACT[1:]),
    _rules("M13 an accused gets the case", "an_accused_is_never_given_the_case",
           guards=conduct.EVERY_ACT[:1]),
    _row("M14 told of anything", "only_their_unit_is_notified",
         unguarded("notify_unit", "not_conduct")),
    _row("M14 any unit is told", "only_their_unit_is_notified",
         unguarded("notify_unit", "not_their_unit")),
    _row("M15 counted from receipt", OFFICERS,
         on("escalate", make_event=recorders.escalate_from_receipt)),
    _rules("M15 of the other limit", AGENCYS, agency_limit=_limit(5, "9.2")),
    _row("M16 on the centre's calendar", AGENCYS,
         on("request_verification", make_event=recorders.request_on_centres_calendar)),
    _other("M17 late at the due instant", "the_due_instant_is_in_time",
           decide=judges.late_at_the_due),
    _other("M18 an answer forgives", "lateness_stays", decide=judges.answers_forgive),
    _other("M19 dated now", "each_limit_lapses_once_at_its_due", decide=judges.lapses_dated_now),
    _other("M20 marked by a sweep only", "a_lapse_comes_before_the_act",
           decide=judges.lapses_by_sweep_only),
    _row("M21 twice", "one_reschedule_at_most", unguarded("reschedule", "rescheduled_before")),
    _rules("M21 twice by number", "one_reschedule_at_most", reschedules=2),
    _row("M21 counted anew after a second hand-over", "one_reschedule_at_most",
         _replaced("reschedule", "rescheduled_before", once_an_agency)),
    _row("M22 after the due instant", RESCHEDULED, unguarded("reschedule", "already_late")),
    _rules("M22 after the due instant, by option", RESCHEDULED, reschedule_after_due=True),
    _row("M22 to the same time", RESCHEDULED, unguarded("reschedule", "not_later")),
    _other("M23 the first due is overwritten", "every_due_time_stays_readable",
           decide=judges.reschedule_overwrites),
    _rules("M23 the due stays", AGENCYS, reschedule_moves_due=False),
    _rules("M24 the clock starts anew", TAKES_OVER, reassign_restarts_clock=True),
    _rules("M25 the clock is left on", "no_clock_after_the_findings",
           reply_limit=_limit(5, "9.1")),
    _row("M26 answered when closed", "closed_stays_closed", _answered_when_closed),
    _row("M27 rated twice", SENDER, unguarded("rate", "rated_before")),
    _row("M27 rated by anybody", SENDER, unguarded("rate", "not_the_sender")),
    _row("M28 publishes by itself", PUBLISHES, wider("publish", who="system")),
    _row("M28 with the phone", PUBLISHES, unguarded("publish", "names_sender")),
    _row("M28 by a colleague", PUBLISHES, unguarded("publish", "accused_unit")),
    _other("M29 read from the state", "each_limit_is_in_one_of_four_cells",
           decide=judges.lateness_by_state),
    _other("M30 recorded before the guards", "a_refused_act_changes_nothing",
           make_desk=desks.EagerDesk),
    _other("M31 the old holder", "a_row_is_its_history", make_desk=desks.desk_of_old_holders),
    _other("M32 whatever the clock says", "allowed_tells_the_truth",
           list_allowed=judges.allowed_without_clock),
    _other("M33 by a clock of its own", "the_same_answer_again",
           decide=judges.make_moody_judge()),
    _rules("M34 nine hours", OFFICERS, officer_limit=_limit(9, "9.1")),
    _row("M35 by the officer", RESCHEDULED,
         on("reschedule", by_holder=frozenset(), roles=AGENT)),
    _row("M36 without a reason", RESCHEDULED, unguarded("reschedule", "blank")),
    _rules("M37 the first appointment counts", REACHED, first_appointment_counts=True),
    _row("M38 to the same person", TAKES_OVER, unguarded("reassign", "same_person")),
    _row("M38 to another unit", TAKES_OVER, unguarded("reassign", "other_unit")),
    _row("M39 by another unit's head", TAKES_OVER, unguarded("reassign", "not_head")),
    _row("M40 a lapse from received", TABLE, wider("lapse", sources="received")),
    _row("M41 closed unanswered", TABLE, wider("close", sources="escalated")),
    _row("M42 findings that were not asked for", TABLE,
         wider("report_findings", sources="escalated")),
    _rules("M43 ids by the letter", "an_accused_never_acts",
           guards=(actor_by_letter, conduct.EVERY_ACT[1])),
    _row("M44 published at once", TABLE, wider("publish", sources="received")),
    _row("M45 no answer once overdue", REACHED, _late_never_answered),
    _other("M46 a lapse a stage", "each_limit_lapses_once_at_its_due",
           decide=judges.lapses_by_stage),
    *(
        _row(f"M47 moved in spite of {code}", MOVED, unguarded("move_deadline", code))
        for code in ("promised_time", "day_off_earlier", "unexplained", "moved_into_past")
    ),
    _row("M48 moved by a person", MOVED, wider("move_deadline", who="officer")),
    _other("M49 moved by name only", AGENCYS, decide=judges.moved_by_name),
    _row("M50 no name is asked", HANDED_ON, unguarded("escalate", "no_name")),
    _row("M50 no contact is asked", HANDED_ON, unguarded("escalate", "no_contact")),
    _row("M51 recast by the way", "what_was_handed_on_stays", unguarded("complete", "handed_on")),
    _row("M52 the leadership proposes", "the_unit_that_handled_it_proposes",
         unguarded("commend", "unit_proposes")),
    _row("M53 names the accused", PUBLISHES, unguarded("publish", "names_accused")),
    _row("M55 any officer answers", "the_holder_acts", _anybody("officer")),
    _row("M55 any provider answers", "the_holder_acts", _anybody("provider")),
    _row("M56 any citizen completes", OWN_CASE, unguarded("complete", "not_the_sender")),
    _row("M56 any citizen notes", OWN_CASE, unguarded("note", "not_the_sender")),
    _row("M57 a citizen changes the kind", OWN_CASE, unguarded("complete", "operator_only")),
    *(
        _row(f"M58 a blank {trigger}", "texts_can_be_seen", unguarded(trigger, "blank"))
        for trigger in ("answer", "advise", "report_findings", "note", "publish", "commend")
    ),
    _row("M59 tells who complained", "a_notified_unit_learns_no_sender",
         unguarded("notify_unit", "names_sender")),
    _other("M60 never published", TABLE, rules=rules_of(_never("publish")), guards_read=()),
    _row("M60 the leadership names nobody", TABLE, on("reassign", roles=HEADS)),
    _row("M60 no agency gets another person", TABLE,
         on("reassign", holders=frozenset({Role.OFFICER, Role.PROVIDER}))),
    _row("M61 a lapse leaves the state", TABLE, on("lapse", dest=SAME_STATE)),
    _row("M54 a note moves the case", "notes_move_nothing",
         on("note", make_event=recorders.note_that_closes)),
    *MORE_MUTANTS,
    *TYPED_MUTANTS,
)  # fmt: skip
