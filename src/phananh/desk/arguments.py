"""What a desk is made of and is asked, checked at once: store, clock, former calendars, act."""

from collections.abc import Iterable
from typing import Any

from phananh.errors import InputTypeError, short_repr
from phananh.regulation.values.acts import ACTS, Act
from phananh.worktime import WorkCalendar
from phananh.worktime.validators import tuple_of


def check_store(_: object, field: Any, value: object) -> None:
    """Refuse what cannot keep histories, such as a path."""
    if not callable(getattr(value, "commit", None)):
        raise InputTypeError(field=field.name, code="not_a_store", value=short_repr(value))


def check_clock(_: object, field: Any, value: object) -> None:
    """Refuse what cannot be called for the present moment, such as a moment."""
    if not callable(value):
        raise InputTypeError(field=field.name, code="not_a_clock", value=short_repr(value))


def list_former(value: Iterable[WorkCalendar]) -> tuple[WorkCalendar, ...]:
    """Return former calendars as a tuple; anything else is refused."""
    return tuple_of(WorkCalendar, "former", value)


def check_act(value: object) -> None:
    """Refuse what is no act, such as its name."""
    if not isinstance(value, Act) or getattr(value, "trigger", None) not in ACTS:
        raise InputTypeError(field="act", code="not_an_act", value=short_repr(value))
