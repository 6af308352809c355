"""`WorkCalendar.add` against its floor, whatever the span, and a day loop over `holidays`."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from phananh.worktime import vietnam_calendar
from tests.bench.floor import adder
from tests.bench.rounds import Call, Row, in_turns, row

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
START = datetime(2025, 3, 4, 8, 20, tzinfo=VIETNAM)
HOURS = (5, 8, 2000)
DAY = timedelta(days=1)
MORNING, NOON = time(7, 30), time(11, 30)
LUNCH, EVENING = time(13, 30), time(17, 30)


class DayLoop:
    """What an office writes by hand over `holidays`: from day to day, session by session."""

    def __init__(self) -> None:
        """Load the years that are asked for, so that none is loaded while the clock runs."""
        import holidays

        self.days = holidays.country_holidays("VN", years=range(2025, 2028))

    def add(self, t: datetime, w: timedelta) -> datetime:
        """Return the instant by which `w` has been worked from `t`."""
        day, zone = t.date(), t.tzinfo
        while True:
            if day.weekday() < 5 and day not in self.days:
                for opens, closes in ((MORNING, NOON), (LUNCH, EVENING)):
                    start = datetime.combine(day, opens, zone)
                    end = datetime.combine(day, closes, zone)
                    if t > start:
                        start = t
                    if start < end:
                        if w <= end - start:
                            return start + w
                        w -= end - start
            day += DAY


def run() -> list[Row]:
    """Return the rows of `add`, and of the day loop."""
    calendar, loop = vietnam_calendar("A"), DayLoop()
    budgets = [timedelta(hours=hours) for hours in HOURS]
    for w in budgets[:2]:  # over a year apart, notices that `holidays` lacks move days
        assert calendar.add(START, w) == loop.add(START, w)
    calendar.add(START, budgets[-1])
    table = calendar._years.hot[5]
    starts, bases = table.starts, table.bases
    least = adder(starts, bases)
    calls = {"floor: one call, one search, one addition": Call(least, (START, budgets[0]))}
    calls |= {f"add {w // timedelta(hours=1):,} h": Call(calendar.add, (START, w)) for w in budgets}
    calls["subtract 8 h"] = Call(calendar.subtract, (START, budgets[1]))
    calls["is_open"] = Call(calendar.is_open, (START,))
    calls |= {
        f"peer: day loop over holidays, {hours:,} h": Call(loop.add, (START, w))
        for hours, w in zip(HOURS, budgets, strict=True)
    }
    times = in_turns(calls)
    first, *others = times
    floor = times[first]
    rows = [row(first, floor)]
    rows += [
        row(what, times[what], floor, most=3 if what.startswith("add") else None) for what in others
    ]
    flat = times["add 2,000 h"].ratio(times["add 5 h"])
    rows.append(
        Row(
            what="flat: add 2,000 h over add 5 h",
            ratio=flat,
            goal="<= 1.5x",
            met=flat <= 1.5,
        )
    )
    return rows
