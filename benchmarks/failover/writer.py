"""A program that acts until it is stopped: DSN, its name, a file, how long the store retries.

Each act has a command id. One that failed is sent again with the same id until it is
acknowledged, and then a line is synced to the file: when, the command, the case, its version,
and how often it was sent.
"""

import os
import sys
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path

from phananh import Case, Desk
from phananh.errors import StoreError
from phananh.stores.postgres import PostgresStore
from tests.desk import people as p

NOTES = 4  # acts on a case after its receipt


class Writer:
    """Acts under its own command ids, and remembers what was acknowledged."""

    def __init__(self, store: PostgresStore, acknowledged: Path) -> None:
        """Keep the store, and open the file for what is acknowledged."""
        self.desk = Desk(store=store)
        self.log = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def insist(self, command: str, act: Callable[[str], Case]) -> Case:
        """Send an act until it is acknowledged, and write down that it is."""
        for sent in count(1):  # noqa: B007  # the last one is written down
            try:
                case = act(command)
            except StoreError:
                time.sleep(0.02)
            else:
                break
        line = f"{time.time():.6f} {command} {case.id} {case.version} {sent}\n"
        os.write(self.log, line.encode())
        os.fsync(self.log)
        return case

    def receive(self, command: str) -> Case:
        """Take a case."""
        return self.desk.receive(
            kind="regulation",
            channel="phone",
            content=p.SAID,
            by=p.OPERATOR,
            sender=p.SENDER,
            command_id=command,
        )


def main(writer: Writer, name: str) -> None:
    """Take a case and add notes to it, again and again."""
    for number in count():
        case = writer.insist(f"{name}.{number}", writer.receive)
        for note in range(NOTES):
            text = f"{name} {number} {note}"
            case = writer.insist(
                f"{name}.{number}.{note}",
                lambda command, text=text, case=case.id: writer.desk.note(
                    case, text=text, by=p.OPERATOR, command_id=command
                ),
            )


if __name__ == "__main__":
    dsn, name, acknowledged, seconds = sys.argv[1:]
    main(Writer(PostgresStore(dsn, retry_for=float(seconds)), Path(acknowledged)), name)
