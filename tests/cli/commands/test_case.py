"""`case`, `list` and `sweep`: where cases stand as of a moment, and nothing personal unasked."""

import shutil
import sqlite3
from contextlib import closing
from datetime import timedelta

import attrs
import pytest

from phananh import HOA_BINH_2019, Desk, open_store
from tests.cli.log import CALL, LAN, LOG, line, text
from tests.cli.terminal import rows, run
from tests.desk import people as p

IN_TIME, TOO_LATE = "2025-03-05T15:00", "2025-03-06T09:00"


def listed(db, *words):
    """Return the cases that `list` prints as JSON."""
    return rows(run("list", "--db", db, "--json", *words))


def test_list_columns(db):
    """The table has the columns people look for; in a pipe nothing is cut or coloured."""
    result = run("list", "--db", db, "--at", IN_TIME)
    lines = result.stdout.splitlines()
    assert " ".join(lines[0].split()) == "Case State Holder Unit Kind Due Left/over Late Cautions"
    assert "one-stop officer lan" in lines[1]
    assert "2025-03-05 16:00  1 working hour left" in lines[1]
    assert "\x1b" not in result.stdout


@pytest.mark.parametrize(
    ("at", "en", "vi"),
    [
        (
            "2025-03-05T14:30",
            "1 hour 30 minutes of working time left",
            "còn 1 giờ 30 phút làm việc",
        ),
        ("2025-03-05T16:00", "due now", "đến hạn"),
        ("2025-03-05T17:00", "1 working hour over", "quá 1 giờ làm việc"),
        (
            "2025-03-06T18:00",
            "1 day 1 hour 30 minutes of working time over (8 hours a day)",
            "quá 1 ngày 1 giờ 30 phút làm việc (8 giờ một ngày)",
        ),
    ],
)
def test_what_is_left_or_over(db, at, en, vi):
    """`list` and `case` say in working time what is left, and what is over once it is late."""
    key = listed(db)[0]["case"]
    assert en in run("list", "--db", db, "--at", at).stdout
    shown = run("case", key, "--db", db, "--at", at, "--lang", "vi").stdout
    assert [" ".join(line.split()) for line in shown.splitlines()][7] == f"Còn/quá {vi}"
    done = listed(db)[1]["case"]
    assert "Left/over" not in run("case", done, "--db", db, "--at", at).stdout


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ((), 2),
        (("--state", "escalated"), 1),
        (("--state", "escalated", "--state", "answered"), 2),
        (("--state", "overdue"), 0),
        (("--state", "overdue", "--at", TOO_LATE), 1),
        (("--state", "escalated", "--at", TOO_LATE), 0),
        (("--holder", "officer"), 1),
        (("--holder-id", "LAN"), 1),
        (("--unit", "mot-cua"), 1),
        (("--unit", "so-tnmt"), 0),
        (("--kind", "regulation"), 2),
        (("--kind", "conduct"), 0),
        (("--late",), 0),
        (("--late", "--at", TOO_LATE), 1),
        (("--not-late", "--at", TOO_LATE), 1),
        (("--open",), 1),
        (("--done",), 1),
        (("--due-before", "2025-03-05T16:00"), 0),
        (("--due-before", "2025-03-05T16:00:01"), 1),
        (("--due-before", "2025-03-05T16:00:01", "--at", TOO_LATE), 0),
    ],
)
def test_filters(db, words, count):
    """Each filter holds as of the moment asked for, a lapse nobody swept included."""
    at = () if "--at" in words else ("--at", IN_TIME)
    assert len(listed(db, *words, *at)) == count


def test_case(db):
    """A case shows where it stands, its deadline with reasons, and its history."""
    key = listed(db, "--open")[0]["case"]
    told = run("case", key, "--db", db, "--at", IN_TIME).stdout
    assert "2025-03-05 16:00" in told
    assert "Art. 9(1)" in told
    assert "09:00-11:30" in told
    assert "escalate" in told
    spoken = run("case", key, "--db", db, "--at", TOO_LATE, "--lang", "vi").stdout
    assert "trễ hạn" in spoken
    other = run("case", key, "--db", db, "--at", IN_TIME, "--hours", "VP").stdout
    assert "--hours" in other


