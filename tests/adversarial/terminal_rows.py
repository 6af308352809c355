"""Rows 10, 11, 14 to 16 and 115 to 123: what is typed, read from files, and shown."""

import csv
import io
import os
import signal
import subprocess
import tracemalloc
from collections.abc import Iterator
from datetime import date
from xml.etree import ElementTree

from phananh import vietnam_calendar
from phananh.act_log.replay import replay
from phananh.spreadsheet import read_text_cell, to_text_cell
from phananh.stores.base import Query
from phananh.worktime import NoticeDay
from tests.adversarial.logs import LINE, replay_lines
from tests.adversarial.rows import row
from tests.adversarial.stories import received
from tests.adversarial.world import World
from tests.cli.log import LOG, text
from tests.cli.terminal import ENGLISH, command, process, run
from tests.desk import people as p

HEAD = "start,budget_seconds\n"
GOOD = "2026-03-04T09:00,18000"
DUE = f"{GOOD},2026-03-04T16:00:00"
SCRIPT = '<script>alert("&")</script>'
SVG = "{http://www.w3.org/2000/svg}"


def batch(given: str | bytes, *more: str) -> tuple[int, str, str]:
    """Return exit code, output and errors of a batch over standard input."""
    told = run("due", "--batch", *more, given=given)
    return told.exit_code, told.stdout, told.stderr


@row()
def row_10(world: World) -> None:
    """`<script>` in a content or a note is kept as it is, and is text in a picture."""
    assert world.desk.get(received(world, content=SCRIPT).id).content == SCRIPT
    day = NoticeDay(date(2026, 3, 4), "hours", sessions="07:30-11:30", note=SCRIPT)
    office = vietnam_calendar("A", overrides=[day])
    drawn = office.explain(p.MORNING.replace(day=3, hour=16), 5 * p.HOUR).svg("vi")
    tree = ElementTree.fromstring(drawn)  # noqa: S314  # our own output
    assert list(tree.iter(f"{SVG}script")) == []
    assert SCRIPT in [each.text for each in tree.iter(f"{SVG}text")]


@row()
def row_11(world: World) -> None:
    """A cell that a spreadsheet would compute is written as a text, and read back as it was."""
    cells = ("=1+1", "+84 218 3831022", "-5", "@x", "\tx", "\rx", "\uff1d1")
    for cell in cells:
        assert to_text_cell(cell) == f"'{cell}"
        assert read_text_cell(to_text_cell(cell)) == cell
    code, out, _ = batch(f"{HEAD}=1+1,-5\n{GOOD}\n")
    assert (code, [*csv.reader(io.StringIO(out))][1]) == (3, ["'=1+1", "'-5", ""])


@row()
def row_14(world: World) -> None:
    """Terminal escapes in a content that is shown come out as what can be read."""
    odd = "a\x1b[2J\x1b]0;t\x07b"
    path = str(world.folder / "office.db")
    log = text([LOG[0] | {"content": odd}])
    done = run("replay", "-", "--log-name", "day", "--db", path, given=log)
    assert done.exit_code == 0
    case = world.open_file(path)
    key = case.find(Query()).rows[0].case
    case.close()
    for more in ((), ("--json",)):
        told = run("case", key, "--db", path, "--personal", *more)
        assert (told.exit_code, "\x1b" in told.stdout, "\x07" in told.stdout) == (0, False, False)
        assert "\\u001b" in told.stdout or "\\x1b" in told.stdout


@row()
def row_15(world: World) -> None:
    """U+2028 and U+0085 inside a line of a log are characters of it, and no ends of lines."""
    odd = "một\u2028hai\x85ba"
    raw = text([LINE | {"content": odd}]).encode()
    (found,) = replay(io.BytesIO(raw), desk=world.desk, name="day")
    assert (found.outcome, found.after and found.after.content) == ("recorded", odd)


@row()
def row_16(world: World) -> None:
    """Where letters cannot be written they are escaped, and there is no traceback.

    An ASCII terminal gets UTF-8: it is one that nobody has set.
    """
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for encoding, written, shown in (
        ("latin-1", "latin-1", "\\u0111i\\u1ec7n"),
        ("ascii", "utf-8", "điện"),
    ):
        done = process("demo", "--lang", "vi", env={**plain, "PYTHONIOENCODING": encoding})
        assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
        assert shown in done.stdout.decode(written)


@row()
def row_115(world: World) -> None:
    """One bad row among a thousand is told by line, column and reason; the others are done."""
    given = [GOOD] * 1000
    given[499] = "2026-03-04T09:00,5h"
    code, out, said = batch(HEAD + "\n".join(given) + "\n")
    assert (code, out.count(DUE)) == (3, 999)
    assert said.startswith("stdin:501: budget_seconds: '5h'")


