"""Contract: an acknowledged act survives the death of the process that recorded it."""

import time
from datetime import timedelta

from phananh.regulation.events import Event
from phananh.stores.base import Change, Store
from phananh.testing.contract.accidents.failures import record_again
from phananh.testing.contract.base import ContractTests, check
from phananh.testing.contract.comparison import check_events
from phananh.testing.contract.consumers import END, MINUTE, claim
from phananh.testing.contract.harness.patience import read_feed_with
from phananh.testing.contract.locking import check_row_is_fold
from phananh.testing.sample_events import START, change, completed, received

ROUNDS = 5
MOMENTS = 12  # at which a process dies while it records
LONG = "ộ" * 9_000


class KillTests(ContractTests):
    """A process that has the store open is killed, without closing it."""

    def test_acknowledged_acts_survive_a_kill(self) -> None:
        """Histories, rows, commands and the feed hold every act that was acknowledged: 5 times."""
        self.skip_unless_declared("durable")
        store = self.close_later(self.make_store())
        history: tuple[Event, ...] = ()
        for n in range(1, ROUNDS + 1):
            event = completed("HB-1", n) if history else received("HB-1")
            child = self.open_in_child(store)
            child.store.commit([change(event, after=history, command=f"c{n}")])
            child.store.commit([change(received(f"HB-{n}0"))])
            self.kill(child)
            history = (*history, event)
            store = self.close_later(self.reopen(store))
            self._check_all(store, history)

    def _check_all(self, store: Store, history: tuple[Event, ...]) -> None:
        found = store.load("HB-1")
        check_events(history, found, "HB-1, whose acts were acknowledged before the kill")
        check_row_is_fold(store, "HB-1")
        for n in range(1, len(history) + 1):
            check(store.find_command(f"c{n}") is not None, f"the command of act {n} is lost")
            check(len(store.load(f"HB-{n}0")) == 1, f"the last act of process {n} is lost")
        read_feed_with(store, [("HB-1", event.n) for event in history])

    def test_act_of_a_killed_process_is_whole_or_absent(self) -> None:
        """An act that was not acknowledged is whole or absent, and is recorded once: 12 times."""
        self.skip_unless_declared("durable")
        store, took = self._time_recording(self.new_store(change(received("HB-1"))))
        for i in range(MOMENTS):
            history = store.load("HB-1")
            event = completed("HB-1", i + 2, LONG)
            acts = [change(event, after=history, command=f"c{i}"), change(received(f"HB-{i}0"))]
            acts = acts if "lists" in self.read_declared() else acts[:1]
            store = self._die_while_recording(store, acts, seconds=took * i / MOMENTS)
            found = [store.load(act.case)[act.expected :] == act.events for act in acts]
            parts = [store.load(act.case)[act.expected :] != () for act in acts]
            check(found == parts and len({*found}) == 1, "an act of a killed process is in part")
            record_again(store, *acts)
            check_events((*history, event), store.load("HB-1"), "HB-1, its last act done again")
            check_row_is_fold(store, "HB-1")

    def _time_recording(self, store: Store) -> tuple[Store, float]:
        """Return the store, and the seconds in which a process records such acts undisturbed."""
        acts = [change(received("HB-T1", content=LONG)), change(received("HB-T2"))]
        child = self.open_in_child(store)
        begun = time.monotonic()
        child.store.commit(acts if "lists" in self.read_declared() else acts[:1])
        took = time.monotonic() - begun
        self.kill(child)
        return self.close_later(self.reopen(store)), took

    def _die_while_recording(self, store: Store, acts: list[Change], *, seconds: float) -> Store:
        child = self.open_in_child(store)
        child.start("commit", acts)
        time.sleep(seconds)
        self.kill(child)
        return self.close_later(self.reopen(store))

    def test_lease_of_a_killed_worker_ends(self) -> None:
        """A worker that died keeps its lease until it ends, and no longer. Its position stays."""
        self.skip_unless_declared("durable")
        store = self.new_store(change(received("HB-1")), change(received("HB-2")))
        positions = [entry.position for entry in read_feed_with(store, [("HB-1", 1), ("HB-2", 1)])]
        child = self.open_in_child(store)
        lease = child.store.claim("mail", START, END)
        child.store.advance(lease, positions[0])
        self.kill(child)
        store = self.close_later(self.reopen(store))
        early = END - timedelta(microseconds=1)
        check(store.claim("mail", early, END) is None, "the lease was lost with its worker")
        taken = claim(store, now=END, until=END + MINUTE)
        check(taken.position == positions[0], f"taken over at {taken.position}")
