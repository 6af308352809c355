"""Rows 49 to 66: amounts of time and calendars that are nothing, odd, or contradict each other."""

import math
from datetime import date, datetime, timedelta
from typing import Any

import attrs

from phananh import vietnam_calendar
from phananh.errors import CoverageError, InputTypeError, NoWorkingTimeError
from phananh.regulation.deadline import Limit
from phananh.regulation.rules import HOA_BINH_2019
from phananh.worktime import Notice, NoticeDay, Timetable, WorkCalendar
from phananh.worktime.timetable import Hours
from tests.adversarial.stories import with_officer
from tests.adversarial.world import World, expect, refuse_input
from tests.cli.terminal import run
from tests.desk import people as p

OFFICE = vietnam_calendar("A")
NINE = p.MORNING.replace(hour=9)
NOTHING = timedelta()


def test_row_49(world: World) -> None:
    """A budget of nothing ends at the instant itself, and a negative one is counted back."""
    for at in (NINE, NINE.replace(hour=3), NINE.replace(day=7)):
        assert OFFICE.add(at, NOTHING) is at
        assert OFFICE.add(at, -5 * p.HOUR) == OFFICE.subtract(at, 5 * p.HOUR)


def test_row_50(world: World) -> None:
    """A limit of nothing or less is refused when the rules are made, with its article."""
    for budget in (NOTHING, -p.HOUR):
        given = attrs.evolve(HOA_BINH_2019.officer_limit)
        caught = refuse_input(
            world,
            lambda budget=budget, given=given: Limit(
                budget=budget, article=given.article, since=given.since
            ),
            field="budget",
        )
        assert caught.article is not None
        assert caught.article.id == "9.1"


def test_row_51(world: World) -> None:
    """The largest and smallest timedelta are a CoverageError, and no overflow."""
    for budget in (timedelta.max, timedelta.min, timedelta(days=365 * 200)):
        expect(CoverageError, lambda budget=budget: OFFICE.add(NINE, budget))
        expect(CoverageError, lambda budget=budget: OFFICE.allot(NINE, budget))


def test_row_52(world: World) -> None:
    """Numbers, truth values, NaN and infinity are no budget: use timedelta."""
    odd: tuple[Any, ...] = (5, 5.0, True, math.nan, math.inf, "5h", None)
    for budget in odd:
        for count in (OFFICE.add, OFFICE.subtract, OFFICE.allot):
            said = refuse_input(world, lambda c=count, b=budget: c(NINE, b), says="use timedelta")
            assert isinstance(said, InputTypeError)


def test_row_53(world: World) -> None:
    """A microsecond, and one less than five hours, are exact."""
    assert OFFICE.add(NINE, p.MICROSECOND) == NINE + p.MICROSECOND
    whole = OFFICE.add(NINE, 5 * p.HOUR)
    assert whole == NINE.replace(hour=16)
    assert OFFICE.add(NINE, 5 * p.HOUR - p.MICROSECOND) == whole - p.MICROSECOND
    assert OFFICE.between(NINE, whole - p.MICROSECOND) == 5 * p.HOUR - p.MICROSECOND


def test_row_54(world: World) -> None:
    """On the command line there is one grammar of budgets, and exit code 2 shows it."""
    for budget in ("8h30m", "8h30"):
        told = run("due", "2026-03-04T09:00", budget)
        assert (told.exit_code, told.stdout.strip()) == (0, "2026-03-05T09:30:00")
    for budget in ("5 gio", "-5h", "5,5h", "h", ""):
        told = run("due", "2026-03-04T09:00", "--", budget)
        assert (told.exit_code, told.stdout) == (2, ""), budget
        assert "5h" in told.stderr


def test_row_55(world: World) -> None:
    """Hours that never open are refused when they are built."""
    for hours in ((), Hours(days="mon", sessions=()), Hours(days=(), sessions="08:00-09:00")):
        table = Timetable(hours=hours)
        expect(NoWorkingTimeError, lambda table=table: WorkCalendar(timetable=table))


def test_row_56(world: World) -> None:
    """Sessions that overlap, are empty or reversed are refused and named, with the way to write."""
    for text, says in (
        ("07:30-11:30, 11:00-12:00", "07:30-11:30 and 11:00-12:00"),
        ("08:00-08:00", "00:00-24:00"),
        ("24:00-06:00", "opens at 24:00"),
    ):
        refuse_input(world, lambda text=text: Timetable.weekly(text), says=says)


def test_row_57(world: World) -> None:
    """Sessions that touch are one session."""
    cut = Hours(days="mon", sessions="10:00-11:30, 07:30-10:00")
    assert [str(each) for each in cut.sessions] == ["07:30-11:30"]
    whole = WorkCalendar(timetable=Timetable.weekly("07:30-11:30"))
    parts = WorkCalendar(timetable=Timetable.weekly("07:30-10:00, 10:00-11:30"))
    assert (whole, whole.version) == (parts, parts.version)


def test_row_58(world: World) -> None:
    """A session of 24 hours is taken, and a due time may fall after midnight."""
    always = WorkCalendar(timetable=Timetable.weekly("00:00-24:00", days="mon-sun"), days=None)
    assert always.add(NINE, 16 * p.HOUR) == NINE.replace(day=5, hour=1)


