"""A term: so many working days, days, weeks, months or years (thời hạn).

Civil Code 2015, Art. 147 and 148: the day of the event is not counted, the last day ends at
24:00, and a last day off gives way to the next working day. Another law may differ (Civil Code
2015, Art. 145.1), and what it may change is an option. Working days are the practice of
administrative terms: days off are skipped, and a make-up Saturday counts. A limit in hours is
not a `Term`: it runs from its moment (Civil Code 2015, Art. 147.1), which is `WorkCalendar.add`.
"""

import datetime as dt
import re
import unicodedata
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple, Self

import attrs

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.plain_data import fields_to_plain
from phananh.plain_value import PlainValue
from phananh.worktime.calendar.day_rules import Unsettled
from phananh.worktime.calendar.work_calendar import WorkCalendar
from phananh.worktime.instants import require_aware, to_instant
from phananh.worktime.phrases import count_text
from phananh.worktime.session import DAY
from phananh.worktime.validators import check_kind, one_of

if TYPE_CHECKING:
    from phananh.worktime.terms.expiry import Expiry

UNITS = ("working_days", "days", "weeks", "months", "years")
ENDS = ("midnight", "closing")
RECEIVED = ("date", "opening")
LONGEST = 200
"""The most characters of a term, a time or an amount of time as it is typed."""
_WRITTEN = {
    "working_days": ("wd", "ngày làm việc", "working day", "working days"),
    "days": ("d", "ngày", "day", "days"),
    "weeks": ("w", "tuần", "week", "weeks"),
    "months": ("mo", "tháng", "month", "months"),
    "years": ("y", "năm", "year", "years"),
}
_UNIT_OF = {written: unit for unit, forms in _WRITTEN.items() for written in forms}
# Civil Code 2015, Art. 146.1: half a month is 15 days, half a year 6 months.
_HALVES = {
    "nửa tháng": (15, "days"),
    "half a month": (15, "days"),
    "nửa năm": (6, "months"),
    "half a year": (6, "months"),
}
# Legal texts repeat the number in words: 05 (năm) ngày làm việc.
_NUMBER_TWICE = r"([0-9]{1,9}) ?\(([^()]*)\)"
_TERM = r"([0-9]{1,9}) ?(?:\([^()]*\) ?)?(.+)"
# Numbers in Vietnamese words.
_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "nhăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_FILLERS = ("linh", "lẻ")
_SCALES = {"mươi": 10, "trăm": 100}


def to_plain_words(text: str) -> str:
    """Return a text as it is compared: composed, in small letters, with single spaces.

    If it has more than `LONGEST` characters, the result is empty: to compose a huge text would
    take minutes.
    """
    if len(text) > LONGEST:
        return ""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def parse_term(text: str) -> tuple[int, str] | None:
    """Return count and unit of a term as people write it, or None if it is not a term.

    Raises:
        InputError: its number in words is another than the one in figures.
    """
    plain = to_plain_words(text)
    if plain in _HALVES:
        return _HALVES[plain]
    found = re.fullmatch(_TERM, plain)
    unit = _UNIT_OF.get(found[2]) if found else None
    if found is None or unit is None:
        return None
    check_numbers(text, "term")
    return int(found[1]), unit


def check_numbers(text: str, field: str) -> None:
    """Refuse an amount in which a number in words is another than the one in figures before it.

    Raises:
        InputError: it is such an amount. `field` is the text's name in messages.
    """
    for figures, bracket in re.findall(_NUMBER_TWICE, to_plain_words(text)):
        count, words = int(figures), number(bracket.strip())
        if words is not None and words != count:
            raise InputError(
                code="two_numbers", field=field, value=short_repr(text), count=count, words=words
            )


def number(words: str) -> int | None:
    """Return the number from 0 to 999 in Vietnamese words, or None if they are not a number."""
    total, last = 0, None  # last: a digit that waits for its scale
    for word in words.split():
        if word in _DIGITS and last is None:
            last = _DIGITS[word]
        elif word == "mười" and last is None:
            total += 10
        elif word in _SCALES and last:
            total, last = total + last * _SCALES[word], None
        elif word not in _FILLERS or last is not None or not total:
            return None
    return total + (last or 0) if words.split() else None


def _check_count(_: object, field: "attrs.Attribute[int]", value: object) -> None:
    if type(value) is not int:
        raise InputTypeError(code="not_a_whole_number", field=field.name, value=short_repr(value))
    if value < 1:
        raise InputError(code="term_below_one", field=field.name, value=short_repr(value))


