"""`recalculate`: a dry run by default, in both languages, as table, CSV and JSON (R15)."""

import csv
import io
import json
import os
import shlex
import signal
import subprocess
from datetime import date

import pytest

from benchmarks.recalculate_run import build
from phananh import vietnam_calendar
from phananh.spreadsheet import read_text_cell
from tests.cli.log import CALL, LAN, OPERATOR
from tests.cli.terminal import command, rows, run

AT = ("--at", "2025-12-31T16:00")
LATE = ("--at", "2025-12-31T16:30")


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


def test_a_dry_run_by_default(db):
    """Without --apply the moves are listed by case and by unit, and nothing is recorded."""
    result = run("recalculate", "--db", db, *AT)
    assert result.exit_code == 0
    lines = [" ".join(each.split()) for each in result.stdout.splitlines()]
    assert lines[0] == "Case Unit Was due Is due Days Why"
    assert lines[1].endswith(
        "mot-cua 2026-01-02 10:00 2026-01-05 10:00 2026-01-02 a day off; CV 12729/VPCP-KGVX"
    )
    assert lines[3:6] == [
        "Holder Unit Later Earlier Kept Decide",
        "one-stop officer mot-cua 1 0 0 0",
        "one-stop officer mot-cua-2 1 0 0 0",
    ]
    assert lines[6] == "would move: 2, kept: 0, of 2 running limits. --apply records it."
    assert dues(db) == OLD


def test_applied_and_again(db):
    """With --apply the limits are moved and shown in the case; a second run moves nothing."""
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
    assert (moved["event"], moved["days"], moved["old"]) == (
        "DeadlineMoved",
        ["2026-01-02"],
        OLD[0],
    )


def test_a_promise_is_explained_as_it_was_made(db):
    """Before the move `case` explains the old time on what was known when it was told."""
    case = rows(run("list", "--db", db, "--json", *AT))[0]["case"]
    assert (
        "Friday 2 Jan 07:30-10:00: 2 h 30 min, 5 h in all."
        in run("case", case, "--db", db, *AT).stdout
    )
    other = run("case", case, "--db", db, "--hours", "VP", *AT).stdout
    assert "Give --hours and --notices of that calendar to see the steps" in other


def test_csv_and_json(db):
    """Rows of CSV alone on standard output; JSON a move a line, then the report by unit."""
    told = run("recalculate", "--db", db, "--csv", *AT)
    found = list(csv.DictReader(io.StringIO(told.stdout)))
    assert [row["new"] for row in found] == NEW
    assert {row["outcome"] for row in found} == {"would_move"}
    assert told.stderr == "would move: 2, kept: 0, of 2 running limits. --apply records it.\n"
    one, two, report = rows(run("recalculate", "--db", db, "--json", *AT))
    assert [one["new"], two["new"]] == NEW
    assert (report["moved"], report["next"], [u["later"] for u in report["units"]]) == (
        2, None, [1, 1],
    )  # fmt: skip
    assert run("recalculate", "--db", db, "--csv", "--json").exit_code == 2


def test_no_spreadsheet_computes_a_cell_of_the_csv(keep):
    """A unit whose name looks like a formula is a text, and is read back as its name."""
    office = {**LAN, "id": "@lan", "unit": "=1+1"}
    kept = keep([LOG[0], {**LOG[1], "to": office}], "--as-of", "2025-12-24")
    told = run("recalculate", "--db", kept, "--csv", *AT)
    [row] = csv.DictReader(io.StringIO(told.stdout))
    assert (row["unit"], row["holder"]) == ("'=1+1", "'@lan")
    assert read_text_cell(row["unit"]) == "=1+1"


def test_days_and_earlier(db):
    """With the days given only what can touch them is read; a misspelt one is refused."""
    none = run("recalculate", "--db", db, "--day", "2026-03-02", *AT)
    assert "of 0 running limits" in none.stdout
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
    assert {move["new_calendar"] for move in only[:-1]} == {"A"}
    assert only[-1]["moved"] == 2


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (["boss=A"], "no such role"),
        (["agency/=A"], "no such role"),
        (["A", "VP"], "hours are given already"),
        (["agency=A", "agency=VP"], "hours are given already"),
        (["officer=nowhere.toml"], "nowhere.toml"),
    ],
)
def test_hours_that_mean_nothing(db, given, said):
    """A misspelt role, hours named twice, a file that is not there: exit 2, and which it was."""
    words = [word for each in given for word in ("--hours", each)]
    result = run("recalculate", "--db", db, *words)
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_an_unknown_calendar_stops_everything(db):
    """Hours under another name are refused by name, with cases and the way out, unless given."""
    for lang, said in (("en", "calendar A: named by HB-"), ("vi", "lịch A: PAKN HB-")):
        for more in ([], ["--apply"], ["--check"]):
            done = run("recalculate", "--db", db, "--hours", "VP", "--lang", lang, *more, *AT)
            assert (done.exit_code, said in done.stderr) == (2, True)
            assert "--former" in done.stderr
    assert dues(db) == OLD
    given = ("--hours", "VP", "--former", "A")
    assert run("recalculate", "--db", db, *given, *AT).exit_code == 0


def test_the_check_lists_the_calendars(db):
    """`--check` lists each calendar in use with its version, and whether it can be explained."""
    shown = run("recalculate", "--db", db, "--check").stdout
    assert "calendars in use: 1, all known by name" in shown
    assert "not at hand" not in shown
    [use] = rows(run("recalculate", "--db", db, "--check", "--json"))
    before = vietnam_calendar("A", as_of=date(2025, 12, 24))
    assert (use["name"], use["version"], use["deadlines"]) == ("A", before.version, 2)
    assert use["is_at_hand"] is True


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    """Return a database with so many limits that a run has several pages, and how many move."""
    path = tmp_path_factory.mktemp("many") / "office.db"
    build(path, 9000)
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
    cursor = shlex.split(told.split("--resume ")[1])[0]
    resumed = rows(run(*words, "--resume", cursor))
    seen = {row["case"] for row in first} | {
        json.loads(row)["case"] for row in rest.splitlines() if row.endswith("}")
    }
    assert len(seen) < moved
    assert len(seen | {row["case"] for row in resumed[:-1]}) == moved


BEGIN = "due|2025-01-01T00:00:00.000000Z|HB-"  # before every limit


@pytest.mark.parametrize(
    ("resume", "told"),
    [
        ((), "what was done is saved. Run it again"),
        (("--resume", BEGIN), f"what was done is saved. Continue with --resume '{BEGIN}'"),
    ],
)
def test_cut_on_its_first_page_it_says_how_to_go_on_too(tmp_path, resume, told):
    """Before a page is done it begins anew, or where it was told to begin."""
    build(tmp_path / "office.db", 500)
    words = ("recalculate", "--db", str(tmp_path / "office.db"), "--json", *LATE, *resume)
    cut = subprocess.Popen(
        command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env=os.environ | {"LC_ALL": "C.UTF-8", "PYTHONUTF8": "1"},
    )  # fmt: skip
    cut.stdout.readline()  # the pipe holds fewer rows than the page, so that it is not done
    cut.send_signal(signal.SIGINT)
    with cut.stdout as out, cut.stderr as err:
        out.read()
        said = err.read()
    cut.wait(timeout=60)
    assert cut.returncode == 130
    assert told in said


def test_a_cursor_that_is_none_is_not_offered_again(db):
    """Where nothing was begun there is nothing to go on with."""
    done = run("recalculate", "--db", db, "--resume", "due|x", *AT)
    assert done.exit_code == 2
    assert done.stderr.startswith("phananh: after: 'due|x' is not understood; ")
