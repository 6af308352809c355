"""`recalculate` where a person is to decide: no reason, a day off, late before (R15, R38)."""

import pytest

from tests.cli.log import CALL, LAN, OPERATOR
from tests.cli.terminal import rows, run

AT = ("--at", "2026-03-06T16:00")
NOTICE = """format = 1
[[notice]]
document = "CV 3/VPCP"
issued = 2026-03-02
[[notice.day]]
date = 2026-03-07
kind = "worked"
"""
OFF = NOTICE.replace("worked", "off").replace("CV 3", "CV 1").replace("03-07", "03-09")
AGENCY = {"id": "DM-1", "role": "agency", "unit": "SO-1"}


def line(act, clock, **more):
    """Return a line of the log on Friday 6 March 2026."""
    return {"act": act, "case": "c", "at": f"2026-03-06T{clock}:00+07:00", "by": OPERATOR, **more}


TAKEN = [line("receive", "14:50", **CALL), line("escalate", "15:00", to=LAN)]
ASKED = [
    line(
        "request_verification", "15:10", by=LAN, agency="SO-1",
        appointment="2026-03-12T09:00:00+07:00",
    ),
    line("reschedule", "15:20", by=AGENCY, to="2026-03-09T16:00:00+07:00", reason="Chờ"),
]  # fmt: skip


@pytest.fixture
def notices(file):
    """Return how a file of notices is named."""
    return lambda content: ("--notices", file(content))


def lines(result):
    """Return the lines of the output, each with single spaces."""
    return [" ".join(each.split()) for each in result.stdout.splitlines()]


@pytest.mark.parametrize(
    ("lang", "said", "total", "old", "new"),
    [
        (
            "en", "Most likely a notice is missing: give it with --notices",
            "for a person to decide: 1 not explained, 0 promised on a day off now, 0 marked late "
            "before", "2026-03-07 10:00 2026-03-09 10:00", "2026-03-07",
        ),
        (
            "vi", "Có thể thiếu văn bản: dùng --notices để thêm, hoặc --former",
            "cần người quyết định: 1 chưa rõ lý do, 0 hẹn vào ngày mà theo lịch hiện "
            "hành là ngày nghỉ, 0 đã ghi trễ hạn trước khi tính lại",
            "10:00 07/03/2026 10:00 09/03/2026", "07/03/2026",
        ),
    ],
)  # fmt: skip
def test_a_forgotten_file_moves_nothing(keep, notices, lang, said, total, old, new):
    """Without --notices nothing is applied: day, version and way out are said, and it exits 3."""
    db = keep(TAKEN, *notices(NOTICE))
    result = run("recalculate", "--db", db, "--apply", "--lang", lang, *AT)
    assert result.exit_code == 3
    found = lines(result)
    assert said in found[0]
    [deadline] = [row["due"] for row in rows(run("list", "--db", db, "--json", *AT))]
    assert deadline == "2026-03-07T10:00:00+07:00"
    version = rows(run("recalculate", "--db", db, "--json", *AT))[0]["old_version"]
    assert found[2].endswith(f" mot-cua {old} {new} A {version} ?")
    assert found[-1] == total
    assert "thông lệ" not in result.stdout
    assert run("recalculate", "--db", db, "--lang", lang, *AT).exit_code == 0


def test_it_is_applied_when_it_was_withdrawn(keep, notices):
    """`--unexplained apply` moves it; the history then names no document and no other cause."""
    db = keep(TAKEN, *notices(NOTICE))
    given = ("--apply", "--unexplained", "apply")
    done = run("recalculate", "--db", db, *given, *AT)
    assert (done.exit_code, "moved: 1, kept: 0" in done.stdout) == (0, True)
    case = rows(run("list", "--db", db, "--json", *AT))[0]["case"]
    shown = run("case", case, "--db", db, "--lang", "vi", *AT).stdout
    assert "do chưa rõ lý do (07/03/2026)" in shown
    assert "thông lệ 07:30" not in shown.split("do chưa rõ")[1]
    assert run("recalculate", "--db", db, "--unexplained", "yes", *AT).exit_code == 2


