"""How terms are written: `5 ngày làm việc`, `10 days`, `5wd` (thời hạn)."""

import re
import unicodedata

from phananh.errors import InputError, check_language, short_repr
from phananh.messages.message import say
from phananh.messages.texts import MANY, ONE

LONGEST = 200
"""The most characters of a term, a time or an amount of time as it is typed."""
_WRITTEN = {
    "working_days": ("wd", "ngày làm việc", "working day", "working days"),
    "days": ("d", "ngày", "day", "days"),
    "weeks": ("w", "tuần", "week", "weeks"),
    "months": ("mo", "tháng", "month", "months"),
    "years": ("y", "năm", "year", "years"),
}
_UNIT_OF = {written: unit for unit, forms in _WRITTEN.items() for written in forms}
# Civil Code 2015, Art. 146.1: half a month is 15 days, half a year 6 months.
_HALVES = {
    "nửa tháng": (15, "days"),
    "half a month": (15, "days"),
    "nửa năm": (6, "months"),
    "half a year": (6, "months"),
}
# Legal texts repeat the number in words: 05 (năm) ngày làm việc.
_NUMBER_TWICE = re.compile(r"([0-9]{1,9}) ?\(([^()]*)\)")
_TERM = re.compile(r"([0-9]{1,9}) ?(?:\([^()]*\) ?)?(.+)")
# Numbers in Vietnamese words.
_DIGITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "nhăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_FILLERS = ("linh", "lẻ")
_SCALES = {"mươi": 10, "trăm": 100}


def to_plain_words(text: str) -> str:
    """Return a text as it is compared: composed, in small letters, with single spaces.

    If it has more than `LONGEST` characters, the result is empty: to compose a huge text would
    take minutes.
    """
    if len(text) > LONGEST:
        return ""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def parse_term(text: str) -> tuple[int, str] | None:
    """Return count and unit of a term as people write it, or None if it is not a term.

    Raises:
        InputError: its number in words is another than the one in figures.
    """
    plain = to_plain_words(text)
    if plain in _HALVES:
        return _HALVES[plain]
    found = _TERM.fullmatch(plain)
    unit = _UNIT_OF.get(found[2]) if found else None
    if found is None or unit is None:
        return None
    check_numbers(text, "term")
    return int(found[1]), unit


def check_numbers(text: str, field: str) -> None:
    """Refuse an amount in which a number in words is another than the one in figures before it.

    Raises:
        InputError: it is such an amount. `field` is the text's name in messages.
    """
    for figures, bracket in _NUMBER_TWICE.findall(to_plain_words(text)):
        count, words = int(figures), number(bracket.strip())
        if words is not None and words != count:
            raise InputError(
                code="two_numbers", field=field, value=short_repr(text), count=count, words=words
            )


def number(words: str) -> int | None:
    """Return the number from 0 to 999 in Vietnamese words, or None if they are not a number."""
    total, last = 0, None  # last: a digit that waits for its scale
    for word in words.split():
        if word in _DIGITS and last is None:
            last = _DIGITS[word]
        elif word == "mười" and last is None:
            total += 10
        elif word in _SCALES and last:
            total, last = total + last * _SCALES[word], None
        elif word not in _FILLERS or last is not None or not total:
            return None
    return total + (last or 0) if words.split() else None


def amount_text(count: int, unit: str, lang: str) -> str:
    """Return `5 ngày làm việc` or `5 working days`."""
    check_language(lang)
    return say((ONE if count == 1 else MANY)[unit], lang, n=count)
