"""An explained term that was tampered with, and what the walk says of it."""

from datetime import date, timedelta

import attrs
import pytest

from phananh.worktime import Notice, NoticeDay, vietnam_calendar
from phananh.worktime.terms import Expiry, Term
from tests.worktime.calendars import FRESH
from tests.worktime.terms.drawn import DAY
from tests.worktime.terms.test_expiry import tet

TICK = timedelta(microseconds=1)


def edited(expiry: Expiry, number: int, **changes: object) -> Expiry:
    """Return an expiry in which one step was tampered with."""
    steps = list(expiry.steps)
    steps[number] = attrs.evolve(steps[number], **changes)
    return attrs.evolve(expiry, steps=steps)


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (lambda e: edited(e, 0, last=date(2026, 2, 14)), "step 1 ends on 2026-02-14"),
        (lambda e: edited(e, 1, last=date(2026, 2, 20)), "step 3 begins on 2026-02-23"),
        (lambda e: edited(e, 1, kind="counted"), "step 2 is counted, but 2026-02-14 is a day off"),
        (lambda e: edited(e, 2, kind="skipped"), "step 3 is skipped, but 2026-02-23 is not a day"),
        (lambda e: edited(e, 2, counted=4), "step 3 counts 4, 5 in all, not 5 and 5"),
        (lambda e: edited(e, 2, total=6), "step 3 counts 5, 6 in all, not 5 and 5"),
        (lambda e: edited(e, 1, days=()), "step 2 does not say why"),
        (
            lambda e: edited(
                e, 1, days=tuple(attrs.evolve(d, en="a storm") for d in e.steps[1].days)
            ),
            "step 2 misstates 2026-02-14",
        ),
        (lambda e: attrs.evolve(e, steps=()), "the days counted do not end on 2026-02-27"),
        (lambda e: attrs.evolve(e, term=Term.working_days(4)), "5 days are counted, the term has"),
        (lambda e: attrs.evolve(e, nominal_day=date(2026, 2, 26)), "the days counted do not end"),
        (lambda e: attrs.evolve(e, last_day=date(2026, 2, 26)), "the last day is 2026-02-27"),
        (lambda e: attrs.evolve(e, due=e.due - TICK), "is not the end of 2026-02-27"),
        (lambda e: attrs.evolve(e, due=e.due + DAY), "is not the end of 2026-02-27"),
        (lambda e: attrs.evolve(e, event_day=date(2026, 2, 12)), "the event is on 2026-02-13"),
        (lambda e: attrs.evolve(e, provisional=True), "provisional is not what the calendar says"),
        (lambda e: attrs.evolve(e, version="0" * 12), "counted on calendar version 000000000000"),
    ],
)
def test_an_edited_account_is_found_out(broken, fault):
    """Whatever part is changed, the walk names the step or the fact that is wrong."""
    assert [said for said in broken(tet()).verify() if fault in said]


@pytest.mark.parametrize(
    ("term", "start", "nominal"),
    [
        (Term.months(1), date(2026, 1, 31), date(2026, 2, 27)),
        (Term.months(1), date(2026, 1, 15), date(2026, 2, 16)),
        (Term.months(1), date(2026, 1, 15), date(2026, 2, 28)),
        (Term.months(1), date(2026, 1, 15), date(2026, 3, 15)),
        (Term.years(1), date(2024, 2, 29), date(2025, 3, 1)),
    ],
)
def test_a_wrong_corresponding_day_is_found_out(term, start, nominal):
    """A month or a year that ends on another number than its own is noticed."""
    expiry = attrs.evolve(term.expiry(start, on=vietnam_calendar("A")), nominal_day=nominal)
    assert f"{nominal} does not correspond to {start}" in expiry.verify()


def test_a_missing_step_is_found_out():
    """Without the days off that moved it, the last day hangs in the air."""
    expiry = Term.days(10).expiry(date(2026, 2, 6), on=vietnam_calendar("A"))
    short = attrs.evolve(expiry, steps=expiry.steps[:-1])
    assert short.verify() == ["the steps do not lead to 2026-02-23"]


def test_a_wrong_closing_is_found_out():
    """An end at closing is held against the sessions of the last day."""
    term = Term.working_days(5, ends="closing")
    expiry = term.expiry(date(2026, 2, 13), on=vietnam_calendar("A"))
    wrong = attrs.evolve(expiry, due=expiry.due - TICK)
    assert wrong.verify() == [f"due {wrong.due} is not the closing of 2026-02-27"]


def test_an_account_on_another_calendar_is_found_out():
    """A term counted before a notice is not right on the calendar after it."""
    notice = Notice("TB mẫu", date(2026, 2, 1), days=[NoticeDay(date(2026, 2, 23), "off")])
    later = attrs.evolve(tet(), on=FRESH["A"](notices=[notice]))
    said = later.verify()
    assert "step 3 is counted, but 2026-02-23 is a day off" in said
    assert any(s.startswith("counted on calendar version") for s in said)
