"""`phananh recalculate`: what a changed calendar moves, and what a person decides (R15, R38)."""

import csv
import io
import json
import os
import shlex
import signal
import subprocess

import pytest

from benchmarks import recalculate_run
from phananh.spreadsheet import read_text_cell
from tests.cli.log import CALL, LAN, OPERATOR
from tests.cli.terminal import command, rows, run

AT, LATE = ("--at", "2025-12-31T16:00"), ("--at", "2025-12-31T16:30")


def line(act, case, clock, day="2025-12-31", **more):
    """Return a line of the log on a day."""
    return {"act": act, "case": case, "at": f"{day}T{clock}:00+07:00", "by": OPERATOR, **more}


LOG = [
    line("receive", "c1", "14:50", **CALL),
    line("escalate", "c1", "15:00", to=LAN),
    line("receive", "c2", "15:10", **CALL),
    line("escalate", "c2", "15:20", to={**LAN, "unit": "mot-cua-2"}),
    line("receive", "c3", "15:30", **CALL),
]


@pytest.fixture
def db(keep):
    """Return a database with two running limits, from before the notice of 25 December 2025."""
    return keep(LOG, "--as-of", "2025-12-24")


def dues(db):
    """Return the due times that are stored."""
    listed = rows(run("list", "--db", db, "--json", *AT))
    return sorted(row["due"] for row in listed if row["due"])


OLD = ["2026-01-02T10:00:00+07:00", "2026-01-02T10:20:00+07:00"]
NEW = ["2026-01-05T10:00:00+07:00", "2026-01-05T10:20:00+07:00"]


def test_applied_and_again(db):
    """With --apply the limits are moved, entered now (R49), and a second run moves nothing."""
    first = run("recalculate", "--db", db, "--apply", "--lang", "vi", *AT)
    assert "đã đổi: 2, giữ nguyên: 0, trong 2 thời hạn đang tính" in first.stdout
    assert "02/01/2026" in first.stdout
    assert dues(db) == NEW
    again = run("recalculate", "--db", db, "--apply", *AT)
    assert again.stdout == "moved: 0, kept: 0, of 2 running limits\n"
    case = rows(run("list", "--db", db, "--json", *AT))[0]["case"]
    shown = run("case", case, "--db", db, *AT).stdout
    said = (
        "The calendar changed by CV 12729/VPCP-KGVX: what was due Friday 2026-01-02 10:00 is due "
    )
    assert f"{said}Monday 2026-01-05 10:00." in shown
    assert "move the deadline" in shown
    assert "because of a day off (2026-01-02), by CV 12729/VPCP-KGVX" in shown
    [*_, moved] = rows(run("case", case, "--db", db, "--json", *AT))[0]["history"]
    assert (moved["event"], moved["days"], moved["old"], moved["at"]) == (
        "DeadlineMoved",
        ["2026-01-02"],
        OLD[0],
        "2025-12-31T16:00:00+07:00",
    )
    assert moved["recorded_at"] > "2026-01"


def test_no_spreadsheet_computes_a_cell_of_the_csv(keep):
    """A unit whose name looks like a formula is a text, and is read back as its name."""
    office = {**LAN, "id": "@lan", "unit": "=1+1"}
    kept = keep([LOG[0], {**LOG[1], "to": office}], "--as-of", "2025-12-24")
    [row] = csv.DictReader(io.StringIO(run("recalculate", "--db", kept, "--csv", *AT).stdout))
    assert (row["unit"], row["holder"]) == ("'=1+1", "'@lan")
    assert read_text_cell(row["unit"]) == "=1+1"


def test_nothing_is_recorded_ahead_of_the_clock(db):
    """What records refuses an `--at` that has not come, and what only reports takes it (R49)."""
    ahead = ("--db", db, "--at", "2198-12-24T09:00")
    for words in (["sweep"], ["recalculate", "--apply"]):
        told = run(*words, *ahead)
        assert (told.exit_code, "has not come yet" in told.stderr) == (2, True)
    assert (dues(db), run("recalculate", *ahead).exit_code) == (OLD, 0)
    assert not rows(run("list", "--db", db, "--late", "--json", *AT))


def test_days_and_earlier(db):
    """With the days given only what can touch them is read; a misspelt one is refused."""
    assert (
        "of 0 running limits" in run("recalculate", "--db", db, "--day", "2026-03-02", *AT).stdout
    )
    some = run("recalculate", "--db", db, "--day", "2026-01-02", "--day", "2026-01-10", *AT)
    assert "would move: 2" in some.stdout
    assert run("recalculate", "--db", db, "--day", "2 January").exit_code == 2
    assert run("recalculate", "--db", db, "--earlier", "sooner").exit_code == 2


def test_hours_by_role_and_unit(db):
    """`--hours` for a role and for one unit of it; the unit's own go first."""
    given = ["--hours", "A", "--hours", "officer/MOT-CUA-2=VP", "--earlier", "apply"]
    one, two, _ = rows(run("recalculate", "--db", db, "--json", *given, *AT))
    assert {one["new_calendar"], two["new_calendar"]} == {"A", "VP"}
    only = rows(run("recalculate", "--db", db, "--hours", "agency/SO-1=VP", "--json", *AT))
    assert ({move["new_calendar"] for move in only[:-1]}, only[-1]["moved"]) == ({"A"}, 2)


