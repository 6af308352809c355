"""How the command line behaves, whatever it is asked: pipes, disks, terminals, wrong databases."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from phananh.__main__ import main
from phananh.cli.app import COMMANDS
from tests.cli.terminal import ENGLISH, command, process, rows, run

# Commands that read no cases, or name two databases as arguments.
WITHOUT_DB = (
    ("due", "2026-03-04T09:00", "5h"), ("between", "2026-03-04T09:00", "2026-03-04T09:00"),
    ("calendar", "2026"), ("hours",), ("lifecycle",), ("articles",), ("notices",),
    ("notices", "check", "x.toml"), ("db", "copy", "a", "b"),
)  # fmt: skip


def test_a_reader_who_goes_away():
    """A closed pipe is quiet, and the run ends as usual."""
    for words in (("demo", "--json"), ("calendar", "2026", "--json"), ("lifecycle",)):
        with subprocess.Popen(
            command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=os.environ | ENGLISH,
        ) as running:  # fmt: skip
            running.stdout.close()
            assert (running.stderr.read(), running.wait(60)) == (b"", 0)


def test_a_batch_whose_reader_goes_away(tmp_path):
    """A batch stops quietly when nobody reads its rows."""
    file = tmp_path / "many.csv"
    file.write_text("start,budget_seconds\n" + "2026-03-04T09:00,5\n" * 50_000)
    with subprocess.Popen(
        command("due", "--batch", str(file)), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        running.stdout.readline()
        running.stdout.close()
        assert (running.stderr.read(), running.wait(60)) == (b"", 0)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("words", [("demo",), ("due", "2026-03-04T09:00", "5h")])
def test_a_full_disk(words):
    """Output that cannot be written ends with 2 and a line."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            command(*words), stdout=full, stderr=subprocess.PIPE, env=os.environ | ENGLISH
        )
    assert done.returncode == 2
    assert done.stderr.startswith(b"phananh: cannot read or write")
    assert len(done.stderr.splitlines()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")
def test_interrupted():
    """Ctrl-C ends with 130 and no traceback."""
    with subprocess.Popen(
        command("due", "--batch"),
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONUNBUFFERED": "1"},
    ) as running:  # fmt: skip
        # More than is read ahead, less than a pipe holds: nobody reads the answers meanwhile.
        running.stdin.write(b"start,budget_seconds\n" + b"2026-03-04T09:00,5\n" * 1000)
        running.stdin.flush()
        running.stdout.readline()
        time.sleep(0.2)
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 130
        assert b"Traceback" not in running.stderr.read()


@pytest.mark.parametrize(
    "locale",
    ["C", *(pytest.param(n, marks=pytest.mark.slow) for n in ("POSIX", "vi_VN.ISO-8859-1"))],
)
def test_a_terminal_that_knows_no_vietnamese(locale):
    """Whatever the encoding of the terminal, nothing breaks."""
    plain = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for encoding in ({}, {"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"}):
        for words in (("demo", "--lang", "vi"), ("due", "thứ hai", "5h", "--lang", "vi")):
            done = process(*words, env=plain | encoding)
            assert done.returncode == (0 if words[0] == "demo" else 2)
            assert b"Traceback" not in done.stderr


def test_a_fault_of_our_own_is_one_line(monkeypatch):
    """Should the program itself be at fault, there is still one line, and its own exit code."""
    monkeypatch.setattr("phananh.cli.commands.articles.ARTICLES", None)
    result = run("articles")
    assert (result.exit_code, len(result.stderr.splitlines())) == (70, 1)


@pytest.mark.parametrize("words", WITHOUT_DB, ids=" ".join)
def test_a_database_that_a_command_would_ignore_is_refused(words, monkeypatch):
    """`--db` before or after such a command is an error, and PHANANH_DB is none."""
    for given in (("--db", "x", *words), (*words, "--db", "x")):
        result = run(*given, "--lang", "en")
        assert result.exit_code == 2
        assert "--db has no effect here. Leave it out. See: phananh" in result.stderr
    assert "--db" not in run(*words, "--help").stdout
    monkeypatch.setenv("PHANANH_DB", "x")
    assert "has no effect" not in run(*words).stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_json_names_what_failed(monkeypatch):
    """As JSON a full disk is no bad input, and neither is a fault of the program."""
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            command("demo", "--json"), stdout=full, stderr=subprocess.PIPE,
            env=os.environ | ENGLISH,
        )  # fmt: skip
    assert json.loads(done.stderr) == {
        "error": "OSError", "message": "cannot read or write: No space left on device",
    }  # fmt: skip
    monkeypatch.setattr("phananh.cli.commands.articles.ARTICLES", None)
    assert json.loads(run("articles", "--json").stderr)["error"] == "TypeError"