def _check_receipt(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    if isinstance(value, dt.time):
        if value.tzinfo is not None:
            raise InputError(code="zoned_time", field=field.name, value=value.isoformat())
    elif value not in RECEIVED:
        raise InputError(code="unknown_receipt", field=field.name, value=short_repr(value))


@attrs.frozen(kw_only=True, eq=False, repr=False, slots=False)
class Term(PlainValue):
    """A term in days, weeks, months or years, such as `Term.working_days(5)` or `Term.days(10)`.

    Args:
        count: how many, 1 or more.
        unit: working_days, days, weeks, months or years.
        counts_first_day: whether the day of the event is the first day of the term, if a law
            says so. By default it is left out (Civil Code 2015, Art. 147.2-147.3).
        rolls: whether a last day off gives way to the next working day (Civil Code 2015, Art.
            148.5).
        ends: the last day ends at `midnight`, 24:00 (Civil Code 2015, Art. 148.6), or at the
            `closing` of its last session, if a regulation says so.
        received: the day of an event: its `date` on the office's clock, at any hour, or the date
            of the next `opening` if it is out of hours, or a time of day. With a time of day, an
            event that is later, or on a day off, counts for the next working day.

    Example:
        >>> print(Term.working_days(10).due(date(2025, 4, 25), on=vietnam_calendar("A")))
        2025-05-14 00:00:00+07:00
    """

    is_term: ClassVar[bool] = True  # so that working time recognises a term without an import
    count: int = attrs.field(validator=_check_count)
    unit: str = attrs.field(validator=one_of(UNITS))
    counts_first_day: bool = False
    rolls: bool = True
    ends: str = attrs.field(default="midnight", validator=one_of(ENDS))
    received: str | dt.time = attrs.field(default="date", validator=_check_receipt)

    def __attrs_post_init__(self) -> None:
        """Refuse options that leave the end of a term undefined."""
        if not self.rolls and self.unit == "working_days":
            raise InputError(code="never_rolls", field="rolls")
        if not self.rolls and self.ends == "closing":
            raise InputError(code="closing_of_a_day_off", field="ends")
        if self.counts_first_day and self.ends == "closing" and self.received != "opening":
            raise InputError(code="due_before_it_came", field="received")

    @classmethod
    def working_days(cls, count: int, **options: Any) -> Self:
        """Return a term in working days: each date on which a session begins, even a short one."""
        return cls(count=count, unit="working_days", **options)

    @classmethod
    def days(cls, count: int, **options: Any) -> Self:
        """Return a term in days, days off included."""
        return cls(count=count, unit="days", **options)

    @classmethod
    def weeks(cls, count: int, **options: Any) -> Self:
        """Return a term in weeks: it ends on the same weekday (Civil Code 2015, Art. 148.2)."""
        return cls(count=count, unit="weeks", **options)

    @classmethod
    def months(cls, count: int, **options: Any) -> Self:
        """Return a term in months: it ends on the day of that number (Civil Code 2015, Art. 148.3).

        In a month without such a day, it ends on the last day of that month.
        """
        return cls(count=count, unit="months", **options)

    @classmethod
    def years(cls, count: int, **options: Any) -> Self:
        """Return a term in years: it ends on the same date (Civil Code 2015, Art. 148.4)."""
        return cls(count=count, unit="years", **options)

    @classmethod
    def parse(cls, text: str, **options: Any) -> Self:
        """Read `5 ngày làm việc`, `10 days`, `05 (năm) ngày`, `nửa tháng` or `5wd`.

        Raises:
            InputError: it is not a term. The message shows how to write one.
        """
        if not isinstance(text, str):
            raise InputTypeError(code="not_a_term", field="term", value=short_repr(text))
        found = parse_term(text)
        if found is None:
            raise InputError(code="not_a_term", field="term", value=short_repr(text))
        return cls(count=found[0], unit=found[1], **options)

    def due(self, start: dt.datetime | dt.date, *, on: WorkCalendar) -> dt.datetime:
        """Return the instant at which the term ends, in the zone of `start`.

        If `start` is a date, which has no zone, it is in the zone of the calendar.

        Raises:
            InputError: `start` has no offset.
            InputTypeError: `start` is neither, or `on` is not a calendar.
            CoverageError: outside the days covered, or, if strict, a notice may move it.
            NoWorkingTimeError: the hours of the calendar end before the term does.
        """
        return self.count_days(start, on=on).due

    def expiry(self, start: dt.datetime | dt.date, *, on: WorkCalendar) -> "Expiry":
        """Return when the term ends, with the days counted and skipped, and why.

        It raises as `due` does.
        """
        from phananh.worktime.terms.expiry import expire

        return expire(self, start, on)

    def count_days(self, start: dt.datetime | dt.date, *, on: WorkCalendar) -> "TermDays":
        """Return the days of the term, counted from an instant or a date. It raises as `due`.

        A date is a day off if no session begins on it, whatever the reason: the week, a holiday, a
        notice or the office's own closure.
        """
        check_kind(WorkCalendar, "on", [on], code="not_a_calendar")
        start = require_aware(start, "start") if isinstance(start, dt.datetime) else start
        came = on.date_of(start)
        event = self._event_day(start, came, on)
        nominal = self._nominal_day(event, on)
        last = _first_working_day(nominal, on) if self.rolls else nominal
        found = self._find_unsettled(came, event, nominal, last, on)
        if found and on.strict:
            raise on.unsettled_error(found)
        zone = start.tzinfo if isinstance(start, dt.datetime) else on.tzinfo
        return TermDays(
            event_day=event,
            nominal_day=nominal,
            last_day=last,
            due=self._end_of(last, on).astimezone(zone),
            provisional=found is not None,
            doubtful_day=found.day if found else None,
        )

    def _event_day(self, start: dt.datetime | dt.date, came: dt.date, on: WorkCalendar) -> dt.date:
        if self.received == "date":
            return came
        if not isinstance(start, dt.datetime):
            return _first_working_day(came, on)
        if isinstance(self.received, dt.time):
            late = on.local(start).time() > self.received
            return _first_working_day(came + DAY if late else came, on)
        return on.local(on.next_opening(start)).date()

    def _nominal_day(self, event: dt.date, on: WorkCalendar) -> dt.date:
        if self.unit == "working_days":
            day = event if self.counts_first_day else event + DAY
            for n in range(self.count):
                day = _first_working_day(day + DAY if n else day, on)
            return day
        if self.unit in ("days", "weeks"):
            days = self.count * (7 if self.unit == "weeks" else 1) - self.counts_first_day
            if days > (on.last_day - event).days:
                raise on.coverage_error(on.last_day + DAY, "term_beyond")
            return event + DAY * days
        found = self._find_same_day(event)
        if found is None or found > on.last_day:
            raise on.coverage_error(on.last_day + DAY, "term_beyond")
        return found if found.day < event.day else found - DAY * self.counts_first_day

    def _find_same_day(self, event: dt.date) -> dt.date | None:
        """Return the day of the same number a term in months later.

        It is the last day of a month that has no such day, and None if no date is so far.
        """
        number = event.month - 1 + self.count * (12 if self.unit == "years" else 1)
        year, month = event.year + number // 12, number % 12 + 1
        if year > dt.MAXYEAR:
            return None
        length = 31 if month == 12 else (dt.date(year, month + 1, 1) - DAY).day
        return dt.date(year, month, min(event.day, length))

    def _find_unsettled(
        self, came: dt.date, event: dt.date, nominal: dt.date, last: dt.date, on: WorkCalendar
    ) -> Unsettled | None:
        """Return a day that a notice may move, if the end depends on it, or None."""
        found, rules = None, on.day_rules
        if self.rolls:
            first = event + DAY * (not self.counts_first_day)
            found = rules.find_unsettled(first if self.unit == "working_days" else nominal, last)
        return found or (rules.find_unsettled(came, event) if self.received != "date" else None)

    def _end_of(self, day: dt.date, on: WorkCalendar) -> dt.datetime:
        """Return in UTC when a day is over: at closing, or for good (Civil Code 2015, Art. 148.6).

        A midnight that the clocks skip is the change itself. If they go back over midnight, the
        day goes on, and ends when the clocks show midnight again.
        """
        if self.ends == "closing":
            return to_instant(day, on.day(day).sessions[-1].close, on.tzinfo)
        end = to_instant(day, DAY, on.tzinfo)
        again = dt.datetime.combine(day + DAY, dt.time(), on.tzinfo).replace(fold=1)
        later = again.astimezone(dt.UTC)
        if later > end and (later - dt.timedelta.resolution).astimezone(on.tzinfo).date() == day:
            return later
        return end

    def text(self, lang: str = "en") -> str:
        """Return the term in words: `5 working days` or `5 ngày làm việc`."""
        return count_text(self.count, self.unit, lang)

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        plain = fields_to_plain(self)
        return plain if lang is None else {**plain, "text": self.text(lang)}

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Self:
        """Return the term from what `as_dict` returned without a language.

        Raises:
            InputError: a key is missing or unknown, or has a wrong value.
        """
        names = {field.name for field in attrs.fields(cls)}
        if not {"count", "unit"} <= data.keys() <= names:
            given, known = short_repr(", ".join(sorted(data))), tuple(sorted(names))
            raise InputError(code="keys_of_no_term", field="term", value=given, known=known)
        late = data.get("received", "date")
        if isinstance(late, str) and late not in RECEIVED:
            with suppress(ValueError):  # the field says what it may be
                late = dt.time.fromisoformat(late)
        return cls(**{**data, "received": late})

    def __repr__(self) -> str:
        """Return the term as code: `Term.working_days(5)`."""
        options = (f for f in attrs.fields(Term) if f.name not in ("count", "unit"))
        given = (
            f", {f.name}={getattr(self, f.name)!r}"
            for f in options
            if getattr(self, f.name) != f.default
        )
        return f"Term.{self.unit}({self.count}{''.join(given)})"

    def _to_line(self) -> str:
        """Return the term in English words: `5 working days`."""
        return self.text()


class TermDays(NamedTuple):
    """The days of a term: its event, the end before and after rolling, and the due instant."""

    event_day: dt.date
    nominal_day: dt.date
    last_day: dt.date
    due: dt.datetime
    provisional: bool
    doubtful_day: dt.date | None  # the day that makes it provisional


def _first_working_day(day: dt.date, on: WorkCalendar) -> dt.date:
    return on.find_working_day(day, code="term_beyond")
