"""Numbers in Vietnamese words, as legal texts repeat them in brackets: 05 (năm) ngày."""

_UNITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5,
    "nhăm": 5, "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_FILLERS = ("linh", "lẻ")
_SCALES = {"mươi": 10, "trăm": 100}


def number(words: str) -> int | None:
    """Return the number from 0 to 999 that words say, or None where they say none."""
    total, last = 0, None  # last: a digit that waits for its scale
    for word in words.split():
        if word in _UNITS and last is None:
            last = _UNITS[word]
        elif word == "mười" and last is None:
            total += 10
        elif word in _SCALES and last:
            total, last = total + last * _SCALES[word], None
        elif word not in _FILLERS or last is not None or not total:
            return None
    return total + (last or 0) if words.split() else None
