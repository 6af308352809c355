"""One component of an iCalendar text, read so that each error names file, UID and property.

The library `icalendar` stores what it cannot read as a broken value, ignores an unknown zone, and
accepts a text that is cut short. Here each of these is an error. The meaning of zones is settled
in `ical_zones`, and the library's warnings are silenced.
"""

import datetime as dt
import re
import warnings
from collections.abc import Iterator
from typing import Any, NoReturn

from phananh.errors import InputError, short_repr
from phananh.worktime.formats.ical_zones import LINE_END, Zones, check_zones, take_out_zones
from phananh.worktime.formats.toml_table import check_text

LARGEST = 2_000_000
"""The most characters of a text."""
MOST_LINES = 100_000
"""The most lines of a text: parsing takes some 1.5 s for these."""
MOST_DAYS = 20_000
"""The most days of all events of a text together."""
DEEPEST = 8
"""The most components in one another."""
LONGEST = dt.timedelta(days=366)
_DAY = dt.timedelta(days=1)
_PUBLISHING = ("", "PUBLISH", "REQUEST")
_BLOCK = re.compile(r"(BEGIN|END):(.*)", re.IGNORECASE)


class Component:
    """An event, or another component, with its place in the text."""

    method = ""
    """The purpose of its file, such as CANCEL, or an empty text if it publishes days."""

    def __init__(self, raw: Any, where: str, number: int, zone: dt.tzinfo, zones: Zones) -> None:
        """Set the library's component, its UID, the zone of floating times, and other zones."""
        self.raw, self.zone, self.zones = raw, zone, zones
        self.uid = str(raw.get("UID") or "")
        kind = "event" if raw.name == "VEVENT" else raw.name.lower()
        self.place = f"{where}: {kind} {self.uid or f'number {number} (without a UID)'}"

    def refuse(self, name: str, code: str, /, **facts: object) -> NoReturn:
        """Raise `InputError` for a property of this component."""
        raise InputError(code=code, field=self.at(name), **facts)

    def at(self, name: str) -> str:
        """Return the full name of a property: `file: event UID: DTSTART`."""
        return f"{self.place}: {name}"

    def check_lines(self) -> None:
        """Refuse a component with a line that cannot be read, because it may say anything."""
        for name, problem in self.raw.errors:
            if name is None:
                self.refuse("a line", "unreadable", cause=str(problem))

    def one(self, name: str) -> Any:
        """Return the value of a property, or None. One that is given twice is refused."""
        value = self.raw.get(name)
        broken = next((text for at, text in self.raw.errors if at == name), None)
        if broken is not None or type(value).__name__ == "vBroken":
            self.refuse(name, "unreadable", cause=str(broken or value))
        if isinstance(value, list):
            self.refuse(name, "several_times", times=len(value))
        return value

    def text(self, name: str) -> str:
        """Return a property as text, blank if it is not there."""
        value = self.one(name)
        return "" if value is None else str(value).strip()

    def day(self, name: str) -> dt.date | None:
        """Return a date of an `X-PHANANH-` property, such as 2025-12-25 or 20251225."""
        text = self.text(name)
        if not text:
            return None
        try:
            return dt.date.fromisoformat(text)
        except ValueError:
            return self.refuse(name, "not_an_ical_date", value=short_repr(text))

    def check_without(self, *names: str) -> None:
        """Refuse properties that have a meaning but are not read."""
        for name in names:
            if name in self.raw:
                self.refuse(name, "not_read_here")

    def check_alone(self) -> None:
        """Refuse an event that recurs, or changes one that does."""
        self.check_without("RRULE", "RDATE", "EXRULE", "EXDATE", "RECURRENCE-ID")

    def count_days(self) -> int:
        """Return how many days an event covers, at most one more than `LONGEST`."""
        first, last = self.moment("DTSTART"), self._end()
        if first is None or last is None or isinstance(first, dt.datetime):
            return 1
        return min((last - first).days, LONGEST.days + 1) if type(last) is dt.date else 1

    def days(self) -> list[dt.date]:
        """Return the dates of an all-day event. Its end is exclusive."""
        first, last = self.moment("DTSTART"), self._end()
        if first is None:
            self.refuse("DTSTART", "missing")
        for name, value in (("DTSTART", first), ("DTEND", last)):
            if isinstance(value, dt.datetime):
                self.refuse(name, "has_time")
        last = _day_after(first) if last is None else last
        if last <= first or last - first > LONGEST:
            self.refuse("DTEND", "ends_early", first=first, last=last)
        return [first + _DAY * n for n in range((last - first).days)]

    def hours(self) -> tuple[dt.datetime, dt.datetime]:
        """Return begin and end of a timed event, on the office's clock."""
        start, end = self.moment("DTSTART"), self._end()
        for name, value in (("DTSTART", start), ("DTEND", end)):
            if value is None:
                self.refuse(name, "missing")
            if not isinstance(value, dt.datetime):
                self.refuse(name, "no_time", value=value)
        assert isinstance(start, dt.datetime)
        assert isinstance(end, dt.datetime)
        return self.local("DTSTART", start), self.local("DTEND", end)

    def local(self, name: str, moment: dt.datetime) -> dt.datetime:
        """Return a time on the office's clock. A floating time is on it already."""
        value = self.one(name)
        named = "" if value is None else str(value.params.get("TZID", ""))
        if named and not value.to_ical().endswith(b"Z"):
            zone = self.zones.find(named)
            if zone is None:
                self.refuse(name, "unknown_zone", value=short_repr(named))
            moment = moment.replace(tzinfo=zone)
        if moment.tzinfo is None:
            return moment
        try:
            return moment.astimezone(self.zone).replace(tzinfo=None)
        except OverflowError:
            self.refuse(name, "end_of_time", value=str(moment))

    def moment(self, name: str) -> dt.date | None:
        """Return a date or a time as it was written, or None."""
        value = self.one(name)
        found = getattr(value, "dt", None)
        if value is not None and not isinstance(found, dt.date):
            self.refuse(name, "not_an_ical_date", value=short_repr(found))
        return found

    def _end(self) -> dt.date | None:
        start, length = self.moment("DTSTART"), self.one("DURATION")
        if length is None or start is None:
            return self.moment("DTEND")
        if self.one("DTEND") is not None:
            self.refuse("DURATION", "beside_end")
        if not isinstance(start, dt.datetime) and length.dt % _DAY:
            self.refuse("DURATION", "not_whole_days", value=str(length.dt))
        if not dt.timedelta() < length.dt <= LONGEST:
            self.refuse("DURATION", "too_long_or_nothing", value=str(length.dt))
        try:
            end: dt.date = start + length.dt
        except OverflowError:
            self.refuse("DURATION", "after_all_time", value=str(length.dt), start=str(start))
        return end


