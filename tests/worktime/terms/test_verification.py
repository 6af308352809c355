"""An explained term that was tampered with, and what the walk says of it."""

from datetime import date, timedelta

import attrs
import pytest

from phananh.worktime import Notice, NoticeDay, vietnam_calendar
from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.terms import Expiry, Term, counting
from tests.worktime.calendars import FRESH
from tests.worktime.terms.drawn import DAY
from tests.worktime.terms.test_expiry import tet

TICK = timedelta(microseconds=1)


def edited(expiry: Expiry, number: int, **changes: object) -> Expiry:
    """Return an expiry in which one step was tampered with."""
    steps = list(expiry.steps)
    steps[number] = attrs.evolve(steps[number], **changes)
    return attrs.evolve(expiry, steps=tuple(steps))


@pytest.mark.parametrize(
    ("broken", "names"),
    [
        (lambda e: edited(e, 0, last=date(2026, 2, 14)), ["steps"]),
        (lambda e: edited(e, 1, last=date(2026, 2, 20)), ["steps"]),
        (lambda e: edited(e, 1, kind="counted"), ["steps"]),
        (lambda e: edited(e, 2, kind="skipped"), ["steps"]),
        (lambda e: edited(e, 2, counted=4), ["steps"]),
        (lambda e: edited(e, 2, total=6), ["steps"]),
        (lambda e: edited(e, 1, days=()), ["steps"]),
        (lambda e: edited(e, 1, days=_misstated(e)), ["steps"]),
        (lambda e: attrs.evolve(e, steps=()), ["steps"]),
        (
            lambda e: attrs.evolve(e, term=Term.working_days(4)),
            ["nominal_day", "last_day", "due", "steps"],
        ),
        (lambda e: attrs.evolve(e, nominal_day=date(2026, 2, 26)), ["nominal_day"]),
        (lambda e: attrs.evolve(e, last_day=date(2026, 2, 26)), ["last_day"]),
        (lambda e: attrs.evolve(e, due=e.due - TICK), ["due"]),
        (lambda e: attrs.evolve(e, due=e.due + DAY), ["due"]),
        (lambda e: attrs.evolve(e, event_day=date(2026, 2, 12)), ["event_day"]),
        (lambda e: attrs.evolve(e, provisional=True), ["provisional"]),
        (lambda e: attrs.evolve(e, version="0" * 12), ["version"]),
    ],
)
def test_an_edited_account_is_found_out(broken, names):
    """Whatever part is changed, the walk says that it is not what the calendar says."""
    assert broken(tet()).verify() == [f"{name}: not what the calendar says" for name in names]


def _misstated(expiry: Expiry) -> tuple[DayInfo, ...]:
    return tuple(attrs.evolve(day, en="a storm") for day in expiry.steps[1].days)


@pytest.mark.parametrize(
    ("term", "start", "wrong"),
    [
        (Term.months(1), date(2026, 1, 31), date(2026, 2, 27)),
        (Term.months(1), date(2026, 1, 15), date(2026, 2, 16)),
        (Term.months(1), date(2026, 1, 15), date(2026, 2, 28)),
        (Term.months(1), date(2026, 1, 15), date(2026, 3, 15)),
        (Term.years(1), date(2024, 2, 29), date(2025, 3, 1)),
    ],
)
def test_a_wrong_count_of_months_is_found_out(term, start, wrong, monkeypatch):
    """The walk does not believe the count that it checks: another corresponding day is noticed."""
    monkeypatch.setattr(counting, "_corresponding", lambda *_: wrong)
    expiry = term.expiry(start, on=vietnam_calendar("A"))
    assert expiry.nominal_day == wrong
    assert "nominal_day: not what the calendar says" in expiry.verify()


def test_an_account_on_another_calendar_is_found_out():
    """A term counted before a notice is not right on the calendar after it."""
    notice = Notice("TB mẫu", date(2026, 2, 1), days=[NoticeDay(date(2026, 2, 23), "off")])
    found = attrs.evolve(tet(), on=FRESH["A"](notices=[notice])).verify()
    assert "steps: not what the calendar says" in found
    assert "version: not what the calendar says" in found
