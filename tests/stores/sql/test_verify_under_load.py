"""A database is read to the end while others record in it, and nothing that is sound is named."""

import threading
import time
from collections.abc import Iterator
from contextlib import suppress

import pytest
from phananh.stores.sql.repair import repair_row

from phananh import ConflictError, Desk
from phananh.stores.base import Store
from phananh.stores.sql.store import SqlStore
from phananh.stores.verify import find_differences
from tests.desk import people as p

ENOUGH = 20  # cases that are received while the store is read
MOST = 100  # cases that a writer receives, so that a slow machine reads to the end too


@pytest.fixture
def writers(every_store: Store) -> Iterator[tuple[Store, list[str], list[BaseException]]]:
    """Give a store in which two threads receive, complete, assign and erase all the while."""
    if hasattr(every_store, "using"):
        pytest.skip("a thread of Django has connections of its own, which nobody closes here")
    made: list[str] = []
    failed: list[BaseException] = []
    is_over = threading.Event()

    def work(number: int) -> None:
        desk, count = Desk(store=every_store, clock=p.Hand()), 0
        try:
            while count < MOST and not is_over.wait(0.002):  # nobody is starved
                count += 1
                case = p.a_case(desk, command_id=f"{number}-{count}")
                made.append(case.id)
                with suppress(ConflictError):  # a repair was first, and nothing was recorded
                    desk.complete(case.id, content="thêm", by=p.OPERATOR, command_id=f"m{case.id}")
                if count % 5 == 0:
                    desk.erase(case.id)
        except BaseException as error:  # noqa: BLE001 - it is raised by the test
            failed.append(error)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    yield every_store, made, failed
    is_over.set()
    for thread in threads:
        thread.join()


def test_nothing_sound_is_named_while_others_record(
    writers: tuple[Store, list[str], list[BaseException]],
) -> None:
    """Read again and again while two threads record, a sound store has no damage."""
    store, made, failed = writers
    rounds, recorded, end = 0, 0, time.monotonic() + 120
    while (rounds < 3 or recorded < ENOUGH) and time.monotonic() < end and not failed:
        before = len(made)
        assert [error.text("en") for error in find_differences(store)] == []
        rounds, recorded = rounds + 1, recorded + len(made) - before
    assert failed == []
    assert recorded >= ENOUGH


def test_rows_are_repaired_while_others_record(
    writers: tuple[Store, list[str], list[BaseException]],
) -> None:
    """Rows of cases that others act on at that moment are written anew, and no act is lost."""
    store, made, failed = writers
    if not isinstance(store, SqlStore):
        pytest.skip("keeps no tables")
    end = time.monotonic() + 20
    while len(made) < 3 and not failed and time.monotonic() < end:
        time.sleep(0.01)
    for _ in range(30):
        repair_row(store, made[-1])
        repair_row(store, made[-2])
    assert failed == []
    assert [error.text("en") for error in find_differences(store)] == []
