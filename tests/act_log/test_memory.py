"""What a replay keeps of the lines so far: a few hundred bytes a case, whatever they say."""

import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from phananh import Desk
from phananh.act_log.replay import replay
from phananh.stores.sqlite import SqliteStore
from tests.act_log.test_replay import RECEIVE, TO_OFFICER
from tests.desk.people import MORNING

LONG = {"content": "Nội dung " * 500}


def day(first: int, count: int) -> Iterator[bytes]:
    """Yield the lines of so many cases, each long, with a key a line."""
    for n in range(first, first + count):
        for act, more in ((RECEIVE, LONG), (TO_OFFICER, {})):
            found = act | more | {"case": f"HS-2026-{n:06}", "at": MORNING.isoformat()}
            yield json.dumps(found | {"key": f"{act['act']}-{n}"}).encode()


@pytest.mark.slow
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