@row()
def row_116(world: World) -> None:
    """A BOM and CRLF are read as the same."""
    code, out, _ = batch(b"\xef\xbb\xbfstart,budget_seconds\r\n" + GOOD.encode() + b"\r\n")
    assert (code, out.splitlines()[1]) == (0, DUE)
    (found,) = replay_lines(world, b"\xef\xbb\xbf" + text([LINE]).encode().replace(b"\n", b"\r\n"))
    assert found.outcome == "recorded"


@row()
def row_117(world: World) -> None:
    """A column that is missing, double or unknown ends with exit code 2, and is named."""
    for head, says in (
        ("start\n", "missing: 'budget_seconds'"),
        ("start,start,budget_seconds\n", "twice: 'start'"),
        ("start,budget_seconds,due\n", "unknown: 'due'"),
    ):
        code, out, said = batch(head)
        assert (code, out, says in said) == (2, "", True)


@row()
def row_118(world: World) -> None:
    """An open quote and an endless field end with exit code 2, and the line is named."""
    for tail in ('"2026-03-04T09:00,5\n1,2\n', f'"{"x" * 200_000}",5\n'):
        code, _, said = batch(f"{HEAD}{GOOD}\n{tail}")
        assert (code, "line 3" in said) == (2, True)


def lines(first: int, count: int) -> Iterator[bytes]:
    """Yield the receipts of so many cases, each long."""
    long = LINE | {"content": "Nội dung " * 500}
    for n in range(first, first + count):
        yield text([long | {"case": f"HS-{n:06}", "key": f"k{n}"}]).encode()


@row()
def row_119(world: World) -> None:
    """A log is streamed: it takes a few hundred bytes a case, however long its lines are."""
    world.store = world.open_file(world.folder / "cases.db", synchronous="NORMAL")
    count, held = 120, list[int]()
    tracemalloc.start()
    for outcome in replay(lines(0, 3 * count), desk=world.desk, name="x"):
        assert outcome.outcome == "recorded"
        if outcome.line in (count, 3 * count):
            held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert (held[1] - held[0]) / (2 * count) < 1_000


@row()
def row_120(world: World) -> None:
    """A pipe that is closed ends the run quietly."""
    with subprocess.Popen(
        command("demo", "--json"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | ENGLISH,
    ) as running:
        assert running.stdout
        assert running.stderr
        running.stdout.close()
        assert running.stderr.read() == b""
        assert running.wait(60) == 0


@row()
def row_121(world: World) -> None:
    """Another encoding ends with exit code 2, line, byte and the way out."""
    for raw, place in (
        (f"{HEAD}1,2\n".encode("utf-16"), "line 1, byte 1 (0xFF)"),
        (HEAD.encode() + b"2026-03-04T09:00,5\nTh\xe1,5\n", "line 3, byte 3 (0xE1)"),
    ):
        code, _, said = batch(raw)
        assert (code, place in said, "Save the file as UTF-8" in said) == (2, True, True)


@row()
def row_122(world: World) -> None:
    """Without a terminal, with NO_COLOR and in 40 columns all words are there, and no escapes."""
    wide = run("demo")
    for env in ({}, {"NO_COLOR": "1"}, {"COLUMNS": "40"}):
        told = run("demo", **env)
        assert (told.exit_code, "\x1b" in told.stdout) == (0, False)
        assert {*told.stdout.split()} >= {word for word in wide.stdout.split() if word.isalpha()}


@row()
def row_123(world: World) -> None:
    """Ctrl-C in a replay ends with 130; run again it goes on, and nothing is done twice."""
    path = str(world.folder / "office.db")
    words = command("replay", "-", "--log-name", "day", "--json", "--db", path)
    raw = b"".join(lines(0, 60))
    with subprocess.Popen(
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=os.environ | ENGLISH | {"PYTHONUNBUFFERED": "1"},
    ) as running:
        assert running.stdin
        assert running.stdout
        assert running.stderr
        running.stdin.write(b"".join(lines(0, 3)))
        running.stdin.flush()
        assert b'"recorded"' in running.stdout.readline()
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 130
        assert b"Traceback" not in running.stderr.read()
    again = subprocess.run(words, input=raw, capture_output=True, env=os.environ | ENGLISH)
    assert (again.returncode, again.stdout.count(b'"recorded"')) == (0, 60)
    world.store = world.open_file(path)
    assert world.desk.count() == 60
    assert len(world.store.scan()) == 60
