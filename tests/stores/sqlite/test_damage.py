"""A byte that changed in a file is seen: as an error, or as a case that is named as damaged."""

import random
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import attrs
import pytest

from phananh import Case, Desk
from phananh.errors import CorruptError, PhanAnhError
from phananh.regulation.values.events import Event
from phananh.stores import SqliteStore
from phananh.stores.base import Query
from phananh.testing.sample_events import change, completed, escalated, received
from tests.desk import people as p
from tests.stores.files import alter

CASES = 30
HAND = p.Hand()


@attrs.frozen
class Office:
    """A file of cases, and what is true of them."""

    path: Path
    cases: dict[str, Case]
    histories: dict[str, tuple[Event, ...]]


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Give a closed file of cases: some received, some with an officer, some erased."""
    path = tmp_path_factory.mktemp("office") / "cases.db"
    with SqliteStore(path) as store:
        desk = Desk(store=store, clock=HAND)
        made = [p.a_case(desk) if i % 3 else p.with_officer(desk) for i in range(CASES)]
        for case in made[::7]:
            desk.erase(case)
        cases = {case.id: desk.get(case.id) for case in made}
        histories = {case: store.load(case) for case in cases}
    return Office(path, cases, histories)


def list_contents(data: bytes) -> list[int]:
    """Return the positions at which the pages of tables and indexes hold what was recorded."""
    size = int.from_bytes(data[16:18]) or 65536
    found: list[int] = []
    for start in range(0, len(data), size):
        head = start + (100 if start == 0 else 0)
        if data[head] in (0x0A, 0x0D):  # leaves of indexes and of tables
            first = start + int.from_bytes(data[head + 5 : head + 7])
            found.extend(range(first, start + size))
    return found


def spoil(office: Office, path: Path, chance: random.Random, *, anywhere: bool) -> str:
    """Write a copy of the file with one byte changed, and return what was changed."""
    data = bytearray(office.path.read_bytes())
    at = chance.choice(range(len(data)) if anywhere else list_contents(bytes(data)))
    before = data[at]
    data[at] ^= chance.randrange(1, 256)
    path.write_bytes(data)
    return f"byte {at}: {before:#x} to {data[at]:#x}"


def find_wrong_answers(office: Office, path: Path) -> Iterator[str]:
    """Yield each answer that is not true, and came without an error or a warning."""
    try:
        store = SqliteStore(path)
    except PhanAnhError:
        return
    with store:
        desk = Desk(store=store, clock=HAND)
        with suppress(PhanAnhError):
            yield from _find_wrong_rows(office, desk)
        for case in office.cases:
            with suppress(PhanAnhError):
                yield from _find_wrong_case(office, desk, case)


def _find_wrong_rows(office: Office, desk: Desk) -> Iterator[str]:
    rows, damaged, after = {}, [], None
    while True:
        page = desk.find(limit=7, after=after)
        rows.update({row.case: row for row in page.rows})
        damaged.extend(page.damaged)
        after = page.next
        if after is None:
            break
    if not damaged and rows.keys() != office.cases.keys():
        yield f"the list holds {len(rows)} cases"
    for row in rows.values():
        case = office.cases.get(row.case)
        if case is None or (row.state, row.due, row.late) != (case.state, case.due, case.is_late):
            yield f"the row of {row.case} is {row}"


def _find_wrong_case(office: Office, desk: Desk, case: str) -> Iterator[str]:
    if desk.history(case) != office.histories[case]:
        yield f"the history of {case}"
    if desk.get(case) != office.cases[case]:
        yield f"the case {case}"
    done = desk.complete(case, content="thêm", by=p.OPERATOR)
    wanted = attrs.evolve(office.cases[case], version=done.version)
    if (done.state, done.due) != (wanted.state, wanted.due):
        yield f"an act on {case}"


@pytest.mark.parametrize("anywhere", [True, False], ids=["anywhere", "in contents"])
@pytest.mark.parametrize("seed", range(3))
def test_no_changed_byte_gives_a_wrong_answer(
    office: Office, tmp_path: Path, seed: int, anywhere: bool
) -> None:
    """A hundred single bytes are changed: each answer is true, an error, or named as damaged."""
    chance = random.Random(seed)
    wrong = []
    for i in range(100):
        path = tmp_path / f"{i}.db"
        what = spoil(office, path, chance, anywhere=anywhere)
        wrong += [f"{what}: {answer}" for answer in find_wrong_answers(office, path)]
    assert wrong == []
