"""Contract: a copy, or a history of an earlier version, is read as it was recorded."""

import json
from importlib.resources import files

from phananh.errors import DuplicateError
from phananh.regulation.case import fold
from phananh.regulation.events import Event
from phananh.stores.base import Store
from phananh.stores.codec import decode
from phananh.stores.index_row import make_index_row
from phananh.testing.contract.base import ContractTests, check, expect_error, snapshot
from phananh.testing.contract.consumers import END, MINUTE, claim
from phananh.testing.contract.harness.hooks import StoredEvent
from phananh.testing.contract.harness.patience import read_feed_with
from phananh.testing.sample_events import SECRETS, START, change, completed, received

KEYS = [("HB-1", 1), ("HB-1", 2), ("HB-2", 1)]
SALT = b"golden salt, v1."


def make_three_events(tests: ContractTests) -> Store:
    """Return a new store of two cases, in which two acts have a command."""
    first = received("HB-1")
    return tests.new_store(
        change(first),
        change(completed("HB-1", 2), after=(first,), command="c"),
        change(received("HB-2"), command="d"),
    )


class CopyTests(ContractTests):
    """A copy that users made, for stores with a test class that writes `back_up`."""

    def test_copy_holds_what_the_store_held(self) -> None:
        """Histories, rows, commands and positions are the same in a copy."""
        store = make_three_events(self)
        read_feed_with(store, KEYS)
        copy = self.close_later(self.back_up(store))
        check(snapshot(copy, "HB-1", "HB-2") == snapshot(store, "HB-1", "HB-2"), "the copy differs")
        for name in ("c", "d"):
            found, wanted = copy.find_command(name), store.find_command(name)
            check(found == wanted, f"the command {name} is {found} in the copy, not {wanted}")

    def test_command_is_known_to_a_copy(self) -> None:
        """An act that was recorded before the copy was made is a duplicate there."""
        store = make_three_events(self)
        copy = self.close_later(self.back_up(store))
        act = change(completed("HB-1", 2), after=(received("HB-1"),), command="c")
        expect_error(DuplicateError, copy, act)

    def test_consumer_goes_on_in_a_copy(self) -> None:
        """A consumer goes on from the position that it reached before the copy was made."""
        store = make_three_events(self)
        positions = [entry.position for entry in read_feed_with(store, KEYS)]
        store.advance(claim(store), positions[1])
        copy = self.close_later(self.back_up(store))
        lease = claim(copy, now=END, until=END + MINUTE)
        check(lease.position == positions[1], f"goes on at {lease.position}, not {positions[1]}")
        copy.commit([change(received("HB-9"))])
        read_feed_with(copy, [*KEYS, ("HB-9", 1)])
        found = [entry.event.case for entry in copy.scan(lease.position)]
        check(found == ["HB-2", "HB-9"], f"behind the position are {found}")

    def test_copy_is_a_store_of_its_own(self) -> None:
        """An act that is recorded in a copy is not in the store, nor the other way round."""
        store = make_three_events(self)
        copy = self.close_later(self.back_up(store))
        copy.commit([change(received("HB-8"))])
        store.commit([change(received("HB-9"))])
        found = [len(each.load(case)) for each in (store, copy) for case in ("HB-8", "HB-9")]
        check(found == [0, 1, 1, 0], f"HB-8 and HB-9 in the store and in its copy: {found}")


def read_golden() -> tuple[StoredEvent, ...]:
    """Return a history with every type of event, as the first version of phananh encoded it."""
    text = files("phananh.testing").joinpath("history-v1.jsonl").read_text(encoding="utf-8")
    lines = [json.loads(line) for line in text.splitlines()]
    return tuple(StoredEvent(kind=line.pop("type"), **line, salt=SALT) for line in lines)


class OldHistoryTests(ContractTests):
    """A history of an earlier version, for stores with a test class that writes `store_old`."""

    def test_old_history_is_read(self) -> None:
        """Every event that an earlier version stored comes back, in the history and the feed."""
        store, history = self._store_golden()
        found = store.load(history[0].case)
        for stored, event in zip(found, history, strict=True):
            check(stored == event, f"{type(event).__name__} differs: {stored!r}")
        feed = read_feed_with(store, [(event.case, event.n) for event in history])
        check(tuple(entry.event for entry in feed) == history, "the feed differs")

    def test_old_history_goes_on(self) -> None:
        """It takes further events, and its personal data can be erased."""
        store, history = self._store_golden()
        case = history[0].case
        event = completed(case, len(history) + 1)
        store.commit([change(event, after=history)])
        check(store.load(case) == (*history, event), "it does not go on")
        store.erase(case, at=START)
        check(SECRETS[0] not in repr(fold(store.load(case)).sender), "the sender is not erased")

    def _store_golden(self) -> tuple[Store, tuple[Event, ...]]:
        stored = read_golden()
        history = tuple(_decode(each) for each in stored)
        row = make_index_row(fold(history))
        return self.close_later(self.store_old(self.new_store(), stored, row)), history


def _decode(stored: StoredEvent) -> Event:
    where = {"case": stored.case, "version": stored.version}
    return decode(stored.kind, stored.body, stored.personal, stored.salt, **where)  # type: ignore[arg-type]  # a case and a version
