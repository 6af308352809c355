"""How much one may ask: the size of a body, and how often something may be tried in a while."""

import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from fastapi import HTTPException, Request
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from examples.portal.database import FAILURES, fetch, record

LARGEST = 500_000  # bytes; the desk takes 20,000 characters of a text
LARGEST_FILE = 5_000_000  # bytes
WITH_FILE = ("/files", "/registers")  # how the addresses end to which a file is sent
A_WHILE = 15 * 60  # seconds
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


class BodyLimit:
    """Stop reading a body that is too long, before anybody is asked who sends it."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        """Stand before an application."""
        self.app = app

    async def __call__(self, scope: Any, receive: Receive, send: Any) -> None:
        """Count what is read of a body; 413 if it is too much."""
        size, has_file = 0, scope.get("path", "").endswith(WITH_FILE)

        async def receive_some() -> MutableMapping[str, Any]:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > LARGEST + LARGEST_FILE * has_file:
                raise HTTPException(413)
            return message

        await self.app(scope, receive_some, send)


def limit(request: Request, what: str, who: str = "", *, most: int) -> str:
    """Count an attempt by this address, or at `who`, and answer 429 to one too many.

    A while is 15 minutes from the first attempt. Return the key of the count, to `forgive` it. Call
    it in a thread: it reads and writes the database.
    """
    engine, column, now = request.app.state.engine, FAILURES.c, int(time.time())
    key = f"{what} {who or (request.client.host if request.client else '')}"[:200]
    again = update(FAILURES).where(column.key == key).values(count=column.count + 1)
    _, counted = record(engine, delete(FAILURES).where(column.ends_at < now), again)
    if not counted.rowcount:
        try:
            first = {"key": key, "count": 1, "ends_at": now + A_WHILE}
            record(engine, insert(FAILURES).values(first))
        except IntegrityError:  # another worker counted the first one
            record(engine, again)
    if fetch(engine, select(column["count"]).where(column.key == key))[0][0] > most:
        raise HTTPException(429, headers={"Retry-After": str(A_WHILE)})
    return key


def forgive(request: Request, key: str) -> None:
    """Begin to count anew: an attempt was right."""
    record(request.app.state.engine, delete(FAILURES).where(FAILURES.c.key == key))
