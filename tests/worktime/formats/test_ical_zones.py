"""Zones of an iCalendar text: what a name means, and that one odd zone spoils nothing."""

import time
import warnings

import pytest

from phananh.errors import InputError
from tests.worktime.formats.ical_texts import FOREIGN, HALF, OFF, WORKED, calendar

pytest.importorskip("icalendar")
from phananh.worktime.formats.ical import feed_from_ical, notices_from_ical

STANDARD = (
    "BEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:{0}\nTZOFFSETTO:{0}\nEND:STANDARD\n"
)
SAID = "(UTC+07:00) Bangkok\\, Hanoi\\, Jakarta"


def zone(name, body):
    """Return the definition of a zone."""
    return f"BEGIN:VTIMEZONE\nTZID:{name}\n{body}END:VTIMEZONE\n"


def half(name):
    """Return the timed event with its times in a zone of that name."""
    return HALF.replace("Asia/Ho_Chi_Minh", f'"{name}"' if "," in name else name)


def sessions(*parts):
    """Return the sessions of the one day of a text."""
    (notice,) = notices_from_ical(calendar(*parts))
    return [str(part) for part in notice.days[0].sessions]


ODD = {
    "nothing in it": "",
    "no date": STANDARD.format("+0700").replace("DTSTART:19700101T000000\n", ""),
    "no offset": "BEGIN:STANDARD\nDTSTART:19700101T000000\nEND:STANDARD\n",
    "an offset in words": STANDARD.format("seven"),
    "an offset of four days": STANDARD.format("+9900"),
    "a rule nobody knows": STANDARD.format("+0700").replace(
        "END:STANDARD", "RRULE:FREQ=SOMETIMES\nEND:STANDARD"
    ),
    "a change each second": "".join(
        STANDARD.format(offset).replace("END:", "RRULE:FREQ=SECONDLY\nEND:")
        for offset in ("+0700", "+0800")
    ),
    "a date of periods": STANDARD.format("+0700").replace(
        "END:", "RDATE;VALUE=PERIOD:19700101T000000/19700102T000000\nEND:"
    ),
}


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("tzid", ["Odd/Zone", "Asia/Ho_Chi_Minh"])
def test_an_odd_zone_does_not_refuse_the_file(name, tzid):
    """What uses no such zone is read; a known name means what it always does."""
    odd = zone(tzid, ODD[name])
    assert notices_from_ical(calendar(odd, WORKED)) == notices_from_ical(calendar(WORKED))
    assert sessions(odd, HALF) == ["07:30-11:30"]
    nameless = odd.replace(f"TZID:{tzid}\n", "")
    assert sessions(nameless, HALF) == ["07:30-11:30"]


@pytest.mark.parametrize(
    ("name", "offset", "found"),
    [
        ("Office", "+0700", "07:30-11:30"),
        ("Office", "+0900", "05:30-09:30"),
        ("Office", "-0030", "15:00-19:00"),
        ("(UTC+07:00) Bangkok, Hanoi, Jakarta", "+0700", "07:30-11:30"),
        ("/example.org/Office", "+0800", "06:30-10:30"),
        ("Asia/Tokyo", "+0700", "05:30-09:30"),
        ("SE Asia Standard Time", "+0100", "07:30-11:30"),
    ],
)
def test_a_zone_of_the_file_alone_is_that_of_its_one_offset(name, offset, found):
    """Names of the IANA list and of Windows keep their meaning; others are the file's own."""
    assert sessions(zone(name, STANDARD.format(offset)), half(name)) == [found]


def test_one_file_does_not_decide_for_the_next():
    """A name that two files define differently means in each what that file says."""
    for offset, found in (("+0700", "07:30-11:30"), ("+0900", "05:30-09:30")):
        assert sessions(zone("Twice", STANDARD.format(offset)), half("Twice")) == [found]
    with pytest.raises(InputError, match="'Twice' is not a known zone"):
        sessions(half("Twice"))


@pytest.mark.parametrize(
    "parts",
    [
        (zone("Two", STANDARD.format("+0700") + STANDARD.format("+0800")), half("Two")),
        (zone("Two", STANDARD.format("+0700")), zone("Two", STANDARD.format("+0800")), half("Two")),
        (zone("Two", ""), half("Two")),
        (half("Two"),),
    ],
)
def test_a_zone_of_several_offsets_is_refused_where_it_is_used(parts):
    """Which offset holds when is not worked out from a file: the event and property are named."""
    with pytest.raises(InputError, match=r"half@example.vn: DTSTART: 'Two' is not a known zone"):
        notices_from_ical(calendar(*parts))


def test_a_vendors_name_ends_in_that_of_the_list_and_nothing_is_warned_of():
    """The library guesses too, with a warning of its own that is not for our users."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert sessions(half("/citadel.org/20260101_1/Asia/Ho_Chi_Minh")) == ["07:30-11:30"]
        assert sessions(FOREIGN, half("/freeassociation.sourceforge.net/Asia/Tokyo")) == [
            "05:30-09:30"
        ]


def test_an_event_within_a_zone_is_not_lost():
    """What holds more than a zone is left to the library, which refuses or reads it."""
    hidden = calendar(zone("Odd/Zone", STANDARD.format("+0700") + WORKED))
    with pytest.raises(InputError, match="is not iCalendar"):
        notices_from_ical(hidden)
    folded = WORKED.replace("SUMMARY:Làm", "SUMMARY:\u2028BEGIN:VTIMEZONE\n END:VTIMEZONE Làm")
    assert len(notices_from_ical(calendar(folded))) == 1


def test_a_zone_of_many_blanks_is_read_at_once():
    """The name of a zone may end in 40,000 blanks, or hold them."""
    zone = f"BEGIN:VTIMEZONE\nTZID:a{' ' * 40_000}b\nEND:VTIMEZONE\n"
    began = time.process_time()
    assert feed_from_ical(calendar(zone, OFF)).notices
    assert time.process_time() - began < 10
