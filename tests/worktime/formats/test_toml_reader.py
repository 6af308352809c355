"""Calendars written in TOML: what is read, and where an error points."""

from datetime import date

import pytest

from phananh.errors import InputError
from phananh.worktime import calendar_from_toml, vietnam_calendar

TEXT = """
format = 1
name = "office"
zone = "Asia/Ho_Chi_Minh"
base = "vn-public"
known_through = 2026-12-31
[[schedule]]
from = "10-16"
to = "04-15"
days = ["mon", "tue", "wed", "thu", "fri"]
sessions = ["07:30-12:00", "13:00-16:30"]
source = "QĐ 873/2020"
[[schedule]]
from = "04-16"
to = "10-15"
days = ["mon-fri"]
sessions = ["07:00-11:30", "13:30-17:00"]
source = "QĐ 873/2020"
[[notice]]
document = "CV 12729/VPCP-KGVX"
issued = 2025-12-25
status = "official"
[[notice.day]]
date = 2026-01-02
kind = "off"
swapped_with = 2026-01-10
[[notice.day]]
date = 2026-01-10
kind = "worked"
swapped_with = 2026-01-02
"""


def test_a_text_gives_the_calendar_it_describes():
    """The timetable of VP written in TOML has the version of the preset."""
    calendar = calendar_from_toml(TEXT)
    assert (calendar.name, calendar.version) == ("office", vietnam_calendar("VP").version)


def test_a_preset_may_stand_for_the_schedule():
    """A file that only adds days names the hours by their preset."""
    calendar = calendar_from_toml(
        'format = 1\nhours = "A"\n[[override]]\ndate = 2026-03-04\nkind = "hours"\n'
        'sessions = ["08:00-09:00"]\nnote = "họp"\n'
    )
    info = calendar.day(date(2026, 3, 4))
    assert (info.kind, info.vi) == ("hours", "họp")


def test_a_calendar_may_have_no_country():
    """With base none there are no public days, in any zone."""
    calendar = calendar_from_toml(
        'format = 1\nzone = "Europe/Berlin"\nbase = "none"\n[[schedule]]\n'
        'days = ["mon-sun"]\nsessions = ["00:00-24:00"]\neffective_from = 2020-01-01\n'
    )
    assert calendar.days is None
    assert calendar.day(date(2026, 1, 1)).kind == "open"


@pytest.mark.parametrize(
    ("old", "new", "where"),
    [
        ("known_through", "know_through", "x.toml: know_through: "),
        ('"worked"', '"wrk"', "x.toml: notice[1].day[2].kind: 'wrk'"),
        ("07:00-11:30", "07:00-25:30", "x.toml: schedule[2].sessions: '07:00-25:30'"),
        ("format = 1", "format = 2", "x.toml: format: 2"),
        ("format = 1", "", "x.toml: format: is missing"),
        ('document = "CV 12729/VPCP-KGVX"', "", "x.toml: notice[1].document: is missing"),
        ('to = "04-15"', "", "x.toml: schedule[1].to: is missing"),
        ('from = "04-16"', 'from = "04-15"', "x.toml: timetable: two sets of hours"),
        ("issued = 2025-12-25", "issued = 3", "x.toml: notice[1].issued: 3 is not a date"),
        ("issued = 2025-12-25", "issued = 2025-12-25T00:00:00", "x.toml: notice[1].issued: "),
        ("date = 2026-01-10", "date = 2026-01-11", "x.toml: notice[1].swapped_with: "),
        ("vn-public", "vn", "x.toml: base: 'vn' is unknown"),
        ("Asia/Ho_Chi_Minh", "Asia/Hoa_Binh", "x.toml: zone: 'Asia/Hoa_Binh'"),
        ('name = "office"', "name = 5", "x.toml: name: 5 is not a text"),
        ('name = "office"', "strict = 1", "x.toml: strict: 1 is not a boolean"),
        ('name = "office"', 'hours = "A"', "x.toml: schedule: cannot be used with hours"),
        ('["mon-fri"]', '["mon-fry"]', "x.toml: schedule[2].days: 'mon-fry'"),
    ],
)
def test_an_error_points_at_file_table_and_key(old, new, where):
    """Whatever is wrong, the message says in which file, table and key."""
    with pytest.raises(InputError) as caught:
        calendar_from_toml(TEXT.replace(old, new, 1), where="x.toml")
    assert str(caught.value).startswith(where)


@pytest.mark.parametrize("text", ["format = ", "[[", "a = 1\na = 2", "[" * 9])
def test_what_is_no_toml_is_refused(text):
    """A text that is no TOML is an input error, with the parser's words."""
    with pytest.raises(InputError, match="is not TOML"):
        calendar_from_toml(text)
