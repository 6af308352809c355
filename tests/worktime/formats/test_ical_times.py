"""Timed events whose begin, end or length cannot be the hours of a day."""

import pytest

from phananh.errors import InputError
from phananh.worktime.formats.ical import notices_from_ical
from tests.worktime.formats.ical_texts import HALF, OFF, calendar

START = "DTSTART;TZID=Asia/Ho_Chi_Minh:20261230T073000\n"
END = "DTEND;TZID=Asia/Ho_Chi_Minh:20261230T113000\n"


@pytest.mark.parametrize(
    ("start", "end", "said"),
    [
        (START, "", "DTSTART: 07:30-07:30 is empty"),
        (START, "DTEND;VALUE=DATE:20261230\n", "DTSTART: cannot be read"),
        (START, END + "DURATION:PT4H\n", "DTSTART: cannot be read"),
        ("DTSTART;VALUE=DATE:20261230\n", "", "DTSTART: 2026-12-30 has no time"),
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
