"""Stores with one defect each, and the test that must find it: the suite, tested.

Every defect was found in some store in the field, or is one that a hasty author writes.
"""

from tests.testing.broken_stores import (
    after_erasure,
    consuming,
    erasing,
    filtering,
    joint,
    keeping,
    listing,
    long_lists,
    naming,
    overtaking,
    paging,
    reading,
    remembering,
    repeating,
    sizing,
    writing,
)
from tests.testing.broken_stores.seeded import BROKEN, Fault, list_faults

__all__ = [
    "BROKEN",
    "Fault",
    "after_erasure",
    "consuming",
    "erasing",
    "filtering",
    "joint",
    "keeping",
    "list_faults",
    "listing",
    "long_lists",
    "naming",
    "overtaking",
    "paging",
    "reading",
    "remembering",
    "repeating",
    "sizing",
    "writing",
]
