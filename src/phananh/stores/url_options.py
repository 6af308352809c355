"""The library's options in the query string of a URL, which are not for the driver."""

from collections.abc import Callable
from typing import Any
from urllib.parse import unquote_plus

from phananh.errors import InputError, short_repr

_FLAGS = {"on": True, "true": True, "1": True, "off": False, "false": False, "0": False}
# What a URL may say to a store, and how each is read.
_OPTIONS: dict[str, Callable[[str], Any]] = {
    "phananh_schema": str,
    "phananh_timeout": float,
    "phananh_retry_for": float,
    "phananh_prepare": lambda text: _FLAGS[text.lower()],
}


def split_options(url: str) -> tuple[str, dict[str, Any]]:
    """Return a URL without the library's options, and these as arguments of the store.

    Raises:
        InputError: an unknown option, or a value that it cannot have.
    """
    base, mark, query = url.partition("?")
    parts = query.split("&") if mark else []
    ours = [part for part in parts if part.startswith("phananh_")]
    rest = "&".join(part for part in parts if part not in ours)
    return base + (f"?{rest}" if rest else ""), dict(_read_option(part) for part in ours)


def _read_option(part: str) -> tuple[str, Any]:
    name, _, text = part.partition("=")
    if name not in _OPTIONS:
        value, known = short_repr(name), tuple(_OPTIONS)
        raise InputError(field="store", code="unknown_value", value=value, known=known)
    try:
        return name.removeprefix("phananh_"), _OPTIONS[name](unquote_plus(text))
    except (KeyError, ValueError):
        value = short_repr(part)
        raise InputError(field="store", code="url_option", value=value) from None
