"""A limit as it was told: which counts, whether its time was named, and what doubt is left."""

from datetime import date, datetime

import attrs
import pytest

from phananh.regulation import acts as a
from phananh.regulation.case import find_current, find_last, find_missed, find_running
from phananh.regulation.request import Assignee
from phananh.regulation.rules import HOA_BINH_2019
from phananh.worktime import Notice, NoticeDay, vietnam_calendar
from tests.regulation import cast

A = vietnam_calendar("A")
ACROSS = datetime(2026, 11, 20, 15, 0, tzinfo=cast.VIETNAM)  # five hours end on the 23rd
NO_SWAP = Notice("CV 1", date(2026, 11, 21), days=(NoticeDay(date(2026, 11, 23), "worked"),))


def in_doubt_case():
    """Return a case whose limit runs across a day that a notice may move, on preset A."""
    case = cast.at_officer("information", at=ACROSS - cast.MINUTE)
    ((n, deadline),) = case.deadlines
    assert deadline.provisional
    return attrs.evolve(case, deadlines=((n, attrs.evolve(deadline, calendar="A")),))


def test_the_limit_in_question():
    """The running limit counts; after it, that which is overdue, until somebody answers."""
    case = cast.at_officer("information")
    assert find_current(cast.received_case("information")) is None
    assert find_current(case) == find_running(case)
    assert (find_running(case).opened_by, find_running(case).due) == (
        case.clock.opened_by,
        case.due,
    )
    late = cast.lapsed_case(case)
    assert (find_running(late), find_current(late)) == (None, find_missed(late)[0])
    assert find_current(late).deadline == case.deadline
    answered = cast.record(late, a.Answer(by=cast.OFFICER, text="Đã xem xét"))
    assert find_current(answered) is None
    assert find_missed(answered) == find_missed(late)


def test_a_new_limit_after_a_missed_one():
    """9.1, 9.2: once the agency's limit runs it counts, and the officer's stays missed."""
    late = cast.lapsed_case(cast.at_officer("information"))
    case = cast.record(late, cast.verification_request(late))
    assert find_current(case).deadline.article == "9.2"
    assert [promise.deadline.article for promise in find_missed(case)] == ["9.1"]
    twice = cast.lapsed_case(case)
    assert [each.deadline.article for each in find_missed(twice)] == ["9.1", "9.2"]
    assert find_current(twice) == find_missed(twice)[1]


def test_lateness_that_is_no_state():
    """R2: where a lapse is only a fact, the limit that was missed is still the one in question."""
    rules = attrs.evolve(HOA_BINH_2019, overdue_stages=frozenset())
    late = cast.lapsed_case(cast.at_officer("information", rules=rules), rules=rules)
    assert late.state.value == "escalated"
    assert find_current(late) == find_missed(late)[0]


@pytest.mark.parametrize("stage", ["officer", "agency", "leadership"])
def test_lateness_ends_with_its_stage(stage):
    """9.1, 9.2: a missed limit is that of whoever missed it, until the case leaves them.

    Nobody who comes after is late for it, and it is never taken back.
    """
    rules = cast.read(leadership_limit=cast.limit(4, "8.3"))
    story, leaves = {
        "officer": (cast.at_officer, lambda case: cast.verification_request(case)),
        "agency": (cast.at_agency, lambda _: cast.FOUND),
        "leadership": (cast.at_leadership, lambda _: cast.OPINION),
    }[stage]
    late = cast.lapsed_case(story("information", rules=rules), rules=rules)
    assert late.lapses[-1].ended_at is None
    left = cast.record(late, leaves(late), at=late.due or late.updated_at + cast.HOUR, rules=rules)
    assert (left.lapses[-1].stage, left.lapses[-1].ended_at) == (stage, left.updated_at)
    assert find_current(left) == find_running(left)
    assert left.lapses[-1].late.role.value == stage
    by = cast.OPERATOR if left.state.value == "received" else cast.OFFICER
    if stage != "officer":
        done = cast.record(left, a.Answer(by=by, text="Đã rõ"), rules=rules)
        assert done.lapses == left.lapses


