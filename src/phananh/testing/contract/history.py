"""Contract: what was committed comes back, in order and equal."""

from datetime import time, timedelta, timezone

import attrs

from phananh.regulation.values.events import Completed, Escalated, Received
from phananh.regulation.values.request import Sender
from phananh.stores.base import Change, Query
from phananh.testing.contract.base import ContractTests, check, snapshot
from phananh.testing.sample_events import (
    START,
    change,
    completed,
    deadline,
    escalated,
    every_event,
    received,
)
from phananh.worktime.terms import Term


class HistoryTests(ContractTests):
    """Reading gives what was recorded."""

    def test_returns_what_was_committed_in_order(self) -> None:
        """A history comes back equal and in order, over several commits."""
        first, second = received("HB-1"), completed("HB-1", 2)
        third = escalated("HB-1", 3)
        store = self.new_store(change(first), change(second, third, after=(first,)))
        check(store.load("HB-1") == (first, second, third), "the history differs")

    def test_no_changes_are_nothing(self) -> None:
        """Committing an empty list changes nothing, and is no error."""
        store = self.new_store(change(received("HB-1")))
        before = snapshot(store, "HB-1")
        store.commit([])
        check(snapshot(store, "HB-1") == before, "something changed")

    def test_keeps_every_type_of_event(self) -> None:
        """Each type of event comes back equal, with every field."""
        history = every_event()
        found = self.new_store(change(*history)).load(history[0].case)
        for stored, event in zip(found, history, strict=True):
            check(stored == event, f"{type(event).__name__} differs: {stored!r}")

    def test_keeps_limits_in_days(self) -> None:
        """A limit in days comes back with every option of its term."""
        terms = (Term.working_days(5, received=time(16, 30)), Term.months(1, ends="closing"))
        clocks = [attrs.evolve(deadline(), budget=term) for term in terms]
        events = (escalated("HB-1", n, clock=clock) for n, clock in enumerate(clocks, 2))
        found = self.new_store(change(received("HB-1"), *events)).load("HB-1")[1:]
        for stored, clock in zip(found, clocks, strict=True):
            kept = stored.deadline if isinstance(stored, Escalated) else None
            check(kept == clock, f"the deadline differs: {kept!r}")

    def test_keeps_microseconds_and_offsets(self) -> None:
        """An instant keeps its microseconds and the offset it was given in."""
        odd = timezone(timedelta(hours=5, minutes=45))
        at = START.replace(microsecond=999_999, tzinfo=odd)
        event = self.new_store(change(received("HB-1", at=at))).load("HB-1")[0]
        check(event.at == at, f"{event.at} is not {at}")
        check(event.at.utcoffset() == at.utcoffset(), f"the offset of {event.at} was lost")

    def test_keeps_every_character(self) -> None:
        """Vietnamese, characters beyond the first plane, quotes and line breaks are kept."""
        text = "Kính gửi: «xã Ð»\r\n\t'\"\\ %s ; -- 🚍 𠀀 \u2028 ệ"
        sender = Sender(name="Đỗ Thị 𠀀", address="Tổ 1; drop table")
        store = self.new_store(change(received("HB-1", content=text, sender=sender)))
        event = store.load("HB-1")[0]
        check(isinstance(event, Received) and event.content == text, "the text differs")
        check(isinstance(event, Received) and event.sender == sender, "the sender differs")

    def test_keeps_long_text_whole(self) -> None:
        """A text as long as the door lets in is not cut."""
        text = "ộ" * 19_999 + "."
        first = received("HB-1")
        history = (first, completed("HB-1", 2, text=text))
        event = self.new_store(change(*history)).load("HB-1")[1]
        check(isinstance(event, Completed) and event.content == text, "the text was cut")

    def test_unknown_case_is_empty(self) -> None:
        """A case that nobody recorded has no events, no rows, and raises nothing."""
        store = self.new_store(change(received("HB-1")))
        check(store.load("HB-2") == (), "an unknown case has events")

    def test_ids_differ_by_every_character(self) -> None:
        """HB-a, HB-A and HB-á are three cases."""
        ids = ("HB-a", "HB-A", "HB-á")
        store = self.new_store(*(change(received(case)) for case in ids))
        for case in ids:
            check([e.case for e in store.load(case)] == [case], f"{case} was folded")

    def test_what_the_caller_does_later_changes_nothing(self) -> None:
        """A list of changes may be used again by the caller; the store keeps what it was."""
        store = self.new_store()
        changes: list[Change] = [change(received("HB-1"))]
        store.commit(changes)
        changes.clear()
        check(len(store.load("HB-1")) == 1, "the history follows the caller's list")
        check(isinstance(store.load("HB-1"), tuple), "a loaded history can be changed")

    def test_row_comes_back_equal(self) -> None:
        """The index row is found as it was committed, its instants to the microsecond."""
        new = change(received("HB-1"), escalated("HB-1", 2))
        rows = self.new_store(new).find(Query()).rows
        check(rows == (new.row,), f"{rows} is not {new.row}")
