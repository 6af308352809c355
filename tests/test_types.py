"""What a type checker is told: every keyword of the acts and filters by name, and no object."""

import inspect
from typing import get_type_hints

import attrs
import pytest

from phananh import Accused, Assignee, Desk, Person, Role, Sender
from phananh.regulation.values.acts import ACTS, SYSTEM_TRIGGERS
from phananh.stores.base import Filters, Query

ASKED = sorted(ACTS.keys() - SYSTEM_TRIGGERS)


@pytest.mark.parametrize("trigger", ASKED)
def test_every_field_of_an_act_is_a_keyword_of_its_method(trigger):
    """The method of an act names each of its arguments, so that a misspelt one is seen."""
    taken = inspect.signature(getattr(Desk, trigger)).parameters
    assert [each for each in taken.values() if each.kind is inspect.Parameter.VAR_KEYWORD] == []
    fields = {field.name for field in attrs.fields(ACTS[trigger])}
    always = (
        {"self", "case", "command_id", "expected"}
        if trigger != "receive"
        else {"self", "command_id"}
    )
    assert {*taken} - always - {"at"} == fields - {"at"}


def test_every_filter_is_a_keyword_of_find():
    """The keywords of `Desk.find` are the fields of `Query`."""
    assert [*get_type_hints(Filters)] == [field.name for field in attrs.fields(Query)]
    assert "Filters" in str(inspect.signature(Desk.find))


@pytest.mark.parametrize("kind", [Person, Assignee, Accused, Sender, *ACTS.values()])
def test_no_argument_of_a_value_is_any_object(kind):
    """What a person or an act is made of has a type, be it cleaned or checked when it is made."""
    hints = inspect.signature(kind).parameters.values()
    assert [each.name for each in hints if each.annotation in (object, inspect._empty)] == []
    if kind is Person:
        role = inspect.signature(kind).parameters["role"].annotation
        assert role == Role | str
