"""Fills a place with sample cases, and keeps what the questions need: some ids, some rows."""

import time
from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from random import Random

import attrs

from benchmarks.scale.places import Place
from phananh.desk.desk import Desk
from phananh.regulation import acts as a
from phananh.regulation.request import Sender
from phananh.samples import OPERATORS, UNITS, UNTIL, draw_changes
from phananh.stores.base import Change, IndexRow
from phananh.stores.index_row import make_index_row
from phananh.stores.memory import MemoryStore

AT_ONCE = 500
KEPT = 10_000  # rows, evenly over all of them


@attrs.frozen(kw_only=True)
class Filled:
    """What stands in a place, and what it took to put it there."""

    place: Place
    rows: tuple[IndexRow, ...]
    events: int
    drawing: float
    importing: float
    bytes_of_tables: dict[str, int]

    @property
    def bytes_a_case(self) -> float:
        """Bytes on disk, indexes included, a case."""
        return sum(self.bytes_of_tables.values()) / self.place.size


def fill(place: Place) -> Filled:
    """Import so many sample cases, and time drawing and importing apart."""
    place.make()
    drawn, recorded, events, rows = 0.0, 0.0, 0, list[IndexRow]()
    every = max(1, place.size // KEPT)
    with place.open() as store:
        changes = draw_changes(place.size)
        begun = time.perf_counter()
        while some := list(islice(changes, AT_ONCE)):
            middle = time.perf_counter()
            store.commit(some)
            drawn, recorded = drawn + middle - begun, recorded + time.perf_counter() - middle
            events += sum(len(change.events) for change in some)
            rows += [change.row for change in some][::every]
            begun = time.perf_counter()
    place.settle()
    return Filled(
        place=place, rows=tuple(rows), events=events, drawing=drawn, importing=recorded,
        bytes_of_tables=place.bytes_of_tables(),
    )  # fmt: skip


def draw_due(count: int, seed: int) -> Iterator[Change]:
    """Yield cases that lie with officers, and whose limits end within the two days after UNTIL."""
    chance = Random(seed)
    desk = Desk(randbits=chance.getrandbits)
    for number in range(count):
        at = UNTIL - timedelta(seconds=number)
        desk = attrs.evolve(desk, store=MemoryStore())  # which holds one case only
        sender = Sender(name="Người gửi mẫu 0", phone="0218 3851 234")
        case = desk.do(
            None,
            a.Receive(
                by=OPERATORS[0], kind="regulation", channel="phone", content="[Mẫu]", sender=sender
            ),
            at=at,
        )
        officer = chance.choice(UNITS).officers[0]
        case = desk.do(case, a.Escalate(by=OPERATORS[0], to=officer), at=at)
        yield Change(case=case.id, expected=0, events=desk.history(case), row=make_index_row(case))
