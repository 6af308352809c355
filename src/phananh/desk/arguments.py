"""What a desk is given, checked at once: a store that keeps, a clock that tells, an act."""

from collections.abc import Iterable
from typing import Any

from phananh.errors import InputTypeError, short_repr
from phananh.regulation.values.acts import ACTS, Act
from phananh.worktime import WorkCalendar


def is_store(_: object, field: Any, value: object) -> None:
    """Refuse what cannot keep histories, such as a path."""
    if not callable(getattr(value, "commit", None)):
        raise InputTypeError(
            field=field.name,
            problem=f"no store: {short_repr(value)}",
            way_out='give a store, such as open_store("cases.db")',
        )


def former_calendars(value: Iterable[WorkCalendar]) -> tuple[WorkCalendar, ...]:
    """Return calendars as a tuple; what is none is refused."""
    given = () if isinstance(value, str | WorkCalendar) else tuple(value)
    if isinstance(value, str | WorkCalendar) or not all(
        isinstance(each, WorkCalendar) for each in given
    ):
        raise InputTypeError(
            field="former",
            problem=f"no calendars: {short_repr(value)}",
            way_out="give a list of WorkCalendar",
        )
    return given


def is_clock(_: object, field: Any, value: object) -> None:
    """Refuse what cannot be called for the present moment, such as a moment."""
    if not callable(value):
        raise InputTypeError(
            field=field.name,
            problem=f"no clock: {short_repr(value)}",
            way_out="give a function that returns an aware datetime, such as lambda: moment",
        )


def is_act(value: object) -> None:
    """Refuse what is no act, such as its name."""
    if not isinstance(value, Act) or getattr(value, "trigger", None) not in ACTS:
        raise InputTypeError(
            field="act",
            problem=f"not an act: {short_repr(value)}",
            way_out="give one of phananh.regulation.values.acts, such as Answer(text=..., by=...)",
        )
