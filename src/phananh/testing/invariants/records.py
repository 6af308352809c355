"""What the record of an act must say: what was asked, who has it, when it is due (Art. 7-10)."""

import itertools
from typing import Any

import attrs

from phananh.regulation import acts as a
from phananh.regulation import events as e
from phananh.regulation.request import Accused, Holder, Role
from phananh.testing.invariants.clerk import fold_spelling
from phananh.testing.invariants.expected import NEW
from phananh.testing.invariants.invariant import Record, invariant
from phananh.testing.invariants.objections import has_text, list_true_reasons

# An event holds these in its own way: they are compared apart, or by V35.
_OTHERWISE = frozenset(
    {"by", "at", "to", "accused", "reasons", "recount", "earlier", "unexplained"}
)


def _differ(what: str, found: object, due: object) -> str | None:
    return None if found == due else f"{what} {_show(found)}, expected {_show(due)}"


def _show(value: object) -> str:
    if isinstance(value, Holder):
        return f"{value.role.value} {value.id or value.unit or ''}".strip()
    return "none" if value is None else str(value)


@invariant("V47", "1.1.b, 6, 7.2")
def reasons_are_whole(record: Record) -> str | None:
    """A refusal records every reason that can be seen in the case, and none that is not so."""
    if not isinstance(record.event, e.Rejected):
        return None
    case, given = record.before.case, {*record.event.reasons}
    true = list_true_reasons(record)
    judged = {  # the operator may also judge these
        "not_vietnamese": case.language.split("-")[0] != "vi",
        "unclear": not has_text(case.content),
    }
    seen = {reason for reason, is_so in (true | judged).items() if is_so} - {"out_of_competence"}
    missing = sorted(seen - given) + [each for each in given if not true.get(each, True)]
    return (
        f"the reasons are {', '.join(sorted(given))}, not so is {missing[0]}" if missing else None
    )


@invariant("V15", "9.1")
def the_officers_limit_is_counted_from_the_hand_over(record: Record) -> str | None:
    """A limit of the centre is due its working hours after its own hand-over, on its calendar."""
    is_agency = record.after.holder is not None and record.after.holder.role is Role.AGENCY
    return None if is_agency else _differ("due", record.case.due, record.after.due)


@invariant("V16", "9.2")
def the_agencys_limit_is_counted_from_the_hand_over(record: Record) -> str | None:
    """An agency's limit is due its working hours after the officer's request, by its own hours."""
    is_agency = record.after.holder is not None and record.after.holder.role is Role.AGENCY
    return _differ("due", record.case.due, record.after.due) if is_agency else None


@invariant("V17", "9.1, 9.2, R14")
def the_due_instant_is_in_time(record: Record) -> str | None:
    """The due instant itself is in time: a limit runs out only after it."""
    last = record.case.clock.late_after if record.case.clock else None
    if any(isinstance(past, e.Lapsed) and record.at <= past.at for past in record.events):
        return f"a lapse by {record.at}, which is in time"
    return _differ("in time until", last, record.after.late_after)


@invariant("V18", "9.2")
def lateness_stays(record: Record) -> str | None:
    """A limit that ran out is late for ever, answered or not."""
    case, missed = record.case, record.after.missed
    if case.is_late is not bool(missed):
        return f"the case is {'' if case.is_late else 'not '}late"
    return _differ("lapses", [str(each.due) for each in case.lapses], [*map(str, missed)])


@invariant("V19", "9.2")
def each_limit_lapses_once_at_its_due(record: Record) -> str | None:
    """The system lapses a limit once, at its due instant."""
    lapses = [past for past in record.history if isinstance(past, e.Lapsed)]
    if any(past.by.role is not Role.SYSTEM for past in lapses):
        return "a person lapsed a limit"
    is_twice = len({past.clock for past in lapses}) < len(lapses)
    return "a limit lapsed twice" if is_twice else None


@invariant("V20", "9.2")
def a_lapse_comes_before_the_act(record: Record) -> str | None:
    """After a due instant the lapse is recorded first, and no event is earlier in time."""
    disorder: str | None = record.after.disorder or record.before.disorder
    return disorder


@invariant("V23", "9.3, R3, 8.1.c1")
def every_due_time_stays_readable(record: Record) -> str | None:
    """Every due instant that was ever given can still be read."""
    found = [str(each.due) for _, each in record.case.deadlines]
    return _differ("due times", found, [*map(str, record.after.dues)])


@invariant("V29", "9.1, 9.2")
def each_limit_is_in_one_of_four_cells(record: Record) -> str | None:
    """Each limit is met in time or late, or still open in time or late, and only one of these."""
    found = [str(each.ended_at) for each in record.case.lapses]
    return _differ("late until", found, [*map(str, record.after.ended)])


