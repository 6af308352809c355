"""Terms counted by hand with a calendar on the wall: Tết, make-up Saturdays, ends of months."""

from datetime import date, datetime, time

import pytest

from phananh.worktime import NoticeDay, vietnam_calendar
from phananh.worktime.terms import Term
from tests.oracle import terms as oracle
from tests.worktime.calendars import HANOI

# event, term, last day, why
BY_HAND = [
    ("Fri 2026-02-13", "5wd", "Fri 2026-02-27", "Tết is off from 16 to 20 February"),
    ("Wed 2026-02-18", "3wd", "Wed 2026-02-25", "received on the second day of Tết"),
    ("Fri 2026-01-09", "1wd", "Sat 2026-01-10", "that Saturday is worked"),
    ("Fri 2026-01-09", "2wd", "Mon 2026-01-12", "Saturday is the first day"),
    ("Wed 2025-12-31", "2wd", "Tue 2026-01-06", "1 January off, 2 January off by swap"),
    ("Fri 2026-08-21", "1wd", "Sat 2026-08-22", "that Saturday is worked"),
    ("Thu 2026-08-20", "5wd", "Wed 2026-08-26", "Friday, the worked Saturday, then Monday"),
    ("Fri 2026-08-28", "1wd", "Thu 2026-09-03", "31 August off by swap, then National Day"),
    ("Sat 2026-03-14", "2wd", "Tue 2026-03-17", "received on a day off: Monday is the first day"),
    ("Thu 2026-04-23", "3wd", "Wed 2026-04-29", "27 April is a substitute day"),
    ("Wed 2026-04-29", "1wd", "Mon 2026-05-04", "30 April and 1 May are off"),
    ("Fri 2018-12-28", "1wd", "Wed 2019-01-02", "31 December 2018 off by swap"),
    ("Fri 2026-02-06", "10d", "Mon 2026-02-23", "the tenth day falls into Tết"),
    ("Mon 2026-01-05", "5d", "Sat 2026-01-10", "the fifth day is a worked Saturday: it stays"),
    ("Mon 2026-08-17", "5d", "Sat 2026-08-22", "the fifth day is a worked Saturday: it stays"),
    ("Wed 2026-08-26", "5d", "Thu 2026-09-03", "the fifth day is off by swap, before a holiday"),
    ("Mon 2026-03-02", "5d", "Mon 2026-03-09", "an ordinary Saturday gives way to Monday"),
    ("Tue 2025-12-16", "15d", "Wed 2025-12-31", "half a month"),
    ("Fri 2025-08-29", "2w", "Fri 2025-09-12", "the same weekday"),
    ("Thu 2026-04-16", "2w", "Mon 2026-05-04", "30 April is off"),
    ("Thu 2026-01-15", "1mo", "Mon 2026-02-23", "15 February is a Sunday, then Tết"),
    ("Sat 2026-01-31", "1mo", "Mon 2026-03-02", "no 31 February, and the 28th is a Saturday"),
    ("Mon 2024-01-29", "1mo", "Thu 2024-02-29", "2024 has the day"),
    ("Thu 2025-01-30", "1mo", "Fri 2025-02-28", "2025 has not"),
    ("Tue 2026-03-31", "3mo", "Tue 2026-06-30", "no 31 June"),
    ("Thu 2024-02-29", "1y", "Fri 2025-02-28", "a leap day has no counterpart"),
    ("Tue 2023-02-28", "1y", "Wed 2024-02-28", "the same date, although the month is longer"),
    ("Sun 2020-02-02", "6y", "Mon 2026-02-02", "the same date, six years on"),
]
EACH = pytest.mark.parametrize(("event", "term", "last", "why"), BY_HAND)


def day(text: str) -> date:
    """Return a date written with its weekday, which must be right."""
    found = date.fromisoformat(text[4:])
    assert f"{found:%a}" == text[:3]
    return found


@EACH
def test_by_hand(event, term, last, why):
    """The last day is the one counted by hand, and the due instant is its 24:00."""
    expiry = Term.parse(term).expiry(day(event), on=vietnam_calendar("A"))
    assert expiry.last_day == day(last), why
    assert expiry.due.isoformat() == f"{date.fromordinal(day(last).toordinal() + 1)}T00:00:00+07:00"


@EACH
def test_the_oracle_agrees_with_the_hand(event, term, last, why):
    """The walk that the laws are held against finds the same days."""
    if day(event) >= date(2018, 12, 28):
        parsed = Term.parse(term)
        assert oracle.last_day(parsed.count, parsed.unit, day(event)) == day(last), why


def test_a_half_day_is_a_working_day():
    """A day with a morning only counts as one, and closes at noon."""
    morning = NoticeDay(date(2026, 3, 5), "hours", sessions="07:30-11:30")
    office = vietnam_calendar("A", overrides=[morning])
    for ends, due in (
        ("midnight", "2026-03-06T00:00:00+07:00"),
        ("closing", "2026-03-05T11:30:00+07:00"),
    ):
        assert Term.working_days(1, ends=ends).due(date(2026, 3, 4), on=office).isoformat() == due


@pytest.mark.parametrize(
    ("received", "start", "last"),
    [
        ("date", "2026-03-13T23:00", "2026-03-16"),
        ("opening", "2026-03-13T23:00", "2026-03-17"),
        ("opening", "2026-03-13T17:29", "2026-03-16"),
        ("opening", "2026-03-13T17:30", "2026-03-17"),
        ("opening", "2026-03-13T12:00", "2026-03-16"),
        ("opening", "2026-03-14T10:00", "2026-03-17"),
        (time(15), "2026-03-13T15:00", "2026-03-16"),
        (time(15), "2026-03-13T15:01", "2026-03-17"),
        (time(15), "2026-03-14T10:00", "2026-03-17"),
        (time(15), "2026-01-09T15:01", "2026-01-12"),
    ],
)
def test_which_day_an_event_falls_on(received, start, last):
    """A reception out of hours falls on its own date, or, if so chosen, on the next working day."""
    at = datetime.fromisoformat(start).replace(tzinfo=HANOI)
    term = Term.working_days(1, received=received)
    assert term.expiry(at, on=vietnam_calendar("A")).last_day.isoformat() == last


@pytest.mark.parametrize(
    ("term", "event", "last"),
    [
        (Term.working_days(1, counts_first_day=True), "Wed 2026-03-04", "Wed 2026-03-04"),
        (Term.working_days(1, counts_first_day=True), "Sat 2026-03-07", "Mon 2026-03-09"),
        (Term.days(3, counts_first_day=True), "Mon 2026-03-02", "Wed 2026-03-04"),
        (Term.weeks(1, counts_first_day=True), "Tue 2026-03-03", "Mon 2026-03-09"),
        (Term.months(1, counts_first_day=True), "Thu 2026-01-15", "Mon 2026-02-23"),
        (Term.months(1, counts_first_day=True), "Wed 2026-04-01", "Mon 2026-05-04"),
        (Term.months(1, counts_first_day=True), "Tue 2026-03-31", "Mon 2026-05-04"),
        (Term.months(1, counts_first_day=True), "Fri 2026-05-01", "Mon 2026-06-01"),
        (Term.days(1, rolls=False), "Fri 2026-03-06", "Sat 2026-03-07"),
    ],
)
def test_options_of_another_law(term, event, last):
    """The day of the event may count, and a day off may stay the last day."""
    assert term.expiry(day(event), on=vietnam_calendar("A")).last_day == day(last)
