"""Contract: a store can be closed, declares its capabilities, and a durable one loses no act."""

from phananh.testing.contract.base import ContractTests, check, snapshot
from phananh.testing.sample_events import change, escalated, every_event, received


class DurabilityTests(ContractTests):
    """Declaring, closing and opening again."""

    def test_declares_what_it_is_tested_for(self) -> None:
        """The store's capabilities are known names, and those of the test class if it has any."""
        self.read_declared()

    def test_everything_survives_reopening(self) -> None:
        """Histories, rows, commands and the feed are the same after the store was closed."""
        self.skip_unless_declared("durable")
        history = every_event()
        store = self.new_store(change(*history, command="c"), change(received("HB-2")))
        before = (*snapshot(store, history[0].case, "HB-2"), store.find_command("c"))
        again = self.close_later(self.reopen(store))
        after = (*snapshot(again, history[0].case, "HB-2"), again.find_command("c"))
        check(before == after, "something was lost")

    def test_rows_can_be_read_with_sql(self) -> None:
        """SQL reads the index rows as the last change of each case left them."""
        self.skip_unless_declared("sql_reports")
        first = received("HB-1")
        store = self.new_store(change(first), change(received("HB-2")))
        store.commit([change(escalated("HB-1", 2), after=(first,))])
        found = sorted(tuple(row) for row in self.read_rows(store))
        wanted = [("HB-1", 2, "escalated"), ("HB-2", 1, "received")]
        check(found == wanted, f"SQL reads {found}, not {wanted}")

    def test_closing_twice_is_closing_once(self) -> None:
        """A store may be closed again."""
        store = self.new_store(change(received("HB-1")))
        store.close()
        store.close()
