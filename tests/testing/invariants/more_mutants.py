"""More mistakes in rules: in one field of a sender, one accused of several, one kind, one act."""

from collections.abc import Callable
from typing import Any

import attrs

from phananh.regulation import recorders as right
from phananh.regulation.acts import SYSTEM_TRIGGERS
from phananh.regulation.cleaning import is_same_id
from phananh.regulation.lifecycle import Transition
from phananh.regulation.publication import find_sender_fields
from phananh.regulation.request import Kind, Role
from phananh.regulation.rules import HOA_BINH_2019
from tests.regulation.changed_rows import Change, on, rules_of, unguarded, wider
from tests.testing.invariants.mutant import Mutant

Check = Callable[..., dict[str, object] | None]


def _row(name: str, found_by: str, change: Change) -> Mutant:
    given = {"rules": rules_of(change), "guards_read": ()}
    return Mutant(name=name, found_by=found_by, given=given)


def _rules(name: str, found_by: str, **changes: Any) -> Mutant:
    given = {"rules": attrs.evolve(HOA_BINH_2019, **changes), "guards_read": ()}
    return Mutant(name=name, found_by=found_by, given=given)


def _checked(trigger: str, code: str, check: Check, target: Role | None = None) -> Change:
    """Return the change that gives the guard of this code another check."""

    def changed(row: Transition) -> Transition:
        if trigger not in (row.trigger, "every") or row.target not in (target or row.target,):
            return row
        guards = (attrs.evolve(g, check=check) if g.code == code else g for g in row.guards)
        return attrs.evolve(row, guards=tuple(guards))

    return changed


def _to_provider_without_contact(row: Transition) -> Transition:
    is_hit = row.target is Role.PROVIDER
    return unguarded("escalate", "no_name", "no_contact")(row) if is_hit else row


def _without(trigger: str, index: int) -> Change:
    """Return the change that takes the guard at this place from a row."""

    def changed(row: Transition) -> Transition:
        left = tuple(guard for n, guard in enumerate(row.guards) if n != index)
        return attrs.evolve(row, guards=left) if row.trigger == trigger else row

    return changed


def _recorded(trigger: str, field: str, value: Any) -> Change:
    """Return the change that records an act with this value in place of its own."""

    def record(case, act, head, context):
        return attrs.evolve(getattr(right, trigger)(case, act, head, context), **{field: value})

    return lambda row: attrs.evolve(row, make_event=record) if row.trigger == trigger else row


def _blind_to(*fields: str) -> Check:
    """Return a check for the sender in a text that overlooks these fields."""

    def check(case, act, _at, _rules):
        found = find_sender_fields(case, act.text or "")
        seen = {*found["field"].split("|")} - {*fields} if found else set()
        return {"field": "|".join(sorted(seen))} if seen else None

    return check


def _forgets_former(case, act, _at, _rules):
    return find_sender_fields(attrs.evolve(case, former_senders=()), act.text)


def _accused_when(is_accused: Callable[[Any, Any], bool], *, system: bool = False) -> Any:
    """Return the guards of every act, with another test for who is accused."""

    def check(case, act, _at, _rules):
        is_asked = system or act.trigger not in SYSTEM_TRIGGERS
        return {} if is_asked and case.accused and is_accused(case, act.by) else None

    first, second = HOA_BINH_2019.guards
    return attrs.evolve(first, check=check), second


def _is_in_unit(case, by):
    return any(is_same_id(a.id, by.id) and is_same_id(a.unit, by.unit) for a in case.accused)


def _is_first(case, by):
    return is_same_id(case.accused[0].id, by.id)


def _is_among_known(case, by):
    ids = [each.id for each in case.accused]
    return all(ids) and any(is_same_id(each, by.id) for each in ids)


def _is_anyone_or_system(case, by):
    return by.role is Role.SYSTEM or any(is_same_id(each.id, by.id) for each in case.accused)


def _first_not_named(case, act, _at, _rules):
    named = getattr(getattr(act, "to", None), "id", getattr(act, "focal", None))
    return {} if case.accused and is_same_id(case.accused[0].id, named) else None


def _is_unit_of_first(case, act, _at, _rules):
    return {} if case.accused and is_same_id(case.accused[0].unit, act.by.unit) else None


def _by_leadership_anywhere(case, act, _at, _rules):
    is_free = act.by.role is Role.LEADERSHIP or act.to.unit is None
    return None if is_free or is_same_id(act.to.unit, case.holder.unit) else {}


def _only_the_kind(_case, act, _at, _rules):
    return {"field": "kind"} if act.kind is not None and _case.officer is not None else None


def _once_a_unit(case, act, _at, rules):
    by_unit = [x for x in case.appointments if x.by.role is Role.AGENCY]
    times = sum(is_same_id(each.by.unit, act.by.unit) for each in by_unit)
    return {"times": str(times), "most": "1"} if times >= rules.reschedules else None


def _only_complaints(case, _act, _at, _rules):
    return {} if case.kind is Kind.COMPLAINT else None


def _service_and_regulation(case, _act, _at, _rules):
    return None if case.kind in (Kind.SERVICE, Kind.REGULATION) else {"role": "provider"}


