"""The zones of an iCalendar text, taken out of it before the library reads the rest.

The library `icalendar` refuses a whole text because of one odd zone. It caches what it reads under
the zone's name, so that the first file of a process would decide what a name means in every later
one. Here a name of the IANA list or of Windows means what it always does. A zone that only the
file defines is read if it has one offset all year, as in Vietnam. An event in any other zone is
refused.
"""

import re
from collections.abc import Iterator
from datetime import timedelta, timezone, tzinfo
from typing import Any

import attrs

from phananh.errors import InputError
from phananh.worktime.instants import load_zone

_FOLD = re.compile(r"\r?\n[ \t]")
LINE_END = re.compile(r"\r?\n")
"""The end of a line. Other line separators of Unicode do not end one."""
_EDGE = re.compile(r"(BEGIN|END):([\w-]+)\s*", re.IGNORECASE)
_TZID = re.compile(r"^TZID(?:;[^:\r\n]*)?:(.*)$", re.IGNORECASE | re.MULTILINE)
_USED = re.compile(r'TZID=("[^"\n]*"|[^:;\n]*)', re.IGNORECASE)
MOST_ZONES = 100
"""The most names of zones in the times of a text: to look for an unknown one is slow."""
LONGEST_ZONE = 200
"""The most characters of such a name."""
_OFFSET = re.compile(
    r"^TZOFFSETTO(?:;[^:\r\n]*)?:([+-])(\d\d)([0-5]\d)([0-5]\d)?\s*$", re.IGNORECASE | re.MULTILINE
)
_INNER = {"BEGIN:STANDARD", "BEGIN:DAYLIGHT"}


def check_zones(text: str, where: str) -> None:
    """Refuse times in too many zones, or in a zone with too long a name.

    Raises:
        InputError: with the limit.
    """
    names = set(_USED.findall(_FOLD.sub("", text)))
    if len(names) > MOST_ZONES:
        facts = {"length": len(names), "most": MOST_ZONES}
        raise InputError(code="ical_too_many_zones", field=where, **facts)
    longest = max(map(len, names), default=0)
    if longest > LONGEST_ZONE:
        facts = {"length": longest, "most": LONGEST_ZONE}
        raise InputError(code="ical_long_zone", field=where, **facts)


@attrs.frozen
class Zones:
    """What the zones of a file mean: the name of each that it defines, and its offsets."""

    defined: dict[str, set[timedelta | None]] = attrs.field(factory=dict)
    found: dict[str, tzinfo | None] = attrs.field(factory=dict)

    def find(self, name: str) -> tzinfo | None:
        """Return the zone of a name, or None if it is unknown."""
        if name not in self.found:
            self.found[name] = self._look_for(name)
        return self.found[name]

    def _look_for(self, name: str) -> tzinfo | None:
        bare = name.strip("/")
        windows: dict[str, str] = _load_windows_names()
        found = _find_known(bare) or _find_known(windows.get(bare, ""))
        offsets = self.defined.get(name, set())
        if found is None and len(offsets) == 1 and None not in offsets:
            return timezone(next(offset for offset in offsets if offset is not None))
        # A vendor's name ends in that of the list: /example.org/Asia/Ho_Chi_Minh.
        parts = bare.split("/") if name.startswith("/") and not offsets else []
        ends = (_find_known("/".join(parts[n:])) for n in range(1, min(len(parts), 8)))
        return found or next((end for end in ends if end), None)

    def add(self, block: str) -> None:
        """Store the offsets of a zone's definition."""
        text = _FOLD.sub("", block)
        signs = {
            timedelta(hours=int(h), minutes=int(m), seconds=int(s or 0))
            * (-1 if sign == "-" else 1)
            for sign, h, m, s in _OFFSET.findall(text)
        }
        one = next(iter(signs)) if len(signs) == 1 else None
        usable = one if one is not None and abs(one) < timedelta(days=1) else None
        for name in map(str.rstrip, _TZID.findall(text)):
            self.defined.setdefault(name, set()).add(usable)


def take_out_zones(text: str) -> tuple[str, Zones]:
    """Return a text without its VTIMEZONE components, and the zones that these define."""
    zones, kept = Zones(), list[str]()
    for is_zone, lines in _split_blocks(LINE_END.split(text)):
        if is_zone:
            zones.add("\n".join(lines))
        else:
            kept += lines
    return "\n".join(kept), zones


def _split_blocks(lines: list[str]) -> Iterator[tuple[bool, list[str]]]:
    """Yield the lines of each zone (True) and those around. A zone with other parts is not one."""
    block: list[str] = []
    within: set[str] | None = None  # the components of the zone that is being read
    for line in lines:
        edge = _EDGE.fullmatch(line)
        what = f"{edge[1]}:{edge[2]}".upper() if edge else ""
        if what == "BEGIN:VTIMEZONE" and within is None:
            yield False, block
            block, within = [], set()
        elif what.startswith("BEGIN") and within is not None:
            within.add(what)
        block.append(line)
        if what == "END:VTIMEZONE" and within is not None:
            yield within <= _INNER, block
            block, within = [], None
    yield False, block


def _find_known(name: str) -> tzinfo | None:
    try:
        return load_zone(name) if name else None
    except InputError:
        return None


def _load_windows_names() -> Any:
    """Return the zone names of Windows with their IANA names."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    return WINDOWS_TO_OLSON
