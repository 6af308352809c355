"""The journal of a worker: each message, when it is due, and what became of it.

A message is written down before it is sent and after. So a worker that is killed in between finds
it as `sending`, and sends it again under the same key. It is a file of SQLite. It has neither texts
nor addresses, so nothing in it has to be erased.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import attrs

from phananh.stores.sqlite import PRIVATE

# A killed process loses nothing of it. A power cut may, and a message may then go out twice.
_TABLE = """pragma journal_mode = wal;
pragma synchronous = normal;

create table if not exists message (
    key text primary key, "case" text not null, n integer not null, "when" text not null,
    letter text not null, recipient text not null, channel text not null, at real not null,
    due real, next_at real, status text not null, attempts integer not null, problem text
);
create index if not exists message_at on message (status, coalesce(next_at, at));
create index if not exists message_case on message ("case", n);
"""
# Of the reminders of one limit to one recipient whose time has come, only the last is sent.
_DROP_PASSED = """
update message set status = 'dropped'
where status = 'waiting' and coalesce(next_at, at) <= :now and due is not null
and exists (
    select 1 from message as later where later."case" = message."case" and later.n = message.n
    and later.due = message.due and later.recipient = message.recipient
    and later.channel = message.channel and later.at <= :now
    and (later.at, later.rowid) > (message.at, message.rowid)
)
"""


@attrs.frozen(kw_only=True)
class Entry:
    """A message of the journal: about event `n` of a case, or the limit that it opened.

    `at` is when the message is to go out, and `next_at` when again, after a failure. `due` is when
    that limit ends, for a reminder. They are seconds since 1970. `status` is waiting, sending,
    sent, dropped, unaddressed or dead.
    """

    case: str
    n: int
    when: str
    letter: str
    recipient: str
    channel: str
    at: float
    due: float | None = None
    next_at: float | None = None
    status: str = "waiting"
    attempts: int = 0
    problem: str | None = None

    @property
    def key(self) -> str:
        """The name of the message: there is one for each event, recipient and channel."""
        # With its time, because after a restore another event may have the same number.
        return (
            f"{self.case}/{self.n}/{self.when} {self.due or self.at}/{self.letter}"
            f"/{self.recipient}/{self.channel}"
        )


_NAMES = tuple(field.name for field in attrs.fields(Entry))
_COLUMNS = ", ".join(f'"{name}"' for name in _NAMES)
_INSERT = f"insert or ignore into message (key, {_COLUMNS}) values (?{', ?' * len(_NAMES)})"  # noqa: S608  # our own columns
_SELECT = f"select {_COLUMNS} from message "  # noqa: S608  # our own columns


class Journal:
    """The journal in a file, which is created when there is none."""

    def __init__(self, path: str | Path) -> None:
        """Open the file, or make it for its owner alone."""
        for file in (path, f"{path}.lock"):
            Path(file).touch(PRIVATE)
        self._db = sqlite3.connect(path, check_same_thread=False)
        self._db.executescript(_TABLE)
        self._lock = sqlite3.connect(
            f"{path}.lock", timeout=0, isolation_level=None, check_same_thread=False
        )

    def acquire(self) -> bool:
        """Return whether this process is the one that sends. It is until it ends or is killed."""
        with suppress(sqlite3.OperationalError):  # another one is
            if not self._lock.in_transaction:
                self._lock.execute("begin exclusive")
        return self._lock.in_transaction

    @property
    def is_begun(self) -> bool:
        """Whether the reminders of the cases that were open at the beginning are in it."""
        return bool(self._db.execute("pragma user_version").fetchone()[0])

    def begin(self) -> None:
        """Note that those reminders are in it."""
        self._db.execute("pragma user_version = 1")

    def add(self, entries: Iterable[Entry]) -> None:
        """Take in messages that are not in it yet."""
        with self._db:
            self._db.executemany(_INSERT, [(each.key, *attrs.astuple(each)) for each in entries])

    def plan(self, case: str, reminders: Iterable[Entry]) -> None:
        """Take in the reminders of a case, in place of those that still wait."""
        with self._db:
            self._db.execute(
                "delete from message where \"case\" = ? and due is not null and status = 'waiting'",
                (case,),
            )
            self.add(reminders)

    def list_ready(self, now: datetime) -> list[Entry]:
        """Return what is to be sent by now, the oldest first."""
        with self._db:
            self._db.execute(_DROP_PASSED, {"now": now.timestamp()})
        return self._select(
            "where status in ('sending', 'waiting') and coalesce(next_at, at) <= ?"
            " order by at, rowid",
            now.timestamp(),
        )

    def list_dead(self) -> list[Entry]:
        """Return the messages that were given up."""
        return self._select("where status = 'dead' order by at")

    def count(self) -> Counter[str]:
        """Return how many messages have each status."""
        return Counter(dict(self._db.execute("select status, count(*) from message group by 1")))

    def _select(self, where: str, *values: object) -> list[Entry]:
        return [
            Entry(**dict(zip(_NAMES, row, strict=True)))
            for row in self._db.execute(_SELECT + where, values)
        ]

    def mark(self, entry: Entry) -> None:
        """Write down the status of a message: what became of it, or when to send it again."""
        with self._db:
            self._db.execute(
                "update message set status = ?, next_at = ?, attempts = ?, problem = ?"
                " where key = ?",
                (entry.status, entry.next_at, entry.attempts, entry.problem, entry.key),
            )

    def revive(self) -> None:
        """Let the dead be sent again."""
        with self._db:
            self._db.execute(
                "update message set status = 'waiting', attempts = 0, next_at = null"
                " where status = 'dead'"
            )

    def close(self) -> None:
        """Close the file, and let another process send."""
        self._db.close()
        self._lock.close()