def test_an_unknown_calendar_stops_everything(db):
    """Hours under another name are refused by name, with cases and the way out, unless given."""
    for lang, said in (("en", "calendar A: named by HB-"), ("vi", "lịch A: PAKN HB-")):
        for more in ([], ["--apply"], ["--check"]):
            done = run("recalculate", "--db", db, "--hours", "VP", "--lang", lang, *more, *AT)
            assert (done.exit_code, said in done.stderr) == (2, True)
            assert "--former" in done.stderr
    assert dues(db) == OLD
    assert run("recalculate", "--db", db, "--hours", "VP", "--former", "A", *AT).exit_code == 0


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Return a database with so many limits that a run has several pages, and how many move."""
    path = tmp_path_factory.mktemp("many") / "office.db"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(recalculate_run, "HOURS", (5,))  # most of which end after the day off
        recalculate_run.build(path, 900)
    report = rows(run("recalculate", "--db", str(path), "--json", *LATE))[-1]
    assert report["moved"] > 700
    return str(path), report["moved"]


def test_a_long_list_is_cut(many):
    """Of many moves the first hundred are shown, and the rest is counted; CSV has them all."""
    db, moved = many
    lines = run("recalculate", "--db", db, *LATE).stdout.splitlines()
    assert sum(each.startswith("HB-") for each in lines) == 100
    assert f"and {moved - 100} more. --csv lists them all." in lines
    assert len(run("recalculate", "--db", db, "--csv", *LATE).stdout.splitlines()) == moved + 1


def test_cut_by_ctrl_c_it_says_how_to_go_on(many):
    """Cut in the middle it exits with 130 and names the cursor; from there the rest comes."""
    db, moved = many
    words = ("recalculate", "--db", db, "--json", *LATE)
    cut = subprocess.Popen(
        command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
    )  # fmt: skip
    # More than a page of 500; and the pipe holds fewer than the rest, so that it is not done.
    first = [json.loads(cut.stdout.readline()) for _ in range(510)]
    cut.send_signal(signal.SIGINT)
    # Not `communicate`: it would pass over what `readline` has read ahead.
    with cut.stdout as out, cut.stderr as err:
        rest, told = out.read(), err.read()
    cut.wait(timeout=60)
    assert cut.returncode == 130
    assert "what was done is saved. Continue with --resume " in told
    resumed = rows(run(*words, "--resume", shlex.split(told.split("--resume ")[1])[0]))
    seen = {row["case"] for row in first} | {
        json.loads(row)["case"] for row in rest.splitlines() if row.endswith("}")
    }
    assert len(seen) < moved
    assert len(seen | {row["case"] for row in resumed[:-1]}) == moved


FRIDAY = ("--at", "2026-03-06T16:00")
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


def friday(act, clock, **more):
    """Return a friday of the log on Friday 6 March 2026."""
    return {"act": act, "case": "c", "at": f"2026-03-06T{clock}:00+07:00", "by": OPERATOR, **more}


TAKEN = [
    friday("receive", "14:50", **CALL),
    friday("escalate", "15:00", to=LAN),
]
ASKED = [
    friday(
        "request_verification", "15:10", by=LAN, agency="SO-1",
        appointment="2026-03-12T09:00:00+07:00",
    ),
    friday("reschedule", "15:20", by=AGENCY, to="2026-03-09T16:00:00+07:00", reason="Chờ"),
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
            "hành là ngày nghỉ, 0 đã đánh dấu trễ hạn trước khi tính lại",
            "10:00 07/03/2026 10:00 09/03/2026", "07/03/2026",
        ),
    ],
)  # fmt: skip
def test_a_forgotten_file_moves_nothing(keep, notices, lang, said, total, old, new):
    """Without --notices nothing is applied: day, version and way out are said, and it exits 3."""
    db = keep(TAKEN, *notices(NOTICE))
    result = run("recalculate", "--db", db, "--apply", "--lang", lang, *FRIDAY)
    assert result.exit_code == 3
    found = lines(result)
    assert said in found[0]
    [deadline] = [row["due"] for row in rows(run("list", "--db", db, "--json", *FRIDAY))]
    assert deadline == "2026-03-07T10:00:00+07:00"
    version = rows(run("recalculate", "--db", db, "--json", *FRIDAY))[0]["old_version"]
    assert found[2].endswith(f" mot-cua {old} {new} A {version} ?")
    assert found[-1] == total
    assert "thông lệ" not in result.stdout
    assert run("recalculate", "--db", db, "--lang", lang, *FRIDAY).exit_code == 0


def test_it_is_applied_when_it_was_withdrawn(keep, notices):
    """`--unexplained apply` moves it; the history then names no document and no other cause."""
    db = keep(TAKEN, *notices(NOTICE))
    done = run("recalculate", "--db", db, "--apply", "--unexplained", "apply", *FRIDAY)
    assert (done.exit_code, "moved: 1, kept: 0" in done.stdout) == (0, True)
    case = rows(run("list", "--db", db, "--json", *FRIDAY))[0]["case"]
    shown = run("case", case, "--db", db, "--lang", "vi", *FRIDAY).stdout
    assert "do chưa rõ lý do (07/03/2026)" in shown
    assert "thông lệ 07:30" not in shown.split("do chưa rõ")[1]
    assert run("recalculate", "--db", db, "--unexplained", "yes", *FRIDAY).exit_code == 2


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
    found = lines(run("recalculate", "--db", db, "--lang", lang, *notices(OFF), *FRIDAY))
    assert found[0].endswith(said)
    assert found[2].endswith(named)


@pytest.mark.parametrize(
    ("lang", "said", "total"),
    [
        ("en", "Marked late before the calendar changed", ", 1 marked late before"),
        (
            "vi",
            "Đã đánh dấu trễ hạn trước khi tính lại",
            ", 1 đã đánh dấu trễ hạn trước khi tính lại",
        ),
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
