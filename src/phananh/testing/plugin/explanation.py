"""Why each limit of the cases that a test recorded ends when it does."""

from collections.abc import Callable, Iterator

import attrs

from phananh.desk.desk import Desk
from phananh.errors import PhanAnhError
from phananh.regulation.case import Case, CaseDeadline, find_running, fold
from phananh.regulation.events import Event
from phananh.stores.base import Store
from phananh.testing.faulty_store import FaultyStore


@attrs.define(eq=False)
class WatchedDesk:
    """A desk, and how far the feed of its store had come when the test began."""

    desk: Desk
    begin: str | None = None


@attrs.define(kw_only=True)
class WatchedDesks:
    """The desks that fixtures gave, as long as they live. They are asked only after a failure."""

    is_explaining: bool
    desks: list[WatchedDesk] = attrs.field(factory=list)

    def add(self, desk: Desk) -> Callable[[], None]:
        """Watch a desk, past any fault planned for its store, and return a way to end it."""
        store = desk.store
        while isinstance(store, FaultyStore):
            store = store.inner
        watched = WatchedDesk(attrs.evolve(desk, store=store))
        self._begin(watched)
        self.desks.append(watched)
        return lambda: self.desks.remove(watched)

    def begin(self) -> None:
        """Leave out events recorded until now."""
        for watched in self.desks:
            self._begin(watched)

    def _begin(self, watched: WatchedDesk) -> None:
        if self.is_explaining:
            watched.begin = _find_end(watched.desk.store)

    def load_history(self, case: str) -> tuple[Event, ...]:
        """Return the history of a case of any of the desks, empty if it cannot be read."""
        for watched in self.desks:
            try:
                found = watched.desk.store.load(case)
            except Exception:  # noqa: BLE001,S112  # a store under test raises anything
                continue
            if found:
                return found
        return ()

    def explain(self) -> list[str]:
        """Return in words, a text for each desk, why each due time that it recorded is then."""
        return [_explain_desk(watched) for watched in self.desks] if self.is_explaining else []


def _find_end(store: Store) -> str | None:
    """Return the position of the last entry of the feed, or None if it is empty."""
    end = None
    try:
        while entries := store.scan(end, limit=1000):
            end = entries[-1].position
    except Exception:  # noqa: BLE001  # a store under test raises anything, and no test has failed
        return None
    return end


def _explain_desk(watched: WatchedDesk) -> str:
    try:
        texts = [*_explain_each(watched)]
    except Exception as error:  # noqa: BLE001  # a store under test raises anything
        return f"the cases cannot be read: {error!r}"
    return "\n\n".join(texts) or "no limit of any case began"


def _explain_each(watched: WatchedDesk) -> Iterator[str]:
    desk = watched.desk
    for case in _list_recorded(desk.store, watched.begin):
        for shown, deadline in _list_due_times(desk.store.load(case)):
            try:
                text = desk.explain(shown, lang="en", deadline=deadline)
            except PhanAnhError as error:  # such as a calendar that the desk was not given
                text = str(error)
            yield f"case {case}, limit of version {deadline.opened_by}\n{text}"


def _list_recorded(store: Store, position: str | None) -> list[str]:
    """Return the ids of cases of which something was recorded after a position, in order."""
    found: dict[str, None] = {}
    while entries := store.scan(position):
        found |= dict.fromkeys(entry.event.case for entry in entries)
        position = entries[-1].position
    return list(found)


def _list_due_times(history: tuple[Event, ...]) -> Iterator[tuple[Case, CaseDeadline]]:
    """Yield each time at which a limit was ever due, with the case as it was then."""
    seen: set[tuple[int, object]] = set()
    for n in range(1, len(history) + 1):
        case = fold(history[:n])
        deadline = find_running(case)
        if deadline is None or (deadline.opened_by, deadline.due) in seen:
            continue
        seen.add((deadline.opened_by, deadline.due))
        yield case, deadline
