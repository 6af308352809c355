"""Where odd input and bad luck are tried: a store, hours, rules and a clock moved by hand.

The number in the name of a test is that of its row in the acceptance list.
"""

from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest

from phananh import Case, Desk, InputError, MemoryStore, PhanAnhError, RefusedError
from phananh.regulation import acts as a
from phananh.regulation.rules import HOA_BINH_2019, Rules
from phananh.stores.base import Query, Store
from tests.desk import people as p


@attrs.define(kw_only=True)
class World:
    """What a test is tried in."""

    folder: Path
    patch: pytest.MonkeyPatch
    store: Store = attrs.field(factory=MemoryStore)
    rules: Rules = HOA_BINH_2019
    calendar: Any = None
    skew: timedelta = timedelta(seconds=60)
    hand: p.Hand = attrs.field(factory=p.Hand)

    @property
    def desk(self) -> Desk:
        """A desk over all this, as it is now."""
        return self.desk_on(self.store)

    def desk_on(self, store: Store) -> Desk:
        """Return a desk over another store."""
        return Desk(
            store=store,
            clock=self.hand,
            rules=self.rules,
            calendar=self.calendar,
            clock_skew=self.skew,
        )  # type: ignore[arg-type]  # mixed

    def do(self, case: Case | None, act: a.Act) -> Case:
        """Return a case after an act that must be recorded."""
        try:
            return self.desk.do(case and case.id, act)
        except PhanAnhError as error:
            told = str(error)
        raise AssertionError(f"it was not recorded: {told}")

    def wait(self, hours: float = 1) -> None:
        """Let so many hours of the clock go by."""
        self.hand.at += timedelta(hours=hours)

    def read_all(self) -> tuple[object, ...]:
        """Return all rows, all histories with what is personal in them, and the feed."""
        rows = self.store.find(Query(limit=100)).rows
        histories = tuple(self.store.load(row.case) for row in rows)
        feed = tuple((each.position, each.event) for each in self.store.scan(limit=1000))
        return rows, histories, feed

    def fail(
        self, error: type[Exception], act: Callable[[], object], *, says: str = ""
    ) -> PhanAnhError:
        """Check that an act ends in this error, says this and changes nothing; return it."""
        before = self.read_all()
        caught = expect(error, act, says=says)
        assert self.read_all() == before, "something was changed all the same"
        return caught

    def refuse(
        self, act: Callable[[], object], *reasons: tuple[str, str | None], says: str = ""
    ) -> None:
        """Check that an act is refused for exactly these reasons, each with its clause."""
        caught = self.fail(RefusedError, act, says=says)
        assert isinstance(caught, RefusedError)
        assert [(each.code, each.article and each.article.id) for each in caught.refusals] == list(
            reasons
        )


def expect(error: type[Exception], act: Callable[[], object], *, says: str = "") -> PhanAnhError:
    """Check that an act ends in this error and says this; return it."""
    caught, found = None, None
    try:
        found = act()
    except PhanAnhError as raised:
        caught = raised
    assert caught is not None, f"{error.__name__} was not raised; it returned {found!r}"
    assert isinstance(caught, error), f"{type(caught).__name__} came: {caught}"
    assert says in str(caught), str(caught)
    return caught


def names_of(world: World, case: Case | str) -> list[str]:
    """Return what is in the history of a case, by the names of the events."""
    return [type(event).__name__ for event in world.desk.history(case)]


def check_recorded(world: World, case: Case, events: Iterable[str]) -> None:
    """Check that a case is what its history adds up to, row included, and what is in it."""
    assert (names_of(world, case), world.desk.get(case.id)) == (list(events), case)
    (row,) = [row for row in world.store.find(Query(limit=100)).rows if row.case == case.id]
    assert (row.version, row.state, row.due) == (case.version, case.state, case.due)


def refuse_input(
    world: World, give: Callable[[], object], *, field: str | None = None, says: str = ""
) -> InputError:
    """Check that what is given is refused at the door, shortly and in what can be printed."""
    caught = world.fail(InputError, give, says=says)
    assert isinstance(caught, InputError)
    assert isinstance(caught, ValueError)
    assert field is None or caught.field == field
    assert len(str(caught)) < 400
    str(caught).encode()
    return caught
