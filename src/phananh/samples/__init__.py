"""Sample cases: as many as you like, realistic, invented, and the same for the same seed.

    from phananh.samples import draw_changes

    for change in draw_changes(1_000, seed=7):
        store.commit([change])

Each history is made by the Regulation itself, act by act, so that a sample is a case like any
other. Names, numbers and texts are marked as samples.
"""

from phananh.samples.changes import UNTIL, draw_changes

__all__ = ["UNTIL", "draw_changes"]