CANARIES = ("\x1b[2J", "\x1b]0;t\x07", "\x9b2J", "\u202e", "\u2066", "\r", "\u2028", "\udc9b")
TYPED = (
    ("due", "?", "5h"), ("due", "2026-03-04T09:00", "?"), ("due", "--batch", "?"),
    ("due", "2026-03-04T09:00", "5h", "--hours", "?"), ("between", "?", "?"), ("calendar", "?"),
    ("due", "2026-03-04T09:00", "5h", "--notices", "?"), ("hours", "?"), ("replay", "?"),
    ("due", "2026-03-04T09:00", "5h", "--svg", "/no/?"), ("replay", "-", "--log-name", "?"),
    ("case", "?", "--db", "DB"), ("why", "?", "--db", "DB"),
    ("list", "--unit", "?", "--db", "DB"), ("list", "--db", "?"),
    ("list", "--state", "?", "--db", "DB"), ("list", "--due-before", "?", "--db", "DB"),
    ("list", "--db", "?://"), ("sweep", "--at", "?", "--db", "DB"), ("lifecycle", "--format", "?"),
    ("recalculate", "--db", "DB", "--hours", "?"), ("recalculate", "--db", "DB", "--day", "?"),
    ("recalculate", "--db", "DB", "--resume", "?"), ("articles", "?"), ("notices", "check", "?"),
    ("notices", "?"), ("doctor", "--at", "?"), ("demo", "?"), ("?",), ("--?",), ("case", "--?"),
    ("db", "?"), ("db", "schema", "--for", "?"), ("db", "status", "--db", "?"),
    ("letter", "HB", "receipt", "--letterhead", "?", "--db", "DB"), ("worker", "?", "--db", "DB"),
    ("report", "--month", "?", "--db", "DB"), ("delays", "--since", "?", "--before", "1/1/2026"),
    ("procedures", "?", "x"), ("erase", "x", "--by", "?", "--ground", "x", "--yes", "--db", "DB"),
)  # fmt: skip


@pytest.mark.parametrize("canary", CANARIES, ids=ascii)
def test_nothing_that_is_typed_steers_the_terminal(db, canary, tmp_path, monkeypatch):
    """Whatever stands in an argument of any command comes back as what can be seen.

    No file is made by it: a database whose name has a colon is no other than the rest.
    """
    monkeypatch.chdir(tmp_path)
    before = sorted(tmp_path.iterdir())
    assert {words[0] for words in TYPED} >= {*COMMANDS}
    for words in TYPED:
        given = [word.replace("?", canary).replace("DB", db) for word in words]
        result = run(*given, "--lang", "vi")
        assert result.exit_code == 2, words
        for char in canary:
            assert char.isprintable() or char not in result.output.replace("\n", ""), words
    assert sorted(tmp_path.iterdir()) == before


def failure(*words):
    """Return what a command that ends with 2 says, in English, in Vietnamese and as JSON."""
    told = [run(*words, *more) for more in ((), ("--lang", "vi"), ("--json",))]
    assert [result.exit_code for result in told] == [2, 2, 2]
    english, vietnamese, plain = (result.stderr for result in told)
    assert len(english.splitlines()) == len(vietnamese.splitlines()) == 1
    return english, vietnamese, json.loads(plain)


def test_no_database(tmp_path):
    """A file of something else is left as it is, and said to be so in both languages."""
    path = tmp_path / "letter.db"
    path.write_text("một bức thư\n" * 100, encoding="utf-8")
    before = path.read_bytes()
    english, vietnamese, plain = failure("list", "--db", str(path))
    assert f"while opening the store: {path}: the file is not an SQLite database" in english
    assert f"khi mở cơ sở dữ liệu: {path}: tệp không phải cơ sở dữ liệu SQLite" in vietnamese
    assert (plain["error"], plain["where"], path.read_bytes()) == ("StoreError", str(path), before)


@pytest.fixture
def damaged(db, tmp_path):
    """Return a copy of the database in which one event cannot be read, and that case."""
    path = str(shutil.copy(db, tmp_path / "damaged.db"))
    case = rows(run("list", "--db", db, "--json"))[0]["case"]
    with closing(sqlite3.connect(path)) as file, file:
        file.execute(
            "update phananh_event set body = '{' where case_id = ? and version = 2", (case,)
        )
    return path, case


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_one_damaged_case_hides_no_other(damaged, words):
    """`list` shows the cases that can be read, names the one that cannot, and ends with 3."""
    path, case = damaged
    result = run("list", "--db", path, *words)
    assert result.exit_code == 3
    assert case not in result.stdout
    assert "answered" in result.stdout
    assert len(result.stderr.splitlines()) == 1
    assert result.stderr.startswith("not listed: while reading a stored event: ")
    assert f"case {case}, version 2" in result.stderr
    told = run("list", "--db", path, *words, "--lang", "vi").stderr
    assert told.startswith("chưa liệt kê được: khi đọc bước đã ghi: ")


def test_one_damaged_row_hides_no_other(db, tmp_path):
    """`list` shows the cases whose rows can be read, names the one that is damaged, once."""
    path = str(shutil.copy(db, tmp_path / "damaged.db"))
    shown = [row["case"] for row in rows(run("list", "--db", db, "--json"))]
    with closing(sqlite3.connect(path)) as file, file:
        file.execute("update phananh_case set state = 'closed' where case_id = ?", (shown[0],))
    result = run("list", "--db", path, "--json")
    assert (result.exit_code, [row["case"] for row in rows(result)]) == (3, shown[1:])
    assert result.stderr == (
        f"not listed: while finding cases: case {shown[0]}: its row in lists differs from what was "
        "written; rewrite it with `phananh db verify --repair`\n"
    )


def test_click_of_another_package_is_not_the_command_line(monkeypatch):
    """Where click came with another package and rich did not, one line says what to install."""
    monkeypatch.setattr("phananh.__main__.find_spec", lambda _name: None)
    with pytest.raises(SystemExit, match=r'the command line needs the extra "cli"; in a clone'):
        main()
