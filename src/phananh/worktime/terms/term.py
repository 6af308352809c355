"""A term: so many working days, days, weeks, months or years (thời hạn).

Civil Code 2015, Art. 147 and 148: the day of the event is not counted, the last day ends at
24:00, and a last day off gives way to the next working day. Another law may differ (Civil Code
2015, Art. 145.1), and what it may change is an option. Working days are the practice of
administrative terms: days off are skipped, and a make-up Saturday counts. A limit in hours is
not a `Term`: it runs from its moment (Civil Code 2015, Art. 147.1), which is `WorkCalendar.add`.
"""

import datetime as dt
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar, Self

import attrs

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.plain_data import fields_to_plain
from phananh.plain_value import PlainValue

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar
    from phananh.worktime.terms.expiry import Expiry

UNITS = ("working_days", "days", "weeks", "months", "years")
ENDS = ("midnight", "closing")
RECEIVED = ("date", "opening")


def _check_count(_: object, field: "attrs.Attribute[int]", value: object) -> None:
    if type(value) is not int:
        raise InputTypeError(code="not_a_whole_number", field=field.name, value=short_repr(value))
    if value < 1:
        raise InputError(code="term_below_one", field=field.name, value=short_repr(value))


def _check_one_of(allowed: tuple[str, ...]) -> Any:
    def check(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
        if value not in allowed:
            shown = short_repr(value)
            raise InputError(code="unknown_value", field=field.name, value=shown, known=allowed)

    return check


def _check_receipt(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    if isinstance(value, dt.time):
        if value.tzinfo is not None:
            raise InputError(code="zoned_time", field=field.name, value=value.isoformat())
    elif value not in RECEIVED:
        raise InputError(code="unknown_receipt", field=field.name, value=short_repr(value))


@attrs.frozen(kw_only=True, repr=False)
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
        >>> from datetime import date
        >>> from phananh import vietnam_calendar
        >>> print(Term.working_days(10).due(date(2025, 4, 25), on=vietnam_calendar("A")))
        2025-05-14 00:00:00+07:00
    """

    is_term: ClassVar[bool] = True  # so that working time recognises a term without an import
    count: int = attrs.field(validator=_check_count)
    unit: str = attrs.field(validator=_check_one_of(UNITS))
    counts_first_day: bool = False
    rolls: bool = True
    ends: str = attrs.field(default="midnight", validator=_check_one_of(ENDS))
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
        from phananh.worktime.terms.parse import parse_term

        if not isinstance(text, str):
            raise InputTypeError(code="not_a_term", field="term", value=short_repr(text))
        found = parse_term(text)
        if found is None:
            raise InputError(code="not_a_term", field="term", value=short_repr(text))
        return cls(count=found[0], unit=found[1], **options)

    def due(self, start: dt.datetime | dt.date, *, on: "WorkCalendar") -> dt.datetime:
        """Return the instant at which the term ends, in the zone of `start`.

        If `start` is a date, which has no zone, it is in the zone of the calendar.

        Raises:
            InputError: `start` has no offset.
            CoverageError: outside the days covered, or, if strict, a notice may move it.
        """
        from phananh.worktime.terms.counting import count

        return count(self, start, on).due

    def expiry(self, start: dt.datetime | dt.date, *, on: "WorkCalendar") -> "Expiry":
        """Return when the term ends, with the days counted and skipped, and why.

        Raises:
            InputError, CoverageError: as `due` does.
        """
        from phananh.worktime.terms.expiry import expire

        return expire(self, start, on)

    def latest(self, event: dt.datetime | dt.date, *, on: "WorkCalendar") -> dt.datetime:
        """Return the latest instant that is in time for this term before an event.

        It is the end of `latest_day`, at 24:00 or at closing as the term says, in the zone of
        `event`. If that day ends after the event, it is the event itself.

        Raises:
            InputError, CoverageError: as `latest_day` does.
        """
        from phananh.worktime.terms.backward import find_latest

        return find_latest(self, event, on)

    def latest_day(self, event: dt.datetime | dt.date, *, on: "WorkCalendar") -> dt.date:
        """Return the last day that is in time for this term before an event.

        The day of the event is not counted. If the term rolls, a day off gives way to the
        working day before it.

        Raises:
            InputError: `event` has no offset, or the term says how an event is `received`. That
                is ignored if the term counts the first day and ends at closing.
            CoverageError: outside the days covered, or, if strict, a notice may move it.
        """
        from phananh.worktime.terms.backward import find_latest_day

        return find_latest_day(self, event, on)

    def text(self, lang: str = "en") -> str:
        """Return the term in words: `5 working days` or `5 ngày làm việc`."""
        from phananh.worktime.terms.parse import amount_text

        return amount_text(self.count, self.unit, lang)

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
