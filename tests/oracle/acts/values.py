"""Texts, ids and instants as a log has them: what is equal, what is blank, what is no text at all.

Ids and units compare after NFC and case folding; of oa, oe and uy the tone may stand on either
letter. Texts are kept in NFC.
"""

import re
from datetime import datetime, timedelta, timezone
from unicodedata import normalize

VIETNAM = timezone(timedelta(hours=7))
_TONES = "\u0300\u0301\u0303\u0309"
# Taken apart, a tone on the first vowel of oa, oe and uy, and nothing on the second.
_TONE_FIRST = re.compile(f"(o(?=.[ae])|u(?=.y))([{_TONES}\u0323])(.)(?![\u0300-\u036f])")
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff"


class InvalidLineError(Exception):
    """The line cannot be meant."""


def compose(text: str) -> str:
    """Return a text in NFC."""
    return normalize("NFC", text)


def fold_id(name: str) -> str:
    """Return an id or a unit as it is compared."""
    apart = normalize("NFD", compose(name).casefold())
    return compose(_TONE_FIRST.sub(r"\1\3\2", apart))


def is_same(one: str | None, other: str | None) -> bool:
    """Say whether two ids, or two units, are the same; an unknown one is like no other."""
    return one is not None and other is not None and fold_id(one) == fold_id(other)


def is_blank(text: str | None) -> bool:
    """Say whether there is nothing to be seen; zero-width characters cannot be."""
    return text is None or not "".join(c for c in text if c not in _UNSEEN).strip()


def mentions(text: str, words: str | None) -> bool:
    """Say whether a text gives these words as they were written."""
    return not is_blank(words) and fold_id(words or "") in fold_id(text)


def is_phone(text: str | None) -> bool:
    """Say whether a number can be called: 8 to 15 digits, with what people write between them."""
    if text is None or any(c not in "0123456789+-. ()" for c in text):
        return False
    return 8 <= sum(c.isdigit() for c in text) <= 15


def is_email(text: str | None) -> bool:
    """Say whether an e-mail can be sent there: one @, and a dot behind it."""
    name, at, host = (text or "").partition("@")
    return bool(name and at) and "@" not in host and "." in host


def read_text(value: object) -> str:
    """Return a JSON value as a text; NUL and lone surrogates are in none."""
    if not isinstance(value, str):
        raise InvalidLineError("not a text")
    if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise InvalidLineError("not a character")
    return compose(value)


def read_name(value: object) -> str:
    """Return a JSON value as a name: never blank, no space at an edge."""
    text = read_text(value)
    if is_blank(text) or text != text.strip():
        raise InvalidLineError("no name")
    return text


def read_language(value: object) -> str:
    """Return a JSON value as the tag of a language: two or three letters, and what is added."""
    text = read_name(value)
    first, *more = text.split("-")
    tag, number = "[a-z0-9]{2,8}", "[0-9]{4,}"
    added = all(re.fullmatch(tag, x, re.I) and not re.fullmatch(number, x) for x in more)
    if not re.fullmatch("[a-z]{2,3}", first, re.I) or not added or len(text) > 35:
        raise InvalidLineError("no language")
    return text


def read_instant(value: str) -> datetime:
    """Return an ISO 8601 instant with an offset, by the clock on the wall in Vietnam."""
    return datetime.fromisoformat(value).astimezone(VIETNAM)


def format_instant(at: datetime | None) -> str | None:
    """Return an instant as the output has it: +07:00, microseconds only where there are any."""
    return None if at is None else at.astimezone(VIETNAM).isoformat()
