"""`phananh notices` and `phananh notices check`: what moves days, and what a file would change."""

import sys

import pytest

from tests.cli.terminal import rows, run
from tests.worktime.formats.ical_texts import FOREIGN, HALF, OFF, WORKED, calendar

TOML = """format = 1
[[notice]]
document = "10065/VPCP-KGVX"
issued = 2026-10-02
known_through = 2027-12-31
[[notice.day]]
date = 2026-11-28
kind = "off"
[[notice.day]]
date = 2027-02-05
kind = "off"
[[notice.day]]
date = 2027-02-11
kind = "off"
"""
AGAINST = """[[notice]]
document = "{document}"
issued = {issued}
[[notice.day]]
date = 2026-01-02
kind = "worked"
"""


def effects(result):
    """Return date, effect and what it meets of each day, without the totals."""
    return [(row["date"], row["effect"], row["against"]) for row in rows(result)[:-1]]


def test_a_contradiction_is_shown(file):
    """Who holds stands under the table, and with the notice that yields."""
    path = file("format = 1\n" + AGAINST.format(document="9/TB", issued="2025-12-01"))
    told = run("notices", "--notices", path).stdout
    assert (
        "2026-01-02: CV 12729/VPCP-KGVX of 2025-12-25 (off) applies, "
        "not 9/TB of 2025-12-01 (worked)\n"
    ) in told
    (own,) = [
        r for r in rows(run("notices", "--json", "--notices", path)) if r["document"] == "9/TB"
    ]
    assert own["yields"] == [{"date": "2026-01-02", "to": "CV 12729/VPCP-KGVX"}]


@pytest.mark.parametrize(
    ("issued", "effect", "code"), [("2025-12-01", "yields", 3), ("2025-12-31", "wins", 0)]
)
def test_check_says_who_wins(file, issued, effect, code):
    """An older paper than the built-in one does nothing, which ends with 3; a newer one holds."""
    path = file("format = 1\n" + AGAINST.format(document="9/TB", issued=issued))
    result = run("notices", "check", path, "--json")
    assert result.exit_code == code
    assert effects(result) == [("2026-01-02", effect, "CV 12729/VPCP-KGVX")]


def test_of_one_date_both_are_named(file):
    """A file that contradicts a built-in notice of the same date is refused, both named."""
    path = file("format = 1\n" + AGAINST.format(document="9/TB", issued="2025-12-25"))
    result = run("notices", "check", path)
    assert result.exit_code == 2
    assert "9/TB and CV 12729/VPCP-KGVX, both issued 2025-12-25" in result.stderr


def test_check_knows_what_does_nothing(file):
    """A day off that is off anyway, a proposal long settled, an own day: each is told, with 3."""
    text = TOML.replace("2026-11-28", "2026-02-17").replace("2027-02-05", "2026-03-04")
    result = run("notices", "check", file(text), "--json")
    assert [effect for _, effect, _ in effects(result)] == ["idle", "changes", "changes"]
    assert result.exit_code == 3
    proposal = 'format = 1\n' + AGAINST.format(document="9/ĐX", issued="2025-12-01").replace(
        "[[notice.day]]", 'status = "expected"\n[[notice.day]]'
    )  # fmt: skip
    settled = run("notices", "check", file(proposal), "--json")
    assert effects(settled) == [("2026-01-02", "settled", "CV 12729/VPCP-KGVX")]
    office = file(
        'format = 1\nhours = "A"\n[[override]]\ndate = 2026-03-04\nkind = "off"\n', "office.toml"
    )
    own = run("notices", "check", file(text), "--hours", office, "--json")
    assert effects(own)[1] == ("2026-03-04", "outranked", None)
    later = proposal.replace("2025-12-01", "2026-12-01").replace("2026-01-02", "2027-03-03")
    assert [e for _, e, _ in effects(run("notices", "check", file(later), "--json"))] == [
        "expected"
    ]


