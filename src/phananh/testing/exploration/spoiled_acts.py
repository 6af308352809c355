"""Each act spoilt in each known way: blank texts, times that have passed, the wrong people."""

from phananh.testing.exploration.tried_acts import Variant

SPOILED_ACTS: tuple[Variant, ...] = ()
