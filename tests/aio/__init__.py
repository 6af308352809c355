"""The desk for asyncio, under asyncio and under anyio's cancel scopes."""
