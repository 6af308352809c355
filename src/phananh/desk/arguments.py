"""The arguments of a desk and its methods, checked at once: store, clock, act, handler, ..."""

from collections.abc import Iterable
from datetime import timedelta
from inspect import iscoroutinefunction
from typing import Any

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.regulation.case import Case
from phananh.regulation.lifecycle import LIFECYCLE
from phananh.regulation.machine import get_table
from phananh.regulation.rules import Rules, list_rules
from phananh.worktime import WorkCalendar
from phananh.worktime.validators import tuple_of


def check_store(_: object, field: Any, value: object) -> None:
    """Refuse a value that is no store, such as a path."""
    if not callable(getattr(value, "commit", None)):
        raise InputTypeError(field=field.name, code="not_a_store", value=short_repr(value))


def check_clock(_: object, field: Any, value: object) -> None:
    """Refuse a clock that cannot be called, such as a moment."""
    if not callable(value):
        raise InputTypeError(field=field.name, code="not_a_clock", type=type(value).__name__)


def check_skew(_: object, field: Any, value: object) -> None:
    """Refuse a value that is no span that a clock may be behind."""
    if not isinstance(value, timedelta):
        raise InputTypeError(field=field.name, code="not_a_skew", value=short_repr(value))
    if value < timedelta():
        raise InputError(field=field.name, code="not_a_skew", value=str(value))


def check_handler(field: str, value: object) -> None:
    """Refuse a handler that cannot be called."""
    if not callable(value):
        raise InputTypeError(field=field, code="not_a_handler", value=short_repr(value))


def check_plain_handler(field: str, value: object) -> None:
    """Refuse a coroutine function too, as its result would not be awaited."""
    check_handler(field, value)
    if iscoroutinefunction(value):
        raise InputTypeError(field=field, code="async_handler", value=short_repr(value))


def check_lease(value: object) -> timedelta:
    """Return for how long a worker claims a consumer: more than zero, a day at most."""
    if not isinstance(value, timedelta):
        raise InputTypeError(field="lease", code="not_a_lease", value=short_repr(value))
    if not timedelta() < value <= timedelta(days=1):
        raise InputError(field="lease", code="not_a_lease", value=str(value))
    return value


def list_former(value: Iterable[WorkCalendar]) -> tuple[WorkCalendar, ...]:
    """Return former calendars as a tuple, and refuse anything else."""
    return tuple_of(WorkCalendar, "former", value)


def compile_rules(value: Rules | Iterable[Rules]) -> tuple[Rules, ...]:
    """Return the sets of rules in order, and refuse a lifecycle that no table can have.

    The lifecycle of the Decision is compiled at its first act.
    """
    sets = list_rules(value)
    for each in sets:
        if each.lifecycle is not LIFECYCLE:
            get_table(each)
    return sets


def check_receipt(case: object, expected: object) -> None:
    """Refuse a case or a version with a receipt, which makes a new case."""
    if case is not None:
        raise InputError(field="case", code="receipt_of_a_case")
    if expected is not None:
        raise InputError(field="expected", code="version_of_receipt")


def require_case(case: Case | str | None, expected: object) -> Case | str:
    """Return the case of an act. A version goes with an id or a code, as a Case has its own."""
    if case is None:
        raise InputError(field="case", code="no_case_given")
    if expected is None:
        return case
    if isinstance(case, Case):
        raise InputError(field="expected", code="version_beside_case")
    if type(expected) is not int or expected < 1:
        raise InputError(field="expected", code="not_a_version", value=short_repr(expected))
    return case
