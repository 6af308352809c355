"""Contract: committed events come back, in order and equal."""

from datetime import time, timedelta, timezone

import attrs

from phananh.regulation import events as e
from phananh.regulation.events import Escalated
from phananh.regulation.request import Sender
from phananh.stores.base import Change, Query, Store
from phananh.testing.contract.base import (
    ContractTests,
    check,
    check_absent,
    record_apart,
    snapshot,
)
from phananh.testing.contract.comparison import check_history, check_same
from phananh.testing.contract.queries import find_cases
from phananh.testing.sample_events import (
    START,
    answered,
    change,
    completed,
    deadline,
    escalated,
    every_event,
    header,
    received,
)
from phananh.worktime.terms import Term


class HistoryTests(ContractTests):
    """Reading gives the recorded events."""

    def test_returns_what_was_committed_in_order(self) -> None:
        """A history comes back equal and in order, over several commits."""
        first, second = received("HB-1"), completed("HB-1", 2)
        third = escalated("HB-1", 3)
        store = self.new_store(change(first), change(second, third, after=(first,)))
        check_history(store, (first, second, third))

    def test_no_changes_are_nothing(self) -> None:
        """Committing an empty list has no effect, and is no error."""
        for changes in ((), (change(received("HB-1"), command="c"),)):
            store = self.new_store(*changes)
            before = self._describe_all(store)
            store.commit([])
            store.commit(())
            check_same(before, self._describe_all(store), "the store after no changes")
            store.commit([change(received("HB-2"))])
            check_same(len(changes) + 1, len(store.scan()), "the events after no changes")

    def _describe_all(self, store: Store) -> tuple[object, ...]:
        """Return all that a store shows."""
        counted = store.count(Query()), store.list_calendars()
        return snapshot(store, "HB-1"), counted, store.find_command("c")

    def test_keeps_every_type_of_event(self) -> None:
        """Each type of event comes back equal, with every field."""
        history = every_event()
        check_history(self.new_store(change(*history)), history)

    def test_row_is_the_sum_of_every_event(self) -> None:
        """After each act, of every type, the row says what all events so far add up to."""
        history, store = every_event(), self.new_store()
        for n, event in enumerate(history):
            store.commit([change(event, after=history[:n])])
            check_history(store, history[: n + 1])

    def test_tells_empty_from_left_out(self) -> None:
        """Empty lists of accused and documents and an empty text are not the same as none given."""
        history = (
            received("HB-1", accused=(), sender=Sender(name="Lan", phone=None)),
            completed("HB-1", 2, accused=()),
            e.Completed(**header("HB-1", 3)),
            completed("HB-1", 4, ""),
            answered("HB-1", 5, documents=()),
        )
        check_history(self.new_store(change(*history)), history)

    def test_blanks_in_ids_count(self) -> None:
        """Ids that differ by a blank, at the end too, are different cases."""
        names = ("HB 1", "HB  1", "HB-1", "HB-1 ", "HB-1  ", "HB-1\t", "HB1")
        histories = [(received(name, content=repr(name)),) for name in names]
        store = self.new_store()
        record_apart(store, [change(*history) for history in histories], "a blank of its id")
        for history in histories:
            check_history(store, history)
        check_same(sorted(names), find_cases(store), "the ids of a list")

    def test_what_is_returned_cannot_be_changed(self) -> None:
        """Histories, rows, the feed and calendars in use are tuples: no caller changes them."""
        new = change(received("HB-1"), escalated("HB-1", 2, clock=deadline()))
        store = self.new_store(new)
        calls: dict[str, object] = {
            "load": store.load("HB-1"),
            "load of an unknown case": store.load("HB-2"),
            "rows of find": store.find(Query()).rows,
            "scan": store.scan(),
            "list_calendars": store.list_calendars(),
            "rows of list_calendars": store.list_calendars()[0].rows,
        }
        for call, found in calls.items():
            check(isinstance(found, tuple), f"{call} is a {type(found).__name__}, not a tuple")

    def test_keeps_limits_in_days(self) -> None:
        """A limit in days comes back with every option of its term."""
        terms = (Term.working_days(5, received=time(16, 30)), Term.months(1, ends="closing"))
        clocks = [attrs.evolve(deadline(), budget=term) for term in terms]
        events = (escalated("HB-1", n, clock=clock) for n, clock in enumerate(clocks, 2))
        found = self.new_store(change(received("HB-1"), *events)).load("HB-1")[1:]
        for stored, clock in zip(found, clocks, strict=True):
            kept = stored.deadline if isinstance(stored, Escalated) else None
            check_same(clock, kept, "the deadline")

    def test_keeps_microseconds_and_offsets(self) -> None:
        """An instant keeps its microseconds and the offset it was given in."""
        odd = timezone(timedelta(hours=5, minutes=45))
        at = START.replace(microsecond=999_999, tzinfo=odd)
        event = self.new_store(change(received("HB-1", at=at))).load("HB-1")[0]
        check_same(at, event.at, "the field `at`")
        check(event.at.utcoffset() == at.utcoffset(), f"the offset of {event.at} was lost")

    def test_keeps_every_character(self) -> None:
        """Vietnamese, characters beyond the first plane, quotes and line breaks come back."""
        text = "Kính gửi: «xã Ð»\r\n\t'\"\\ %s ; -- 🚍 𠀀 \u2028 ệ"
        sender = Sender(name="Đỗ Thị 𠀀", address="Tổ 1; drop table")
        store = self.new_store(change(received("HB-1", content=text, sender=sender)))
        check_history(store, (received("HB-1", content=text, sender=sender),))

    def test_keeps_long_text_whole(self) -> None:
        """A text as long as the door lets in is not cut."""
        text = "ộ" * 19_999 + "."
        first = received("HB-1")
        history = (first, completed("HB-1", 2, text=text))
        check_history(self.new_store(change(*history)), history)

    def test_unknown_case_is_empty(self) -> None:
        """A case that was not recorded has no events, no rows, and raises no error."""
        store = self.new_store(change(received("HB-1")))
        check_absent(store, "HB-2", "an unknown case has events")

    def test_ids_differ_by_every_character(self) -> None:
        """HB-a, HB-A and HB-á are three cases."""
        ids = ("HB-a", "HB-A", "HB-á")
        store = self.new_store()
        record_apart(store, [change(received(case)) for case in ids], "a letter of its id")
        for case in ids:
            found = [event.case for event in store.load(case)]
            check_same([case], found, f"the cases under the id {case}")

    def test_what_the_caller_does_later_changes_nothing(self) -> None:
        """A list of changes may be used again by the caller. The store keeps its old contents."""
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
        check_same((new.row,), rows, "the rows")

    def test_rows_are_on_the_clock_of_vietnam(self) -> None:
        """Each instant of a row has the offset +07:00, in lists and among calendars in use."""
        store = self.new_store(change(received("HB-1"), escalated("HB-1", 2, clock=deadline())))
        found = {
            "find": store.find(Query()).rows,
            "list_calendars": store.list_calendars()[0].rows,
        }
        for call, rows in found.items():
            for name in ("received_at", "since", "updated_at", "due"):
                at = getattr(rows[0], name)
                said = f"`{name}` of a row of {call} is {at}, not on the clock of Vietnam (+07:00)"
                check(at.utcoffset() == timedelta(hours=7), said)
