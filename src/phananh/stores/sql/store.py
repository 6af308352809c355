"""The calls of a store over SQL, on any kind of connection.

To write a store for another driver, subclass `SqlStore`: give it the dialect of its engine, read
with `_select`, and run work in a transaction with `_transact`. Every write is gated on the index
row: an expected version that is too low or too high changes no row and stops there. The key
(case, version) is the backstop.
"""

from abc import abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import Any

import attrs

from phananh.errors import ConflictError, CorruptError, StoreError
from phananh.regulation.events import Event
from phananh.stores.base import (
    CalendarUse,
    Capability,
    Change,
    CommandRecord,
    FeedEntry,
    Lease,
    Page,
    Query,
    check_limit,
)
from phananh.stores.closable import ClosableStore
from phananh.stores.conflicts import check_chain, check_commands, describe_commit, list_commands
from phananh.stores.paging import format_instant
from phananh.stores.sql import lists
from phananh.stores.sql.calendars import list_calendars
from phananh.stores.sql.consumers import Consumers
from phananh.stores.sql.dialect import Dialect
from phananh.stores.sql.errors import driver_error
from phananh.stores.sql.migrations import Phases, check_phase
from phananh.stores.sql.paths import list_paths
from phananh.stores.sql.rows import make_batch
from phananh.stores.sql.schema import migrate
from phananh.stores.sql.session import LostRaceError, Session, Take, fetch_all
from phananh.stores.sql.stored import damaged_command_error, read_command, read_history
from phananh.stores.sql.verify import find_damage

Work = Callable[[Any], object]
Doing = Mapping[str, Any]  # the arguments of a StoreError that say what was being done


