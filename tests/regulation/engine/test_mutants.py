"""Defects put in as values, each found by the walk or by the typed table (Art. 7-10).

A defect is a row, a guard, a number or a function changed; never a patched text. Each names who
must find it, so that a test which sees nothing is seen.
"""

from datetime import timedelta

import attrs
import pytest

from phananh.articles import Article
from phananh.regulation import case as effects
from phananh.regulation import conduct
from phananh.regulation import decide as decide_module
from phananh.regulation import events as e
from phananh.regulation.guards import guard
from phananh.regulation.request import Role
from phananh.regulation.rules import HOA_BINH_2019, SIGNED_ON, Limit, Rules
from tests.regulation import cast
from tests.regulation.changed_rows import Change, dropped, on, rules_of, unguarded, wider
from tests.regulation.positions import differences
from tests.regulation.variants import NAMELESS, UNREACHABLE
from tests.regulation.walk import Walk

# The test kit walks and seeds the same in `make test`; this older walk asks two agencies.
pytestmark = pytest.mark.slow


@guard("past_appointment", "8.1.c1", needs_act=True)
def not_before_now(_case, act, at, _rules):
    """Object only to an appointment before now: the defect of a `>=`."""
    return None if act.appointment >= at else {}


def findings_stay(case, act, head, moment):
    """Record findings, and leave the case with the agency."""
    from phananh.regulation.recorders import report_findings

    return attrs.evolve(report_findings(case, act, head, moment), holder=case.holder)


ROWS: dict[str, tuple[Change, str]] = {
    "M1 no opinion": (dropped("advise"), "table"),
    "M3 refused without guidance": (unguarded("reject", "blank"), "refused_with_guidance"),
    "M4 a false reason": (unguarded("reject", "no_ground"), "reasons_hold"),
    "M4 without an opinion": (unguarded("reject", "not_advised"), "reasons_hold"),
    "M5 a complaint is answered": (unguarded("answer", "complaint"), "complaints_stay_out"),
    "M50 no name is asked": (unguarded("escalate", "no_name"), "handed_on_with_contact"),
    "M50 no contact is asked": (unguarded("escalate", "no_contact"), "handed_on_with_contact"),
    "M51 recast by the way": (unguarded("complete", "handed_on"), "handed_on_for_good"),
    "M52 the leadership proposes": (
        unguarded("commend", "unit_proposes"),
        "proposed_by_who_handled",
    ),
    "M53 names the accused": (unguarded("publish", "names_accused"), "nothing_publishes_itself"),
    "M54 anybody notes": (on("note", by_holder=frozenset()), "table"),
    "M6 anybody gets anything": (unguarded("escalate", "unfit_target"), "target_fits"),
    "M7 the leadership answers": (
        wider("answer", sources="escalated", who="leadership", holders="operator leadership"),
        "table",
    ),
    "M8 any officer asks": (on("request_verification", by_holder=frozenset()), "the_holder_asks"),
    "M9 an appointment now": (
        on("request_verification", guards=(not_before_now,)),
        "appointment_ahead",
    ),
    "M10 any agency reports": (
        on("report_findings", by_holder=frozenset()),
        "the_asked_agency_reports",
    ),
    "M11 findings stay": (on("report_findings", make_event=findings_stay), "back_to_who_asked"),
    "M14 told of anything": (unguarded("notify_unit", "not_conduct"), "only_their_unit_is_told"),
    "M14 any unit is told": (unguarded("notify_unit", "not_their_unit"), "only_their_unit_is_told"),
    "M22 rescheduled when late": (unguarded("reschedule", "already_late"), "rescheduled_in_time"),
    "M22 to the same time": (unguarded("reschedule", "not_later"), "rescheduled_in_time"),
    "M36 without a reason": (unguarded("reschedule", "blank"), "rescheduled_in_time"),
    "M21 twice": (unguarded("reschedule", "rescheduled_before"), "once_per_case"),
    "M26 answered when closed": (wider("answer", sources="closed"), "table"),
    "M27 rated twice": (unguarded("rate", "rated_before"), "rated_once_by_the_sender"),
    "M27 rated by anybody": (unguarded("rate", "not_the_sender"), "rated_once_by_the_sender"),
    "M28 publishes itself": (wider("publish", who="system"), "nothing_publishes_itself"),
    "M28 with the phone": (unguarded("publish", "names_sender"), "nothing_publishes_itself"),
    "M28 by their colleague": (unguarded("publish", "accused_unit"), "nothing_publishes_itself"),
    "M35 the officer reschedules": (
        on("reschedule", by_holder=frozenset(), roles=frozenset({Role.AGENCY, Role.OFFICER})),
        "table",
    ),
    "M38 to oneself": (unguarded("reassign", "same_person"), "another_person_same_clock"),
    "M38 to another unit": (
        on("reassign", guards=conduct.REASSIGNMENT[:2]),
        "another_person_same_clock",
    ),
    "M39 another unit's head": (unguarded("reassign", "not_head"), "another_person_same_clock"),
    "M40 lapse from received": (wider("lapse", sources="received"), "table"),
    **{
        f"M47 moved in spite of {code}": (
            unguarded("move_deadline", code),
            "moved_by_the_calendar_only",
        )
        for code in (
            "promised_time",
            "earlier_kept",
            "day_off_earlier",
            "unexplained",
            "not_yet_known",
            "moved_into_past",
            "ran_out_before",
        )
    },
    "M48 moved by a person": (wider("move_deadline", who="officer"), "table"),
    "M41 closed unanswered": (wider("close", sources="escalated"), "table"),
    "M42 findings unasked": (wider("report_findings", sources="escalated"), "table"),
    "M44 published at once": (wider("publish", sources="received"), "table"),
    "M45 never answered when late": (
        lambda r: attrs.evolve(r, sources=r.sources[:1]) if r.trigger == "answer" else r,
        "table",
    ),
}


