"""The desk's clock: whole seconds by default, and a short step back stops no act."""

from datetime import timedelta

import pytest

from phananh import Desk, InputError
from phananh.desk import vietnam_now
from phananh.errors import ClockError
from phananh.regulation.acts import Note
from phananh.stores.base import Store
from tests.desk import people as p

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize("back", [p.MICROSECOND, 59 * SECOND])
def test_a_short_step_back(desk: Desk, hand: p.Hand, back: timedelta) -> None:
    """An act on a clock a little behind is judged and recorded at the moment of the last event."""
    case = p.with_officer(desk)
    hand.at -= back
    done = desk.answer(case, text="Đã giải quyết", by=p.OFFICER)
    assert done.updated_at == case.updated_at == p.MORNING
    assert p.a_case(desk).received_at == p.MORNING - back


def test_a_limit_starts_at_the_later_moment(desk: Desk, hand: p.Hand) -> None:
    """A limit opened on a clock a little behind starts at the last event, as it is recorded."""
    case = p.a_case(desk)
    hand.at -= 30 * SECOND
    case = desk.escalate(case.id, to=p.OFFICER, by=p.OPERATOR)
    assert case.deadline is not None
    assert case.deadline.start == case.updated_at == p.MORNING


@pytest.mark.parametrize("back", [60 * SECOND, timedelta(days=1)])
def test_a_long_step_back(desk: Desk, hand: p.Hand, back: timedelta) -> None:
    """A clock that is further behind is an error that says so, and nothing is recorded."""
    case = p.with_officer(desk)
    hand.at -= back
    with pytest.raises(ClockError) as caught:
        desk.answer(case.id, text="Đã giải quyết", by=p.OFFICER, command_id="click-1")
    error = caught.value
    assert (error.case, error.behind, error.allowed) == (case.id, back, 60 * SECOND)
    assert (error.now, error.last) == (hand.at.isoformat(), case.updated_at.isoformat())
    assert "giờ của máy" in error.text("vi")
    assert "clock" in error.text("en")
    assert desk.get(case.id) == case


def test_how_far_is_a_field_of_the_desk(store: Store, hand: p.Hand) -> None:
    """`clock_skew` says how far behind a clock may be; zero allows nothing."""
    desk = Desk(store=store, clock=hand, clock_skew=timedelta(hours=2))
    case = p.with_officer(desk)
    hand.at -= p.HOUR
    assert desk.note(case.id, text="Gọi lại", by=p.OPERATOR).updated_at == p.MORNING
    strict = Desk(store=store, clock=hand, clock_skew=timedelta())
    with pytest.raises(ClockError) as caught:
        strict.answer(case.id, text="Đã giải quyết", by=p.OFFICER)
    assert "set the clock right, as no difference is allowed. If" in caught.value.text("en")
    assert "chỉnh lại giờ của máy; không được chênh lệch; nếu" in caught.value.text("vi")


def test_a_given_moment_is_not_moved(desk: Desk) -> None:
    """A moment that is given, and lies before the last event, is refused however near it is."""
    case = p.with_officer(desk)
    from phananh.regulation.acts import Answer

    early = p.MORNING - p.MICROSECOND
    for act, at in (
        (Answer(text="Đã rõ", by=p.OFFICER, at=early), None),
        (Answer(text="Đã rõ", by=p.OFFICER), early),
    ):
        with pytest.raises(InputError, match="before the last event"):
            desk.do(case, act, at=at)
    assert desk.get(case.id) == case


def test_the_default_clock_gives_whole_seconds() -> None:
    """No letter to a citizen tells a fraction of a second that the desk's own clock gave."""
    assert vietnam_now().microsecond == 0
    assert p.a_case(Desk()).received_at.microsecond == 0


def test_reading_needs_no_right_clock(desk: Desk, hand: p.Hand) -> None:
    """A clock that is far behind hides no case: it is shown as it was recorded."""
    case = p.with_officer(desk)
    hand.at -= timedelta(days=1)
    assert desk.as_of(case.id) == case
    assert desk.allowed(case, by=p.OFFICER)["answer"] == ()


@pytest.mark.parametrize("ahead", [timedelta(days=1), timedelta(days=366)])
def test_after_a_clock_that_was_ahead(desk: Desk, hand: p.Hand, ahead: timedelta) -> None:
    """A case recorded ahead of time goes on at a given moment not before that, or once it is so."""
    case = p.a_case(desk)
    hand.at += ahead
    case = desk.note(case, text="Gọi lại", by=p.OPERATOR)
    false = hand.at
    hand.at -= ahead
    act = Note(text="Giờ máy đã được chỉnh", by=p.OPERATOR)
    with pytest.raises(ClockError, match="wait until then, or give an `at`"):
        desk.do(case, act)
    case = desk.do(case, act, at=case.updated_at)
    assert case.updated_at == false
    with pytest.raises(ClockError, match="wait until then"):
        desk.do(case, act)
    hand.at = false
    assert desk.do(case, act).version == case.version + 1
