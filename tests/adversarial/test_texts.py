"""Rows 3, 6, 8, 9, 12 and 13: texts that are decomposed, blank or odd.
Rows 10, 11, 14 to 16, 115, 117, 119, 122 and 123: what is typed, read from files, and shown."""

import csv
import io
import os
import signal
import subprocess
import tracemalloc
import unicodedata
from collections.abc import Iterator
from datetime import date
from functools import partial
from xml.etree import ElementTree

from phananh import InputError, Sender, vietnam_calendar
from phananh.act_log.replay import replay
from phananh.regulation import acts as a
from phananh.spreadsheet import read_text_cell, to_text_cell
from phananh.stores import SqliteStore
from phananh.stores.base import Query
from phananh.worktime import NoticeDay
from tests.adversarial.logs import LINE
from tests.adversarial.stories import act, received, with_agency, with_leadership
from tests.adversarial.world import World
from tests.cli.log import LOG, text
from tests.cli.terminal import ENGLISH, command, process, run
from tests.desk import people as p
from tests.regulation.test_cleaning import NFD, PHRASE, UNSEEN

BIDI = "đảo \u202e ngược"
EMOJI = "\U0001f469\u200d\U0001f467 \U0002070e"
CONTROLS = "a\x0bb\x0cc\x85d"


def test_row_3(world: World) -> None:
    """Decomposed letters are kept composed, equal and of one hash, and found in either form."""
    one, other = (a.Answer(by=p.OPERATOR, text=text) for text in (PHRASE, NFD))
    assert (one, hash(one), one.text) == (other, hash(other), PHRASE)
    case = received(world, content=NFD)
    assert world.desk.get(case.id).content == PHRASE
    to = p.Person(id="Nguyễn-01", role="officer", unit="Sở Y tế")
    act(world, case, a.Escalate(to=to, by=p.OPERATOR))
    for unit in ("Sở Y tế", unicodedata.normalize("NFD", "SỞ Y TẾ")):
        assert [row.case for row in world.desk.find(unit=unit).rows] == [case.id]


def test_row_6(world: World) -> None:
    """Only blanks, or what shows nothing, is refused with the article of the act."""
    case, boss, asked = received(world), with_leadership(world), with_agency(world)
    leader, later = p.Person(id="LD-1", role="leadership"), world.hand.at + 90 * p.HOUR
    for unseen in UNSEEN:
        for found, step, article in (
            (case, a.Answer(text=unseen, by=p.OPERATOR), "8.1.a"),
            (case, a.Reject(reasons=["unclear"], guidance=unseen, by=p.OPERATOR), "7.2"),
            (boss, a.Advise(text=unseen, within_competence=True, by=leader), "8.3"),
            (asked, a.ReportFindings(text=unseen, by=p.AGENCY), "8.1.c1"),
            (asked, a.Reschedule(to=later, reason=unseen, by=p.AGENCY), "9.3"),
        ):
            world.refuse(partial(world.desk.do, found.id, step), ("blank", article))


def test_row_8(world: World) -> None:
    """A right-to-left override in a content or a name is recorded as it is."""
    case = received(world, content=BIDI, sender=Sender(name=BIDI, phone="0218 383 1022"))
    kept = world.desk.get(case.id)
    assert (kept.content, kept.sender.name) == (BIDI, BIDI)
    assert "\u202e" not in str(
        InputError(field="content", code="unknown_value", value=BIDI, known=())
    )


def test_row_9(stored_world: World) -> None:
    """Emoji, joiners and characters beyond the first plane come back equal from each store."""
    case = received(stored_world, content=EMOJI)
    act(stored_world, case, a.Note(text=EMOJI, by=p.OPERATOR))
    assert stored_world.desk.get(case.id).content == EMOJI
    (_, noted) = stored_world.desk.history(case.id)
    assert noted.text.encode() == EMOJI.encode()  # type: ignore[attr-defined]  # it is a note


SQL = "x'); drop table phananh_case; --"


def test_row_12(stored_world: World) -> None:
    """Quotes, % and _ in a text, an id and a filter are taken literally on each store."""
    to = p.Person(id="C%_'B", role="officer", unit="U_%")
    case = act(stored_world, received(stored_world, content=SQL), a.Escalate(to=to, by=p.OPERATOR))
    other = received(stored_world)
    assert stored_world.desk.get(case.id).content == SQL
    found = [stored_world.desk.find(unit=one).rows for one in ("U_%", "U%", "%", "U__")]
    assert [[row.case for row in rows] for rows in found] == [[case.id], [], [], []]
    assert [row.case for row in stored_world.desk.find(holder_id="c%_'b").rows] == [case.id]
    assert {row.case for row in stored_world.desk.find().rows} == {case.id, other.id}


def test_row_13(world: World) -> None:
    """Control characters of pasted slides are recorded as they are, and shown as escapes."""
    assert world.desk.get(received(world, content=CONTROLS).id).content == CONTROLS
    told = str(InputError(field="content", code="unknown_value", value=CONTROLS, known=()))
    assert not any(sign in told for sign in "\x0b\x0c\x85")


