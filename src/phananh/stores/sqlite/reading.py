"""Reading rows from sqlite3, those with damaged text too."""

import sqlite3
from collections.abc import Sequence
from typing import Any

from phananh.stores.sql.session import Take


def fetch(connection: sqlite3.Connection, statement: str, values: Sequence[Any], take: Take) -> Any:
    """Return the result of `take` on the rows. Text that is not UTF-8 becomes another value."""
    cursor = connection.cursor()
    try:
        return take(cursor.execute(statement, values))
    except sqlite3.OperationalError as error:
        if "decode" not in str(error):
            raise
        connection.text_factory = _decode_leniently
        try:
            return take(cursor.execute(statement, values))
        finally:
            connection.text_factory = str
    finally:
        cursor.close()


def _decode_leniently(raw: bytes) -> str:
    return raw.decode(errors="backslashreplace")
