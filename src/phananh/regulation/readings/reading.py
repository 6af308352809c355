"""One reading of a silent text: the gap, how we read it, and the option for another reading."""

from typing import Any

import attrs

from phananh.articles import Article
from phananh.plain_data import fields_to_plain
from phananh.plain_value import PlainValue

Pair = tuple[str, str]


@attrs.frozen(kw_only=True)
class Reading(PlainValue):
    """One gap: what is silent, how we read it, and the field of `Rules` for another reading.

    `gap` and `default` are in Vietnamese and English. `articles` are ids of clauses. `option` is
    None if you cannot choose another reading.
    """

    id: str
    gap: Pair
    default: Pair
    option: str | None
    articles: tuple[str, ...]

    def _to_plain(self, lang: str | None, *, personal: bool) -> dict[str, Any]:
        """Return `id`, `gap` and `default` in both languages, `option` and `articles`."""
        pairs = {"gap": self.gap, "default": self.default}
        return fields_to_plain(self) | {k: {"vi": vi, "en": en} for k, (vi, en) in pairs.items()}


def make_reading(
    name: str, gap: Pair, default: Pair, clauses: str, option: str | None = None
) -> Reading:
    """Return a reading of these clauses. `option` is the field of `Rules` that changes it."""
    articles = tuple(Article(clause).id for clause in clauses.split())
    return Reading(id=name, gap=gap, default=default, option=option, articles=articles)
