"""Acts told on a clock that goes back: 01:30 comes twice, and the order is that of time."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from phananh.errors import InputError
from phananh.regulation import acts as a
from phananh.regulation.decide import Recorded
from tests.regulation import cast

ZONES = {
    "America/New_York": datetime(2026, 11, 1, 6, tzinfo=UTC),
    "Australia/Lord_Howe": datetime(2026, 4, 4, 15, tzinfo=UTC),
}
TICK = timedelta(minutes=10)


@pytest.fixture(params=ZONES)
def around(request):
    """Return an instant just before clocks go back, and one just after that reads earlier."""
    zone, change = ZoneInfo(request.param), ZONES[request.param]
    before, after = (t.astimezone(zone) for t in (change - TICK, change + TICK))
    assert after < before  # by the wall
    return before, after


def test_an_act_after_the_clocks_went_back_is_later(around):
    """A second act that reads earlier than the first is recorded; one before it is refused."""
    before, after = around
    case = cast.received_case("information", at=before)
    act = a.Escalate(by=cast.OPERATOR, to=cast.OFFICER)
    assert isinstance(cast.decide_on(case, act, at=after), Recorded)
    with pytest.raises(InputError, match="before"):
        cast.decide_on(cast.received_case("information", at=after), act, at=before)


def test_an_act_at_a_naive_time_is_refused():
    """A time without an offset is never taken for that of the machine."""
    with pytest.raises(InputError, match="has no offset"):
        cast.context(datetime(2026, 3, 4, 9))


def test_an_appointment_after_the_clocks_went_back_is_ahead(around):
    """What was promised for a later instant is no appointment of the past, whatever it reads."""
    before, after = around
    case = cast.at_officer(at=before - timedelta(days=2))
    act = cast.verification_request(case, appointment=after)
    assert isinstance(cast.decide_on(case, act, at=before), Recorded)
    past = cast.verification_request(case, appointment=before)
    assert not isinstance(cast.decide_on(case, past, at=after), Recorded)
