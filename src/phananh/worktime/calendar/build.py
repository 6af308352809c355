"""How a calendar's fields become the years it answers from: notices settled, days checked."""

from phananh.worktime.calendar.combined import build_day_rules
from phananh.worktime.calendar.days_outside import check_covered
from phananh.worktime.calendar.never_open import check_opens
from phananh.worktime.calendar.value import CalendarValue, last_known_day
from phananh.worktime.calendar.years import Years
from phananh.worktime.instants import load_zone
from phananh.worktime.timetables.algebra import CombinedTimetable
from phananh.worktime.timetables.timetable import Timetable
from phananh.worktime.validators import check_kind


def build_years(calendar: CalendarValue) -> Years:
    """Return the years of a calendar, none loaded yet.

    Raises:
        NoWorkingTimeError: the calendar has no working time.
        InputError: two notices of one date of issue contradict each other, or a day lies
            outside the days covered.
    """
    check_kind(Timetable | CombinedTimetable, "timetable", [calendar.timetable])
    settings = {
        "days": calendar.days,
        "notices": (*(calendar.days.notices if calendar.days else ()), *calendar.notices),
        "overrides": calendar.overrides,
        "known_from": calendar.known_from,
        "known_through": calendar.known_through,
        "expected": calendar.expected,
    }
    day_rules = build_day_rules(calendar.timetable, calendar.zone, settings, calendar.notices)
    years = Years(
        name=calendar.name,
        day_rules=day_rules,
        zone=load_zone(calendar.zone),
        first=calendar.first_day,
        last=calendar.last_day,
        strict=calendar.strict,
    )
    check_covered(calendar, last_known_day(calendar))
    check_opens(day_rules, calendar.first_day, calendar.last_day)
    return years
