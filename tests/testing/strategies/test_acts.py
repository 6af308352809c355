"""People, requests, acts and cases are drawn as a desk takes them, and print as code."""

import json
from datetime import datetime

import attrs
import pytest

from phananh import HOA_BINH_2019, Desk, InputError, Person
from phananh.act_log.replay import replay
from phananh.errors import InputTypeError, RefusedError, StepNotAllowedError
from phananh.regulation.request import Kind
from phananh.testing import ManualClock, a_case, strategies
from phananh.testing.strategies import (
    HOSTILE,
    PEOPLE,
    TRIGGERS,
    actors,
    acts,
    case_of,
    cases,
    histories_of,
    requests,
    senders,
)
from tests.testing.strategies.drawn import draw_many, print_failing

MONDAY = datetime.fromisoformat("2025-04-21T09:00:00+07:00")


def test_every_request_is_received():
    """Requests of every kind and channel, hostile ones too, are recorded by a desk."""
    drawn = draw_many(requests(hostile=True), examples=150)
    assert all(Desk().do(None, each, at=MONDAY).is_open for each in drawn)
    assert {each.kind for each in drawn} == {*Kind}
    assert {each.content for each in drawn} & {*HOSTILE[2:]}
    assert all(each.by.role == "operator" for each in drawn if each.channel == "phone")
    desk = Desk()
    for each in draw_many(requests(complete=True, kinds=["conduct"]), examples=60):
        assert desk.unmet(desk.do(None, each, at=MONDAY)) == ()
    assert {each.by for each in draw_many(requests(by=PEOPLE[0]), examples=40)} == {PEOPLE[0]}


def test_people_are_of_what_is_asked():
    """Actors have the role, and of a sender every part may be missing."""
    assert {each.role for each in draw_many(actors(role="agency"), examples=40)} == {"agency"}
    parts = [attrs.astuple(each) for each in draw_many(senders())]
    assert all({None} < {*column} for column in zip(*parts, strict=True))


def test_acts_for_a_case_are_recorded_or_with_something_wrong():
    """An act that fits is recorded, and one with something wrong is refused."""
    for state in ("received", "escalated", "pending_verification", "answered"):
        desk = Desk(clock=ManualClock(MONDAY))
        case = a_case(state=state, kind="conduct", desk=desk)
        before = desk.history(case)
        fitting = draw_many(acts(case=case), examples=40)
        assert len({type(each) for each in fitting}) > 2
        for act in draw_many(acts(case=case, well_formed=False), examples=40):
            with pytest.raises((RefusedError, StepNotAllowedError)):
                desk.do(case.code, act)
        assert desk.history(case) == before
        assert desk.do(case.code, fitting[0]).version > len(before)


def test_acts_are_of_the_triggers_and_person_asked():
    """Without a case acts of a trigger are on a sample, and receipts come from whom one says."""
    for trigger in TRIGGERS:
        assert {each.trigger for each in draw_many(acts(triggers=trigger), examples=2)} == {trigger}
    by = Person(id="X-1", role="operator")
    assert {each.by for each in draw_many(acts(by=by), examples=5)} == {by}
    assert {each.by for each in draw_many(acts(by=by, triggers=["note"]), examples=5)} == {by}


def test_histories_are_recorded_to_the_last_line():
    """A replay records every line, and the case is the one that `case_of` gives."""
    drawn = draw_many(histories_of(HOA_BINH_2019), examples=25)
    for lines in drawn:
        raw = [json.dumps(line).encode() for line in lines]
        assert [each.outcome for each in replay(raw, desk=Desk(), name="drawn")] == [
            "recorded"
        ] * len(lines)
        assert case_of(lines).version >= len(lines)
    assert max(map(len, drawn)) > 5
    assert any(case_of(lines).lapses for lines in drawn)
    assert {
        len(each) for each in draw_many(histories_of(HOA_BINH_2019, most_acts=0), examples=9)
    } == {1}


def test_lines_that_are_of_no_case_are_refused():
    """A line that is not recorded, and lines of no case, are an InputError."""
    lines = draw_many(histories_of(HOA_BINH_2019, most_acts=0), examples=1)[0]
    with pytest.raises(InputError, match="line 2 is not recorded"):
        case_of([*lines, {**lines[0], "act": "close", "at": "2027-01-01T00:00:00+07:00"}])
    with pytest.raises(InputError, match="the lines have 0 cases"):
        case_of([])


def test_a_failing_example_is_the_code_that_makes_it():
    """The printed call has what a person would write, also what a repr hides."""
    printed = print_failing(requests(complete=True))
    assert "Receive(" in printed
    assert "content='Hỏi thủ tục cấp lại giấy khai sinh'" in printed
    assert "Sender(name='Nguyễn Văn An', phone='02183831022')" in printed
    assert "Person(id='dtv-mau',role='operator')" in "".join(print_failing(actors()).split())
    assert "case_of(" in print_failing(cases(most_acts=0))
    assert "datetime.datetime(2025, 4, 21, 9, 0" in print_failing(strategies.instants())


@pytest.mark.parametrize(
    ("call", "error", "field"),
    [
        (lambda: acts(case=5), InputTypeError, "case"),
        (lambda: acts(triggers=["fly"]), InputError, "triggers"),
        (lambda: acts(rules=None), InputTypeError, "rules"),
        (lambda: actors(role="boss"), InputError, "role"),
        (lambda: requests(kinds=[]), InputError, "kinds"),
        (lambda: requests(channels="fax"), InputError, "channels"),
        (lambda: requests(by="OP"), InputTypeError, "by"),
        (lambda: histories_of(None), InputTypeError, "rules"),
        (lambda: cases(most_acts=-1), InputError, "most_acts"),
        (lambda: strategies.rules(like=1), InputTypeError, "like"),
    ],
)
def test_an_argument_that_is_none_is_refused_at_once(call, error, field):
    """It is refused where the strategy is made, with the name of the argument."""
    with pytest.raises(error) as refused:
        call()
    assert refused.value.field == field
