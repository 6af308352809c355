"""The calendar of a Vietnamese state office with named hours: one call (Art. 9)."""

import functools
from collections.abc import Iterable
from datetime import date

from phananh.worktime.calendar.work_calendar import WorkCalendar
from phananh.worktime.days.notices import Notice, NoticeDay, sort_overrides
from phananh.worktime.presets.office_hours import find_timetable
from phananh.worktime.validators import tuple_of


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

    It has the official notices. Calls without notices and overrides share one calendar. Hours
    announced for one season only raise `NoWorkingTimeError` if you count time beyond it.

    Args:
        hours: the name of a preset, such as "A" or "VP". `phananh hours` lists them.
        notices: documents that move days, besides the official ones.
        overrides: the office's own days, which come before all other sources.
        strict: raise `CoverageError` instead of flagging a deadline as provisional.
        expected: apply notices that are only expected.
        as_of: a date: the calendar as it was known then, without what became known later.

    Raises:
        InputError: no preset of that name, or notices of one date of issue contradict each
            other, or `as_of` is before the first notice.

    Example:
        >>> from datetime import datetime, timedelta
        >>> from zoneinfo import ZoneInfo
        >>> friday = datetime(2026, 1, 9, 15, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
        >>> print(vietnam_calendar("VP").add(friday, timedelta(hours=5)))
        2026-01-10 11:00:00+07:00
    """
    notices, overrides = tuple_of(Notice, "notices", notices), sort_overrides(overrides)
    if not notices and not overrides:
        find_timetable(hours)  # refuses an unhashable name before the cache gets it
        calendar = _share_calendar(hours, strict=strict, expected=expected)
    else:
        calendar = WorkCalendar(
            timetable=find_timetable(hours),
            name=hours,
            notices=notices,
            overrides=overrides,
            strict=strict,
            expected=expected,
        )
    return calendar if as_of is None else calendar.as_of(as_of)


@functools.cache
def _share_calendar(hours: str, *, strict: bool, expected: bool) -> WorkCalendar:
    timetable = find_timetable(hours)
    return WorkCalendar(timetable=timetable, name=hours, strict=strict, expected=expected)
