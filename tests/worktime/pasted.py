"""Pasting back what a prompt shows: the repr of a value, read with the names of the package."""

import datetime
import zoneinfo
from typing import Any

from phananh import worktime

NAMES = {name: getattr(worktime, name) for name in worktime.__all__}


def pasted(value: object) -> Any:
    """Return what the repr of a value makes, after `import datetime` and `import zoneinfo`."""
    names = {**NAMES, "datetime": datetime, "zoneinfo": zoneinfo}
    return eval(repr(value), names)  # noqa: S307 - our own text
