"""Texts made to be expensive are refused by a stated limit, in under a second of work."""

import inspect
import sys
import time
import tomllib
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from phananh.errors import InputError, NoWorkingTimeError, short_repr
from phananh.worktime import Term, calendar_from_toml, notices_from_toml, timetable_from_toml
from phananh.worktime.formats import toml_limits

HEAD = 'format = 1\nname = "x"\n'
BRACKETS = "[" * 100_000
DAYS = [date(2000, 1, 1) + timedelta(days=n) for n in range(6_000)]


def _second(n):
    return f"{n // 3600:02d}:{n // 60 % 60:02d}:{n % 60:02d}"


def _sessions(number):
    texts = ", ".join(f'"{_second(n)}-{_second(n)}.5"' for n in range(number))
    return f'{HEAD}[[schedule]]\ndays = ["mon-fri"]\nsessions = [{texts}]\n'


def _overrides(number):
    rows = (f'[[override]]\ndate = {day}\nkind = "off"\n' for day in DAYS[:number])
    return f'{HEAD}hours = "A"\n' + "".join(rows)


EXPENSIVE = {
    "a key of 195,000 parts": ("a" + ".a" * 195_000 + " = 1", "toml_too_deep", 16),
    "a quoted one": ('"a"' + '."a"' * 90_000 + " = 1", "toml_too_deep", 16),
    "one in a table in a line": ("x = {a" + ".a" * 190_000 + " = 1}", "toml_too_deep", 16),
    "a table's name of many parts": ("[a" + ".a" * 190_000 + "]", "toml_too_deep", 16),
    "a key of 390,000 letters": ("a" * 390_000 + " = 1", "toml_long_word", 200),
    "a number of 5,000 digits": ("format = " + "9" * 5_000, "toml_long_word", 200),
    "one in hexadecimal": ("format = 0x" + "f" * 100_000, "toml_long_word", 200),
    "100,000 brackets": (f"x = {BRACKETS}", "toml_too_deep", 16),
    "100,000 brackets on lines of their own": ("x = " + "[\n" * 100_000, "toml_too_deep", 16),
    "100,000 tables in tables": ("x = " + "{a=" * 100_000, "toml_too_deep", 16),
    "a key behind four quotation marks": (
        'format = 1\nx = """a"""" # \\\na' + ".a" * 40_000 + " = 1\n", "toml_too_deep", 16,
    ),
    "one behind four apostrophes": (
        "format = 1\nx = { y = '''a'''', a" + ".a" * 40_000 + " = 1 }\n", "toml_too_deep", 16,
    ),
    "brackets behind five apostrophes": (
        "format = 1\nx = [ '''a''''', " + "[" * 5_000 + "]" * 5_000 + " ]\n", "toml_too_deep", 16,
    ),
    "tables in tables behind four": (
        "format = 1\nx = [ '''a'''', " + "{a=" * 5_000 + "1" + "}" * 5_000 + " ]\n",
        "toml_too_deep", 16,
    ),
    "a number behind four": (
        "format = 1\nx = [ '''a'''', " + "9" * 50_000 + " ]\n", "toml_long_word", 200,
    ),
    "86,400 sessions": (_sessions(86_400), "toml_too_long", 400_000),
    "a notice behind the end of what is read": (
        f'{HEAD}hours = "A"\n' + "#\n" * 200_000 + _overrides(1), "toml_too_long", 400_000,
    ),
    "17,000 sessions": (_sessions(17_000), "too_many_sessions", 100),
    "6,000 days": (_overrides(6_000), "too_many_tables", 5_000),
    "401 schedules": (
        HEAD + '[[schedule]]\ndays = []\nsessions = []\n' * 401, "too_many_tables", 400,
    ),
    "13 parts": (f'{HEAD}op = "union"\n' + '[[part]]\nhours = "A"\n' * 13, "too_many_parts", 12),
    "parts of parts": (
        f'{HEAD}op = "union"\n' + ('[[part]]\nop = "union"\n' + '[[part.part]]\n' * 4) * 3,
        "too_many_parts", 12,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPENSIVE)
def test_what_is_too_large_is_refused_at_once(name):
    """The limit is named, and reached before the work is done."""
    text, code, most = EXPENSIVE[name]
    began = time.process_time()
    with pytest.raises(InputError) as caught:
        calendar_from_toml(text, where="lịch.toml")
    assert time.process_time() - began < 10
    assert (caught.value.code, caught.value.facts["most"]) == (code, most)
    assert f"{most}" in caught.value.text("vi")
    assert caught.value.field.startswith("lịch.toml")


def test_the_limit_itself_is_read():
    """One less than too many is read as ever."""
    calendar = calendar_from_toml(_sessions(toml_limits.DEEPEST))
    assert len(calendar.day(date(2026, 3, 4)).sessions) == 16
    assert len(calendar_from_toml(_overrides(5_000)).overrides) == 5_000
    parts = f'{HEAD}op = "union"\n' + '[[part]]\nhours = "A"\n' * 12
    assert len(timetable_from_toml(parts.replace(HEAD, "format = 1\n")).parts) == 12
    filler = toml_limits.LARGEST - len(_overrides(1))
    assert len(calendar_from_toml(_overrides(1) + "\n" * filler).overrides) == 1


def test_strings_and_comments_may_say_anything():
    """Dots, brackets and long words within quotes count for nothing."""
    text = f"""format = 1
[[notice]]  # {"." * 99} {"[" * 99} '''
document = 'a "b" # {"." * 99}'
issued = 2026-01-01
note = '''{"[" * 99}
"{"x" * 999}
'''
source = \"\"\"{"{" * 99} \\" ' {"." * 99}\"\"\"
[[notice.day]]
date = 2026-03-04
kind = "off"
"""
    notice = notices_from_toml(text)[0]
    assert notice.source.endswith("." * 99)
    assert notice.document.startswith('a "b" #')


PIECES = st.sampled_from(
    ["a", "=", ".", "[", "]", "{", "}", "#", "\n", "\\", " ", ",", "1"]
    + ["'" * n for n in range(1, 7)]
    + ['"' * n for n in range(1, 7)]
)


@given(values=st.lists(st.lists(PIECES, max_size=6).map("".join), min_size=1, max_size=3))
@settings(max_examples=300)
def test_the_guard_and_the_reader_end_strings_at_the_same_place(values):
    """No string, however many marks end it, hides a key of many parts that is read."""
    text = "\n".join(f"k{n} = {value}" for n, value in enumerate(values))
    hidden = f"{text}\na{'.a' * 20} = 1\n"
    try:
        read = tomllib.loads(hidden)
    except tomllib.TOMLDecodeError:
        return
    assert "a" not in read or _is_refused(hidden)


def _is_refused(text):
    try:
        toml_limits.check_size(text, "x")
    except InputError as error:
        return error.code == "toml_too_deep"
    return False


DEEP = pytest.mark.parametrize(
    "text", ["a" + ".a" * 3_000 + " = 1", "x = " + "[" * 3_000 + "]" * 3_000]
)


@contextmanager
def _recursion_limit(frames):
    """Let Python count so many frames more than there are now."""
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack(0)) + frames)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)


