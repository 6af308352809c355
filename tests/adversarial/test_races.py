"""Rows 97 and 98: two act at once, and one history comes of it."""

import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Any

from django.db import connections

from phananh import PhanAnhError
from phananh.regulation import acts as a
from phananh.stores.base import Change
from tests.adversarial.world import World, check_recorded
from tests.desk import people as p

PATIENCE = 20.0
"""Seconds after which a thread that nobody meets goes on alone."""


class Wrapped:
    """A store that asks another one."""

    def __init__(self, store: Any) -> None:
        """Keep the store."""
        self.store = store

    def __getattr__(self, name: str) -> Any:
        """Pass every other question on."""
        return getattr(self.store, name)


class Meeting(Wrapped):
    """Lets the first commits wait for one another: each was decided on the same version."""

    def __init__(self, store: Any, many: int) -> None:
        """Keep the store, and how many are to meet."""
        super().__init__(store)
        self.start, self.left = threading.Barrier(many), many
        self.lock = threading.Lock()

    def commit(self, changes: Sequence[Change], /) -> None:
        """Wait for the others, and record."""
        with self.lock:
            self.left -= 1
            is_expected = self.left >= 0
        if is_expected:
            with suppress(threading.BrokenBarrierError):
                self.start.wait(PATIENCE)
        self.store.commit(changes)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """Run each in a thread of its own; return "recorded" or the name of the error, sorted."""
    found: list[str] = []

    def run(act: Callable[[], object]) -> None:
        try:
            act()
            found.append("recorded")
        except PhanAnhError as error:
            found.append(type(error).__name__)
        finally:
            connections.close_all()  # Django has a connection for each thread

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


ROUNDS = 10


def test_row_97(stored_world: World) -> None:
    """Of two reschedules at once one is recorded and one in conflict; a later one is refused."""
    for _ in range(ROUNDS):
        reschedule_twice(stored_world)


def reschedule_twice(world: World) -> None:
    """Reschedule a case twice, each decided on the same version."""
    case = p.with_agency(world.desk, world.hand)
    assert case.due
    to, desk = case.due + p.HOUR, world.desk_on(Meeting(world.store, 2))

    def reschedule() -> object:
        return desk.reschedule(case, to=to, reason="chờ", by=p.AGENCY)

    assert at_once(reschedule, reschedule) == ["ConflictError", "recorded"]
    later = a.Reschedule(to=to + p.HOUR, reason="chờ", by=p.AGENCY)
    world.refuse(lambda: world.desk.do(case.id, later), ("rescheduled_before", "9.3"))
    assert len(world.desk.get(case.id).reschedules) == 1


def test_row_98(stored_world: World) -> None:
    """A sweep against an answer leaves one lapse, and one history, whoever is first."""
    for _ in range(ROUNDS):
        sweep_and_answer(stored_world)


def sweep_and_answer(world: World) -> None:
    """Sweep and answer a case that is late, both decided on the same version."""
    case = p.with_officer(world.desk)
    assert case.due
    world.hand.at = case.due + p.MICROSECOND
    desk = world.desk_on(Meeting(world.store, 2))
    found = at_once(desk.sweep, lambda: desk.answer(case.id, text="xong", by=p.OFFICER))
    assert found == ["recorded", "recorded"]
    answered = world.desk.get(case.id)
    check_recorded(world, answered, ["Received", "Escalated", "Lapsed", "Answered"])
    assert [lapse.due for lapse in answered.lapses] == [case.due]
