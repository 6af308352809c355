"""The feed of a damaged file ends, repeats nothing, and says what is lost."""

import sqlite3
from pathlib import Path

import pytest

from phananh import Desk
from phananh.errors import CorruptError
from phananh.stores import SqliteStore
from phananh.testing.sample_events import START
from tests.desk import people as p
from tests.stores.files import alter
from tests.stores.sqlite.damaged import make_cases

HAND = p.Hand()


def read_to_the_end(store: SqliteStore) -> tuple[list[str], list[str]]:
    """Return the positions and the problems of the feed, which must end."""
    positions: list[str] = []
    problems: list[str] = []
    after, desk = None, Desk(store=store, clock=HAND)
    for _ in range(60):
        try:
            feed = desk.feed(after=after, limit=2)
        except CorruptError as error:
            return positions, [*problems, str(error)]
        positions += [entry.position for entry in feed.entries]
        problems += [str(error) for error in feed.damaged]
        assert after is None or int(str(feed.next)) > int(after) or not feed.has_more
        if not feed.has_more:
            return positions, problems
        after = feed.next
    raise AssertionError("the feed goes on for ever")


@pytest.mark.parametrize(
    "damage", ["5 to 9", "2 to 3", "3 to 1", "3 to 30", "position = 2", "position = 5", "true"]
)
def test_feed_of_a_damaged_table_ends_and_says_so(tmp_path: Path, damage: str) -> None:
    """A position that is lost, or does not belong there, is seen; none comes twice."""
    path, (old, _, new) = tmp_path / "cases.db", damage.partition(" to ")
    with make_cases(path) as store:
        store.erase("HB-9", at=START)  # which empties the log into the file
    if new:
        write_position(path, int(old), int(new))
    else:
        alter(path, f"delete from phananh_event where {damage}")  # noqa: S608  # ours
    with SqliteStore(path) as again:
        positions, problems = read_to_the_end(again)
    assert positions == sorted(set(positions), key=int)
    assert problems


def write_position(path: Path, old: int, new: int) -> None:
    """Change the number of an event in its page, and leave it where it stands."""
    root = sqlite3.connect(path)
    ((page,),) = root.execute("select rootpage from sqlite_master where name = 'phananh_event'")
    root.close()
    data = bytearray(path.read_bytes())
    start = (page - 1) * 4096
    cell = start + int.from_bytes(data[start + 8 + 2 * old - 2 : start + 8 + 2 * old])
    number = cell + (2 if data[cell] & 0x80 else 1)
    assert data[number] == old
    data[number] = new
    path.write_bytes(data)