@DEEP
def test_what_is_deeper_than_python_counts_is_no_error_of_pythons(monkeypatch, text):
    """Even where the guard let such a text by, it would be refused as one that cannot be read."""
    monkeypatch.setattr(toml_limits, "DEEPEST", 10_000)
    with _recursion_limit(500), pytest.raises(InputError, match="is not TOML"):
        calendar_from_toml(text)


@DEEP
@pytest.mark.parametrize("frames", [500, 100_000])
def test_what_is_too_deep_is_refused_whatever_python_counts(text, frames):
    """A process that lets Python recurse deeper reads no deeper texts."""
    with _recursion_limit(frames), pytest.raises(InputError) as caught:
        calendar_from_toml(text)
    assert caught.value.code == "toml_too_deep"


def test_a_line_is_named_behind_strings_of_many_lines():
    """The line that goes beyond a limit is that of the text, not of what is left of it."""
    text = "a = '''\n\n\n'''\nb = " + "9" * 300
    with pytest.raises(InputError, match="line 5 has a key or number of 300 characters"):
        calendar_from_toml(text)


def test_a_value_that_cannot_be_shown_is_still_refused():
    """A number of 5,000 digits stands in a message by its type."""
    assert (short_repr(10**5_000), short_repr([10**5_000])) == ("<int>", "<list>")
    with pytest.raises(InputError, match="<int> is not a term"):
        Term.days(-(10**5_000))


def test_many_seasons_are_compared_in_no_time():
    """A schedule for each year, or for each day of the year, took three minutes to compare."""
    began = time.process_time()
    years = "".join(
        f'[[schedule]]\ndays = ["mon"]\nsessions = ["07:00-08:00"]\n'
        f"effective_from = {year}-01-01\neffective_to = {year}-12-31\n"
        for year in range(1910, 2190)
    )
    assert len(timetable_from_toml(f"format = 1\n{years}").hours) == 280
    with pytest.raises(NoWorkingTimeError):
        calendar_from_toml(HEAD + '[[schedule]]\ndays = []\nsessions = ["07:00-08:00"]\n' * 400)
    assert time.process_time() - began < 10