def test_nothing_personal_unasked(db):
    """Content, sender, texts and tracking code come with `--personal` only, and visibly."""
    for key in (row["case"] for row in listed(db)):
        for form in ((), ("--json",)):
            plain = run("case", key, "--db", db, *form).stdout
            full = run("case", key, "--db", db, "--personal", *form).stdout
            for secret in ("Mai", "0912345678", "thừa"):
                assert secret not in plain
                assert secret in full
            assert not {"\x1b", "\u202e"} & {*plain, *full}
            assert "code" not in plain


def test_the_accused_is_named_where_asked(keep):
    """8.1.c2: `--personal` says who may not handle the case, and the plain output does not."""
    accused = [{"id": "MC-3", "unit": "SO-1"}, {"id": None, "unit": "SO-2"}]
    kept = keep([line("receive", "c", "08:00", **CALL, accused=accused)])
    key = listed(kept)[0]["case"]
    full = run("case", key, "--db", kept, "--personal", "--lang", "vi").stdout
    assert "Người bị phản ánh         MC-3 (SO-1); chưa rõ (SO-2)\n" in full
    plain = run("case", key, "--db", kept, "--lang", "vi").stdout
    assert "người bị phản ánh thuộc SO-1, SO-2" in plain
    assert "MC-3" not in plain


def test_a_reschedule_names_both_times_of_both(keep):
    """9.3: the history has the citizen's old and new time, and the limit's old and new end."""
    agency = {"id": "hoa", "role": "agency", "unit": "so-tnmt"}
    asked = {"agency": "so-tnmt", "appointment": "2025-03-06T09:30:00+07:00"}
    more = {"to": "2025-03-07T10:00:00+07:00", "reason": "Chờ"}
    put_off = line("reschedule", "c", "08:20", agency, **more)
    kept = keep([
        line("receive", "c", "08:00", **CALL),
        line("escalate", "c", "08:05", to=LAN),
        line("request_verification", "c", "08:10", LAN, **asked),
        put_off,
    ])  # fmt: skip
    told = run("case", listed(kept)[0]["case"], "--db", kept, "--lang", "vi").stdout
    assert (
        "hẹn lại tổ chức, cá nhân từ 09:30 06/03/2025 sang 10:00 07/03/2025, "
        "thời hạn chuyển từ 08:10 06/03/2025 sang 10:00 07/03/2025 (khoản 3 Điều 9)"
    ) in told


def test_a_case_by_its_code(db):
    """The citizen's tracking code finds the case."""
    key = listed(db)[0]["case"]
    full = rows(run("case", key, "--db", db, "--personal", "--json"))[0]
    assert rows(run("case", full["code"].lower(), "--db", db, "--json"))[0]["case"] == key


def test_sweep(db):
    """A sweep marks what has run out, once."""
    assert "marked late: 0" in run("sweep", "--db", db, "--at", IN_TIME).stdout
    marked = rows(run("sweep", "--db", db, "--at", TOO_LATE, "--json"))
    assert [row["due"] for row in marked] == ["2025-03-05T16:00:00+07:00"]
    assert rows(run("sweep", "--db", db, "--at", TOO_LATE, "--json")) == []
    assert listed(db, "--late")[0]["lapses"][0]["holder"] == "lan"


@pytest.mark.parametrize("words", [("case", "HB-0"), ("case", "a\0b"), ("case", "x" * 500)])
def test_no_such_case(db, words):
    """An unknown or impossible key is refused in one line."""
    result = run(*words, "--db", db)
    assert result.exit_code == 2
    assert len(result.stderr.splitlines()) == 1


@pytest.mark.parametrize("words", [("case", "HB-1"), ("list",), ("sweep",)])
def test_no_database(tmp_path, words):
    """Without a database, or with a misspelt one, nothing is made and the way out is said."""
    assert "PHANANH_DB" in run(*words).stderr
    missing = tmp_path / "typo.db"
    for address in (str(missing), f"sqlite:///{missing}"):
        result = run(*words, "--db", address)
        assert result.exit_code == 2
        assert str(missing) in result.stderr
    assert run(*words, "--db", "a\0b").exit_code == 2
    assert run(*words, "--db", "ftp://x").exit_code == 2
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words", [("case", "HB-1"), ("list",), ("sweep",), ("replay", "-", "--log-name", "day")]
)
def test_not_a_database(tmp_path, words):
    """A file that is no database, or a cut one, is refused and left as it is."""
    for raw in (b"start,budget_seconds\n" * 50, b"SQLite format 3\0" + b"\1" * 4000):
        file = tmp_path / "other.db"
        file.write_bytes(raw)
        result = run(*words, "--db", str(file), given=text(LOG))
        assert result.exit_code == 2
        assert "database" in result.stderr
        assert file.read_bytes() == raw


