"""Sessions of a day (buổi, ca): when offices are open, as offsets from the day's midnight.

A session belongs to the day on which it opens and may pass midnight (22:00-06:00).
"""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Self

import attrs

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.plain_value import PlainValue
from phananh.worktime.validators import check_kind

DAY = timedelta(days=1)
_CLOCK = r"(?a)([01]\d|2[0-4]):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,6}))?)?"
_NEXT_DAY = "+1"


def _wrong(code: str, **facts: object) -> InputError:
    return InputError(code=code, field="sessions", **facts)


@attrs.frozen(order=True)
class Session(PlainValue):
    """A session: open from `open` up to, not including, `close`, both counted from midnight."""

    open: timedelta
    close: timedelta = attrs.field()

    @close.validator
    def _check_length(self, _: object, close: timedelta) -> None:
        check_kind(timedelta, "sessions", (self.open, close), code="not_an_offset")
        if not timedelta() <= self.open < DAY:
            raise _wrong("opens_outside_its_day", value=str(self.open))
        if not self.open < close <= self.open + DAY:
            both = f"{format_clock(self.open)}-{format_clock(close)}"
            raise _wrong("session_too_long", value=both)

    @property
    def length(self) -> timedelta:
        """How long the session lasts on an ordinary day."""
        return self.close - self.open

    def __str__(self) -> str:
        """Return `07:30-11:30`, with the clock time of a closing on the next day.

        A session of a whole day that does not start at midnight is `07:00-07:00+1`.
        """
        close = self.close - DAY if self.close > DAY else self.close
        mark = _NEXT_DAY if close == self.open else ""
        return f"{format_clock(self.open)}-{format_clock(close)}{mark}"

    def __repr__(self) -> str:
        """Return the session as code: `Session.parse('07:30-11:30')`."""
        return f"Session.parse({str(self)!r})"

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return `open` and `close` as texts. A closing on the next day is beyond 24:00."""
        return {"open": format_clock(self.open), "close": format_clock(self.close)}

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read one session, such as `07:30-11:30` or `22:00-06:00`.

        Raises:
            InputError: it is not a session.
        """
        opening, _, closing = text.partition("-")
        bare = closing.strip().removesuffix(_NEXT_DAY)
        start, end = _offset(opening.strip(), text), _offset(bare.rstrip(), text)
        if start == DAY:
            raise _wrong("opens_at_24", value=short_repr(text))
        return cls(start, end + DAY if bare != closing.strip() or end < start else end)


def format_clock(offset: timedelta) -> str:
    """Return an offset from midnight as `HH:MM`, with seconds if there are any."""
    minutes, rest = divmod(offset, timedelta(minutes=1))
    text = f"{minutes // 60:02d}:{minutes % 60:02d}"
    return text if not rest else f"{text}:{rest.total_seconds():09.6f}".rstrip("0").rstrip(".")


def _offset(text: str, whole: str) -> timedelta:
    match = re.fullmatch(_CLOCK, text)
    hours, minutes, seconds, fraction = match.groups("0") if match else ("99", "0", "0", "0")
    offset = timedelta(
        hours=int(hours),
        minutes=int(minutes),
        seconds=int(seconds),
        microseconds=int(fraction.ljust(6, "0")),
    )
    if offset > DAY:
        raise _wrong("not_a_session", value=short_repr(whole))
    return offset


def parse_sessions(given: str | Iterable[str | Session]) -> tuple[Session, ...]:
    """Return sessions in normal form: in order, apart, touching ones joined.

    Raises:
        InputError: two of them overlap, or one cannot be read.
    """
    listed: object = given
    if not isinstance(listed, Iterable):
        raise InputTypeError(
            code="not_a_list_of_sessions", field="sessions", value=short_repr(given)
        )
    parts = given.split(",") if isinstance(given, str) else list(given)
    check_kind(str | Session, "sessions", parts, code="not_a_session")
    merged: list[Session] = []
    for part in sorted(
        Session.parse(part.strip()) if isinstance(part, str) else part for part in parts
    ):
        if merged and part.open < merged[-1].close:
            raise _wrong("sessions_overlap", first=str(merged[-1]), second=str(part))
        if merged and part.open == merged[-1].close and part.close - merged[-1].open <= DAY:
            merged[-1] = Session(merged[-1].open, part.close)
        else:
            merged.append(part)
    return tuple(merged)


def format_sessions(day: Iterable[Session]) -> str:
    """Return sessions as a timetable has them: `07:30-11:30, 13:30-17:30`."""
    return ", ".join(str(part) for part in day)
