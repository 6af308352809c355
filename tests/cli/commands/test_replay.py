"""`phananh replay`: a log is done line by line, and nothing twice."""

import io
import json
import os
import sys
import tracemalloc
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook

from phananh.act_log.entry import LONGEST_LINE
from phananh.cli.base import CommandError
from phananh.cli.commands.replay import ENDLESS, read_log_lines
from phananh.errors import StoreError
from phananh.stores.memory import MemoryStore
from tests.cli.log import CALL, LAN, LOG, line, text
from tests.cli.terminal import process, rows, run

REFUSED = line("answer", "c1", "09:30", text="Không phải việc của tôi")


@pytest.fixture
def log(file):
    """Return a function that writes a log and returns its path."""
    return lambda lines: file(text(lines), "day.jsonl")


def test_what_deserves_a_look_in_a_step(log):
    """What turns out to be in English, and a new time that is earlier and off hours, have a note.

    JSON has the keys that it always has.
    """
    agency = {"id": "hoa", "role": "agency", "unit": "so-tnmt"}
    asked = {"agency": "so-tnmt", "appointment": "2025-03-10T09:00:00+07:00"}
    lines = [
        line("receive", "c1", "08:00", **CALL),
        line("escalate", "c1", "08:05", to=LAN),
        line("complete", "c1", "08:06", language="en"),
        line("request_verification", "c1", "08:10", LAN, **asked),
        line("reschedule", "c1", "08:20", agency, to="2025-03-07T22:00:00+07:00", reason="Chờ"),
    ]
    received, escalated, completed, requested, moved, _ = run(
        "replay", log(lines)
    ).stdout.splitlines()
    assert "note" not in received + escalated + requested
    assert "  note: the content is not in Vietnamese (Art. 6(a), 3(5)): " in completed
    assert moved.endswith(
        "  note: the appointment is outside working time; the new appointment is earlier than "
        "the one that the citizen had before"
    )
    told = run("replay", log(lines), "--lang", "vi").stdout
    assert "lưu ý: thời gian hẹn trả lời nằm ngoài giờ làm việc; thời gian hẹn lại sớm hơn" in told
    assert 'cách hiểu về "Chưa đủ điều kiện của Điều 6' in told  # R42
    assert "note" not in run("replay", log(lines), "--json").stdout


def test_standard_input():
    """`-` reads standard input; BOM, CRLF, comments and blank lines are no fault."""
    raw = b"\xef\xbb\xbf# day\r\n\r\n" + text(LOG).replace("\n", "\r\n").encode()
    result = run("replay", "-", "--json", given=raw)
    assert (result.exit_code, [row["line"] for row in rows(result)]) == (0, [3, 4, 5, 6])


def test_again_does_nothing_twice(log, tmp_path):
    """On the same database a second run prints what the first did, and adds no case."""
    kept, path = str(tmp_path / "office.db"), log([*LOG, REFUSED])
    first = run("replay", path, "--db", kept, "--json")
    second = run("replay", path, "--json", PHANANH_DB=kept)
    assert (second.stdout, second.exit_code) == (first.stdout, 3)
    assert len(rows(run("list", "--db", kept, "--json"))) == 2


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_a_store_that_fails_midway(log, monkeypatch, words):
    """When the store fails, the run stops with 2, and says that it can be run again."""
    commit, done = MemoryStore.commit, []

    def failing(store, changes, /):
        if len(done) == 2:
            raise StoreError(doing="recording", where="office.db", problem="disk full")
        done.append(changes)
        commit(store, changes)

    monkeypatch.setattr(MemoryStore, "commit", failing)
    result = run("replay", log(LOG), *words)
    assert (result.exit_code, len(result.stdout.splitlines())) == (2, 2)
    assert "run the log on it again" in result.stderr
    assert "disk full" in result.stderr


