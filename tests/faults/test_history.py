"""What clients saw of a store at once can be explained by one order of single steps."""

from contextlib import nullcontext

import attrs
import pytest

from phananh import MemoryStore
from phananh.stores.base import Store
from phananh.stores.sql.dialect import Dialect
from tests.faults.broken_stores import BROKEN
from tests.faults.clients import read_final, record_processes, record_threads
from tests.faults.history import Final, Operation, View, find_anomalies
from tests.faults.places import Place
from tests.faults.races import Opener

TRIALS = 50
ROUNDS = [1, pytest.param(30, marks=pytest.mark.slow)]


def share(store: Store) -> Opener:
    """Let all clients use one store."""
    return lambda: nullcontext(store)


def check_recorded(store: Store, operations: list[Operation], round_: int = 0) -> None:
    """Check that there is no anomaly, and that the clients did meet.

    Writers deadlock in MariaDB: then one gets a conflict, and nobody need have been first.
    """
    dialect = getattr(store, "dialect", None)
    may_deadlock = isinstance(dialect, Dialect) and dialect.name == "mariadb"
    final = read_final(store, round_)
    assert find_anomalies(operations, final, may_deadlock=may_deadlock) == []
    outcomes = {each.outcome for each in operations if each.wrote}
    assert outcomes == {"done", "refused"}, "nobody was in anybody's way"


@pytest.mark.parametrize("rounds", ROUNDS)
def test_threads_see_one_order_in_memory(rounds: int) -> None:
    """Threads that share a store in memory see no anomaly."""
    for _ in range(rounds):
        with MemoryStore() as store:
            check_recorded(store, record_threads(share(store), clients=8, count=200, round_=0))


@pytest.mark.parametrize("rounds", ROUNDS)
def test_threads_see_one_order(every_place: Place, rounds: int) -> None:
    """Threads that share a store see no anomaly."""
    with every_place.open() as store:
        for i in range(rounds):
            found = record_threads(every_place.share(store), clients=8, count=200, round_=i)
            check_recorded(store, found, i)


@pytest.mark.parametrize("rounds", ROUNDS)
def test_processes_see_one_order(every_place: Place, rounds: int) -> None:
    """Processes see no anomaly."""
    with every_place.open() as store:
        for i in range(rounds):
            found = record_processes(every_place.open, clients=8, count=200, round_=i)
            check_recorded(store, found, i)


@pytest.mark.parametrize("broken", BROKEN, ids=lambda broken: broken.__name__)
def test_seeded_defect_is_found(broken: type[MemoryStore]) -> None:
    """A store with one defect is found by the anomaly that is named for it.

    Clients need not meet where it shows, so they are let at a new store until they do.
    """
    found: set[str] = set()
    for i in range(TRIALS):
        store = broken()
        operations = record_threads(share(store), clients=4, count=200, round_=i)
        found |= {each.name for each in find_anomalies(operations, read_final(store, i))}
        if BROKEN[broken] in found:
            return
    pytest.fail(f"{BROKEN[broken]} is not among {found}")


def see(client: str, called: int, returned: int, *tokens: str, **more: object) -> Operation:
    """Return an operation on the one case there is."""
    view = View("HB-1", tokens, len(tokens))
    given = {"outcome": "done", "seen": (view,), **more}
    return Operation(client=client, called=called, returned=returned, **given)  # type: ignore[arg-type]


FINAL: Final = {"HB-1": ("a", "b")}
WROTE = (
    see("k1", 0, 2, wrote=(("HB-1", "a"),)),
    see("k1", 10, 12, "a", wrote=(("HB-1", "b"),)),
)


def test_overlapping_read_may_see_either() -> None:
    """Whoever reads while another writes may see it or not, and nothing is wrong."""
    for seen in (("a",), ("a", "b")):
        assert find_anomalies([*WROTE, see("k2", 11, 20, *seen)], FINAL) == []
    seen_before = see("k2", 3, 11, "a", "b")
    assert find_anomalies([*WROTE, seen_before], FINAL) == []
    assert [each.name for each in find_anomalies([*WROTE, see("k2", 3, 9, "a", "b")], FINAL)] == [
        "circle"
    ]


def test_write_without_an_answer_may_be_recorded_or_not() -> None:
    """An unknown outcome is no lost update, and no dirty read where it is recorded."""
    lost = attrs.evolve(WROTE[1], outcome="unknown")
    assert find_anomalies([WROTE[0], lost], FINAL) == []
    assert find_anomalies([WROTE[0], lost, see("k2", 30, 31, "a")], {"HB-1": ("a",)}) == []
    names = [each.name for each in find_anomalies([WROTE[0], lost, see("k2", 30, 31, "a")], FINAL)]
    assert names == []


def test_refused_write_needs_somebody_who_was_first() -> None:
    """A conflict is right only if another write may have been recorded before the answer."""
    late = see("k2", 3, 9, "a", outcome="refused", wrote=(("HB-1", "c"),))
    assert [each.name for each in find_anomalies([*WROTE, late], FINAL)] == ["conflict with nobody"]
    later = attrs.evolve(late, returned=11)
    assert find_anomalies([*WROTE, later], FINAL) == []
