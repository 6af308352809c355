"""What a desk is wired from, checked when it is built: a store that keeps, a clock that tells."""

from typing import Any

from phananh.errors import InputTypeError, shown


def is_store(_: object, field: Any, value: object) -> None:
    """Refuse what cannot keep histories, such as a path."""
    if not callable(getattr(value, "commit", None)):
        raise InputTypeError(
            field=field.name,
            problem=f"no store: {shown(value)}",
            way_out='give a store, such as open_store("cases.db")',
        )


def is_clock(_: object, field: Any, value: object) -> None:
    """Refuse what cannot be called for the present moment, such as a moment."""
    if not callable(value):
        raise InputTypeError(
            field=field.name,
            problem=f"no clock: {shown(value)}",
            way_out="give a function that returns an aware datetime, such as lambda: moment",
        )
