"""Rows 49 to 66: amounts and calendars that are nothing, odd, or contradict each other.

Those of calendars alone are in `tests/worktime`.
"""

from datetime import date, datetime, timedelta

import attrs

from phananh import vietnam_calendar
from phananh.errors import CoverageError
from phananh.regulation.deadline import Limit
from phananh.regulation.rules import HOA_BINH_2019
from phananh.worktime import Notice, NoticeDay, Timetable, WorkCalendar
from tests.adversarial.stories import with_officer
from tests.adversarial.world import World, expect, refuse_input
from tests.cli.terminal import run
from tests.desk import people as p

OFFICE = vietnam_calendar("A")
NINE = p.MORNING.replace(hour=9)
NOTHING = timedelta()


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


def test_row_54(world: World) -> None:
    """On the command line there is one grammar of budgets, and exit code 2 shows it."""
    for budget in ("8h30m", "8h30"):
        told = run("due", "2026-03-04T09:00", budget)
        assert (told.exit_code, told.stdout.strip()) == (0, "2026-03-05T09:30:00")
    for budget in ("5 gio", "-5h", "5,5h", "h", ""):
        told = run("due", "2026-03-04T09:00", "--", budget)
        assert (told.exit_code, told.stdout) == (2, ""), budget
        assert "5h" in told.stderr


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


def test_row_61(world: World) -> None:
    """A notice twice, or in another order, is one version with the same due times."""
    one, two = make_notice("1/TB", "off"), make_notice("2/TB", "worked", date(2026, 2, 2))
    first, *others = (
        vietnam_calendar("A", notices=each) for each in ([one, two], [two, one], [two, one, two])
    )
    for other in others:
        assert (other, other.version) == (first, first.version)
        assert other.add(NINE, 20 * p.HOUR) == first.add(NINE, 20 * p.HOUR)


def test_row_63(world: World) -> None:
    """A due time beyond the last notice is provisional everywhere; a strict calendar refuses it."""
    late = datetime(2026, 12, 31, 16, tzinfo=p.VIETNAM)
    assert OFFICE.allot(late, 8 * p.HOUR).provisional
    assert OFFICE.explain(late, 8 * p.HOUR).provisional
    strict = attrs.evolve(OFFICE, strict=True)
    assert strict.add(late, p.HOUR) == late + p.HOUR
    expect(
        CoverageError,
        lambda: strict.add(late, 8 * p.HOUR),
        says="holidays are known only through 2026-12-31",
    )
    world.hand.at = late
    case = with_officer(world)
    assert case.deadline
    assert case.deadline.provisional
    assert "official" in world.desk.explain(case, lang="en")


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
