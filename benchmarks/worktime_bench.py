"""`WorkCalendar.add` against its floor: any span, any start, any number of notices; first calls."""

import gc
import random
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from datetime import date, datetime

import attrs

from benchmarks.calendars import DAY, HOUR, VIETNAM
from benchmarks.floor import adder
from benchmarks.import_bench import cpu_seconds, environment
from benchmarks.rounds import Call, Row, Times, in_turns, row
from phananh.worktime import Notice, NoticeDay, WorkCalendar, vietnam_calendar
from phananh.worktime.presets import find_timetable

START = datetime(2025, 3, 4, 8, 20, tzinfo=VIETNAM)
NEW_YEARS_EVE = datetime(2025, 12, 31, 16, 20, tzinfo=VIETNAM)
SPANS = (1, 2, 5, 8, 16, 40, 80, 200, 400, 1000, 2000, 5000, 10_000, 20_000)  # 20,000: ten years
FLOOR = "floor: one call, one search, one addition"
FIRST_MS, YEAR_KB = 2.0, 64.0
RUNS, STARTS = 101, 2000


def run() -> list[Row]:
    """Return the rows of `add` by span, of other calls, of many notices, and of first calls."""
    calendar = vietnam_calendar("A")
    calendar.add(START, SPANS[-1] * HOUR)
    table = calendar._table
    least = adder(table)
    calls = {FLOOR: Call(least, (START, 5 * HOUR))}
    calls |= {f"add {hours:,} h": Call(calendar.add, (START, hours * HOUR)) for hours in SPANS}
    calls |= _elsewhere(calendar, least)
    times = in_turns(calls)
    times |= {what: times[what].each(STARTS) for what in times if "all over" in what}
    rows = [row(FLOOR, times[FLOOR])]
    for what, taken in times.items():
        floor = (
            times["floor, starts all over a year"] if "starts all over" in what else times[FLOOR]
        )
        if not what.startswith("floor"):
            most = 3 if what.startswith("add") else None
            rows.append(row(what, taken, floor, most=most))
    return [*_placed(rows), *_goals(times), *_first_calls(), _memory()]


def _elsewhere(calendar: WorkCalendar, least: Callable[..., datetime]) -> dict[str, Call]:
    """Return the calls with other starts and other methods."""
    starts = _starts()
    return {
        "add 8 h with 200 notices": Call(_with_notices(200).add, (START, 8 * HOUR)),
        "floor, starts all over a year": Call(_each(least, starts)),
        "add 8 h, starts all over a year": Call(_each(calendar.add, starts)),
        "subtract 8 h": Call(calendar.subtract, (START, 8 * HOUR)),
        "between, 8 h": Call(calendar.between, (START, calendar.add(START, 8 * HOUR))),
        "is_open": Call(calendar.is_open, (START,)),
    }


def _each(add: Callable[..., datetime], starts: list[datetime]) -> Callable[[], None]:
    """Return a function that asks for each of the starts, so that no answer is at hand."""
    budget = 8 * HOUR

    def ask() -> None:
        for start in starts:
            add(start, budget)

    return ask


def _starts() -> list[datetime]:
    chance, first = random.Random(2370), datetime(2025, 1, 1, tzinfo=VIETNAM)
    return [first + chance.random() * 365 * DAY for _ in range(STARTS)]


def _with_notices(count: int) -> WorkCalendar:
    """Return the calendar with so many notices more, each of them about one Sunday of its own."""
    first = date(2019, 1, 6)
    notices = [
        Notice(
            document=f"TB {n}/TB-VP",
            issued=date(2019, 1, 1),
            days=(NoticeDay(first + 7 * n * DAY, "off"),),
        )
        for n in range(count)
    ]
    calendar = WorkCalendar(timetable=find_timetable("A"), notices=notices)
    calendar.add(START, SPANS[-1] * HOUR)
    return calendar


def _placed(rows: list[Row]) -> list[Row]:
    """Give each row of a span its place in the picture."""
    spans = {f"add {hours:,} h": hours for hours in SPANS}
    who = {FLOOR: "floor", **dict.fromkeys(spans, "phananh")}
    return [attrs.evolve(r, who=who.get(r.what, ""), size=spans.get(r.what)) for r in rows]


def _goals(times: dict[str, Times]) -> list[Row]:
    flat = times["add 20,000 h"].ratio(times["add 1 h"])
    more = times["add 8 h with 200 notices"].ratio(times["add 8 h"])
    return [
        Row(what="flat: add of ten years over add of 1 h", ratio=flat, goal="<= 2x", met=flat <= 2),
        Row(what="200 notices over none", ratio=more, goal="<= 1.1x", met=more <= 1.1),
    ]


def _first_calls() -> list[Row]:
    """Return what the first deadline of a new calendar takes, and that of a new process."""
    goal = f"<= {FIRST_MS:g} ms"
    made = {
        "first call of a new calendar": START,
        "the same, across New Year: two years are loaded": NEW_YEARS_EVE,
    }
    rows = [_shown(what, _first(start)).below(FIRST_MS * 1e3, goal) for what, start in made.items()]
    return [*rows, _shown("first call of a new process, with its imports", _in_new_processes())]


def _shown(what: str, times: Times) -> Row:
    return Row(what=what, micros=times.median * 1e6, spread=times.spread)


def _first(start: datetime) -> Times:
    hours, taken = find_timetable("A"), []
    gc.disable()
    for _ in range(RUNS):
        begin = time.process_time()
        WorkCalendar(timetable=hours).add(start, 8 * HOUR)
        taken.append(time.process_time() - begin)
    gc.enable()
    return Times(tuple(taken[1:]))


def _in_new_processes() -> Times:
    """Return the CPU time of a process up to its first due time, over that of a bare one."""
    program = (
        "from datetime import datetime, timedelta; from zoneinfo import ZoneInfo;"
        "from phananh import vietnam_calendar;"
        "start = datetime(2025, 3, 4, 8, 20, tzinfo=ZoneInfo('Asia/Ho_Chi_Minh'));"
        "vietnam_calendar('A').add(start, timedelta(hours=8))"
    )
    with tempfile.TemporaryDirectory() as cache:
        env = environment(cache)
        taken = [cpu_seconds(program, env) - cpu_seconds("pass", env) for _ in range(12)]
    return Times(tuple(taken[1:]))  # the first writes the bytecode


def _memory() -> Row:
    """Return what a year of table takes, over the ten years of the longest budget."""
    vietnam_calendar("A").add(START, SPANS[-1] * HOUR)  # the country's days are there
    calendar = WorkCalendar(timetable=find_timetable("A"))
    tracemalloc.start()
    calendar.add(START, SPANS[-1] * HOUR)
    taken, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    kilobytes = taken / 1024 / len(calendar._table.years)
    what = f"memory: {kilobytes:.1f} KB for a year of table"
    return Row(what=what, goal=f"<= {YEAR_KB:g} KB", met=kilobytes <= YEAR_KB)
