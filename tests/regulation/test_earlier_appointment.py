"""A reschedule that gives the citizen an earlier time than before (Art. 9.3, R24)."""

from datetime import datetime

from phananh.regulation import acts as a
from tests.regulation import cast
from tests.regulation.test_cautions import asked, seen


def test_a_reschedule_to_an_earlier_time():
    """9.3: a new time before the one that the citizen had is pointed out, and allowed (R24)."""
    case = asked("2026-03-10T09:00")
    earlier, later = (
        a.Reschedule(by=cast.FOCAL, to=datetime.fromisoformat(f"{day}T09:00+07:00"), reason="Chờ")
        for day in ("2026-03-06", "2026-03-11")
    )
    at = case.updated_at + cast.MINUTE
    assert seen(cast.record(case, earlier, at=at)) == ("appointment_earlier",)
    assert seen(cast.record(case, later, at=at)) == ()
