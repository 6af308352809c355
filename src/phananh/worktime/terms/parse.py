"""How terms are written: `5 ngày làm việc`, `10 days`, `5wd` (thời hạn)."""

import re
import unicodedata

from phananh.errors import InputError, language, short_repr
from phananh.worktime.terms.numerals import number

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
_TERM = re.compile(r"([0-9]{1,9}) ?(?:\(([^()]*)\) ?)?(.+)")
FORM = (
    'write "5 working days", "10 days", "2 weeks", "3 months", "1 year", or 5wd, 10d, 2w, 3mo, 1y'
)

# unit: (Vietnamese, English of one, English of many)
_SPOKEN = {
    "working_days": ("ngày làm việc", "working day", "working days"),
    "days": ("ngày", "day", "days"),
    "weeks": ("tuần", "week", "weeks"),
    "months": ("tháng", "month", "months"),
    "years": ("năm", "year", "years"),
}


def read(text: str) -> tuple[int, str] | None:
    """Return count and unit of a term as people write it, or None where it is none.

    Raises:
        InputError: its number in words is another than the one in figures.
    """
    plain = " ".join(unicodedata.normalize("NFC", text).casefold().split())
    if plain in _HALVES:
        return _HALVES[plain]
    found = _TERM.fullmatch(plain)
    unit = _UNIT_OF.get(found[3]) if found else None
    if found is None or unit is None:
        return None
    count, words = int(found[1]), number((found[2] or "").strip())
    if words is not None and words != count:
        problem = f"{short_repr(text)} says {count} in figures and {words} in words"
        raise InputError(field="term", problem=problem, way_out="write the one that is meant")
    return count, unit


def spoken(count: int, unit: str, lang: str) -> str:
    """Return `5 ngày làm việc` or `5 working days`."""
    language(lang)
    vi, one, many = _SPOKEN[unit]
    return f"{count} {vi if lang == 'vi' else one if count == 1 else many}"