@pytest.mark.parametrize(
    "words",
    [("--unit", "\udcff"), ("--holder-id", ""), ("--at", "1800-01-01T00:00"), ("--at", "x")],
)
def test_filters_that_cannot_be_meant(db, words):
    """An impossible filter is refused by its name, not answered with an empty list."""
    result = run("list", "--db", db, *words)
    assert (result.exit_code, result.stdout) == (2, "")
    assert len(result.stderr.splitlines()) == 1


def test_a_case_of_other_rules_is_shown_as_it_was_recorded(tmp_path):
    """A case of rules that the command line was not given is shown, with a word that says so."""
    path = str(tmp_path / "other.db")
    rules = attrs.evolve(HOA_BINH_2019, name="OTHER", silent_warning=timedelta(hours=1))
    desk = Desk(store=open_store(path), rules=rules, clock=p.Hand())
    case = p.with_officer(desk)
    desk.store.close()
    for lang, word in (("vi", "hiển thị như đã ghi"), ("en", "shown as it was recorded")):
        for command in (("case", case.id), ("list",)):
            shown = run(*command, "--db", path, "--lang", lang)
            assert shown.exit_code == 0
            assert case.id in shown.stdout
            assert f"{word}: " in shown.stderr
            assert shown.stderr.count(case.rules) == 1
    [row] = rows(run("list", "--db", path, "--json"))
    assert (row["state"], row["cautions"]) == ("escalated", [])


def test_a_sweep_names_the_agency(keep):
    """9.2: what ran out on an agency is told of the unit, not of whoever is its focal point."""
    when = "2025-03-06T09:00:00+07:00"
    asked = line("request_verification", "c1", "09:10", LAN, agency="so-tnmt", focal="hoa",
                 appointment=when)  # fmt: skip
    db = keep([*LOG[:2], asked])
    told = run("sweep", "--db", db, "--at", "2025-03-06T10:00", "--lang", "vi").stdout
    assert "cơ quan, đơn vị (so-tnmt)  09:10 06/03/2025" in told
    assert "hoa" not in told


def test_the_words_of_a_sweep(db, tmp_path):
    """A sweep prints a table of what it marked, and below it how many those are."""
    [key] = [row["case"] for row in listed(db, "--at", IN_TIME) if row["state"] == "escalated"]
    copy = str(tmp_path / "copy.db")
    shutil.copyfile(db, copy)
    found = {}
    for path, lang in ((db, "en"), (copy, "vi")):
        told = run("sweep", "--db", path, "--at", TOO_LATE, "--lang", lang)
        assert (told.exit_code, told.stderr) == (0, "")
        found[lang] = [" ".join(line.split()) for line in told.stdout.splitlines()]
    assert found == {
        "en": [
            "Case Holder Due",
            f"{key} one-stop officer lan (mot-cua) 2025-03-05 16:00",
            "marked late: 1",
        ],
        "vi": [
            "Mã PAKN Người, đơn vị đang xử lý Hạn",
            f"{key} công chức, viên chức bộ phận một cửa lan (mot-cua) 16:00 05/03/2025",
            "số PAKN ghi trễ hạn: 1",
        ],
    }
    assert run("sweep", "--db", db, "--at", TOO_LATE).stdout == "marked late: 0\n"


def test_a_sweep_names_what_it_cannot_read(db):
    """A history that is damaged is named on standard error, and the command ends with 3."""
    [key] = [row["case"] for row in listed(db, "--at", IN_TIME) if row["state"] == "escalated"]
    with closing(sqlite3.connect(db)) as raw, raw:
        raw.execute("update phananh_event set body = '{' where case_id = ?", (key,))
    for lang, word in (("en", "not swept: "), ("vi", "chưa rà soát được: ")):
        told = run("sweep", "--db", db, "--at", TOO_LATE, "--lang", lang)
        assert (told.exit_code, told.stdout.endswith(": 0\n")) == (3, True)
        assert told.stderr.startswith(word)
        assert key in told.stderr
