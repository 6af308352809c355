"""What is wrong and the way out, in Vietnamese, by the English sentence that says it.

`{}` stands for what was given, which is put into the Vietnamese sentence as it is, in the
same order: a slug, a key or code stays what has to be typed. Rule: every sentence of an error
has a Vietnamese one; a test reads all modules for sentences that have none.
"""

import re
from functools import cache

from phananh.messages.problems.acts import ACTS
from phananh.messages.problems.columns import COLUMNS
from phananh.messages.problems.files import FILES
from phananh.messages.problems.hours import HOURS
from phananh.messages.problems.stores import STORES
from phananh.messages.problems.ways import WAYS

PROBLEMS: dict[str, str] = ACTS | HOURS | FILES | COLUMNS | STORES


def told(problem: str, way_out: str, lang: str) -> str:
    """Return what is wrong and the way out, in `vi` or `en`."""
    if lang == "vi":
        problem = _put(problem, _patterns(ways_out=False))
        way_out = _put(way_out, _patterns(ways_out=True))
    return f"{problem}; {way_out}" if way_out else problem


def _put(english: str, patterns: "_Patterns") -> str:
    """Return the sentence in Vietnamese; of `place: sentence` and of several, each sentence."""
    for pattern, sentence in patterns:
        found = pattern.fullmatch(english)
        if found:
            return sentence.format(*map(_as_written, found.groups()))
    several = english.split("; ")
    if len(several) > 1:
        return "; ".join(_put(one, patterns) for one in several)
    place, colon, rest = english.partition(": ")
    return f"{place}: {_put(rest, patterns)}" if colon else english


# What the reader of TOML says most, by its own English.
_TOML: dict[str, str] = {
    "Expected newline or end of document after a statement": "sau giá trị phải xuống dòng",
    "Expected '=' after a key in a key/value pair": "sau khóa phải có dấu =",
    "Expected ']' at the end of a table declaration": "tên bảng phải kết thúc bằng ]",
    "Expected ']]' at the end of an array declaration": "tên mảng bảng phải kết thúc bằng ]]",
    "Invalid statement": "dòng không hợp lệ",
    "Invalid value": "giá trị không hợp lệ",
    "Invalid initial character for a key part": "tên khóa không hợp lệ",
    "Invalid date or datetime": "không có ngày giờ này",
    "Unterminated string": "chuỗi không có dấu ngoặc kép đóng",
    "Unclosed array": "danh sách không có dấu ] đóng",
    "Cannot overwrite a value": "khóa có hai lần",
}
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_TYPE = re.compile(r"an? (\w+)")
_ANY_OF = re.compile(r"(\S+(?:, \S+)*),? or (\S+)")


def _as_written(fact: str) -> str:
    """Return a date, a type, a choice or what a reader of TOML says, in Vietnamese; else itself."""
    if fact in _TOML:
        return _TOML[fact]
    if found := _ISO.fullmatch(fact):
        return f"{found[3]}/{found[2]}/{found[1]}"
    if found := _TYPE.fullmatch(fact):
        return found[1]
    found = _ANY_OF.fullmatch(fact)
    return f"{found[1]} hoặc {found[2]}" if found else fact


_Patterns = tuple[tuple[re.Pattern[str], str], ...]


@cache
def _patterns(*, ways_out: bool) -> _Patterns:
    """Return the sentences as patterns, the longest first: it says most."""
    table = WAYS if ways_out else PROBLEMS
    ordered = sorted(table, key=lambda english: -len(english.replace("{}", "")))
    return tuple(
        (re.compile(re.escape(english).replace(r"\{\}", "(.+?)"), re.DOTALL), table[english])
        for english in ordered
    )
