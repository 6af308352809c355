"""Random act logs by a seed, with all that can go wrong in one: `draw(seed)`.

They are steered by the second reading, so that deep positions are reached: mostly an act that
there is, by somebody who may. Each seed has its own share of wild lines. A log is the same for a
seed on every machine.
"""

from tests.oracle.logs.draw import LINES, Log, draw

__all__ = ["LINES", "Log", "draw"]