def _budget(hours: int, article: str) -> Limit:
    return Limit(budget=timedelta(hours=hours), article=Article(article), since=SIGNED_ON)


RULES: dict[str, tuple[Rules, str]] = {
    name: (attrs.evolve(HOA_BINH_2019, **changes), finder)
    for name, changes, finder in (
        ("M34 nine hours", {"officer_limit": _budget(9, "9.1")}, "due_as_the_law_counts"),
        ("M15 agency five", {"agency_limit": _budget(5, "9.2")}, "due_as_the_law_counts"),
        ("M21 twice by number", {"reschedules": 2}, "once_per_case"),
        ("M22 after the due", {"reschedule_after_due": True}, "rescheduled_in_time"),
        ("M23 the due stays", {"reschedule_moves_due": False}, "due_as_the_law_counts"),
        ("M24 restarts", {"reassign_restarts_clock": True}, "due_as_the_law_counts"),
        ("M25 left on", {"reply_limit": _budget(5, "9.1")}, "due_as_the_law_counts"),
        ("R2 no state", {"overdue_stages": frozenset({Role.AGENCY})}, "as_the_table_says"),
        ("M12 the accused act", {"guards": conduct.EVERY_ACT[1:]}, "accused_do_not_act"),
        ("M13 the accused get it", {"guards": conduct.EVERY_ACT[:1]}, "accused_do_not_hold"),
        ("R14 next opening", {"late_after": "next_opening"}, "lapse_before_act"),
    )
}


def found_by(finder: str, *, rules: Rules = HOA_BINH_2019) -> bool:
    """Return whether the typed table, the walk or the named invariant sees a difference."""
    if finder == "table":
        return bool(differences(rules))
    names = {
        name
        for name, _, _ in Walk(
            rules=rules, kinds=("conduct",), lacking=(NAMELESS, UNREACHABLE), stop=True
        )
        .run()
        .violations
    }
    return bool(names) if finder == "walk" else finder in names


@pytest.mark.parametrize("name", ROWS)
def test_changed_rows_are_found(name):
    """A row that says something else than the Articles is found."""
    change, finder = ROWS[name]
    assert found_by(finder, rules=rules_of(change))


@pytest.mark.parametrize("name", RULES)
def test_changed_numbers_are_found(name):
    """A number or reading other than the default is found by the clerk's own count."""
    rules, finder = RULES[name]
    assert found_by(finder, rules=rules)


def _unmarked(case, moment):
    return ()


def _dated_now(case, act, state, moment):
    from phananh.regulation.recorders import lapse

    return attrs.evolve(lapse(case, act, state, moment), at=moment.at)


def _forgives(fields, event):
    fields["clock"], fields["lapses"] = None, ()


def _by_stage(fields, event):
    known = {lapse.stage for lapse in fields["lapses"]}
    if event.late.role not in known:
        effects._apply_lapsed(fields, event)
    fields["clock"] = None


def _counts_anew(fields, event):
    effects._apply_verification_requested(fields, event)
    fields["reschedules"] = ()


def _moved_by_name(fields, event):
    before = fields["clock"]
    effects._apply_deadline_moved(fields, event)
    fields["clock"] = before


APPLY = effects.EFFECTS
CODE = {
    "M16 the centre's hours": (
        cast,
        "hours",
        lambda role, unit: cast.CENTRE,
        "due_as_the_law_counts",
    ),
    "M17 late at the due": (
        decide_module,
        "is_late",
        lambda at, *, late_after: at >= late_after,
        "walk",
    ),
    "M18 an answer forgives": (APPLY, e.Answered, _forgives, "lapses_as_the_clerk_counts"),
    "M19 dated now": (decide_module, "lapse", _dated_now, "lapse_before_act"),
    "M20 only the sweep marks": (
        decide_module,
        "find_pending_lapse",
        _unmarked,
        "lapse_before_act",
    ),
    "M21 counts anew": (APPLY, e.VerificationRequested, _counts_anew, "once_per_case"),
    "M43 ids by letter": (conduct, "is_same_id", lambda one, two: one == two, "accused_do_not_act"),
    "M49 moved by name only": (APPLY, e.DeadlineMoved, _moved_by_name, "due_as_the_law_counts"),
    "M46 a lapse a stage": (APPLY, e.Lapsed, _by_stage, "lapses_as_the_clerk_counts"),
}


@pytest.mark.parametrize("name", CODE)
def test_changed_code_is_found(name, monkeypatch):
    """A function that judges or folds wrongly is found."""
    where, what, wrong, finder = CODE[name]
    if isinstance(where, dict):
        monkeypatch.setitem(where, what, wrong)
    else:
        monkeypatch.setattr(where, what, wrong)
    assert found_by(finder)


def test_a_first_appointment_that_counts_is_found(monkeypatch):
    """M37 breaks no invariant: only the typed table, where the agency may, sees it (9.3, R5)."""
    from phananh.regulation import reschedule

    monkeypatch.setattr(reschedule, "count_reschedules", lambda case, *, rules: 1)
    assert any(line.endswith("reschedule") for line in differences())


def test_the_sound_rules_are_not_accused():
    """Without a defect the typed table sees no difference; the walk is a test of its own."""
    assert differences() == []
