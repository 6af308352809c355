"""Stores in a file with one defect each, that shows when a disk is full, a process dies or races.

They are faults of two sound stores, `JournalStore` and `SummedStore`, and each is found by the test
that it names.
"""

from tests.testing.broken_stores.hurt import (
    copying,
    failing,
    holes,
    killing,
    meeting,
    sharing,
    spoiling,
    transacting,
    waiting,
)
from tests.testing.broken_stores.hurt.seeded import HURT, list_hurt

__all__ = [
    "HURT",
    "copying",
    "failing",
    "holes",
    "killing",
    "list_hurt",
    "meeting",
    "sharing",
    "spoiling",
    "transacting",
    "waiting",
]
