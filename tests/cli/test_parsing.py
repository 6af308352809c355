"""How instants and budgets may be written, and what `due` says beside its answer."""

import time

import pytest

from phananh.cli.base import CommandError
from phananh.cli.input import parse_budget, parse_day, parse_day_or_instant, parse_instant
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
    ("start", "due"),
    [
        ("9h 4/3/2026", "2026-03-04T10:00:00"),
        ("9h05 4/3/2026", "2026-03-04T10:05:00"),
        ("4/3/2026 9:05:30+07:00", "2026-03-04T10:05:30+07:00"),
        ("4/3/2026 9h05+07:00", "2026-03-04T10:05:00+07:00"),
        ("04/03/2026 2:05Z", "2026-03-04T03:05:00Z"),
    ],
)
def test_hours_of_one_digit(start, due):
    """Nine o'clock needs no zero before it; an offset may follow the time."""
    assert run("due", start, "1h").stdout.strip() == due


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


def test_the_limit_of_the_regulation_may_be_pasted():
    """`05 (năm) giờ làm việc` is five hours; in days it is a term, as before."""
    assert run("due", "2026-03-04T09:00", "05 (năm) giờ làm việc").stdout == "2026-03-04T16:00:00\n"
    assert run("due", "2026-03-04", "05 (năm) ngày làm việc").stdout == "2026-03-11T24:00:00\n"


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


def test_hours_outside_what_is_known_of_them_are_pointed_out():
    """Before a decision, and after its province was merged, a note says so; else nothing does."""

    def note(start, hours, *more):
        return run("due", start, "5h", "--hours", hours, *more).stderr

    assert note("2019-03-05T15:00", "VP", "--lang", "vi") == (
        "giờ làm việc VP (Vĩnh Phúc) chỉ có dữ liệu từ 08/04/2020; thời điểm hỏi sớm hơn\n"
    )
    assert note("2026-03-04T09:00", "PHUYEN", "--lang", "vi") == (
        "Phú Yên sáp nhập vào Đắk Lắk từ 01/07/2025; "
        "không rõ giờ làm việc PHUYEN còn áp dụng hay không\n"
    )
    assert note("2025-07-01T00:00", "VP") == (
        "Vĩnh Phúc is part of Phú Thọ since 2025-07-01, "
        "and it is not known if hours VP still apply\n"
    )
    assert note("2025-06-30T23:59", "VP") == note("2026-03-04T09:00", "A") == ""
    span = ("between", "2019-03-05T15:00", "2019-03-06T15:00", "--hours", "VP")
    assert run(*span).stderr.startswith("hours VP (Vĩnh Phúc) are known from 2020-04-08 only")


def test_the_picture_says_that_it_is_provisional():
    """A drawing that is copied out carries the doubt with it, in its last line."""
    asked = ("due", "2026-11-20T16:00", "8h", "--picture", "--lang", "vi")
    drawn = run(*asked).stdout.splitlines()
    assert drawn[-1].startswith("tạm tính: ")
    settled = run("due", "2026-03-04T16:00", "8h", "--picture", "--lang", "vi").stdout
    assert "tạm tính" not in settled


def test_what_is_wrong_is_told_in_vietnamese(tmp_path, file):
    """Neither a missing file, nor TOML, nor a date in it, nor hours that ended speak English."""

    def told(text):
        path = file(text)
        said = run("notices", "check", path, "--lang", "vi").stderr
        return said.removeprefix(f"phananh: {path}: ").rstrip()

    assert (
        told("format = 1 2\n") == "sai cú pháp TOML: sau giá trị phải xuống dòng (dòng 1, cột 12)"
    )
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


def test_the_notices_speak_english_in_english():
    """What a notice says besides is told in the language asked for."""
    english = run("notices", "--lang", "en").stdout
    assert "Quốc khánh" not in english
    assert "hằng năm" not in english
    assert "National Day 01-04/09/2023" in english
    assert "Quốc khánh 01-04/09/2023" in run("notices", "--lang", "vi").stdout


@pytest.mark.parametrize("parse", [parse_instant, parse_budget, parse_day, parse_day_or_instant])
def test_a_huge_text_is_refused_at_once(parse):
    """A cell of marks that would take seconds to compose is no time, date or working time."""
    began = time.process_time()
    with pytest.raises(CommandError):
        parse("9h 4/3/2026" + "\u0301\u0323" * 60_000)
    assert time.process_time() - began < 10


def test_a_huge_name_of_a_clause_is_no_clause():
    """It is refused as any other that there is not."""
    began = time.process_time()
    assert run("articles", "a" + "\u0301\u0323" * 50_000).exit_code == 2
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("31/02/2026", "5h"), "'31/02/2026': tháng 02/2026 chỉ có 28 ngày"),
        (("2028-02-30T09:00", "5h"), "tháng 02/2028 chỉ có 29 ngày"),
        (("32/01/2026", "5wd"), "không có ngày '32/01/2026'"),
        (("01/13/2026", "5wd"), "không có ngày '01/13/2026'"),
        (("16:00", "5h"), "'16:00' chưa có ngày; viết như 09:00 04/03/2026"),
        (("16:00 23/02/2026", "5"), "5 chưa có đơn vị; viết 5h hoặc 5 giờ"),
        (("23/02/2026", "5h"), "viết như 09:00 23/02/2026"),
    ],
)
def test_what_is_missing_is_named(words, said):
    """A date, hour or unit that is missing is named, in the form that people write."""
    assert said in run("due", *words, "--lang", "vi").stderr


def test_words_that_a_command_line_cannot_take():
    """A slug is shown with its meaning, and a command that is like none has no neighbours."""
    wrong = run("list", "--state", "trễ hạn", "--lang", "vi").stderr
    assert "overdue (trễ hạn)" in wrong
    assert "Use received, rejected" in run("list", "--state", "x").stderr
    assert "thiếu LÚC-CUỐI." in run("between", "16:00 23/02/2026", "--lang", "vi").stderr
    assert "không có lệnh tinhhan. Xem" in run("tinhhan", "--lang", "vi").stderr
