"""`demo`: a day at the hotline, the same each time, kept only where asked."""

import contextlib
import os
import re
import subprocess

import pytest

from phananh.samples import draw_changes
from phananh.stores import SqliteStore
from phananh.stores.base import Query
from tests.cli.terminal import command, rows, run


def test_the_day():
    """The story refuses one, gives 5 and 8 hours, reschedules once only, and one stays late."""
    steps = rows(run("demo", "--json"))
    done = {(step["case"], step["act"]): step for step in steps if step["outcome"] == "recorded"}
    refused = [step for step in steps if step["outcome"] == "refused"]
    assert done["K1", "reject"]["state"] == "rejected"
    assert done["K3", "escalate"]["due"] == "2025-03-05T16:00:00+07:00"
    assert done["K4", "request_verification"]["due"] == "2025-03-06T10:00:00+07:00"
    assert done["K4", "reschedule"]["due"] == "2025-03-07T10:00:00+07:00"
    assert [(s["case"], s["reasons"][0]["article"]) for s in refused] == [
        ("K5", "8.1.c2"),
        ("K5", "8.1.c2"),
        ("K4", "9.3"),
    ]
    assert done[None, "sweep"]["lapsed"] == ["K6"]
    assert done["K6", "answer"]["late"]


def test_the_text():
    """The text names hours, clauses and reasons, in both languages."""
    text = run("demo").stdout
    assert "5 working hours (Art. 9(1)), due 2025-03-05 16:00" in text
    assert "8 working hours (Art. 9(2)), due 2025-03-06 10:00" in text
    assert "late, and it stays late" in text
    spoken = run("demo", "--lang", "vi").stdout
    assert "đã hẹn lại, chỉ được hẹn lại 1 lần (khoản 3 Điều 9)" in spoken
    assert "working" not in spoken


def test_it_is_the_same_each_time_and_leaves_nothing(tmp_path, monkeypatch):
    """Without `--db` the demo is the same each time, and leaves nothing behind."""
    monkeypatch.chdir(tmp_path)
    kept = str(tmp_path / "office.db")
    assert run("demo", PHANANH_DB=kept).stdout == run("demo").stdout
    assert list(tmp_path.iterdir()) == []


def test_it_can_be_kept(tmp_path):
    """With `--db` the cases are there afterwards, and the demo can be told again."""
    kept = str(tmp_path / "demo.db")
    assert run("demo", "--db", kept).exit_code == 0
    assert run("demo", "--db", kept).exit_code == 0
    assert len(rows(run("list", "--db", kept, "--json"))) == 12


def test_svg(tmp_path):
    """`--svg` writes the picture to a file."""
    file = tmp_path / "demo.svg"
    assert run("demo", "--svg", str(file)).exit_code == 0
    assert "</svg>" in file.read_text(encoding="utf-8")


def test_svg_that_cannot_be_written(tmp_path):
    """Where the picture cannot be written, the place and the reason are said in both languages."""
    for more, said in (((), "cannot write {}: Is a directory"),
                       (("--lang", "vi"), "không ghi được {}: đây là thư mục")):  # fmt: skip
        result = run("demo", "--svg", str(tmp_path), *more)
        assert (result.exit_code, result.stderr) == (2, f"phananh: {said.format(tmp_path)}\n")


def test_samples_are_added_to_what_is_there(tmp_path):
    """`--cases` adds so many cases to a database, those of a seed, and says how many."""
    kept = str(tmp_path / "office.db")
    assert run("demo", "--db", kept).exit_code == 0
    (facts,) = rows(run("demo", "--cases", "1200", "--seed", "7", "--db", kept, "--json"))
    expected = tuple(draw_changes(1_200, seed=7))
    events = sum(len(change.events) for change in expected)
    until = "2025-06-30T17:00:00+07:00"
    assert facts == {"cases": 1_200, "events": events, "seed": 7, "until": until}
    with SqliteStore(kept) as store:
        assert len(store.find(Query(limit=9_999)).rows) == 1_206
        for change in expected[::97]:
            assert store.load(change.case) == change.events


def test_samples_without_a_seed_differ(tmp_path):
    """Without `--seed` each run adds other cases, and prints the seed that gives them again."""
    kept = str(tmp_path / "office.db")
    seeds = set()
    for _ in range(2):
        result = run("demo", "--cases", "3", "--db", kept)
        assert "sample cases added: 3, with " in result.stdout
        assert ", as of 2025-06-30 17:00, --seed" in result.stdout
        seeds.add(result.stdout.split("--seed ")[1])
    assert len(seeds) == 2
    with SqliteStore(kept) as store:
        assert len(store.find(Query()).rows) == 6


def test_samples_of_one_seed_are_not_added_twice(tmp_path):
    """Where the cases of a seed are there already, nothing is recorded, and the way out is said."""
    kept = str(tmp_path / "office.db")
    asked = ("demo", "--cases", "20", "--seed", "7", "--db", kept)
    assert run(*asked).exit_code == 0
    again = run(*asked)
    assert again.exit_code == 2
    assert "has cases of --seed 7. Give another --seed" in again.stderr
    assert "đã có phản ánh, kiến nghị của --seed 7" in run(*asked, "--lang", "vi").stderr
    with SqliteStore(kept) as store:
        assert len(store.find(Query()).rows) == 20


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("--cases", "5"), "--db"),
        (("--cases", "5", "--db", "memory:", "--svg", "x.svg"), "Leave out --svg or --cases"),
        (("--seed", "5"), "--seed goes with --cases"),
        (("--cases", "0", "--db", "memory:"), "--cases: not a possible value"),
    ],
)
def test_samples_asked_for_wrongly(given, said):
    """Options that do not go together are refused, and the sentence names them."""
    result = run("demo", *given)
    assert (result.exit_code, said in result.stderr) == (2, True)


def test_a_terminal_sees_how_far_it_is():
    """While samples are added, a terminal counts them once a second, and then sees the result."""
    pty = pytest.importorskip("pty")
    ours, theirs = pty.openpty()
    asked = command("demo", "--cases", "20000", "--db", "memory:", "--lang", "en")
    run = subprocess.Popen(asked, stdout=theirs, stderr=theirs)
    os.close(theirs)
    parts = []
    with contextlib.suppress(OSError):  # the other side has gone
        while part := os.read(ours, 65_536):
            parts.append(part)
    os.close(ours)
    assert run.wait(timeout=60) == 0
    counted, result = b"".join(parts).decode().rsplit("\r\x1b[K", 1)
    assert re.match(r"\r[\d,]+ cases added ", counted)
    assert result.startswith("sample cases added: 20000, with ")
