"""How often something may be tried, and how large a file may be."""

import time

from fastapi import HTTPException, Request
from sqlalchemy import text

from examples.portal.database import record

LARGEST = 500_000  # bytes of a form; the desk takes 20,000 characters of a text
LARGEST_FILE = 5_000_000  # bytes
WITH_FILE = ("/files", "/registers")  # how the addresses end that take a file
A_WHILE = 15 * 60  # seconds, from the first attempt
FORGET = text("delete from portal_failures where ends_at < :now")
COUNT = text(
    "insert into portal_failures (key, count, ends_at) values (:key, 1, :ends_at) "
    "on conflict (key) do update set count = portal_failures.count + 1 returning count"
)


def limit(request: Request, what: str, who: str = "", *, most: int) -> None:
    """Count an attempt by this address, or at `who`, and answer 429 to one too many in a while."""
    now, address = int(time.time()), request.client.host if request.client else ""
    count = COUNT.bindparams(key=f"{what} {who or address}"[:200], ends_at=now + A_WHILE)
    if record(request.app.state.engine, FORGET.bindparams(now=now), count)[1] > most:
        raise HTTPException(429, headers={"Retry-After": str(A_WHILE)})
