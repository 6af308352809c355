"""Text, ids and instants at the door: cleaned here once, refused here or nowhere (Art. 6, 7.1).

Text is NFC; NUL, lone surrogates and over-long text are refused, everything else is kept as
it came. Ids are short visible names in one script, and compare after NFC and case folding.
"""

import unicodedata
from datetime import UTC, datetime, timedelta, timezone
from functools import lru_cache

from phananh.errors import InputError, InputTypeError, short_repr

VIETNAM = timezone(timedelta(hours=7))  # how messages show an instant
LONG = 20_000
SHORT = 2_000
NAME = 300
_ATTACH = "shorten it, and attach the rest as a document"
# Letters and marks that show nothing: joiner, Hangul fillers, Braille blank, selectors.
_UNSEEN = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0\ufe0e\ufe0f")
_FIRST = datetime(1900, 1, 1, tzinfo=UTC)
_LAST = datetime(2200, 1, 1, tzinfo=UTC)


def clean_text(value: object, *, field: str, limit: int = LONG) -> str:
    """Return `value` in NFC, or raise `InputError` naming `field` and the way out."""
    if not isinstance(value, str):
        raise InputTypeError(
            field=field, problem=f"not text: {short_repr(value)}", way_out="give a string"
        )
    if value.isascii() and len(value) <= limit and "\0" not in value:
        return value
    _check_characters(value, field)
    # Four times the limit is refused unnormalised: NFC of a huge text would cost too much.
    text = value if len(value) > 4 * limit else unicodedata.normalize("NFC", value)
    if len(text) > limit:
        raise InputError(
            field=field,
            problem=f"{len(text)} characters, at most {limit}",
            way_out=_ATTACH if limit >= SHORT else "give a short one",
        )
    return text


def _check_characters(value: str, field: str) -> None:
    if "\0" in value:
        raise InputError(field=field, problem="holds a NUL character", way_out="remove it")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise InputError(
            field=field,
            problem=f"holds half a surrogate pair at character {error.start}",
            way_out="send the text as UTF-8",
        ) from None


def is_blank(text: str) -> bool:
    """Return whether nothing in `text` can be seen: spaces, controls, zero-width marks only."""
    for c in text:  # noqa: SIM110  # `all` makes a generator; most texts show at once
        if not (c.isspace() or c in _UNSEEN or unicodedata.category(c)[0] == "C"):
            return False
    return True


def _is_latin(char: str) -> bool:
    return unicodedata.name(char, "").startswith("LATIN ")


@lru_cache(maxsize=4096)
def _clean_id(value: str, field: str) -> str:
    text = clean_text(value, field=field, limit=100)
    if is_blank(text):
        raise InputError(field=field, problem="is blank", way_out="give the id")
    if text != text.strip() or any(unicodedata.category(c)[0] == "C" for c in text):
        raise InputError(
            field=field,
            problem=f"{short_repr(text)} has invisible or edge characters",
            way_out="give the id without them",
        )
    odd = next((c for c in text if c.isalpha() and not _is_latin(c)), None)
    if odd is not None:
        mixed = "mixes scripts" if any(map(_is_latin, text)) else "is in no Latin script"
        raise InputError(
            field=field,
            problem=f"{text!a} {mixed}: U+{ord(odd):04X} {unicodedata.name(odd, '')}",
            way_out="type the id in Latin letters; look-alikes hide who is meant",
        )
    return text


def clean_id(value: object, *, field: str) -> str:
    """Return an id in NFC; blank, mixed-script, invisible or over-long ids are refused."""
    if not isinstance(value, str):
        raise InputTypeError(
            field=field, problem=f"not an id: {short_repr(value)}", way_out="give a string"
        )
    if len(value) > 100:
        raise InputError(
            field=field,
            problem=f"{short_repr(value)}: {len(value)} characters, at most 100",
            way_out="give the short id",
        )
    return _clean_id(value, field)


@lru_cache(maxsize=4096)
def fold_id(identifier: str) -> str:
    """Return the form in which ids and units compare: NFC, case folded, NFC again.

    Old Vietnamese encodings give the Icelandic letter U+00D0 for Đ; the two are one here.
    """
    folded = unicodedata.normalize("NFC", identifier).casefold().replace("\u00f0", "\u0111")
    return unicodedata.normalize("NFC", folded)


def is_same_id(one: str | None, other: str | None) -> bool:
    """Return whether two ids or units are the same; None is the same as nothing."""
    if one is None or other is None:
        return False
    return one == other or fold_id(one) == fold_id(other)


def clean_instant(value: object, *, field: str) -> datetime:
    """Return an aware datetime as it came; naive, absurd and other values are refused."""
    if not isinstance(value, datetime):
        raise InputTypeError(
            field=field,
            problem=f"not a datetime: {short_repr(value)}",
            way_out="give an aware datetime.datetime",
        )
    if value.tzinfo is None or value.utcoffset() is None:
        raise InputError(
            field=field,
            problem=f"{value.isoformat()} has no offset",
            way_out='add one: +07:00, or tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")',
        )
    if not 1901 < value.year < 2199 and not _FIRST <= value < _LAST:
        raise InputError(
            field=field, problem=f"{value.isoformat()} is out of range", way_out="1900 to 2199"
        )
    return value


def to_vietnam_time(instant: datetime) -> datetime:
    """Return an instant by the clock in Vietnam, as messages show it."""
    return instant.astimezone(VIETNAM)
