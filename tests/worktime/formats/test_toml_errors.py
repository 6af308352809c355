"""What is wrong in a file is told by the keys of that file, and with what to write instead."""

import time

import pytest

from phananh.errors import InputError, NoWorkingTimeError
from phananh.worktime import calendar_from_toml

HEAD = "format = 1\n"
WEEK = '[[schedule]]\ndays = ["mon"]\nsessions = ["08:00-09:00"]\n'
NOTICE = '[[notice]]\ndocument = "1/TB"\nissued = 2026-03-02\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('hours = "A"\nknown_through = "2026-12-31"', "known_through: '2026-12-31' is not a date; "
         "write known_through = 2026-03-04"),
        ('hours = "A"\nstrict = "yes"', "strict: 'yes' is not a boolean; write strict = true"),
        ("hours = 5", 'hours: 5 is not a text; write hours = "A"'),
        ("name = 5", 'name: 5 is not a text; write name = "..."'),
        ("timetable = 5", "timetable: 5 is not a table; write [timetable]"),
        ('[schedule]\ndays = ["mon"]', "schedule: {'days': ['mon']} is not a list; "
         "write [[schedule]]"),
        ('[notice]\ndocument = "1"', "notice: {'document': '1'} is not a list; write [[notice]]"),
        (WEEK.replace('["mon"]', '"mon"'), "schedule[1].days: 'mon' is not a list; "
         'write days = ["mon-fri"]'),
        (WEEK + "from = 2026-10-16", "schedule[1].from: 2026-10-16 is not a text; "
         'write from = "10-16"'),
        (WEEK + 'from = "10-16"', 'schedule[1].to: is missing; write from = "10-16", '
         'to = "04-15"'),
        (WEEK + 'to = "10-16"', 'schedule[1].from: is missing; write from = "10-16", '
         'to = "04-15"'),
        (WEEK + 'from = "13-16"\nto = "04-15"', "schedule[1].season: '13-16' is not a day of the "
         'year; write "10-16"'),
        (WEEK + 'from = "10-16"\nto = "04-31"', "schedule[1].season: '04-31' is not a day of the "
         'year; write "10-16"'),
        ('op = "union"\n' + "".join(f"[[part{'.part' * n}]]\nop = 'union'\n" for n in range(100)),
         f"{'part[1].' * 51}part: is nested too deeply; use fewer levels"),
        ('op = "union"\n[[part]]\nhours = "A"', "part: union of 1 part; give two or more"),
        ('op = "difference"\n[[part]]\nhours = "A"\n[[part]]\n[[part.span]]\n'
         "from = 2026-03-04T11:00:00+07:00\nto = 2026-03-04T10:00:00+07:00",
         "part[2].span[1].to: ends at 2026-03-04 10:00:00+07:00, before it starts: "
         "2026-03-04 11:00:00+07:00"),
        ('hours = "A"\n' + '[[override]]\ndate = 2026-03-04\nkind = "off"\n' * 2
         + 'note = "họp"', "override: two overrides for 2026-03-04; give the day once"),
        ('hours = "A"\n' + NOTICE + '[[notice.day]]\ndate = 1926-03-04\nkind = "off"',
         "notice[1].issued: 2026-03-02 is more than two years after 1926-03-04, the last day that "
         "the notice is about; check both years"),
    ],
)  # fmt: skip
def test_a_message_names_the_key_and_what_to_write(text, message):
    """The key is one that the file knows, and the way out can be typed as it stands."""
    with pytest.raises(InputError) as caught:
        calendar_from_toml(HEAD + text, where="x.toml")
    assert str(caught.value) == f"x.toml: {message}"


@pytest.mark.parametrize(
    ("text", "en", "vi"),
    [
        (
            "schedule = []",
            "x.toml: the calendar has no working time",
            "x.toml: lịch không có giờ làm việc nào",
        ),
        (
            'op = "difference"\n[[part]]\nhours = "A"\n[[part]]\nhours = "A"',
            "x.toml: the difference leaves no working time",
            "x.toml: phép difference không để lại giờ làm việc nào",
        ),
        (
            'op = "union"\n[[part]]\nname = "a"\nschedule = []\n[[part]]\nname = "b"\nhours = "A"',
            "x.toml: part[1]: the calendar has no working time",
            "x.toml: part[1]: lịch không có giờ làm việc nào",
        ),
    ],
)
def test_a_file_that_never_opens_is_named(text, en, vi):
    """Of several files the one is named that has no working time."""
    with pytest.raises(NoWorkingTimeError) as caught:
        calendar_from_toml(HEAD + text, where="x.toml")
    assert str(caught.value) == f"{en}; give the calendar at least one session that recurs"
    assert caught.value.text("vi").startswith(vi)


@pytest.mark.parametrize("text", [
    'x = "' + "\\" * 1_000_000, 'x = """' + "\\\n" * 500_000, '"' + "\\" * 1_000_000,
    "x = '" + "a" * 1_000_000, f"{'a.' * 500_000}a = 1", f"x = {{{'a.' * 500_000}a = 1}}",
    '"\u2028".' * 4_000 + "a = 1", "".join(f"x{n}.{'a.' * 900}a = 1\n" for n in range(20)),
])  # fmt: skip
def test_a_broken_file_of_a_megabyte_is_refused_at_once(text):
    """An unterminated string, backslashes at its end and keys of many parts take no minutes."""
    begun = time.process_time()
    with pytest.raises(InputError, match="is not TOML"):
        calendar_from_toml(HEAD + text)
    assert time.process_time() - begun < 30  # what takes quadratic time takes hours
