"""Why each limit of the cases that a test recorded ends when it does."""

from collections.abc import Iterator

import attrs

from phananh.desk.desk import Desk
from phananh.errors import PhanAnhError
from phananh.regulation.case import Case, fold
from phananh.regulation.case_deadline import CaseDeadline, find_running
from phananh.regulation.values.events import Event
from phananh.stores.base import Store
from phananh.testing.faulty_store import FaultyStore


@attrs.frozen
class Watched:
    """The desk of a test, and how far the feed of its store had come when the test began."""

    desk: Desk
    begin: str | None

    def load_history(self, case: str) -> tuple[Event, ...]:
        """Return the history of a case; nothing where it cannot be read."""
        try:
            return self.desk.store.load(case)
        except Exception:  # noqa: BLE001  # a store under test may raise anything; the test comes first
            return ()


def watch(desk: Desk, *, from_now: bool) -> Watched:
    """Return a desk to be looked at after a failure, past any fault that was planned for it."""
    store = desk.store
    while isinstance(store, FaultyStore):
        store = store.inner
    begin = _find_end(store) if from_now else None
    return Watched(attrs.evolve(desk, store=store), begin)


def _find_end(store: Store) -> str | None:
    """Return the position of the last entry of the feed, or None where there is none."""
    end = None
    while entries := store.scan(end, limit=1000):
        end = entries[-1].position
    return end


def explain_cases(watched: Watched) -> str:
    """Return in words why each due time of the cases recorded since is when it is."""
    try:
        texts = [*_explain_each(watched)]
    except Exception as error:  # noqa: BLE001  # a store under test may raise anything; the test comes first
        return f"the cases cannot be read: {error!r}"
    return "\n\n".join(texts) or "no limit of any case began"


def _explain_each(watched: Watched) -> Iterator[str]:
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
