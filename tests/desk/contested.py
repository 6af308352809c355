"""A store in which somebody else is always first, as often as it is told to."""

from collections.abc import Sequence

from phananh import ConflictError, MemoryStore
from phananh.stores.base import Change


class Contested(MemoryStore):
    """In memory; the next `times` commits are in conflict with nothing that was recorded."""

    times = 0

    def commit(self, changes: Sequence[Change], /) -> None:
        """Lose the race, or record."""
        if self.times:
            self.times -= 1
            case, seen = changes[0].case, changes[0].expected
            raise ConflictError(case=case, expected=seen, actual=seen + 1)
        super().commit(changes)
