"""A desk is refused when it is built from what cannot serve, with the way out."""

from datetime import timedelta

import attrs
import pytest

from phananh import HOA_BINH_2019, Desk, InputError, vietnam_calendar
from phananh.regulation import acts as a
from phananh.regulation.lifecycle import LIFECYCLE
from tests.desk import people as p

A = vietnam_calendar("A")


@pytest.mark.parametrize(
    "wired",
    [{"store": "cases.db"}, {"calendar": "VP"}, {"rules": "HB-2019"}],
)
def test_what_cannot_serve(wired: dict[str, object]) -> None:
    """A path is no store, a name is neither a calendar nor rules."""
    with pytest.raises(InputError, match="give ") as caught:
        Desk(**wired)  # type: ignore[arg-type]  # wrong on purpose
    assert isinstance(caught.value, TypeError)


@pytest.mark.parametrize("act", ["answer", None, a.Answer, a.Act(by=p.OPERATOR)])
def test_what_is_no_act(desk: Desk, act: object) -> None:
    """A word, nothing, a class and an act without a trigger are no act."""
    case = p.a_case(desk)
    for target in (case, case.id, None):
        with pytest.raises(InputError, match="is not an act") as caught:
            desk.do(target, act)  # type: ignore[arg-type]  # wrong on purpose
        assert isinstance(caught.value, TypeError)


def test_a_lifecycle_that_cannot_be_meant_is_refused_with_the_desk() -> None:
    """A row that stands twice is found when the desk is made, and not at its first act."""
    twice = attrs.evolve(HOA_BINH_2019, lifecycle=[*LIFECYCLE, LIFECYCLE[2]])
    with pytest.raises(InputError) as caught:
        Desk(rules=twice)
    assert caught.value.field == "lifecycle"


@pytest.mark.parametrize("lease", [p.MICROSECOND, timedelta(days=1)])
def test_how_long_a_lease_may_be(desk: Desk, lease: timedelta) -> None:
    """A lease is more than nothing, and a day at most: a day is taken."""
    p.a_case(desk)
    assert desk.consume("mail", lambda entry: None, lease=lease).is_lost is False
    with pytest.raises(InputError) as caught:
        desk.consume("mail", lambda entry: None, lease=timedelta(days=1) + p.MICROSECOND)
    assert (caught.value.field, caught.value.code) == ("lease", "not_a_lease")
    assert caught.value.facts["value"] == "1 day, 0:00:00.000001"


@pytest.mark.parametrize("wrong", [A, "A", ["A"], [A, None]], ids=str)
def test_former_calendars_are_a_list(wrong):
    """What is no list of calendars is refused as `former`."""
    with pytest.raises(InputError, match=r"former: .* is not a (list|WorkCalendar)"):
        Desk(former=wrong)
