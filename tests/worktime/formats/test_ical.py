"""Notices from iCalendar: what is read, ignored, withdrawn, and where an error points."""

import sys
from datetime import date

import pytest

from phananh.errors import InputError, InputTypeError
from phananh.worktime import NoticeDay
from tests.worktime.formats.ical_texts import FOREIGN, HALF, OFF, WORKED, calendar

pytest.importorskip("icalendar")
from phananh.worktime.formats.ical import feed_from_ical, notices_from_ical

DAYS = (date(2026, 1, 2), date(2026, 1, 10))


def test_a_timed_event_is_a_session_of_its_day():
    """A day with hours of its own has those of its events, and their summary as its reason."""
    afternoon = HALF.replace("T0730", "T1330").replace("T1130", "T1430").replace("half", "more")
    (notice,) = notices_from_ical(calendar(HALF, afternoon))
    (day,) = notice.days
    assert day == NoticeDay(
        date(2026, 12, 30), "hours", sessions="07:30-11:30, 13:30-14:30", note="Chiều họp tổng kết"
    )


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("DTSTART:20261230T003000Z", "DTEND:20261230T043000Z"),
        ("DTSTART:20261230T073000", "DURATION:PT4H"),
        ("DTSTART;TZID=Europe/Berlin:20261230T013000", "DTEND;TZID=Asia/Tokyo:20261230T133000"),
    ],
)
def test_times_are_put_on_the_clock_of_the_office(start, end):
    """The same morning in UTC, floating, or in foreign zones is 07:30-11:30."""
    lines = HALF.splitlines(keepends=True)
    lines[3:5] = [f"{start}\n", f"{end}\n"]
    (notice,) = notices_from_ical(calendar("".join(lines)))
    assert notice.days[0].date == date(2026, 12, 30)
    assert [str(part) for part in notice.days[0].sessions] == ["07:30-11:30"]


def test_an_end_is_exclusive():
    """From 20260316 to 20260319 are three days; a duration of two days is two."""
    three = OFF.replace("20260102", "20260316\nDTEND;VALUE=DATE:20260319")
    two = OFF.replace("20260102", "20260316\nDURATION:P2D")
    assert [d.date.day for d in notices_from_ical(calendar(three))[0].days] == [16, 17, 18]
    assert [d.date.day for d in notices_from_ical(calendar(two))[0].days] == [16, 17]


def test_other_events_are_ignored_and_counted():
    """A feed of public holidays has nothing for us, and says how much it was."""
    feed = feed_from_ical(calendar(FOREIGN, FOREIGN.replace("tet@", "b@"), WORKED, OFF))
    assert (len(feed.notices), feed.ignored) == (1, 2)
    plain = feed_from_ical(calendar(FOREIGN))
    assert (plain.notices, plain.ignored) == ((), 1)


def test_tentative_is_expected_and_cancelled_withdraws():
    """A proposal is only expected; a cancelled event takes its UID out, whatever stood before."""
    tentative = WORKED.replace("CONFIRMED", "TENTATIVE").replace(
        "X-PHANANH-ISSUED:2025-12-25\n", ""
    )
    (notice,) = notices_from_ical(calendar(tentative))
    assert (notice.status, notice.issued) == ("expected", None)
    cancelled = WORKED.replace("CONFIRMED", "CANCELLED").replace("T09", "T10")
    for parts in ((WORKED, cancelled), (cancelled, WORKED), (cancelled,)):
        feed = feed_from_ical(calendar(*parts))
        assert (feed.notices, feed.withdrawn) == ((), ("2026-01-10.worked@example.vn",))


def test_the_newer_of_one_uid_holds():
    """A higher SEQUENCE goes before a later DTSTAMP, in whatever order they stand."""
    moved = WORKED.replace("20260110", "20260117").replace("20260111", "20260118")
    newer = moved.replace("DTSTAMP:2025", "SEQUENCE:2\nDTSTAMP:2024")
    for parts in ((WORKED, newer), (newer, WORKED), (WORKED, moved.replace("T0900", "T0901"))):
        (notice,) = notices_from_ical(calendar(*parts))
        assert [day.date for day in notice.days] == [date(2026, 1, 17)]
    assert notices_from_ical(calendar(WORKED, WORKED)) == notices_from_ical(calendar(WORKED))


def test_a_swap_may_be_named_or_denied():
    """The other day may be named; NONE keeps two days of one document apart."""
    end, more = "END:VEVENT", "X-PHANANH-SWAPPED-WITH:{}\nEND:VEVENT"
    named = [WORKED.replace(end, more.format(DAYS[0])), OFF.replace(end, more.format(DAYS[1]))]
    assert [d.swapped_with for d in notices_from_ical(calendar(*named))[0].days] == [*DAYS[::-1]]
    denied = [part.replace(end, more.format("NONE")) for part in (WORKED, OFF)]
    assert [d.swapped_with for d in notices_from_ical(calendar(*denied))[0].days] == [None, None]