def test_lateness_ends_with_the_answer():
    """9.1: an officer who was late is so until the answer, whoever of the unit gave it."""
    late = cast.lapsed_case(cast.at_officer("information"))
    case = cast.record(late, a.Reassign(by=cast.HEAD, to=Assignee(id="cb-yte-2")))
    assert case.lapses == late.lapses
    second = attrs.evolve(cast.OFFICER, id="cb-yte-2")
    answered = cast.record(case, a.Answer(by=second, text="Đã xem xét"))
    assert answered.lapses[0].ended_at == answered.updated_at
    assert cast.record(answered, a.Close(by=cast.OPERATOR)).lapses == answered.lapses


def test_an_overdue_case_given_to_another():
    """8.1.c2: whoever takes over an overdue case takes over the limit that was missed."""
    late = cast.lapsed_case(cast.at_officer("information"))
    case = cast.record(late, a.Reassign(by=cast.HEAD, to=Assignee(id="cb-yte-2")))
    assert case.since > case.lapses[0].due
    assert find_current(case) == find_missed(late)[0]


def test_a_named_time_is_never_provisional():
    """9.3, R38: the time told to the citizen is no reckoning that a notice could move."""
    case = cast.at_agency("information", at=ACROSS - cast.MINUTE)
    assert find_running(case).is_provisional
    put_off = a.Reschedule(by=cast.FOCAL, to=case.due + cast.DAY, reason="Chờ hồ sơ gốc")
    named = find_running(cast.record(case, put_off))
    assert (named.is_rescheduled, named.is_provisional, named.is_provisional_on(None)) == (
        True,
        False,
        False,
    )
    assert named.due == case.due + cast.DAY


def test_the_last_limit_is_the_one_that_counts_while_one_does():
    """9.3: put off, it is the running one with its named time; answered, it is still found."""
    case = cast.at_agency("information", at=ACROSS - cast.MINUTE)
    put_off = a.Reschedule(by=cast.FOCAL, to=case.due + cast.DAY, reason="Chờ hồ sơ gốc")
    moved = cast.record(case, put_off)
    assert find_last(moved) == find_running(moved)
    assert find_last(moved).due == case.due + cast.DAY
    told = cast.record(moved, cast.FOUND)
    assert find_last(told) == find_running(moved)
    assert find_last(cast.received_case("information")) is None


def test_a_time_that_was_named_when_no_limit_ran():
    """R4: put off only once it is late, the limit that was missed is the last that was computed."""
    rules = cast.read(reschedule_after_due=True)
    late = cast.lapsed_case(cast.at_agency(rules=rules), rules=rules)
    case = cast.record(late, cast.PUT_OFF, rules=rules)
    assert find_current(case) is None
    assert find_last(case) == find_missed(late)[0]


@pytest.mark.parametrize(
    ("calendar", "doubt"),
    [
        (None, True),
        (A, True),
        (A.with_notices([NO_SWAP]), False),
        (attrs.evolve(A, name="B").with_notices([NO_SWAP]), True),
        (vietnam_calendar("VP"), True),
    ],
    ids=["none", "the same", "with the notice", "another name", "other hours"],
)
def test_who_can_take_the_doubt_away(calendar, doubt):
    """Only the calendar of that name, once a notice in it speaks of the day."""
    assert find_running(in_doubt_case()).is_provisional_on(calendar) is doubt


def test_a_calendar_that_ends_before():
    """What a calendar does not cover it cannot settle."""
    case = in_doubt_case()
    ((n, deadline),) = case.deadlines
    moved = attrs.evolve(deadline, start=deadline.start.replace(year=2150))
    case = attrs.evolve(case, deadlines=((n, moved),))
    assert find_running(case).is_provisional_on(A)


def test_a_certain_limit_is_never_doubted():
    """What was certain when it was told is not marked, whatever a calendar knows."""
    certain = find_running(cast.at_officer("information"))
    assert not certain.is_provisional
    assert not certain.is_provisional_on(None)
    assert not certain.is_provisional_on(A)
