"""Closing a store at the end of a `with` block. If you write a store, it needs only `close`."""

from typing import Self


class ClosableStore:
    """The methods of a `with` statement, for a store that has a `close`."""

    __slots__ = ()

    def close(self) -> None:
        """Close files and connections."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(self, *raised: object) -> None:
        """Close the store. Recorded acts stay recorded, whatever was raised."""
        self.close()