@invariant("V31", "of the library")
def the_case_is_its_history(record: Record) -> str | None:
    """A case is what its history adds up to. Versions count up by one, and times only rise."""
    steps = itertools.pairwise(record.history[-len(record.events) - 1 :])
    if not all(b.n == a.n + 1 and b.at >= a.at for a, b in steps):
        return "versions or times of the history do not rise"
    return None if record.after.case == record.case else "the history adds up to another case"


@invariant("V11", "8")
def the_case_lies_where_the_act_puts_it(record: Record) -> str | None:
    """The case lies with whom the act names, after findings with who asked, and else stays."""
    found, due = record.case.holder, record.after.holder
    is_same = (found and (found.role, found.id, found.unit)) == (
        due and (due.role, due.id, due.unit)
    )
    return None if is_same else _differ("with", found, due)


@invariant("V48", "7.2, 8, 9, 10, 16")
def each_step_leads_where_typed(record: Record) -> str | None:
    """Each step leads to the state, and cites a clause, that are typed by hand."""
    event, position, typed = record.event, record.before.position, record.expected.typed
    first, received = record.history[0], typed.get(NEW, {}).get("receive")
    if received is not None and not received.may_cite(first.article):
        return f"the receipt cites {first.article}, not {' or '.join(received.clauses)}"
    line = typed.get(position, {}).get(record.act.trigger)
    if isinstance(event, e.Lapsed):
        is_overdue = event.late.role in record.expected.overdue_stages
        return _differ("state", event.state.value, "overdue" if is_overdue else record.before.state)
    if line is None or line.leads_to == "-":
        return None
    leads_to = record.before.state if line.leads_to == "=" else line.leads_to
    if event.state.value != leads_to:
        return _differ("state", event.state.value, leads_to)
    is_right = line.may_cite(event.article)
    return None if is_right else f"it cites {event.article}, not {' or '.join(line.clauses)}"


@invariant("V45", "7.2, 8.1-8.3, 9.3, 10.2")
def what_was_said_is_recorded(record: Record) -> str | None:
    """What a person says is recorded: text, opinion, reasons, time, unit, accused, person named."""
    act, event = record.act, record.event
    said: dict[str, Any] = {
        field.name: getattr(act, field.name)
        for field in attrs.fields(type(act))
        if field.name not in _OTHERWISE
    }
    found = {name: getattr(event, name, None) for name in said}
    said["by"], found["by"] = act.by, event.by
    match act:
        case a.Complete(accused=tuple() as accused):  # once handed on, none is taken away (R39)
            known = record.before.case.accused if record.before.asker else ()
            said["accused"] = _fold((*accused, *known))
            found["accused"] = said["accused"] & _fold(record.case.accused)
        case a.Complete() | a.Note():
            said["accused"], found["accused"] = record.before.case.accused, record.case.accused
        case a.Reject(reasons=reasons):
            said["reasons"] = {*reasons}
            found["reasons"] = {*reasons} & {*getattr(event, "reasons", ())}
        case a.MoveDeadline():
            said = {"deadline": act.recount.deadline}
            found = {"deadline": getattr(event, "deadline", None)}
        case a.Reschedule():
            said["to"], found["to"] = act.to, getattr(event, "to", None)
        case a.Escalate(to=to):
            said["to"] = (to.role, to.id, to.unit)
            found["to"] = event.holder and (event.holder.role, event.holder.id, event.holder.unit)
        case a.Reassign(to=to):
            said["to"], found["to"] = to.id, event.holder and event.holder.id
    wrong = next((name for name in said if said[name] != found[name]), None)
    return wrong and f"{wrong} is {_show(found[wrong])!r}, said {_show(said[wrong])!r}"


def _fold(accused: tuple[Accused, ...]) -> set[tuple[str | None, str | None]]:
    return {(fold_spelling(each.id), fold_spelling(each.unit)) for each in accused}


RECORDS = (
    reasons_are_whole,
    the_officers_limit_is_counted_from_the_hand_over,
    the_agencys_limit_is_counted_from_the_hand_over,
    the_due_instant_is_in_time,
    lateness_stays,
    each_limit_lapses_once_at_its_due,
    a_lapse_comes_before_the_act,
    every_due_time_stays_readable,
    the_case_lies_where_the_act_puts_it,
    each_limit_is_in_one_of_four_cells,
    the_case_is_its_history,
    each_step_leads_where_typed,
    what_was_said_is_recorded,
)
