"""Notices that contradict each other: the later issued wins, and it is said."""

from datetime import date

import pytest

from phananh.errors import InputError
from phananh.worktime import Notice, NoticeDay, Timetable, WorkCalendar, vietnam_calendar

DAY = date(2026, 3, 4)


def said(document, issued, kind, status="official"):
    """Return a notice about one day."""
    return Notice(document, issued, status, days=[NoticeDay(DAY, kind)])


EARLY, LATE = said("1/TB", date(2026, 2, 1), "off"), said("2/TB", date(2026, 2, 2), "worked")


@pytest.mark.parametrize("notices", [[EARLY, LATE], [LATE, EARLY]])
def test_the_later_wins_and_it_is_said(notices):
    """The date is the later notice's, and the calendar names both."""
    calendar = vietnam_calendar("A", notices=notices)
    assert calendar.day(DAY).source == "2/TB"
    (found,) = calendar.contradictions
    assert (found.date, found.holds.notice, found.yields.notice) == (DAY, LATE, EARLY)
    assert found.text() == (
        "2026-03-04: 2/TB of 2026-02-02 (worked) applies, not 1/TB of 2026-02-01 (off)"
    )
    assert found.text("vi") == (
        "04/03/2026: 2/TB ngày 02/02/2026 (làm việc) thay cho 1/TB ngày 01/02/2026 (nghỉ)"
    )


@pytest.mark.parametrize("issued", [date(2026, 3, 5), date(2027, 3, 4)])
def test_what_was_issued_after_the_day_does_not_win(issued):
    """A date is what a notice said by then, whatever one with a mistyped or later date says."""
    calendar = vietnam_calendar("A", notices=[said("9/TB", issued, "worked"), EARLY])
    assert calendar.day(DAY).source == "1/TB"
    (found,) = calendar.contradictions
    assert (found.holds.notice.document, found.yields.notice.document) == ("1/TB", "9/TB")
    assert vietnam_calendar("A", notices=[said("9/TB", issued, "off")]).day(DAY).source == "9/TB"


def test_the_days_of_the_country_are_contradicted_too():
    """A paper of the office against a notice of the country is told, and without one nothing is."""
    worked = Notice("1/TB", date(2026, 1, 5), days=[NoticeDay(date(2026, 1, 10), "off")])
    (found,) = vietnam_calendar("A", notices=[worked]).contradictions
    assert (found.holds.notice, found.yields.notice.document) == (worked, "CV 12729/VPCP-KGVX")
    assert WorkCalendar(timetable=Timetable.weekly("08:00-12:00"), days=None).contradictions == ()


def test_only_what_differs_from_the_last_word_contradicts_it():
    """Of three notices the last agrees with the first: only the second yields."""
    last = said("3/TB", date(2026, 2, 3), "off")
    found = vietnam_calendar("A", notices=[EARLY, LATE, last]).contradictions
    assert [(c.holds.notice.document, c.yields.notice.document) for c in found] == [
        ("3/TB", "2/TB")
    ]


def test_what_agrees_or_is_only_expected_is_no_contradiction():
    """Two papers that say the same agree; a proposal contradicts nothing."""
    same, proposal = said("3/TB", date(2026, 2, 3), "off"), said("4", None, "worked", "expected")
    assert vietnam_calendar("A", notices=[EARLY, same, proposal]).contradictions == ()


def test_of_one_date_both_are_named_and_refused():
    """Nobody can say which of two notices of one day holds."""
    with pytest.raises(InputError, match="1/TB and 3/TB, both issued 2026-02-01"):
        vietnam_calendar("A", notices=[EARLY, said("3/TB", date(2026, 2, 1), "worked")])