def test_check_reads_icalendar(file):
    """An .ics file is checked alike; other events and withdrawn ones are counted."""
    pytest.importorskip("icalendar")
    gone = HALF.replace("STATUS", "X").replace("END:VEVENT", "STATUS:CANCELLED\nEND:VEVENT")
    swapped = "END:VEVENT", "X-PHANANH-SWAPPED-WITH:{}\nEND:VEVENT"
    events = (
        WORKED.replace(swapped[0], swapped[1].format(20260102)),
        OFF.replace(swapped[0], swapped[1].format(20260110)),
    )
    path = file(calendar(*events, FOREIGN, gone), "own.ics")
    result = run("notices", "check", path, "--json")
    assert [effect for _, effect, _ in effects(result)] == ["known", "known"]
    assert (rows(result)[-1]["ignored_events"], rows(result)[-1]["withdrawn_events"]) == (1, 1)
    told = run("notices", "check", path).stdout
    assert "known already, by CV 12729/VPCP-KGVX" in told
    assert told.endswith("other events ignored: 1\nevents withdrawn: 1\n")


def test_hours_are_not_read_from_icalendar(file):
    """`--hours FILE.ics` says that such a file holds none, and what to write instead."""
    result = run("due", "2026-02-13T09:00", "3h", "--hours", file(calendar(OFF), "own.ics"))
    assert (result.exit_code, result.stdout) == (2, "")
    assert "has no office hours; write the hours as TOML" in result.stderr


def test_without_the_library_the_extra_is_named(file, monkeypatch):
    """Who did not install the extra is told which, in one line."""
    monkeypatch.setitem(sys.modules, "icalendar", None)
    result = run("notices", "check", file(calendar(OFF), "own.ics"))
    assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)
    assert 'pip install ".[ical]"' in result.stderr


def test_check_refuses_a_file_with_hours(file):
    """What `--notices` refuses is not passed by the check: a file of notices has no hours."""
    path = file(TOML.replace("format = 1\n", 'format = 1\nhours = "VP"\n'))
    result = run("notices", "check", path, "--json")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "hours: 'VP': no such key; use format, notice" in result.stderr


@pytest.mark.parametrize(
    ("text", "name", "said"),
    [
        ("format = 1\n[[notice]]\n", "x.toml", "notice[1].document: is missing"),
        ("format = 2\n", "x.toml", "format: 2 is unknown"),
        ("", "x.toml", "format: is missing"),
        ("[[", "x.toml", "is not TOML"),
        ("BEGIN:VCALENDAR\n", "x.txt", "VCALENDAR has no end"),
        ("", "x.ics", "x.ics: "),
    ],
)
def test_a_broken_file_is_refused(file, text, name, said):
    """What is wrong is named with the file, and nothing is printed as if it were checked."""
    result = run("notices", "check", file(text, name))
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert name in result.stderr


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
HALF_OF_SWAP = """\
format = 1

[[notice]]
document = "CV 1/VPCP-KGVX"
issued = 2025-12-30

[[notice.day]]
date = 2026-01-02
kind = "worked"
"""
BOTH = HALF_OF_SWAP + '\n[[notice.day]]\ndate = 2026-01-10\nkind = "off"\n'


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
    told = run("notices", "check", file(HALF_OF_SWAP), "--lang", "vi")
    assert told.exit_code == 0
    assert (
        "chỉ còn một ngày hoán đổi: thứ Bảy 10/01/2026 vẫn làm việc thay cho thứ Sáu 02/01/2026 "
        "(Công văn số 12729/VPCP-KGVX), trong khi Công văn số 1/VPCP-KGVX đã đổi ngày đó; hãy "
        "nêu cả hai ngày\n"
    ) in told.stdout
    assert "văn bản này được áp dụng" in told.stdout
    english = run("notices", "check", file(HALF_OF_SWAP), "--lang", "en").stdout
    assert (
        "half of a swap stays: Saturday 2026-01-10 is worked for Friday 2026-01-02 "
        "(CV 12729/VPCP-KGVX), which CV 1/VPCP-KGVX has changed. List both days.\n"
    ) in english


def test_a_letter_that_settles_both_days_leaves_no_half(file):
    """With both days in the file nothing is left over."""
    assert "half of a swap" not in run("notices", "check", file(BOTH), "--lang", "en").stdout
    assert (
        '"half_undone": []' in run("notices", "check", file(BOTH), "--json").stdout.splitlines()[-1]
    )
