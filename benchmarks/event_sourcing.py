"""The library `eventsourcing` doing the same acts: an aggregate whose events say as much.

Its events hold the same facts as ours, as plain data; it checks no rule. A store of it keeps
events alone. A list needs a projection, which it commits by itself, so an act that lists show
is two commits: that is what is compared with an act of ours, and the event alone stands beside.
Each store is as the library sets it up; all wait for the disk at each commit.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from eventsourcing.application import Application
from eventsourcing.domain import Aggregate, event
from eventsourcing.persistence import Tracking, TrackingRecorder

from benchmarks.hands import Work

Facts = dict[str, Any]


class StoredCase(Aggregate):
    """A case whose state is the last one that an event named."""

    @event("Received")
    def __init__(self, facts: Facts) -> None:
        """Begin with the facts of the receipt."""
        self.facts = facts
        self.steps = 0

    @event("Acted")
    def act(self, facts: Facts) -> None:
        """Take the facts of an act."""
        self.facts = {**self.facts, **facts}
        self.steps += 1


class EventSourcing:
    """Does acts by `eventsourcing`, with the aggregate in hand or by its id.

    `view` is where its projection keeps the rows of lists, by the statements `sql`.
    """

    def __init__(
        self, env: Mapping[str, str], *, by_id: bool, view: Any = None, sql: Any = None
    ) -> None:
        """Open a store of its own."""
        self._app: Application[UUID] = Application(env=dict(env))
        self._by_id = by_id
        self._view, self._sql = view, sql
        self._ids: dict[str, UUID] = {}
        self._seen: dict[str, StoredCase] = {}

    def receive(self, work: Work) -> None:
        """Record a new aggregate for a case, and its row; this is not timed."""
        aggregate = StoredCase(work.facts)
        number = self._app.save(aggregate)[-1].notification.id
        if self._view is not None:
            self._project(self._sql.insert_case, work, number)
        self._ids[work.case], self._seen[work.case] = aggregate.id, aggregate

    def act(self, work: Work) -> None:
        """Do one act."""
        aggregate: Any = (
            self._app.repository.get(self._ids[work.case]) if self._by_id else self._seen[work.case]
        )
        aggregate.act(work.facts)
        number = self._app.save(aggregate)[-1].notification.id
        if self._view is not None:
            self._project(self._sql.update_row, work, number)

    def _project(self, statement: str, work: Work, number: int) -> None:
        """Write the row and how far the projection has come, in one transaction."""
        with self._view.datastore.transaction(commit=True) as cursor:
            cursor.execute(statement, work.row)
            self._view._insert_tracking(cursor, Tracking("cases", number))

    def close(self) -> None:
        """Close what it opened."""
        self._app.close()
        if self._view is not None:
            self._view.datastore.close()


def sqlite_view(path: str) -> TrackingRecorder:
    """Return where a projection keeps rows, in a file that has the table of the rows."""
    from eventsourcing.sqlite import SQLiteDatastore, SQLiteTrackingRecorder

    view = SQLiteTrackingRecorder(SQLiteDatastore(path))
    view.create_table()
    return view


def postgres_view(env: Mapping[str, str], schema: str) -> TrackingRecorder:
    """Return where a projection keeps rows, in a schema that has the table of the rows."""
    from eventsourcing.postgres import PostgresDatastore, PostgresTrackingRecorder

    names = ("dbname", "host", "port", "user", "password")
    told = {name: env[f"POSTGRES_{name.upper()}"] for name in names}
    view = PostgresTrackingRecorder(PostgresDatastore(**told, schema=schema))
    view.create_table()
    return view
