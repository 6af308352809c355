"""Acts are drawn to fit a case, or with one thing wrong."""

from datetime import timedelta

import pytest

from phananh import HOA_BINH_2019, Person
from phananh.regulation.acts import ACTS, SYSTEM_TRIGGERS
from phananh.regulation.context import DecisionContext, make_lookup
from phananh.regulation.decide import Recorded, decide
from phananh.testing.strategies import acts, case_of
from tests.testing.strategies.drawn import draw_many

HOURS = make_lookup(None)
OPERATOR = {"id": "OP-1", "role": "operator"}
OFFICER = {"id": "CB-1", "role": "officer", "unit": "MC-1"}
SENDER = {"name": "Nguyễn Văn An", "phone": "02183831022"}
FIRST = {
    "act": "receive", "at": "2025-04-21T09:00:00+07:00", "by": OPERATOR, "case": "A",
    "kind": "conduct", "channel": "phone", "content": "Chờ hai giờ", "sender": SENDER,
    "accused": [{"id": "CB-2", "unit": "MC-1"}],
}  # fmt: skip
TO_OFFICER = {
    "act": "escalate", "at": "2025-04-21T09:01:00+07:00", "by": OPERATOR, "case": "A",
    "to": OFFICER,
}  # fmt: skip
TO_AGENCY = {
    "act": "request_verification", "at": "2025-04-21T09:02:00+07:00", "by": OFFICER, "case": "A",
    "agency": "SO-1", "appointment": "2025-04-22T09:00:00+07:00",
}  # fmt: skip
CASES = {
    "received": case_of([FIRST]),
    "with the officer": case_of([FIRST, TO_OFFICER]),
    "with the agency": case_of([FIRST, TO_OFFICER, TO_AGENCY]),
}


def is_recorded(case, act):
    """Return whether the rules let an act happen a minute after the last event."""
    at = case.updated_at + timedelta(minutes=1)
    context = DecisionContext(at=at, rules=HOA_BINH_2019, calendar_for=HOURS)
    return isinstance(decide(case, act, context), Recorded)


def test_an_act_of_any_kind_is_drawn_without_a_case():
    """All that people may ask for is drawn, a receipt included, and nothing of the system."""
    assert {act.trigger for act in draw_many(acts(), examples=600)} == {*ACTS} - SYSTEM_TRIGGERS


@pytest.mark.parametrize("name", CASES)
def test_most_acts_for_a_case_are_recorded(name):
    """Of the acts that fit a case four in five at least are recorded."""
    case = CASES[name]
    drawn = draw_many(acts(case=case))
    assert sum(is_recorded(case, act) for act in drawn) >= 0.8 * len(drawn)
    assert len({act.trigger for act in drawn}) >= 4


@pytest.mark.parametrize("name", CASES)
def test_an_act_with_a_fault_is_refused(name):
    """Whatever is spoilt, no act of them is recorded; each kind of fault is among them."""
    case = CASES[name]
    drawn = draw_many(acts(case=case, well_formed=False))
    assert not [act for act in drawn if is_recorded(case, act)]
    assert {"VP-1", "cb-2"} <= {act.by.id for act in drawn}
    texts = {getattr(act, "text", None) for act in drawn}
    assert any(text and not text.strip(" \u200b") for text in texts)


def test_an_agency_is_drawn_to_put_off_to_a_later_time():
    """Only the trigger asked for is drawn, by somebody of the agency that has the case."""
    case = CASES["with the agency"]
    drawn = draw_many(acts(case=case, triggers=["reschedule"]))
    assert {(act.trigger, act.by.unit) for act in drawn} == {("reschedule", "SO-1")}
    assert all(act.to > case.due for act in drawn)


def test_whoever_asks_may_be_given():
    """With `by` all acts are theirs, and they may be refused for it."""
    me = Person(id="OP-7", role="operator")
    assert {act.by for act in draw_many(acts(case=CASES["received"], by=me))} == {me}
