"""Timetables as text: TOML reads back equal, a repr can be pasted back, errors name their place."""

from datetime import date, timedelta

import pytest
from hypothesis import given, reject, settings, strategies as st

from phananh.errors import InputError, InputTypeError, NoWorkingTimeError
from phananh.worktime import (
    Notice,
    NoticeDay,
    Timetable,
    WorkCalendar,
    calendar_from_toml,
    calendar_to_toml,
    vietnam_calendar,
)
from phananh.worktime.algebra import CombinedTimetable
from phananh.worktime.days.vietnam import VietnamDays
from phananh.worktime.presets import PRESETS
from phananh.worktime.session import Session
from phananh.worktime.timetable import Hours
from tests.worktime.pasted import pasted

A = PRESETS["A"].timetable
DAY_US = 24 * 3600 * 10**6
TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
# A calendar looks from the present outwards for a day on which it opens.
DATES = st.dates(date(2016, 1, 1), date(2036, 12, 31))


@st.composite
def sessions(draw):
    """Draw sessions apart from each other, to the microsecond, the last perhaps into the night."""
    marks = sorted(draw(st.sets(st.integers(0, DAY_US - 1), min_size=1, max_size=6)))
    if len(marks) % 2:
        marks.append(marks[0] + DAY_US - draw(st.integers(0, 1)) * 60)
    if marks[-1] <= marks[-2]:
        marks = marks[:-2]
    pairs = zip(marks[::2], marks[1::2], strict=True)
    return [Session(timedelta(microseconds=a), timedelta(microseconds=b)) for a, b in pairs]


OWN = st.builds(
    lambda day, kind, parts, note: NoticeDay(
        day,
        kind if parts or kind != "hours" else "off",
        None,
        parts if kind == "hours" else (),
        note,
    ),
    DATES,
    st.sampled_from(["off", "worked", "hours"]),
    sessions(),
    TEXTS,
)


@st.composite
def timetables(draw):
    """Draw timetables of several hours, with seasons, dates, own days and any source."""
    first = draw(DATES)
    bounds = draw(st.sampled_from([(None, None), (first, None), (None, first), (first, first)]))
    season = draw(
        st.sampled_from([None, ("04-16", "10-15"), ("10-16", "04-15"), ("02-29", "02-29")])
    )
    weekdays = sorted(draw(st.sets(st.integers(0, 5), min_size=1)))
    day = [part for part in draw(sessions()) if part.close <= timedelta(days=1)]
    hours = [
        Hours(
            days=weekdays, sessions=day, season=season, effective_from=bounds[0],
            effective_to=bounds[1], source=draw(TEXTS),
        ),
        Hours(days="sun", sessions=draw(sessions())[:1], source=draw(TEXTS)),
    ]  # fmt: skip
    own = {one.date: one for one in draw(st.lists(OWN, max_size=3))}
    try:
        return Timetable(
            hours=hours[: draw(st.integers(0 if own else 1, 2))], overrides=own.values(),
            source=draw(TEXTS), source_en=draw(TEXTS),
        )  # fmt: skip
    except InputError:  # Sunday's night runs into Monday's hours
        return Timetable(hours=hours[:1])


def _calendar(timetable):
    try:
        return WorkCalendar(timetable=timetable, days=None)
    except NoWorkingTimeError:
        reject()


@given(timetable=timetables())
@settings(deadline=None, max_examples=60)
def test_a_timetable_reads_back_equal(timetable):
    """Every field survives TOML, writing again gives the same text, and the repr is code."""
    calendar = _calendar(timetable)
    text = calendar_to_toml(calendar)
    found = calendar_from_toml(text)
    assert (found, calendar_to_toml(found), pasted(timetable)) == (calendar, text, timetable)
    assert hash(found.timetable) == hash(timetable)


@given(part=st.lists(timetables(), min_size=2, max_size=3))
@settings(deadline=None, max_examples=20)
def test_what_is_put_together_reads_back_too(part):
    """Nested operations keep their parts, their order and their sources."""
    made = CombinedTimetable("union", (CombinedTimetable("difference", part), A))
    assert calendar_from_toml(calendar_to_toml(_calendar(made))).timetable == made
    assert pasted(made) == made


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_calendar_reads_back_equal(name):
    """The calendar of each preset, strict or not, survives TOML and has the same version."""
    for options in ({}, {"strict": True, "expected": True}):
        calendar = vietnam_calendar(name, **options)
        found = calendar_from_toml(calendar_to_toml(calendar))
        assert ((found, found.version), pasted(calendar)) == (
            (calendar, calendar.version),
            calendar,
        )


