"""Stores with one defect each, and the test that must find it: the suite, tested.

Every defect was found in some store in the field, or is one that a hasty author writes.
"""

from tests.testing.broken_stores import consuming, erasing, joint, listing, reading, writing
from tests.testing.broken_stores.seeded import BROKEN, Fault, list_faults

__all__ = [
    "BROKEN",
    "Fault",
    "consuming",
    "erasing",
    "joint",
    "list_faults",
    "listing",
    "reading",
    "writing",
]
