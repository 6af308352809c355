"""How each field of an act is cleaned, where the value is built (Art. 6, 7.1).

There is one named function per field, so that an error names the field and type checkers see
the types.
"""

import re
from datetime import datetime

from phananh.errors import InputError
from phananh.regulation.values.cleaning import (
    LONG_TEXT,
    SHORT_LINE,
    SHORT_TEXT,
    clean_id,
    clean_instant,
    clean_text,
)

LONG_LANGUAGE = 35
# A language of two or three letters, then subtags. One of digits only has three at most.
_LANGUAGE = re.compile("[A-Za-z]{2,3}(?:-(?![0-9]{4,8}(?:-|$))[A-Za-z0-9]{2,8})*")


def _clean_line(value: object, *, field: str) -> str:
    text = clean_text(value, field=field, limit=SHORT_LINE)
    if any(c in text for c in "\r\n"):
        raise InputError(field=field, code="line_break")
    return text


def person_id(value: str) -> str:
    """Clean `id`."""
    return clean_id(value, field="id")


def unit(value: str) -> str:
    """Clean `unit`."""
    return clean_id(value, field="unit")


def agency(value: str) -> str:
    """Clean `agency`."""
    return clean_id(value, field="agency")


def focal(value: str | None) -> str | None:
    """Clean `focal`, which may be left out."""
    return None if value is None else clean_id(value, field="focal")


def about_unit(value: str | None) -> str | None:
    """Clean `about_unit`, which may be left out."""
    return None if value is None else clean_id(value, field="about_unit")


def name(value: str | None) -> str | None:
    """Clean `name`, which may be left out."""
    return None if value is None else _clean_line(value, field="name")


def address(value: str | None) -> str | None:
    """Clean `address`, which may be left out."""
    return None if value is None else _clean_line(value, field="address")


def phone(value: str | None) -> str | None:
    """Clean `phone`, which may be left out."""
    return None if value is None else _clean_line(value, field="phone")


def email(value: str | None) -> str | None:
    """Clean `email`, which may be left out."""
    return None if value is None else _clean_line(value, field="email")


def content(value: str) -> str:
    """Clean `content`."""
    return clean_text(value, field="content", limit=LONG_TEXT)


def guidance(value: str) -> str:
    """Clean `guidance`."""
    return clean_text(value, field="guidance", limit=LONG_TEXT)


def text(value: str) -> str:
    """Clean `text`."""
    return clean_text(value, field="text", limit=LONG_TEXT)


def reason(value: str) -> str:
    """Clean `reason`."""
    return clean_text(value, field="reason", limit=SHORT_TEXT)


def at(value: datetime | None) -> datetime | None:
    """Clean `at`, which may be left out."""
    return None if value is None else clean_instant(value, field="at")


def appointment(value: datetime) -> datetime:
    """Clean `appointment`."""
    return clean_instant(value, field="appointment")


def to(value: datetime) -> datetime:
    """Clean `to`."""
    return clean_instant(value, field="to")


def language(value: str) -> str:
    """Clean `language`, a tag such as vi or zh-Hant. A name or a phone number is refused.

    A tag in an older history is read as it is.
    """
    text = clean_id(value, field="language")
    if not _LANGUAGE.fullmatch(text) or len(text) > LONG_LANGUAGE:
        raise InputError(field="language", code="not_a_language_tag")
    return text.lower()
