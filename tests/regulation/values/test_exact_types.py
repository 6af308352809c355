"""An act is of its class and no other: what could answer twice otherwise is refused (8.1.c2)."""

from types import SimpleNamespace
from typing import Any

import attrs
import pytest

from phananh import Desk
from phananh.errors import InputTypeError
from phananh.regulation import acts as a
from phananh.regulation.decide import decide
from phananh.regulation.request import Accused, Assignee, Sender
from phananh.stores.base import Query
from tests.desk import people as p
from tests.regulation import cast

BY = p.OFFICER
GOOD: list[Any] = [
    a.Answer(by=BY, text="x"),
    a.Close(by=BY),
    a.Escalate(by=BY, to=BY),
    a.Reassign(by=BY, to=Assignee(id="x")),
    a.Rate(by=BY, score=5),
    a.Receive(by=BY, kind="conduct", channel="phone", content="x"),
    a.Lapse(),
]


def make_twin(value: Any) -> Any:
    """Return the same value of a subclass."""
    kind = type(value)
    twin = type(f"My{kind.__name__}", (kind,), {"__slots__": ()})
    return twin(**{f.name: getattr(value, f.name) for f in attrs.fields(kind)})


@pytest.mark.parametrize("act", GOOD, ids=lambda act: act.trigger)
def test_a_subclass_of_an_act_is_refused(act):
    """A desk and the judge take acts of their own classes; nothing is recorded of another."""
    desk = Desk(clock=p.Hand())
    case = p.with_officer(desk)
    other = make_twin(act)
    for call in (
        lambda: desk.do(case, other),
        lambda: desk.do(case.id, other),
        lambda: desk.do(None, other),
        lambda: decide(case, other, cast.context(case.updated_at)),
    ):
        with pytest.raises(InputTypeError, match=f"act: My{type(act).__name__} is not an act"):
            call()
    assert desk.get(case.id) == case
    assert len(desk.find().rows) == 1


def test_what_only_looks_like_an_act_is_refused():
    """What has the trigger and the fields of an act is none, nor is a class itself."""
    desk = Desk(clock=p.Hand())
    case = p.with_officer(desk)
    for odd in (
        SimpleNamespace(trigger="answer", by=BY, text="x", documents=(), at=None),
        a.Answer,
        a.Act(by=BY),
        "answer",
        None,
    ):
        with pytest.raises(InputTypeError, match="is not an act"):
            desk.do(case, odd)


@pytest.mark.parametrize(
    "make",
    [
        lambda: a.Close(by=make_twin(BY)),
        lambda: a.Escalate(by=BY, to=make_twin(BY)),
        lambda: a.Reassign(by=BY, to=make_twin(Assignee(id="x"))),
        lambda: a.Complete(by=BY, sender=make_twin(Sender(name="x"))),
        lambda: a.Complete(by=BY, accused=[make_twin(Accused(unit="u"))]),
        lambda: a.Complete(by=BY, accused=make_twin(Accused(unit="u"))),
        lambda: p.a_case(Desk(), sender=make_twin(Sender())),
        lambda: p.a_case(Desk(), sender=""),
        lambda: Desk().allowed(p.a_case(Desk()), by=make_twin(BY)),
    ],
)
def test_a_subclass_of_a_person_is_refused(make):
    """Persons, senders and accused are of their own classes, wherever an act names them."""
    with pytest.raises(InputTypeError):
        make()


class TwoFaced(tuple):
    """A list that shows others the second time."""

    __slots__ = ()

    def __iter__(self):
        """Yield what there is, or nothing, by turns."""
        TURNS.append(1)
        return super().__iter__() if len(TURNS) % 2 else iter(())


TURNS: list[int] = []


def test_a_list_that_changes_is_read_once():
    """What is accused is what a list said when the act was made."""
    TURNS.clear()
    case = p.a_case(Desk(), kind="conduct", accused=TwoFaced(p.ACCUSED))
    assert type(case.accused) is tuple
    assert case.accused == tuple(p.ACCUSED)


class Everyone(str):
    """A text that is equal to all others."""

    __slots__ = ()
    __hash__ = lambda self: hash("OF-1")  # noqa: E731 - what it says is not what it is

    def __eq__(self, other: object) -> bool:
        """Return yes."""
        return True


def test_a_query_asks_for_what_it_holds():
    """An id or unit of a query is the plain text, composed, as in an act."""
    query = Query(holder_id=Everyone("OF-9"), unit=Everyone("U\u0323"))
    assert (type(query.holder_id), query.holder_id, query.unit) == (str, "OF-9", "Ụ")
    desk = Desk(clock=p.Hand())
    p.with_officer(desk)
    assert desk.find(holder_id=Everyone("OF-9")).rows == ()
    assert len(desk.find(holder_id="of-1").rows) == 1
