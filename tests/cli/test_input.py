"""What is typed or read is understood as people write it, and refused in one line."""

import time

import pytest

from phananh.cli.base import CommandError
from phananh.cli.input import LARGEST, parse_budget, parse_day, parse_day_or_instant, parse_instant
from tests.cli.terminal import run

DUE = "2026-02-24T08:00:00\n"


@pytest.mark.parametrize(
    "start",
    [
        "2026-02-13T16:30",
        "13/02/2026T16:30",
        "13/02/2026 16:30",
        "16:30 13/02/2026",
        "13/02/2026 16:30:00",
        "16:30 13/2/2026",
        "13/2/2026 16:30",
        "16h30 ngày 13/02/2026",
        "13/2/2026 16h30",
        "16 giờ 30 phút, ngày 13/02/2026",
        "16 giờ 30 ngày 13/2/2026",
    ],
)
def test_a_start_may_be_written_day_first(start):
    """Day, month, year with slashes, as the tool prints it or people do, is the same moment."""
    assert run("due", start, "9h30m").stdout == DUE


@pytest.mark.parametrize(
    "start",
    [
        "31/02/2026",
        "13/2/2026",
        "25h 13/2/2026",
        "9h60 13/2/2026",
        "16:30 13/02/2026 17:00",
        "13/02/26",
    ],
)
def test_a_wrong_day_first_is_refused(start):
    """No such day, a short year, two times: each is refused in one line."""
    result = run("due", start, "5h")
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


@pytest.mark.parametrize(
    "budget",
    [
        "9h30m",
        "9h30",
        "9 giờ 30 phút",
        "09 (chín) giờ 30 (ba mươi) phút làm việc",
        "9 hours 30 minutes of working time",
        "9 GIỜ 30 phút",
    ],
)
def test_a_budget_may_be_written_in_words(budget):
    """What a legal text says, with the number in words beside it, is the same budget."""
    assert run("due", "2026-02-13T16:30", budget).stdout == DUE


@pytest.mark.parametrize(
    ("budget", "figures", "words"),
    [
        ("05 (sáu) giờ làm việc", 5, 6),
        ("8 (hai) giờ 30 (ba) phút", 8, 2),
        ("8 (tám) giờ 30 (ba) phút", 30, 3),
        ("05 (sáu) ngày làm việc", 5, 6),
    ],
)
def test_words_that_say_another_number_are_refused(budget, figures, words):
    """Hours, as days, are refused where the words in brackets say another number."""
    result = run("due", "2026-03-04T09:00", budget)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"says {figures} in figures and {words} in words" in result.stderr


@pytest.mark.parametrize(
    "budget", ["giờ", "5 giờ 30", "5h3", "5h60", "5h30s30", "5 (năm", "năm giờ", "5 giờ 5 giờ"]
)
def test_a_budget_half_in_words_is_refused(budget):
    """A number without a unit, or a unit without a number, is no budget."""
    assert run("due", "2026-03-04T09:00", budget).exit_code == 2


def test_what_is_wrong_is_told_in_vietnamese(tmp_path, file):
    """Neither a missing file, nor TOML, nor a date in it, nor hours that ended speak English."""

    def told(text):
        path = file(text)
        said = run("notices", "check", path, "--lang", "vi").stderr
        return said.removeprefix(f"phananh: {path}: ").rstrip()

    assert told("format = 1 2\n").startswith("sai cú pháp TOML: ")
    assert told("format = 1\nhorus = 2026-03-20\n").startswith(
        "horus: 2026-03-20: không có khóa này; dùng "
    )
    day = '[[notice.day]]\ndate = 2026-03-20\nkind = "off"\nswapped_with = 2026-03-28\n'
    half = told(f'format = 1\n[[notice]]\ndocument = "CV 1"\nissued = 2026-03-01\n{day}')
    assert "20/03/2026 hoán đổi với 28/03/2026, nhưng" in half
    missing = run("notices", "check", str(tmp_path / "none.toml"), "--lang", "vi").stderr
    assert missing.endswith(": không có tệp hoặc thư mục này\n")
    ended = run("due", "2026-03-04T09:00", "5h", "--hours", "HATINH", "--lang", "vi").stderr
    assert "lịch HATINH không còn giờ làm việc nào sau 15/04/2018" in ended


@pytest.mark.parametrize("parse", [parse_instant, parse_budget, parse_day, parse_day_or_instant])
def test_a_huge_text_is_refused_at_once(parse):
    """A cell of marks that would take seconds to compose is no time, date or working time."""
    began = time.process_time()
    with pytest.raises(CommandError):
        parse("9h 4/3/2026" + "\u0301\u0323" * 60_000)
    assert time.process_time() - began < 10


def test_words_that_a_command_line_cannot_take():
    """A slug is shown with its meaning, and a command that is like none has no neighbours."""
    assert "overdue (trễ hạn)" in run("list", "--state", "trễ hạn", "--lang", "vi").stderr
    assert "Use received, rejected" in run("list", "--state", "x").stderr
    assert "thiếu LÚC-CUỐI." in run("between", "16:00 23/02/2026", "--lang", "vi").stderr
    assert "không có lệnh tinhhan. Xem" in run("tinhhan", "--lang", "vi").stderr


NOTICE = '[[notice]]\ndocument = "1/TB"\noffice = "x"\nissued = 2026-01-02\noff = [2026-03-04]\n'
EVENT = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\nBEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\n"
    "DTSTART;VALUE=DATE:20260304\nSUMMARY:x\nEND:VEVENT\nEND:VCALENDAR\n"
)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(
    "words",
    [
        ("due", "2026-03-04T09:00", "5h", "--notices"),
        ("notices", "check"),
        ("due", "2026-03-04T09:00", "5h", "--hours"),
    ],
)
def test_a_notice_behind_the_limit(file, words, lang):
    """A notice behind ten million bytes is not passed over: the file is refused whole."""
    path = file("#" * (LARGEST - 1) + "\n" + NOTICE)
    result = run(*words, path, "--lang", lang)
    assert (result.exit_code, result.stdout) == (2, "")
    assert path in result.stderr
    assert "10,000,000 byte" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_an_event_behind_the_limit(file):
    """An iCalendar file is held to the same limit."""
    path = file("\n" * LARGEST + EVENT, "days.ics")
    result = run("due", "2026-03-04T09:00", "5h", "--notices", path)
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"{path}: larger than 10,000,000 bytes" in result.stderr