def test_a_notice_that_moved_it_before_is_missed_by_number(keep, notices):
    """A limit that a notice moved names that notice once the file is forgotten."""
    db = keep(TAKEN)
    given = (*notices(NOTICE), "--earlier", "apply")
    assert "moved: 1" in run("recalculate", "--db", db, "--apply", *given, *AT).stdout
    forgotten = run("recalculate", "--db", db, "--apply", "--lang", "vi", *AT)
    assert lines(forgotten)[2].endswith("Công văn số 3/VPCP")
    [move, report] = rows(run("recalculate", "--db", db, "--json", *AT))
    assert (move["outcome"], move["missing"], move["new"]) == ("unexplained", ["CV 3/VPCP"], None)
    assert (report["unexplained"], report["moved"]) == (1, 0)


def test_a_kept_limit_shows_no_new_time(keep, notices):
    """Of a limit that stays, the column of the new time is empty, in the table and in CSV."""
    db = keep(TAKEN)
    found = lines(run("recalculate", "--db", db, *notices(NOTICE), *AT))
    [case] = [row["case"] for row in rows(run("list", "--db", db, "--json", *AT))]
    assert found[1] == (
        f"{case} mot-cua 2026-03-09 10:00 2026-03-07 a worked day; CV 3/VPCP; kept: the new "
        "calendar says earlier, 2026-03-07 10:00: applied only when asked"
    )
    csv = run("recalculate", "--db", db, "--csv", *notices(NOTICE), *AT).stdout
    assert ",2026-03-09T10:00:00+07:00,,2026-03-07T10:00:00+07:00,kept," in csv


@pytest.mark.parametrize(
    ("lang", "said", "named"),
    [
        ("en", "and stays: call the citizen.", "SO-1 2026-03-09 16:00 2026-03-09 CV 1/VPCP"),
        (
            "vi",
            "vẫn giữ: liên hệ lại với tổ chức, cá nhân.",
            "SO-1 16:00 09/03/2026 09/03/2026 Công văn số 1/VPCP",
        ),
    ],
)
def test_a_promised_time_on_a_day_off(keep, notices, lang, said, named):
    """A promised time that falls on a day off now is listed apart, to call the citizen."""
    db = keep([*TAKEN, *ASKED])
    found = lines(run("recalculate", "--db", db, "--lang", lang, *notices(OFF), *AT))
    assert found[0].endswith(said)
    assert found[2].endswith(named)


@pytest.mark.parametrize(
    ("lang", "said", "total"),
    [
        ("en", "Marked late before the calendar changed", ", 1 marked late before"),
        ("vi", "Đã ghi trễ hạn trước khi tính lại", ", 1 đã ghi trễ hạn trước khi tính lại"),
    ],
)
def test_late_before(keep, notices, lang, said, total):
    """A case that was swept late before the notice was given is listed, and stays late."""
    db = keep(TAKEN)
    late = ("--at", "2026-03-09T11:00")
    run("sweep", "--db", db, *late)
    found = lines(run("recalculate", "--db", db, "--apply", "--lang", lang, *notices(OFF), *late))
    assert found[0].startswith(said)
    assert found[2].endswith("1/VPCP")
    assert found[-1].endswith(total)
    assert rows(run("list", "--db", db, "--json", *late))[0]["state"] == "overdue"


@pytest.mark.parametrize(
    ("lang", "known", "absent"),
    [
        ("en", "calendars in use: 1, all known by name", "not at hand as they were: A "),
        ("vi", "số lịch đang dùng: 1, lịch nào cũng có tên ở đây", "chưa có đúng phiên bản: A "),
    ],
)
def test_the_check_says_which_versions_are_not_at_hand(keep, notices, lang, known, absent):
    """`--check` says that names are known, and which versions are not, with both options."""
    db = keep(TAKEN, *notices(NOTICE))
    first, last = run("recalculate", "--db", db, "--check", "--lang", lang).stdout.splitlines()[-2:]
    assert first == known
    assert last.startswith(absent)
    assert "--notices" in last
    again = run("recalculate", "--db", db, "--check", "--lang", lang, *notices(NOTICE))
    assert absent not in again.stdout