WHOLE = calendar(WORKED, OFF, HALF, FOREIGN)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("DATE:20260110", "DATE:2026011", "2026-01-10.worked@example.vn: DTSTART: "),
        (";VALUE=DATE:20260110", ":20260110T080000", "DTSTART: cannot be read"),
        ("DATE:20260111", "DATE:20260110", "DTEND: 2026-01-10: the event begins on 2026-01-10"),
        ("DATE:20260111", "DATE:20280111", "DTEND: 2028-01-11"),
        ("DATE:20260102", "DATE:99991231", "2026-01-02.off@example.vn: DTSTART"),
        ("PHANANH-WORKED", "PHANANH-WORK", "CATEGORIES: PHANANH-WORK; use one of PHANANH-OFF"),
        ("PHANANH-WORKED", "PHANANH-WORKED,PHANANH-OFF", "CATEGORIES: PHANANH-WORKED, PHANANH"),
        ("CATEGORIES:PHANANH-WORKED\n", "", "CATEGORIES: is missing"),
        ("X-PHANANH-DOCUMENT:CV 12729/VPCP-KGVX\n", "", "X-PHANANH-DOCUMENT: is missing"),
        ("X-PHANANH-ISSUED:2025-12-25\n", "", "X-PHANANH-ISSUED: is missing"),
        ("2025-12-25", "25/12/2025", "X-PHANANH-ISSUED: '25/12/2025' is not a date"),
        ("X-PHANANH-OFFICE", "X-PHANANH-OFICE", "X-PHANANH-OFICE: no such property"),
        ("UID:half@example.vn\n", "", "event number"),
        ("UID:half@example.vn", "UID:u\nSEQUENCE:x", "u: SEQUENCE: cannot be read"),
        ("STATUS:CONFIRMED", "STATUS:MAYBE", "STATUS: MAYBE is unknown"),
        ("DTSTART;TZID=Asia/Ho_Chi_Minh", "DTSTART;TZID=Mars/Base", "'Mars/Base' is not a known"),
        ("T113000", "T073000", "half@example.vn: DTSTART: 07:30-07:30 is empty"),
        ("20261230T113000", "20270105T113000", "half@example.vn: DTSTART: 07:30-155:30 is empty"),
        ("SUMMARY:Chiều", "SUMMARY:S\nSUMMARY:C", "half@example.vn: SUMMARY: is given 2 times"),
        ("STATUS:CONFIRMED", "RRULE:FREQ=YEARLY\nSTATUS:CONFIRMED", "RRULE: is not read here"),
        ("STATUS:CONFIRMED", "X-PHANANH-SWAPPED-WITH:2026-01-03", "but not the other way round"),
        ("DTEND;VALUE=DATE:20260111", "DURATION:PT5H", "DTSTART: cannot be read"),
        ("DTEND;VALUE=DATE:20260111", "DURATION:P9999D", "DTEND: 2053"),
    ],
)  # fmt: skip
def test_an_error_names_file_event_and_property(old, new, said):
    """Whatever is wrong, the message says in which file, which event, and what of it."""
    assert old in WHOLE
    with pytest.raises(InputError) as caught:
        notices_from_ical(WHOLE.replace(old, new, 1), where="x.ics")
    assert str(caught.value).startswith("x.ics: ")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("nothing", "is not iCalendar"),
        ("notices/shared.ics", "give the text of the file, not its path"),
        (WHOLE[: len(WHOLE) // 2], "has no end: the text is cut short"),
        ("BEGIN:VCALENDAR\nBEGIN:VEVENT\n", "VCALENDAR has no end"),
        (WHOLE.replace("SUMMARY:", "SUMMARY ", 1), "worked@example.vn: a line: cannot be read"),
    ],
)
def test_what_is_no_calendar_is_refused(text, said):
    """Broken or cut texts are refused by the file's name."""
    with pytest.raises(InputError) as caught:
        notices_from_ical(text, where="x.ics")
    assert str(caught.value).startswith("x.ics")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    "line",
    [
        "EXDATE;VALUE=DATE:20260102",
        "EXRULE:FREQ=DAILY",
        "RRULE:FREQ=DAILY",
        "RDATE;VALUE=DATE:20260105",
    ],
)
def test_what_adds_or_takes_days_by_a_rule_is_refused(line):
    """An event of ours that recurs is refused, because its other days would be lost."""
    name = line.split(":")[0].split(";")[0]
    with pytest.raises(InputError, match=f"{name}: is not read here"):
        feed_from_ical(calendar(OFF.replace("END", f"{line}\nEND")))


def test_bytes_are_refused():
    """The caller decodes: bytes are a type error."""
    with pytest.raises(InputTypeError):
        notices_from_ical(WHOLE.encode())


def test_lines_may_be_folded_and_end_in_crlf():
    """A folded line, a byte order mark and the line ends of the standard make no difference."""
    folded = WHOLE.replace("CV 12729/VPCP-KGVX", "CV 12729/\n VPCP-KGVX").replace("\n", "\r\n")
    assert notices_from_ical("\ufeff" + folded) == notices_from_ical(WHOLE)


def test_without_the_library_the_extra_is_named(monkeypatch):
    """Who did not install the extra is told which."""
    monkeypatch.setitem(sys.modules, "icalendar", None)
    with pytest.raises(ModuleNotFoundError, match=r"\.\[ical\]"):
        notices_from_ical(WHOLE)
