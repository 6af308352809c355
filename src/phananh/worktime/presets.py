"""Named office hours with their sources, and the Vietnamese calendars made from them.

The Regulation says "giờ làm việc" and never which (Art. 9): the hours are an assumption,
named in every explanation. All known timetables have 8 hours a day on 5 days.
"""

import functools
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from phananh.errors import InputError, shown
from phananh.worktime.calendar import WorkCalendar
from phananh.worktime.notice import Notice, NoticeDay
from phananh.worktime.timetable import Hours, Timetable

PRESETS: Mapping[str, Timetable] = MappingProxyType(
    {
        "A": Timetable(
            hours=Hours(days="mon-fri", sessions="07:30-11:30, 13:30-17:30"),
            source="thông lệ 07:30-11:30, 13:30-17:30 (Quy chế không nêu giờ)",
            source_en="07:30-11:30, 13:30-17:30 by convention (the Regulation names none)",
        ),
        # Vĩnh Phúc, the same province today; decision of 2020-04-08.
        "VP": Timetable(
            hours=(
                Hours(
                    days="mon-fri",
                    sessions="07:00-11:30, 13:30-17:00",
                    season=("04-16", "10-15"),
                ),
                Hours(
                    days="mon-fri",
                    sessions="07:30-12:00, 13:00-16:30",
                    season=("10-16", "04-15"),
                ),
            ),
            source="QĐ 873/2020",
        ),
    }
)


def preset(name: str) -> Timetable:
    """Return the office hours of that name.

    Raises:
        InputError: there are none; the message lists the names.
    """
    try:
        return PRESETS[name]
    except (KeyError, TypeError):
        problem, names = f"{shown(name)} is unknown", ", ".join(PRESETS)
        raise InputError(field="hours", problem=problem, way_out=f"use one of {names}") from None


def vietnam_calendar(
    hours: str = "A",
    *,
    notices: Iterable[Notice] = (),
    overrides: Iterable[NoticeDay] = (),
    strict: bool = False,
    expected: bool = False,
    as_of: date | None = None,
) -> WorkCalendar:
    """Return the calendar of a Vietnamese state office with preset hours (Art. 9).

    The official notices are in it; `notices` come on top. Calls without notices and
    overrides share one calendar. With `as_of` it is the calendar as it was known on that day.
    """
    notices, overrides = tuple(notices), tuple(overrides)
    if not notices and not overrides:
        preset(hours)
        made = _shared(hours, strict=strict, expected=expected)
    else:
        made = WorkCalendar(
            timetable=preset(hours),
            name=hours,
            notices=notices,
            overrides=overrides,
            strict=strict,
            expected=expected,
        )
    return made if as_of is None else made.as_of(as_of)


@functools.cache
def _shared(hours: str, *, strict: bool, expected: bool) -> WorkCalendar:
    return WorkCalendar(timetable=preset(hours), name=hours, strict=strict, expected=expected)
