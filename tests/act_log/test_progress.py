"""What a replay keeps of the lines so far: a few hundred bytes a case, whatever they say."""

import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from phananh import Case, Desk, Person
from phananh.act_log.entry import Entry
from phananh.act_log.progress import LogProgress
from phananh.act_log.replay import replay
from phananh.errors import InputError
from phananh.regulation.acts import Answer, Close
from phananh.regulation.case import fold
from phananh.stores.sqlite.store import SqliteStore
from tests.act_log.test_replay import OFFICER, RECEIVE, TO_OFFICER, run
from tests.desk.people import MORNING

NEXT = MORNING.replace(hour=9)
LONG = {"content": "Nội dung " * 500}


def entry(key: str, *, minute: int = 0, by: str = "OP-1") -> Entry:
    """Return a line that closes case A under a key."""
    act = Close(by=Person(id=by, role="operator"))
    at = MORNING.replace(minute=minute)
    return Entry(trigger="close", at=at, case="A", key=key, act=act)


def at_desk() -> tuple[LogProgress, Case]:
    """Return the progress of a log of one case, and the case."""
    desk = Desk()
    run(desk, [RECEIVE, TO_OFFICER])
    progress = LogProgress(desk)
    (row,) = desk.find().rows
    return progress, desk.get(row.case)


def test_a_case_is_found_as_it_was_reached() -> None:
    """What was recorded behind the log is not part of the case; it is what came since."""
    progress, case = at_desk()
    progress.advance("A", case)
    progress.desk.do(case.id, Answer(text="t", by=Person(**OFFICER)), at=NEXT)
    assert progress.find("A") == case
    assert [type(event).__name__ for event in progress.events_since("A")] == ["Answered"]
    assert progress.find("B") is None


def test_a_case_never_goes_back() -> None:
    """A result of before, as a repeated line gives it, takes nothing back."""
    progress, case = at_desk()
    progress.advance("A", case, key="r")
    progress.advance("A", fold(progress.desk.history(case)[:1]), key="s")
    assert progress.find("A") == case
    assert progress.is_received_by("A", "r")
    assert not progress.is_received_by("A", "s")
    assert not progress.is_received_by("A", None)


def test_late_is_read_without_the_history() -> None:
    """Of a sweep only those cases are read whose limit has run out."""
    progress, case = at_desk()
    progress.advance("A", case)
    due = case.due
    assert due is not None
    assert list(progress.list_late(due)) == []
    assert list(progress.list_late(due.replace(microsecond=1))) == [("A", case)]


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (entry("k", minute=9), None),
        (entry("k", minute=9, by="OP-2"), "key_of_another_act"),
        (entry("k-2", by="OP-2"), None),
    ],
)
def test_a_key_is_held_to_what_it_named(second: Entry, code: str | None) -> None:
    """A key names an act whatever its time; for another act it is refused."""
    progress, _ = at_desk()
    progress.pass_entry(entry("k"))
    if code is None:
        progress.check_key(second)
        return
    with pytest.raises(InputError) as refused:
        progress.check_key(second)
    assert refused.value.code == code


def day(first: int, count: int) -> Iterator[bytes]:
    """Yield the lines of so many cases, each long, with a key a line."""
    for n in range(first, first + count):
        for act, more in ((RECEIVE, LONG), (TO_OFFICER, {})):
            found = act | more | {"case": f"HS-2026-{n:06}", "at": MORNING.isoformat()}
            yield json.dumps(found | {"key": f"{act['act']}-{n}"}).encode()


def test_a_few_hundred_bytes_a_case(tmp_path: Path) -> None:
    """On a file a replay grows by less than 1,000 bytes a case, of two lines with keys."""
    desk = Desk(store=SqliteStore(tmp_path / "cases.db", synchronous="NORMAL"))
    count, held = 512, []
    tracemalloc.start()
    for outcome in replay(day(0, 3 * count), desk=desk, name="x"):
        assert outcome.outcome == "recorded"
        if outcome.line in (2 * count, 6 * count):
            held.append(tracemalloc.get_traced_memory()[0])
    tracemalloc.stop()
    desk.store.close()
    assert (held[1] - held[0]) / (2 * count) < 1000
