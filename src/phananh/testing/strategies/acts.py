"""Hypothesis strategies for acts: for a case, by who may do them, or with something wrong.

An act is drawn with people and units of `people`, and with instants relative to the case, so that
most of those for a case are recorded, and an act with something wrong is wrong in one way only.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import attrs

from phananh.regulation.acts import (
    ACTS,
    SYSTEM_TRIGGERS,
    Act,
    RequestVerification,
    Reschedule,
)
from phananh.regulation.case import Case
from phananh.regulation.cleaning import is_same_id
from phananh.regulation.decide import list_triggers
from phananh.regulation.request import Accused, Holder, Person, Role
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.testing.arguments import list_names, require_kind
from phananh.testing.drawing import st
from phananh.testing.strategies.choice import choose
from phananh.testing.strategies.contents import Asked, draw_contents, is_free
from phananh.testing.strategies.people import PEOPLE, requests
from phananh.testing.strategies.source_code import print_as_code

TRIGGERS = tuple(trigger for trigger in ACTS if trigger not in SYSTEM_TRIGGERS)
"""What people may ask for, a receipt first."""
BLANK = " \u200b"
_MONDAY = datetime.fromisoformat("2025-04-21T09:00:00+07:00")
_TEXTS = ("text", "reason", "guidance")
_IN_PERSON = (Role.OFFICER, Role.PROVIDER)


def acts(
    *,
    case: Case | None = None,
    by: Person | None = None,
    well_formed: bool = True,
    triggers: Iterable[str] | None = None,
    at: datetime | None = None,
    rules: Rules = HOA_BINH_2019,
) -> st.SearchStrategy[Act]:
    """Draw acts for `desk.do(case, act)`, or for `desk.do(None, act)` if one is a receipt.

    An act is well formed if it has the content that such an act needs, and comes from the holder of
    the case, or from another who may ask. It may still be refused: because of the kind of the case,
    or because only the accused is left.

    Args:
        case: the case that the acts fit in state, holder, units and due time. Without one they are
            receipts.
        by: the person who asks.
        well_formed: False spoils an act in one way: it comes from a person who may not ask, from an
            accused if there is one, or from somebody else than the holder. Or its text is blank,
            its time gone by, or the case's state has no such step.
        triggers: only these, such as `["reschedule"]`, by default all that the case's state has.
            A text is one of them.
        at: the moment at which they are asked, by default that of the case's last event.
        rules: with the table of steps that the case's state has.

    Raises:
        InputError: an unknown trigger. InputTypeError: `case`, `by` or `rules` is of another kind.
    """
    for field, value, kind in (("case", case, Case), ("by", by, Person)):
        if value is not None:
            require_kind(value, kind, field=field)
    require_kind(rules, Rules, field="rules")
    chosen = list_names(triggers or (), known=TRIGGERS, field="triggers")
    known = chosen or tuple(list_likely(case, rules) if case is not None else TRIGGERS)
    when = at or (case.updated_at if case is not None else _MONDAY)
    drawn = _acts(known, case, by, when)
    if not well_formed:
        faults = [_spoil(drawn, how, case, when, rules) for how in _list_errors(case)]
        drawn = st.one_of(faults)
    return print_as_code(drawn)


@st.composite
def _acts(
    draw: st.DrawFn, triggers: Sequence[str], case: Case | None, by: Person | None, at: datetime
) -> Act:
    return draw_act(draw, triggers, case, at, by=by)


def draw_act(
    draw: st.DrawFn,
    triggers: Sequence[str],
    case: Case | None,
    at: datetime,
    *,
    by: Person | None = None,
) -> Act:
    """Return a well-formed act of one of the triggers."""
    trigger = choose(draw, triggers)
    if trigger == "receive":
        return draw(_RECEIPTS if by is None else requests(by=by))
    actor = choose(draw, list_actors(trigger, case)) if by is None else by
    said = draw_contents(trigger, Asked(draw=draw, case=case, by=actor, at=at))
    return ACTS[trigger](by=actor, **said)


def list_likely(case: Case, rules: Rules) -> Sequence[str]:
    """Return the possible acts on a case, more often those that lead it on."""
    found = list_triggers(case, rules) or TRIGGERS[1:]  # of a complaint that is closed it has none
    is_done = {"reschedule": bool(case.reschedules), "rate": case.rating is not None}
    return [
        each for each in found for _ in range(1 if is_done.get(each) else _WEIGHTS.get(each, 1))
    ]


def list_actors(trigger: str, case: Case | None) -> list[Person]:
    """Return the people who may likely ask for this, without the accused if there are others."""
    found = [each for role in _ROLES[trigger] for each in _list_people(role, case)]
    if case is not None and trigger in _BY_HOLDER and case.holder is not None:
        found = _list_holders(case.holder) or found
    if case is not None and trigger == "reassign":
        found = _list_heads(case) or found
    return [each for each in found if is_free(case, each)] or found or [PEOPLE[0]]


_RECEIPTS = requests()
# What leads deep into the table; a case that was answered or rejected at once has little to tell.
_WEIGHTS = {
    "escalate": 6,
    "request_verification": 6,
    "reschedule": 8,
    "advise": 6,
    "reassign": 2,
    "commend": 2,
    "publish": 2,
    "rate": 6,
}
_ROLES: Mapping[str, tuple[Role, ...]] = {
    "complete": (Role.OPERATOR, Role.CITIZEN),
    "note": (Role.OPERATOR, Role.LEADERSHIP),
    "reject": (Role.OPERATOR,),
    "answer": (Role.OPERATOR, Role.OFFICER, Role.PROVIDER),
    "escalate": (Role.OPERATOR,),
    "advise": (Role.LEADERSHIP,),
    "request_verification": (Role.OFFICER,),
    "report_findings": (Role.AGENCY,),
    "reschedule": (Role.AGENCY,),
    "reassign": (Role.AGENCY_HEAD, Role.LEADERSHIP),
    "notify_unit": (Role.LEADERSHIP,),
    "close": (Role.OPERATOR, Role.OFFICER),
    "publish": (Role.OPERATOR, Role.LEADERSHIP),
    "commend": (Role.AGENCY_HEAD, Role.LEADERSHIP),
    "rate": (Role.CITIZEN,),
}
_BY_HOLDER = frozenset({"answer", "request_verification", "report_findings", "reschedule"})


def _list_people(role: Role, case: Case | None) -> list[Person]:
    """Return the people of a role, and as a citizen only the sender of the case."""
    if role is not Role.CITIZEN or case is None:
        handled = case.handled_by if case is not None and role is Role.AGENCY_HEAD else ()
        people = [each for each in PEOPLE if each.role is role]
        heads = [each for each in people if any(is_same_id(each.unit, unit) for unit in handled)]
        return heads if role is Role.AGENCY_HEAD and case is not None else people
    known = isinstance(case.sender_id, str)
    return [Person(id=str(case.sender_id), role="citizen")] if known else _CITIZENS


def _list_holders(holder: Holder) -> list[Person]:
    """Return the holders of the case: in person, by the unit, or by the role."""
    if holder.role in _IN_PERSON and holder.id is not None:
        return [Person(id=holder.id, role=holder.role, unit=holder.unit)]
    people = [each for each in PEOPLE if each.role is holder.role]
    own = [each for each in people if is_same_id(each.unit, holder.unit)]
    return own if holder.role is Role.AGENCY else people


def _list_heads(case: Case) -> list[Person]:
    unit = case.holder.unit if case.holder else None
    if any(is_same_id(each.unit, unit) for each in case.accused):
        return [each for each in PEOPLE if each.role is Role.LEADERSHIP]
    heads = [each for each in PEOPLE if each.role is Role.AGENCY_HEAD]
    return [each for each in heads if is_same_id(each.unit, unit)]


_CITIZENS = [person for person in PEOPLE if person.role is Role.CITIZEN]
_Drawn = st.SearchStrategy[Act]


def _list_errors(case: Case | None) -> list[str]:
    accused = ["accused"] if case is not None and any(each.id for each in case.accused) else []
    return ["stranger", *accused, "blank", "no step", "past", "another"]


def _spoil(drawn: _Drawn, how: str, case: Case | None, at: datetime, rules: Rules) -> _Drawn:
    """Return the acts with one thing wrong, or if that cannot be, by a stranger."""
    if how == "no step" and case is not None:
        known = list_triggers(case, rules)
        missing = [each for each in TRIGGERS[1:] if each not in known]
        return _acts(missing, case, None, at) if missing else drawn.map(_by_stranger)
    if how == "accused" and case is not None:
        named = [each for each in case.accused if each.id]
        return st.builds(by_accused, drawn, st.sampled_from(named))
    if how in _SPOILED:
        return drawn.map(_SPOILED[how])
    return drawn.map(lambda act: _with_past(act, at)) if how == "past" else drawn.map(_by_stranger)


def _by_stranger(act: Act) -> Act:
    return attrs.evolve(act, by=Person(id="VP-1", role="office"))


def by_accused(act: Act, accused: Accused) -> Act:
    """Return an act as one who is accused asks for it, spelt in small letters."""
    return attrs.evolve(act, by=attrs.evolve(act.by, id=(accused.id or "").lower()))


def _with_blank(act: Act) -> Act:
    blank: dict[str, Any] = {
        name: BLANK for name in _TEXTS if isinstance(getattr(act, name, None), str)
    }
    return attrs.evolve(act, **blank) if blank else _by_stranger(act)


def _by_another(act: Act) -> Act:
    """Return acts of the holder alone, asked by somebody else of the same role."""
    if act.trigger not in _BY_HOLDER or act.by.role not in (*_IN_PERSON, Role.AGENCY):
        return _by_stranger(act)
    return attrs.evolve(act, by=attrs.evolve(act.by, id="CB-9", unit="SO-9"))


_SPOILED = {"blank": _with_blank, "another": _by_another}


def _with_past(act: Act, at: datetime) -> Act:
    past = datetime.fromisoformat(at.isoformat())
    if isinstance(act, Reschedule):
        return attrs.evolve(act, to=past)
    if isinstance(act, RequestVerification):
        return attrs.evolve(act, appointment=past)
    return _by_stranger(act)
