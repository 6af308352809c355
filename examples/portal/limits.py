"""How often something may be tried, and how large a file may be."""

import time

from fastapi import HTTPException, Request
from sqlalchemy import text

from examples.portal.database import record

LARGEST = 500_000  # bytes of a form; the desk takes 20,000 characters of a text
LARGEST_FILE = 5_000_000  # bytes
WITH_FILE = ("/files", "/registers")  # how the addresses end that take a file
A_WHILE = 15 * 60  # seconds, from the first attempt
COUNT = text(
    "insert into portal_failures (key, count, ends_at) values (:key, 1, :now + :seconds) "
    "on conflict (key) do update set count = 1 + case when portal_failures.ends_at < :now "
    "then 0 else portal_failures.count end, ends_at = case when portal_failures.ends_at < :now "
    "then :now + :seconds else portal_failures.ends_at end returning count"
)
FORGIVE = text("delete from portal_failures where key = :key or ends_at < :now")


def limit(request: Request, what: str, who: str = "", *, most: int) -> None:
    """Count an attempt by this address, or at `who`, and answer 429 to one too many in a while."""
    address = request.client.host if request.client else ""
    values = {"key": f"{what} {who or address}"[:200], "now": int(time.time())}
    count = COUNT.bindparams(**values, seconds=A_WHILE)
    if record(request.app.state.engine, count)[0] > most:
        raise HTTPException(429, headers={"Retry-After": str(A_WHILE)})


def forgive(request: Request, what: str, who: str) -> None:
    """Count anew: an attempt was right."""
    values = {"key": f"{what} {who}"[:200], "now": int(time.time())}
    record(request.app.state.engine, FORGIVE.bindparams(**values))
