"""Rows 54, 59 and 66: amounts as they are typed, nights, and a file with one bad entry.

Those of calendars alone are in `tests/worktime`.
"""

from datetime import date, datetime

from phananh.worktime import NoticeDay, Timetable, WorkCalendar
from tests.adversarial.world import World, refuse_input
from tests.cli.terminal import run
from tests.desk import people as p


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