class SqlStore(ClosableStore):
    """The store's calls, over a query and a transaction that a subclass provides."""

    dialect: Dialect
    _where: str = ""  # the file or server, for errors
    _tries: int = 5  # how often erasing and migrating may lose a race

    @property
    @abstractmethod
    def capabilities(self) -> frozenset[Capability]:
        """The capabilities beyond the contract."""

    @abstractmethod
    def _select(
        self, doing: str, statement: str, values: Sequence[Any], take: Take = fetch_all
    ) -> Any:
        """Return the result of `take` on the rows, with the driver's errors as StoreErrors."""

    @abstractmethod
    def _transact(self, doing: Callable[[], Doing], work: Work) -> None:
        """Do the work on a session in a transaction: committed on success, else rolled back.

        Raises:
            LostRaceError: the driver says that another was first, and no change was recorded.
            StoreError: any other error of the driver.
        """

    def _run_alone(self, doing: Callable[[], Doing], work: Work) -> None:
        """Do work of a single statement, which may be a transaction by itself."""
        self._transact(doing, work)

    def load(self, case: str, /) -> tuple[Event, ...]:
        """Return versions 1..n without a hole, empty for an unknown case.

        Raises:
            CorruptError: a version cannot be read or is missing, or the index row is not of it.
        """
        rows = self._select_history(case)
        if not rows:
            if not self._select("loading", self.dialect.sql.version, (case,)):
                return ()
            rows = self._select_history(case)  # recorded meanwhile, or else lost
        if not rows:
            raise CorruptError(doing="loading", code="event_missing", case=case, version=1)
        return read_history(case, rows)

    def _select_history(self, case: str) -> list[Any]:
        try:
            rows: list[Any] = self._select("loading", self.dialect.sql.load, (case, case, case))
        except StoreError as error:
            if error.code != "damaged_file":
                raise
            facts: dict[str, Any] = {**error.facts, "where": error.where}
            raise CorruptError(code=error.code, case=case, version=0, **facts) from error
        return rows

    def commit(self, changes: Sequence[Change], /) -> None:
        """Record all the changes or none.

        Raises:
            DuplicateError, CommandReusedError: a command id is known. No change was recorded.
            ConflictError: an expected version is too low or too high. No change was recorded.
            StoreError: the engine failed. The same command id settles what was recorded.
        """
        if not changes:
            return
        list_commands(changes)
        check_chain(changes)
        batch = make_batch(changes)
        run = self._run_alone if self.dialect.is_one_statement(batch) else self._transact
        try:
            run(partial(describe_commit, changes), partial(self.dialect.write, batch=batch))
        except LostRaceError as lost:
            self._settle(changes, lost)

    def _settle(self, changes: Sequence[Change], lost: LostRaceError) -> None:
        """Find why no change was recorded: the commands were, or another version was."""
        check_commands(
            [command for _, command in list_commands(changes)],
            lambda command: self.find_command(command.id),
        )
        firsts = {change.case: change for change in reversed(changes)}
        for change in reversed(firsts.values()):
            actual = self._find_version(change.case)
            if actual != change.expected:
                raise ConflictError(case=change.case, expected=change.expected, actual=actual)
        codes = {change.row.code: change.case for change in changes}
        for change in changes:
            if codes[change.row.code] != change.case or self._has_code_of_another(change):
                raise StoreError(code="code_taken", **describe_commit(changes)) from lost.__cause__
        cause = lost.__cause__
        if cause is not None and self.dialect.is_of_another(cause):
            doing = describe_commit(changes)
            raise driver_error(cause, self.dialect, self._where, **doing) from cause
        # It was so when it was tried: a deadlock, or what a snapshot of the caller cannot see.
        first = changes[0]
        raise ConflictError(case=first.case, expected=first.expected) from cause

    def _find_version(self, case: str) -> int:
        found = self._select("recording", self.dialect.sql.version, (case,))
        return found[0][0] if found else 0

    def _has_code_of_another(self, change: Change) -> bool:
        found = self._select("recording", self.dialect.sql.code, (change.row.code,))
        return any(case != change.case for (case,) in found)

    def find_command(self, command: str, /) -> CommandRecord | None:
        """Return the record of a command id, or None if there is none.

        A primary that crashed, or that stopped waiting for its replica, shows acts that the replica
        lacks. So a call that finds a command waits for the replica as the act did.

        Raises:
            CorruptError: it was recorded, but its record cannot be read.
        """
        rows = self._select("finding_command", self.dialect.sql.find_command, (command,))
        if rows:
            record = read_command(tuple(rows[0]))
            if record.salt is not None:
                self.load(record.case)  # which sees a salt that is another
            if self.dialect.replicate is not None:
                statement = self.dialect.say(self.dialect.replicate)
                doing = {"doing": "finding_command"}
                self._run_alone(lambda: doing, lambda session: session.execute(statement, ()))
            return record
        if self.dialect.has_lost_command(partial(self._select, "finding_command"), command):
            raise damaged_command_error()
        return None

    def find(self, query: Query, /) -> Page:
        """Return committed rows that meet the query, a page at a time, in its order."""
        select = partial(self._select, "finding")
        found: list[lists.Found] = []
        for slices in lists.list_slices(query):
            left = query.limit + 1 - len(found)
            read = [self.dialect.find_slice(select, one, left) for one in slices]
            found += lists.merge(read, is_reversed=query.order == "newest")[:left]
            if len(found) > query.limit:
                break
        page = lists.cut_page(found, query.limit)
        if query.code is not None and not page.rows:
            lost = tuple(map(str, self.dialect.find_lost_code(select, query.code)))
            return attrs.evolve(page, damaged=page.damaged + lost)
        return page

    def count(self, query: Query, /, *, limit: int = 1000) -> int:
        """Return how many rows meet the query, or `limit` if there are as many or more."""
        left = check_limit(limit)
        for path in list_paths(query, lists.count_part(query)):
            if left > 0:
                statement, values = lists.count_statement(
                    path, query, self.dialect.hint(path.index), left
                )
                ((counted,),) = self._select("finding", self.dialect.say(statement), values)
                left -= counted
        return limit - left

    def list_calendars(self) -> tuple[CalendarUse, ...]:
        """Return which versions of calendars the running limits name, from an index of them."""
        return list_calendars(self.dialect, partial(self._select, "finding"))

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        """Return events in commit order, after a position, at most up to a damaged one.

        Raises:
            InputError: a position behind the last one, as after an old backup was restored.
            CorruptError: the first event cannot be read. `position` among its facts resumes the
                feed after it.
        """
        return self.dialect.read_feed(partial(self._select, "scanning"), after, check_limit(limit))

    def claim(
        self, consumer: str, /, now: datetime, until: datetime, *, start: str | None = None
    ) -> Lease | None:
        """Return the lease of a consumer, or None while another holds it past `now`."""
        return self._consumers().claim(consumer, now, until, start)

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        """Record that all entries up to `position` were dealt with, and return the lease renewed.

        Raises:
            LeaseLostError: another claimed it since, or it was released. The position stays.
            InputError: a position before the one that was recorded.
        """
        return self._consumers().advance(lease, position, until)

    def release(self, lease: Lease, /) -> None:
        """End a lease now, unless another worker claimed it since."""
        self._consumers().release(lease)

    def _consumers(self) -> Consumers:
        doing = "claiming"
        transact = partial(self._transact, lambda: {"doing": doing})
        return Consumers(self.dialect, partial(self._select, doing), transact)

    def _transact_again(self, doing: Callable[[], Doing], work: Work) -> None:
        """Do the work in a transaction, a few times if others are first."""
        cause: BaseException | None = None
        for _ in range(self._tries):
            try:
                return self._transact(doing, work)
            except LostRaceError as lost:
                cause = lost.__cause__
        raise StoreError(code="always_second", **doing()) from cause

    def migrate(self, phase: Phases = "all") -> tuple[str, ...]:
        """Bring the tables to what this code needs, and return the names of the steps done.

        Safe to repeat, and by several processes at once. Old code can run on after "pre". Run
        "post" after the last of it has ended.

        Raises:
            InputError: no such phase.
            SchemaError: the tables are those of newer code, and too new for this one.
        """
        phase, done = check_phase(phase), list[str]()

        def work(session: Session) -> None:
            done[:] = migrate(session, self.dialect, phase, where=self._where)

        self._transact_again(lambda: {"doing": "migrating"}, work)
        return tuple(done)

    def find_unlisted(self, due_before: datetime) -> Iterator[StoreError]:
        """Yield the cases that lists do not show as an index lost them, for the sweep."""
        select = partial(self._select, "finding")
        return self.dialect.find_unlisted(select, format_instant(due_before))

    def find_damage(self) -> Iterator[StoreError]:
        """Yield the damage: each case, each command, the feed. The tables stay as they are.

        The whole database is read, a page at a time. Acts recorded meanwhile may be left out.
        """
        return find_damage(self, self.dialect, partial(self._select, "examining"))

    def erase(self, case: str, *, at: datetime) -> None:
        """Erase the personal data of a case. History and row stay.

        Raises:
            CorruptError: the data found is erased, but damage may have hidden some.
        """
        certain: list[bool] = []

        def work(session: Session) -> None:
            certain[:] = [self.dialect.erase(session, case, format_instant(at))]

        self._transact_again(lambda: {"doing": "erasing_case", "case": case}, work)
        if not all(certain):
            facts: dict[str, Any] = {"doing": "erasing", "code": "erasure_uncertain"}
            raise CorruptError(case=case, version=0, **facts)
