"""A text that distinguishes a row of a table of rules from others. The id of rules is made of it.

A function counts by its name, and by the values that it was made with: two products of one
factory are two functions. A function without a name of its own, such as a lambda, is refused,
because it could not be distinguished.
"""

import re
from collections.abc import Mapping
from itertools import chain
from types import BuiltinFunctionType, CellType, FunctionType, ModuleType
from typing import Any

import attrs

from phananh.articles import Article
from phananh.errors import InputError

_ADDRESS = re.compile(" at 0x[0-9a-fA-F]+")


def row_to_text(row: Any, *, field: str) -> str:
    """Return a row as a text, whatever the order of its parts. `field` is that of its table.

    Raises:
        InputError: the row holds a function without a name of its own.
    """
    if isinstance(row, tuple | frozenset):
        return ",".join(sorted(row_to_text(each, field=field) for each in row))
    if attrs.has(type(row)) and not isinstance(row, Article):
        parts = (getattr(row, each.name) for each in attrs.fields(type(row)) if each.eq)
        return "|".join(row_to_text(part, field=field) for part in parts)
    return _function_to_text(row, field, ()) if callable(row) else str(row)


def _function_to_text(function: Any, field: str, within: tuple[object, ...]) -> str:
    """Return where a function is defined, and the values that it was made with, if any."""
    if isinstance(function, type | BuiltinFunctionType):
        return f"{function.__module__}.{function.__qualname__}"
    if not isinstance(function, FunctionType) or function.__name__ == "<lambda>":
        raise InputError(field=field, code="nameless_function", value=_hide_address(function))
    name = f"{function.__module__}.{function.__qualname__}"
    if function in within:  # it calls itself
        return name
    defaults = (function.__defaults__ or (), (function.__kwdefaults__ or {}).values())
    given = [*map(_open, function.__closure__ or ()), *chain(*defaults)]
    texts = ",".join(_value_to_text(each, field, (*within, function)) for each in given)
    return f"{name}({texts})" if given else name


def _open(cell: CellType) -> object:
    try:
        return cell.cell_contents
    except ValueError:  # not filled yet
        return None


def _value_to_text(value: Any, field: str, within: tuple[object, ...]) -> str:
    """Return a value that a function was made with, without its address in memory."""

    def say(part: object) -> str:
        return _value_to_text(part, field, within)

    kind = type(value).__name__
    if isinstance(value, Mapping):
        return f"{kind}({sorted(f'{say(key)}: {say(each)}' for key, each in value.items())})"
    if isinstance(value, set | frozenset):
        return f"{kind}({sorted(map(say, value))})"
    if isinstance(value, tuple | list):
        return f"{kind}({[*map(say, value)]})"
    if attrs.has(type(value)) and not isinstance(value, Article):
        return f"{kind}({[say(getattr(value, f.name)) for f in attrs.fields(type(value)) if f.eq]})"
    if isinstance(value, ModuleType):
        return value.__name__
    return _function_to_text(value, field, within) if callable(value) else _hide_address(value)


def _hide_address(value: object) -> str:
    return _ADDRESS.sub("", repr(value))
