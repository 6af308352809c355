"""Fields of a row of a table: a wrong value is refused when the row is made."""

import inspect
from typing import Any

import attrs

from phananh.errors import InputError, InputTypeError, short_repr


def make_kind_check(*kinds: type, form: str) -> Any:
    """Return an attrs validator for a value of one of these kinds. `form` is how to write one."""

    def check(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
        if not isinstance(value, kinds):
            raise _make_error(field, value, kinds[0].__name__, form)

    return check


def make_tuple_check(kind: type, *, least: int = 0) -> Any:
    """Return an attrs validator: a tuple of at least `least` values of this kind."""

    def check(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
        if not isinstance(value, tuple) or not all(isinstance(each, kind) for each in value):
            raise InputTypeError(field=field.name, code="not_rows", kind=kind.__name__)
        if len(value) < least:
            raise InputError(field=field.name, code="empty_row", kind=kind.__name__)

    return check


def make_set_check(kind: type, *, form: str) -> Any:
    """Return an attrs validator: a frozenset of values of this kind."""

    def check(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
        if not isinstance(value, frozenset) or not all(isinstance(each, kind) for each in value):
            raise _make_error(field, value, f"frozenset[{kind.__name__}]", form)

    return check


def check_function(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
    """Refuse a value that cannot be called."""
    if not callable(value):
        raise _make_error(field, value, "function", "def name(...): ...")


def make_call_check(*names: str) -> Any:
    """Return an attrs validator: a function that takes these arguments, in this order."""

    def check(_: object, field: "attrs.Attribute[Any]", value: object) -> None:
        check_function(_, field, value)
        if not _takes(value, len(names)):
            given = getattr(value, "__name__", short_repr(value))
            facts = {"value": given, "names": ", ".join(names)}
            raise InputTypeError(field=field.name, code="not_taking", **facts)

    return check


def _takes(function: Any, count: int) -> bool:
    """Return whether a function can be called with so many arguments, by position."""
    code = getattr(function, "__code__", None)
    if (
        code is not None
        and inspect.isfunction(function)
        and code.co_argcount == count
        and not code.co_kwonlyargcount
    ):
        return True  # most do, and a signature takes long to make
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):  # some functions written in C have none
        return True
    try:
        signature.bind(*[None] * count)
    except TypeError:
        return False
    return True


def _make_error(
    field: "attrs.Attribute[Any]", value: object, kind: str, form: str
) -> InputTypeError:
    given = short_repr(value)
    return InputTypeError(field=field.name, code="not_of_type", value=given, kind=kind, form=form)
