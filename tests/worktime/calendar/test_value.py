"""What a calendar is as a value: of two that were put together, the days that both cover.

The calendar is that of `phananh.worktime.calendar.work_calendar`.
"""

from collections.abc import Callable
from datetime import date

import attrs
import pytest

from phananh.worktime import Notice, NoticeDay, Timetable, WorkCalendar, vietnam_calendar
from phananh.worktime.days.vietnam import VIETNAM_DAYS

A = vietnam_calendar("A")
EVENING = attrs.evolve(vietnam_calendar("A"), timetable=Timetable.weekly("16:00-18:00"))
LATER = attrs.evolve(EVENING, days=attrs.evolve(VIETNAM_DAYS, first_day=date(2020, 1, 1)))
SHORTER = attrs.evolve(EVENING, days=attrs.evolve(VIETNAM_DAYS, last_day=date(2030, 12, 31)))
OPS: dict[str, Callable[[WorkCalendar, WorkCalendar], WorkCalendar]] = {
    "|": lambda one, other: one | other,
    "&": lambda one, other: one & other,
    "-": lambda one, other: one - other,
}


@pytest.mark.parametrize("op", OPS)
def test_calendars_put_together_cover_what_both_cover(op: str) -> None:
    """The first day is the later of theirs, and the last day the earlier."""
    join = OPS[op]
    for one, other in ((A, LATER), (LATER, A)):
        joined = join(one, other)
        assert (joined.first_day, joined.last_day) == (date(2020, 1, 1), A.last_day)
    for one, other in ((A, SHORTER), (SHORTER, A)):
        joined = join(one, other)
        assert (joined.first_day, joined.last_day) == (A.first_day, date(2030, 12, 31))
    known = {"known_from": date(2020, 1, 1), "known_through": date(2025, 12, 31)}
    joined = attrs.evolve(join(A, attrs.evolve(EVENING, **known)), known_through=A.known_through)
    assert joined.first_known_day == known["known_from"]
    assert joined.as_of(date(2026, 6, 1)).known_through == known["known_through"]
    assert str(A) == f"calendar A, version {A.version}, known through {A.known_through}"


def test_a_calendar_that_differs_in_anything_is_another() -> None:
    """Each field counts, and the same notices in another order are the same."""
    off, day = NoticeDay(date(2026, 7, 1), "off"), date(2026, 7, 2)
    changes: list[dict[str, object]] = [
        {},
        {"name": "B"},
        {"zone": "UTC"},
        {"known_from": day},
        {"known_through": day},
        {"strict": True},
        {"expected": True},
        {"days": None},
        {"overrides": [off]},
        {"notices": [Notice("1/TB", date(2026, 6, 1), days=[off])]},
        *(
            {"timetable": attrs.evolve(A.timetable, **{name: "x"})}
            for name in ("source", "source_en")
        ),
        {"timetable": attrs.evolve(A.timetable, assumed=False)},
        {"timetable": attrs.evolve(A.timetable, hours=EVENING.timetable.hours)},
    ]
    assert len({attrs.evolve(A, **change).key() for change in changes}) == len(changes)