@pytest.mark.parametrize(("lang", "said"), [("vi", "dùng --log-name TÊN"), ("en", "Give --log-n")])
def test_standard_input_on_a_database_needs_a_name(tmp_path, lang, said):
    """Where the acts are kept, a log without a file is asked for its name before anything is."""
    kept = tmp_path / "office.db"
    for path, env in (("-", {}), ("/dev/stdin", {}), ("-", {"PHANANH_DB": str(kept)})):
        words = () if env else ("--db", str(kept))
        result = run("replay", path, *words, "--lang", lang, given=text(LOG), **env)
        assert (result.exit_code, result.stdout) == (2, "")
        assert said in result.stderr
        assert not kept.exists()
    assert run("replay", "-", "--db", "memory:", given=text(LOG)).exit_code == 0


@pytest.mark.parametrize("name", ["", " ", "a\nb", "\ud800", "x" * 201])
def test_no_name_of_a_log(log, name):
    """A name that cannot be told apart on one line is refused with the way out."""
    result = run("replay", log(LOG), "--log-name", name)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "the log's name cannot be used: --log-name: " in result.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="other systems keep no such names")
@pytest.mark.parametrize("locale", ["C.UTF-8", "C"])
def test_a_file_name_outside_the_locale(tmp_path, locale):
    """A log and a database of any name work, and the names are shown with escapes."""
    folder = os.fsencode(tmp_path)
    log_path, kept = folder + b"/nh\xe1t k\xc3\xbd.jsonl", folder + b"/\xff.db"
    Path(os.fsdecode(log_path)).write_text(
        text([*LOG, {"act": "dance", "case": "c1"}]), encoding="utf-8"
    )
    env = {"LC_ALL": locale, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    words = ("replay", log_path, "--db", kept, "--json")
    first, again = process(*words, env=env), process(*words, env={"LC_ALL": "C.UTF-8"})
    assert (first.returncode, again.stdout) == (2, first.stdout)
    outcomes = [json.loads(row)["outcome"] for row in first.stdout.splitlines()]
    assert outcomes == [*["recorded"] * 4, "invalid"]
    assert first.stderr.startswith(rb"nh\xe1t k")
    missing = process("list", "--db", folder + b"/\xfe.db", env=env)
    assert (missing.returncode, b"udcfe.db" in missing.stderr) == (2, True)


class Zeros(io.RawIOBase):
    """A file of so many zeros, or of zeros without end."""

    def __init__(self, count=None):
        """Hold the count; None is no end."""
        self.left = count

    def readline(self, size=-1):
        """Return as many zeros as are asked for, while there are any."""
        size = size if self.left is None else min(size, self.left)
        self.left = None if self.left is None else self.left - size
        return b"0" * size


def test_lines_come_whole():
    """Each line comes as it stands, with its end; the last may have none."""
    given = b"a\n\nb\xff\r\n" + b"x" * LONGEST_LINE + b"\nlast"
    assert b"".join(read_log_lines(io.BytesIO(given), "log")) == given


def test_a_long_line_is_cut_and_the_next_is_whole():
    """Of a line beyond the limit comes its beginning, one byte longer than the limit."""
    first, second = read_log_lines(io.BytesIO(b"x" * 3 * LONGEST_LINE + b"\nnext\n"), "log")
    assert (len(first), second) == (LONGEST_LINE + 1, b"next\n")


def test_a_long_line_takes_no_memory():
    """A line of ninety million bytes takes the memory of one at the limit."""
    tracemalloc.start()
    [line] = read_log_lines(Zeros(90_000_000), "log")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(line) == LONGEST_LINE + 1
    assert peak < 5 * LONGEST_LINE


def test_a_line_without_end():
    """A stream that is no log is refused, by line and limit."""
    with pytest.raises(CommandError) as refused:
        list(read_log_lines(Zeros(), "zero"))
    facts = {"path": "zero", "line": 1, "limit": f"{ENDLESS:,}"}
    assert (refused.value.code, refused.value.facts) == ("line_without_end", facts)


@pytest.mark.parametrize("fill", [b"x", b" ", b"["])
def test_a_long_line_of_a_replay(fill):
    """A line beyond the limit is invalid, blank or not, and the replay goes on behind it."""
    result = run(
        "replay", "-", "--json", given=fill * (LONGEST_LINE + 1) + b"{}\n" + text(LOG).encode()
    )
    assert [row["outcome"] for row in rows(result)] == ["invalid", *["recorded"] * 4]
    assert "stdin:1: " in result.stderr
    assert "longer than 1,000,000 bytes" in result.stderr
    assert result.exit_code == 2


def test_a_template_is_filled_in_and_replayed_again(tmp_path):
    """Both forms in both languages are recorded as they are, and on one database only once."""
    for ending in ("xlsx", "csv"):
        for lang in ("vi", "en"):
            path, kept = str(tmp_path / f"{lang}.{ending}"), str(tmp_path / f"{lang}{ending}.db")
            assert run("replay", "--template", path, "--lang", lang).exit_code == 0
            first = run("replay", path, "--db", kept, "--json")
            assert [row["state"] for row in rows(first)] == ["received", "escalated", "answered"]
            assert run("replay", path, "--db", kept, "--json").stdout == first.stdout


def test_a_workbook_as_people_type_it(tmp_path):
    """A date and a number are read, choices are offered, and a text is no workbook."""
    path = tmp_path / "day.xlsx"
    run("replay", "--template", str(path))
    book = load_workbook(path)
    sheet = book.worksheets[0]
    assert len(sheet.data_validations.dataValidation) == 7
    sheet["B2"], sheet["F2"], sheet["F3"], sheet["F4"] = datetime(2025, 5, 12, 8, 10), 1, 1, "1"
    book.save(path)
    assert [row["case"] for row in rows(run("replay", str(path), "--json"))] == ["1", "1", "1"]
    sheet["B4"] = date(2025, 5, 12)  # at no hour, so that nobody knows whether it was in time
    book.save(path)
    assert rows(run("replay", str(path), "--json"))[-1]["outcome"] == "invalid"
    path.write_text("no")
    result = run("replay", str(path), "--lang", "vi")
    assert (result.exit_code, "không đọc được" in result.stderr) == (2, True)


def test_a_table_that_is_no_table(file):
    """An open quote takes no row with it in silence, and another encoding is named."""
    for content, problem in (
        ('act,at\n"sweep,\nsweep,', "không khép"),
        ("# Mẫu\nact,0912345678\n", "day.csv:2: tiêu đề thứ 2: không có c"),
    ):
        result = run("replay", file(content, "day.csv"), "--lang", "vi")
        assert (result.exit_code, result.stdout, problem in result.stderr) == (2, "", True)
        assert "0912" not in result.stderr
    shifted = run("replay", file("act,at,case\nnote,0912345678,A\n", "day.csv"))
    assert shifted.stderr.splitlines() == [
        "day.csv:2: at: is not a time; write it like 2025-05-12T08:10",
        "a trial run: nothing was saved. To save it, give --db PATH.",
    ]
    path = Path(file("", "day.csv"))
    path.write_bytes("Bước xử lý".encode("utf-16"))
    assert "lưu tệp dạng UTF-8" in run("replay", str(path), "--lang", "vi").stderr


def test_a_run_that_saves_nothing_says_so(log, tmp_path):
    """Without a database a line beside the output says it, and in none of JSON."""
    path = log(LOG)
    assert run("replay", path, "--lang", "vi").stderr == (
        "chạy thử, không lưu gì; để lưu, thêm --db ĐƯỜNG-DẪN\n"
    )
    assert len(rows(run("replay", path, "--json"))) == len(LOG)
    assert run("replay", path, "--db", str(tmp_path / "a.db")).stderr == ""


def test_a_report_counts_by_the_hours_of_the_office(log, tmp_path):
    """R52: a request of the last minutes before an office closes has not waited until midnight."""
    begun = {**line("receive", "c1", "16:20", **CALL), "at": "2025-03-31T16:20:00+07:00"}
    kept = ("--as-of", "2199-01-01", "--db", str(tmp_path / "cases.db"), "--json")
    run("replay", log([begun]), *kept[2:])
    for hours, waiting in (("A", 1), ("VP", 0)):
        (found,) = rows(run("report", "--month", "2025-03", "--hours", hours, *kept))
        assert found["total"]["counts"]["waiting"] == waiting, hours
