"""`phananh notices` and `phananh notices check`: what moves days, and what a file would change."""

import sys

import pytest

from phananh.worktime.days.vietnam import OFFICIAL_NOTICES
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


def test_every_notice_is_listed():
    """One object a notice, in the order of issue, with all that is known of it."""
    listed = rows(run("notices", "--json"))
    assert [row["document"] for row in listed] == [n.document for n in OFFICIAL_NOTICES]
    assert listed[9] == {
        "document": "CV 12729/VPCP-KGVX",
        "also": [],
        "office": "Văn phòng Chính phủ",
        "issued": "2025-12-25",
        "known_on": "2025-12-25",
        "status": "official",
        "known_through": None,
        "days": [
            {"date": "2026-01-02", "kind": "off", "swapped_with": "2026-01-10", "sessions": []},
            {"date": "2026-01-10", "kind": "worked", "swapped_with": "2026-01-02", "sessions": []},
        ],
        "yields": [],
        "note": "",
        "source": "en.sggp.org.vn, 122755; baochinhphu.vn, 102251225111845247",
    }


def test_the_list_in_words():
    """The table says in both languages who issued what, since when it is known, and how far."""
    english, vietnamese = run("notices").stdout, run("notices", "--lang", "vi").stdout
    assert "2025-10-16 (known 2025-10-13)" in english
    assert "2026-01-02 off, worked 2026-01-10" in english
    assert english.endswith("days known through 2026-12-31\n")
    assert "nghỉ 02/01/2026, làm bù 10/01/2026" in vietnamese
    assert vietnamese.endswith("lịch nghỉ đã công bố đến hết 31/12/2026\n")


def test_the_list_as_of_a_day_lacks_what_came_later():
    """On 24/12/2025 the letter of the next day is not in the list."""
    documents = [row["document"] for row in rows(run("notices", "--json", "--as-of", "2025-12-24"))]
    assert documents == [n.document for n in OFFICIAL_NOTICES[:9]]


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


def test_check_says_what_a_file_changes(file):
    """Each day changes, or confirms what was only expected; the days become known further."""
    result = run("notices", "check", file(TOML), "--json")
    assert result.exit_code == 0
    assert effects(result) == [
        ("2026-11-28", "confirms", None),
        ("2027-02-05", "confirms", None),
        ("2027-02-11", "changes", None),
    ]
    totals = rows(result)[-1]
    assert (totals["notices"], totals["days"], totals["changes"]) == (1, 3, 1)
    assert (totals["known_through_before"], totals["known_through"]) == ("2026-12-31", "2027-12-31")
    told = run("notices", "check", file(TOML), "--lang", "vi").stdout
    assert "lịch nghỉ đã công bố đến hết 31/12/2027, không phải 31/12/2026" in told


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
    path = file(calendar(WORKED, OFF, FOREIGN, gone), "own.ics")
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
        ("", "x.ics", "no VCALENDAR"),
    ],
)
def test_a_broken_file_is_refused(file, text, name, said):
    """What is wrong is named with the file, and nothing is printed as if it were checked."""
    result = run("notices", "check", file(text, name))
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr
    assert name in result.stderr


def test_a_missing_file_and_a_wrong_word():
    """No file, no such file, no such command: each is said in one line, with 2."""
    for words in (("check",), ("check", "/no/such"), ("chek", "x"), ("check", "a\0b")):
        result = run("notices", *words)
        assert (result.exit_code, len(result.stderr.splitlines())) == (2, 1)


def test_due_and_calendar_take_notices_and_a_day(file):
    """`--notices` and `--as-of` change the days that `due` and `calendar` count with."""
    asked = ("due", "2027-02-10T16:00", "8h")
    assert run(*asked).stdout == "2027-02-11T17:30:00\n"
    told = run(*asked, "--notices", file(TOML))
    assert (told.stdout, told.stderr) == ("2027-02-12T17:30:00\n", "")
    promised = ("due", "2025-12-31T15:00", "5h")
    assert run(*promised).stdout == "2026-01-05T10:00:00\n"
    assert run(*promised, "--as-of", "2025-12-24").stdout == "2026-01-02T10:00:00\n"
    days = rows(run("calendar", "2026", "1", "--json", "--as-of", "2025-12-24"))
    assert [days[n - 1]["kind"] for n in (2, 10)] == ["open", "off"]
    wrong = run(*promised, "--as-of", "24/13/2025")
    assert (wrong.exit_code, wrong.stderr) == (
        2, "phananh: there is no date '24/13/2025'\n",
    )  # fmt: skip


def test_days_are_marked_for_what_they_rest_on():
    """Tết to come is predicted, that of 2017 rests on the package alone, that of 2026 is known."""
    found = [
        rows(run("calendar", year, month, "--json"))[int(day) - 1]
        for year, month, day in (("2027", "2", "5"), ("2017", "1", "27"), ("2026", "2", "17"))
    ]
    marks = [(row["status"], row["predicted"]) for row in found]
    assert marks == [("expected", True), ("unconfirmed", True), ("official", False)]
    assert "Lunar New Year (Tết), the date is predicted" in run("calendar", "2027", "2").stdout
    assert "chưa đối chiếu" in run("calendar", "2017", "1", "--lang", "vi").stdout
