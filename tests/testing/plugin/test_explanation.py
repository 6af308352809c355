"""The desks of a test are asked after its failure, whatever state their stores are in."""

import attrs
import pytest

from phananh import MemoryStore
from phananh.regulation.events import Event
from phananh.testing import FaultyStore, a_case, a_desk
from phananh.testing.plugin.explanation import WatchedDesks
from phananh.worktime import vietnam_calendar


class Unreadable(MemoryStore):
    """A store that cannot be read."""

    def load(self, case: str, /) -> tuple[Event, ...]:
        """Fail as a driver does."""
        raise OSError(case)


def test_histories_come_from_any_desk() -> None:
    """The first desk that has a case gives its history, past those that cannot be read."""
    desks = WatchedDesks(is_explaining=False)
    desk = a_desk()
    for each in (a_desk(store=Unreadable()), a_desk(), desk):
        desks.add(each)
    case = a_case("answered", desk=desk)
    assert desks.load_history(case.id) == desk.history(case)
    assert desks.load_history("HB-0") == ()
    assert desks.explain() == []


def test_planned_fault_is_passed_by() -> None:
    """A store that is armed to fail is looked at as if nothing were planned."""
    store = FaultyStore(FaultyStore())
    desks = WatchedDesks(is_explaining=True)
    desks.add(a_desk(store=store))
    case = a_case("escalated", store=store)
    store.arm(1, persistent=True)
    assert len(desks.load_history(case.id)) == 2
    assert "Due: Monday 2025-04-21 16:00" in desks.explain()[0]


def test_unknown_calendar_is_said() -> None:
    """A limit on a calendar that the desk does not have is named, and the others explained."""
    desks = WatchedDesks(is_explaining=True)
    desk = a_desk(hours=attrs.evolve(vietnam_calendar("A"), name="other"))
    forget = desks.add(desk)
    a_case("escalated", store=desk.store)
    a_case("escalated", desk=desk)
    (text,) = desks.explain()
    assert "limit of version 2" in text
    assert "Due: Monday" in text
    assert text.count("case HB-") >= 2
    forget()
    assert desks.explain() == []


@pytest.mark.parametrize("is_explaining", [True, False])
def test_begin_leaves_out_what_was_before(*, is_explaining: bool) -> None:
    """What an earlier test recorded on the same desk is not explained again."""
    desk = a_desk()
    desks = WatchedDesks(is_explaining=is_explaining)
    desks.add(desk)
    a_case("escalated", desk=desk)
    desks.begin()
    assert desks.explain() == (["no limit of any case began"] if is_explaining else [])
