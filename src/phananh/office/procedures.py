"""The catalogue of administrative procedures (bộ thủ tục hành chính), and its search (Art. 12.2).

The Office of the province supplies it, as a file that its own software exports. A procedure that a
decision changed is there twice, with the days from which and until which each version holds.

A search compares what a caller says with names as they sound: without marks, i as y, abbreviations
and everyday names in full. What both have in common counts by how rare it is: words, pairs of
neighbouring words, and three letters in a row, which find a word with a slip of the pen.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise
from math import log, sqrt
from typing import Self

import attrs

from phananh.office.tables import (
    Source,
    is_valid_on,
    parsed_field,
    read_day,
    read_table,
    split_list,
)
from phananh.plain_value import Value
from phananh.regulation import cleaning as clean
from phananh.regulation.cleaning import LONG_ID, fold_marks, is_same_id
from phananh.regulation.request import check_type
from phananh.worktime.validators import tuple_of

_LONGEST = 300  # characters of a query that are read
_LETTERS = 0.3  # what three letters weigh beside a word
# What people say, and what a catalogue calls it. Both without marks.
_MEANINGS = {
    "attp": "an toan thuc pham", "bang lai": "giay phep lai xe", "bhtn": "tro cap that nghiep",
    "bhxh": "bao hiem xa hoi", "bhyt": "bao hiem y te", "ca vet": "chung nhan dang ky xe",
    "cap 3": "trung hoc pho thong", "cccd": "the can cuoc", "can cuoc cong dan": "the can cuoc",
    "cmnd": "chung minh nhan dan", "cmt": "chung minh nhan dan", "cty": "cong ty",
    "den bu": "boi thuong", "dk": "dang ky", "dkkd": "dang ky kinh doanh", "gcn": "giay chung nhan",
    "gplx": "giay phep lai xe", "gpxd": "giay phep xay dung", "ho khau": "dang ky thuong tru",
    "lltp": "ly lich tu phap", "mst": "ma so thue", "nhap khau": "dang ky thuong tru",
    "passport": "ho chieu", "pccc": "phong chay va chua chay", "qsdd": "quyen su dung dat",
    "sao y": "chung thuc ban sao", "so do": "giay chung nhan quyen su dung dat",
    "so hong": "giay chung nhan quyen su dung dat", "thpt": "trung hoc pho thong",
    "tncn": "thu nhap ca nhan", "tnhh": "trach nhiem huu han", "tthc": "thu tuc hanh chinh",
    "vneid": "tai khoan dinh danh dien tu",
}  # fmt: skip


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Procedure(Value):
    """An administrative procedure, as it holds from `since` until `until`.

    Args:
        id: its code, by the rules of a `Person`'s id.
        name: its full name.
        field: its field, such as "Hộ tịch".
        unit: the id of the unit that handles it.
        decision: the decision that announced it.
        aliases: other names by which people ask for it.
        since, until: the first and the last day of this version.
    """

    id: str = attrs.field(converter=clean.person_id)
    name: str = attrs.field(validator=check_type(str))
    field: str = attrs.field(default="", validator=check_type(str))
    unit: str | None = attrs.field(
        default=None, validator=attrs.validators.optional(check_type(str))
    )
    decision: str = attrs.field(default="", validator=check_type(str))
    aliases: tuple[str, ...] = parsed_field(lambda value: split_list(value, "aliases"), default=())
    since: date | None = parsed_field(lambda value: read_day(value, "since"), default=None)
    until: date | None = parsed_field(lambda value: read_day(value, "until"), default=None)


def _list_features(text: str) -> Iterator[str]:
    """Yield the words of a text, its pairs of words, and each three letters of a word in a row."""
    told = f" {fold_marks(text)} "
    for short, full in _MEANINGS.items():
        told = told.replace(f" {short} ", f" {full} ")
    words = told.replace("y", "i").split()
    yield from words
    for one, other in pairwise(words):
        yield f"{one} {other}"
    for word in words:
        yield from (
            f"~{before}{letter}{after}"
            for before, letter, after in zip(f" {word}", word, f"{word[1:]} ", strict=False)
        )


def _weigh(found: tuple[frozenset[str], ...]) -> dict[str, float]:
    """Return the weight of each feature, by how few procedures have it."""
    counts = Counter(feature for features in found for feature in features)
    return {
        key: log(1 + len(found) / n) * (_LETTERS if key.startswith("~") else 1)
        for key, n in counts.items()
    }


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Procedures(Value):
    """The procedures of a province, in versions by date (Art. 12.2).

    Example:
        >>> rows = [{"id": "MAU-071", "name": "Cấp lại giấy phép lái xe"}]
        >>> procedures = Procedures.read(rows)
        >>> [each.id for each in procedures.search("mat GPLX xin cap lai")]
        ['MAU-071']
    """

    procedures: tuple[Procedure, ...] = parsed_field(
        lambda value: tuple_of(Procedure, "procedures", value)
    )
    _features: tuple[frozenset[str], ...] = attrs.field(
        init=False,
        default=attrs.Factory(
            lambda own: tuple(
                frozenset(_list_features(" ".join((each.name, *each.aliases))))
                for each in own.procedures
            ),
            takes_self=True,
        ),
    )
    _weights: Mapping[str, float] = attrs.field(
        init=False, default=attrs.Factory(lambda own: _weigh(own._features), takes_self=True)
    )
    _lengths: tuple[float, ...] = attrs.field(
        init=False,
        default=attrs.Factory(
            lambda own: tuple(
                sqrt(sum(map(own._weights.__getitem__, each))) for each in own._features
            ),
            takes_self=True,
        ),
    )

    @classmethod
    def read(cls, procedures: Source) -> Self:
        """Return the catalogue of a file (CSV, XLSX, JSON, TOML), or of your application's rows.

        Raises:
            InputError: a cell or column that cannot be read. It names file, row and column.
        """
        return cls(procedures=read_table(Procedure, procedures, "procedures"))

    def get(self, key: str, *, on: date | None = None) -> Procedure | None:
        """Return the version of a procedure that holds on a day, by default the last one."""
        found = [
            each
            for each in self.procedures
            if is_same_id(each.id, key[: 4 * LONG_ID]) and is_valid_on(each, on)
        ]
        return max(found, key=lambda each: each.since or date.min, default=None)

    def search(self, text: str, *, on: date | None = None, limit: int = 5) -> tuple[Procedure, ...]:
        """Return the procedures that a text is most likely about, the likeliest first.

        Those with all of its words come before others. Marks, capitals, everyday names and small
        slips do not matter.
        """
        asked, scores = frozenset(_list_features(text[:_LONGEST])), list[tuple[bool, float, int]]()
        for n, each in enumerate(self.procedures):
            common = sum(map(self._weights.__getitem__, asked & self._features[n]))
            if common and is_valid_on(each, on):
                scores.append((
                    any(x.isalnum() for x in asked - self._features[n]),  # only a part is found
                    -common / self._lengths[n],
                    n,
                ))  # fmt: skip
        return tuple(self.procedures[n] for *_, n in sorted(scores)[:limit])
