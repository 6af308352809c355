"""Stores with one defect each, and the test that must find it: the suite, tested.

Every defect was found in some store in the field, or is one that a hasty author writes.
"""

from tests.stores.broken_stores import consuming, erasing, joint, listing, reading, writing
from tests.stores.broken_stores.seeded import BROKEN

__all__ = ["BROKEN", "consuming", "erasing", "joint", "listing", "reading", "writing"]
