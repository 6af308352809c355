"""The facts of an error as plain data."""

from collections.abc import Mapping
from typing import Any

from phananh.articles import Article


def plain(value: Any) -> Any:
    """Return a fact as JSON has it: a clause by its id, a refusal by what its `as_dict` gives."""
    if isinstance(value, Article):
        return value.id
    if hasattr(value, "as_dict"):
        return value.as_dict()
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool | int | str):
        return value
    return str(value)
