"""The strategies draw what their docstrings say, and change no setting."""

import subprocess
import sys
from datetime import UTC, date, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given, settings

from phananh import vietnam_calendar
from phananh.testing.strategies import BOUNDARIES, MICROSECOND, TURNING_DAYS, budgets, instants
from tests.testing.strategies.drawn import draw_many

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, LAST = date(2026, 3, 28), date(2026, 3, 30)
HOUR = timedelta(hours=1)


@given(at=instants(first=FIRST, last=LAST, zone=BERLIN, turning_days=[date(2026, 3, 29)]))
@settings(deadline=None)
def test_instants_exist_and_keep_to_their_dates(at):
    """An instant lies on the dates asked for, in the zone asked for, at a time that exists."""
    assert at.tzinfo is BERLIN
    assert FIRST <= at.date() <= LAST
    back = at.astimezone(UTC).astimezone(BERLIN)
    assert (back.replace(tzinfo=None), back.fold) == (at.replace(tzinfo=None), at.fold)


@given(budget=budgets(least=2 * HOUR, most=5 * HOUR))
@settings(deadline=None)
def test_budgets_keep_to_their_bounds(budget):
    """A budget is neither smaller than the least nor larger than the most."""
    assert 2 * HOUR <= budget <= 5 * HOUR


def test_instants_meet_boundaries_and_turning_days():
    """A good part of the instants lies within a microsecond of a boundary, or near a closure."""
    drawn = draw_many(instants())
    near = {day + timedelta(days=step) for day in TURNING_DAYS for step in (-1, 0, 1)}
    ticks = [(at + nudge * MICROSECOND).time() for at in drawn for nudge in (-1, 0, 1)]
    assert sum(tick in BOUNDARIES for tick in ticks) > len(drawn) / 5
    assert sum(at.date() in near for at in drawn) > len(drawn) / 5


def test_the_last_working_day_before_each_tet_is_drawn_for():
    """The eve of every long closure of 2019 to 2026 is a turning day, or next to one."""
    office = vietnam_calendar("A")
    near = {day + timedelta(days=step) for day in TURNING_DAYS for step in (-1, 0, 1)}
    days = [date(2019, 1, 2) + timedelta(days=n) for n in range(8 * 365 + 1)]
    open_days = [day for day in days if office.day(day).sessions]
    eves = [one for one, next_ in pairwise(open_days) if (next_ - one).days > 7]
    assert len(eves) == 8
    assert near >= {*eves}


@given(at=instants(boundaries=[time(22)], turning_days=[]))
@settings(deadline=None)
def test_instants_take_the_boundaries_of_other_offices(at):
    """Without turning days the dates are drawn evenly, and any boundary may be given."""
    assert date(2019, 1, 2) <= at.date() <= date(2026, 12, 31)


def test_importing_the_strategies_loads_no_profile():
    """The settings of Hypothesis are the same before and after the import."""
    code = (
        "from hypothesis import settings; before = settings.default; "
        "import phananh.testing.strategies; assert settings.default is before"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_without_hypothesis_the_extra_is_named():
    """Who imports what is drawn without Hypothesis is told which extra brings it."""
    hide = "import sys; sys.modules['hypothesis'] = None; "
    run = [sys.executable, "-c", f"{hide}import phananh.testing.strategies"]
    told = subprocess.run(run, check=False, capture_output=True, text=True).stderr
    assert 'what is drawn needs the extra "testing"' in told.splitlines()[-1]
