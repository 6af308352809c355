"""How large a TOML text may be, checked before it is parsed.

Python's `tomllib` takes time by the square of a key's parts, recurses as deep as a text is nested,
and lets errors of long numbers escape. Within these limits any text is read or refused in about a
second. A text beyond one is refused as a whole, not cut.
"""

import re
from collections.abc import Mapping

from phananh.errors import InputError

LARGEST = 400_000
"""The most characters of a text."""
DEEPEST = 16
"""The most dots of a line outside its strings, and the deepest nesting of brackets."""
LONGEST_WORD = 200
"""The most characters of a key or number without quotes."""
MOST_PARTS = 12
"""The most parts of a calendar, with those of its parts: to check each for working time takes
some 0.2 s."""
MOST_TABLES: Mapping[str, int] = {"schedule": 400, "span": 1_000}
"""The most tables of a list, by its key."""
MOST_OTHERS = 5_000
"""The most tables of any other list."""

# Strings of all four kinds to their end, or to that of the text, and comments, as `tomllib`
# ends them. Up to two more quotation marks before the last three belong to the string.
_QUOTED = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*(?:"{3,5}|\Z)'
    r"|'''(?:[^']|'(?!''))*(?:'{3,5}|\Z)"
    r'|"(?:[^\\"\n]|\\.)*(?:"|\n|\Z)'
    r"|'[^'\n]*(?:'|\n|\Z)"
    r"|#[^\n]*",
    re.DOTALL,
)
_WORD = re.compile(r"[^\s=,.\[\]{}\"]+")


def check_size(text: str, where: str) -> None:
    """Refuse a text beyond a limit.

    Raises:
        InputError: with the limit, and the line that exceeds it.
    """
    if len(text) > LARGEST:
        raise InputError(code="toml_too_long", field=where, length=len(text), most=LARGEST)
    depth = 0
    for number, line in enumerate(_blank_strings(text).split("\n"), 1):
        depth += line.count("[") + line.count("{")
        if line.count(".") > DEEPEST or depth > DEEPEST:
            raise InputError(code="toml_too_deep", field=where, line=number, most=DEEPEST)
        depth -= line.count("]") + line.count("}")
        longest = max(map(len, _WORD.findall(line)), default=0)
        if longest > LONGEST_WORD:
            facts = {"line": number, "length": longest, "most": LONGEST_WORD}
            raise InputError(code="toml_long_word", field=where, **facts)


def _blank_strings(text: str) -> str:
    """Return a text with each string as a quotation mark, and the same line numbers."""
    return _QUOTED.sub(lambda found: '"' + "\n" * found[0].count("\n"), text)


def check_parts(table: Mapping[str, object], where: str) -> None:
    """Refuse a text with more than `MOST_PARTS`."""
    number = _count_parts(table)
    if number > MOST_PARTS:
        raise InputError(code="too_many_parts", field=where, length=number, most=MOST_PARTS)


def _count_parts(value: object) -> int:
    if isinstance(value, list):
        return sum(map(_count_parts, value))
    if not isinstance(value, dict):
        return 0
    own = value.get("part")
    return (len(own) if isinstance(own, list) else 0) + sum(map(_count_parts, value.values()))


def check_number(tables: list[object], key: str, field: str) -> None:
    """Refuse a list with too many tables."""
    most = MOST_TABLES.get(key, MOST_OTHERS)
    if len(tables) > most:
        raise InputError(code="too_many_tables", field=field, length=len(tables), most=most)
