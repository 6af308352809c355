"""What outsiders write is shown on one line: no error breaks a log or colours a terminal."""

from datetime import UTC, datetime, timedelta

import pytest

from phananh import Person
from phananh.errors import (
    CoverageError,
    InputError,
    NotFoundError,
    PhanAnhError,
    UnknownCalendarError,
    UnknownRulesError,
)
from phananh.worktime import calendar_from_toml

pytest.importorskip("icalendar")
from phananh.worktime.formats.ical import feed_from_ical

EVIL = "a\n2026 CRITICAL \x1b[31m\u2028\u202e\ud800"
CONTROLS = set("\n\r\x1b\u2028\u202e\ud800")


def _event(old="", new=""):
    lines = (
        "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:x", "BEGIN:VEVENT", "UID:u",
        "DTSTART;VALUE=DATE:20260101", "CATEGORIES:PHANANH-OFF", "X-PHANANH-DOCUMENT:d",
        "X-PHANANH-ISSUED:2025-12-25", "SEQUENCE:0", "STATUS:CONFIRMED", "X-PHANANH-KNOWN-ON:",
        "END:VEVENT", "END:VCALENDAR",
    )  # fmt: skip
    return "\n".join(lines).replace(old, new) + "\n"


TOML = """format = 1
name = "x"
zone = "Asia/Ho_Chi_Minh"
base = "none"
[[schedule]]
days = ["mon"]
sessions = ["07:30-11:30"]
from = "01-01"
to = "12-31"
[[notice]]
document = "1/QD"
status = "official"
issued = 2026-01-01
[[notice.day]]
date = 2026-01-05
kind = "off"
"""
TOML_EVIL = '"a\\n2026 CRITICAL \\u001b[31m\\u2028\\u202e"'


@pytest.mark.parametrize(
    "old",
    ["zone", '"none"', '"mon"', '"07:30-11:30"', '"01-01"', '"12-31"', '"official"', '"off"',
     '"Asia/Ho_Chi_Minh"', "document", "base", "2026-01-05"],
)  # fmt: skip
def test_no_key_or_text_of_a_toml_file_breaks_a_line_of_a_log(old):
    """What an outsider writes into a key or a value is shown escaped."""
    with pytest.raises(PhanAnhError) as caught:
        calendar_from_toml(TOML.replace(old, TOML_EVIL, 1))
    _check_is_one_line(caught.value)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("UID:u", "UID:a\\nb\x1b[31m\nX-PHANANH-BAD:1"),
        ("PHANANH-OFF", "PHANANH-\\nb\x1b[31m"),
        ("STATUS:CONFIRMED", "STATUS:a\\nb\x1b[31m"),
        ("SEQUENCE:0", "SEQUENCE:a\\nb\x1b[31m"),
        ("2025-12-25", "a\\nb\x1b[31m"),
        ("KNOWN-ON:", "KNOWN-ON:a\\nb\x1b[31m"),
        ("DOCUMENT:d", "DOCUMENT:a\\nb\x1b[31m\nX-PHANANH-SWAPPED-WITH:2026-01-01"),
        ("VALUE=DATE:20260101", "VALUE=DATE:a\x1b[31m"),
        ("END:VEVENT", "END:a\x1b[31m"),
        ("PRODID:x", "\x1b[31m"),
    ],
)
def test_no_text_of_an_icalendar_file_breaks_a_line_of_a_log(old, new):
    """A UID, a category, a status or a document is shown escaped, wherever it is named."""
    with pytest.raises(PhanAnhError) as caught:
        feed_from_ical(_event(old, new))
    _check_is_one_line(caught.value)


def test_no_name_of_a_calendar_or_file_breaks_a_line_of_a_log():
    """Nor does what a program calls its files, its calendars, its cases or its people."""
    day = datetime(1900, 1, 1, tzinfo=UTC)
    hours = TOML.replace('"x"', TOML_EVIL, 1).replace('base = "none"', "")
    for fails in (
        lambda: calendar_from_toml(hours).add(day, timedelta(hours=1)),
        lambda: calendar_from_toml("a", where=EVIL),
        lambda: feed_from_ical("a\nb", where=EVIL),
        lambda: Person(id=EVIL, role="operator"),
        lambda: Person(id="a", role=EVIL),
    ):
        with pytest.raises(PhanAnhError) as caught:
            fails()
        _check_is_one_line(caught.value)
    for error in EXAMPLES_OF_ERRORS:
        _check_is_one_line(error)


EXAMPLES_OF_ERRORS = (
    InputError(field=EVIL, code="unknown_value", value=EVIL, known=(EVIL,)),
    CoverageError(calendar=EVIL, day="1900-01-01", first="1976-01-01", last="2100-12-31"),
    NotFoundError(key=EVIL),
    UnknownRulesError(rules=EVIL, case=EVIL, known=(EVIL,)),
    UnknownCalendarError(calendars=(EVIL,), cases=(EVIL,), deadlines=1, known=(EVIL,)),
    InputError(field="x", code=EVIL),
)


def test_the_middle_of_a_huge_sentence_is_left_out():
    """A key of 390,000 letters fills no log; the way out at the end is kept."""
    with pytest.raises(PhanAnhError) as caught:
        calendar_from_toml(f'format = 1\n"{"a" * 390_000}" = 1\n')
    assert len(str(caught.value)) < 4_000
    assert str(caught.value).startswith("<text>: aaa")
    assert " ... " in str(caught.value)
    assert "use format, name" in str(caught.value)


def _check_is_one_line(error):
    said = error.as_dict()
    shown = (str(error), error.text("vi"), said["message"], said["problem"], said["way_out"])
    for text in shown:
        assert not set(text) & CONTROLS, ascii(text)
