"""The differences between the SQL of engines, without drivers and connections.

An engine names its tables and the statements that differ from the usual. If it can do more, such as
write an act in one statement, it has a method of its own.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, ClassVar

from phananh.errors import StoreError
from phananh.stores.base import FeedEntry
from phananh.stores.paging import ahead_error, read_position
from phananh.stores.sql.lists import Found, find_statement, read_found
from phananh.stores.sql.migrations import Migration
from phananh.stores.sql.paths import Slice
from phananh.stores.sql.rows import Batch
from phananh.stores.sql.session import LostRaceError, Select, Session
from phananh.stores.sql.statements import ONCE_EACH, Speech, Statements
from phananh.stores.sql.stored import read_entries

Meaning = dict[str, Any]  # the code of a StoreError, with its facts


class Dialect(ABC):
    """The SQL of an engine, as one driver wants to hear it."""

    name: ClassVar[str]
    migrations: ClassVar[tuple[Migration, ...]]
    statements: ClassVar[Statements] = Statements()
    last_position: ClassVar[str]
    scan: ClassVar[str]
    has_tables: ClassVar[str]  # selects a row if there is a table `phananh_schema`
    after_migrations: ClassVar[tuple[str, ...]] = ()  # what each has to look after
    begin: ClassVar[tuple[str, ...]] = ()  # how a transaction begins that a driver left to us
    # Waits until no other process migrates: selects 1, or else the wait was in vain.
    lock_schema: ClassVar[str | None] = None
    limits: tuple[tuple[str, tuple[Any, ...]], ...] = ()  # of the wait for a lock, with values
    unlock_schema: ClassVar[str | None] = None  # where the end of the transaction does not
    replicate: ClassVar[str | None] = None  # its commit waits until a replica has all before it
    order: ClassVar[tuple[str, ...]] = ("position",)  # the columns that order the feed
    # What stands where personal values were, if erasing leaves something: a salt, and data.
    erased: ClassVar[tuple[bytes, bytes] | None] = None
    cases: ClassVar[tuple[str, ...]] = (ONCE_EACH,)  # ways to list ids, if the one before fails
    size: ClassVar[str | None] = None  # selects how many bytes the tables take
    # Selects how many events a fence holds back, and for how many seconds the oldest transaction
    # has been open.
    held_back: ClassVar[str | None] = None

    def __init__(self, *, mark: str = "?", schema: str = "") -> None:
        """Take how the driver marks a value, and the schema of the tables if it has to be said."""
        self.speech = Speech(mark, schema)
        self.say = lru_cache(maxsize=512)(self.speech.say)
        self.sql = self.statements.render(self.speech)

    @property
    def scan_all(self) -> str:
        """The statement that reads the feed, including events behind a fence."""
        return self.scan

    def hint(self, index: str) -> str:
        """Return the text after a table that is to be read by an index."""
        return ""

    def write(self, session: Session, batch: Batch) -> None:
        """Write all of a batch. The transaction is the caller's.

        Raises:
            LostRaceError: a case has another version than the act was decided on.
        """
        rows = batch.changed
        # No name for the cursor: an error would keep it while another thread has the connection,
        # and sqlite3 of CPython 3.11 would then reset what that thread is running.
        if rows and session.executemany(self.sql.update_row, rows).rowcount != len(rows):
            raise LostRaceError
        events = self.number_events(session, batch.events)
        self.insert(session, "case", batch.new)
        self.insert(session, "command", batch.commands)
        self.insert(session, "event", events)
        self.insert(session, "personal", batch.personal)

    def insert(self, session: Session, table: str, rows: Sequence[Any]) -> None:
        """Insert rows into a table, in their order."""
        if rows:
            session.executemany(getattr(self.sql, f"insert_{table}"), rows)

    def is_one_statement(self, batch: Batch) -> bool:
        """Return whether `write` runs a single statement, which needs no BEGIN and COMMIT."""
        return False

    def number_events(self, session: Session, events: Sequence[Any]) -> Sequence[Any]:
        """Return the values of events, with numbers that the engine does not give by itself.

        No row is inserted yet: a dialect may wait here for its turn.
        """
        return events

    def limit_wait(self, session: Session) -> None:
        """Limit how long the transaction waits for a lock, if its statements do not."""
        for statement, values in self.limits:
            session.execute(self.say(statement), values)

    def find_slice(self, select: Select, one: Slice, limit: int) -> list[Found]:
        """Return up to `limit` rows of a slice, each with its position."""
        statement, values = find_statement(one, self.hint(one.path.index), limit)
        return read_found(one, select(self.say(statement), values))

    def find_lost_code(self, select: Select, code: str) -> Iterable[str]:
        """Return the cases with a tracking code that its index has lost."""
        return ()

    def has_lost_command(self, select: Select, command: str) -> bool:
        """Return whether a command that was not found was recorded all the same."""
        return False

    def read_feed(self, select: Select, after: str | None, limit: int) -> tuple[FeedEntry, ...]:
        """Return entries of the feed behind a position. Here positions count events."""
        first = read_position(after)
        ((last,),) = select(self.say(self.last_position), ())
        if first > last:
            raise ahead_error(first, last)
        return read_entries(select(self.say(self.scan), (first, limit)), after=first, last=last)

    def find_end(self, select: Select) -> str:
        """Return the position behind the last entry of the feed."""
        ((last,),) = select(self.say(self.last_position), ())
        return str(last)

    def parse_position(self, select: Select, position: str | None) -> tuple[int, ...]:
        """Return a position as numbers that sort as the feed does.

        Raises:
            InputError: it is no position, or lies behind the end of the feed.
        """
        found = read_position(position)
        if found:
            ((last,),) = select(self.say(self.last_position), ())
            if found > last:
                raise ahead_error(found, last)
        return (found,)

    def erase(self, session: Session, case: str, at: str) -> bool:
        """Erase the personal data of a case, and return whether that is certain."""
        self.limit_wait(session)
        # What others record meanwhile would else be erased in part, and count as erased.
        session.execute(self.sql.lock_case, (case,)).fetchall()
        session.execute(self.sql.erase, (case,))
        version = session.execute(self.sql.last_version, (case,)).fetchone()[0]
        if version is None:
            return True
        if session.execute(self.sql.erased, (case,)).fetchone() is None:
            session.execute(self.sql.insert_erasure, (case, at, version))
        else:
            session.execute(self.sql.update_erasure, (at, version, case))
        return True

    def find_unlisted(self, select: Select, due_before: str) -> Iterator[StoreError]:
        """Yield the cases that lists do not show as an index lost them."""
        return iter(())

    def find_broken(self, select: Select) -> Iterator[StoreError]:
        """Yield the errors in the structure of tables and indexes."""
        return iter(())

    def find_broken_indexes(self, select: Select) -> tuple[str, ...]:
        """Return the indexes that have lost entries of a table that is whole."""
        return ()

    @abstractmethod
    def is_lost_race(self, error: BaseException) -> bool:
        """Return whether a driver's error means that another was first, and no change was made."""

    def is_of_another(self, error: BaseException) -> bool:
        """Return whether a lost race was for another table, as a trigger may write."""
        return False

    @abstractmethod
    def explain(self, error: BaseException) -> Meaning | None:
        """Return the code and facts of a driver's error, or None if no code fits."""
