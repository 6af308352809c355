"""Many instants at once, on NumPy arrays (Art. 9)."""

from phananh.worktime.bulk.operations import (
    add_many,
    between_many,
    is_open_many,
    next_opening_many,
    provisional_many,
    subtract_many,
)

__all__ = [
    "add_many",
    "between_many",
    "is_open_many",
    "next_opening_many",
    "provisional_many",
    "subtract_many",
]