def test_row_59(world: World) -> None:
    """A session past midnight belongs to the day on which it opens, and so does its holiday."""
    nights = WorkCalendar(
        timetable=Timetable.weekly("22:00-02:00", days="mon-sun"),
        overrides=[NoticeDay(date(2026, 3, 4), "off")],
    )
    thursday = datetime(2026, 3, 5, 1, tzinfo=p.VIETNAM)
    assert nights.is_open(thursday - 24 * p.HOUR), "Tuesday's night lasts until Wednesday at two"
    assert not nights.is_open(thursday), "Wednesday is off, and its night with it"
    assert nights.is_open(thursday + 22 * p.HOUR)
    overlapping = "22:00-06:00, 05:30-07:00"
    refuse_input(
        world, lambda: Timetable.weekly(overlapping, days="mon-sun"), says="across midnight"
    )


def make_notice(document: str, kind: str, issued: date = date(2026, 2, 1)) -> Notice:
    """Return a notice about a Wednesday."""
    return p.notice(document, date(2026, 3, 4), kind, issued=issued)


def test_row_60(world: World) -> None:
    """Two notices of one date of issue that disagree are refused, with both documents."""
    notices = [make_notice("1/TB", "off"), make_notice("2/TB", "worked")]
    refuse_input(world, lambda: vietnam_calendar("A", notices=notices), says="1/TB and 2/TB")


def test_row_61(world: World) -> None:
    """A notice twice, or in another order, is one version with the same due times."""
    one, two = make_notice("1/TB", "off"), make_notice("2/TB", "worked", date(2026, 2, 2))
    first, *others = (
        vietnam_calendar("A", notices=each) for each in ([one, two], [two, one], [two, one, two])
    )
    for other in others:
        assert (other, other.version) == (first, first.version)
        assert other.add(NINE, 20 * p.HOUR) == first.add(NINE, 20 * p.HOUR)


def test_row_62(world: World) -> None:
    """The office's own day goes before a notice, and the explanation says so."""
    own = NoticeDay(date(2026, 3, 4), "hours", sessions="07:30-11:30", note="tổng kết năm")
    office = vietnam_calendar("A", notices=[make_notice("1/TB", "off")], overrides=[own])
    assert office.day(date(2026, 3, 4)).kind == "hours"
    assert "tổng kết năm" in office.explain(NINE, 5 * p.HOUR).text("vi")


def test_row_63(world: World) -> None:
    """A due time beyond the last notice is provisional everywhere; a strict calendar refuses it."""
    late = datetime(2026, 12, 31, 16, tzinfo=p.VIETNAM)
    assert OFFICE.allot(late, 8 * p.HOUR).provisional
    assert OFFICE.explain(late, 8 * p.HOUR).provisional
    strict = attrs.evolve(OFFICE, strict=True)
    assert strict.add(late, p.HOUR) == late + p.HOUR
    says = "holidays are known only through 2026-12-31"
    expect(CoverageError, lambda: strict.add(late, 8 * p.HOUR), says=says)
    world.hand.at = late
    case = with_officer(world)
    assert case.deadline
    assert case.deadline.provisional
    assert "official" in world.desk.explain(case, lang="en")


def test_row_64(world: World) -> None:
    """2 January 2026 is off, and 10 January is worked for it."""
    friday, saturday = OFFICE.day(date(2026, 1, 2)), OFFICE.day(date(2026, 1, 10))
    assert (friday.kind, saturday.kind) == ("off", "worked")
    assert (friday.swapped_with, saturday.swapped_with) == (date(2026, 1, 10), date(2026, 1, 2))
    assert friday.source == saturday.source == "CV 12729/VPCP-KGVX"


def test_row_65(world: World) -> None:
    """A swap that is announced while a limit runs moves nothing by itself, and never earlier."""
    world.hand.at = p.MORNING.replace(hour=16)
    case = with_officer(world)
    assert case.due == p.MORNING.replace(day=5, hour=11, minute=1)
    off = p.notice("9/TB", date(2026, 3, 5), issued=date(2026, 3, 4))
    world.calendar = vietnam_calendar("A", notices=[off])
    before = world.read_all()
    assert world.desk.get(case.id).due == case.due
    dry = world.desk.recalculate()
    assert [(move.case, move.old) for move in dry.moves] == [(case.id, case.due)]
    assert world.read_all() == before
    world.desk.recalculate(dry_run=False)
    moved = world.desk.get(case.id)
    assert type(world.desk.history(case)[-1]).__name__ == "DeadlineMoved"
    assert moved.due == p.MORNING.replace(day=6, hour=11, minute=1)
    worked = p.notice("10/TB", date(2026, 3, 5), "worked", issued=date(2026, 3, 5))
    world.calendar = vietnam_calendar("A", notices=[off, worked])
    world.desk.recalculate(dry_run=False)
    assert world.desk.get(case.id).due == moved.due, "what was promised is not taken away"


BAD = """format = 1
[[notice]]
document = "1/TB"
issued = 2026-02-01
[[notice.day]]
date = 2026-03-04
kind = "off"
[[notice]]
document = "2/TB"
issued = 2026-02-01
[[notice.day]]
date = 2026-03-05
kind = "gone"
"""


def test_row_66(world: World) -> None:
    """A file of notices with one bad entry is refused whole, and its place is named."""
    path = world.folder / "notices.toml"
    path.write_text(BAD, encoding="utf-8")
    told = run("notices", "check", str(path))
    assert told.exit_code == 2
    assert "notice 2" in told.stderr or "notice[2]" in told.stderr or "[2]" in told.stderr
    assert "kind" in told.stderr
    told = run("due", "2026-03-04T09:00", "5h", "--notices", str(path))
    assert (told.exit_code, told.stdout) == (2, "")
