"""Histories are drawn that the rules let happen, and the case they lead to can be had."""

import json

import attrs
import pytest
from hypothesis import given, settings

from phananh import HOA_BINH_2019, Desk, InputError, MemoryStore, State
from phananh.act_log.replay import replay
from phananh.regulation.acts import ACTS, SYSTEM_TRIGGERS
from phananh.testing.strategies import case_of, histories_of, rules
from tests.testing.strategies.drawn import DRAWING, draw_many
from tests.testing.strategies.test_acts import FIRST, TO_AGENCY

TWICE = attrs.evolve(HOA_BINH_2019, name="TWICE", reschedules=2)


def _outcomes(lines, **desk):
    office = Desk(store=MemoryStore(), **desk)
    raw = [json.dumps(line).encode() for line in lines]
    return [each.outcome for each in replay(raw, desk=office, name="drawn")]


@given(lines=histories_of(TWICE))
@settings(DRAWING, max_examples=100)
def test_every_line_of_a_history_is_recorded(lines):
    """Replayed under its rules, a history says what happened and nothing that was refused."""
    assert {*_outcomes(lines, rules=TWICE)} == {"recorded"}
    assert case_of(lines, rules=TWICE).version >= len(lines)


def test_histories_reach_deep():
    """Among 300 histories are some with every act, and cases of every state."""
    drawn = draw_many(histories_of(HOA_BINH_2019), examples=300)
    assert {line["act"] for lines in drawn for line in lines} == {*ACTS} - SYSTEM_TRIGGERS
    assert {case_of(lines).state for lines in drawn} == {*State}


@given(drawn=rules().flatmap(lambda mine: histories_of(mine).map(lambda lines: (mine, lines))))
@settings(DRAWING, max_examples=60)
def test_histories_are_drawn_under_any_rules(drawn):
    """Rules that were drawn let each line of their own histories happen."""
    mine, lines = drawn
    assert {*_outcomes(lines, rules=mine)} == {"recorded"}


def test_a_history_is_no_longer_than_asked():
    """No more acts follow the receipt than `most_acts`."""
    drawn = draw_many(histories_of(HOA_BINH_2019, most_acts=2))
    assert max(map(len, drawn)) == 3


def test_a_line_that_is_not_recorded_leads_to_no_case():
    """What is refused names the line and the reason; so do lines of two cases."""
    with pytest.raises(InputError, match=r"line 2 is not recorded \(no_such_step\)"):
        case_of([FIRST, TO_AGENCY])
    with pytest.raises(InputError, match="the lines have 2 cases"):
        case_of([FIRST, FIRST | {"case": "B"}])
