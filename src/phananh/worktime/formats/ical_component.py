"""One component of an iCalendar text, read so that each error names file, UID and property.

The library keeps what it cannot read as a broken value, takes a zone nobody knows for none,
and ends a text that is cut short without a word; here each of these is refused.
"""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any, NoReturn

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.worktime.formats.toml_table import text_wanted

LARGEST = 2_000_000  # characters; parsing takes some 2 s for each million
LONGEST = dt.timedelta(days=366)
_DAY = dt.timedelta(days=1)
_BLOCK = re.compile(r"(BEGIN|END):(.*)", re.IGNORECASE)


class Component:
    """An event, or another component, with its place in the text."""

    def __init__(self, raw: Any, where: str, number: int, zone: dt.tzinfo) -> None:
        """Keep the library's component, its UID and the zone of floating times."""
        self.raw, self.zone = raw, zone
        self.uid = str(raw.get("UID") or "")
        kind = {"VEVENT": "event", "AVAILABLE": "session"}.get(raw.name, raw.name.lower())
        self.place = f"{where}: {kind} {self.uid or f'number {number} (without a UID)'}"

    def refuse(self, name: str, problem: str, way_out: str = "") -> NoReturn:
        """Raise `InputError` for a property of this component."""
        raise InputError(field=f"{self.place}: {name}", problem=problem, way_out=way_out)

    def whole(self) -> None:
        """Refuse a component of which a line cannot be read: it may say anything."""
        for name, problem in self.raw.errors:
            if name is None:
                self.refuse("a line", f"cannot be read: {problem}")

    def one(self, name: str) -> Any:
        """Return the value of a property, or None; one that stands twice is refused."""
        value = self.raw.get(name)
        broken = next((text for at, text in self.raw.errors if at == name), None)
        if broken is not None or type(value).__name__ == "vBroken":
            self.refuse(name, f"cannot be read: {broken or value}")
        if isinstance(value, list):
            self.refuse(name, f"stands {len(value)} times", "give it once")
        return value

    def text(self, name: str) -> str:
        """Return a property as text, blank if it is not there."""
        value = self.one(name)
        return "" if value is None else str(value).strip()

    def day(self, name: str) -> dt.date | None:
        """Return one of our own dates, such as 2025-12-25 or 20251225."""
        text = self.text(name)
        if not text:
            return None
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return self.refuse(
                name, f"{short_repr(text)} is not a date", "write it like 2025-12-25"
            )

    def forbid(self, *names: str) -> None:
        """Refuse properties that would mean more than what is read."""
        for name in names:
            if name in self.raw:
                self.refuse(name, "is not read here", "give each day an event of its own")

    def days(self) -> list[dt.date]:
        """Return the dates of an all-day event; its end is exclusive."""
        first, last = self.moment("DTSTART"), self._end()
        if first is None:
            self.refuse("DTSTART", "is missing")
        for name, value in (("DTSTART", first), ("DTEND", last)):
            if isinstance(value, dt.datetime):
                way_out = "an all-day event has DTSTART;VALUE=DATE:20260110"
                self.refuse(name, "has a time", way_out)
        last = _next(first) if last is None else last
        if last <= first or last - first > LONGEST:
            self.refuse("DTEND", f"{last}: the event begins on {first}; the end is exclusive")
        return [first + _DAY * n for n in range((last - first).days)]

    def hours(self) -> tuple[dt.datetime, dt.datetime]:
        """Return begin and end of a timed event, on the office's clock."""
        start, end = self.moment("DTSTART"), self._end()
        for name, value in (("DTSTART", start), ("DTEND", end)):
            if value is None:
                self.refuse(name, "is missing")
            if not isinstance(value, dt.datetime):
                self.refuse(name, f"{value} has no time", "hours of a day are a timed event")
        assert isinstance(start, dt.datetime)
        assert isinstance(end, dt.datetime)
        return self.local("DTSTART", start), self.local("DTEND", end)

    def local(self, name: str, moment: dt.datetime) -> dt.datetime:
        """Return a time on the office's clock; a floating one hangs there already."""
        if moment.tzinfo is not None:
            try:
                return moment.astimezone(self.zone).replace(tzinfo=None)
            except OverflowError:
                self.refuse(name, f"{moment} is at the end of all time")
        zone = self.one(name).params.get("TZID") if self.one(name) is not None else None
        if zone:
            self.refuse(
                name, f"{short_repr(str(zone))} is not a known zone", "use Asia/Ho_Chi_Minh"
            )
        return moment

    def moment(self, name: str) -> dt.date | None:
        """Return a date or a time as it was written, or None."""
        value = self.one(name)
        found = getattr(value, "dt", None)
        if value is not None and not isinstance(found, dt.date):
            self.refuse(name, f"{short_repr(found)} is not a date")
        return found

    def _end(self) -> dt.date | None:
        start, length = self.moment("DTSTART"), self.one("DURATION")
        if length is None or start is None:
            return self.moment("DTEND")
        if self.one("DTEND") is not None:
            self.refuse("DURATION", "stands beside DTEND", "give one of them")
        if not isinstance(start, dt.datetime) and length.dt % _DAY:
            self.refuse("DURATION", f"{length.dt} is not a number of days")
        if not dt.timedelta() < length.dt <= LONGEST:
            self.refuse("DURATION", f"{length.dt} is nothing, or more than a year")
        try:
            end: dt.date = start + length.dt
        except OverflowError:
            self.refuse("DURATION", f"{length.dt} after {start} is after all time")
        return end