def _day_after(day: dt.date) -> dt.date:
    return day + _DAY if day < dt.date.max else day


def components(text: object, where: str, zone: dt.tzinfo) -> Iterator[Component]:
    """Yield every component of a text.

    Raises:
        InputError: it is not iCalendar, is cut short, or exceeds `LARGEST`, `MOST_LINES`,
            `DEEPEST` or a limit of `ical_zones`.
        ModuleNotFoundError: the extra `ical` is not installed.
    """
    whole, zones = take_out_zones(_check_whole(text, where))
    check_zones(whole, where)
    for number, (raw, method) in enumerate(_parse(whole, where), 1):
        found = Component(raw, where, number, zone, zones)
        found.method = method
        yield found


def _check_whole(text: object, where: str) -> str:
    """Refuse a text that is cut short: the library would find no events in it."""
    text = check_text(text, where)
    if len(text) > LARGEST:
        raise InputError(code="ical_too_long", field=where, length=len(text), most=LARGEST)
    return _check_balance(_check_letters(text.removeprefix("\ufeff"), where), where)


def _check_letters(text: str, where: str) -> str:
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise InputError(code="has_nul", field=where)
    return text


def _check_balance(text: str, where: str) -> str:
    open_blocks: list[str] = []
    lines = LINE_END.split(text)
    if len(lines) > MOST_LINES:
        facts = {"length": len(lines), "most": MOST_LINES}
        raise InputError(code="ical_too_many_lines", field=where, **facts)
    for number, line in enumerate(lines, 1):
        _track_block(open_blocks, line, f"{where}, line {number}")
    if open_blocks:
        raise InputError(code="never_ended", field=where, block=open_blocks[-1])
    return text


def _track_block(open_blocks: list[str], line: str, where: str) -> None:
    block = _BLOCK.fullmatch(line.rstrip())
    if block is None:
        return
    name = block[2].strip().upper()
    if block[1].upper() == "BEGIN":
        open_blocks.append(name)
        if len(open_blocks) > DEEPEST:
            raise InputError(code="ical_too_deep", field=where, most=DEEPEST)
    elif not open_blocks or open_blocks.pop() != name:
        raise InputError(code="ends_nothing", field=where, block=name[:40])


def _parse(text: str, where: str) -> list[tuple[Any, str]]:
    calendar = load_class()
    try:
        with warnings.catch_warnings():
            # Only of this package, because threads share these filters.
            warnings.filterwarnings("ignore", module=r"icalendar(\.|$)")
            found = calendar.from_ical(text, multiple=True)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as cause:
        is_path = "\n" not in text and text.strip() != ""
        code = "ical_is_path" if is_path else "ical_unreadable"
        raise InputError(code=code, field=where, cause=short_repr(str(cause))) from cause
    if not any(part.name == "VCALENDAR" for part in found):
        raise InputError(code="ical_no_calendar", field=where)
    methods = [_find_method(whole) for whole in found]
    pairs = zip(found, methods, strict=True)
    return [(part, method) for whole, method in pairs for part in whole.walk()]


def _find_method(whole: Any) -> str:
    """Return the purpose of a calendar, or an empty text if it publishes its events."""
    said = (str(part.get("METHOD", "")).strip().upper() for part in whole.walk("VCALENDAR"))
    return next((method for method in said if method not in _PUBLISHING), "")


def load_class(name: str = "Calendar") -> Any:
    """Return a class of the library.

    Raises:
        ModuleNotFoundError: the extra `ical` is not installed.
    """
    try:
        import icalendar
    except ModuleNotFoundError as error:
        if error.name != "icalendar":
            raise  # pragma: no cover - icalendar is installed, and lacks something itself
        problem = 'iCalendar files need the extra "ical"; in a clone: pip install ".[ical]"'
        raise ModuleNotFoundError(problem, name="icalendar") from None
    return getattr(icalendar, name)
