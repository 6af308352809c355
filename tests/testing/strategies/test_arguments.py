"""Strategies refuse what they cannot draw when they are made, not while a test runs."""

from datetime import date, datetime

import pytest

from phananh import InputError
from phananh.testing.strategies import (
    actors,
    acts,
    cases,
    histories_of,
    instants,
    requests,
    rules,
)
from tests.testing.strategies.drawn import draw_many


@pytest.mark.parametrize(
    ("draw", "given", "message"),
    [
        (actors, {"accused": True}, "accused: True is not a list"),
        (actors, {"accused": ["CB-1"]}, "accused: .* is not of type Accused"),
        (actors, {"role": "boss"}, "role: 'boss' is unknown; use one of operator, officer, "),
        (actors, {"role": "system"}, "role: 'system' is unknown; use one of "),
        (acts, {"triggers": ["x"]}, "triggers: 'x' is unknown; use one of receive, complete, "),
        (acts, {"triggers": ["lapse"]}, "triggers: 'lapse' is unknown"),
        (acts, {"triggers": 5}, "triggers: 5 is not a list"),
        (acts, {"case": 5}, "case: .* is not of type Case"),
        (acts, {"by": "OP-1"}, "by: .* is not of type Person"),
        (acts, {"rules": 5}, "rules: .* is not of type Rules"),
        (requests, {"kinds": ["tax"]}, "kinds: 'tax' is unknown; use one of .*complaint"),
        (requests, {"channels": ["fax"]}, "channels: 'fax' is unknown; use one of .*phone"),
        (requests, {"channels": []}, "channels: is not one of the known values; use one of "),
        (requests, {"kinds": 5}, "kinds: 5 is not a list"),
        (requests, {"by": 5}, "by: .* is not of type Person"),
        (histories_of, {"rules": 5}, "rules: .* is not of type Rules"),
        (cases, {"rules": 5}, "rules: .* is not of type Rules"),
        (cases, {"most_acts": -1}, "most_acts: -1 is below 0, the least; give a larger one"),
        (cases, {"most_acts": "8"}, "most_acts: '8' is not a whole number"),
        (rules, {"like": 5}, "like: .* is not of type Rules"),
        (
            instants,
            {"first": date(2026, 1, 2), "last": date(2026, 1, 1)},
            "last: 2026-01-01 is before `first`, which is 2026-01-02; give a later date",
        ),
        (instants, {"first": datetime(2026, 1, 2)}, r"first: .* is not a date; use its .date\(\)"),
    ],
)
def test_what_cannot_be_drawn_is_refused_at_once(draw, given, message):
    """The error names the field, the value, and what is known."""
    with pytest.raises(InputError, match=message):
        draw(**given)


def test_a_text_is_one_of_them():
    """One trigger, kind or channel, in place of a list, is that one."""
    assert {act.trigger for act in draw_many(acts(triggers="note"), examples=9)} == {"note"}
    drawn = draw_many(requests(kinds="service", channels="email"), examples=9)
    assert {(each.kind, each.channel) for each in drawn} == {("service", "email")}