def _next(day: dt.date) -> dt.date:
    return day + _DAY if day < dt.date.max else day


def components(text: object, where: str, zone: dt.tzinfo) -> Iterator[Component]:
    """Yield every component of a text.

    Raises:
        InputError: it is no iCalendar, is cut short, or is larger than `LARGEST`.
        ModuleNotFoundError: the extra `ical` is not installed.
    """
    for number, raw in enumerate(_parsed(_whole(text, where), where), 1):
        yield Component(raw, where, number, zone)


def _whole(text: object, where: str) -> str:
    """Refuse a text that is cut short: the library would answer that it holds nothing."""
    if not isinstance(text, str):
        raise InputTypeError(field=where, problem="is not a text", way_out=text_wanted(text))
    if len(text) > LARGEST:
        problem = f"has {len(text)} characters; at most {LARGEST} are read"
        way_out = "export only the calendar of notices"
        raise InputError(field=where, problem=problem, way_out=way_out)
    return _balanced(_sound(text.removeprefix("\ufeff"), where), where)


def _sound(text: str, where: str) -> str:
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        problem = "has a NUL character, or half of one"
        raise InputError(field=where, problem=problem, way_out="save it as UTF-8")
    return text


def _balanced(text: str, where: str) -> str:
    open_blocks: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        _follow(open_blocks, line, f"{where}, line {number}")
    if open_blocks:
        problem = f"{open_blocks[-1]} is never ended; the text is cut short"
        raise InputError(field=where, problem=problem)
    return text


def _follow(open_blocks: list[str], line: str, where: str) -> None:
    block = _BLOCK.fullmatch(line.rstrip())
    if block is None:
        return
    name = block[2].strip().upper()
    if block[1].upper() == "BEGIN":
        open_blocks.append(name)
    elif not open_blocks or open_blocks.pop() != name:
        raise InputError(field=where, problem=f"END:{name[:40]} ends nothing that was begun")


def _parsed(text: str, where: str) -> list[Any]:
    calendar = library()
    try:
        found = calendar.from_ical(text, multiple=True)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as cause:
        problem = f"is not iCalendar: {short_repr(str(cause))}"
        is_path = "\n" not in text and text.strip() != ""
        way_out = "give the text of the file, not its path" if is_path else ""
        raise InputError(field=where, problem=problem, way_out=way_out) from cause
    if not any(part.name == "VCALENDAR" for part in found):
        raise InputError(field=where, problem="is not iCalendar: no VCALENDAR in it")
    return [part for whole in found for part in whole.walk()]


def library(name: str = "Calendar") -> Any:
    """Return a class of the library.

    Raises:
        ModuleNotFoundError: the extra `ical` is not installed.
    """
    try:
        import icalendar
    except ModuleNotFoundError as error:
        if error.name != "icalendar":
            raise
        problem = 'iCalendar files need the extra "ical"; in a clone: pip install ".[ical]"'
        raise ModuleNotFoundError(problem, name="icalendar") from None
    return getattr(icalendar, name)
