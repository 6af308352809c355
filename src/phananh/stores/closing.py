"""Closing a store at the end of a `with` block; a store of your own needs only `close`."""

from types import TracebackType
from typing import Self


class Closing:
    """What a `with` statement needs of a store that has a `close`."""

    __slots__ = ()

    def close(self) -> None:
        """Close what the store holds open."""
        raise NotImplementedError

    def __enter__(self) -> Self:
        """Return the store."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the store; what was recorded stays recorded, whatever was raised."""
        self.close()
