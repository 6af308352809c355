"""Desks and stores that keep something else than the rules say: what mutants are made of."""

from typing import Any

import attrs

from phananh import Desk, MemoryStore, RefusedError
from phananh.regulation.acts import Receive
from phananh.worktime import vietnam_calendar


class OfficeHoursDesk(Desk):
    """Takes requests in office hours only."""

    def do(self, case: Any, act: Any, **how: Any) -> Any:
        """Do an act, unless it is a receipt at night."""
        if isinstance(act, Receive) and not vietnam_calendar().is_open(self.now()):
            raise RefusedError(case="(new)", trigger="receive", refusals=())
        return super().do(case, act, **how)


class EagerDesk(Desk):
    """Marks what is overdue before it asks whether an act may be done."""

    def do(self, case: Any, act: Any, **how: Any) -> Any:
        """Do an act, after a sweep."""
        if case is not None and act.trigger != "lapse":
            self.sweep()
        return super().do(case, act, **how)


class OldHolderStore(MemoryStore):
    """Keeps the row of the holder before."""

    def commit(self, changes: Any, /) -> None:
        """Record changes with the holder of the version before."""
        super().commit([self._with_old_holder(change) for change in changes])

    def _with_old_holder(self, change: Any) -> Any:
        holders = [event.holder for event in self.load(change.case)]
        if not holders or holders[-1] is None:
            return change
        row = attrs.evolve(change.row, holder=holders[-1].role, holder_id=holders[-1].id)
        return attrs.evolve(change, row=row)


def desk_of_old_holders(**given: Any) -> Desk:
    """Return a desk on a store that keeps old holders in its rows."""
    return Desk(store=OldHolderStore(), **given)
