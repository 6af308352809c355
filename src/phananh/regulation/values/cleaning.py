"""Text, ids and instants at the door: cleaned here once, refused here or nowhere (Art. 6, 7.1).

Text is NFC; NUL, lone surrogates and over-long text are refused, everything else is kept as
it came. Ids are short visible names in one script, and compare after NFC and case folding.
"""

import unicodedata
from datetime import UTC, datetime
from functools import lru_cache

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.regulation.values.erased import Text
from phananh.worktime.instants import require_aware
from phananh.worktime.localtime import VIETNAM

LONG_TEXT = 20_000
SHORT_TEXT = 2_000
SHORT_LINE = 300
# Letters and marks that show nothing: joiner, Hangul fillers, Braille blank, selectors.
_UNSEEN = frozenset("\u034f\u115f\u1160\u2800\u3164\uffa0\ufe0e\ufe0f")
_FIRST = datetime(1900, 1, 1, tzinfo=UTC)
_LAST = datetime(2200, 1, 1, tzinfo=UTC)


def clean_text(value: object, *, field: str, limit: int = LONG_TEXT) -> str:
    """Return `value` in NFC, or raise `InputError` naming `field` and the way out."""
    if not isinstance(value, str):
        raise InputTypeError(field=field, code="not_a_text", value=short_repr(value))
    if value.isascii() and len(value) <= limit and "\0" not in value:
        return value
    _check_characters(value, field)
    # Four times the limit is refused unnormalised: NFC of a huge text would cost too much.
    text = value if len(value) > 4 * limit else unicodedata.normalize("NFC", value)
    if len(text) > limit:
        code = "text_too_long" if limit >= SHORT_TEXT else "too_long"
        raise InputError(field=field, code=code, count=len(text), most=limit)
    return text


def _check_characters(value: str, field: str) -> None:
    if "\0" in value:
        raise InputError(field=field, code="nul_character")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise InputError(field=field, code="half_surrogate", position=error.start) from None


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
        raise InputError(field=field, code="blank_id")
    if text != text.strip() or any(unicodedata.category(c)[0] == "C" for c in text):
        raise InputError(field=field, code="invisible_characters", value=short_repr(text))
    odd = next((c for c in text if c.isalpha() and not _is_latin(c)), None)
    if odd is not None:
        code = "id_of_mixed_scripts" if any(map(_is_latin, text)) else "id_not_latin"
        letter = f"U+{ord(odd):04X} {unicodedata.name(odd, '')}"
        raise InputError(field=field, code=code, value=ascii(text), letter=letter)
    return text


def clean_id(value: object, *, field: str) -> str:
    """Return an id in NFC; blank, mixed-script, invisible or over-long ids are refused."""
    if not isinstance(value, str):
        raise InputTypeError(field=field, code="not_an_id", value=short_repr(value))
    if len(value) > 100:
        shown, count = short_repr(value), len(value)
        raise InputError(field=field, code="id_too_long", value=shown, count=count, most=100)
    return _clean_id(value, field)


@lru_cache(maxsize=4096)
def fold_id(identifier: str) -> str:
    """Return the form in which ids and units compare: NFC, case folded, NFC again.

    Old Vietnamese encodings give the Icelandic letter U+00D0 for Đ; the two are one here.
    """
    folded = unicodedata.normalize("NFC", identifier).casefold().replace("\u00f0", "\u0111")
    return unicodedata.normalize("NFC", folded)


def is_same_id(one: Text | None, other: Text | None) -> bool:
    """Return whether two ids or units are the same; None and what was erased equal nothing."""
    if not (isinstance(one, str) and isinstance(other, str)):
        return False
    return one == other or fold_id(one) == fold_id(other)


def clean_instant(value: object, *, field: str) -> datetime:
    """Return an aware datetime as it came; naive, absurd and other values are refused."""
    instant = require_aware(value, field)
    if not 1901 < instant.year < 2199 and not _FIRST <= instant < _LAST:
        raise InputError(field=field, code="instant_out_of_range", value=instant.isoformat())
    return instant


def to_vietnam_time(instant: datetime) -> datetime:
    """Return an instant by the clock in Vietnam, as messages show it."""
    return instant.astimezone(VIETNAM)
