"""What `notices check` and `calendar` say of days that a notice restores or half undoes."""

from tests.cli.terminal import run

RESTORED = """\
format = 1

[[notice]]
document = "CV 10065/VPCP-KGVX"
issued = 2026-10-02

[[notice.day]]
date = 2026-11-23
kind = "worked"

[[notice.day]]
date = 2026-11-28
kind = "off"
"""
HALF = """\
format = 1

[[notice]]
document = "CV 1/VPCP-KGVX"
issued = 2025-12-30

[[notice.day]]
date = 2026-01-02
kind = "worked"
"""
BOTH = HALF + '\n[[notice.day]]\ndate = 2026-01-10\nkind = "off"\n'


def test_a_monday_that_stays_open_is_no_make_up_day(file):
    """The calendar lists it as an ordinary day with its document, and marks it with no plus."""
    told = run("calendar", "2026", "11", "--notices", file(RESTORED), "--lang", "vi").stdout
    lines = [line.split() for line in told.splitlines()]
    monday = next(line for line in lines if line[:1] == ["23/11/2026"])
    assert " ".join(monday[2:]) == (
        "Hai 07:30-11:30, 13:30-17:30 ngày làm việc bình thường "
        "Công văn số 10065/VPCP-KGVX ngày 02/10/2026 chính thức"
    )
    saturday = next(line for line in lines if "28/11/2026" in line)
    assert "nghỉ hằng tuần Công văn số 10065/VPCP-KGVX" in " ".join(saturday)
    assert "23+" not in told


def test_half_of_a_swap_that_is_left_is_named(file):
    """A letter that opens 2 January leaves its Saturday worked for nothing: both are named."""
    told = run("notices", "check", file(HALF), "--lang", "vi")
    assert told.exit_code == 0
    assert (
        "còn lại một nửa hoán đổi: thứ Bảy 10/01/2026 vẫn làm việc thay cho thứ Sáu 02/01/2026 "
        "(Công văn số 12729/VPCP-KGVX), trong khi Công văn số 1/VPCP-KGVX đã đổi ngày đó; hãy "
        "nêu cả hai ngày\n"
    ) in told.stdout
    assert "văn bản này được áp dụng" in told.stdout
    english = run("notices", "check", file(HALF), "--lang", "en").stdout
    assert (
        "half of a swap stays: Saturday 2026-01-10 is worked for Friday 2026-01-02 "
        "(CV 12729/VPCP-KGVX), which CV 1/VPCP-KGVX has changed. List both days.\n"
    ) in english


def test_a_letter_that_settles_both_days_leaves_no_half(file):
    """With both days in the file nothing is left over."""
    assert "half of a swap" not in run("notices", "check", file(BOTH), "--lang", "en").stdout
    data = run("notices", "check", file(BOTH), "--json").stdout.splitlines()[-1]
    assert '"half_undone": []' in data
