"""How long a body may be, of a form or of JSON."""

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from fastapi import HTTPException

LARGEST = 500_000  # bytes; the desk takes 20,000 characters of a text
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]


class BodyLimit:
    """Stop reading a body that is too long, before anybody is asked who sends it."""

    def __init__(self, app: Callable[..., Awaitable[None]]) -> None:
        """Stand before an application."""
        self.app = app

    async def __call__(self, scope: Any, receive: Receive, send: Any) -> None:
        """Count what is read of a body; 413 if it is too much."""
        size = 0

        async def receive_some() -> MutableMapping[str, Any]:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > LARGEST:
                raise HTTPException(413)
            return message

        await self.app(scope, receive_some, send)