def test_a_calendar_with_everything_reads_back_equal():
    """Own days of the office, of its timetable, and notices stand in one file."""
    half = NoticeDay(
        date(2026, 12, 30), "hours", sessions="07:30-11:30", note='nửa ngày "cuối năm"'
    )
    fair = NoticeDay(date(2026, 9, 18), "off", note="hội làng")
    moved = Notice(
        "15/TB-UBND", date(2026, 9, 1), "official",
        [
            NoticeDay(date(2026, 9, 11), "off", date(2026, 9, 12)),
            NoticeDay(date(2026, 9, 12), "worked", date(2026, 9, 11)),
        ],
    )  # fmt: skip
    calendar = WorkCalendar(
        timetable=Timetable(hours=PRESETS["A"].timetable.hours, overrides=[fair]),
        name="Sở mẫu", notices=[moved], overrides=[half], known_through=date(2026, 11, 30),
    )  # fmt: skip
    found = calendar_from_toml(calendar_to_toml(calendar))
    assert (found, found.version) == (calendar, calendar.version)
    assert [found.day(day).kind for day in (fair.date, half.date, moved.days[1].date)] == [
        "off", "hours", "worked",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "session"),
    [
        ("07:30-11:30", (7.5, 11.5)),
        ("22:00-06:00", (22, 30)),
        ("07:00-07:00+1", (7, 31)),
        ("22:00-06:00+1", (22, 30)),
        ("00:00-24:00", (0, 24)),
    ],
)
def test_sessions_are_read_as_they_are_written(text, session):
    """A night closes on the next day; a whole day that starts at 07:00 has to say so."""
    opening, close = (timedelta(hours=1) * part for part in session)
    assert Session.parse(text) == Session(opening, close)
    assert Session.parse(str(Session(opening, close))) == Session(opening, close)


def test_a_session_of_fractions_reads_back():
    """Microseconds stand after the seconds."""
    odd = Session(timedelta(microseconds=1), timedelta(hours=1, seconds=5, microseconds=250_000))
    assert (str(odd), Session.parse(str(odd))) == ("00:00:00.000001-01:00:05.25", odd)


@pytest.mark.parametrize(
    "text", ["07:30", "07:30-07:30", "24:00-06:00", "07:00-24:00+1", "7-9", ""]
)
def test_what_is_no_session_is_refused(text):
    """An empty session, one of two days, and what is no clock time are refused."""
    with pytest.raises(InputError):
        Session.parse(text)


HEAD = "format = 1\n"
WEEK = '[[schedule]]\ndays = ["mon"]\nsessions = ["08:00-09:00"]\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (HEAD + 'nam = "A"\n' + WEEK, "x.toml: nam: 'A': no such key; use format, name"),
        (HEAD + 'hours = "B"', "x.toml: hours: 'B' is unknown"),
        (HEAD + 'op = "union"\n', "x.toml: part: is missing"),
        (
            HEAD + 'op = "or"\n[[part]]\nhours = "A"\n[[part]]\nhours = "VP"',
            "x.toml: op: 'or' is unk",
        ),
        (
            HEAD + 'op = "union"\nhours = "A"\n[[part]]\nhours = "A"',
            "x.toml: hours: cannot be used wi",
        ),
        (
            HEAD + 'op = "difference"\n[[part]]\nhours = "A"\n[[part]]\n[[part.span]]\nfrom = 5',
            "x.toml: part[2].span[1].from: 5 is not a date and time",
        ),
        (
            HEAD + 'op = "union"\n[[part]]\nhours = "A"\n[[part]]\nzone = "UTC"\nhours = "A"',
            "x.toml: part[2].zone: cannot be used with name",
        ),
        (
            HEAD + WEEK + '[[override]]\ndate = 2026-03-04\nkind = "hours"',
            "x.toml: override[1].sessions: 2026-03-04 has hours of its own",
        ),
    ],
)
def test_errors_name_file_table_key_and_value(text, message):
    """Each message says where the text is wrong, from the file down to the key."""
    with pytest.raises(InputError) as caught:
        calendar_from_toml(text, where="x.toml")
    assert message in str(caught.value)


def test_a_calendar_file_has_one_timetable():
    """A table `timetable` and hours beside it contradict each other."""
    text = HEAD + 'hours = "A"\n[timetable]\nhours = "VP"\n'
    with pytest.raises(InputError, match=r"y\.toml: hours: cannot be used with timetable"):
        calendar_from_toml(text, where="y.toml")
    assert (
        calendar_from_toml(HEAD + '[timetable]\nhours = "VP"\n').timetable
        == PRESETS["VP"].timetable
    )
    with pytest.raises(InputTypeError, match=r"y\.toml: is not a text"):
        calendar_from_toml(b"format = 1", where="y.toml")


def test_public_days_with_other_notices_cannot_be_written():
    """What TOML cannot hold is refused, not lost."""
    calendar = WorkCalendar(timetable=A, days=VietnamDays(known_from=date(2020, 1, 1)))
    with pytest.raises(InputError, match="vn-public are your own public days"):
        calendar_to_toml(calendar)
