"""Values as plain data: what JSON can hold, the same for every value of the library.

If you give a language, its words are added to each slug, clause and amount of time: `state_text`
beside `state`. What can name people is left out unless you ask for it.
"""

from collections.abc import Iterable, Iterator, Mapping, Set
from datetime import date, time, timedelta
from enum import Enum
from typing import Any, Final, TypeVar, get_args

import attrs

from phananh.articles import Article, is_article
from phananh.messages.labels import WORDS
from phananh.messages.message import list_parts

T = TypeVar("T")
MICROSECOND = timedelta(microseconds=1)
_MINUTE = timedelta(minutes=1)
PERSONAL: Final = {"personal": True}  # of a field that can name people outside the offices

# Fields of texts, not of enums, that hold slugs: the group of words of each.
GROUPS: Final = {
    "state": "state",
    "role": "role",
    "stage": "role",
    "kind": "kind",
    "channel": "channel",
    "trigger": "trigger",
    "act": "trigger",
    "allowed": "trigger",
    "reasons": "reason",
    "outcome": "outcome",
    "cause": "cause",
    "status": "appointment",
}


def to_plain(value: Any, lang: str | None = None, *, personal: bool = False) -> Any:
    """Return a value as dicts, lists, texts and numbers.

    If a value has `as_dict`, that is used. Another attrs value becomes a dict of its fields, an
    enum its value, a date or an instant ISO 8601, an amount of time whole microseconds, a set
    a sorted list, a clause its id. What is none of these becomes its text.

    Args:
        value: anything.
        lang: `vi` or `en` adds words beside slugs. By default there are none.
        personal: include what can name people.
    """
    match value:
        case Article():
            return value.id
        case Enum():
            return value.value
        case None | bool() | int() | float() | str():
            return value
        case timedelta():
            return value // MICROSECOND
        case date() | time():  # an instant too
            return value.isoformat()
        case Mapping():
            return {
                str(key): to_plain(item, lang, personal=personal) for key, item in value.items()
            }
        case tuple() | list():
            return [to_plain(item, lang, personal=personal) for item in value]
        case Set():
            return sorted(map(to_plain, value))
    if hasattr(value, "as_dict"):
        return value.as_dict(lang, personal=personal)
    if not attrs.has(type(value)):
        return str(value)
    return fields_to_plain(value, lang, personal=personal)


def fields_to_plain(
    value: Any,
    lang: str | None = None,
    *,
    personal: bool = False,
    without: Iterable[str] = (),
) -> dict[str, Any]:
    """Return the fields of an attrs value as plain data, in their order, to build `as_dict`.

    A field that a repr hides, or that is marked as personal, is included only if `personal`.
    """
    left_out = {*without}
    names = (name for name in list_names(type(value), personal=personal) if name not in left_out)
    return names_to_plain(value, names, lang, personal=personal)


def show_fields(value: Any) -> str:
    """Return the class and its fields, as a repr of attrs shows them."""
    shown = ", ".join(
        f"{f.name}={(f.repr if callable(f.repr) else repr)(getattr(value, f.name))}"
        for f in attrs.fields(type(value))
        if f.repr
    )
    return f"{type(value).__qualname__}({shown})"


def list_names(kind: type[Any], *, personal: bool) -> Iterator[str]:
    """Yield the names of an attrs class's fields, with those that can name people if `personal`."""
    for field in attrs.fields(kind):
        if personal or (field.repr and not field.metadata.get("personal")):
            yield field.name


def names_to_plain(
    value: Any, names: Iterable[str], lang: str | None = None, *, personal: bool = False
) -> dict[str, Any]:
    """Return fields and properties of a value by their names as plain data, in that order."""
    plain: dict[str, Any] = {}
    # Those that hold an amount of time, or None.
    amounts = {each.name for each in attrs.fields(type(value)) if timedelta in get_args(each.type)}
    for name in names:
        item = getattr(value, name)
        if item is None and name in amounts:
            plain[f"{name}_us"] = None
        else:
            plain |= item_to_plain(name, item, lang, personal=personal)
    return plain


def item_to_plain(
    name: str, item: Any, lang: str | None = None, *, personal: bool = False
) -> dict[str, Any]:
    """Return a named item as plain data, with its words beside it as `{name}_text`.

    An amount of time is `{name}_us`, in whole microseconds.
    """
    key = f"{name}_us" if isinstance(item, timedelta) else name
    plain = {key: to_plain(item, lang, personal=personal)}
    words = None if lang is None else find_words(name, item, lang)
    return plain if words is None else {**plain, f"{name}_text": words}


def find_words(name: str, item: Any, lang: str) -> Any:
    """Return the words for an item of this name, a list for several, or None if it has none."""
    if isinstance(item, tuple | frozenset):
        items = sorted(item) if isinstance(item, frozenset) else item
        words = [find_words(name, each, lang) for each in items]
        return None if None in words else words or None
    if isinstance(item, timedelta):
        return _amount_words(item, lang)
    if isinstance(item, Article) or (name == "article" and is_article(item)):
        return Article(str(item)).text(lang)
    group = type(item).__name__.lower() if isinstance(item, Enum) else GROUPS.get(name, "")
    slug = item.value if isinstance(item, Enum) else item
    pair = WORDS[group].get(slug) if group in WORDS and isinstance(slug, str) else None
    return None if pair is None else pair[0 if lang == "vi" else 1]


def _amount_words(amount: timedelta, lang: str) -> str:
    """Return an amount of time in whole minutes, as texts show it (R46)."""
    whole = abs(amount) - abs(amount) % _MINUTE
    words = " ".join(list_parts(whole, lang)) or ("0 giờ" if lang == "vi" else "0 hours")
    return f"-{words}" if amount < timedelta() else words


def rebuild(kind: type[T], fields: dict[str, Any]) -> T:
    """Return the value of these fields. Pickles call it, so that fields go by keyword."""
    return kind(**fields)
