"""The desk for asyncio: each call runs in one of its few threads, and the loop stays free."""

from phananh.async_desk.desk import AsyncDesk
from phananh.async_desk.threads import Threads

__all__ = ["AsyncDesk", "Threads"]
