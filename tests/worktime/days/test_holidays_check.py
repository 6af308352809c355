"""A new release of `holidays` that changes a day, or makes a correction needless, fails here."""

from datetime import date
from importlib.metadata import version

import pytest

from phananh.worktime.days.holidays_check import CORRECTIONS, crosscheck, read_package

RELEASE = f"holidays {version('holidays')}"


def changed(day, kind):
    """Return the installed package with one day changed, or forgotten."""

    def package(year):
        days = {d: k for d, k in read_package(year).items() if d != day}
        return days | ({day: kind} if kind and day.year == year else {})

    return package


def test_the_installed_release_differs_where_we_say_and_nowhere_else():
    """Each difference from 2018-12-31 on is a correction with its reason, and each is needed."""
    found = crosscheck()
    assert found.unexplained == (), RELEASE
    assert found.needless == (), RELEASE
    assert {each.date: (each.why_vi, each.why) for each in found.differences} == dict(
        CORRECTIONS
    ), RELEASE


@pytest.mark.parametrize(
    ("day", "kind", "ours", "theirs"),
    [
        (date(2025, 6, 2), "off", "open", "off"),
        (date(2026, 2, 18), None, "off", "open"),
        (date(2025, 4, 26), None, "worked", "off"),
        (date(2019, 1, 12), "worked", "off", "worked"),
        (date(2026, 11, 24), None, "off", "open"),
    ],
)
def test_a_changed_release_is_found(day, kind, ours, theirs):
    """A day off or a worked Saturday that a release gains or loses is a difference without why."""
    found = crosscheck(changed(day, kind))
    assert [(d.date, d.ours, d.package) for d in found.unexplained] == [(day, ours, theirs)]
    assert found.needless == ()


def test_a_correction_that_the_package_has_learnt_is_needless():
    """Once a release has the swap of January 2026, our two entries correct nothing."""
    both = {date(2026, 1, 2): "off", date(2026, 1, 10): "worked"}

    def learnt(year):
        return {**read_package(year), **{d: k for d, k in both.items() if d.year == year}}

    found = crosscheck(learnt)
    assert (found.needless, found.unexplained) == ((date(2026, 1, 2), date(2026, 1, 10)), ())
