"""The tracking code given to the citizen, who may ask about the case (NĐ 20/2008, Art. 12.2).

Sixteen letters of Crockford's base 32 carry 80 random bits, and a seventeenth checks them. The
check is a weighted sum over the field of 32 elements. All weights differ, so it finds every single
wrong letter and every two letters that changed places.
"""

import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
BITS = 80
_LENGTH = 17
_ID = rf"[A-Z0-9]{{1,8}}-\d{{4}}-[{ALPHABET}]{{10}}"
_SHORT = r"[A-Za-z0-9._/-]{1,8}"
_MOST_DIGITS = 5  # of a text that is shown though it is not an id: a phone number has more
_VALUE = {letter: number for number, letter in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}


def _multiply_by_x(element: int) -> int:
    """Return the product with x in GF(32), modulo x^5 + x^2 + 1."""
    element <<= 1
    return element ^ 0b100101 if element & 0b100000 else element


def _sum_weighted(values: list[int]) -> int:
    """Return the sum of values[i] * x^(last - i), by Horner's rule."""
    total = 0
    for value in values:
        total = _multiply_by_x(total) ^ value
    return total


def make_code(bits: int) -> str:
    """Return the code for 80 random bits, in groups that can be read aloud."""
    values = [bits >> shift & 31 for shift in range(BITS - 5, -5, -5)]
    # The check comes last, with weight 1: it is the sum of all before it.
    letters = "".join(ALPHABET[v] for v in [*values, _sum_weighted([*values, 0])])
    return "-".join((letters[:4], letters[4:8], letters[8:12], letters[12:]))


def read_code(text: str) -> str | None:
    """Return a code as `make_code` writes it, however it was typed, or None if it is not one.

    Hyphens, blanks and a line break at its end are ignored.
    """
    letters = text.rstrip("\r\n").upper().replace("-", "").replace(" ", "")
    if len(letters) != _LENGTH or not all(c in _VALUE for c in letters):
        return None
    values = [_VALUE[c] for c in letters]
    if _sum_weighted(values):
        return None
    plain = "".join(ALPHABET[v] for v in values)
    return "-".join((plain[:4], plain[4:8], plain[8:12], plain[12:]))


def mask_code(text: str) -> str:
    """Return what was typed to find a case as errors may show it: its first two letters.

    People type a code within other text, with a slip, or their name and phone instead. So only
    the id of a case, or a text that is too short to be personal, is shown whole.
    """
    typed = text.strip()
    is_id = re.fullmatch(_ID, typed.upper()) and read_code(typed) is None
    is_short = re.fullmatch(_SHORT, typed) and sum(c.isdigit() for c in typed) <= _MOST_DIGITS
    return typed if is_id or is_short else mask_typed(typed)


def mask_typed(text: str) -> str:
    """Return the first two letters of what was typed as a code, or none of a short text."""
    return f"{text.strip()[:2]}..." if len(text) > _LENGTH // 2 else "..."


def digest_code(code: str) -> str:
    """Return the digest that the index stores in place of a code."""
    import hashlib  # slow to load

    return hashlib.sha256(f"phananh code {code}".encode()).hexdigest()


def make_id(bits: int, *, prefix: str, year: int, month: int) -> str:
    """Return a case id: the prefix of its rules, the period it began in, and 50 random bits."""
    tail = "".join(ALPHABET[bits >> shift & 31] for shift in range(45, -5, -5))
    return f"{prefix}-{year % 100:02d}{month:02d}-{tail}"
