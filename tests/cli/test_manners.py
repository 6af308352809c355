"""How the command line behaves: languages, JSON everywhere, pipes, signals, no traceback."""

import json
import os
import signal
import subprocess
import sys
import time
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pytest

from phananh.cli.app import COMMANDS
from phananh.cli.base import detect_language
from tests.cli.log import LOG, text
from tests.cli.terminal import ENGLISH, command, process, run


@pytest.mark.parametrize(
    ("environ", "lang"),
    [
        ({}, "en"),
        ({"LANG": "vi_VN.UTF-8"}, "vi"),
        ({"LANG": "vi"}, "vi"),
        ({"LANG": "vi_VN", "LC_ALL": "C"}, "en"),
        ({"LANG": "en_US", "LC_MESSAGES": "vi_VN"}, "vi"),
        ({"LC_ALL": "", "LANG": "vi_VN"}, "vi"),
    ],
)
def test_language_of_the_locale(environ, lang):
    """The first of LC_ALL, LC_MESSAGES and LANG that is set decides."""
    assert detect_language(environ) == lang


# Commands that read no cases, or name two databases as arguments.
WITHOUT_DB = (
    ("due", "2026-03-04T09:00", "5h"), ("between", "2026-03-04T09:00", "2026-03-04T09:00"),
    ("calendar", "2026"), ("hours",), ("lifecycle",), ("articles",), ("notices",),
    ("notices", "check", "x.toml"), ("db", "copy", "a", "b"),
)  # fmt: skip


@pytest.mark.parametrize("name", COMMANDS)
def test_help_in_both_languages(name):
    """Every command has its help in both languages, wherever `--lang` stands."""
    english = run(name, "--help").stdout
    vietnamese = run(name, "--help", "--lang", "vi").stdout
    assert "Usage: " in english
    assert "Cách dùng: " in vietnamese
    assert "Show this" not in vietnamese
    assert run("--lang", "vi", name, "--help").stdout == vietnamese
    assert run(name, "--help", LANG="vi_VN.UTF-8").stdout == vietnamese
    assert all(option in english for option in ("--lang", "--json"))
    assert ("--db" in english) == ((name,) not in {words[:1] for words in WITHOUT_DB[:-2]})


def test_usage_is_in_the_language_of_the_run():
    """The words in capitals of a line of usage are translated, and explained by the same words."""
    told = run("due", "--help", "--lang", "vi").stdout
    assert told.startswith("Cách dùng: phananh due [TÙY-CHỌN] [TỪ-LÚC] [THỜI-HẠN]\n")
    assert "TỪ-LÚC viết như '09:00 04/03/2026'" in " ".join(told.split())
    assert "--db ĐƯỜNG-DẪN hoặc URL" in run("list", "--help", "--lang", "vi").stdout
    assert run("due", "--help").stdout.startswith("Usage: phananh due [OPTIONS] [START] [BUDGET]\n")


def test_help_documents_exit_codes():
    """`--help` names every exit code; no command at all shows it, and ends with 2."""
    helped = run("--help")
    assert all(code in helped.stdout for code in ("0 all", "2 bad", "3 some", "130"))
    assert (run().stdout, run().exit_code, helped.exit_code) == (helped.stdout, 2, 0)


def test_the_version_or_that_there_is_none():
    """`--version` and `doctor` print the installed version, or say that nothing is installed."""
    for lang, none in (("en", "(not installed)"), ("vi", "(chưa cài đặt)")):
        try:
            told = f"phananh {version('phananh')}"
        except PackageNotFoundError:
            told = f"phananh {none}"
        assert run("--lang", lang, "--version").stdout == told + "\n"
        assert run("doctor", "--lang", lang).stdout.splitlines()[0] == told


@pytest.mark.parametrize(
    "words",
    [
        ("due", "x", "5h"),
        ("due",),
        ("due", "2026-03-04T09:00", "5h", "--explan"),
        ("calendar", "x"),
        ("dew",),
        ("--lang", "fr", "demo"),
        ("list",),
        ("articles", "99"),
        ("replay", "/nowhere"),
        ("demo", "more"),
    ],
)
def test_errors_in_text_and_json(words):
    """Every mistake ends with 2 and one line on stderr: text, Vietnamese text, or JSON."""
    for more in ((), ("--lang", "vi")):
        result = run(*words, *more)
        assert (result.exit_code, result.stdout) == (2, "")
        assert result.stderr.startswith("phananh: ")
        assert len(result.stderr.splitlines()) == 1
    for order in ((*words, "--json"), ("--json", *words)):
        result = run(*order)
        assert (result.exit_code, result.stdout) == (2, "")
        assert {"error", "message"} <= json.loads(result.stderr).keys()


