"""Timed events whose begin, end or length cannot be the hours of a day."""

import pytest

from phananh.errors import InputError
from phananh.worktime.formats.ical import notices_from_ical
from tests.worktime.formats.ical_texts import HALF, OFF, calendar

START = "DTSTART;TZID=Asia/Ho_Chi_Minh:20261230T073000\n"
END = "DTEND;TZID=Asia/Ho_Chi_Minh:20261230T113000\n"
LATE = "DTSTART:99991231T200000"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (START, "", "DTEND: is missing"),
        (START, "DTEND;VALUE=DATE:20261230\n", "DTEND: 2026-12-30 has no time"),
        (START, END + "DURATION:PT4H\n", "DURATION: is given with DTEND"),
        ("DTSTART;VALUE=TIME:073000\n", END, "DTSTART: datetime.time(7, 30) is not a date"),
        (f"{LATE}Z\n", "DTEND:99991231T210000Z\n", "DTSTART: 9999-12-31 20:00:00+00:00 is outside"),
        (f"{LATE}\n", "DURATION:PT23H\n", "DURATION: 23:00:00 after 9999-12-31 20:00:00"),
        (START, END + "SEQUENCE:-1\n", "SEQUENCE: "),
    ],
)
def test_a_time_that_is_none_is_refused_by_its_property(start, end, said):
    """The message names the event and the property, whatever the other one is."""
    text = calendar(HALF.replace(START, start).replace(END, end))
    with pytest.raises(InputError) as caught:
        notices_from_ical(text)
    assert f"event half@example.vn: {said}" in str(caught.value)


def test_a_swap_is_of_one_day():
    """An event of two days cannot name one day that stands for both."""
    days = "DTSTART;VALUE=DATE:20260102\n"
    both = days + "DTEND;VALUE=DATE:20260104\nX-PHANANH-SWAPPED-WITH:2026-01-10\n"
    with pytest.raises(InputError, match="X-PHANANH-SWAPPED-WITH: is on an event of several days"):
        notices_from_ical(calendar(OFF.replace(days, both)))
