"""Sessions of a day (buổi, ca): when offices are open, as offsets from the day's midnight.

A session belongs to the day on which it opens and may pass midnight (22:00-06:00).
"""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Self

import attrs

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.worktime.validators import check_kind

DAY = timedelta(days=1)
_CLOCK = re.compile(r"([01]\d|2[0-4]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,6}))?)?", re.ASCII)
_NEXT_DAY = "+1"
_FORM = (
    'write "07:30-11:30", or "22:00-06:00" for a night; 24:00 is allowed only as a closing, and '
    '"07:00-07:00+1" is a whole day'
)


@attrs.frozen(order=True, repr=False)
class Session:
    """Open from `open` up to, not including, `close`, both counted from midnight."""

    open: timedelta
    close: timedelta = attrs.field()

    @close.validator
    def _possible(self, _: object, close: timedelta) -> None:
        check_kind(timedelta, "sessions", (self.open, close), 'use Session.parse("07:30-11:30")')
        if not timedelta() <= self.open < DAY:
            raise InputError(field="sessions", problem=f"opens outside its day: {self.open}")
        if not self.open < close <= self.open + DAY:
            raise InputError(
                field="sessions",
                problem=f"{format_clock(self.open)}-{format_clock(close)} "
                "is empty or longer than a day",
                way_out="a whole day is 00:00-24:00",
            )

    @property
    def length(self) -> timedelta:
        """How long the session lasts on an ordinary day."""
        return self.close - self.open

    def __str__(self) -> str:
        """Return `07:30-11:30`; a closing on the next day is shown by its clock time.

        A session of a whole day that does not start at midnight is `07:00-07:00+1`.
        """
        close = self.close - DAY if self.close > DAY else self.close
        mark = _NEXT_DAY if close == self.open else ""
        return f"{format_clock(self.open)}-{format_clock(close)}{mark}"

    def __repr__(self) -> str:
        """Return what can be pasted back: `Session.parse('07:30-11:30')`."""
        return f"Session.parse({str(self)!r})"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one session, such as `07:30-11:30` or `22:00-06:00`.

        Raises:
            InputError: it is none.
        """
        opening, _, closing = text.partition("-")
        whole = closing.strip().endswith(_NEXT_DAY)
        start, end = _offset(opening.strip(), text), _closing(closing.strip(), text)
        if start == DAY:
            raise InputError(
                field="sessions", problem=f"{short_repr(text)} opens at 24:00", way_out=_FORM
            )
        return cls(start, end + DAY if whole or end < start else end)


def format_clock(offset: timedelta) -> str:
    """Return an offset from midnight as `HH:MM`, with seconds where there are any."""
    minutes, rest = divmod(offset, timedelta(minutes=1))
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return text if not rest else f"{text}:{rest.total_seconds():09.6f}".rstrip("0").rstrip(".")


def _closing(text: str, whole: str) -> timedelta:
    return _offset(text.removesuffix(_NEXT_DAY).rstrip(), whole)


def _offset(text: str, whole: str) -> timedelta:
    match = _CLOCK.fullmatch(text)
    hours, minutes, seconds, fraction = match.groups() if match else ("99", "", "", "")
    offset = timedelta(
        hours=int(hours),
        minutes=int(minutes or 0),
        seconds=int(seconds or 0),
        microseconds=int((fraction or "").ljust(6, "0")),
    )
    if offset > DAY:
        problem = f"{short_repr(whole)} is not a session"
        raise InputError(field="sessions", problem=problem, way_out=_FORM)
    return offset


def parse_sessions(given: str | Iterable[str | Session]) -> tuple[Session, ...]:
    """Return sessions in normal form: in order, apart, touching ones joined.

    Raises:
        InputError: two of them overlap, or one cannot be read.
    """
    parts = given.split(",") if isinstance(given, str) else _iterable(given)
    merged: list[Session] = []
    for part in sorted(
        Session.parse(p.strip()) if isinstance(p, str) else _session(p) for p in parts
    ):
        if merged and part.open < merged[-1].close:
            problem = f"sessions overlap: {merged[-1]} and {part}"
            raise InputError(field="sessions", problem=problem)
        if merged and part.open == merged[-1].close and part.close - merged[-1].open <= DAY:
            merged[-1] = Session(merged[-1].open, part.close)
        else:
            merged.append(part)
    return tuple(merged)


def _iterable(given: object) -> list[str | Session]:
    if not isinstance(given, Iterable):
        raise InputTypeError(
            field="sessions", problem=f"{short_repr(given)} is no list", way_out=_FORM
        )
    return list(given)


def _session(given: object) -> Session:
    if not isinstance(given, Session):
        raise InputTypeError(
            field="sessions", problem=f"{short_repr(given)} is not a session", way_out=_FORM
        )
    return given


def format_sessions(day: Iterable[Session]) -> str:
    """Return sessions as they stand in a timetable: `07:30-11:30, 13:30-17:30`."""
    return ", ".join(str(part) for part in day)