def test_options_stand_anywhere(tmp_path):
    """`--db`, `--json` and `--lang` stand before the command as well as after it."""
    kept = str(tmp_path / "office.db")
    named = ("replay", "-", "--log-name", "day")
    assert run("--db", kept, *named, given=text(LOG)).exit_code == 0
    before = run("--json", "--db", kept, "list").stdout
    assert before == run("list", "--db", kept, "--json").stdout == run(
        "list", "--json", PHANANH_DB=kept
    ).stdout  # fmt: skip


def test_a_reader_who_goes_away():
    """A closed pipe is quiet, and the run ends as usual."""
    for words in (("demo", "--json"), ("calendar", "2026", "--json"), ("lifecycle",)):
        with subprocess.Popen(
            command(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            env=os.environ | ENGLISH,
        ) as running:  # fmt: skip
            running.stdout.close()
            assert running.stderr.read() == b""
            assert running.wait(60) == 0


def test_a_batch_whose_reader_goes_away(tmp_path):
    """A batch stops quietly when nobody reads its rows."""
    file = tmp_path / "many.csv"
    file.write_text("start,budget_seconds\n" + "2026-03-04T09:00,5\n" * 50_000)
    with subprocess.Popen(
        command("due", "--batch", str(file)), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        running.stdout.readline()
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0


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
    "locale", ["C", pytest.param("POSIX", marks=pytest.mark.slow), "vi_VN.ISO-8859-1"]
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
    assert result.exit_code == 70
    assert len(result.stderr.splitlines()) == 1


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


def test_json_beside_toml_is_refused():
    """`hours --toml --json` would print only one of the two forms, so it asks for one."""
    result = run("hours", "VP", "--toml", "--json")
    assert result.exit_code == 2
    assert "--toml and --json are two forms. Give one of them" in result.stderr


@pytest.mark.parametrize(
    ("words", "english", "vietnamese"),
    [
        (("list", "--state", "q"), "--state: there is no such value. Use received, rejected, ",
         "--state: không có giá trị này; dùng received (đã tiếp nhận), "),
        (("due", "--lang", "fr"), "--lang: there is no such value. Use vi or en. See: phananh due",
         "--lang: không có giá trị này; dùng vi hoặc en. Xem: phananh due"),
        (("duu",), "no command duu; the nearest: due. See: phananh --help",
         "không có lệnh duu; gần giống: due. Xem: phananh --help"),
        (("recalculate", "--check", "--apply"), "--check only lists calendars. Leave out --apply",
         "--check chỉ liệt kê các lịch; bỏ --apply"),
        (("notices", "--hours", "VP", "check", "x"), "put --hours, --notices and --as-of after",
         "ghi --hours, --notices và --as-of sau `check`"),
        (("--db", "x", "db", "schema", "--for", "sqlite"), "--for and --db both name an engine",
         "--for và --db cùng nêu hệ quản trị"),
        (("list", "--db"), "--db needs a value. See", "--db cần một giá trị. Xem"),
        (("list", "--late=5"), "--late takes no value. See", "--late không nhận giá trị. Xem"),
        (("calendar", "abc"), "year: not a possible value. Write a whole number, 1 to 9999. See",
         "NĂM: giá trị không hợp lệ; viết số nguyên từ 1 đến 9999. Xem"),
        (("case",), "ID-or-code is missing. See", "thiếu MÃ. Xem"),
        (("notices", "xyz"), "no command xyz; the nearest: check. See",
         "không có lệnh xyz; gần giống: check. Xem"),
        (("list", "more", "words"), "too much was given: more words. See", "thừa: more words. Xem"),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_in_both_languages(words, english, vietnamese):
    """What click finds wrong is said in the language of the run, in one line, with the way out."""
    for more, said in (((), english), (("--lang", "vi"), vietnamese)):
        result = run(*more, *words)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"phananh: {said}")
        assert len(result.stderr.splitlines()) == 1


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
    ("case", "?", "--db", "DB"), ("list", "--unit", "?", "--db", "DB"), ("list", "--db", "?"),
    ("list", "--state", "?", "--db", "DB"), ("list", "--due-before", "?", "--db", "DB"),
    ("list", "--db", "?://"), ("sweep", "--at", "?", "--db", "DB"), ("lifecycle", "--format", "?"),
    ("recalculate", "--db", "DB", "--hours", "?"), ("recalculate", "--db", "DB", "--day", "?"),
    ("recalculate", "--db", "DB", "--resume", "?"), ("articles", "?"), ("notices", "check", "?"),
    ("notices", "?"), ("doctor", "--at", "?"), ("demo", "?"), ("?",), ("--?",), ("case", "--?"),
    ("db", "?"), ("db", "schema", "--for", "?"), ("db", "status", "--db", "?"),
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