HEAD, GOOD = "start,budget_seconds\n", "2026-03-04T09:00,18000"
DUE = f"{GOOD},2026-03-04T16:00:00"
SCRIPT = '<script>alert("&")</script>'
SVG = "{http://www.w3.org/2000/svg}"


def batch(given: str | bytes, *more: str) -> tuple[int, str, str]:
    """Return exit code, output and errors of a batch over standard input."""
    told = run("due", "--batch", *more, given=given)
    return told.exit_code, told.stdout, told.stderr


def test_row_10(world: World) -> None:
    """`<script>` in a content or a note is kept as it is, and is text in a picture."""
    assert world.desk.get(received(world, content=SCRIPT).id).content == SCRIPT
    day = NoticeDay(date(2026, 3, 4), "hours", sessions="07:30-11:30", note=SCRIPT)
    office = vietnam_calendar("A", overrides=[day])
    drawn = office.explain(p.MORNING.replace(day=3, hour=16), 5 * p.HOUR).svg("vi")
    tree = ElementTree.fromstring(drawn)  # noqa: S314  # our own output
    assert list(tree.iter(f"{SVG}script")) == []
    assert SCRIPT in [each.text for each in tree.iter(f"{SVG}text")]


def test_row_11(world: World) -> None:
    """A cell that a spreadsheet would compute is written as a text, and read back as it was."""
    for cell in ("=1+1", "+84 218 3831022", "-5", "@x", "\tx", "\rx", "\uff1d1"):
        assert (to_text_cell(cell), read_text_cell(to_text_cell(cell))) == (f"'{cell}", cell)
    code, out, _ = batch(f"{HEAD}=1+1,-5\n{GOOD}\n")
    assert (code, [*csv.reader(io.StringIO(out))][1]) == (3, ["'=1+1", "'-5", ""])


def test_row_14(world: World) -> None:
    """Terminal escapes in a content that is shown come out as what can be read."""
    odd = "a\x1b[2J\x1b]0;t\x07b"
    path = str(world.folder / "office.db")
    log = text([LOG[0] | {"content": odd}])
    assert run("replay", "-", "--log-name", "day", "--db", path, given=log).exit_code == 0
    case = SqliteStore(path)
    key = case.find(Query()).rows[0].case
    case.close()
    for more in ((), ("--json",)):
        told = run("case", key, "--db", path, "--personal", *more)
        assert (told.exit_code, "\x1b" in told.stdout, "\x07" in told.stdout) == (0, False, False)
        assert "\\u001b" in told.stdout or "\\x1b" in told.stdout


def test_row_15(world: World) -> None:
    """U+2028 and U+0085 inside a line of a log are characters of it, and no ends of lines."""
    odd = "một\u2028hai\x85ba"
    raw = text([LINE | {"content": odd}]).encode()
    (found,) = replay(io.BytesIO(raw), desk=world.desk, name="day")
    assert (found.outcome, found.after and found.after.content) == ("recorded", odd)


def test_row_16(world: World) -> None:
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


def test_row_115(world: World) -> None:
    """One bad row among a thousand is told by line, column and reason; the others are done."""
    given = [GOOD] * 1000
    given[499] = "2026-03-04T09:00,5h"
    code, out, said = batch(HEAD + "\n".join(given) + "\n")
    assert (code, out.count(DUE)) == (3, 999)
    assert said.startswith("stdin:501: budget_seconds: '5h'")


def test_row_117(world: World) -> None:
    """A column that is missing, double or unknown ends with exit code 2, and is named."""
    for head, says in (
        ("start\n", "missing: 'budget_seconds'"),
        ("start,start,budget_seconds\n", "twice: 'start'"),
        ("start,budget_seconds,due\n", "unknown: 'due'"),
    ):
        code, out, said = batch(head)
        assert (code, out, says in said) == (2, "", True)


def lines(first: int, count: int) -> Iterator[bytes]:
    """Yield the receipts of so many cases, each long."""
    long = LINE | {"content": "Nội dung " * 500}
    for n in range(first, first + count):
        yield text([long | {"case": f"HS-{n:06}", "key": f"k{n}"}]).encode()


def test_row_119(world: World) -> None:
    """A log is streamed: it takes a few hundred bytes a case, however long its lines are."""
    world.store = SqliteStore(world.folder / "cases.db", synchronous="NORMAL")
    count, held = 128, list[int]()  # as many events as a store has at hand
    tracemalloc.start()
    for outcome in replay(lines(0, 3 * count), desk=world.desk, name="x"):
        assert outcome.outcome == "recorded"
        if outcome.line in (count, 3 * count):
            held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    assert (held[1] - held[0]) / (2 * count) < 1_000


def test_row_122(world: World) -> None:
    """Without a terminal, with NO_COLOR and in 40 columns all words are there, and no escapes."""
    wide = run("demo")
    for env in ({}, {"NO_COLOR": "1"}, {"COLUMNS": "40"}):
        told = run("demo", **env)
        assert (told.exit_code, "\x1b" in told.stdout) == (0, False)
        assert {*told.stdout.split()} >= {word for word in wide.stdout.split() if word.isalpha()}


def test_row_123(world: World) -> None:
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
    world.store = SqliteStore(path)
    assert (world.desk.count(), len(world.store.scan())) == (60, 60)
