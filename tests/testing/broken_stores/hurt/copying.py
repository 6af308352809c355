"""Defects of copies: what they leave out, and what they share with the store."""

from phananh.stores.base import Store
from tests.testing.broken_stores.hurt.journal import TABLES, JournalStore
from tests.testing.broken_stores.hurt.seeded import found_by_suite
from tests.testing.broken_stores.hurt.suite import JournalSuite


class _CopiesWithout(JournalSuite):
    """Leaves a table out of a copy."""

    left_out = ""

    def back_up(self, store: Store) -> Store:
        """Write a new file without a table."""
        if not isinstance(store, JournalStore):
            raise TypeError("no journal")
        copy = JournalStore(store.path.with_suffix(".copy"))
        with store._turn():
            state = {**store._copy_state(), self.left_out: {}}
        empty = {name: {} for name in TABLES} | {"_feed": []}
        copy._append({**empty, **state})
        return copy


@found_by_suite("test_command_is_known_to_a_copy")
class CopiesWithoutCommands(_CopiesWithout):
    """A copy knows no command, so a retry is recorded twice."""

    left_out = "_records"


@found_by_suite("test_consumer_goes_on_in_a_copy")
class CopiesWithoutPositions(_CopiesWithout):
    """A copy knows no consumer, so everybody is told again."""

    left_out = "_leases"


@found_by_suite("test_copy_holds_what_the_store_held")
class CopiesWithoutRows(_CopiesWithout):
    """A copy lists no case."""

    left_out = "_rows"


@found_by_suite("test_copy_is_a_store_of_its_own")
class CopiesALink(JournalSuite):
    """A copy is a second name of the file."""

    def back_up(self, store: Store) -> Store:
        """Return another handle."""
        return self.connect(store)
