"""The register of rows: the number, the function that checks it, and its twin."""

import re
from collections.abc import Callable, Iterable

import attrs

from tests.adversarial.world import World

Check = Callable[[World], None]
Change = Callable[[World], object]
ROWS: dict[int, "Row"] = {}
_NAME = re.compile(r"row_(\d+)")


@attrs.frozen
class Off:
    """A defence in words, and how it is switched off."""

    words: str
    change: Change


@attrs.frozen
class Row:
    """A row of the list: how it is checked, and without which defences it turns red.

    `place` is where it is tried: "memory", "stores", which is every store, or "places", which are
    those that can be hurt from outside.
    """

    number: int
    check: Check
    place: str
    offs: tuple[Off, ...]

    @property
    def path(self) -> str:
        """The file in which the row stands."""
        return self.check.__module__.replace(".", "/") + ".py"


def row(*offs: Off, place: str = "memory") -> Callable[[Check], Check]:
    """Enter `row_79` below as the check of row 79, with the defences that it needs."""

    def add(check: Check) -> Check:
        found = _NAME.fullmatch(check.__name__)
        assert found, check.__name__
        number = int(found[1])
        assert number not in ROWS, f"row {number} is there twice"
        ROWS[number] = Row(number, check, place, offs)
        return check

    return add


def pick(*places: str) -> Iterable[Row]:
    """Return the rows that are tried in these places, in order."""
    return [each for _, each in sorted(ROWS.items()) if each.place in places]