def _hold_by_officers_unit(case, act, head, context):
    event = right.request_verification(case, act, head, context)
    return attrs.evolve(event, holder=attrs.evolve(event.holder, unit=act.by.unit))


def _turn_round(case, act, head, context):
    event = right.advise(case, act, head, context)
    return attrs.evolve(event, within_competence=not act.within_competence)


def _requirements_without(code: str) -> Any:
    return tuple(each for each in HOA_BINH_2019.requirements if each.code != code)


ACTS = "an_accused_never_acts"
HANDED_ON = "what_is_handed_on_can_be_answered"
LATE = "a_limit_that_ran_out_lapses"
MOVED = "only_a_changed_calendar_moves_a_due_time"
OWN_CASE = "a_citizen_completes_their_own_case"
PUBLISHES = "a_person_publishes_no_names"
REASONS = "reasons_are_true_and_whole"
SAID = "what_was_said_is_recorded"
TAKES_OVER = "another_person_of_the_unit_takes_over"
TELLS = "a_notified_unit_learns_no_sender"

IN_THE_LARGE_WALK: tuple[Mutant, ...] = (
    _rules("M4 no contact is no reason", REASONS, requirements=_requirements_without("no_contact")),
    _row("M19 lapsed by an operator", "each_limit_lapses_once_at_its_due",
         wider("lapse", who="operator")),
    _row("M22 without time left", "the_agency_reschedules_in_time",
         unguarded("reschedule", "nothing_left")),
    _row("M27 rated without the code", "the_sender_rates_once", _without("rate", 2)),
    _row("M28 with all but the phone", PUBLISHES,
         _checked("publish", "names_sender", _blind_to("name", "address", "email", "id", "code"))),
    _row("M28 with the address", PUBLISHES,
         _checked("publish", "names_sender", _blind_to("address"))),
    _row("M28 with the code", PUBLISHES,
         _checked("publish", "names_sender", _blind_to("code", "id"))),
    _row("M38 to another unit by the leadership", TAKES_OVER,
         _checked("reassign", "other_unit", _by_leadership_anywhere)),
    _row("M47 moved in spite of ran_out_before", MOVED,
         unguarded("move_deadline", "ran_out_before")),
    _rules("M47 moved by a notice that reaches back", MOVED, notice_reaches_back=True),
    _rules("M50 only a name is required", HANDED_ON, contact_required={"name"}),
    _rules("M50 only a contact is required", HANDED_ON, contact_required={"reply"}),
    _row("M51 other content", "what_was_handed_on_stays",
         _checked("complete", "handed_on", _only_the_kind)),
    *(_row(f"M56 any citizen {verb}s a call", OWN_CASE, _without(verb, 1)) for verb in (
        "complete", "note")),
    _row("M58 a blank content", "texts_can_be_seen", unguarded("complete", "blank")),
    _row("M59 tells the address", TELLS,
         _checked("notify_unit", "names_sender", _blind_to("address"))),
    _row("M59 tells all but the phone", TELLS, _checked(
        "notify_unit", "names_sender", _blind_to("name", "address", "email", "id", "code"))),
    _row("M62 the opinion is lost", SAID, _recorded("advise", "within_competence", value=True)),
    _row("M62 the opinion turned round", SAID,
         on("advise", make_event=_turn_round)),
    _row("M62 the reason of a reschedule is lost", SAID,
         _recorded("reschedule", "reason", "-")),
    _row("M62 the accused are lost", SAID, _recorded("complete", "accused", None)),
    _rules("M63 no accused case lapses", LATE,
           guards=_accused_when(_is_anyone_or_system, system=True)),
)  # fmt: skip
IN_SMALL_WALKS: tuple[Mutant, ...] = (
    _rules("M4 another language is no reason", REASONS,
           requirements=_requirements_without("not_vietnamese")),
    _row("M5 a denunciation is answered", "complaints_are_only_refused",
         _checked("every", "complaint", _only_complaints)),
    _row("M6 a regulation to the provider", "the_target_fits_the_kind",
         _checked("escalate", "unfit_target", _service_and_regulation, Role.PROVIDER)),
    _row("M10 the agency of the officer's unit", "the_asked_agency_reports",
         on("request_verification", make_event=_hold_by_officers_unit)),
    _rules("M12 an accused under another unit", ACTS, guards=_accused_when(_is_in_unit)),
    _rules("M12 the second accused", ACTS, guards=_accused_when(_is_first)),
    _rules("M12 an accused beside an unknown one", ACTS, guards=_accused_when(_is_among_known)),
    _rules("M13 the second accused gets the case", "an_accused_is_never_given_the_case", guards=(
        HOA_BINH_2019.guards[0], attrs.evolve(HOA_BINH_2019.guards[1], check=_first_not_named))),
    _row("M21 once an agency", "one_reschedule_at_most",
         _checked("reschedule", "rescheduled_before", _once_a_unit)),
    _row("M28 with a former phone", PUBLISHES,
         _checked("publish", "names_sender", _forgets_former)),
    _row("M28 by a colleague of the second accused", PUBLISHES,
         _checked("publish", "accused_unit", _is_unit_of_first)),
    _row("M50 the provider gets it without contact", HANDED_ON, _to_provider_without_contact),
)  # fmt: skip
MORE_MUTANTS = (*IN_THE_LARGE_WALK, *IN_SMALL_WALKS)
