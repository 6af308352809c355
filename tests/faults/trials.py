"""One act in which one call of the driver fails, and what is left of it."""

from collections.abc import Callable, Iterator
from itertools import count

import attrs

from phananh import Case, Desk, StoreError
from phananh.regulation import acts as a
from phananh.regulation.case import fold
from phananh.regulation.events import Event
from phananh.stores.base import Query, Store
from phananh.stores.index_row import make_index_row
from phananh.testing.faulty_store import FaultPlan
from tests.desk import people as p
from tests.faults.failing import When, arm
from tests.faults.stories import Step, plant

_MOST = 60  # calls of one act: more means that it does not end


@attrs.frozen
class Bench:
    """A store whose driver fails, another handle that sees what is left, and the failure."""

    store: Store
    witness: Store
    failure: FaultPlan
    names: Iterator[int] = attrs.field(factory=count)

    def try_each_call(self, trial: Callable[[int], bool]) -> int:
        """Run a trial with each call failing in turn, until none fires; return how many did."""
        for call in range(1, _MOST):
            if not trial(call):
                return call - 1
        raise AssertionError(f"more than {_MOST} calls")

    def try_step(self, step: Step, when: When) -> int:
        """Let each call of a step fail in turn; return how many calls it makes."""
        return self.try_each_call(lambda call: self._try_step(step, call, when))

    def _try_step(self, step: Step, call: int, when: When) -> bool:
        name = f"HB-F{next(self.names)}"
        desk = Desk(store=self.store, clock=p.Hand(step.at))
        planted = plant(self.store, step.before, name)
        cases = self.witness.count(Query(), limit=10**6)
        arm(self.failure, call, when)
        try:
            act_once(desk, planted, step.act, f"c-{name}")
        except StoreError:
            is_acknowledged = False
        else:
            is_acknowledged = True
        has_fired = self.failure.disarm()
        is_recorded = is_whole_or_absent(self.witness, planted, f"c-{name}")
        assert is_recorded or not is_acknowledged, "acknowledged, and not recorded"
        assert self.witness.count(Query(), limit=10**6) - cases == (is_recorded and planted is None)
        act_once(desk, planted, step.act, f"c-{name}")
        assert is_whole_or_absent(self.witness, planted, f"c-{name}"), "the retry did nothing"
        return has_fired


def act_once(desk: Desk, planted: Case | None, act: a.Act, command: str) -> Case:
    """Do an act by id, as whoever tries again would."""
    return desk._do(planted and planted.id, act, command, by_code=True)


def is_whole_or_absent(store: Store, before: Case | None, command: str) -> bool:
    """Check that an act on a case is wholly there, or left no trace; return whether it is there.

    Of a receipt (`before` is None) there is no case to look at where it is not there.
    """
    record = store.find_command(command)
    if record is not None:
        assert before is None or (record.case, record.version > before.version) == (before.id, True)
        check_same(store, record.case, record.version)
    elif before is not None:
        check_same(store, before.id, before.version)
    return record is not None


def check_same(store: Store, case: str, version: int) -> tuple[Event, ...]:
    """Check that the history, the row and the feed have this version of a case as their last."""
    history = store.load(case)
    assert [event.n for event in history] == list(range(1, version + 1)), case
    folded = fold(history)
    assert store.find(Query(code=folded.code_digest)).rows == (make_index_row(folded),)
    return history
