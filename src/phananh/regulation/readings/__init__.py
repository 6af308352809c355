"""Where the Regulation is silent, and what we read into it: R1 to R48, as data.

A reading with an option can be chosen otherwise in `Rules`; the others are what the code does.
`phananh articles --readings` and the documentation print them.
"""

from typing import Final

from phananh.regulation.readings.handling import HANDLING
from phananh.regulation.readings.limits import LIMITS
from phananh.regulation.readings.reading import Reading
from phananh.regulation.readings.receiving import RECEIVING

__all__ = ["READINGS", "Reading"]

READINGS: Final[tuple[Reading, ...]] = tuple(
    sorted((*RECEIVING, *HANDLING, *LIMITS), key=lambda each: int(each.id[1:]))
)
