"""Where the Regulation is silent, and how we read it: R1 to R48, as data.

If a reading has an option, you can choose another in `Rules`. The others are what the code does.
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
