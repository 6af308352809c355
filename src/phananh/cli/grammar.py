"""How instants, dates and amounts of working time are written on the command line and in files.

One grammar each. A wall-clock time without an offset is Vietnamese time, and what is
computed from it comes out without one.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

import attrs

from phananh.cli.faults import Fault
from phananh.errors import shown

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
_BUDGET = re.compile(r"(?=[0-9])(?:([0-9]{1,9})h)?(?:([0-9]{1,9})m)?(?:([0-9]{1,9})s)?")
_NEGATIVE = re.compile(r"[-\u2212]\s*[0-9].*", re.DOTALL)
_SECONDS = re.compile(r"[0-9]{1,15}")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ]([0-9]{2}):[0-9]{2}(?::[0-9]{2}(?:\.[0-9]+)?)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
)


@attrs.frozen
class Written:
    """An instant as it was written: `offset` is None for wall-clock time, "Z" for Zulu."""

    at: datetime
    offset: str | None

    def like(self, other: datetime) -> str:
        """Return another instant in the same form: in this offset, or as wall-clock time."""
        local = other.astimezone(self.at.tzinfo)
        text = local.isoformat()
        short = text[-6] in "+-"  # an offset of hours and minutes; local mean time has seconds
        text = text[:-6] if short else local.replace(tzinfo=None).isoformat()
        return text if self.offset is None else text + self.offset


@lru_cache(maxsize=512)
def _zone(offset: str | None) -> tzinfo:
    if offset is None:
        return VIETNAM
    if offset == "Z":
        return UTC
    hours, minutes = int(offset[1:3]), int(offset[-2:])
    if minutes > 59:
        raise ValueError("minutes of an offset end at 59")
    away = timedelta(hours=hours, minutes=minutes)
    return timezone(-away if offset[0] == "-" else away)


def instant(text: str) -> Written:
    """Read `2026-03-04T09:00`, with seconds and an offset where needed; digits past µs are cut."""
    found = _INSTANT.fullmatch(text)
    if found is None:
        raise Fault(
            "{text} is not a time; write it like 2026-03-04T09:00 (Vietnamese time) or "
            "2026-03-04T09:00:00+07:00",
            text=shown(text),
        )
    offset, hour = found[2], found[1]
    try:
        if hour == "24":  # newer Pythons read it as the next midnight
            raise ValueError("hours end at 23")
        wall = datetime.fromisoformat(text[: len(text) - len(offset or "")])  # cuts past µs
        return Written(datetime.combine(wall.date(), wall.time(), _zone(offset)), offset)
    except ValueError:
        raise Fault("{text}: there is no such date, hour or offset", text=shown(text)) from None


def day_or_instant(text: str) -> date | Written:
    """Read a date, `2026-03-04`, or else an instant."""
    if not _DATE.fullmatch(text):
        return instant(text)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise Fault("{text}: there is no such date, hour or offset", text=shown(text)) from None


def budget(text: str) -> timedelta:
    """Read `5h`, `8h30m`, `45m` or `90s`."""
    if _NEGATIVE.fullmatch(text):
        problem = "{text}: a budget is not negative; write 5h, 8h30m, 45m or 90s"
        raise Fault(problem, text=shown(text))
    found = _BUDGET.fullmatch(text)
    if found is None:
        raise Fault(
            "{text} is not a budget; write hours, minutes, seconds in that order: 5h, 8h30m, "
            "45m, 90s; or days: 5wd, 10d, 2w, 3mo, 1y",
            text=shown(text),
        )
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def seconds(text: str) -> timedelta:
    """Read whole seconds, 0 or more, in plain digits."""
    if not _SECONDS.fullmatch(text):
        raise Fault("{text} is not a number of whole seconds, 0 or more", text=shown(text))
    try:
        return timedelta(seconds=int(text))
    except OverflowError:
        raise Fault("{text} seconds is more time than there is", text=text) from None
